"""The table in which a page shows its rows."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAction, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from ui.tables import RowsModel
from ui.theme import Look
from ui.widgets.cells import CellDelegate, Paint
from ui.widgets.choosing_table import ChoosingTable
from ui.widgets.column_room import shared_room
from ui.widgets.row_painting import RowPainting

DEFAULT_WIDTH = 110


@dataclass(frozen=True, slots=True)
class TableLooks:
    """How cells are drawn and how the columns share the room, by column key.

    Columns without a paint are plain text; `widths` are pixels. The columns `elastic` share the
    room that is left. Where there is too little, columns give way down to their width in `least`;
    one the user has sized keeps the user's width. Those in `first_to_go` leave altogether, one
    after the other, where even that is too wide, unless the user has chosen the columns.
    """

    paints: Mapping[str, Paint]
    widths: Mapping[str, int]
    elastic: Sequence[str]
    least: Mapping[str, int] = field(default_factory=dict)
    first_to_go: Sequence[str] = ()


class RowTable(ChoosingTable):
    """A table whose columns can be sorted, moved, sized and hidden, and share the room."""

    columns_changed = Signal()
    """A column was shown or hidden in the menu of the head."""

    def __init__(
        self,
        look: Look,
        model: RowsModel[Any],
        looks: TableLooks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parent)
        self._look = look
        self._looks = looks
        self._given: dict[int, int] = {}
        self._gone: set[int] = set()
        self._are_chosen = False
        self._delegates: list[CellDelegate] = []
        self.hovered_row = -1
        self._build()
        self._painting = RowPainting(look, self, model, self._delegates, self._draw_head)
        look.changed.connect(self.viewport().update)

    def layout_state(self) -> str:
        """Return order, widths and sorting of the columns, to be kept between two sessions."""
        return base64.b64encode(self.horizontalHeader().saveState().data()).decode("ascii")

    def restore_layout(self, state: str) -> bool:
        """Take up a layout kept before; False where it does not fit any more."""
        try:
            data = base64.b64decode(state, validate=True)
        except (ValueError, binascii.Error):
            return False
        return bool(data) and self.horizontalHeader().restoreState(QByteArray(data))

    @Slot(QPoint)
    def _on_head_menu(self, spot: QPoint) -> None:
        menu = self.column_menu()
        menu.popup(self.horizontalHeader().mapToGlobal(spot))

    def column_menu(self) -> QMenu:
        """Return a menu in which columns are shown and hidden; the first always stays."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._rows.columns[1:], start=1):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(self.is_column_shown(number))
            action.setData(number)
        menu.triggered.connect(self._on_column)
        return menu

    def is_column_shown(self, number: int) -> bool:
        """Tell whether a column is among those shown, also where it makes place for now."""
        return number in self._gone or not self.isColumnHidden(number)

    def show_column(self, number: int, shown: bool) -> None:
        """Show or hide a column, as the user chose; the others share the room."""
        self._gone.discard(number)
        self._are_chosen = True
        self.setColumnHidden(number, not shown)
        self._spread()

    def show_columns(self, numbers: Collection[int], *, are_chosen: bool) -> None:
        """Show these columns and no others; `are_chosen` tells that none may make place."""
        self._gone.clear()
        self._are_chosen = are_chosen
        for number in range(len(self._rows.columns)):
            self.setColumnHidden(number, number not in numbers)

    def sized_columns(self) -> dict[int, int]:
        """Return the columns the user has sized, with their width in pixels."""
        shown = [one for one in range(len(self._rows.columns)) if not self.isColumnHidden(one)]
        return {one: self.columnWidth(one) for one in shown if not self._is_ours(one)}

    def size_columns(self, widths: Mapping[int, int]) -> None:
        """Give columns the width a user gave them, and all others their own again."""
        for number in range(len(self._rows.columns)):
            self._give(number, self._width(number))
        for number, width in widths.items():
            self.setColumnWidth(number, width)
        self._spread()

    @Slot(QAction)
    def _on_column(self, action: QAction) -> None:
        self.show_column(action.data(), action.isChecked())
        self.columns_changed.emit()

    def _build(self) -> None:
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_head_menu)
        for number, column in enumerate(self._rows.columns):
            paint, width = self._looks.paints.get(column.key), self._width(number)
            delegate = CellDelegate(self._look, paint, width, self, rows=self._rows)
            self._delegates.append(delegate)
            self.setItemDelegateForColumn(number, delegate)
            self._give(number, width)
        self.verticalHeader().setDefaultSectionSize(self._delegates[0].ink(self.font()).two_lines)
        self.setSortingEnabled(True)

    def _draw_head(self, painter: QPainter, ground: QRect, place: int) -> bool:
        """Draw what stands at a place if it is no row, and tell so; there are only rows here."""
        return False

    def _spread(self) -> None:
        """Share the room that is left among the elastic columns, or what is lacking among all."""
        self._make_place()
        keys = {number: column.key for number, column in enumerate(self._rows.columns)}
        shown = [number for number in keys if not self.isColumnHidden(number)]
        elastic = [number for number in shown if keys[number] in self._looks.elastic]
        ours = [number for number in shown if number in elastic or self._is_ours(number)]
        others = sum(self.columnWidth(number) for number in shown if number not in ours)
        wanted = {number: self._width(number) for number in ours}
        known = self._looks.least
        least = {number: known[keys[number]] for number in ours if keys[number] in known}
        widths = shared_room(self.viewport().width() - others, wanted, least, elastic)
        for number, width in widths.items():
            self._give(number, width)

    def _make_place(self) -> None:
        """Take the columns out that are first to go, as many as have to."""
        numbers = {column.key: number for number, column in enumerate(self._rows.columns)}
        sorted_by = self.horizontalHeader().sortIndicatorSection()
        needed = sum(self._least(one) for one in numbers.values() if self.is_column_shown(one))
        for number in (numbers[key] for key in self._looks.first_to_go):
            if not self.is_column_shown(number):
                continue
            is_free = not self._are_chosen and number != sorted_by
            goes = is_free and needed > self.viewport().width()
            if goes:
                needed -= self._least(number)
            if goes != (number in self._gone):
                (self._gone.add if goes else self._gone.discard)(number)
                self.setColumnHidden(number, goes)

    def _least(self, number: int) -> int:
        """Return the pixels below which a column does not go, those of its user where she chose."""
        if number not in self._gone and not self._is_ours(number):
            return self.columnWidth(number)
        return self._looks.least.get(self._rows.columns[number].key, self._width(number))

    def _give(self, number: int, width: int) -> None:
        self.setColumnWidth(number, width)
        self._given[number] = self.columnWidth(number)

    def _is_ours(self, number: int) -> bool:
        """Tell whether a column still has the width it was given here, not one by the user."""
        return self._given.get(number) == self.columnWidth(number)

    def _width(self, number: int) -> int:
        return self._looks.widths.get(self._rows.columns[number].key, DEFAULT_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painting.paint(painter, event.rect(), self.hovered_row)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row == self.hovered_row:
            return
        for place in (self.hovered_row, row):
            if place >= 0:
                top, height = self.rowViewportPosition(place), self.rowHeight(place)
                self.viewport().update(0, top, self.viewport().width(), height)
        self.hovered_row = row
