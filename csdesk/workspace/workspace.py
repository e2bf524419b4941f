"""A workspace: the one way in (`write`), the one way out (`read`), and word of what changed.

One process has a replica for writing; a second one may only read. Any thread may call: writes
take turns, reads have snapshots of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, Generic, ParamSpec, Self, TypeVar

import filelock
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.settings import Home, load_settings
from csdesk.store import history, local, rewriting
from csdesk.store.backup import Backup, backups
from csdesk.store.document import real_path
from csdesk.store.driver import (
    RawConnection,
    database_told_plainly,
    engine,
    told_plainly,
)
from csdesk.store.journal import StepKey, StepKind
from csdesk.store.replica import Replica
from csdesk.store.schema import workspace_id
from csdesk.store.stamps import Clock, utc_now
from csdesk.store.touching import Announcements, Change, Listener
from csdesk.store.undo import Skipped, Undoable, next_step, want_back
from csdesk.team.merge import take_in
from csdesk.team.outbox import Sender
from csdesk.workspace import restoring
from csdesk.workspace.moments import RestorePoint
from csdesk.workspace.opening import make_document, prepare_replica
from csdesk.workspace.publication import Publication, Publisher
from csdesk.workspace.sharing import Means, Sharing
from csdesk.workspace.writing import Writing, raw_connection

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """What a write came to: the action's result, and its change; None if it changed nothing."""

    label: str
    result: T
    change: Change | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an undo, redo or restore came to, and which fields it had to leave alone."""

    label: str
    change: Change | None
    skipped: tuple[Skipped, ...] = ()


class Workspace:
    """An open workspace file."""

    def __init__(
        self,
        path: Path,
        replica: Replica,
        lock: filelock.BaseFileLock | None,
        author: str,
        device: str,
        clock: Clock,
        means: Means | None = None,
    ) -> None:
        self.path = path
        self.replica = replica
        self.author = author
        self.device = device
        self.notices: list[str] = []
        self._lock = lock
        self._clock = clock
        self._passed: set[StepKey] = set()
        self._closed = False
        self._reader = engine(lambda: local.connect_reader(replica), QueuePool, "BEGIN")
        self._writing = Writing(replica, author=author, device=device, clock=clock)
        self._announcements = Announcements()
        means = means or Means.of_this_computer()
        self._publisher = Publisher(path, replica, clock, means.files)
        self.team = Sharing(
            replica,
            self._writing,
            self._announcements,
            self._publisher,
            Sender(device, author),
            clock,
            means,
            writable=lock is not None,
            moved=lambda document: setattr(self, "path", document),
        )

    @classmethod
    def create(
        cls, path: Path, *, home: Home | None = None, author: str = "", clock: Clock = utc_now
    ) -> Self:
        """Make an empty workspace file and open it; raises UserError where the file exists."""
        home = home or Home.of_this_computer()
        with told_plainly():
            make_document(path, home)
        return cls.open(path, home=home, author=author, clock=clock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        home: Home | None = None,
        author: str = "",
        clock: Clock = utc_now,
        means: Means | None = None,
    ) -> Self:
        """Open a workspace file; for reading only where another program has it open.

        `means` are the files and the chance that its exchange works with. Raises UserError where
        the file is missing, not ours, damaged, or of a newer format.
        """
        home = home or Home.of_this_computer()
        settings = load_settings(home)
        path = path.expanduser().absolute()
        with told_plainly():
            replica, lock = prepare_replica(path, home, clock)
            try:
                author = author or settings.author
                return cls(path, replica, lock, author, settings.device, clock, means)
            except BaseException:
                if lock is not None:
                    lock.release()
                raise

    @property
    def read_only(self) -> bool:
        """Whether another program has this workspace open for writing."""
        return self._lock is None

    @property
    def id(self) -> str:
        """The random id of the workspace, the same in all of its copies."""
        return self.read(lambda session: workspace_id(_raw(session)))

    def read(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query on one snapshot of the data and return its frozen rows."""
        with database_told_plainly(reading=True), Session(self._reader, autoflush=False) as session:
            return query(session, *args, **kwargs)

    def write(
        self,
        label: str,
        action: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Step[T]:
        """Run an action in one transaction, as one undo step called `label`, and announce it.

        Whatever the action raises leaves everything as it was. Raises UserError where the
        workspace is read-only.
        """
        self._check_writable()
        with self._writing.transaction() as session:
            result = action(session, *args, **kwargs)
            change = self._writing.commit(session, label)
        self._announcements.announce(change)
        return Step(label, result, change)

    def undo(self) -> Outcome:
        """Take the newest step of this computer back; fields changed since stay as they are.

        Raises UserError where there is nothing to undo.
        """
        return self._revert(StepKind.UNDO, _("There is nothing to undo."))

    def redo(self) -> Outcome:
        """Do the step taken back last again; raises UserError where there is none."""
        return self._revert(StepKind.REDO, _("There is nothing to redo."))

    @property
    def undo_label(self) -> str | None:
        """The name of the step that `undo` would take back."""
        item = self._next_step(StepKind.UNDO)
        return item.label if item else None

    @property
    def redo_label(self) -> str | None:
        """The name of the step that `redo` would do again."""
        item = self._next_step(StepKind.REDO)
        return item.label if item else None

    def history(
        self, rows: list[tuple[str, str]] | None = None, *, limit: int = 100
    ) -> list[history.HistoryEntry]:
        """Return the newest steps, of everything or of `rows` (entity, id) only."""
        if rows is None:
            return self.read(history.steps, limit=limit)
        return self.read(history.row_history, rows, limit=limit)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each change, on the thread that wrote; returns how to stop it."""
        return self._announcements.subscribe(listener)

    def publish(self) -> Publication:
        """Bring the document up to date with the replica; does nothing where it is.

        Raises UserError where the document's folder cannot be written to.
        """
        self._check_writable()
        publication = self.team.publish()
        if publication.written is not None and publication.written != real_path(self.path):
            self.path = publication.written
        if publication.notice:
            self.notices.append(publication.notice)
        return publication

    def derive(
        self,
        function: Callable[Concatenate[RawConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function that keeps derived figures in the database beside the replica.

        What it writes is no part of the file, no step, and announced to nobody.
        """
        self._check_writable()
        with (
            self._writing.turn,
            database_told_plainly(),
            local.written_alone(self.replica) as connection,
        ):
            return function(connection, *args, **kwargs)

    def save_copy_as(self, path: Path, *, replace: bool = False) -> None:
        """Write an independent copy, with a workspace id of its own, to another file.

        Raises UserError where the file exists and `replace` is not set, or cannot be written.
        """
        with told_plainly(), Session(self._reader) as session:
            self._publisher.fork(_raw(session), path, replace=replace)

    def backups(self) -> list[Backup]:
        """List the kept backups, newest first."""
        with told_plainly():
            return backups(self.replica.backups)

    def back_up(self) -> Backup:
        """Keep a backup of this moment."""
        with told_plainly(), Session(self._reader) as session:
            return self._publisher.back_up(_raw(session))

    def restore(self, source: Path | RestorePoint) -> Outcome:
        """Make everything as it was in a backup or at a moment, as one step to be undone.

        A moment may be of one item only, with what belongs to it. Raises UserError where a file is
        damaged or belongs to another workspace, or where an item was not there yet.
        """
        self._check_writable()
        with restoring.opened(source, self.replica, self.id) as past:
            if past.copy is not None:
                with told_plainly(), self._writing.turn:
                    # A backup may know steps that were lost here: they are in the journal for good.
                    if take_in(self.replica, past.copy).anything:
                        self._writing.index()
            with self._writing.transaction() as session:
                raw = _raw(session)
                past.want(raw)
                rewriting.apply(raw, self._clock)
                change = self._writing.commit(session, past.label)
        self._announcements.announce(change)
        return Outcome(past.label, change)

    def close(self) -> None:
        """Publish what is not published yet and let go of the file; twice does no harm."""
        if self._closed:
            return
        try:
            if not self.read_only and self.team.is_due():
                self.publish()
        finally:
            self._closed = True
            self._announcements.clear()
            self.team.close()
            self._writing.close()
            self._reader.dispose()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        """Use the workspace in a `with` block."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close it at the end."""
        self.close()

    def _revert(self, kind: StepKind, nothing: str) -> Outcome:
        self._check_writable()
        with self._writing.transaction() as session:
            item = next_step(_raw(session), self.device, kind, self._passed)
            if item is None:
                raise UserError(nothing)
            skipped = want_back(_raw(session), item.applied_by)
            rewriting.apply(_raw(session), self._clock)
            change = self._writing.commit(session, item.label, kind, item.step)
            if change is None:
                self._passed.add(item.applied_by)
        self._announcements.announce(change)
        return Outcome(item.label, change, skipped)

    def _next_step(self, kind: StepKind) -> Undoable | None:
        if self.read_only:
            return None
        return self.read(lambda session: next_step(_raw(session), self.device, kind, self._passed))

    def _check_writable(self) -> None:
        if self._closed:
            raise RuntimeError("a closed workspace no longer holds its lock and cannot be written")
        if self.read_only:
            raise UserError(
                _("“{name}” is open in another CSDesk on this computer.").format(
                    name=self.path.name
                ),
                _("Here it can only be read. Close it there to change it here."),
            )


def _raw(session: Session) -> RawConnection:
    return raw_connection(session.connection())
