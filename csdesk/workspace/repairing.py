"""Making a damaged file whole again, from what is left of it anywhere on this computer.

Nothing is thrown away: what is damaged is set aside first. The document is written again from a
whole replica; a damaged replica is made again from document and backups, joined with every change
that can still be read in it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _, ngettext
from csdesk.settings import Home
from csdesk.store import local
from csdesk.store.backup import backups
from csdesk.store.deriving import rebuild
from csdesk.store.document import MAGIC, SEAL_BYTES, Seal, remove_database
from csdesk.store.driver import DatabaseError, connect, connect_live, told_plainly, transaction
from csdesk.store.replica import Replica, replica_of
from csdesk.store.salvage import remains_of, salvage
from csdesk.store.schema import APPLICATION_ID, create_tables
from csdesk.store.stamps import Clock, utc_now
from csdesk.store.versions import Versions, versions
from csdesk.team.guard import admit_document
from csdesk.team.merge import take_in
from csdesk.workspace.checking import (
    Fault,
    Finding,
    LookedAt,
    look_at_document,
    look_at_replica,
    replica_for,
)
from csdesk.workspace.opening import make_ready, scratch
from csdesk.workspace.publication import Publisher

_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair did: where the whole document is now, what was saved, what was not."""

    path: Path
    done: tuple[str, ...]
    saved: int = 0
    """Changes of fields that were in nothing whole, and were read from what is damaged."""
    lost: int = 0
    """Changes of fields that are known to have been there, and could not be read any more."""

    def lines(self) -> list[str]:
        """Tell the result in plain sentences."""
        lines = list(self.done)
        if self.saved:
            lines.append(
                ngettext(
                    "{n} change was saved from what is damaged.",
                    "{n} changes were saved from what is damaged.",
                    self.saved,
                ).format(n=self.saved)
            )
        if self.lost:
            lines.append(
                ngettext(
                    "{n} change could not be read any more and is lost here. Another copy of the"
                    " file may still have it.",
                    "{n} changes could not be read any more and are lost here. Another copy of the"
                    " file may still have them.",
                    self.lost,
                ).format(n=self.lost)
            )
        return lines


def repair(path: Path, home: Home, clock: Clock = utc_now) -> RepairReport:
    """Make a document and this computer's copy of it whole again, and write the document.

    Raises UserError where another program has it open, or nothing readable is left.
    """
    path = path.expanduser().absolute()
    with told_plainly(), scratch(home) as copy, scratch(home) as second:
        looked = look_at_document(path, copy)
        replica = replica_for(path, home, looked.workspace)
        if looked.has(Fault.FOREIGN):
            raise UserError(looked.findings[0].message, _("The file was left as it is."))
        if replica is None and not path.exists():
            raise UserError(looked.findings[0].message, _("Check the name and the folder."))
        if replica is None:
            ours = not looked.workspace and _was_ours(path)
            workspace = remains_of(path).workspace if ours else looked.workspace
            if not workspace:
                raise UserError(
                    looked.findings[0].message, _("Nothing in it can be read any more.")
                )
            replica = replica_of(home.replicas, path, workspace)
        with _locked(replica, path):
            in_replica = look_at_replica(replica, second) if replica.has_data() else ()
            return _Repair(path, replica, clock).run(looked, copy, in_replica)


