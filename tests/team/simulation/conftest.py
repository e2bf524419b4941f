"""A disk that fails on demand, and a small team's folder that is put back before each fault."""

from __future__ import annotations

import pytest

from tests.team.simulation.failing import Disk
from tests.team.simulation.scene import Scene


@pytest.fixture(scope="session")
def disk() -> Disk:
    """Return the one disk of the process whose operations can fail."""
    return Disk()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Return two people who share a file, each with something new for the other."""
    return Scene(tmp_path_factory.mktemp("scene"))
