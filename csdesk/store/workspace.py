"""A workspace: the one way in (`write`), the one way out (`read`), and word of what changed.

One process has a replica for writing; a second one may only read. Any thread may call: writes
take turns, reads have snapshots of their own.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, Generic, ParamSpec, Self, TypeVar

import filelock
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.settings import Home, load_settings
from csdesk.store import history, restoring, rewriting, search_index
from csdesk.store.backup import Backup, backups
from csdesk.store.driver import RawConnection, connect_live, engine, told_plainly
from csdesk.store.driver import connect as connect_database
from csdesk.store.journal import Journal, Recorded, StepKey, StepKind
from csdesk.store.opening import make_document, prepare_replica
from csdesk.store.publication import Publication, Publisher
from csdesk.store.replica import Replica
from csdesk.store.schema import workspace_id
from csdesk.store.stamps import Clock, utc_now
from csdesk.store.touching import Change, change_of, everything
from csdesk.store.undo import Skipped, Undoable, stacks, want_back

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[Change], None]


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
    ) -> None:
        self.path = path
        self.replica = replica
        self.author = author
        self.device = device
        self.notices: list[str] = []
        self._lock = lock
        self._clock = clock
        self._turn = threading.RLock()
        self._listeners: list[Listener] = []
        self._passed: set[StepKey] = set()
        self._closed = False
        self._reader = engine(self._connect_reader, QueuePool, "BEGIN")
        self._writer: Connection | None = None
        self._journal: Journal | None = None
        if lock is not None:
            self._prepare_local()
        self._publisher = Publisher(path, replica, clock)

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
        cls, path: Path, *, home: Home | None = None, author: str = "", clock: Clock = utc_now
    ) -> Self:
        """Open a workspace file; for reading only where another program has it open.

        Raises UserError where the file is missing, not ours, damaged, or of a newer format.
        """
        home = home or Home.of_this_computer()
        settings = load_settings(home)
        path = path.expanduser().absolute()
        with told_plainly():
            replica, lock = prepare_replica(path, home, clock)
            try:
                return cls(path, replica, lock, author or settings.author, settings.device, clock)
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
        return self.read(lambda session: workspace_id(_raw(session.connection())))

    def read(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query on one snapshot of the data and return its frozen rows."""
        with told_plainly(), Session(self._reader, autoflush=False) as session:
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
        with self._transaction() as (session, journal):
            result = action(session, *args, **kwargs)
            session.flush()
            change = self._commit(session, journal, label)
        self._announce(change)
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
        return self._next_label(StepKind.UNDO)

    @property
    def redo_label(self) -> str | None:
        """The name of the step that `redo` would do again."""
        return self._next_label(StepKind.REDO)

    def history(
        self, rows: list[tuple[str, str]] | None = None, *, limit: int = 100
    ) -> list[history.HistoryEntry]:
        """Return the newest steps, of everything or of `rows` (entity, id) only."""
        if rows is None:
            return self.read(history.steps, limit=limit)
        return self.read(history.row_history, rows, limit=limit)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each change, on the thread that wrote; returns how to stop it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def publish(self) -> Publication:
        """Bring the document up to date with the replica; does nothing where it is.

        Raises UserError where the document's folder cannot be written to.
        """
        self._refuse_if_read_only()
        with self._turn, told_plainly():
            writer = self._open_writer()
            publication = self._publisher.publish(_raw(writer))
            if publication.took_in:
                self._follow_local()
        if publication.notice:
            self.notices.append(publication.notice)
        if publication.took_in:
            self._announce(everything(_("Changes from another copy")))
        return publication

    def save_copy_as(self, path: Path, *, replace: bool = False) -> None:
        """Write an independent copy, with a workspace id of its own, to another file.

        Raises UserError where the file exists and `replace` is not set, or cannot be written.
        """
        with told_plainly(), Session(self._reader) as session:
            self._publisher.fork(_raw(session.connection()), path, replace=replace)

    def backups(self) -> list[Backup]:
        """List the kept backups, newest first."""
        with told_plainly():
            return backups(self.replica.backups)

    def back_up(self) -> Backup:
        """Keep a backup of this moment."""
        with self._turn, told_plainly(), Session(self._reader) as session:
            return self._publisher.back_up(_raw(session.connection()))

    def restore(self, sealed: Path) -> Outcome:
        """Make everything as it was in a backup or older document, as one step to be undone.

        Raises UserError where the file is damaged or belongs to another workspace.
        """
        with told_plainly():
            fetched = restoring.fetch(self.replica, sealed, self.id)
        label = _("Restore {name}").format(name=sealed.stem)
        try:
            with self._transaction() as (session, journal):
                raw = _raw(session.connection())
                restoring.want_state_of(raw, fetched)
                rewriting.apply(raw, self._clock)
                change = self._commit(session, journal, label)
        finally:
            restoring.forget(fetched)
        self._announce(change)
        return Outcome(label, change)

    def close(self) -> None:
        """Publish what is not published yet and let go of the file; twice does no harm."""
        if self._closed:
            return
        try:
            if not self.read_only and self._writer is not None:
                self.publish()
        finally:
            self._closed = True
            self._listeners.clear()
            if self._writer is not None:
                self._writer.close()
                self._writer.engine.dispose()
            self._reader.dispose()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        """Use the workspace in a `with` block."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close it at the end."""
        self.close()

    def _connect_reader(self) -> RawConnection:
        connection = connect_database(self.replica.database)
        connection.execute("ATTACH ? AS local", (str(self.replica.local),))
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _prepare_local(self) -> None:
        connection = connect_live(self.replica.database)
        try:
            _attach_local(connection, self.replica)
            search_index.prepare(connection)
            connection.execute("BEGIN IMMEDIATE")
            search_index.follow(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()

    def _follow_local(self) -> None:
        raw = _raw(self._open_writer())
        raw.execute("BEGIN IMMEDIATE")
        search_index.follow(raw)
        raw.execute("COMMIT")

    def _open_writer(self) -> Connection:
        """Open the one writing connection at the first write, with its triggers and its writer."""
        if self._writer is None:

            def connect() -> RawConnection:
                connection = connect_live(self.replica.database)
                _attach_local(connection, self.replica)
                return connection

            self._writer = engine(connect, StaticPool, "BEGIN IMMEDIATE").connect()
            self._journal = Journal(
                _raw(self._writer), device=self.device, author=self.author, clock=self._clock
            )
        return self._writer

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[tuple[Session, Journal]]:
        self._refuse_if_read_only()
        with self._turn, told_plainly():
            writer = self._open_writer()
            assert self._journal is not None
            with Session(writer, expire_on_commit=False) as session:
                session.connection()
                self._journal.forget()
                try:
                    yield session, self._journal
                except BaseException:
                    session.rollback()
                    raise

    def _commit(
        self,
        session: Session,
        journal: Journal,
        label: str,
        kind: StepKind = StepKind.EDIT,
        of: StepKey | None = None,
    ) -> Change | None:
        raw = _raw(session.connection())
        recorded: Recorded | None = None
        try:
            recorded = journal.record(label, kind, of)
            if recorded is None:
                session.rollback()
                return None
            change = change_of(raw, recorded, label)
            journal.forget()
            search_index.follow(raw)
            session.commit()
        except BaseException:
            if recorded is not None:
                journal.rolled_back(recorded)
            raise
        return change

    def _revert(self, kind: StepKind, nothing: str) -> Outcome:
        with self._transaction() as (session, journal):
            raw = _raw(session.connection())
            item = self._next(raw, kind)
            if item is None:
                raise UserError(nothing)
            skipped = want_back(raw, item.applied_by)
            rewriting.apply(raw, self._clock)
            change = self._commit(session, journal, item.label, kind, item.step)
            if change is None:
                self._passed.add(item.applied_by)
        self._announce(change)
        return Outcome(item.label, change, skipped)

    def _next(self, raw: RawConnection, kind: StepKind) -> Undoable | None:
        found = stacks(raw, self.device)
        stack = found.undo if kind is StepKind.UNDO else found.redo
        return next((item for item in reversed(stack) if item.applied_by not in self._passed), None)

    def _next_label(self, kind: StepKind) -> str | None:
        if self.read_only:
            return None
        item = self.read(lambda session: self._next(_raw(session.connection()), kind))
        return item.label if item else None

    def _announce(self, change: Change | None) -> None:
        if change is not None:
            for listener in list(self._listeners):
                listener(change)

    def _refuse_if_read_only(self) -> None:
        if self.read_only:
            raise UserError(
                _("“{name}” is open in another CSDesk on this computer.").format(
                    name=self.path.name
                ),
                _("Here it can only be read. Close it there to change it here."),
            )


def _raw(connection: Connection) -> RawConnection:
    return connection.connection.driver_connection


def _attach_local(connection: RawConnection, replica: Replica) -> None:
    connection.execute("ATTACH ? AS local", (str(replica.local),))
    connection.execute("PRAGMA local.journal_mode = WAL")
    connection.execute("PRAGMA local.synchronous = OFF")
