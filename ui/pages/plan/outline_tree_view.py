"""The look of an outline on the screen: its columns, folding, and the ground beneath its rows."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPolygon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _
from ui.pages.plan.outline_columns import OutlineColumns
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_tree import TITLE, plain_index
from ui.tables import Index
from ui.theme import Look


class OutlineTreeView(QTreeView):
    """Shows the rows of an outline, unfolded unless the user folded them."""

    search_given_up = Signal()
    """What is sought hides what is wanted now, or Escape was pressed: show everything again."""

    def __init__(self, look: Look, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._outline = model
        self._folded: set[str] = set()
        self._dimmed: dict[str, frozenset[str]] = {}
        self._is_kept_open = False
        self.setModel(model)
        self._build()
        self.columns = OutlineColumns(look, self, model)
        """Which columns are shown, and how wide."""
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        model.modelReset.connect(self._on_reset)
        model.rowsInserted.connect(self._on_inserted)
        look.changed.connect(self.viewport().update)

    def choose(self, item_id: str, column: int = TITLE) -> None:
        """Put the cursor on an item and scroll to it."""
        index = self._outline.index_of(item_id, column)
        if index.isValid() and self.isRowHidden(index.row(), index.parent()):
            self.search_given_up.emit()
        if index.isValid():
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            rows = QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, select | rows)
            self.scrollTo(index)

    def put_cursor(self, ids: Collection[str]) -> bool:
        """Put the cursor on the first of these items that is shown; False where none is."""
        here = self.currentIndex()
        if here.isValid() and self._outline.node(here).id in ids:
            return True
        for node in self._outline.all_nodes():
            index = self._outline.index_of(node.id) if node.id in ids else QModelIndex()
            if index.isValid() and not self.isRowHidden(index.row(), index.parent()):
                self.choose(node.id, max(TITLE, here.column()))
                return True
        return False

    @property
    def folded(self) -> list[str]:
        """The ids of the items the user folded."""
        return sorted(self._folded)

    def fold(self, item_ids: list[str]) -> None:
        """Fold items; those that are not there are folded when they come."""
        self._folded |= set(item_ids)
        for item_id in item_ids:
            index = self._outline.index_of(item_id)
            if index.isValid():
                self.collapse(index)

    def keep_open(self, item_ids: Collection[str] | None) -> None:
        """Unfold items for as long as something is sought; None folds what the user folded."""
        self._is_kept_open = item_ids is not None
        for node in list(self._outline.all_nodes()):
            if not node.children:
                continue
            index = self._outline.index_of(node.id)
            if item_ids is None and node.id in self._folded and self.isExpanded(index):
                self.collapse(index)
            elif item_ids is not None and node.id in item_ids and not self.isExpanded(index):
                self.expand(index)

    @property
    def outline_model(self) -> OutlineModel:
        """The rows shown here."""
        return self._outline

    def dim(self, why: str, item_ids: frozenset[str]) -> None:
        """Let the rows of some items, and no others for this reason, stand back."""
        if self._dimmed.get(why, frozenset()) != item_ids:
            self._dimmed[why] = item_ids
            self.viewport().update()

    def is_dim(self, item_id: str) -> bool:
        """Tell whether a row stands back for any reason."""
        return any(item_id in ids for ids in self._dimmed.values())

    def open_above(self, index: QModelIndex) -> None:
        """Unfold all that holds an item."""
        holder = index.parent()
        while holder.isValid():
            self.expand(holder)
            holder = holder.parent()

    @Slot()
    def _on_reset(self) -> None:
        self._unfold(QModelIndex())

    @Slot(QModelIndex, int, int)
    def _on_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        if parent.isValid() and self._outline.node(parent).id not in self._folded:
            self.expand(parent)
        for row in range(first, last + 1):
            index = self._outline.index(row, TITLE, parent)
            if self._outline.rowCount(index):
                if self._outline.node(index).id not in self._folded:
                    self.expand(index)
                self._unfold(index)

    def _unfold(self, parent: QModelIndex) -> None:
        for row in range(self._outline.rowCount(parent)):
            index = self._outline.index(row, TITLE, parent)
            if not self._outline.rowCount(index):
                continue  # most rows hold nothing; they unfold when something comes below them
            if self._outline.node(index).id not in self._folded:
                self.expand(index)
            self._unfold(index)

    @Slot(QModelIndex)
    def _on_collapsed(self, index: QModelIndex) -> None:
        if not self._is_kept_open:
            self._folded.add(self._outline.node(index).id)

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        if not self._is_kept_open:
            self._folded.discard(self._outline.node(index).id)

    def _build(self) -> None:
        self.setAccessibleName(_("Outline of the plan"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked
            | triggers.SelectedClicked
            | triggers.EditKeyPressed
            | triggers.AnyKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(True)
        self.setIndentation(22)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)

    def _go_sideways(self, by: int) -> None:
        """Unfold or fold in the first column, else go to the next cell of the row."""
        index = self.currentIndex()
        title = index.siblingAtColumn(TITLE)
        if index.column() == TITLE:
            opens = by > 0 and not self.isExpanded(title) and self._outline.rowCount(title) > 0
            closes = by < 0 and self.isExpanded(title) and self._outline.rowCount(title) > 0
            if opens or closes:
                self.setExpanded(title, opens)
                return
            if by < 0:
                if title.parent().isValid():
                    self.setCurrentIndex(title.parent())
                return
        target = index.siblingAtColumn(index.column() + by)
        while target.isValid() and self.isColumnHidden(target.column()):
            target = target.siblingAtColumn(target.column() + by)
        if target.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(target, flags.ClearAndSelect | flags.Rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.share_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go_sideways(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(0, options.rect.top(), self.viewport().width(), options.rect.height())
        node = self._outline.node(index)
        selected = self.selectionModel().isSelected(plain_index(index))
        if selected or node.kind is ItemKind.GOAL:
            painter.fillRect(rect, self._look.colour("selection" if selected else "header"))
        super().drawRow(painter, options, index)
        painter.setPen(QPen(self._look.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        node = self._outline.node(index)
        if not node.children:
            return
        x, y = rect.right() - 8, rect.center().y() + 1
        if self.isExpanded(plain_index(index)):
            sign = [QPoint(x - 4, y - 2), QPoint(x, y + 2), QPoint(x + 4, y - 2)]
        else:
            sign = [QPoint(x - 2, y - 4), QPoint(x + 2, y), QPoint(x - 2, y + 4)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("muted"), 1.6))
        painter.drawPolyline(QPolygon(sign))
        painter.restore()
