"""The roadmap: goals and their milestones as bars and diamonds over months, with today's line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from csdesk.queries.customer_rows import GoalRow, MilestoneRow
from csdesk.report.blocks import Block
from csdesk.report.pen import Pen
from csdesk.report.theme import (
    ACCENT,
    BAD,
    BODY,
    DONE,
    FAINT,
    GOOD,
    LINE,
    MUTED,
    QUIET,
    SHADE,
    WARNING,
    WHITE,
    Tone,
)
from csdesk.report.words import Words

_HEADER = 30.0
_ROW = 17.5
_LABELS = 0.36
"""The share of the width that names take."""
_NAME_SIZE = 7.8
_MARK_SIZE = 6.8


@dataclass(frozen=True, slots=True)
class _Row:
    """A goal's heading, or one milestone."""

    name: str
    milestone: MilestoneRow | None = None
    tone: Tone = QUIET


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to places on the page."""

    start: dt.date
    end: dt.date
    left: float
    width: float

    def place(self, day: dt.date) -> float:
        """Return where `day` stands; days outside stand at the ends."""
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        return self.left + min(max(share, 0.0), 1.0) * self.width


class Timeline(Block):
    """Rows under a header of months; parts over pages between rows."""

    def __init__(
        self,
        rows: Sequence[_Row],
        start: dt.date,
        end: dt.date,
        today: dt.date,
        words: Words,
        *,
        key: object = None,
    ) -> None:
        self._rows = list(rows)
        self._start = start
        self._end = end
        self._today = today
        self._words = words
        self._key = key or object()

    def height(self, width: float) -> float:
        """Add up header, rows and the place of today's word."""
        return _HEADER + _ROW * len(self._rows) + 12

    def least(self, width: float) -> float:
        """Measure the header and up to three rows."""
        return _HEADER + _ROW * min(len(self._rows), 3) + 12

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part between rows; a goal's name stands above its milestones on either page."""
        count = int((room - _HEADER - 12) / _ROW + 1e-6)
        while 0 < count < len(self._rows) and self._rows[count - 1].milestone is None:
            count -= 1
        if count < 2 or count >= len(self._rows):
            return None
        rest = self._rows[count:]
        if rest[0].milestone is not None:
            rest = [next(row for row in reversed(self._rows[:count]) if not row.milestone), *rest]
        return self._part(self._rows[:count]), self._part(rest)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw months, rows and today's line."""
        left = x + width * _LABELS
        scale = _Scale(self._start, self._end, left + 6, x + width - left - 10)
        bottom = top - _HEADER - _ROW * len(self._rows)
        with pen.canvas.content("Figure", key=self._key, alternative=self._alternative()):
            self._draw_months(pen, scale, top, bottom)
            for index, row in enumerate(self._rows):
                middle = top - _HEADER - _ROW * (index + 0.5)
                if row.milestone is None:
                    self._draw_goal(pen, row, x, middle, width)
                else:
                    self._draw_milestone(pen, row, row.milestone, x, middle, scale)
            pen.line((x, bottom), (x + width, bottom), ink=LINE)
            self._draw_today(pen, scale, top, bottom)

    def _draw_months(self, pen: Pen, scale: _Scale, top: float, bottom: float) -> None:
        months = _months(self._start, self._end, pen, self._words, scale.width)
        grid_top = top - _HEADER
        year_end = float("-inf")
        for index, month in enumerate(months):
            here = scale.place(month)
            after = (
                scale.place(months[index + 1])
                if index + 1 < len(months)
                else (scale.left + scale.width)
            )
            if index % 2 == 0:
                pen.box(here, bottom, after - here, grid_top - bottom, fill=SHADE)
            by_year = len(months) > 1 and all(one.month == 1 for one in months[1:])
            name = self._words.year_name(month) if by_year else self._words.month_name(month)
            if pen.typesetter.width(name, _MARK_SIZE) <= after - here + 4:
                pen.text((here + after) / 2, top - 24, name, _MARK_SIZE, ink=MUTED, align="center")
            is_new = index == 0 or months[index - 1].year != month.year
            if is_new and not by_year and here > year_end:
                year = self._words.year_name(month)
                year_end = here + 4 + pen.text(here + 2, top - 13, year, 7.2, bold=True)
        pen.line((scale.left, grid_top), (scale.left + scale.width, grid_top), ink=LINE)

    def _draw_goal(self, pen: Pen, row: _Row, x: float, middle: float, width: float) -> None:
        pen.line((x, middle + _ROW / 2), (x + width, middle + _ROW / 2), ink=LINE)
        room = width * _LABELS - 4
        name = pen.typesetter.shortened(row.name, _NAME_SIZE, room, bold=True)
        pen.text(x, middle - 2.8, name, _NAME_SIZE, ink=ACCENT, bold=True)

    def _draw_milestone(
        self, pen: Pen, row: _Row, milestone: MilestoneRow, x: float, middle: float, scale: _Scale
    ) -> None:
        room = scale.left - x - 18
        name = pen.typesetter.shortened(row.name, _NAME_SIZE, room)
        pen.text(x + 8, middle - 2.8, name, _NAME_SIZE, ink=BODY)
        day = milestone.achieved_on or milestone.due_on or milestone.start_on
        if day is None:
            return
        first = end = scale.place(day)
        if milestone.start_on and milestone.start_on < day:
            first = scale.place(milestone.start_on)
            self._draw_bar(pen, row, milestone, first, end, middle)
        is_done = milestone.achieved_on is not None
        fill = row.tone.strong if is_done or row.tone is not QUIET else WHITE
        pen.diamond(end, middle, 4.1, fill=fill, stroke=row.tone.strong)
        label = self._words.short_date(day)
        width = pen.typesetter.width(label, _MARK_SIZE)
        place = end + 7
        if place + width > scale.left + scale.width:
            place = first - 7 - width
        pen.text(place, middle - 2.4, label, _MARK_SIZE, ink=FAINT)

    def _draw_bar(
        self, pen: Pen, row: _Row, milestone: MilestoneRow, first: float, end: float, middle: float
    ) -> None:
        height = 6.4
        width = max(end - first, 2.0)
        pen.box(
            first,
            middle - height / 2,
            width,
            height,
            fill=row.tone.soft,
            stroke=row.tone.strong,
            radius=height / 2,
            weight=0.5,
        )
        share = 1.0 if milestone.achieved_on else float(milestone.progress or 0)
        if share > 0:
            done = max(width * min(share, 1.0), min(height, width))
            pen.box(first, middle - height / 2, done, height, fill=row.tone.strong, radius=3.2)

    def _draw_today(self, pen: Pen, scale: _Scale, top: float, bottom: float) -> None:
        if not self._start <= self._today <= self._end:
            return
        here = scale.place(self._today)
        word = self._words.t.context("document", "Today")
        half = pen.pill_width(word, 6.6) / 2
        place = min(max(here, scale.left + half), scale.left + scale.width - half)
        y = top - _HEADER
        for index in range(len(self._rows)):
            self._draw_today_in_row(pen, index, here, y - _ROW * index, scale)
        pen.line((here, bottom), (here, bottom - 3), ink=BAD.strong, width=0.9)
        pen.pill(place, bottom - 9.5, word, Tone(WHITE, BAD.strong), size=6.6, align="center")

    def _draw_today_in_row(
        self, pen: Pen, index: int, here: float, row_top: float, scale: _Scale
    ) -> None:
        """Draw the line through one row, leaving out the mark or date that stands there."""
        milestone = self._rows[index].milestone
        day = milestone and (milestone.achieved_on or milestone.due_on or milestone.start_on)
        if milestone and day:
            label = pen.typesetter.width(self._words.short_date(day), _MARK_SIZE)
            mark = scale.place(day)
            first = scale.place(min(milestone.start_on or day, day))
            is_left = mark + 7 + label > scale.left + scale.width
            low, high = (first - 9 - label, first - 5) if is_left else (mark + 5, mark + 9 + label)
            if low < here < high or abs(mark - here) < 5:
                return
        pen.line(
            (here, row_top), (here, row_top - _ROW), ink=BAD.strong, width=0.9, dash=(2.4, 1.8)
        )

    def _alternative(self) -> str:
        count = sum(row.milestone is not None for row in self._rows)
        return self._words.t.plural(
            "Roadmap, {start} to {end}: {n} milestone",
            "Roadmap, {start} to {end}: {n} milestones",
            count,
        ).format(start=self._words.date(self._start), end=self._words.date(self._end), n=count)

    def _part(self, rows: list[_Row]) -> Timeline:
        return Timeline(rows, self._start, self._end, self._today, self._words, key=self._key)


