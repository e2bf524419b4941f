"""How a timeline is drawn: its days, bars, diamonds, arrows, labels and what is in the hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from csdesk.actions.plan_items import ItemKind
from csdesk.insight.schedule import Move
from csdesk.insight.working_days import WorkCalendar
from ui.pages.plan.timeline.bars import BarPainter, Drawn
from ui.pages.plan.timeline.scale import SHADED_FROM, Heading, Scale
from ui.pages.plan.timeline.shapes import (
    Arrow,
)
from ui.pages.plan.timeline.words import (
    title_words,
)
from ui.widgets.cells import Ink

HEADING_LINE = 20
"""Pixels of one line of period names, at the plain size of text."""
FAR_FROM = 0.5
"""Pixels of a day from which fiscal years are marked."""
MARKS_LINE = 15
"""Pixels of the line that names today and the ends, below them."""
STRIPED_BELOW = 6.0
"""Pixels of a day below which weekends are shaded less."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with a line of its own: today, the plan's end, the start of a fiscal year."""

    day: dt.date
    words: str
    role: str
    is_dashed: bool = False
    is_far: bool = False
    """Whether it may lie out of view when all of a plan is shown."""


class TimelinePainter:
    """Draws one look of a timeline; made anew for each, it holds nothing that lasts."""

    def __init__(self, ink: Ink, painter: QPainter, scale: Scale, area: QRect) -> None:
        """Draw with `painter` what stands at `scale` into `area`; x counts from its left."""
        self._ink = ink
        self._painter = painter
        self._scale = scale
        self._area = area
        self.bars = BarPainter(ink, painter, scale, area.width())

    def days_off(self, calendar: WorkCalendar, bottom: int) -> None:
        """Shade weekends and holidays, where days are wide enough to be seen."""
        scale, top = self._scale, self._area.top()
        if scale.day_width < SHADED_FROM:
            return
        first, last = scale.day_at(0), scale.day_at(self._area.width())
        weekend, holiday = QColor(self._colour("background")), self._colour("neutral_soft")
        if scale.day_width < STRIPED_BELOW:  # many narrow stripes flicker; these only hint
            weekend = _between(weekend, self._colour("surface"))
        own = self._colour("warning_soft")

        def shade(left: float, width: float, colour: QColor) -> None:
            # Whole pixels: a rectangle with soft edges takes a hundred times as long.
            begin = round(left)
            self._painter.fillRect(begin, top, round(left + width) - begin, bottom - top, colour)

        number = first.toordinal() - (first.weekday() - _SATURDAY) % 7
        for saturday in range(number, last.toordinal() + 1, 7):
            left = (saturday - scale.first) * scale.day_width
            shade(left, 2 * scale.day_width, weekend)
        # Those of our team come last of a day: they stand above the country's.
        for one in reversed(calendar.holidays(first, last)):
            shade(scale.x(one.day), scale.day_width, own if one.is_own else holiday)

    def grid(self, heading: Heading, bottom: int) -> None:
        """Draw a thin line where a period begins."""
        self._painter.setPen(QPen(self._colour("line"), 1))
        for period in heading.upper or heading.lower:
            if period.left > 0:
                x = round(period.left)
                self._painter.drawLine(x, self._area.top(), x, bottom)

    def heading(self, heading: Heading, line: int) -> int:
        """Draw the names of the periods; return how many pixels they take."""
        y = self._area.top()
        for periods, role in ((heading.upper, "text"), (heading.lower, "muted")):
            if not periods:
                continue
            is_small = periods is heading.lower and bool(heading.upper)
            is_dated = False
            for period in periods:
                # The first name stays in view as long as its period does, but for single days.
                left = (period.left if is_small else max(period.left, 0.0)) + 5
                if left < 0:
                    continue
                names = period.names if is_dated else period.first_names
                name = next((one for one in names if left + self._wide(one) <= period.right), "")
                if name:
                    is_dated = is_dated or name != period.first_names[-1]
                    place = QRect(round(left), y, self._wide(name) + 2, line)
                    self._ink.text(self._painter, place, name, role, self._ink.small)
            y += line
        return y - self._area.top()

    def marks(
        self, marks: Sequence[Mark], names_top: int, line: int, bottom: int, *, words: bool
    ) -> None:
        """Draw the lines of special days, or their words above where these do not meet."""
        taken: list[tuple[float, float]] = []
        for mark in marks:
            x = self._scale.middle(mark.day)
            is_small = mark.is_far and self._scale.day_width < FAR_FROM
            if not 0 <= x <= self._area.width() or is_small:
                continue
            if not words:
                pen = QPen(self._colour(mark.role), 1.4 if mark.is_dashed else 1.2)
                if mark.is_dashed:
                    pen.setDashPattern([3, 3])
                self._painter.setPen(pen)
                self._painter.drawLine(QPointF(x, names_top + line), QPointF(x, bottom))
                continue
            width = self._ink.width(mark.words, self._ink.small)
            left = min(max(x - width / 2, 2.0), self._area.width() - width - 2)
            if all(left + width + 6 <= a or b + 6 <= left for a, b in taken):
                taken.append((left, left + width))
                place = QRect(round(left), names_top, width + 2, line)
                role = "bad" if mark.is_dashed else "muted"
                self._ink.text(self._painter, place, mark.words, role, self._ink.small)

    def ground(self, top: int, height: int, role: str) -> None:
        """Draw the ground of a chosen or hovered row."""
        colour = QColor(self._colour(role))
        self._painter.fillRect(QRect(0, top, self._area.width(), height), colour)

    def row(self, drawn: Drawn, *, is_chosen: bool) -> None:
        """Draw the bar of a row."""
        if drawn.shape is not None:
            self.bars.bar(drawn.row, drawn.shape, drawn.top, drawn.height)
            if is_chosen:
                self.bars.ring(drawn.shape, drawn.top, drawn.height)

    def label(self, drawn: Drawn, ground: str) -> None:
        """Write the title of a row and what is said after it; beside bars on clear ground."""
        row, label = drawn.row, drawn.label
        title, more = title_words(row), drawn.more
        kind = row.item.ref.kind
        quiet = row.tone == "quiet"
        role = "muted" if quiet or row.is_undated or label.away else "text"
        if label.is_inside and kind is not ItemKind.ACTION and not quiet:
            role = "on_bar"
        if not label.is_inside:
            self._clear(drawn, label.x, label.width, ground)
        self._words(drawn, label.x, label.width, title, role)
        if more and label.more_width > 0:
            on_bar = label.is_inside and label.more_x < (drawn.shape.right if drawn.shape else 0)
            tone = drawn.more_role
            if on_bar:
                tone = "text" if kind is ItemKind.ACTION else "on_bar"
            else:
                self._clear(drawn, label.more_x, label.more_width, ground)
            self._words(drawn, label.more_x, label.more_width, more, tone)
        if label.away:
            self._pointer(drawn)

    def arrow(self, arrow: Arrow, *, is_tight: bool) -> None:
        """Draw an arrow between milestones; thicker and red where the waiting one is delayed."""
        role = "bad_fill" if is_tight else "faint"
        colour = self._colour(role)
        painter = self._painter
        path = QPainterPath(QPointF(*arrow.points[0]))
        corner = 4.0
        for before, here, after in zip(
            arrow.points, arrow.points[1:], arrow.points[2:], strict=False
        ):
            path.lineTo(_toward(here, before, corner))
            path.quadTo(QPointF(*here), _toward(here, after, corner))
        path.lineTo(QPointF(*arrow.points[-1]))
        pen = QPen(colour, 2.0 if is_tight else 1.3)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        self._tip(arrow.points[-2], arrow.points[-1], colour)

    def ghosts(self, moves: Mapping[str, Move], drawn: Iterable[Drawn]) -> None:
        """Draw where items would go, with a line from where they are and their new dates."""
        for one in drawn:
            move = moves.get(one.row.item.ref.id)
            if move is not None:
                self.bars.ghost(one, move.start_on, move.due_on, "text")

    def held(self, one: Drawn, start_on: dt.date | None, due_on: dt.date | None) -> None:
        """Draw where the item in the hand is now."""
        self.bars.ghost(one, start_on, due_on, "text")

    def chip(self, words: str, x: float, top: int, height: int) -> None:
        """Write words on a filled ground near `x`, wholly in view."""
        ink = self._ink
        width = ink.width(words, ink.small) + 16
        high = ink.metrics(ink.small).height() + 6
        left = min(max(x, 4.0), max(self._area.width() - width - 4.0, 4.0))
        y = min(max(top + (height - high) // 2, self._area.top() + 2), self._area.bottom() - high)
        rect = QRectF(left, y, width, high)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour("accent_fill"))
        self._painter.drawRoundedRect(rect, 6, 6)
        place = rect.toRect().adjusted(8, 0, -6, 0)
        ink.text(self._painter, place, words, "on_accent", ink.small)

    def link_line(self, start: QPointF, end: QPointF) -> None:
        """Draw the line of a dependency that is being drawn."""
        pen = QPen(self._colour("accent_fill"), 2)
        pen.setDashPattern([4, 3])
        self._painter.setPen(pen)
        self._painter.drawLine(start, end)

    def _wide(self, words: str) -> int:
        return self._ink.width(words, self._ink.small)

    def _colour(self, role: str) -> QColor:
        return self._ink.look.colour(role)

    def _clear(self, drawn: Drawn, x: float, width: float, ground: str) -> None:
        """Clear the ground beneath words, so that lines pass behind them."""
        high = self._ink.metrics(self._ink.small).height()
        colour = QColor(self._colour(ground))
        colour.setAlpha(225)
        y = drawn.top + (drawn.height - high) / 2
        self._painter.fillRect(QRectF(x - 2, y, width + 4, high), colour)

    def _words(self, drawn: Drawn, x: float, width: float, words: str, role: str) -> None:
        place = QRect(round(x), drawn.top, int(width) + 1, drawn.height)
        self._ink.text(self._painter, place, words, role, self._ink.small)

    def _pointer(self, drawn: Drawn) -> None:
        """Point to a bar that lies out of view."""
        middle = drawn.top + drawn.height / 2
        x = 8.0 if drawn.label.away < 0 else self._area.width() - 8.0
        self._painter.setPen(QPen(self._colour("faint"), 1.6))
        back = 4.0 if drawn.label.away < 0 else -4.0
        for up in (-4.0, 4.0):
            self._painter.drawLine(QPointF(x, middle), QPointF(x + back, middle + up))

    def _tip(self, before: tuple[float, float], tip: tuple[float, float], colour: QColor) -> None:
        size = 5.0
        x, y = tip
        if abs(before[0] - x) >= abs(before[1] - y):
            back = -size if before[0] <= x else size
            corners = [(x + back, y - size * 0.7), (x + back, y + size * 0.7)]
        else:
            back = -size if before[1] <= y else size
            corners = [(x - size * 0.7, y + back), (x + size * 0.7, y + back)]
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawPolygon(QPolygonF([QPointF(x, y), *(QPointF(*one) for one in corners)]))


def _toward(here: tuple[float, float], other: tuple[float, float], most: float) -> QPointF:
    """Return the point a little before a corner, on the way to another one."""
    dx, dy = other[0] - here[0], other[1] - here[1]
    length = max((dx * dx + dy * dy) ** 0.5, 0.001)
    share = min(most, length / 2) / length
    return QPointF(here[0] + dx * share, here[1] + dy * share)


def _between(one: QColor, other: QColor) -> QColor:
    """Return the colour half way; one seen through the other takes ten times as long to draw."""
    return QColor(
        (one.red() + other.red()) // 2,
        (one.green() + other.green()) // 2,
        (one.blue() + other.blue()) // 2,
    )
