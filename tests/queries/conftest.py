"""Workspaces to read from: a fresh one for each test, and one for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, home: Home) -> Iterator[Workspace]:
    """Open an empty workspace of a file of its own."""
    with Workspace.create(tmp_path / "team.csdesk", home=home, author="Yui") as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a workspace that a module fills once and then only reads."""
    folder = tmp_path_factory.mktemp("shared")
    home = Home.at(folder / "home")
    with Workspace.create(folder / "team.csdesk", home=home, author="Yui") as opened:
        yield opened
