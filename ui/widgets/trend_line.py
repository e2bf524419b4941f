"""A small line of how a figure came to be what it is; in words for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look

SIZE = QSize(84, 30)


class TrendLine(QWidget):
    """Draws amounts at equal distances from left to right, the last one with a point."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._amounts: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)
        self.hide()

    @property
    def amounts(self) -> tuple[float, ...]:
        """What is drawn."""
        return self._amounts

    def show_amounts(self, amounts: Sequence[float], words: str) -> None:
        """Draw amounts, told as `words`; with fewer than two there is no line."""
        self._amounts = tuple(amounts)
        self.setAccessibleName(words)
        self.setVisible(len(self._amounts) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        return SIZE

    def paintEvent(self, event: QPaintEvent) -> None:
        low, high = min(self._amounts), max(self._amounts)
        room = self.rect().adjusted(3, 4, -5, -4)
        step = room.width() / (len(self._amounts) - 1)
        points = [
            QPointF(
                room.left() + place * step,
                # One that never changed lies in the middle, not at the bottom.
                room.bottom()
                - room.height() * ((amount - low) / (high - low) if high > low else 0.5),
            )
            for place, amount in enumerate(self._amounts)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._look.colour("accent_fill")
        painter.setPen(QPen(colour, 1.6))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(points[-1], 2.6, 2.6)
        painter.end()
