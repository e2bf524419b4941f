"""The writing side of an open workspace: one connection, one journal, one step at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from sqlalchemy import Connection
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from csdesk.store import local
from csdesk.store.driver import RawConnection, database_told_plainly, engine
from csdesk.store.journal import Journal, StepKey, StepKind
from csdesk.store.replica import Replica
from csdesk.store.stamps import Clock
from csdesk.store.touching import Change, change_of


class Writing:
    """Turns what actions change into journalled steps; opened at the first of them."""

    def __init__(self, replica: Replica, *, author: str, device: str, clock: Clock) -> None:
        self.turn = threading.RLock()
        self._replica = replica
        self._author = author
        self._device = device
        self._clock = clock
        self._connection: Connection | None = None
        self._journal: Journal | None = None

    def raw(self) -> RawConnection:
        """Give the writing connection of the driver; only for who has the turn."""
        return raw_connection(self._open()[0])

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """Lend a session inside a transaction of its own; without `commit` nothing of it stays."""
        with self.turn, database_told_plainly():
            connection, journal = self._open()
            with Session(connection, expire_on_commit=False) as session:
                session.connection()
                journal.forget()
                try:
                    yield session
                except BaseException:
                    session.rollback()
                    raise

    def commit(
        self,
        session: Session,
        label: str,
        kind: StepKind = StepKind.EDIT,
        of: StepKey | None = None,
    ) -> Change | None:
        """Journal what the transaction changed as one step and commit it; None for no change.

        `of` is the step that an undo or redo is about.
        """
        _connection, journal = self._open()
        raw = raw_connection(session.connection())
        session.flush()
        recorded = journal.record(label, kind, of)
        if recorded is None:
            session.rollback()
            return None
        change = change_of(raw, recorded, label)
        journal.forget()
        session.commit()
        self.index()
        return change

    def index(self) -> None:
        """Bring the search index up to date, apart from the step: a step never fails for it."""
        local.keep_index(self.raw(), self._replica)

    def close(self) -> None:
        """Let go of the connection."""
        with self.turn:
            if self._connection is not None:
                self._connection.close()
                self._connection.engine.dispose()

    def _open(self) -> tuple[Connection, Journal]:
        """Open the one writing connection at its first use, with its triggers and its writer."""
        if self._connection is None or self._journal is None:
            self._connection = engine(self._connect, StaticPool, "BEGIN IMMEDIATE").connect()
            self._journal = Journal(
                raw_connection(self._connection),
                device=self._device,
                author=self._author,
                clock=self._clock,
            )
        return self._connection, self._journal

    def _connect(self) -> RawConnection:
        return local.connect_with(self._replica)


def raw_connection(connection: Connection) -> RawConnection:
    """Give the driver's connection under one of SQLAlchemy."""
    return connection.connection.driver_connection
