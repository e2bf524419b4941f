"""Lateness goes where the network leads it, and shifting keeps what came before what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.schedule import (
    PlannedItem,
    Shift,
    Standing,
    followers,
    moves,
    standings,
    tight_waits,
)
from csdesk.insight.working_days import WorkCalendar

TODAY = dt.date(2026, 11, 22)


def day(number: int) -> dt.date:
    """Return the day so many days from today."""
    return TODAY + dt.timedelta(days=number)


@st.composite
def networks(draw: st.DrawFn) -> list[PlannedItem]:
    """Draw up to seven items; what they wait for, and what holds them, may go in circles."""
    count = draw(st.integers(1, 7))
    names = [f"i{number}" for number in range(count)]
    offsets = st.none() | st.integers(-15, 15).map(day)
    return [
        PlannedItem(
            name,
            draw(offsets),
            draw(offsets),
            draw(st.sampled_from(["", *names])),
            tuple(draw(st.lists(st.sampled_from(names), max_size=3, unique=True))),
            draw(st.integers(0, 4)) == 0,
        )
        for name in names
    ]


def brute_edges(
    items: list[PlannedItem], end: dt.date | None
) -> Iterator[tuple[str, str, int, bool]]:
    """Yield (from, to, gap, whether `to` waits); the plan's end is called END."""
    live = {one.id: one for one in items if not one.is_closed and (one.due_on or one.start_on)}
    for one in live.values():
        finish = one.due_on or one.start_on
        assert finish is not None
        last = end or max(other.due_on or other.start_on or finish for other in live.values())
        yield one.id, "END", max((last - finish).days, 0), False
        holder = live.get(one.holder)
        if holder and holder.due_on:
            yield one.id, holder.id, max((holder.due_on - finish).days, 0), False
        for other in live.values():
            begin = other.start_on or other.due_on
            if one.id in other.after and begin is not None:
                yield one.id, other.id, max((begin - finish).days, 0), True


def walks(
    start: str, edges: list[tuple[str, str, int, bool]]
) -> Iterator[list[tuple[str, str, int, bool]]]:
    """Yield every way from a place that meets no place twice."""
    stack: list[list[tuple[str, str, int, bool]]] = [
        [edge] for edge in edges if edge[0] == start and edge[1] != start
    ]
    while stack:
        way = stack.pop()
        yield way
        met = {start, *(edge[1] for edge in way)}
        stack += [[*way, edge] for edge in edges if edge[0] == way[-1][1] and edge[1] not in met]


@given(networks(), st.none() | st.integers(-20, 20).map(day))
def test_lateness_slack_and_what_is_critical_agree_with_trying_every_way(
    items: list[PlannedItem], end: dt.date | None
) -> None:
    edges = list(brute_edges(items, end))
    found = standings(items, TODAY, end)
    for one in items:
        own = found[one.id]
        late = 0 if one.is_closed or one.due_on is None else max((TODAY - one.due_on).days, 0)
        assert own.late == late
        ways = list(walks(one.id, edges))
        lengths = [sum(gap for *_ends, gap, _waits in way) for way in ways]
        ends = [n for way, n in zip(ways, lengths, strict=True) if way[-1][1] == "END"]
        assert own.slack == (min(ends) if ends else None)
        reaches = [
            way
            for way, length in zip(ways, lengths, strict=True)
            if late > length and (way[-1][1] == "END" or way[-1][3])
        ]
        assert own.is_critical == bool(reaches)
    for one in items:
        pushes = [
            found[other.id].late - sum(gap for *_ends, gap, _waits in way)
            for other in items
            for way in walks(other.id, edges)
            if way[-1][1] == one.id
        ]
        assert found[one.id].pushed >= max(pushes, default=0)
        if found[one.id].pushed > max(pushes, default=0):
            # Only its own lateness, come back in a circle, can be more.
            assert found[one.id].pushed <= found[one.id].late


def chain(*, due: int, start: int) -> list[PlannedItem]:
    """Return a milestone due so many days from today, and one that waits for it."""
    return [
        PlannedItem("first", None, day(due)),
        PlannedItem("second", day(start), day(start + 10), "", ("first",)),
    ]


@pytest.mark.parametrize(
    ("due", "start", "standing", "pushed"),
    [
        (-2, 5, Standing(2, 0, 7), 0),  # a week between them: no harm yet
        (-2, -2, Standing(2, 0, 0, is_critical=True), 2),
        (-9, -1, Standing(9, 0, 8, is_critical=True), 1),
        (3, 5, Standing(0, 0, 2), 0),
    ],
)
def test_lateness_is_critical_once_it_moves_what_waits(
    due: int, start: int, standing: Standing, pushed: int
) -> None:
    found = standings(chain(due=due, start=start), TODAY)
    assert found["first"] == standing
    assert found["second"].pushed == pushed


