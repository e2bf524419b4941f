"""Cards in one, two or three columns, as the width allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

WIDE, MIDDLE = 1100, 720
"""Pixels from which there are three columns, and two."""


class Columns(QWidget):
    """Puts groups of cards side by side; where that is too narrow, groups stand below others."""

    def __init__(
        self,
        groups: Sequence[Sequence[str]],
        cards: Mapping[str, QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._groups = groups
        self._cards = cards
        self._count = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._columns = [QVBoxLayout() for _group in groups]
        for column in self._columns:
            column.setSpacing(14)
            self._row.addLayout(column, 1)
        self._arrange(len(groups))

    @property
    def count(self) -> int:
        """How many columns there are now."""
        return self._count

    def _arrange(self, count: int) -> None:
        """Deal the groups out to `count` columns, the last ones below the first."""
        if count == self._count:
            return
        self._count = count
        for column in self._columns:
            while column.count():
                column.takeAt(0)
        for number, group in enumerate(self._groups):
            for name in group:
                self._columns[min(number, count - 1)].addWidget(self._cards[name])
        for number, column in enumerate(self._columns):
            column.addStretch(1)
            self._row.setStretch(number, 1 if number < count else 0)
        self._row.setSpacing(14 if count > 1 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self._arrange(3 if width >= WIDE else 2 if width >= MIDDLE else 1)
