"""A workspace to work in, on a computer of its own, with a clock that is set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, SetClock


@pytest.fixture
def device(tmp_path: Path) -> Device:
    """Return a computer with nothing on it."""
    return Device.beside(tmp_path / "desk")


@pytest.fixture
def clock(device: Device) -> SetClock:
    """Return the clock of that computer."""
    return device.clock


@pytest.fixture
def workspace(device: Device) -> Iterator[Workspace]:
    """Return a new workspace, open; it is closed after the test."""
    with device.create() as workspace:
        yield workspace