class Legend(Block):
    """What the colours of the timeline mean, in words."""

    def __init__(self, entries: Sequence[tuple[str, Tone]]) -> None:
        self._entries = list(entries)

    def height(self, width: float) -> float:
        """Return one line's height."""
        return 13.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw a diamond and a word for each state."""
        for word, tone in self._entries:
            fill = WHITE if tone is QUIET else tone.strong
            pen.diamond(x + 4, top - 6, 3.6, fill=fill, stroke=tone.strong)
            x += 11
            x += pen.text(x, top - 8.6, word, 7.2, ink=MUTED) + 13


def timeline_of(
    goals: Sequence[GoalRow],
    today: dt.date,
    span: tuple[dt.date | None, dt.date | None],
    words: Words,
) -> Timeline | None:
    """Make the roadmap of all milestones that have a date; None where there is none.

    `span` is the plan's own period, which the months shown include.
    """
    rows: list[_Row] = []
    days = [day for day in span if day is not None]
    for goal in goals:
        dated = [one for one in goal.milestones if one.due_on or one.start_on or one.achieved_on]
        if dated:
            rows.append(_Row(goal.title))
        for one in dated:
            days += [day for day in (one.start_on, one.due_on, one.achieved_on) if day]
            _, tone = words.milestone_state(one.status, is_overdue=one.is_overdue)
            rows.append(_Row(one.title, one, tone))
    if not rows:
        return None
    start = min(days).replace(day=1)
    last = max(days)
    is_last_month = (last.year, last.month) == (dt.date.max.year, 12)
    end = last if is_last_month else (last.replace(day=1) + dt.timedelta(32)).replace(day=1)
    return Timeline(rows, start, end, today, words)


def legend_of(goals: Sequence[GoalRow], words: Words) -> Legend:
    """Explain the states that occur, in the order of good to bad."""
    order = [DONE, GOOD, QUIET, WARNING, BAD]
    found: dict[str, Tone] = {}
    for goal in goals:
        for one in goal.milestones:
            word, tone = words.milestone_state(one.status, is_overdue=one.is_overdue)
            found[word] = tone
    return Legend(sorted(found.items(), key=lambda entry: order.index(entry[1])))


def _months(start: dt.date, end: dt.date, pen: Pen, words: Words, room: float) -> list[dt.date]:
    """Return the first days of the months to name: as many as can stand side by side."""
    count = max((end.year - start.year) * 12 + end.month - start.month, 1)
    widest = max(
        pen.typesetter.width(words.month_name(dt.date(2000, month, 1)), _MARK_SIZE)
        for month in range(1, 13)
    )
    steps = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000)
    step = next((one for one in steps if count / one * (widest + 5) <= room), 12_000)
    first = start.year * 12 + start.month - 1
    numbers = [number for number in range(first, first + count) if number % step == 0]
    if not numbers or numbers[0] != first:
        numbers = [first, *numbers]
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
