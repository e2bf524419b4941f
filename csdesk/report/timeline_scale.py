"""From days to places on a roadmap: its scale, the periods named above it, where labels stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from csdesk.report.pen import Pen
from csdesk.report.words import Words

MARK_SIZE = 6.8
"""The size of dates and months, in points."""
MARK_ROOM = 7.0
"""From the middle of a milestone's mark to its date."""
_WEEKS_UP_TO = 75
"""Days of a roadmap that is still cut into weeks."""
_YEARLESS_UP_TO = 400
"""Days of a roadmap whose dates need no year: none occurs twice, but for a few."""
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000)
_CLEAR = 2.0
"""What stays free between a label and the line of today, in points."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The days of a roadmap and where they stand, in points."""

    start: dt.date
    end: dt.date
    left: float
    width: float

    @property
    def right(self) -> float:
        """Where the last day stands."""
        return self.left + self.width

    def place(self, day: dt.date) -> float:
        """Return where `day` stands; days outside stand at the ends."""
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        return self.left + min(max(share, 0.0), 1.0) * self.width

    def date_label(self, day: dt.date, words: Words) -> str:
        """Write a date beside its mark, with the year where the roadmap is long."""
        is_long = (self.end - self.start).days > _YEARLESS_UP_TO
        return words.date(day) if is_long else words.short_date(day)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the scale with a name; `year` stands above it where a new one begins."""

    left: float
    right: float
    name: str
    year: str = ""


def label_place(
    span: tuple[float, float], width: float, room: tuple[float, float], today: float | None
) -> float | None:
    """Find where the label of a bar or mark from `span`[0] to `span`[1] begins.

    It stands behind the mark or before the bar, within `room`, and clear of today's line where
    either place is; None where neither is within `room`.
    """
    places = (span[1] + MARK_ROOM, span[0] - MARK_ROOM - width)
    within = [one for one in places if room[0] <= one and one + width <= room[1]]
    for one in within:
        if today is None or not one - _CLEAR < today < one + width + _CLEAR:
            return one
    return within[0] if within else None


def is_over(place: float, width: float, today: float) -> bool:
    """Tell whether today's line would touch a label that begins at `place`."""
    return place - _CLEAR < today < place + width + _CLEAR


def periods(scale: Scale, pen: Pen, words: Words) -> list[Period]:
    """Cut the scale into weeks, months or years: as fine as their names can stand side by side."""
    if (scale.end - scale.start).days <= _WEEKS_UP_TO:
        days, names = _weeks(scale, pen, words)
        by_year = False
    else:
        days = _months(scale, pen, words)
        by_year = len(days) > 1 and all(one.month == 1 for one in days[1:])
        name_of = words.year_name if by_year else words.month_name
        names = [name_of(day) for day in days]
    edges = [*(scale.place(day) for day in days), scale.right]
    found = []
    for index, (left, right) in enumerate(pairwise(edges)):
        is_new = index == 0 or days[index - 1].year != days[index].year
        year = words.year_name(days[index]) if is_new and not by_year else ""
        found.append(Period(left, right, names[index], year))
    return found


def _weeks(scale: Scale, pen: Pen, words: Words) -> tuple[list[dt.date], list[str]]:
    monday = scale.start + dt.timedelta(-scale.start.weekday() % 7)
    count = max((scale.end - monday).days // 7, 1)
    widest = _widest(pen, [words.short_date(dt.date(2000, month, 28)) for month in range(1, 13)])
    step = next((one for one in (1, 2, 4) if count / one * (widest + 5) <= scale.width), count)
    days = [monday + dt.timedelta(7 * index) for index in range(0, count, step)]
    if days[0] != scale.start:
        return [scale.start, *days], ["", *(words.short_date(day) for day in days)]
    return days, [words.short_date(day) for day in days]


def _months(scale: Scale, pen: Pen, words: Words) -> list[dt.date]:
    """Return the first days of the months to name."""
    start, end = scale.start, scale.end
    count = max((end.year - start.year) * 12 + end.month - start.month, 1)
    widest = _widest(pen, [words.month_name(dt.date(2000, month, 1)) for month in range(1, 13)])
    step = next((one for one in _MONTH_STEPS if count / one * (widest + 5) <= scale.width), 12_000)
    first = start.year * 12 + start.month - 1
    numbers = [number for number in range(first, first + count) if number % step == 0]
    if not numbers or numbers[0] != first:
        numbers = [first, *numbers]
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]


def _widest(pen: Pen, names: Sequence[str]) -> float:
    return max(pen.typesetter.width(name, MARK_SIZE) for name in names)
