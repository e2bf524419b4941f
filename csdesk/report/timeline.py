"""The roadmap: goals and their milestones as bars and diamonds over months, with today's line."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from csdesk.queries.customer_rows import GoalRow, MilestoneRow
from csdesk.report.blocks import Block
from csdesk.report.pen import Pen
from csdesk.report.state_marks import draw_state_mark
from csdesk.report.theme import (
    ACCENT,
    BAD,
    BODY,
    DONE,
    FAINT,
    GOOD,
    INK,
    LINE,
    MUTED,
    QUIET,
    SHADE,
    WARNING,
    WHITE,
    Tone,
)
from csdesk.report.timeline_scale import (
    MARK_ROOM,
    MARK_SIZE,
    Scale,
    is_over,
    label_place,
    periods,
)
from csdesk.report.words import Words

_HEADER = 30.0
_ROW = 17.5
_FOOT = 12.0
"""Under the last row: the word for today."""
_LABELS = 0.36
"""The share of the width that names take."""
_NAME_SIZE = 7.8
_YEAR_SIZE = 7.2
_NUMBER_SIZE = 6.6
_INDENT = 8.0
_LEAST_REST = 3
"""So many rows at least go to the next page together."""
_LABEL_HALF = 4.6
"""Half of what a date's line is high: so much of today's line is left out beside it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A goal's heading, or one milestone with what it waits for."""

    name: str
    item: str = ""
    milestone: MilestoneRow | None = None
    tone: Tone = QUIET
    number: str = ""
    """Goal and place within it, such as 2.3; empty where no milestone waits for another."""
    after: tuple[str, ...] = ()
    """The numbers of the milestones it waits for."""
    is_continued: bool = False

    @property
    def day(self) -> dt.date | None:
        """The day its mark stands at."""
        one = self.milestone
        return (one.achieved_on or one.due_on or one.start_on) if one else None

    @property
    def first(self) -> dt.date | None:
        """The day its bar begins, or that of its mark."""
        start = self.milestone and self.milestone.start_on
        return min(start, self.day) if start and self.day else self.day


