"""How a file of the folder comes in: under its own name, privately, and not at any size."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from csdesk.store.replica import Replica
from csdesk.team.admission import taken
from csdesk.team.files import DiskFiles
from csdesk.team.guard import LIMITS, Refused
from csdesk.team.guard_refusals import Refusal


def test_a_file_that_is_too_large_is_not_even_copied(tmp_path: Path) -> None:
    path = tmp_path / "North.csdesk"
    path.touch()
    os.truncate(path, LIMITS.file_bytes + 1)
    replica = Replica(tmp_path / "replica")
    with (
        pytest.raises(Refused, match=r"North\.csdesk") as refusal,
        taken(DiskFiles(), path, replica, None, path.stat().st_size),
    ):
        pass
    assert refusal.value.reason is Refusal.TOO_LARGE
    assert not replica.stage.exists()
