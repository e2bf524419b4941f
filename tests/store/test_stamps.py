"""Stamps rise within a run, follow the clock, and never follow one that is far ahead."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from csdesk.store.stamps import LATEST, MAX_AHEAD_MS, Stamps, instant_of, stamp_of
from tests.store.desk import NOON

INSTANTS = st.integers(0, 6_300_000_000_000_000).map(
    lambda microseconds: (
        dt.datetime(1990, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=microseconds)
    )
)


class Shown:
    """A clock that shows one instant after the other."""

    def __init__(self, instants: list[dt.datetime]) -> None:
        self.instants = instants

    def __call__(self) -> dt.datetime:
        return self.instants.pop(0)


@given(st.lists(INSTANTS, min_size=1, max_size=30), INSTANTS)
def test_a_stamp_is_greater_than_the_last_unless_that_was_far_ahead(
    instants: list[dt.datetime], newest: dt.datetime
) -> None:
    last = stamp_of(newest)
    stamps = Stamps(Shown(list(instants)), last)
    for instant in instants:
        stamp = stamps.next()
        assert stamp > last or last - stamp_of(instant) > MAX_AHEAD_MS << 16
        assert stamp >= stamp_of(instant)
        assert stamp - stamp_of(instant) <= (MAX_AHEAD_MS << 16) + 1
        last = stamp


def test_many_steps_within_a_millisecond_are_counted() -> None:
    stamps = Stamps(Shown([NOON] * 70_000), 0)
    made = [stamps.next() for _turn in range(70_000)]
    assert made == sorted(set(made))
    assert instant_of(made[0]) == NOON


def test_a_clock_far_ahead_once_does_not_hold_the_stamps_there() -> None:
    stamps = Stamps(Shown([NOON + dt.timedelta(days=400), NOON]), 0)
    assert instant_of(stamps.next()) == NOON + dt.timedelta(days=400)
    assert instant_of(stamps.next()) == NOON


@given(INSTANTS)
def test_a_stamp_tells_its_instant_to_the_millisecond(instant: dt.datetime) -> None:
    assert abs(instant_of(stamp_of(instant)) - instant) <= dt.timedelta(milliseconds=1)


@given(st.integers(-(2**63), 2**63 - 1))
def test_no_stamp_is_too_absurd_to_be_shown(stamp: int) -> None:
    assert instant_of(stamp).tzinfo is dt.UTC


def test_no_clock_leads_to_a_stamp_that_no_file_may_hold() -> None:
    far = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
    stamps = Stamps(lambda: far, LATEST - 1)
    made = [stamps.next() for _turn in range(5)]
    assert made == sorted(set(made))
    assert instant_of(made[-1]).year == 2190
    assert made[-1] < LATEST
    assert instant_of(LATEST) == dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
