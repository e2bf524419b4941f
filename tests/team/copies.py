"""Real replicas on real files without the workspace around them: fast enough for many examples."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from csdesk.model.base import instant_text
from csdesk.store import document, journal, rewriting, undo
from csdesk.store import replica as replicas
from csdesk.store.driver import RawConnection, connect, connect_live, transaction
from csdesk.store.journal import Recorded, StepKind
from csdesk.store.versions import Versions, versions
from csdesk.team import merge
from csdesk.team.outbox import Sender, write_outbox

Edit = Callable[[RawConnection], object]


class Copy:
    """One computer's replica of the file, edited through the journal's triggers."""

    def __init__(self, folder: Path, device: str, clock: Callable[[], dt.datetime], source: Path):
        folder.mkdir()
        self.device = device
        self.replica = replicas.Replica(folder)
        self.clock = clock
        self._editing: tuple[RawConnection, journal.Journal] | None = None
        self._plain: RawConnection | None = None
        self._passed: set[journal.StepKey] = set()
        shutil.copyfile(source, self.replica.database)

    def write(self, label: str, edit: Edit) -> Recorded | None:
        """Edit in one step; raises UserError, and changes nothing, where that is refused."""
        connection, notes = self._open()
        with self._step(connection, notes):
            edit(connection)
            return notes.record(label)

    def undo(self, kind: StepKind = StepKind.UNDO) -> Recorded | None:
        """Take the newest step of this device back, or do it again; None where there is none."""
        connection, notes = self._open()
        with self._step(connection, notes):
            item = undo.next_step(connection, self.device, kind, self._passed)
            if item is None:
                return None
            undo.want_back(connection, item.applied_by)
            rewriting.apply(connection, self.clock)
            recorded = notes.record(item.label, kind, item.step)
            if recorded is None:
                self._passed.add(item.applied_by)
            return recorded

    def publish(self, path: Path) -> Path:
        """Write a sealed document of what is known here, and remember it like the program."""
        seal = document.stage_copy(self.plain, path)
        merge.note_seen(self.plain, self._seen(seal, path))
        return path

    def observe(self, path: Path) -> merge.Merged | None:
        """Take in a document or outbox; None where its seal was seen before.

        Raises UserError where it is not whole.
        """
        seal = document.read_seal(path)
        if self.replica.contains_document(seal):
            return None
        copy = self.replica.folder / "fetched.db"
        seal = document.unseal(path, copy)
        try:
            return merge.merge(self.plain, copy, self._seen(seal, path))
        finally:
            document.remove_database(copy)

    def restart(self) -> None:
        """End the run: the next edit is made by a writer that was never there before."""
        if self._editing is not None:
            self._editing[0].close()
        self._editing = None
        self._passed = set()

    def close(self) -> None:
        self.restart()
        if self._plain is not None:
            self._plain.close()
        self._plain = None

    def keep_image(self, path: Path) -> Path:
        """Copy the replica as a backup of the whole computer does."""
        with contextlib.closing(connect(path)) as copy:
            self.plain.backup(copy)
        return path

    def become(self, image: Path) -> None:
        """Put such a copy, of this computer or another one, in the place of the replica."""
        self.close()
        document.remove_database(self.replica.database)
        shutil.copyfile(image, self.replica.database)

    @property
    def plain(self) -> RawConnection:
        """A connection without the journal's triggers: to look, to merge, to publish."""
        if self._plain is None:
            self._plain = fast(self.replica.database)
        return self._plain

    def versions(self) -> Versions:
        return versions(self.plain)

    @contextlib.contextmanager
    def _step(self, connection: RawConnection, notes: journal.Journal) -> Iterator[None]:
        notes.forget()
        with transaction(connection):
            yield
            notes.forget()

    def _open(self) -> tuple[RawConnection, journal.Journal]:
        if self._editing is None:
            connection = fast(self.replica.database)
            notes = journal.Journal(
                connection, device=self.device, author=self.device, clock=self.clock
            )
            self._editing = connection, notes
        return self._editing

    def _seen(self, seal: document.Seal, path: Path) -> merge.SeenFile:
        return merge.SeenFile(seal.sha256.hex(), path.name, instant_text(self.clock()))


def fast(database: Path) -> RawConnection:
    """Open a live database that need not survive a power cut."""
    connection = connect_live(database)
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def outbox_of(copy: Copy, path: Path, since: Versions) -> Path | None:
    """Write an outbox of one device's own rows beyond `since`; None where there are none."""
    own = copy.plain.execute("SELECT w, last_seq FROM writer WHERE device = ?", (copy.device,))
    ranges = {w: (since.get(w, 0) + 1, last) for w, last in own if last > since.get(w, 0)}
    if not ranges:
        return None
    write_outbox(copy.plain, path, ranges, Sender(copy.device, copy.device))
    return path
