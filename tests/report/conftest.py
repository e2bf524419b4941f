"""A plan to export: a fresh one for each test, in one workspace for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.report.versioned_plan import VersionedPlan


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Home]]:
    """Open one workspace for all tests; each has an account and a plan of its own."""
    folder = tmp_path_factory.mktemp("workspace")
    home = Home.at(folder / "home")
    with Workspace.create(folder / "team.csdesk", home=home, author="Yui") as workspace:
        yield workspace, home


@pytest.fixture
def desk(place: tuple[Workspace, Home], tmp_path: Path) -> VersionedPlan:
    return VersionedPlan(place[0], tmp_path)


@pytest.fixture
def elsewhere(place: tuple[Workspace, Home], desk: VersionedPlan) -> Iterator[Workspace]:
    """Open the workspace in a second program of the same computer."""
    with Workspace.open(desk.workspace.path, home=place[1], author="Ken") as second:
        assert second.read_only
        yield second
