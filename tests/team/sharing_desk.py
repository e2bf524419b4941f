"""A team for the tests of sharing: computers of their own on one folder, as a network drive is."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from csdesk.settings import Home
from csdesk.team.files import DiskFiles, Files
from csdesk.team.standing import Fate, FolderFile
from csdesk.workspace.sharing import Means
from csdesk.workspace.workspace import Workspace
from tests.store.desk import SetClock
from tests.team.failing_files import FailingFiles


@dataclass
class Member:
    """A person at a computer of her own, working on a document that others see, too."""

    name: str
    home: Home
    document: Path
    clock: SetClock = field(default_factory=SetClock)
    files: Files = field(default_factory=DiskFiles)
    seed: int = 7

    def create(self) -> Workspace:
        """Make the workspace."""
        Workspace.create(self.document, home=self.home, author=self.name, clock=self.clock).close()
        return self.open()

    def open(self) -> Workspace:
        """Open it with this computer's files and chance."""
        means = Means(self.files, random.Random(self.seed))
        return Workspace.open(
            self.document, home=self.home, author=self.name, clock=self.clock, means=means
        )


def team(folder: Path, *names: str) -> list[Member]:
    """Give each a computer; the document is to lie in `folder / "shared"`."""
    shared = folder / "shared"
    shared.mkdir()
    return [
        Member(name, Home.at(folder / f"home of {name}"), shared / "North.csdesk") for name in names
    ]


def exchange_folder(document: Path) -> Path:
    """Tell where the outboxes of a document lie."""
    return document.with_name(f"{document.stem}.csdesk-sync")


def outboxes(document: Path) -> list[Path]:
    """List the outboxes of a document."""
    return sorted(exchange_folder(document).glob("*.csdx"))


def disk_of(member: Member) -> FailingFiles:
    assert isinstance(member.files, FailingFiles)
    return member.files


def outbox_of(workspace: Workspace) -> Path:
    """Tell where the outbox lies that a workspace writes."""
    (mine,) = [one.name for one in workspace.team.files() if one.fate is Fate.MINE]
    return exchange_folder(workspace.path) / mine


def told(workspace: Workspace, name: str) -> FolderFile:
    (found,) = [one for one in workspace.team.files() if one.name == name]
    return found
