"""Days, bars, labels and arrows stand where they should, whatever the dates and the zoom."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.actions.plan_items import ItemKind, ItemRef
from csdesk.i18n import use_language
from csdesk.queries.outline import OutlineItem
from ui.pages.plan.timeline.holding import Grip, Hold
from ui.pages.plan.timeline.scale import (
    DAY_WIDTHS,
    LEAST_WIDTH,
    MOST_WIDTH,
    Scale,
    Unit,
    Zoom,
    heading,
    nearest_zoom,
    starts,
)
from ui.pages.plan.timeline.shapes import arrow_between, label_of, shape_of

ANY_DAY = st.dates()
WIDTHS = st.floats(LEAST_WIDTH, MOST_WIDTH)
VIEW = 800.0


def measure(words: str) -> float:
    """Return how wide words are: 7 pixels a sign, Japanese ones twice that."""
    return sum(7.0 if sign.isascii() else 14.0 for sign in words)


def item(start_on: dt.date | None, due_on: dt.date | None) -> OutlineItem:
    """Return an item with these dates."""
    return OutlineItem(
        ref=ItemRef(ItemKind.ACTION, "a"),
        parent=ItemRef(None, "p"),
        title="A",
        status=None,
        owner_id=None,
        owner="",
        customer_owner_id=None,
        customer_owner="",
        side=None,
        priority=None,
        standing=None,
        start_on=start_on,
        due_on=due_on,
        done_on=None,
        visibility=None,
        hidden_by_parent=False,
        progress=None,
        late_days=0,
        is_done=False,
        is_closed=False,
        text="",
        internal_note="",
        measures=(),
        depends_on=(),
        children=(),
    )


@given(ANY_DAY, WIDTHS, st.integers(-4_000, 4_000))
def test_the_day_at_the_place_of_a_day_is_that_day(day: dt.date, width: float, offset: int) -> None:
    scale = Scale(day.toordinal() - offset / width, width)
    assert scale.day_at(scale.middle(day)) == day
    assert scale.x(day) < scale.middle(day) < scale.end(day)


@given(ANY_DAY, WIDTHS, st.sampled_from(["en", "ja"]))
def test_a_heading_names_all_of_what_is_seen_and_its_names_have_room(
    day: dt.date, width: float, language: str
) -> None:
    use_language(language)
    scale = Scale(float(day.toordinal()), width)
    named = heading(scale, VIEW, measure)
    last = min(VIEW, scale.end(dt.date.max))
    assert named.lower[0].left <= 0
    assert named.lower[-1].right >= last - 1
    for before, after in pairwise(named.lower):
        assert after.left == pytest.approx(before.right)
    inner = named.lower[1:-1]
    assert all(measure(one.names[-1]) <= one.right - one.left for one in inner)


@pytest.mark.parametrize(
    ("zoom", "unit"),
    [
        (Zoom.WEEK, Unit.WEEK),
        (Zoom.MONTH, Unit.MONTH),
        (Zoom.QUARTER, Unit.QUARTER),
        (Zoom.YEAR, Unit.YEAR),
    ],
)
def test_each_zoom_names_its_own_period(zoom: Zoom, unit: Unit) -> None:
    scale = Scale(float(dt.date(2026, 11, 1).toordinal()), DAY_WIDTHS[zoom])
    assert heading(scale, VIEW, measure).unit is unit
    assert nearest_zoom(DAY_WIDTHS[zoom] * 1.1) is zoom


def test_months_say_their_year_where_it_begins() -> None:
    use_language("ja")
    scale = Scale(float(dt.date(2026, 11, 1).toordinal()), 3.0)
    lower = heading(scale, VIEW, measure).lower
    assert lower[0].first_names[0] == "2026年11月"
    assert [one.names[0] for one in lower[:4]] == ["11月", "12月", "2027年1月", "2月"]


@given(st.sampled_from(Unit), ANY_DAY, st.integers(0, 2000))
def test_periods_begin_one_after_the_other_around_the_first_day(
    unit: Unit, first: dt.date, days: int
) -> None:
    last = dt.date.fromordinal(min(first.toordinal() + days, dt.date.max.toordinal()))
    found = list(starts(unit, first, last))
    assert found[0] <= first
    assert found == sorted(set(found))
    assert found[-1] <= last


@given(st.none() | ANY_DAY, st.none() | ANY_DAY, WIDTHS, st.booleans(), st.integers(-3_000, 3_000))
def test_a_bar_covers_its_days(
    start: dt.date | None, due: dt.date | None, width: float, milestone: bool, offset: int
) -> None:
    anchor = due or start or dt.date(2026, 1, 1)
    scale = Scale(anchor.toordinal() - offset / width, width)
    shape = shape_of(start, due, scale, is_milestone=milestone)
    if start is None and due is None:
        assert shape is None
        return
    assert shape is not None
    assert shape.left <= shape.right
    assert (shape.point is not None) == (milestone and due is not None)
    for day in (start, due):
        if day is not None:
            assert shape.left - 1e-3 <= scale.middle(day) <= max(shape.right, shape.left) + 1e-3


@given(
    st.none() | ANY_DAY,
    st.none() | st.integers(0, 900),
    WIDTHS,
    st.booleans(),
    st.floats(-1500, 2500),
    st.floats(10, 1500),
    st.sampled_from([0.0, 60.0, 140.0]),
)
def test_labels_stay_in_view_and_clear_of_their_bar(
    start: dt.date | None,
    days: int | None,
    width: float,
    milestone: bool,
    offset: float,
    title: float,
    more: float,
) -> None:
    anchor = start or dt.date(2026, 11, 22)
    due = None
    if days is not None:
        due = dt.date.fromordinal(min(anchor.toordinal() + days, dt.date.max.toordinal()))
    scale = Scale(anchor.toordinal() - offset / width, width)
    shape = shape_of(start, due, scale, is_milestone=milestone)
    label = label_of(shape, title, more, VIEW)
    parts = [(label.x, label.width), (label.more_x, label.more_width)]
    for x, wide in parts:
        assert wide >= 0
        if wide:
            assert x >= 0
            assert x + wide <= VIEW + 0.5
    if label.width and label.more_width:
        first, second = sorted(parts)
        assert first[0] + first[1] <= second[0] + 0.5
    if shape is None or label.away:
        return
    if label.is_inside:
        assert label.x >= shape.left
        assert label.x + label.width <= shape.right
    elif label.width:
        assert label.x + label.width <= shape.begin or label.x >= shape.end


@given(
    st.integers(-300, 300), st.integers(0, 60), st.integers(-300, 300), st.integers(0, 60),
    st.integers(-9, 9).filter(bool), st.booleans(),
)  # fmt: skip
def test_an_arrow_leads_from_the_awaited_to_the_waiting_one_square_to_the_rows(
    due: int, length: int, start: int, other: int, rows: int, is_point: bool
) -> None:
    today = dt.date(2026, 11, 22)
    scale = Scale(float(today.toordinal() - 100), 3.0)

    def on(number: int) -> dt.date:
        return today + dt.timedelta(days=number)

    source = shape_of(on(due - length), on(due), scale, is_milestone=True)
    begin = None if is_point else on(start)
    target = shape_of(begin, on(start + other), scale, is_milestone=True)
    assert source is not None
    assert target is not None
    height = 26.0
    points = arrow_between(source, 100.0, target, 100.0 + rows * height, height).points
    for (x, y), (after_x, after_y) in pairwise(points):
        assert abs(x - after_x) < 2 or abs(y - after_y) < 0.01
    assert points[0][0] == source.point
    tip_x, tip_y = points[-1]
    assert target.begin - 2 <= tip_x <= target.end + 2
    assert abs(tip_y - (100.0 + rows * height)) <= height / 2


@given(
    st.none() | ANY_DAY,
    st.none() | ANY_DAY,
    st.sampled_from([Grip.MOVE, Grip.START, Grip.END]),
    st.integers(-5_000_000, 5_000_000),
)
def test_what_is_held_stays_in_the_calendar_and_in_order(
    start: dt.date | None, due: dt.date | None, grip: Grip, days: int
) -> None:
    if start is not None and due is not None:
        start, due = min(start, due), max(start, due)
    held = Hold(item(start, due), grip).moved(days)
    first, last = held.dates
    if first is not None and last is not None:
        assert first <= last
    assert Hold(item(start, due), grip).moved(0).dates[1 if due else 0] == (due or start)
    if grip is Grip.MOVE and start is not None and due is not None:
        assert first is not None
        assert last is not None
        assert last - first == due - start


@pytest.mark.parametrize(
    ("begun", "days", "expected"),
    [(0, 0, (None, 0)), (0, 4, (0, 4)), (0, -3, (-3, 0))],
)
def test_new_dates_reach_from_where_one_began_to_where_one_is(
    begun: int, days: int, expected: tuple[int | None, int]
) -> None:
    today = dt.date(2026, 11, 22)
    hold = Hold(item(None, None), Grip.NEW, begun_on=today + dt.timedelta(days=begun)).moved(days)
    numbers = tuple(None if one is None else (one - today).days for one in hold.dates)
    assert numbers == expected
