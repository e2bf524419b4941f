"""Two people with a copy each of one workspace, who edit apart and then meet."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csdesk.queries.review import open_review_count, review_items
from csdesk.queries.review_items import ReviewItem
from csdesk.store import local
from csdesk.store.driver import connect
from csdesk.team.merge import merge
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device


@dataclass
class Pair:
    """Aiko made the workspace, Ben has a copy of it; both are open."""

    aiko: Workspace
    ben: Workspace
    devices: tuple[Device, Device]

    def pass_by(self, **span: float) -> None:
        """Let time pass for both."""
        for device in self.devices:
            device.clock.pass_by(**span)

    def meet(self) -> None:
        """Bring both copies to the same state, without the way through files and their proofs."""
        for here, there in ((self.aiko, self.ben), (self.ben, self.aiko)):
            take_in_all_of(there.replica.database, here)

    def waiting(self) -> tuple[ReviewItem, ...]:
        """Return what waits for review, which must be the same for both, and as many as counted."""
        items = self.aiko.read(review_items)
        assert items == self.ben.read(review_items)
        assert len(items) == self.aiko.read(open_review_count)
        return items


def take_in_all_of(database: Path, workspace: Workspace) -> None:
    """Merge a replica's database into a workspace."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(database, Path(folder) / "copy.db")
        with contextlib.closing(local.connect_with(workspace.replica)) as connection:
            merge(connection, copy)


def copied(database: Path, target: Path) -> Path:
    """Copy a live database to a file that is whole by itself; return that."""
    with (
        contextlib.closing(connect(database)) as theirs,
        contextlib.closing(connect(target)) as copy,
    ):
        copy.execute("PRAGMA synchronous = OFF")
        theirs.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    return target


@contextlib.contextmanager
def pair_after(folder: Path, prepare: Callable[[Workspace], Any]) -> Iterator[tuple[Pair, Any]]:
    """Open two copies of a workspace that `prepare` filled; hand over what it returned."""
    document, made = prepared(folder, prepare)
    with pair_of(folder, document) as pair:
        yield pair, made


def prepared(folder: Path, prepare: Callable[[Workspace], Any]) -> tuple[Path, Any]:
    """Fill a workspace; return its document and what `prepare` returned."""
    device = Device.beside(folder / "prepared")
    with device.create() as workspace:
        made = prepare(workspace)
    return device.document, made


@contextlib.contextmanager
def pair_of(folder: Path, document: Path) -> Iterator[Pair]:
    """Open two copies of a document, an hour after it was made."""
    devices = (Device.beside(folder / "aiko", document), Device.beside(folder / "ben", document))
    for minutes, device in enumerate(devices):
        device.clock.pass_by(hours=1, minutes=minutes)
    with contextlib.ExitStack() as stack:
        aiko, ben = (
            stack.enter_context(
                Workspace.open(device.document, home=device.home, author=name, clock=device.clock)
            )
            for device, name in zip(devices, ("Aiko", "Ben"), strict=True)
        )
        yield Pair(aiko, ben, devices)
