"""Cards of equal width side by side, in as many rows as they need."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize

from ui.widgets.own_height import OwnHeight

GAP = 14


class CardRow(OwnHeight):
    """Puts its cards in one row where each has room, else in rows of as many as have."""

    def _place(self) -> None:
        if not self._members:
            return
        widest = max(card.minimumSizeHint().width() for card in self._members)
        fitting = max(1, (self.width() + GAP) // (widest + GAP))
        rows = -(-len(self._members) // fitting) if self.isVisible() else 1
        columns = -(-len(self._members) // rows)
        height = max(card.sizeHint().height() for card in self._members)
        room = self.width() - GAP * (columns - 1)
        for number, card in enumerate(self._members):
            row, column = divmod(number, columns)
            left = column * GAP + room * column // columns
            width = room * (column + 1) // columns - room * column // columns
            card.setGeometry(QRect(left, row * (height + GAP), width, height))
        self._keep_height(rows * (height + GAP) - GAP)

    def sizeHint(self) -> QSize:
        self._place_first()
        widest = max((card.sizeHint().width() for card in self._members), default=0)
        return QSize((widest + GAP) * len(self._members), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        self._place_first()
        widest = max((card.minimumSizeHint().width() for card in self._members), default=0)
        return QSize(widest, self.minimumHeight())