class _Repair:
    """One repair under way."""

    def __init__(self, path: Path, replica: Replica, clock: Clock) -> None:
        self._path = path
        self._replica = replica
        self._clock = clock
        self._archive = replica.archive / f"{clock():%Y-%m-%dT%H%M%SZ}"
        self._done: list[str] = []
        self._saved = 0

    def run(
        self, looked: LookedAt, document: Path, in_replica: tuple[Finding, ...]
    ) -> RepairReport:
        """Mend what is wrong; `document` is the copy of the document's database, if it is whole."""
        faults = {finding.fault for finding in in_replica}
        damaged: list[Path] = []
        if faults - {Fault.DERIVED}:
            damaged.append(self._set_replica_aside())
        broken = looked.has(Fault.UNREADABLE, Fault.GAPS) and _was_ours(self._path)
        if broken:
            damaged.append(self._keep_document())
        lost = self._make_again(damaged) if damaged or not self._replica.has_data() else 0
        derived = looked.has(Fault.DERIVED)
        if derived or Fault.DERIVED in faults:
            self._derive_again()
        make_ready(self._replica, self._clock)
        remove_database(self._replica.local)
        local.prepare(self._replica)
        written = self._publish(looked.seal, document, overwrite=broken or derived)
        done = tuple(self._done) or (_("Nothing had to be mended."),)
        return RepairReport(written, done, self._saved, lost)

    def _keep_document(self) -> Path:
        """Keep the damaged document and say where."""
        self._archive.mkdir(parents=True, exist_ok=True)
        kept = self._archive / "document.csdesk"
        shutil.copyfile(self._path, kept)
        self._done.append(_("The damaged document was kept as {path}.").format(path=kept))
        return kept

    def _set_replica_aside(self) -> Path:
        self._archive.mkdir(parents=True, exist_ok=True)
        database = self._replica.database
        # Opening it once brings what its log still holds into the file, where that can be read.
        with contextlib.suppress(DatabaseError), contextlib.closing(connect(database)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for suffix in ("", "-wal", "-shm", "-journal"):
            part = database.with_name(database.name + suffix)
            if part.exists():
                os.replace(part, self._archive / part.name)
        self._done.append(
            _("The damaged copy on this computer was kept in {path}.").format(path=self._archive)
        )
        return self._archive / database.name

    def _make_again(self, damaged: list[Path]) -> int:
        """Fill the replica from all that is whole, then from what can be read of the rest.

        Returns how many changes are known to have been there, and are not any more.
        """
        for name, source in self._whole_sources():
            if take_in(self._replica, source).anything:
                self._done.append(_("Taken in: {name}.").format(name=name))
        claimed: Versions = {}
        with contextlib.closing(connect_live(self._replica.database)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                create_tables(connection, self._workspace(damaged))
            with transaction(connection):
                for database in damaged:
                    found = salvage(remains_of(database), connection)
                    self._saved += found.saved
                    for writer, seq in found.claimed.items():
                        claimed[writer] = max(seq, claimed.get(writer, 0))
                rebuild(connection)
            known = versions(connection)
        return sum(max(0, seq - known.get(writer, 0)) for writer, seq in claimed.items())

    def _whole_sources(self) -> Iterator[tuple[str, Path]]:
        """Give the document and the backups that are whole, the document and the newest first."""
        files = [self._path, *(kept.path for kept in backups(self._replica.backups))]
        for file in files:
            copy = self._replica.staged("repair")
            try:
                admit_document(file, copy, workspace=self._replica.workspace)
                yield file.name, copy
            except UserError:
                continue
            finally:
                remove_database(copy)

    def _workspace(self, damaged: list[Path]) -> str:
        found = [self._replica.workspace, *(remains_of(database).workspace for database in damaged)]
        return next(name for name in found if name)

    def _derive_again(self) -> None:
        with (
            contextlib.closing(connect_live(self._replica.database)) as connection,
            transaction(connection),
        ):
            rebuild(connection)
        self._done.append(_("What the copy on this computer shows was made anew from its journal."))

    def _publish(self, seal: Seal | None, document: Path, *, overwrite: bool) -> Path:
        publisher = Publisher(self._path, self._replica, self._clock)
        with contextlib.closing(local.connect_with(self._replica)) as connection:
            if seal is not None:
                local.note_if_published(connection, document, seal)
            if overwrite:
                publication = publisher.overwrite(connection)
            else:
                publication = publisher.publish(connection, contextlib.nullcontext())
        if publication.took_in:
            self._done.append(_("Taken in: {name}.").format(name=self._path.name))
        if publication.notice:
            self._done.append(publication.notice)
        elif publication.written is not None:
            self._done.append(_("The document was written again."))
        return publication.written or self._path


def _was_ours(path: Path) -> bool:
    """Tell whether a broken file was a document of ours once, or is nothing at all."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(100)
        stream.seek(max(0, path.stat().st_size - SEAL_BYTES))
        tail = stream.read(len(MAGIC))
    database = head.startswith(_SQLITE[: len(head)])
    ours = len(head) < 72 or int.from_bytes(head[68:72], "big") == APPLICATION_ID
    return (database and ours) or tail == MAGIC


@contextlib.contextmanager
def _locked(replica: Replica, path: Path) -> Iterator[None]:
    lock = replica.lock()
    if lock is None:
        raise UserError(
            _("“{name}” is open in another CSDesk on this computer.").format(name=path.name),
            _("Close it there and try again."),
        )
    try:
        yield
    finally:
        lock.release()
