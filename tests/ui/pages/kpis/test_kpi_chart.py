"""The axis of a chart has round steps and holds all that is drawn."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.model.vocabulary import Frequency
from ui.pages.kpis.kpi_chart import axis
from ui.pages.kpis.periods import next_period, period_title, periods_between

VALUES = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))
DAYS = st.dates(dt.date(2000, 1, 3), dt.date(2090, 1, 1))


@given(st.lists(VALUES, max_size=40))
def test_every_value_lies_between_the_ends_of_the_axis(values: list[float]) -> None:
    low, step, high = axis(values)
    slack = step * 1e-6
    assert all(low - slack <= value <= high + slack for value in values)
    assert 1 <= round((high - low) / step) <= 8


@pytest.mark.parametrize(
    ("values", "ends"),
    [([], (0.0, 1.0)), ([0, 100], (0.0, 100.0)), ([41, 62.5], (40.0, 70.0)), ([5], (4.4, 5.6))],
)
def test_the_steps_are_round(values: list[float], ends: tuple[float, float]) -> None:
    low, _step, high = axis(values)
    assert (low, high) == pytest.approx(ends, abs=0.2)


@given(first=DAYS, days=st.integers(0, 900), frequency=st.sampled_from(list(Frequency)))
def test_periods_follow_each_other_without_a_gap(
    first: dt.date, days: int, frequency: Frequency
) -> None:
    last = first + dt.timedelta(days=days)
    found = periods_between(first, last, frequency)
    assert found[0] <= first
    assert found[-1] <= last < next_period(found[-1], frequency)
    assert all(next_period(one, frequency) == two for one, two in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("frequency", "title"),
    [
        (Frequency.MONTHLY, "Apr 2026"),
        (Frequency.QUARTERLY, "2026 Q2"),
        (Frequency.WEEKLY, "2026/4/1"),
        (None, "Apr 2026"),
    ],
)
def test_a_period_is_named_by_its_kind(frequency: str | None, title: str) -> None:
    assert period_title(dt.date(2026, 4, 1), frequency) == title
