"""A desk with one plan, ready to be sent to its customer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.exchange.workbook.desk import Desk


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open one workspace for all tests of a module; each has an account of its own in it."""
    folder = tmp_path_factory.mktemp("workspace")
    home = Home.at(folder / "home")
    with Workspace.create(folder / "team.csdesk", home=home, author="Yui") as opened:
        yield opened


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    """Make a plan of its own for a test."""
    return Desk(workspace, tmp_path)
