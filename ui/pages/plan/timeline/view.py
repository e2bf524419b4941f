"""The timeline one works in: items are chosen, moved, stretched and linked, by mouse or keys."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QToolTip, QWidget

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _
from ui.pages.plan.timeline.hand import Hand
from ui.pages.plan.timeline.keys import Act, Deed, deed_of
from ui.pages.plan.timeline.painting import Mark, TimelinePainter
from ui.pages.plan.timeline.pointing import Zone, zone_at
from ui.pages.plan.timeline.rows import TimelineRow, TimelineRows
from ui.pages.plan.timeline.shapes import shape_of
from ui.pages.plan.timeline.surface import TimelineSurface
from ui.pages.plan.timeline.words import day_tip, row_tip, row_words
from ui.theme import Look

ZOOM_STEP = 1.5
"""How many times wider a day is after one press of the zoom key."""
LEAST_HEIGHT = 92
"""Pixels of the timeline at least: two rows stay in view in the smallest window."""
_CURSORS = {
    Zone.MOVE: Qt.CursorShape.OpenHandCursor,
    Zone.START: Qt.CursorShape.SizeHorCursor,
    Zone.END: Qt.CursorShape.SizeHorCursor,
    Zone.LINK: Qt.CursorShape.CrossCursor,
    Zone.EMPTY: Qt.CursorShape.CrossCursor,
    Zone.ROW: Qt.CursorShape.ArrowCursor,
}


class TimelineView(TimelineSurface):
    """Chooses items and lets the hand move them; what came of it is written by others."""

    chosen = Signal(str)
    """The id of the item the cursor went to by mouse or keys."""
    open_asked = Signal(str)
    """The id of an item that somebody wants to see whole."""
    answered = Signal(bool)
    """Enter (True) or Escape, meant for a bar that asks something."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._hand = Hand(self)
        self._is_asking = False
        self._hand.moved.connect(self._on_moved)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(_("Timeline of the plan"))

    @property
    def hand(self) -> Hand:
        """What holds an item while it is moved."""
        return self._hand

    @property
    def current_row(self) -> TimelineRow | None:
        """The row the cursor is in."""
        return self._rows.row(self._chosen)

    def show_rows(self, rows: TimelineRows, marks: Sequence[Mark], today: dt.date) -> None:
        super().show_rows(rows, marks, today)
        self._hand.look(rows)
        self._speak()

    def choose(self, item_id: str) -> None:
        """Put the cursor on an item without telling; it shows once the item is there."""
        if item_id != self._chosen:
            self._chosen = item_id
            self.reveal(item_id)
            self._speak()
            self.viewport().update()

    def ask(self, is_asking: bool) -> None:
        """Let Enter and Escape answer a bar that asks something, or no longer."""
        self._is_asking = is_asking

    @Slot()
    def show_today(self) -> None:
        """Scroll to today."""
        self.go_to(self._today)

    @Slot()
    def zoom_in(self) -> None:
        """Look closer."""
        self.set_day_width(self._day_width * ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Look from further away."""
        self.set_day_width(self._day_width / ZOOM_STEP)

    @Slot()
    def _on_moved(self) -> None:
        self._speak()
        self.viewport().update()

    def _speak(self) -> None:
        """Tell those who listen what the cursor is on, or where the item in the hand is."""
        row = self.current_row
        words = row_words(row) if row is not None else ""
        if self._hand.hold is not None:
            words = f"{self._hand.hold.item.title}: {self._hand.words()}"
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            told = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(told)

    def _go(self, place: int) -> None:
        """Put the cursor into a row and tell."""
        item_id = self._rows.rows[place].item.ref.id
        if item_id != self._chosen:
            self._hand.put_down()
            self.choose(item_id)
            self.chosen.emit(item_id)

    def _do(self, deed: Deed) -> bool:
        """Do what a key stands for; False where it means nothing at this moment."""
        row, last = self.current_row, len(self._rows.rows) - 1
        if deed.act in (Act.STEP, Act.EDGE) and last >= 0:
            place = self._rows.places.get(self._chosen, -1 if deed.by > 0 else last + 1)
            wanted = place + deed.by if deed.act is Act.STEP else last * (deed.by > 0)
            self._go(min(max(wanted, 0), last))
            self.reveal(self._chosen, days_too=True)
        elif deed.act is Act.NUDGE and row is not None:
            self._hand.nudge(row, deed.grip, deed.by, self._today)
        elif deed.act is Act.SCROLL:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + deed.by * self.viewport().width() // 8)
        elif deed.act is Act.ZOOM:
            self.zoom_in() if deed.by > 0 else self.zoom_out()
        elif deed.act is Act.FIT:
            self.fit()
        elif deed.act in (Act.TODAY, Act.END):
            ends = [mark.day for mark in self._marks if not mark.is_dashed and not mark.is_far]
            span = self._rows.span
            end = ends[0] if ends else span[1] if span else self._today
            self.go_to(self._today if deed.act is Act.TODAY else end)
        elif deed.act in (Act.ENTER, Act.ESCAPE):
            return self._answer(is_yes=deed.act is Act.ENTER)
        return True

    def _answer(self, *, is_yes: bool) -> bool:
        """Take Enter or Escape: for the hand, for what is asked, or to open an item."""
        if self._hand.is_busy:
            self._hand.put_down() if is_yes else self._hand.let_go()
        elif self._is_asking:
            self.answered.emit(is_yes)
        elif is_yes and self.current_row is not None:
            self.open_asked.emit(self._chosen)
        else:
            return False
        return True

    def _tip_at(self, position: QPointF) -> str:
        """Tell what is at a place: the item, or the day."""
        place = self.place_at(position.y())
        day = self.scale.day_at(position.x())
        if place is None:
            return day_tip(day, self._calendar)
        drawn = self.drawn(place)
        if zone_at(drawn, position.x()) is Zone.ROW:
            return day_tip(day, self._calendar)
        titles = {row.item.ref.id: row.item.title for row in self._rows.rows}
        waits = [titles[one] for one in drawn.row.item.depends_on if one in titles]
        return row_tip(drawn.row, waits)

    def _paint(self, painter: QPainter, area: object) -> None:
        super()._paint(painter, self.viewport().rect())
        self._paint_hand(painter)

    def _paint_hand(self, painter: QPainter) -> None:
        """Draw what is in the hand above everything, with words that say where it is."""
        below = self.viewport().rect().adjusted(0, self.heading_height, 0, 0)
        paint = TimelinePainter(self._ink, painter, self.scale, below)
        hold, link = self._hand.hold, self._hand.link
        hovered = self._rows.places.get(self._hovered)
        if hovered is not None and not self._hand.is_busy:
            one = self.drawn(hovered)
            item, shape = one.row.item, one.shape
            if item.ref.kind is ItemKind.MILESTONE and shape is not None and not item.is_closed:
                paint.bars.handle(shape, one.top, one.height)
        if link is not None and link[0].shape is not None:
            source, end = link
            top = self.row_top(self._rows.places[source.row.item.ref.id])
            start = QPointF(source.shape.end if source.shape else 0, top + source.height / 2)
            paint.link_line(start, end)
            paint.chip(self._hand.words(), end.x() + 12, round(end.y()), self.row_height)
        place = self._rows.places.get(hold.item.ref.id) if hold is not None else None
        if hold is not None and place is not None:
            drawn = self.drawn(place)
            dates = hold.dates
            paint.held(drawn, *dates)
            is_milestone = hold.item.ref.kind is ItemKind.MILESTONE
            shape = shape_of(*dates, self.scale, is_milestone=is_milestone)
            right = shape.end if shape is not None else 0.0
            paint.chip(self._hand.words(), right + 10, drawn.top, drawn.height)

    def event(self, event: QEvent) -> bool:
        # A key that means something here is no shortcut of the window: Alt+Left moves an item.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            deed = deed_of(event)
            if deed is not None and deed.act not in (Act.ENTER, Act.ESCAPE):
                event.accept()
                return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = "" if self._hand.is_busy else self._tip_at(QPointF(event.pos()))
            # As rich text it wraps, however long a title is; what stands in it is no markup.
            lines = html.escape(tip).replace("\n", "<br>")
            told = f"<qt>{lines}</qt>" if tip else ""
            QToolTip.showText(event.globalPos(), told, self.viewport())
            return True
        if event.type() == QEvent.Type.Leave and self._hovered:
            self._hovered = ""
            self.viewport().update()
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._go(place)
            self._hand.press(self.drawn(place), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hand.drag(event.position())
            return
        place = self.place_at(event.position().y())
        drawn = self.drawn(place) if place is not None else None
        hovered = drawn.row.item.ref.id if drawn else ""
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()
        zone = zone_at(drawn, event.position().x()) if drawn else Zone.ROW
        self.viewport().setCursor(_CURSORS[zone])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hand.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.place_at(event.position().y()) is not None and self.current_row is not None:
            self.open_asked.emit(self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = deed_of(event)
        if deed is None or not self._do(deed):
            # Not the scroll area's: its arrow keys are ours.
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._hand.hold is not None and not self._hand.is_pressed:
            self._hand.put_down()
        self.viewport().update()
