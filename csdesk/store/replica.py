"""The private replica of a document: its folder, its lock, and how it takes in a document.

SQLite never opens a document's path, and nothing but SQLite opens a replica's: a sync service
that touches the document cannot break the live database, nor the other way round.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import filelock

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.store import rewriting, schema
from csdesk.store.document import remove_database, unseal
from csdesk.store.driver import DatabaseError, RawConnection, connect, connect_live
from csdesk.store.schema import check_format, check_tables, workspace_id

Versions = dict[int, int]
"""How far each writer's rows are known: writer to last seq. The version vector."""


@dataclass(frozen=True, slots=True)
class Replica:
    """The folder of one replica and what lies in it."""

    folder: Path

    @property
    def database(self) -> Path:
        """The live database."""
        return self.folder / "replica.db"

    @property
    def local(self) -> Path:
        """The search index and notes; never published."""
        return self.folder / "local.db"

    @property
    def backups(self) -> Path:
        """Where the rotating backups lie."""
        return self.folder / "backups"

    @property
    def stage(self) -> Path:
        """Where copies are made ready."""
        return self.folder / "stage"

    @property
    def document_note(self) -> Path:
        """A text file that says which document this is the replica of."""
        return self.folder / "document.txt"

    def staged(self, name: str) -> Path:
        """Give a path in the stage, where nothing of this name lies any more."""
        self.stage.mkdir(parents=True, exist_ok=True)
        path = self.stage / f"{name}.{os.getpid()}.db"
        remove_database(path)
        return path

    def lock(self) -> filelock.BaseFileLock | None:
        """Take the replica for this process; None where another process has it."""
        lock = filelock.FileLock(self.folder / "in-use.lock", timeout=0)
        try:
            lock.acquire()
        except filelock.Timeout:
            return None
        return lock


def replica_of(replicas: Path, document: Path, workspace: str) -> Replica:
    """Find or make the replica folder of a workspace's document.

    A document that was renamed while changes of it were not yet published gets the replica that
    has them, when the document that replica belonged to is gone.
    """
    folder = replicas / f"{workspace}-{path_hash(document)}"
    replica = Replica(folder)
    if not replica.database.exists():
        moved = _left_behind(replicas, workspace)
        if moved is not None and not folder.exists():
            os.replace(moved.folder, folder)
    folder.mkdir(parents=True, exist_ok=True)
    replica.document_note.write_text(str(document), encoding="utf-8")
    return replica


def known_replica(replicas: Path, document: Path) -> Replica | None:
    """Find the replica of a document that can no longer say which workspace it is."""
    found = sorted(replicas.glob(f"*-{path_hash(document)}"), key=lambda path: path.stat().st_mtime)
    return Replica(found[-1]) if found else None


def _left_behind(replicas: Path, workspace: str) -> Replica | None:
    for folder in sorted(replicas.glob(f"{workspace}-*")):
        replica = Replica(folder)
        if not (replica.database.exists() and replica.document_note.exists()):
            continue
        if Path(replica.document_note.read_text(encoding="utf-8")).exists():
            continue
        lock = replica.lock()
        if lock is not None:
            lock.release()
            return replica
    return None


def path_hash(document: Path) -> str:
    """Name a path in twelve hexadecimal digits, alike for all ways to write it."""
    real = os.path.normcase(os.path.realpath(document))
    return hashlib.sha256(unicodedata.normalize("NFC", real).encode()).hexdigest()[:12]


def versions(connection: RawConnection, schema_name: str = "main") -> Versions:
    """Read the version vector of a database."""
    return dict(connection.execute(f"SELECT w, last_seq FROM {schema_name}.writer").fetchall())


def contains(mine: Versions, theirs: Versions) -> bool:
    """Tell whether everything in `theirs` is known in `mine`."""
    return all(mine.get(writer, 0) >= seq for writer, seq in theirs.items())


def fetch_document(document: Path, target: Path) -> str:
    """Copy the database out of a document, check that it is ours, and return its workspace id.

    Raises UserError where the file is missing, empty, foreign, damaged, or of a newer format.
    """
    if not document.exists():
        raise UserError(
            _("“{path}” was not found.").format(path=document),
            _("Check the name and the folder."),
        )
    unseal(document, target)
    try:
        connection = connect(target, immutable=True)
        try:
            check_format(connection)
            check_tables(connection)
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found == "ok":
                return workspace_id(connection)
        finally:
            connection.close()
    except DatabaseError:
        found = "unreadable"
    except UserError:
        remove_database(target)
        raise
    remove_database(target)
    raise UserError(
        _("“{name}” is damaged: {found}").format(name=document.name, found=found),
        _("Run “csdesk check FILE --repair”, or restore a backup."),
    )


def take_in(replica: Replica, fetched: Path) -> bool:
    """Bring what a fetched document database knows into the replica; True if anything was new.

    A new replica, or one whose rows the document all has, becomes a page copy of the document.
    Where both have rows of their own, their journals are joined and the rest is made anew.
    """
    theirs = connect(fetched, immutable=True)
    mine = connect_live(replica.database)
    try:
        fresh = mine.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        known: Versions = {} if fresh else versions(mine)
        offered = versions(theirs)
        if not fresh and contains(known, offered):
            return False
        if fresh or contains(offered, known):
            theirs.backup(mine)
            mine.execute("PRAGMA journal_mode = WAL")
        else:
            _join(mine, fetched)
        return True
    finally:
        mine.close()
        theirs.close()


def _join(mine: RawConnection, fetched: Path) -> None:
    """Unite two journals of one workspace, and make everything derived from them anew."""
    mine.execute("ATTACH ? AS other", (f"{fetched.absolute().as_uri()}?mode=ro&immutable=1",))
    try:
        mine.execute("BEGIN IMMEDIATE")
        try:
            gaps = mine.execute(
                "SELECT w.w FROM other.writer w WHERE w.last_seq <>"
                " (SELECT count(*) FROM other.journal j WHERE j.w = w.w)"
            ).fetchall()
            if gaps:
                raise UserError(
                    _("The journal of this file has gaps."),
                    _("It was not opened. Ask the person you have it from for a new copy."),
                )
            mine.execute("INSERT OR IGNORE INTO main.journal SELECT * FROM other.journal")
            mine.execute(
                "INSERT INTO main.writer SELECT * FROM other.writer WHERE true"
                " ON CONFLICT(w) DO UPDATE SET last_seq = max(last_seq, excluded.last_seq)"
            )
            mine.execute(
                "INSERT OR IGNORE INTO main.txn(w, seq0, seq1, hlc, label, kind, of_w, of_seq)"
                " SELECT w, seq0, seq1, hlc, label, kind, of_w, of_seq FROM other.txn ORDER BY n"
            )
            rewriting.rebuild(mine)
        except BaseException:
            mine.execute("ROLLBACK")
            raise
        mine.execute("COMMIT")
    finally:
        mine.execute("DETACH other")


def new_database(path: Path) -> None:
    """Lay out an empty workspace at `path`."""
    remove_database(path)
    connection = connect(path)
    try:
        schema.create_tables(connection)
    finally:
        connection.close()


def read_note(connection: RawConnection, key: str) -> object:
    """Read a note of the attached schema `local`; None where there is none."""
    row = connection.execute("SELECT v FROM local.note WHERE k = ?", (key,)).fetchone()
    return None if row is None else json.loads(row[0])


def write_note(connection: RawConnection, key: str, value: object) -> None:
    """Keep a note in the attached schema `local`."""
    connection.execute(
        "INSERT INTO local.note VALUES (?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v",
        (key, json.dumps(value)),
    )
