"""A table whose rows can stand in groups, each under a head that closes and opens it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.grouped_tables import GroupedRowsModel, GroupHead
from ui.icons import pixmap
from ui.theme import Look
from ui.widgets.cells import PADDING, Ink, InkPot
from ui.widgets.row_table import RowTable, TableLooks

CHEVRON = 16


class GroupedTable(RowTable):
    """Shows a GroupedRowsModel: Left closes a group and Right opens it, Enter and Space do both.

    On a head Ctrl+Space chooses all rows of its group.
    """

    def __init__(
        self,
        look: Look,
        model: GroupedRowsModel[Any],
        looks: TableLooks,
        parent: QWidget | None = None,
    ) -> None:
        self._groups = model
        super().__init__(look, model, looks, parent)
        self._pot = InkPot(look)
        self._heads: set[int] = set()
        shown = (model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved)
        for signal in shown:
            signal.connect(self._size_heads)

    def chosen_ids(self) -> list[str]:
        """Return the ids of the chosen rows, from the top; heads are never chosen."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        heads = set(self._groups.head_places()) if self._groups.is_grouped else set()
        return [self._rows.row(place).id for place in places if place not in heads]

    def choose(self, row_id: str) -> None:
        """Choose a row and scroll to it, where it is let through; its group opens."""
        if self._groups.is_grouped and self._rows.place_of(row_id) < 0:
            self._groups.reveal(row_id)
        super().choose(row_id)

    @Slot()
    def _size_heads(self) -> None:
        """Make heads less high than rows; a row where a head was gets its own height again.

        Qt lets heights move along with their rows, but keeps them by place when all is new.
        """
        heads = set(self._groups.head_places()) if self._groups.is_grouped else set()
        rows = self.verticalHeader()
        for places, height in (
            (self._heads - heads, rows.defaultSectionSize()),
            (heads, self._head_height()),
        ):
            for place in places:
                if place < rows.count() and rows.sectionSize(place) != height:
                    rows.resizeSection(place, height)
        self._heads = heads

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        head = self._groups.head_at(index.row())
        if head is None:
            super()._on_activated(index)
        else:
            self._groups.open_group(index.row(), not head.is_open)

    def _head_height(self) -> int:
        pens = self._pens()
        return pens.metrics(pens.bold).height() + 16

    def _pens(self) -> Ink:
        return self._pot.ink(self.font())

    def _choose_group(self, place: int, head: GroupHead) -> None:
        self._groups.open_group(place, True)
        last = self._groups.columnCount() - 1
        first, below = (
            self._rows.index(place + 1, 0),
            self._rows.index(place + len(head.rows), last),
        )
        command = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(QItemSelection(first, below), command)

    def _draw_head(self, painter: QPainter, ground: QRect, place: int) -> bool:
        head = self._groups.head_at(place)
        if head is None:
            return False
        painter.fillRect(ground, self._look.colour("header"))
        painter.setPen(QPen(self._look.colour("line"), 1))
        painter.drawLine(ground.bottomLeft(), ground.bottomRight())
        self._write_head(painter, head, place, ground.top(), ground.height())
        return True

    def _write_head(
        self, painter: QPainter, head: GroupHead, place: int, top: int, height: int
    ) -> None:
        """Draw chevron, title and sum across all columns."""
        ink, look = self._pens(), self._look
        band = QRect(0, top, self.viewport().width(), height)
        if self.hasFocus() and self.currentIndex().row() == place:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillRect(band.adjusted(0, 0, 0, -1), look.colour("selection"))
            painter.fillRect(QRect(0, top, 3, height - 1), look.colour("accent_fill"))
        name = "chevron-down" if head.is_open else "chevron-right"
        ratio = self.devicePixelRatioF()
        picture = pixmap(look, name, "muted", CHEVRON, ratio)
        painter.drawPixmap(PADDING, band.center().y() - CHEVRON // 2 + 1, picture)
        left = PADDING + CHEVRON + 8
        inside = band.adjusted(left, 0, -PADDING, 0)
        summary = self._groups.summary(head)
        room = inside.width() - ink.width(summary, ink.small) - 14
        title = QRect(inside.left(), top, max(room, inside.width() // 2), height)
        used = ink.text(painter, title, head.title, font=ink.bold)
        ink.text(painter, inside.adjusted(used + 12, 0, 0, 0), summary, "muted", ink.small)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        head = self._groups.head_at(place)
        key, control = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if head is not None and key == Qt.Key.Key_Space and control:
            self._choose_group(place, head)
        elif head is not None and key == Qt.Key.Key_Space:
            self._on_activated(self.currentIndex())
        elif head is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._groups.open_group(place, key == Qt.Key.Key_Right)
        elif self._groups.is_grouped and key == Qt.Key.Key_Left and not event.modifiers():
            above = self._groups.head_above(place)
            self.setCurrentIndex(self._rows.index(above, self.currentIndex().column()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._groups.head_at(index.row()):
            self._on_activated(index)
