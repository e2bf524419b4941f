"""One random life of a team after another, each the same whenever its seed is given."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.store import journal
from tests.team.fleet import Fleet
from tests.team.people import DAY, JUMPS, SIZE, TEXTS

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


def random_life(fleet: Fleet, steps: int) -> Iterator[str]:
    """Let the fleet live a random life; yields the name of each thing that happens."""
    chance = fleet.chance
    number = lambda: chance.randrange(50)  # noqa: E731
    who = lambda: chance.randrange(SIZE)  # noqa: E731
    happenings = {
        "edit": (6, lambda: fleet.edit(who(), number(), chance.choice(TEXTS))),
        "move": (4, lambda: fleet.move(who(), number(), chance.choice((None, 0, 1, 2)))),
        "depend": (4, lambda: fleet.depend(who(), number(), number())),
        "depend no more": (1, lambda: fleet.depend_no_more(who(), number(), number())),
        "enter": (3, lambda: fleet.enter_month(who(), number(), chance.choice((None, 1, 2)))),
        "delete": (3, lambda: fleet.delete(who(), number())),
        "bring back": (2, lambda: fleet.bring_back(who(), number())),
        "undo": (2, lambda: fleet.undo(who())),
        "redo": (1, lambda: fleet.redo(who())),
        "restart": (1, lambda: fleet.restart(who())),
        "time": (2, lambda: fleet.time_passes(chance.choice((0, 1, 60, DAY)))),
        "clock": (2, lambda: fleet.clock_jumps(who(), chance.choice(JUMPS))),
        "publish": (3, lambda: fleet.publish(who())),
        "outbox": (3, lambda: fleet.send_outbox(who(), number())),
        "observe": (9, lambda: fleet.observe(who(), number())),
        "torn": (1, lambda: fleet.find_torn(who(), number(), chance.randrange(2**30))),
        "clone": (1, lambda: fleet.clone(who(), who(), whole=chance.random() < 0.5)),
        "backup": (1, lambda: fleet.keep_backup(who())),
        "restore": (1, lambda: fleet.restore_backup(who(), number())),
    }
    happenings |= {
        "both delete": (1, lambda: fleet.both_delete(who(), who(), number(), "both")),
        "delete and edit": (1, lambda: fleet.delete_what_others_edit(who(), who(), number(), "e")),
        "circle": (1, lambda: fleet.close_a_circle(who(), who(), number())),
        "wait": (1, lambda: fleet.wait_for_each_other(who(), who(), number())),
        "lose an outbox": (1, lambda: fleet.lose_an_outbox(who(), who(), number(), "lost")),
    }
    names = list(happenings)
    weights = [happenings[name][0] for name in names]
    for _step in range(steps):
        name = chance.choices(names, weights)[0]
        happenings[name][1]()
        yield name
