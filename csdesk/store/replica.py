"""The private replica of a document: its folder, its lock, and how it is found again.

SQLite never opens a document's path, and nothing but SQLite opens a replica's: a sync service
that touches the document cannot break the live database, nor the other way round.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import filelock

from csdesk.model.base import instant_text
from csdesk.store import schema
from csdesk.store.document import Seal, remove_database
from csdesk.store.driver import connect, connect_live

_STALE_SECONDS = 24 * 60 * 60
_SEEN_KEPT = 500
_FOLDER = re.compile("([0-9a-f]{32})-[0-9a-f]{12}")


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
    def archive(self) -> Path:
        """Where a damaged database is set aside."""
        return self.folder / "archive"

    @property
    def index_trouble(self) -> Path:
        """A file that is there when the search index was found damaged."""
        return self.folder / "index-damaged"

    @property
    def document_note(self) -> Path:
        """A text file that says which document this is the replica of."""
        return self.folder / "document.txt"

    @property
    def workspace(self) -> str:
        """The id of the workspace, as the folder's name says it; empty where it says none."""
        named = _FOLDER.fullmatch(self.folder.name)
        return named.group(1) if named else ""

    def noted_document(self) -> Path | None:
        """Read which document this is the replica of."""
        try:
            return Path(self.document_note.read_text(encoding="utf-8", errors="surrogatepass"))
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def note_document(self, document: Path) -> None:
        """Keep which document this is the replica of."""
        self.document_note.write_text(str(document), encoding="utf-8", errors="surrogatepass")

    def has_data(self) -> bool:
        """Tell whether a database lies here; one of no bytes was never filled."""
        return self.database.exists() and self.database.stat().st_size > 0

    def contains_document(self, seal: Seal | None) -> bool:
        """Tell by its seal whether all that a document says is known to be in this replica."""
        if seal is None or not self.has_data():
            return False
        with contextlib.closing(connect(self.database)) as connection:
            found = connection.execute(
                "SELECT 1 FROM seen WHERE sha256 = ?", (seal.sha256.hex(),)
            ).fetchone()
        return found is not None

    def remember_document(self, seal: Seal, at: dt.datetime) -> None:
        """Note that this replica has everything the document with this seal says.

        The note lies in the replica itself: an older copy of the replica then knows less, too.
        """
        with contextlib.closing(connect_live(self.database)) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO seen(sha256, name, at) VALUES (?, NULL, ?)",
                (seal.sha256.hex(), instant_text(at)),
            )
            connection.execute(
                "DELETE FROM seen WHERE sha256 NOT IN"
                " (SELECT sha256 FROM seen ORDER BY at DESC LIMIT ?)",
                (_SEEN_KEPT,),
            )

    def staged(self, name: str) -> Path:
        """Give a path in the stage, where nothing of this name lies any more."""
        self.stage.mkdir(parents=True, exist_ok=True)
        path = self.stage / f"{name}.{os.getpid()}.db"
        remove_database(path)
        return path

    def sweep(self) -> None:
        """Remove what killed programs left in the stage."""
        remove_stale(self.stage.glob("*"))

    def lock(self) -> filelock.BaseFileLock | None:
        """Take the replica for this process; None where another process has it."""
        # Not thread-local: a workspace may be opened on one thread and closed on another.
        lock = filelock.FileLock(self.folder / "in-use.lock", timeout=0, thread_local=False)
        try:
            lock.acquire()
        except filelock.Timeout:
            return None
        return lock


def replica_of(replicas: Path, document: Path, workspace: str) -> Replica:
    """Find or make the replica folder of a workspace's document.

    A document that was renamed or moved gets the replica it had before, with its backups and with
    changes that were not yet published.
    """
    folder = replicas / f"{workspace}-{path_hash(document)}"
    replica = Replica(folder)
    if not replica.database.exists():
        moved = _left_behind(replicas, workspace, document)
        if moved is not None and not folder.exists():
            os.replace(moved.folder, folder)
    folder.mkdir(parents=True, exist_ok=True)
    replica.note_document(document)
    return replica


def known_replica(replicas: Path, document: Path, workspace: str = "") -> Replica | None:
    """Find the newest replica of a document, of a workspace where the document can say which."""
    pattern = f"{workspace or '*'}-{path_hash(document)}"
    found = sorted(replicas.glob(pattern), key=lambda path: path.stat().st_mtime)
    return Replica(found[-1]) if found else None


def _left_behind(replicas: Path, workspace: str, document: Path) -> Replica | None:
    for folder in sorted(replicas.glob(f"{workspace}-*")):
        replica = Replica(folder)
        noted = replica.noted_document()
        if noted is None or not replica.has_data():
            continue
        # The same file under a name that differs only in case, or written beside its old name.
        if noted.exists() and not (document.exists() and noted.samefile(document)):
            continue
        lock = replica.lock()
        if lock is not None:
            lock.release()
            return replica
    return None


def path_hash(document: Path) -> str:
    """Name a path in twelve hexadecimal digits, alike for all ways to write it."""
    real = os.path.normcase(os.path.realpath(document))
    normal = unicodedata.normalize("NFC", real)
    return hashlib.sha256(normal.encode(errors="surrogatepass")).hexdigest()[:12]


def new_database(path: Path) -> None:
    """Lay out an empty workspace at `path`."""
    remove_database(path)
    connection = connect(path)
    try:
        schema.create_tables(connection)
    finally:
        connection.close()


def remove_stale(paths: Iterable[Path]) -> None:
    """Remove files of ours that a killed program left more than a day ago."""
    for path in paths:
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                path.unlink()
