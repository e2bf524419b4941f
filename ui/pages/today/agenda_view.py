"""A list of the Today page on the screen: Enter opens a line, Space ticks one off."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.pages.plan.outline_cells import MARK_ROOM, paint_tick, tick_box
from ui.pages.today.agenda import AgendaModel, Line
from ui.tables import ROW_ROLE
from ui.theme import Look
from ui.widgets.cells import NO_SIGN, PADDING, PILL_ENDS, SIGNS, Ink, InkPot

LONGEST = 12
"""How many lines a list is high; more of them scroll."""

GAP = 10
"""Pixels between the parts of a line."""


class AgendaView(QListView):
    """Shows lines; the keyboard's place is marked, the mouse's too."""

    opened = Signal(object)
    """The Line to open."""
    ticked = Signal(object)
    """The Line to tick off."""

    def __init__(self, look: Look, model: AgendaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = model
        self._delegate = AgendaDelegate(look, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setProperty("kind", "bare")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        look.changed.connect(self.viewport().update)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self.updateGeometry)
        for changed in (model.rowsInserted, model.modelReset, model.dataChanged):
            changed.connect(self._on_lines)

    @property
    def line(self) -> Line | None:
        """The line the cursor is in."""
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def put_cursor(self, ids: Collection[str]) -> bool:
        """Put the cursor on the first line about one of these items; False where none is."""
        here = self.line
        if here is not None and here.item_id in ids:
            return True
        shown = enumerate(self._lines.ids)  # a line has the id of its item
        place = next((at for at, item_id in shown if item_id in ids), None)
        if place is not None:
            self.setCurrentIndex(self._lines.index(place))
        return place is not None

    @Slot()
    def _on_lines(self) -> None:
        """Let the hours of all lines take the same room, so that the titles stand in a column."""
        # All lines of a card are alike: of those without hours none need be worded here.
        has_hours = self._lines.rowCount() > 0 and self._lines.line(0).when is not None
        lines = self._lines.lines if has_hours else ()
        self._delegate.moments = [line.when for line in lines if line.when]

    def _click(self, index: QModelIndex, x: int) -> None:
        line: Line = index.data(ROW_ROLE)
        left = self.visualRect(index).left() + PADDING
        if line.can_tick and x < left + MARK_ROOM:
            self.ticked.emit(line)
        else:
            self.opened.emit(line)

    def sizeHint(self) -> QSize:
        rows = max(1, min(LONGEST, self._lines.rowCount()))
        return QSize(280, rows * self._delegate.ink(self.font()).two_lines + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Who comes by keyboard sees where she is; a click puts the cursor where it points.
        if event.reason() != Qt.FocusReason.MouseFocusReason and self.line is None:
            self.setCurrentIndex(self._lines.index(0))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.line
        if line is None and self._lines.rowCount() and event.key() != Qt.Key.Key_Tab:
            self.setCurrentIndex(self._lines.index(0))
        if line is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line)
        elif line is not None and event.key() == Qt.Key.Key_Space:
            if line.can_tick:
                self.ticked.emit(line)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.viewport().update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._click(index, event.position().toPoint().x())

    def leaveEvent(self, event: QEvent) -> None:
        self.viewport().update()
        super().leaveEvent(event)


class AgendaDelegate(QStyledItemDelegate):
    """Draws a line: tick, ring or hour; title over a small text; aside and pill at the right."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._pot = InkPot(look)
        self.moments: list[tuple[str, str]] = []
        """The days and hours of all lines."""

    def ink(self, font: QFont) -> Ink:
        """Return the ink for the view's font, made once."""
        return self._pot.ink(font)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        ink, rect = self.ink(option.font), option.rect
        line: Line = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        inside = rect.adjusted(PADDING, 0, -PADDING, -1)
        inside = self._left(ink, painter, inside, line)
        inside = self._right(ink, painter, inside, line)
        self._words(ink, painter, inside, line)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, self.ink(option.font).two_lines)

    def _left(self, ink: Ink, painter: QPainter, rect: QRect, line: Line) -> QRect:
        """Draw what stands before the words; return the place that is left."""
        if line.can_tick:
            paint_tick(ink, painter, tick_box(rect), False)
            return rect.adjusted(MARK_ROOM, 0, 0, 0)
        if line.ring is not None:
            return ink.ring(painter, rect, line.ring, SIGNS.get(line.ring, NO_SIGN))
        if line.when is not None:
            parts = [part for when in (line.when, *self.moments) for part in when]
            widest = max(ink.width(part, ink.small) for part in parts)
            upper, below = ink.halves(rect)
            ink.text(painter, upper, line.when[0], "muted", ink.small)
            ink.text(painter, below, line.when[1], "muted", ink.small)
            return rect.adjusted(max(widest, 52) + GAP, 0, 0, 0)
        return rect

    def _right(self, ink: Ink, painter: QPainter, rect: QRect, line: Line) -> QRect:
        """Draw what stands after the words; return the place that is left."""
        if line.pill:
            width = ink.width(line.pill, ink.small) + PILL_ENDS
            place = QRect(rect.right() - width, rect.top(), width, rect.height())
            ink.pill(painter, place, line.pill, line.tone)
            rect = rect.adjusted(0, 0, -width - GAP, 0)
        if line.aside:
            width = ink.width(line.aside, ink.plain)
            right = Qt.AlignmentFlag.AlignRight
            place = QRect(rect.right() - width, rect.top(), width, rect.height())
            ink.text(painter, place, line.aside, "text", align=right)
            rect = rect.adjusted(0, 0, -width - GAP, 0)
        return rect

    def _words(self, ink: Ink, painter: QPainter, rect: QRect, line: Line) -> None:
        font = ink.bold if line.is_strong else ink.plain
        if not line.below:
            ink.text(painter, rect, line.title, font=font)
            return
        upper, below = ink.halves(rect)
        ink.text(painter, upper, line.title, font=font)
        ink.text(painter, below, line.below, "faint", ink.small)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect, state, view = option.rect, option.state, option.widget
        focused = view.hasFocus()
        if state & QStyle.StateFlag.State_Selected and focused:
            painter.fillRect(rect, self._look.colour("selection"))
            mark = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
            painter.fillRect(mark, self._look.colour("accent_fill"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.colour("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._look.colour("line"))
