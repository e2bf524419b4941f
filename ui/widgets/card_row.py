"""Cards of equal width side by side, in as many rows as they need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 14


class CardRow(QWidget):
    """Puts its cards in one row where each has room, else in rows of as many as have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, card: QWidget) -> None:
        """Add a card at the end."""
        card.setParent(self)
        card.installEventFilter(self)
        self._cards.append(card)
        self._place()

    def _place(self) -> None:
        if not self._cards:
            return
        widest = max(card.minimumSizeHint().width() for card in self._cards)
        fitting = max(1, (self.width() + GAP) // (widest + GAP))
        # Before it is shown nobody knows how wide it will be, and a window never shrinks again.
        rows = -(-len(self._cards) // fitting) if self.isVisible() else 1
        columns = -(-len(self._cards) // rows)
        height = max(card.sizeHint().height() for card in self._cards)
        room = self.width() - GAP * (columns - 1)
        for number, card in enumerate(self._cards):
            row, column = divmod(number, columns)
            left = column * GAP + room * column // columns
            width = room * (column + 1) // columns - room * column // columns
            card.setGeometry(QRect(left, row * (height + GAP), width, height))
        wanted = rows * (height + GAP) - GAP
        if self.minimumHeight() != wanted or self.maximumHeight() != wanted:
            self.setFixedHeight(wanted)

    def sizeHint(self) -> QSize:
        widest = max((card.sizeHint().width() for card in self._cards), default=0)
        return QSize((widest + GAP) * len(self._cards), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        widest = max((card.minimumSizeHint().width() for card in self._cards), default=0)
        return QSize(widest, self.minimumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _RESHAPING:
            self._place()
            self.updateGeometry()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()


_RESHAPING = frozenset(
    {QEvent.Type.Polish, QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LayoutRequest}
)
