"""How a timeline looks: rows with bars over shaded days, arrows, labels, ghosts of a preview."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from csdesk.insight.schedule import Move
from csdesk.insight.working_days import WorkCalendar
from ui.pages.plan.timeline.bars import Drawn
from ui.pages.plan.timeline.painting import HEADING_LINE, MARKS_LINE, TimelinePainter
from ui.pages.plan.timeline.rows import TimelineRow
from ui.pages.plan.timeline.scale import Scale
from ui.pages.plan.timeline.scrolling import TimelineScroll
from ui.pages.plan.timeline.shapes import DIAMOND, Shape, arrow_between, label_of, shape_of
from ui.pages.plan.timeline.words import (
    move_words,
    short_words,
    title_words,
    tone_of_words,
)
from ui.theme import Look


class TimelineSurface(TimelineScroll):
    """Paints what can be seen of a timeline, and no more."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._calendar = WorkCalendar()
        self._ghosts: Mapping[str, Move] = {}
        self._chosen = ""
        self._hovered = ""
        self._hint = ""
        look.changed.connect(self.viewport().update)

    @property
    def calendar(self) -> WorkCalendar:
        """What tells working days from days off here."""
        return self._calendar

    def show_calendar(self, calendar: WorkCalendar) -> None:
        """Shade the days off of a calendar."""
        self._calendar = calendar
        self.viewport().update()

    def show_ghosts(self, moves: Mapping[str, Move]) -> None:
        """Show where items would go, by their ids."""
        self._ghosts = moves
        self.viewport().update()

    def show_hint(self, words: str) -> None:
        """Say something in the middle where there are no rows."""
        self._hint = words
        self.viewport().update()

    def reveal(self, item_id: str, *, days_too: bool = False) -> None:
        """Scroll to an item's row, and with `days_too` to its dates."""
        place = self._rows.places.get(item_id)
        if place is None:
            return
        bar, height = self.verticalScrollBar(), self.row_height
        page = max(self.viewport().height() - self.heading_height, height)
        top = place * height
        if top < bar.value():
            bar.setValue(top)
        elif top + height > bar.value() + page:
            bar.setValue(top + height - page)
        item = self._rows.rows[place].item
        day = item.due_on or item.start_on
        drawn = self.drawn(place)
        if days_too and day is not None and drawn.label.away:
            self.go_to(item.start_on or day)

    def drawn(self, place: int) -> Drawn:
        """Return where everything of a row stands."""
        row = self._rows.rows[place]
        return self._lay_out(row, self.scale, self.row_top(place), self.row_height)

    def _lay_out(self, row: TimelineRow, scale: Scale, top: int, height: int) -> Drawn:
        item = row.item
        is_milestone = item.ref.kind == "milestone"
        shape = shape_of(item.start_on, item.due_on, scale, is_milestone=is_milestone)
        more, role = short_words(row), tone_of_words(row)
        move = self._ghosts.get(item.ref.id)
        if move is not None:
            more, role = move_words(move), "accent"
        widths = self._measure(title_words(row)) + 2, self._measure(more) + 2 if more else 0.0
        view = self.viewport().width()
        label = label_of(shape, *widths, view)
        if not (label.is_inside or label.away):
            label = label_of(self._with_ghost(row, shape, scale), *widths, view)
        return Drawn(row, shape, label, top, height, more, role)

    def _with_ghost(self, row: TimelineRow, shape: Shape | None, scale: Scale) -> Shape | None:
        """Return a shape that keeps the label clear of where the item would go as well."""
        move = self._ghosts.get(row.item.ref.id)
        if move is None or shape is None:
            return shape
        is_milestone = shape.point is not None
        other = shape_of(move.start_on, move.due_on, scale, is_milestone=is_milestone)
        if other is None:
            return shape
        point = None if shape.point is None else max(shape.end, other.end) - DIAMOND
        left, right = min(shape.begin, other.begin), max(shape.end, other.end)
        return Shape(left, right, point, has_bar=False)

    def _paint(self, painter: QPainter, area: QRect) -> None:
        """Paint all but what is in the hand."""
        scale, named = self.scale, self._heading()
        top, height = self.heading_height, self.row_height
        below = area.adjusted(0, top, 0, 0)
        in_rows = TimelinePainter(self._ink, painter, scale, below)
        in_rows.days_off(self._calendar, area.bottom() + 1)
        in_rows.grid(named, area.bottom() + 1)
        first = max(self.verticalScrollBar().value() // height, 0)
        last = min(first + below.height() // height + 2, len(self._rows.rows))
        first_top = self.row_top(0)
        shown = [
            self._lay_out(self._rows.rows[place], scale, first_top + place * height, height)
            for place in range(first, last)
        ]
        painter.save()
        painter.setClipRect(below)
        for one in shown:
            ground = self._ground_of(one.row)
            if ground != "surface":
                in_rows.ground(one.top, one.height, ground)
        line = round(MARKS_LINE * self._growth)
        in_rows.marks(self._marks, top - line, line, area.bottom() + 1, words=False)
        for one in shown:
            in_rows.row(one, is_chosen=one.row.item.ref.id == self._chosen)
        self._paint_arrows(in_rows, scale)
        in_rows.ghosts(self._ghosts, shown)
        for one in shown:
            in_rows.label(one, self._ground_of(one.row))
        painter.restore()
        above = TimelinePainter(self._ink, painter, scale, area)
        above.heading(named, round(HEADING_LINE * self._growth))
        above.marks(self._marks, top - line, line, top, words=True)

    def _ground_of(self, row: TimelineRow) -> str:
        if row.item.ref.id == self._chosen:
            return "selection"
        return "hover" if row.item.ref.id == self._hovered else "surface"

    def _paint_arrows(self, paint: TimelinePainter, scale: Scale) -> None:
        """Draw the arrows that have anything in view, the tight ones above the others."""
        height, view, first_top = self.row_height, self.viewport().rect(), self.row_top(0)
        for link in sorted(self._rows.links, key=lambda one: one.is_tight):
            source, target = (self._rows.places[one] for one in (link.after, link.item))
            tops = [first_top + source * height, first_top + target * height]
            if max(tops) + height < 0 or min(tops) > view.height():
                continue
            ends = [self._rows.rows[place].item for place in (source, target)]
            shapes = [shape_of(one.start_on, one.due_on, scale, is_milestone=True) for one in ends]
            if shapes[0] is None or shapes[1] is None:
                continue
            if max(one.end for one in shapes if one) < 0:
                continue
            if min(one.begin for one in shapes if one) > view.width():
                continue
            middle = height / 2
            arrow = arrow_between(shapes[0], tops[0] + middle, shapes[1], tops[1] + middle, height)
            paint.arrow(arrow, is_tight=link.is_tight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        place = self._rows.places.get(self._chosen)
        was_seen = place is not None and self.row_top(place) < event.oldSize().height()
        super().resizeEvent(event)
        if was_seen:
            self.reveal(self._chosen)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.viewport().rect()
        painter.fillRect(area, self._look.colour("surface"))
        if self._rows.rows:
            self._paint(painter, area)
        elif self._hint:
            painter.setPen(self._look.colour("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area.adjusted(24, 8, -24, -8), int(flags), self._hint)
        painter.end()