class Timeline(Block):
    """Rows under a header of months; parts over pages between rows."""

    def __init__(
        self,
        rows: Sequence[Row],
        start: dt.date,
        end: dt.date,
        today: dt.date,
        words: Words,
        *,
        whole: Timeline | None = None,
    ) -> None:
        """Take the rows, the days shown, and for a part of a roadmap the `whole`."""
        self._rows = list(rows)
        self._start = start
        self._end = end
        self._today = today
        self._words = words
        self._whole = whole or self

    def height(self, width: float) -> float:
        """Add up header, rows and the place of today's word."""
        return _HEADER + _ROW * len(self._rows) + _FOOT

    def least(self, width: float) -> float:
        """Measure the header and up to three rows."""
        return _HEADER + _ROW * min(len(self._rows), 3) + _FOOT

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part between rows; a goal's name stands above its milestones on either page."""
        count = int((room - _HEADER - _FOOT) / _ROW + 1e-6)
        if count > 2 * _LEAST_REST:
            count = min(count, len(self._rows) - _LEAST_REST)
        while 0 < count < len(self._rows) and self._rows[count - 1].milestone is None:
            count -= 1
        if count < 2 or count >= len(self._rows):
            return None
        rest = self._rows[count:]
        if rest[0].milestone is not None:
            goal = next(row for row in reversed(self._rows[:count]) if row.milestone is None)
            rest = [replace(goal, is_continued=True), *rest]
        return self._part(self._rows[:count]), self._part(rest)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw months, bars, today's line, then names, marks and dates."""
        scale = self._scale(pen, x, width)
        bottom = top - _HEADER - _ROW * len(self._rows)
        middles = [top - _HEADER - _ROW * (index + 0.5) for index in range(len(self._rows))]
        right = x + width
        box = (x, bottom, right, top)
        said = self._alternative()
        with pen.canvas.content("Figure", key=self._whole, alternative=said, box=box):
            self._draw_periods(pen, scale, top, bottom, right)
            for row, middle in zip(self._rows, middles, strict=True):
                self._draw_bar(pen, row, middle, scale)
            pen.line((x, bottom), (scale.right, bottom), ink=LINE)
            today = scale.place(self._today) if self._is_today_shown() else None
            labels = [self._label(pen, row, scale, today, (x, right)) for row in self._rows]
            if today is not None:
                self._draw_today(pen, scale, today, labels, top - _HEADER, bottom)
            for row, middle, label in zip(self._rows, middles, labels, strict=True):
                box = (x, middle - _ROW / 2, right, middle + _ROW / 2)
                pen.note_place("milestone" if row.milestone else "goal", row.item, box)
                self._draw_row(pen, row, x, middle, scale, today)
                if label is not None:
                    pen.text(label[0], middle - 2.4, label[2], MARK_SIZE, ink=FAINT)

    def _scale(self, pen: Pen, x: float, width: float) -> Scale:
        """Lay out the days, with room for the dates at the right where they need it."""
        left = x + width * _LABELS
        scale = Scale(self._start, self._end, left + 6, x + width - left - 16)
        room = (left + 2, x + width)
        widest = 0.0
        is_tight = False
        for row in self._whole._rows:
            if row.day is None or row.first is None:
                continue
            wide = pen.typesetter.width(self._date_of(row, scale), MARK_SIZE)
            span = (scale.place(row.first), scale.place(row.day))
            is_tight = is_tight or label_place(span, wide, room, None) is None
            widest = max(widest, wide)
        if is_tight:
            scale = replace(scale, width=scale.width + 10 - MARK_ROOM - widest)
        return scale

    def _label(
        self,
        pen: Pen,
        row: Row,
        scale: Scale,
        today: float | None,
        edges: tuple[float, float],
    ) -> tuple[float, float, str] | None:
        """Return where a row's date stands, how wide it is, and its text."""
        if row.day is None or row.first is None:
            return None
        text = self._date_of(row, scale)
        wide = pen.typesetter.width(text, MARK_SIZE)
        span = (scale.place(row.first), scale.place(row.day))
        place = label_place(span, wide, (scale.left - 4, edges[1]), today)
        return span[1] + MARK_ROOM if place is None else place, wide, text

    def _date_of(self, row: Row, scale: Scale) -> str:
        """Write the date of a mark; one that only has a beginning says so."""
        one = row.milestone
        if one is None or row.day is None:
            return ""
        text = scale.date_label(row.day, self._words)
        if one.achieved_on or one.due_on:
            return text
        return self._words.t("From {date}").format(date=text)

    def _draw_periods(
        self, pen: Pen, scale: Scale, top: float, bottom: float, right: float
    ) -> None:
        grid_top = top - _HEADER
        year_end = float("-inf")
        for index, period in enumerate(periods(scale, pen, self._words)):
            wide = period.right - period.left
            if index % 2 == 0 and wide > 0:
                pen.box(period.left, bottom, wide, grid_top - bottom, fill=SHADE)
            if pen.typesetter.width(period.name, MARK_SIZE) + 3 <= wide:
                middle = (period.left + period.right) / 2
                pen.text(middle, top - 24, period.name, MARK_SIZE, ink=MUTED, align="center")
            if period.year:
                long = pen.typesetter.width(period.year, _YEAR_SIZE, bold=True)
                place = min(period.left + 2, right - long)
                if place > year_end:
                    pen.text(place, top - 13, period.year, _YEAR_SIZE, ink=INK, bold=True)
                    year_end = place + long + 4
        pen.line((scale.left, grid_top), (scale.right, grid_top), ink=LINE)

    def _draw_row(
        self, pen: Pen, row: Row, x: float, middle: float, scale: Scale, today: float | None
    ) -> None:
        """Draw a goal's name and the rule above it, or a milestone's name and mark.

        Nothing else stands in a goal's row, so that its name may go as far as today's line.
        """
        end = scale.left - 10
        if row.milestone is None:
            pen.line((x, middle + _ROW / 2), (scale.right, middle + _ROW / 2), ink=LINE)
            end = scale.right if today is None else max(end, today - 4)
            more = ""
            if row.is_continued:
                more = self._words.t.context("document", "(continued)")
            room = end - x - pen.typesetter.width(more, _NUMBER_SIZE) - 4
            name = pen.typesetter.shortened(row.name, _NAME_SIZE, room, bold=True)
            x += pen.text(x, middle - 2.8, name, _NAME_SIZE, ink=ACCENT, bold=True)
            if more:
                pen.text(x + 4, middle - 2.8, more, _NUMBER_SIZE, ink=MUTED)
            return
        x += _INDENT
        if row.number:
            x += pen.text(x, middle - 2.8, row.number, _NUMBER_SIZE, ink=MUTED) + 4
        after = ""
        if row.after:
            numbers = self._words.t.context("document", ", ").join(row.after)
            after = self._words.t.context("document", "after {numbers}").format(numbers=numbers)
            after = pen.typesetter.shortened(after, _NUMBER_SIZE, (end - x) * 0.45)
            end -= pen.text(end, middle - 2.8, after, _NUMBER_SIZE, ink=MUTED, align="right") + 5
        name = pen.typesetter.shortened(row.name, _NAME_SIZE, end - x)
        pen.text(x, middle - 2.8, name, _NAME_SIZE, ink=BODY)
        if row.day is not None:
            draw_state_mark(pen, scale.place(row.day), middle, row.tone)

    def _draw_bar(self, pen: Pen, row: Row, middle: float, scale: Scale) -> None:
        if row.milestone is None or row.day is None or row.first is None or row.first == row.day:
            return
        height = 6.4
        first = scale.place(row.first)
        width = max(scale.place(row.day) - first, 2.0)
        y = middle - height / 2
        tone = row.tone
        pen.box(first, y, width, height, fill=tone.soft, stroke=tone.strong, radius=3.2, weight=0.5)
        share = 1.0 if row.milestone.achieved_on else float(row.milestone.progress or 0)
        if share > 0:
            done = max(width * min(share, 1.0), min(height, width))
            pen.box(first, y, done, height, fill=tone.strong, radius=3.2)

    def _is_today_shown(self) -> bool:
        return self._start <= self._today <= self._end

    def _draw_today(
        self,
        pen: Pen,
        scale: Scale,
        here: float,
        labels: Sequence[tuple[float, float, str] | None],
        top: float,
        bottom: float,
    ) -> None:
        """Draw the line from the header to its word, leaving out what dates it would touch."""
        upper = top
        pieces = []
        for index, label in enumerate(labels):
            if label is not None and is_over(label[0], label[1], here):
                middle = top - _ROW * (index + 0.5)
                pieces.append((upper, middle + _LABEL_HALF))
                upper = middle - _LABEL_HALF
        for first, last in [*pieces, (upper, bottom - 3)]:
            pen.line((here, first), (here, last), ink=BAD.strong, width=0.9, dash=(2.4, 1.8))
        word = self._words.t.context("document", "Today")
        half = pen.pill_width(word, 6.6) / 2
        place = min(max(here, scale.left + half), scale.right - half)
        pen.pill(place, bottom - 9.5, word, Tone(WHITE, BAD.strong), size=6.6, align="center")

    def _alternative(self) -> str:
        count = sum(row.milestone is not None for row in self._whole._rows)
        return self._words.t.plural(
            "Roadmap, {start} to {end}: {n} milestone",
            "Roadmap, {start} to {end}: {n} milestones",
            count,
        ).format(start=self._words.date(self._start), end=self._words.date(self._end), n=count)

    def _part(self, rows: list[Row]) -> Timeline:
        return Timeline(rows, self._start, self._end, self._today, self._words, whole=self._whole)


