"""What the tests of the store work with: a clock that is set, a few actions, a second device."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.base import Record
from csdesk.model.records import Account, Goal, Kpi, KpiValue, Plan
from csdesk.settings import Home
from csdesk.store.document import SEAL_BYTES, seal_file
from csdesk.store.driver import RawConnection, connect
from csdesk.workspace.workspace import Workspace

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@dataclass
class SetClock:
    """A clock that shows what it was set to, a millisecond later at each look."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(milliseconds=1)
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


def add(session: Session, record: Record) -> str:
    session.add(record)
    session.flush()
    return record.id


def add_account(session: Session, name: str = "North", **fields: Any) -> str:
    return add(session, Account(name=name, **fields))


def add_plan(session: Session, account_id: str, title: str = "Onboarding") -> str:
    return add(session, Plan(account_id=account_id, title=title))


def add_goal(session: Session, plan_id: str, title: str = "Less waiting") -> str:
    return add(session, Goal(plan_id=plan_id, title=title))


def add_kpi(session: Session, name: str = "Sales") -> str:
    return add(session, Kpi(name=name))


def set_fields(session: Session, record: type[Record], row_id: str, **fields: Any) -> None:
    row = session.get_one(record, row_id)
    for name, value in fields.items():
        setattr(row, name, value)


def rename(session: Session, account_id: str, name: str) -> None:
    set_fields(session, Account, account_id, name=name)


def mark_deleted(session: Session, record: type[Record], row_id: str) -> None:
    set_fields(session, record, row_id, deleted_at=NOON)


def names(session: Session) -> list[str]:
    """Return the names of the living accounts, sorted."""
    living = select(Account.name).where(Account.deleted_at.is_(None)).order_by(Account.name)
    return list(session.scalars(living))


def account(session: Session, row_id: str) -> dict[str, Any]:
    return row_of(session, Account, row_id)


def row_of(session: Session, record: type[Record], row_id: str) -> dict[str, Any]:
    row = session.get_one(record, row_id)
    return {column.name: getattr(row, column.name) for column in record.__table__.columns}


def values(session: Session) -> dict[str, Any]:
    living = select(KpiValue).where(KpiValue.deleted_at.is_(None))
    return {row.id: row.value for row in session.scalars(living)}


@dataclass
class Device:
    """A computer of its own: other folders, another device id, another copy of the document."""

    home: Home
    document: Path
    clock: SetClock = field(default_factory=SetClock)

    @classmethod
    def beside(cls, folder: Path, document: Path | None = None) -> Device:
        """Set up a computer in `folder`, with a copy of `document` on it where one is given."""
        folder.mkdir()
        own = folder / "North.csdesk"
        if document is not None:
            shutil.copyfile(document, own)
        return cls(Home.at(folder.with_name(f"{folder.name}-home")), own)

    def create(self) -> Workspace:
        return Workspace.create(self.document, home=self.home, author="Aiko", clock=self.clock)

    def open(self) -> Workspace:
        return Workspace.open(self.document, home=self.home, author="Ben", clock=self.clock)


@contextlib.contextmanager
def looked_into(database: Path) -> Iterator[RawConnection]:
    """Read a database or document without leaving anything beside it."""
    connection = connect(database, read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def resealed(document: Path, *statements: str) -> None:
    """Change a document as another program would that knows how to seal it."""
    document.write_bytes(document.read_bytes()[:-SEAL_BYTES])
    connection = connect(document)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    seal_file(document)


def crash_after(device: Device, published: str, unpublished: str) -> None:
    """Add two accounts, publish after the first, and end like a killed program."""
    program = (
        "import os, signal, sys; from pathlib import Path;"
        "from csdesk.settings import Home; from csdesk.workspace.workspace import Workspace;"
        "from tests.store.desk import add_account;"
        "w = Workspace.create(Path(sys.argv[1]), home=Home.at(Path(sys.argv[2])));"
        "w.write('Add', add_account, sys.argv[3]); w.publish();"
        "w.write('Add', add_account, sys.argv[4]); os.kill(os.getpid(), signal.SIGKILL)"
    )
    arguments = [str(device.document), str(device.home.data.parent), published, unpublished]
    subprocess.run([sys.executable, "-c", program, *arguments], check=False, timeout=60)
