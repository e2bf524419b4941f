"""Draws whole rows of a table straight from its model, without asking Qt cell by cell.

Qt's own way makes an option and an index for each cell, asks the model for its flags, and hands
all of it through Python: that takes longer than drawing what is in the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from ui.tables import RowsModel
from ui.theme import Look
from ui.widgets.cells import CellDelegate

DrawHead = Callable[[QPainter, QRect, int], bool]
"""Draws the ground of the row at a place if it is none like the others; tells whether it did."""


@dataclass(frozen=True, slots=True)
class _Band:
    """A column in view: its number, its left edge and its width in pixels."""

    number: int
    left: int
    width: int


class RowPainting:
    """Draws the rows of one table: their ground first, then each cell as its delegate says."""

    def __init__(
        self,
        look: Look,
        table: QTableView,
        rows: RowsModel[Any],
        delegates: Sequence[CellDelegate],
        draw_head: DrawHead | None = None,
    ) -> None:
        self._look = look
        self._table = table
        self._rows = rows
        self._delegates = delegates
        self._draw_head = draw_head

    def paint(self, painter: QPainter, area: QRect, hovered: int) -> None:
        """Draw what lies in `area`, in pixels of the viewport; `hovered` is a place, -1 for none.

        Cells that reach into the area are drawn whole; `painter` cuts them off.
        """
        table = self._table
        bands, count = self._bands(area), self._rows.rowCount()
        place = table.rowAt(area.top())
        if not bands or place < 0:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, last = bands[0].left, bands[-1]
        whole = last.left + last.width - left
        focused = table.currentIndex().row() if table.hasFocus() else -1
        top = table.rowViewportPosition(place)
        while place < count and top <= area.bottom():
            height = table.rowHeight(place)
            if height:
                ground = QRect(left, top, whole, height)
                if self._draw_head is None or not self._draw_head(painter, ground, place):
                    self._draw_ground(painter, ground, place, place == hovered)
                    if place == focused:
                        self._draw_mark(painter, top, height)
                    self._draw_cells(painter, bands, place, top, height)
            top += height
            place += 1

    def _bands(self, area: QRect) -> list[_Band]:
        """Return the columns that reach into an area, from the left."""
        header, bands = self._table.horizontalHeader(), []
        for at in range(header.count()):
            number = header.logicalIndex(at)
            width = header.sectionSize(number)  # 0 where it is hidden
            left = header.sectionViewportPosition(number)
            if width and left <= area.right() and left + width > area.left():
                bands.append(_Band(number, left, width))
        return bands

    def _draw_ground(self, painter: QPainter, ground: QRect, place: int, hovered: bool) -> None:
        look, chosen = self._look, self._table.selectionModel()
        if chosen.hasSelection() and chosen.isSelected(self._rows.index(place, 0)):
            painter.fillRect(ground, look.colour("selection"))
        elif hovered:
            painter.fillRect(ground, look.colour("hover"))
        painter.fillRect(ground.left(), ground.bottom(), ground.width(), 1, look.colour("line"))

    def _draw_mark(self, painter: QPainter, top: int, height: int) -> None:
        """Show the keyboard's place by a mark at the row's left edge."""
        header = self._table.horizontalHeader()
        first = header.logicalIndex(0)
        if header.sectionSize(first):
            left = header.sectionViewportPosition(first)
            painter.fillRect(left, top, 3, height - 1, self._look.colour("accent_fill"))

    def _draw_cells(
        self, painter: QPainter, bands: Sequence[_Band], place: int, top: int, height: int
    ) -> None:
        row, columns, font = self._rows.row(place), self._rows.columns, self._table.font()
        for band in bands:
            cell = QRect(band.left, top, band.width, height)
            self._delegates[band.number].draw(painter, font, cell, row, columns[band.number])