class Legend(Block):
    """What the marks of the timeline mean, in words."""

    def __init__(self, entries: Sequence[tuple[str, Tone]]) -> None:
        self._entries = list(entries)

    def height(self, width: float) -> float:
        """Return one line's height."""
        return 13.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw a mark and a word for each state, smaller where they need more room."""
        words = " ".join(word for word, _ in self._entries)
        gaps = 26.0 * len(self._entries)
        needed = pen.typesetter.width(words, _YEAR_SIZE)
        size = min(_YEAR_SIZE, max(_YEAR_SIZE * (width - gaps) / needed, 4.0)) if needed else 7.2
        for word, tone in self._entries:
            draw_state_mark(pen, x + 5, top - 6, tone, radius=4.0)
            x += 12
            x += pen.text(x, top - 8.6, word, size, ink=MUTED) + 13


def timeline_of(
    goals: Sequence[GoalRow],
    today: dt.date,
    span: tuple[dt.date | None, dt.date | None],
    words: Words,
) -> Timeline | None:
    """Make the roadmap of all milestones that have a date; None where there is none.

    `span` is the plan's own period, which the months shown include. A milestone stands below
    those of its goal that it waits for.
    """
    rows: list[Row] = []
    days = [day for day in span if day is not None]
    shown = [(goal, _in_order(one for one in goal.milestones if _is_dated(one))) for goal in goals]
    numbers = _numbers(shown)
    for goal_number, (goal, milestones) in enumerate(shown, 1):
        if milestones:
            rows.append(Row(goal.title, goal.id))
        for index, one in enumerate(milestones, 1):
            days += [day for day in (one.start_on, one.due_on, one.achieved_on) if day]
            _, tone = words.milestone_state(one.status, is_overdue=one.is_overdue)
            number = f"{goal_number}.{index}" if numbers else ""
            after = tuple(numbers[name] for name in one.after if name in numbers)
            rows.append(Row(one.title, one.id, one, tone, number, after))
    if not rows:
        return None
    start = min(days).replace(day=1)
    last = max(days)
    is_last_month = (last.year, last.month) == (dt.date.max.year, 12)
    end = last if is_last_month else (last.replace(day=1) + dt.timedelta(32)).replace(day=1)
    return Timeline(rows, start, end, today, words)


def legend_of(goals: Sequence[GoalRow], words: Words) -> Legend:
    """Explain the marks that occur, in the order of good to bad."""
    order = [DONE, GOOD, QUIET, WARNING, BAD]
    found: dict[Tone, dict[str, None]] = {}
    for goal in goals:
        for one in goal.milestones:
            if _is_dated(one):
                word, tone = words.milestone_state(one.status, is_overdue=one.is_overdue)
                found.setdefault(tone, {})[word] = None
    tones = sorted(found, key=order.index)
    return Legend([(" / ".join(found[tone]), tone) for tone in tones])


def _is_dated(milestone: MilestoneRow) -> bool:
    return bool(milestone.due_on or milestone.start_on or milestone.achieved_on)


def _in_order(milestones: Iterable[MilestoneRow]) -> list[MilestoneRow]:
    """Move each milestone below those it waits for; a circle stays as it is."""
    waiting = list(milestones)
    left = Counter(one.title for one in waiting)
    done: list[MilestoneRow] = []
    while waiting:
        place = next(
            (
                index
                for index, one in enumerate(waiting)
                if not any(left[name] for name in one.after if name != one.title)
            ),
            0,
        )
        one = waiting.pop(place)
        left[one.title] -= 1
        done.append(one)
    return done


def _numbers(shown: Sequence[tuple[GoalRow, Sequence[MilestoneRow]]]) -> dict[str, str]:
    """Give each title its number where one milestone waits for another; else none a number."""
    numbers: dict[str, str] = {}
    for goal_number, (_, milestones) in enumerate(shown, 1):
        for index, one in enumerate(milestones, 1):
            numbers.setdefault(one.title, f"{goal_number}.{index}")
    waits = any(name in numbers for _, ones in shown for one in ones for name in one.after)
    return numbers if waits else {}
