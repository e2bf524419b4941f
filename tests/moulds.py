"""Workspaces that are made once in a run and copied, with what is beside them, for each test.

To make one takes as long as opening four: its document is written, checked and taken in.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from csdesk.settings import Home, load_settings
from csdesk.store.replica import known_replica, replica_of
from csdesk.workspace.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mould(Generic[T]):
    """A workspace that nobody has open, and what the action returned that filled it."""

    document: Path
    home: Home
    made: T

    def open(self, document: Path, home: Home, author: str) -> Workspace:
        """Lay a copy at a path and open it on the computer it is laid on."""
        self.lay(document, home)
        return Workspace.open(document, home=home, author=author)

    def lay(self, document: Path, home: Home) -> Path:
        """Lay a copy at a path, on a computer that takes itself for the first one.

        So what was done there can be undone here. Nothing of CSDesk's may be on the computer yet
        but settings without a device. Returns where the replica lies.
        """
        home.config.mkdir(parents=True, exist_ok=True)
        with home.settings_file.open("a", encoding="utf-8") as settings:
            settings.write(f'device = "{load_settings(self.home).device}"\n')
        return self.lay_beside(document, home)

    def lay_beside(self, document: Path, home: Home) -> Path:
        """Lay a copy at a path, on another computer that had it open before.

        Returns where the replica lies.
        """
        shutil.copyfile(self.document, document)
        ours = known_replica(self.home.replicas, self.document)
        assert ours is not None
        theirs = replica_of(home.replicas, document, ours.workspace)
        its_own = shutil.ignore_patterns("in-use.lock", theirs.document_note.name)
        shutil.copytree(ours.folder, theirs.folder, ignore=its_own, dirs_exist_ok=True)
        return theirs.database


def empty_mould(folder: Path) -> Mould[None]:
    """Make an empty workspace in a folder of its own."""
    document, home = folder / "mould.csdesk", Home.at(folder / "home")
    Workspace.create(document, home=home).close()
    return Mould(document, home, None)


def filled_mould(
    folder: Path,
    author: str,
    label: str,
    fill: Callable[Concatenate[Session, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Mould[T]:
    """Make a workspace in a folder of its own that an action filled, in a step of that label."""
    document, home = folder / "mould.csdesk", Home.at(folder / "home")
    with Workspace.create(document, home=home, author=author) as workspace:
        return Mould(document, home, workspace.write(label, fill, *args, **kwargs).result)
