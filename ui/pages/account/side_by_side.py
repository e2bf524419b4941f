"""Two columns of cards, one above the other where there is little width."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QWidget

LEAST = 640
"""Pixels of width from which the columns stand side by side."""


class SideBySide(QWidget):
    """Shares its width between two columns, or gives each all of it."""

    def __init__(self, left: QLayout, right: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 2, 0)
        self._columns.setSpacing(14)
        self._columns.addLayout(left, 3)
        self._columns.addLayout(right, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        is_wide = self.width() >= LEAST
        self._columns.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
