"""Weekends, the holidays of countries and our own ones are not worked on."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.working_days import OwnHoliday, WorkCalendar, countries

BREAK = OwnHoliday("年末年始休業", dt.date(2026, 12, 29), dt.date(2027, 1, 3))
JAPAN = WorkCalendar("JP", (), "ja")
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Draw a calendar with some ranges of our own, which may overlap."""
    own = []
    for first in draw(st.lists(DAYS, max_size=4)):
        last = first + dt.timedelta(days=draw(st.integers(-1, 20)))
        own.append(OwnHoliday("Off", first, last))
    return WorkCalendar(draw(st.sampled_from(["", "JP", "DE"])), tuple(own))


@pytest.mark.parametrize(
    ("day", "japanese", "english"),
    [
        ((2026, 5, 6), "振替休日", "Substitute Holiday"),  # May 3 is a Sunday
        ((2026, 9, 22), "国民の休日", "National Holiday"),  # between two holidays
        ((2026, 11, 23), "勤労感謝の日", "Labor Thanksgiving Day"),
        ((2020, 7, 24), "スポーツの日", "Sports Day"),  # moved for the Olympics
        ((2019, 5, 1), "天皇の即位の日", "Emperor's Enthronement Day"),
        ((1949, 1, 1), "元日", "New Year's Day"),
        ((2099, 3, 20), "春分の日", "Vernal Equinox Day"),
    ],
)
def test_japanese_holidays_have_their_names(
    day: tuple[int, int, int], japanese: str, english: str
) -> None:
    assert JAPAN.names(dt.date(*day)) == (japanese,)
    assert WorkCalendar("JP", (), "en").names(dt.date(*day)) == (english,)
    assert JAPAN.is_off(dt.date(*day))


@pytest.mark.parametrize("day", [dt.date(1948, 7, 20), dt.date(2100, 1, 1), dt.date(1, 1, 1)])
def test_years_that_nobody_knows_have_no_holidays(day: dt.date) -> None:
    assert JAPAN.names(day) == ()


def test_without_a_country_only_weekends_and_our_own_days_are_off() -> None:
    plain = WorkCalendar("", (BREAK,))
    assert not plain.is_off(dt.date(2026, 11, 23))
    assert plain.is_off(dt.date(2026, 11, 21))
    assert plain.names(dt.date(2026, 12, 30)) == ("年末年始休業",)
    assert plain.is_off(BREAK.first_on)
    assert plain.is_off(BREAK.last_on)
    assert not plain.is_off(dt.date(2027, 1, 4))


def test_a_day_that_is_a_holiday_twice_has_both_names() -> None:
    both = WorkCalendar("JP", (BREAK,), "ja")
    assert both.names(dt.date(2027, 1, 1)) == ("年末年始休業", "元日")
    listed = both.holidays(dt.date(2026, 12, 30), dt.date(2027, 1, 1))
    assert [(one.day.day, one.name, one.is_own) for one in listed] == [
        (30, "年末年始休業", True),
        (31, "年末年始休業", True),
        (1, "年末年始休業", True),
        (1, "元日", False),
    ]


def test_names_that_a_country_does_not_have_in_a_language_are_english() -> None:
    assert WorkCalendar("US", (), "ja").names(dt.date(2026, 7, 4)) == ("Independence Day",)
    assert WorkCalendar("DE", (), "ja").names(dt.date(2026, 10, 3)) == ("German Unity Day",)


def test_a_country_that_is_none_has_no_holidays() -> None:
    assert WorkCalendar("XX").names(dt.date(2026, 1, 1)) == ()
    assert "JP" in countries()
    assert list(countries()) == sorted(set(countries()))


@pytest.mark.parametrize(
    ("day", "by", "expected"),
    [
        ((2026, 11, 20), 1, (2026, 11, 24)),  # over a weekend and a holiday
        ((2026, 11, 24), -1, (2026, 11, 20)),
        ((2026, 11, 21), 1, (2026, 11, 24)),  # from a Saturday
        ((2026, 11, 21), -1, (2026, 11, 20)),
        ((2026, 11, 21), 0, (2026, 11, 21)),
        ((2026, 12, 28), 1, (2027, 1, 4)),
    ],
)
def test_working_days_pass_over_days_off(
    day: tuple[int, int, int], by: int, expected: tuple[int, int, int]
) -> None:
    calendar = WorkCalendar("JP", (BREAK,))
    assert shifted(calendar, dt.date(*day), by) == dt.date(*expected)


def test_a_break_that_never_ends_has_no_working_day_after_it() -> None:
    forever = OwnHoliday("Closed", dt.date(2027, 1, 1), dt.date.max)
    with pytest.raises(OverflowError):
        shifted(WorkCalendar("JP", (forever,)), dt.date(2026, 12, 31), 1)


@given(calendars(), DAYS, st.integers(-60, 60))
def test_from_a_working_day_there_and_back_is_the_same_day(
    calendar: WorkCalendar, day: dt.date, by: int
) -> None:
    if calendar.is_off(day):
        day = shifted(calendar, day, 1)
    there = shifted(calendar, day, by)
    assert not calendar.is_off(there)
    assert shifted(calendar, there, -by) == day
    assert calendar.count(day, there) == by


@given(calendars(), st.lists(DAYS, min_size=1, max_size=8), st.integers(-30, 30))
def test_many_days_shift_as_each_alone_and_keep_their_order(
    calendar: WorkCalendar, days: list[dt.date], by: int
) -> None:
    together = calendar.shifted(days, by)
    assert together == {day: step_by_step(calendar, day, by) for day in days}
    moved = [together[day] for day in sorted(days)]
    assert moved == sorted(moved)


def shifted(calendar: WorkCalendar, day: dt.date, by: int) -> dt.date:
    return calendar.shifted([day], by)[day]


def step_by_step(calendar: WorkCalendar, day: dt.date, by: int) -> dt.date:
    """Walk day by day: what a person would do with a finger on a wall calendar."""
    step = dt.timedelta(days=1 if by > 0 else -1)
    left = abs(by)
    while left:
        day += step
        left -= not calendar.is_off(day)
    return day