def test_what_is_done_pushes_nothing() -> None:
    done = PlannedItem("first", None, day(-30), is_closed=True)
    found = standings([done, *chain(due=0, start=1)[1:]], TODAY)
    assert found["first"] == Standing()
    assert found["second"].pushed == 0


def test_a_late_action_pushes_through_its_milestone_what_waits_for_that() -> None:
    items = [
        PlannedItem("m", None, day(-1)),
        PlannedItem("a", None, day(-3), "m"),
        PlannedItem("next", day(-1), day(9), "", ("m",)),
    ]
    found = standings(items, TODAY)
    assert found["a"].is_critical
    assert found["a"].pushed == 0
    assert (found["m"].pushed, found["next"].pushed) == (1, 1)
    assert tight_waits(items, TODAY) == {("m", "next")}
    in_time = [*items[:2], PlannedItem("next", day(0), day(9), "", ("m",))]
    assert not standings(in_time, TODAY)["a"].is_critical
    assert tight_waits(in_time, TODAY) == frozenset()


def test_a_plan_that_lets_one_begin_before_the_other_ends_is_told() -> None:
    assert tight_waits(chain(due=6, start=5), TODAY) == {("first", "second")}
    assert tight_waits(chain(due=5, start=5), TODAY) == frozenset()


def test_followers_wait_or_stand_below_and_what_is_done_holds_back_the_rest() -> None:
    items = [
        PlannedItem("g", None, day(60)),
        PlannedItem("m1", None, day(10), "g"),
        PlannedItem("a1", None, day(8), "m1"),
        PlannedItem("done", None, day(9), "m1", is_closed=True),
        PlannedItem("undated", None, None, "m1"),
        PlannedItem("m2", None, day(20), "g", ("m1",)),
        PlannedItem("a2", None, day(18), "m2"),
        PlannedItem("m3", None, day(30), "g", ("m2",), is_closed=True),
        PlannedItem("m4", None, day(40), "g", ("m3",)),
    ]
    assert followers(items, "m1") == ("a1", "m2", "a2")
    assert followers(items, "m1", below=False) == ("m2", "a2")
    assert followers(items, "a1") == ()
    assert followers(items, "g") == ("m1", "a1", "m2", "a2", "m4")


@given(networks(), st.sampled_from([f"i{number}" for number in range(7)]))
def test_followers_end_in_circles_too_and_never_hold_the_item_itself(
    items: list[PlannedItem], name: str
) -> None:
    found = followers(items, name)
    assert name not in found
    closed = {one.id for one in items if one.is_closed or one.finish is None}
    assert not closed & set(found)


@given(networks(), st.integers(-400, 400))
def test_shifting_there_and_back_gives_the_same_plan(items: list[PlannedItem], by: int) -> None:
    there = {move.id: move for move in moves(items, Shift(by))}
    shifted = [
        PlannedItem(one.id, there[one.id].start_on, there[one.id].due_on)
        if one.id in there
        else one
        for one in items
    ]
    back = {move.id: move for move in moves(shifted, Shift(-by))}
    for one in items:
        if one.id in there:
            assert (back[one.id].start_on, back[one.id].due_on) == (one.start_on, one.due_on)


@given(
    networks(),
    st.integers(-40, 40),
    st.none() | st.integers(-20, 20).map(day),
    st.sampled_from([None, WorkCalendar(""), WorkCalendar("JP")]),
)
def test_a_shift_of_all_keeps_what_came_before_what(
    items: list[PlannedItem], by: int, since: dt.date | None, calendar: WorkCalendar | None
) -> None:
    open_items = [one for one in items if not one.is_closed]
    moved = {move.id: move for move in moves(items, Shift(by, calendar), since)}
    before, after = [], []
    for one in open_items:
        to = moved.get(one.id)
        for old, new in (
            (one.start_on, to.start_on if to else one.start_on),
            (one.due_on, to.due_on if to else one.due_on),
        ):
            if old is not None and new is not None:
                before.append(old)
                after.append(new)
    order = sorted(range(len(before)), key=before.__getitem__)
    for first, second in pairwise(order):
        assert after[first] <= after[second]
        if before[first] == before[second]:
            assert after[first] == after[second]
    assert all(not one.is_closed for one in items if one.id in moved)
    if since is not None:
        for old, new in zip(before, after, strict=True):
            assert (new == old) if old < since else (new >= since)


def test_what_runs_on_the_day_keeps_its_start() -> None:
    items = [PlannedItem("runs", day(-3), day(4)), PlannedItem("over", day(-9), day(-1))]
    (move,) = moves(items, Shift(14), since=TODAY)
    assert (move.id, move.start_on, move.due_on) == ("runs", day(-3), day(18))


def test_a_shift_beyond_the_calendar_says_so() -> None:
    with pytest.raises(OverflowError):
        moves([PlannedItem("a", None, dt.date(9999, 12, 30))], Shift(7))
