"""A table edited in place that stands among other things on a page: as high as its rows need."""

from __future__ import annotations

from PySide6.QtCore import QSize

from ui.widgets.edit_table import EditTable

MOST_ROWS = 8
"""Rows from which such a table scrolls."""


class ShortTable(EditTable):
    """As high as its rows need, up to some."""

    def sizeHint(self) -> QSize:
        rows = min(max(self.model().rowCount(), 1), MOST_ROWS)
        row = self.verticalHeader().defaultSectionSize()
        return QSize(super().sizeHint().width(), self.horizontalHeader().height() + rows * row + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())
