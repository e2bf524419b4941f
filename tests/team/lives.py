"""One random life of a team after another, each the same whenever its seed is given."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

import pytest

from csdesk.store import journal
from tests.team.fleet import Fleet, random_life

STEPS = 60


def new_folder() -> Path:
    """Make a folder in memory where there is such: no life here ends with a power cut."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))


def live(seed: int, patch: pytest.MonkeyPatch) -> None:
    """Live one random life; raises LawBrokenError where a law does not hold."""
    chance = random.Random(seed)
    # The numbers of writers break ties: they must be the same when a life is lived again.
    patch.setattr(journal, "new_writer", lambda: chance.getrandbits(63) or 1)
    folder = new_folder()
    fleet = Fleet(folder, chance)
    lived: list[str] = []
    try:
        fleet.begin()
        lived.extend(random_life(fleet, STEPS))
        fleet.meet_at_last()
    except AssertionError as error:
        error.add_note(f"seed {seed}, after {lived}")
        raise
    finally:
        fleet.end()
        shutil.rmtree(folder)
