"""Which days are worked on: not weekends, not a country's holidays, not those of the own team.

The holidays of the countries come from the package `holidays`. It is large, so it is loaded when
a country is first asked for, never at the start of the program.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

ONE_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class OwnHoliday:
    """Days on which our team does not work, from `first_on` to `last_on`, both included."""

    name: str
    first_on: dt.date
    last_on: dt.date


@dataclass(frozen=True, slots=True)
class DayOff:
    """A holiday; `is_own` where our team decided on it."""

    day: dt.date
    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Tells working days from days off.

    `country` is a code such as JP, or empty for none; the names of its holidays are written in
    `language` where the country's are known in it, else in English.
    """

    country: str = ""
    own: tuple[OwnHoliday, ...] = ()
    language: str = "en"

    def names(self, day: dt.date) -> tuple[str, ...]:
        """Name the holidays of a day, those of our team first; nothing for a weekend."""
        own = [one.name for one in self.own if one.first_on <= day <= one.last_on]
        found = _of_country(self.country, day.year, self.language).get(day)
        return (*own, *([found] if found else ()))

    def is_off(self, day: dt.date) -> bool:
        """Tell whether a day is not worked on."""
        if day.weekday() >= _SATURDAY or _range_around(_merged(self.own), day) is not None:
            return True
        return day in _of_country(self.country, day.year, self.language)

    def holidays(self, first: dt.date, last: dt.date) -> tuple[DayOff, ...]:
        """List the holidays from `first` to `last`, both included, in order; weekends are none.

        A day may occur twice: as a holiday of the country and as one of our team.
        """
        found = [
            DayOff(day, one.name, is_own=True)
            for one in self.own
            for day in _days(max(one.first_on, first), min(one.last_on, last))
        ]
        for year in range(first.year, last.year + 1):
            found += [
                DayOff(day, name, is_own=False)
                for day, name in _of_country(self.country, year, self.language).items()
                if first <= day <= last
            ]
        return tuple(sorted(found, key=lambda one: (one.day, not one.is_own, one.name)))

    def shifted(self, days: Iterable[dt.date], by: int) -> dict[dt.date, dt.date]:
        """Return for each day the working day that is `by` working days after it.

        Before it where `by` is negative. From a working day, there and back is the same day. 0
        leaves even a day off as it is. Raises OverflowError where the calendar has no such day.
        """
        wanted = sorted(set(days))
        if by == 0 or not wanted:
            return {day: day for day in wanted}
        if by > 0:
            line = self._line(wanted[0], wanted[-1], by, ONE_DAY)
            return {day: line[bisect_right(line, day) + by - 1] for day in wanted}
        line = self._line(wanted[-1], wanted[0], -by, -ONE_DAY)[::-1]
        return {day: line[bisect_left(line, day) + by] for day in wanted}

    def count(self, first: dt.date, last: dt.date) -> int:
        """Count the working days after `first` up to `last`; negative where that lies before.

        A working day `first` shifted by as many is `last`, where that is worked on.
        """
        if last < first:
            return -sum(not self.is_off(day) for day in _days(last, first - ONE_DAY))
        return sum(not self.is_off(day) for day in _days(first + ONE_DAY, last))

    def _line(self, first: dt.date, last: dt.date, more: int, step: dt.timedelta) -> list[dt.date]:
        """Line up the working days from `first` on to `last` and `more` beyond it."""
        own = _merged(self.own)
        found: list[dt.date] = []
        day, left = first, more
        while True:
            around = _range_around(own, day)
            if around is not None:
                day = around[1] if step > dt.timedelta() else around[0]
            elif not self.is_off(day):
                found.append(day)
                beyond = day > last if step > dt.timedelta() else day < last
                left -= beyond
                if left == 0:
                    return found
            day += step


def countries() -> tuple[str, ...]:
    """List the codes of the countries whose holidays are known, in the order of the alphabet."""
    from holidays.utils import list_supported_countries

    return tuple(sorted(list_supported_countries(include_aliases=False)))


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(number)


@lru_cache(maxsize=4096)
def _of_country(country: str, year: int, language: str) -> Mapping[dt.date, str]:
    """Return the holidays of a year; none for a country or a year that is not known."""
    if not country:
        return {}
    from holidays import country_holidays
    from holidays.utils import list_supported_countries

    if country not in list_supported_countries(include_aliases=False):
        return {}
    # "English" is called en_US there, but for a few countries that have their own.
    known = country_holidays(country, years=()).supported_languages
    spoken = next((one for one in (language, "en_US", "en_GB") if one in known), None)
    return dict(country_holidays(country, years=year, language=spoken, expand=False))


@lru_cache(maxsize=64)
def _merged(own: tuple[OwnHoliday, ...]) -> tuple[tuple[dt.date, dt.date], ...]:
    """Put ranges that overlap together, in order."""
    found: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted((one.first_on, one.last_on) for one in own):
        if last < first:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def _range_around(
    ranges: tuple[tuple[dt.date, dt.date], ...], day: dt.date
) -> tuple[dt.date, dt.date] | None:
    place = bisect_right(ranges, (day, dt.date.max)) - 1
    return ranges[place] if place >= 0 and ranges[place][1] >= day else None
