"""One person at one computer: edits, and does what the window does to share them.

The window looks at the folder every 30 s, publishes after 30 s of quiet, at most 5 min late, and
on close. Everything a workspace acknowledged is kept here, to be found again at the end.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import shutil
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.simulation.agenda import WallClock
from benchmarks.simulation.cloud import SyncedFolder
from benchmarks.simulation.work import do_something
from csdesk.errors import UserError
from csdesk.settings import Home
from csdesk.store.journal import StepKey
from csdesk.store.touching import Change
from csdesk.team.files import DiskFiles
from csdesk.workspace.repairing import repair
from csdesk.workspace.sharing import Means
from csdesk.workspace.workspace import Workspace

QUIET = dt.timedelta(seconds=30)
LATEST = dt.timedelta(minutes=5)

Rows = dict[tuple[int, int], tuple[object, ...]]
"""Journal rows by writer and number: stamp, cell, value, and what it replaced."""

_ROWS = "SELECT w, seq, hlc, ent, row, fld, val, pw, pseq FROM journal"


class Person:
    """A member of the team, with a home and a copy of the folder."""

    def __init__(
        self,
        name: str,
        folder: SyncedFolder,
        document: Path,
        home: Home,
        clock: WallClock,
        chance: random.Random,
    ) -> None:
        self.name = name
        self.folder = folder
        self.document = document
        self.home = home
        self.clock = clock
        self.acknowledged: Rows = {}
        self.told: list[str] = []
        self.published = 0
        self.would_have_uploaded = 0
        """Bytes, had the one document been written each time instead."""
        self.means = Means(DiskFiles(), chance)
        self._chance = chance
        self._edits = 0
        self._first_edit: dt.datetime | None = None
        self._last_edit: dt.datetime | None = None
        self._workspace: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        assert self._workspace is not None
        return self._workspace

    @property
    def is_open(self) -> bool:
        """Whether the program runs."""
        return self._workspace is not None

    def open(self) -> bool:
        """Start the program, unless the document cannot be opened just now."""
        if self._workspace is None:
            with self._plainly_told():
                self._workspace = Workspace.open(
                    self.document,
                    home=self.home,
                    author=self.name,
                    clock=self.clock,
                    means=self.means,
                )
        return self.is_open

    def edit(self) -> None:
        """Change something, or take the last step back."""
        if not self.open():
            return
        self._edits += 1
        name = f"{self.name} {self._edits}"
        with self._plainly_told():
            if self._chance.random() < 0.07:
                change = self.workspace.undo().change
            else:
                change = self.workspace.write("Work", do_something, self._chance, name).change
            self.acknowledge(change)
            self._last_edit = self.clock.agenda.now
            self._first_edit = self._first_edit or self._last_edit

    def acknowledge(self, change: Change | None) -> None:
        """Keep what the program said was done."""
        if change is not None and change.step is not None:
            self.acknowledged |= self.workspace.read(rows_of_step, change.step)

    def look(self) -> None:
        """Do what the window does every 30 s."""
        if not self.open():
            return
        now = self.clock.agenda.now
        due = self._last_edit is not None and (
            now - self._last_edit >= QUIET or now - (self._first_edit or now) >= LATEST
        )
        if due:
            self.publish()
        elif self.workspace.team.look():
            with self._plainly_told():
                self.workspace.team.sync(publish=False)

    def publish(self) -> None:
        """Do a whole round, as after a time of quiet."""
        if not self.open():
            return
        with self._plainly_told():
            self.workspace.team.sync()
            if self._first_edit is not None:
                self.published += 1
                self.would_have_uploaded += self.workspace.replica.database.stat().st_size
            self._first_edit = self._last_edit = None

    def close(self) -> None:
        """End the program, which publishes."""
        if self._workspace is not None:
            with self._plainly_told():
                self._workspace.close()
            self._workspace = None
            self._first_edit = self._last_edit = None

    def crash(self) -> None:
        """End like a killed program; sometimes in the middle of writing."""
        if self._workspace is None:
            return
        abandon(self._workspace)
        self._workspace = None
        if self._chance.random() < 0.5:
            draft = self.document.with_name(f"~${self.document.name}.{self._edits}.tmp")
            draft.write_bytes(b"SQLite format 3\0" + bytes(5000))

    def mend(self) -> None:
        """Do what the program advises for a document that is gone or damaged: have it repaired."""
        with self._plainly_told():
            repair(self.document, self.home, self.clock)

    def back_up_computer(self, copy: Path) -> None:
        """Copy everything the program keeps on this computer, the shared folder aside."""
        self.close()
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.home.data, copy)

    def restore_computer(self, copy: Path) -> None:
        """Put that back."""
        self.close()
        shutil.rmtree(self.home.data)
        shutil.copytree(copy, self.home.data)

    def journal(self) -> Rows:
        """Read the whole journal of this computer."""
        return self.workspace.read(all_rows)

    def _plainly_told(self) -> contextlib.AbstractContextManager[None]:
        return _Told(self.told)


class _Told(contextlib.AbstractContextManager[None]):
    """Keeps what the user was told, and goes on."""

    def __init__(self, told: list[str]) -> None:
        self._told = told

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Swallow a UserError: the person reads it and goes on."""
        if isinstance(error, UserError):
            self._told.append(error.message)
            return True
        return False


def abandon(workspace: Workspace) -> None:
    """Let go of a workspace as if its program had been killed: nothing more is written."""
    workspace.team.close()
    workspace._writing.close()
    workspace._reader.dispose()
    if workspace._lock is not None:
        workspace._lock.release()
    workspace._closed = True


def rows_of_step(session: Session, step: StepKey) -> Rows:
    """Read the journal rows of one step."""
    found = session.execute(
        text(f"{_ROWS} WHERE w = :w AND seq BETWEEN :seq0 AND :seq1"),
        {"w": step.w, "seq0": step.seq0, "seq1": step.seq1},
    )
    return {(row[0], row[1]): tuple(row[2:]) for row in found}


def all_rows(session: Session) -> Rows:
    """Read the whole journal."""
    return {(row[0], row[1]): tuple(row[2:]) for row in session.execute(text(_ROWS))}
