"""References that close a circle only where two copies meet: one gives way, the same everywhere."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from csdesk.model.identity import natural_id
from csdesk.store import journal
from csdesk.team.merge import SplitHistoryError
from tests.store.laws import review_in
from tests.team.fleet import Fleet
from tests.team.lives import new_folder


@pytest.fixture
def fleet() -> Iterator[Fleet]:
    made = Fleet(new_folder(), random.Random(1))
    made.begin()
    for who in range(1, 4):
        made.find(who, made.files[0])
    yield made
    made.end()


def circles(fleet: Fleet, who: int) -> set[str]:
    return {one[2] for one in review_in(fleet.copies[who].plain) if one[0] == "circle"}


def test_the_later_move_gives_way_and_shows_what_it_replaced(fleet: Fleet) -> None:
    fleet.move(0, 0, 2)
    fleet.meet(0, 1)
    fleet.time_passes(60)
    fleet.move(1, 1, 0)
    fleet.time_passes(60)
    fleet.move(0, 0, 1)
    fleet.meet(0, 1)
    for who in (0, 1):
        assert fleet.shown(who, "contact", "c0", "reports_to_id") == "c2"
        assert fleet.shown(who, "contact", "c1", "reports_to_id") == "c0"
        assert circles(fleet, who) == {"c0"}


def test_what_gave_way_counts_again_when_the_other_lets_go(fleet: Fleet) -> None:
    test_the_later_move_gives_way_and_shows_what_it_replaced(fleet)
    fleet.move(1, 1, None)
    fleet.meet(0, 1)
    for who in (0, 1):
        assert fleet.shown(who, "contact", "c0", "reports_to_id") == "c1"
        assert circles(fleet, who) == set()


def test_a_merge_tells_of_rows_that_only_gave_way(fleet: Fleet) -> None:
    """Else a page would go on showing the circle's other end as it was."""
    fleet.move(1, 1, 0)
    arrived = fleet.publish(1)
    fleet.time_passes(60)
    fleet.move(0, 0, 1)
    merged = fleet.copies[0].observe(arrived)
    assert merged is not None
    assert merged.rows["contact"] == {"c0", "c1"}
    assert merged.accounts == {"a0"}


def test_a_dependency_that_gave_way_lives_again_whatever_deletion_it_had(fleet: Fleet) -> None:
    """A deletion that did not hold may be of the very moment at which it gave way."""
    row = natural_id("milestone_dependency", "m0", "m1")
    fleet.depend(2, 1, 0)
    for who in (0, 1):
        fleet.time_passes(60)
        fleet.depend(who, 0, 1)
    fleet.time_passes(60)
    fleet.depend_no_more(0, 0, 1)
    fleet.meet(0, 1)
    assert fleet.shown(0, "milestone_dependency", row, "deleted_at") is None
    fleet.meet(0, 2)
    assert circles(fleet, 0) == {row}
    assert fleet.shown(0, "milestone_dependency", row, "deleted_at") is not None
    fleet.depend_no_more(2, 1, 0)
    fleet.meet(0, 2)
    assert circles(fleet, 0) == set()
    assert fleet.shown(0, "milestone_dependency", row, "deleted_at") is None


def test_of_a_history_that_split_only_the_rows_of_that_number_stay_out(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A computer was set back while the program ran: it goes on under numbers it used before."""
    monkeypatch.setattr(journal, "new_writer", lambda: 7)
    fleet.restart(0)
    fleet.keep_backup(0)
    fleet.edit(0, 0, "North")
    fleet.find(1, fleet.publish(0))
    fleet.copies[0].become(fleet.images[-1])
    fleet.edits.clear()
    fleet.time_passes(60)
    fleet.edit(0, 0, "x")
    before = fleet.state(1)
    first = fleet.copies[1].observe(fleet.publish(0))
    assert first is not None
    assert first.split
    assert "set back" in str(SplitHistoryError.of(first.split))
    assert fleet.state(1) == before
    monkeypatch.setattr(journal, "new_writer", lambda: 8)
    fleet.restart(0)
    fleet.edit(0, 1, "Later")
    later = fleet.copies[1].observe(fleet.publish(0))
    assert later is not None
    assert later.split
    assert {step.w for step in later.steps} == {8}
