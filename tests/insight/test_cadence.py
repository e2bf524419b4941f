"""How often an account should hear from us: the segment's days, else the touch model's."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.cadence import cadence_of, days_until_due
from csdesk.model.vocabulary import TouchModel

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("touch_model", "segment_days", "days"),
    [
        (TouchModel.HIGH, None, 14),
        (TouchModel.LOW, None, 45),
        (TouchModel.TECH, None, 90),
        ("high", None, 14),
        (TouchModel.HIGH, 30, 30),
        (None, 7, 7),
        (TouchModel.LOW, 0, 45),
        (TouchModel.LOW, -3, 45),
        (None, None, None),
        ("a model of next year", None, None),
    ],
)
def test_the_segment_comes_first_then_the_touch_model(
    touch_model: str | None, segment_days: int | None, days: int | None
) -> None:
    assert cadence_of(touch_model, segment_days) == days


@pytest.mark.parametrize(
    ("cadence", "days_ago", "due_in"),
    [(14, 0, 14), (14, 13, 1), (14, 14, 0), (14, 15, -1), (90, 100, -10), (None, 3, None)],
)
def test_days_count_from_the_last_touchpoint(
    cadence: int | None, days_ago: int, due_in: int | None
) -> None:
    last = TODAY - dt.timedelta(days=days_ago)
    assert days_until_due(cadence, last, TODAY) == due_in


def test_without_any_touchpoint_there_is_nothing_to_count_from() -> None:
    assert days_until_due(14, None, TODAY) is None


@given(st.integers(1, 400), st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 900))
def test_the_day_it_is_due_is_one_cadence_after_the_last(
    cadence: int, last: dt.date, passed: int
) -> None:
    left = days_until_due(cadence, last, last + dt.timedelta(days=passed))
    assert left is not None
    assert passed + left == cadence
