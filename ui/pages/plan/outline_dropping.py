"""Dragging items of an outline: where they may land, and the line that shows it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from csdesk.actions.plan_items import ItemKind, fits
from ui.pages.plan.outline_clipboard import carried_by
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_tree import Node
from ui.pages.plan.outline_tree_view import OutlineTreeView
from ui.theme import Look

EDGE = 0.28
"""The share of a row's height at its top and bottom that means "between" rather than "into"."""

Landing = tuple[Node, int]
"""What is to hold the items, and the row that the first of them takes there."""


def landing(node: Node, part: float, kinds: Iterable[ItemKind], *, is_open: bool) -> Landing | None:
    """Tell where items of some kinds land that are let go over a row; None where nowhere.

    `part` is how far down in the row, 0 to 1; `is_open` says whether what is below it is shown.
    """
    wanted = set(kinds)
    if node.parent is None:
        return (node, len(node.children)) if _holds(node, wanted) else None
    if EDGE <= part <= 1 - EDGE and _holds(node, wanted):
        return node, len(node.children)
    if part < 0.5:
        if _holds(node.parent, wanted):
            return node.parent, node.row
        before = _row_above(node)
        return None if before is None else _after(before, wanted, is_open=bool(before.children))
    return _after(node, wanted, is_open=is_open)


def _after(node: Node, wanted: set[ItemKind], *, is_open: bool) -> Landing | None:
    """Tell where items land below a row: inside it, beside it, or after what ends there."""
    if is_open and node.children:
        return (node, 0) if _holds(node, wanted) else None
    while node.parent is not None:
        if _holds(node.parent, wanted):
            return node.parent, node.row + 1
        if node is not node.parent.children[-1]:
            return None
        node = node.parent
    return None


def _holds(node: Node, wanted: set[ItemKind]) -> bool:
    return bool(wanted) and all(fits(kind, node.kind) for kind in wanted)


def _row_above(node: Node) -> Node | None:
    """Return the last row of what stands before a row among its siblings."""
    if node.parent is None or node.row == 0:
        return None
    before = node.parent.children[node.row - 1]
    while before.children:
        before = before.children[-1]
    return before


class DroppingView(OutlineTreeView):
    """Takes items that are dragged over it, and shows by a line where they would land."""

    def __init__(self, look: Look, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(look, model, parent)
        self._landing: Landing | None = None
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setAutoExpandDelay(600)

    @property
    def landing(self) -> Landing | None:
        """Where what is dragged now would land; None where nothing is, or it may not."""
        return self._landing

    def _landing_of(self, event: QDropEvent) -> Landing | None:
        carried = carried_by(event.mimeData())
        if carried is None:
            return None
        place = event.position().toPoint()
        index = self.indexAt(place)
        rect = self.visualRect(index)
        part = (place.y() - rect.top()) / max(1, rect.height()) if index.isValid() else 1.0
        found = landing(
            self._outline.node(index),
            part,
            (ref.kind for ref in carried.refs if ref.kind is not None),
            is_open=self.isExpanded(index.siblingAtColumn(0)),
        )
        if found is None or not self._may_land(event, found):
            return None
        return found

    def _may_land(self, event: QDropEvent, found: Landing) -> bool:
        holder, row = found
        index = self._outline.index_of(holder.id) if holder.parent else QModelIndex()
        data = event.mimeData()
        return self._outline.canDropMimeData(data, event.dropAction(), row, 0, index)

    def _line(self) -> tuple[QRect, bool] | None:
        """Return where the line goes, or the row that is to hold the items (True)."""
        if self._landing is None:
            return None
        holder, row = self._landing
        if not holder.children or (row == len(holder.children) and not self._is_open(holder)):
            rect = self._rect_of(holder)
            return (
                (rect, True) if holder.parent else (QRect(4, 1, self.viewport().width(), 2), False)
            )
        depth = -1
        one: Node | None = holder
        while one is not None:
            depth, one = depth + 1, one.parent
        left = self.indentation() * depth
        if row < len(holder.children):
            top = self._rect_of(holder.children[row]).top()
        else:
            last = holder.children[-1]
            while last.children and self._is_open(last):
                last = last.children[-1]
            top = self._rect_of(last).bottom()
        return QRect(left, top, self.viewport().width() - left - 4, 0), False

    def _is_open(self, node: Node) -> bool:
        return node.parent is None or self.isExpanded(self._outline.index_of(node.id))

    def _rect_of(self, node: Node) -> QRect:
        rect = self.visualRect(self._outline.index_of(node.id))
        return QRect(0, rect.top(), self.viewport().width(), rect.height())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls, and opens what is hovered over
        if carried_by(event.mimeData()) is None:
            return
        self._landing = self._landing_of(event)
        event.setAccepted(self._landing is not None)
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._landing = None
        super().dragLeaveEvent(event)
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        found, self._landing = self._landing_of(event), None
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if found is None:
            event.ignore()
            return
        holder, row = found
        index = self._outline.index_of(holder.id) if holder.parent else QModelIndex()
        self._outline.dropMimeData(event.mimeData(), event.dropAction(), row, 0, index)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        line = self._line()
        if line is None:
            return
        rect, is_row = line
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._look.colour("accent_fill")
        painter.setPen(QPen(colour, 2))
        if is_row:
            painter.drawRoundedRect(QRectF(rect.adjusted(2, 2, -3, -3)), 6, 6)
        else:
            painter.drawLine(rect.topLeft() + QPoint(6, 0), rect.topRight())
            painter.setBrush(self._look.colour("surface"))
            painter.drawEllipse(QPointF(rect.topLeft() + QPoint(3, 0)), 3.0, 3.0)
        painter.end()
