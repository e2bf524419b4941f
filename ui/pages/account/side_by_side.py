"""Two columns of cards, one above the other where there is little width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QWidget

GAP = 14
"""Pixels between the columns."""


class SideBySide(QWidget):
    """Shares its width between two columns, or gives each all of it."""

    def __init__(self, left: QLayout, right: QLayout, parent: QWidget | None = None) -> None:
        """Lay out two columns; what is put into them later is best made as a child of this."""
        super().__init__(parent)
        self.setProperty("kind", "page")
        self._sides = (left, right)
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 2, 0)
        self._columns.setSpacing(GAP)
        self._columns.addLayout(left, 3)
        self._columns.addLayout(right, 2)

    def minimumSizeHint(self) -> QSize:
        least = max(side.minimumSize().width() for side in self._sides)
        return QSize(least + 2, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        """Stand side by side where both have the room they need now."""
        way = QBoxLayout.Direction
        needed = sum(side.minimumSize().width() for side in self._sides) + GAP + 2
        is_wide = self.width() >= needed
        wanted = way.LeftToRight if is_wide else way.TopToBottom
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()  # words became longer or shorter
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
