"""The same computers and workspaces as for the tests of the store, and two people who share one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.workspace.workspace import Workspace
from tests.store.conftest import clock, device, workspace
from tests.store.desk import add_account
from tests.team.failing_files import FailingFiles
from tests.team.sharing_desk import Member, team

__all__ = ["clock", "device", "workspace"]


@pytest.fixture
def members(tmp_path: Path) -> list[Member]:
    """Return Aiko and Ben, with disks that fail when told; the workspace is shared."""
    two = team(tmp_path, "Aiko", "Ben")
    for member in two:
        member.files = FailingFiles()
    with two[0].create() as workspace:
        workspace.write("Add", add_account, "North")
        workspace.team.share()
    return two


@pytest.fixture
def two(members: list[Member]) -> Iterator[tuple[Workspace, Workspace]]:
    """Return the open workspaces of both; each has an outbox."""
    with members[0].open() as hers, members[1].open() as his:
        his.write("Add", add_account, "His")
        his.team.sync()
        hers.team.sync()
        yield hers, his
