"""The organisation chart to work with: by arrows and letters, and by dragging people about.

A screen reader hears the card of the moment as the description of the chart; the list has the
same people in a table.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from csdesk.insight.org_chart import Way
from csdesk.store.words import fold
from ui.pages.stakeholders.org_chart_canvas import STEP, OrgChartCanvas
from ui.pages.stakeholders.org_chart_card import card_words, paint_card
from ui.theme import Look
from ui.widgets.cells import Ink

EDGE = 30
"""Pixels from the edge in which dragging scrolls."""

PAUSE = 1.0
"""Seconds after which typed letters begin another name."""

_WAYS = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
}


class OrgChartView(OrgChartCanvas):
    """Arrows move between cards, Enter opens one, dragging one onto another sets the boss."""

    opened = Signal(str)
    """The id of a person one wants to see whole."""
    boss_asked = Signal(str, str)
    """The ids of a person and of whom they are to report to."""
    delete_asked = Signal(list)
    """The ids of people to delete."""
    menu_asked = Signal(QPoint)
    """Where on the screen to offer what can be done with the current person."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._pressed = ""
        self._press_at = QPoint()
        self._drag_at: QPoint | None = None
        self._panned_from: QPoint | None = None
        self._typed = ("", 0.0)

    @property
    def is_dragging(self) -> bool:
        """Whether a card is on its way to another one."""
        return self._drag_at is not None

    def put_cursor(self, ids: Collection[str]) -> bool:
        """Make the first of these cards the current one; False where there is none."""
        found = next((one for one in (self._current, *self._people) if one in ids), None)
        if found is not None:
            self.choose(found)
        return found is not None

    def paint_over(self, painter: QPainter, ink: Ink) -> None:
        if self._drag_at is None or self._pressed not in self.chart.cards:
            return
        size = self.card_rect(self._pressed).size() / self.scale
        target = self.person_at(self._drag_at)
        if target and target != self._pressed:
            place = self.chart.cards[target]
            frame = QRectF(QPointF(place.x, place.y), size)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("accent_fill"), 3))
            painter.drawRoundedRect(frame.adjusted(-4, -4, 4, 4), 11, 11)
        card = QRectF(QPointF(), size)
        card.moveCenter((QPointF(self._drag_at) - self.origin) / self.scale)
        painter.setOpacity(0.75)
        person = self._people[self._pressed]
        paint_card(ink, painter, card, person, is_current=True, has_focus=False, scale=self.scale)
        painter.setOpacity(1.0)

    def _search(self, text: str) -> None:
        """Go to the next person whose name or reading begins with what is typed."""
        typed, since = self._typed
        now = time.monotonic()
        typed = typed + text if now - since < PAUSE else text
        self._typed = (typed, now)
        wanted = fold(typed)
        people = list(self._people.values())
        here = next((at for at, one in enumerate(people) if one.id == self._current), 0)
        first = here + (len(typed) == 1)
        for person in people[first:] + people[:first]:
            if any(fold(name).startswith(wanted) for name in (person.name, person.name_kana)):
                self.choose(person.id)
                return

    def _drop(self, target: str) -> None:
        person = self._people.get(self._pressed)
        if person is not None and target not in ("", person.id, person.reports_to_id):
            self.boss_asked.emit(person.id, target)

    def _let_go(self) -> None:
        """End dragging and panning, whatever came of it."""
        self._pressed, self._drag_at, self._panned_from = "", None, None
        self.viewport().unsetCursor()
        self.viewport().update()

    def _scroll_by(self, x: int, y: int) -> None:
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + x)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + y)

    def _scroll_at_edge(self, at: QPoint) -> None:
        seen = self.viewport().rect()
        step = EDGE // 2
        self._scroll_by(
            step * ((at.x() > seen.right() - EDGE) - (at.x() < seen.left() + EDGE)),
            step * ((at.y() > seen.bottom() - EDGE) - (at.y() < seen.top() + EDGE)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if key == Qt.Key.Key_Escape and self.is_dragging:
            self._let_go()
        elif not plain:
            super().keyPressEvent(event)
        elif key in _WAYS:
            self.choose(self.chart.neighbour(self.current, _WAYS[Qt.Key(key)]) or self.current)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._people:
            self.choose(list(self._people)[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.current:
            self.opened.emit(self.current)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current:
            self.delete_asked.emit([self.current])
        elif event.text() in ("+", "-", "0"):
            {"+": self.zoom_in, "-": self.zoom_out, "0": self.fit}[event.text()]()
        elif event.text().strip():
            self._search(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._press_at = event.position().toPoint()
        self._pressed = self.person_at(self._press_at)
        if self._pressed:
            self.choose(self._pressed)
        else:
            self._panned_from = self._press_at
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._panned_from is not None:
            step = self._panned_from - at
            self._panned_from = at
            self._scroll_by(step.x(), step.y())
        elif self._pressed:
            far = (at - self._press_at).manhattanLength() >= QApplication.startDragDistance()
            if far or self.is_dragging:
                self._drag_at = at
                self._scroll_at_edge(at)
                self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            if self._drag_at is not None:
                self._drop(self.person_at(event.position().toPoint()))
            self._let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        person = self.person_at(event.position().toPoint())
        if person:
            self.opened.emit(person)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.person_at(event.pos())
        if event.reason() != QContextMenuEvent.Reason.Mouse and self.current:
            where = self.card_rect(self.current).center().toPoint()
            self.menu_asked.emit(self.viewport().mapToGlobal(where))
        elif at:
            self.choose(at)
            self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.zoom(self.scale * STEP**steps, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            person = self._people.get(self.person_at(event.pos()))
            reports = len(self.chart.reports.get(person.id, ())) if person else 0
            words = card_words(person, reports) if person else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)
