"""From days to places along a timeline, and the periods that its heading names."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from babel.dates import format_date

from csdesk.i18n import Translator, current

FIRST, LAST = dt.date.min.toordinal(), dt.date.max.toordinal()
LEAST_WIDTH, MOST_WIDTH = 0.01, 48.0
"""Pixels of a day at most and at least, at the plain size of text."""
SHADED_FROM = 1.8
"""Pixels of a day from which days off are shaded."""
_LABEL_ROOM = 10
"""Pixels that the name of a period leaves beside it."""


class Zoom(StrEnum):
    """How closely one looks: the period that is about as wide as its name needs."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


DAY_WIDTHS = {Zoom.WEEK: 20.0, Zoom.MONTH: 3.0, Zoom.QUARTER: 1.1, Zoom.YEAR: 0.32}
"""Pixels of a day at each zoom, at the plain size of text."""


class Unit(StrEnum):
    """The periods a heading can name, from short to long."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


_DAYS = {
    Unit.DAY: 1,
    Unit.WEEK: 7,
    Unit.MONTH: 28,
    Unit.QUARTER: 90,
    Unit.YEAR: 365,
    Unit.DECADE: 3652,
    Unit.CENTURY: 36524,
}
_YEARS = {Unit.YEAR: 1, Unit.DECADE: 10, Unit.CENTURY: 100}


@dataclass(frozen=True, slots=True)
class Scale:
    """Where days stand, in pixels from the left of what can be seen."""

    first: float
    """The ordinal number of the day at the left; a fraction is a part of that day."""
    day_width: float

    def x(self, day: dt.date) -> float:
        """Return where a day begins."""
        return (day.toordinal() - self.first) * self.day_width

    def end(self, day: dt.date) -> float:
        """Return where a day ends."""
        return (day.toordinal() + 1 - self.first) * self.day_width

    def middle(self, day: dt.date) -> float:
        """Return the middle of a day."""
        return (day.toordinal() + 0.5 - self.first) * self.day_width

    def day_at(self, x: float) -> dt.date:
        """Return the day at a place; the calendar's ends beyond them."""
        return date_of(math.floor(self.first + x / self.day_width))


def date_of(number: int) -> dt.date:
    """Return the day of an ordinal number; the calendar's ends beyond them."""
    return dt.date.fromordinal(min(max(number, FIRST), LAST))


def nearest_zoom(day_width: float) -> Zoom:
    """Tell which zoom a day's width is nearest to."""
    return min(Zoom, key=lambda one: abs(math.log(DAY_WIDTHS[one] / day_width)))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the heading and its name."""

    left: float
    right: float
    names: tuple[str, ...]
    """What it is called, the fullest name first: the one that has room is written."""
    first_names: tuple[str, ...] = ()
    """What it is called where it is the first one written: that names the year."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The periods named above a timeline: one line of them, or two at a close look."""

    upper: tuple[Period, ...]
    lower: tuple[Period, ...]
    unit: Unit
    """The period of the lower line."""


def heading(scale: Scale, width: float, measure: Callable[[str], float]) -> Heading:
    """Name the periods from 0 to `width`, as short as their names have room for."""
    t = current()
    unit = _fitting_unit(scale.day_width, measure, t)
    lower = tuple(_periods(scale, width, unit, t))
    upper: tuple[Period, ...] = ()
    if unit in (Unit.DAY, Unit.WEEK):
        upper = tuple(_periods(scale, width, Unit.MONTH, t, with_year=True))
    return Heading(upper, lower, unit)


def starts(unit: Unit, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the first days of all periods that have a day from `first` to `last`."""
    if unit in (Unit.DAY, Unit.WEEK):
        step = 1 if unit is Unit.DAY else 7
        begin = first.toordinal() - (0 if unit is Unit.DAY else first.weekday())
        for number in range(begin, last.toordinal() + 1, step):
            yield date_of(number)
        return
    if unit in _YEARS:
        step = _YEARS[unit]
        for year in range(max(first.year // step * step, 0), last.year + 1, step):
            yield dt.date(max(year, 1), 1, 1)
        return
    step = 3 if unit is Unit.QUARTER else 1
    begin = first.year * 12 + first.month - 1
    for number in range(begin - begin % step, last.year * 12 + last.month, step):
        yield dt.date(number // 12, number % 12 + 1, 1)


def _fitting_unit(day_width: float, measure: Callable[[str], float], t: Translator) -> Unit:
    for unit in Unit:
        widest = max(measure(_name(unit, day, t)) for day in _samples(unit))
        if widest + _LABEL_ROOM <= _DAYS[unit] * day_width:
            return unit
    return Unit.CENTURY


def _samples(unit: Unit) -> list[dt.date]:
    months = range(1, 13) if unit in (Unit.MONTH, Unit.QUARTER) else (12,)
    return [dt.date(2028, month, 28) for month in months]


def _periods(
    scale: Scale, width: float, unit: Unit, t: Translator, *, with_year: bool = False
) -> Iterator[Period]:
    days = list(starts(unit, scale.day_at(0), scale.day_at(width)))
    for place, day in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else None
        right = scale.x(following) if following else max(width, scale.end(day))
        plain = _name(unit, day, t)
        # Every year says so once, at its first period; so does the first that can be seen.
        is_new = place > 0 and days[place - 1].year != day.year
        full = _with_year(plain, day, t) if unit in (Unit.MONTH, Unit.QUARTER) else plain
        names = (full, str(day.year), plain) if is_new else (plain,)
        yield Period(scale.x(day), right, (full, plain) if with_year else names, (full, plain))


def _name(unit: Unit, day: dt.date, t: Translator) -> str:
    is_japanese = t.language == "ja"
    if unit is Unit.DAY or unit is Unit.WEEK:
        return f"{day.day}日" if is_japanese and unit is Unit.WEEK else str(day.day)
    if unit is Unit.MONTH:
        return f"{day.month}月" if is_japanese else _month(day, t)
    if unit is Unit.QUARTER:
        last = day.replace(day=1, month=(day.month - 1) // 3 * 3 + 3)
        first = last.replace(month=last.month - 2)
        if is_japanese:
            return f"{first.month}–{last.month}月"
        return f"{_month(first, t)}–{_month(last, t)}"
    if unit is Unit.YEAR:
        return f"{day.year}年" if is_japanese else str(day.year)
    year = day.year // _YEARS[unit] * _YEARS[unit]
    return f"{year}年–" if is_japanese else f"{year}–"


def _with_year(name: str, day: dt.date, t: Translator) -> str:
    return f"{day.year}年{name}" if t.language == "ja" else f"{name} {day.year}"


def _month(day: dt.date, t: Translator) -> str:
    return format_date(day, "MMM", locale=t.locale)
