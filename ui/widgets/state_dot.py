"""A small dot that stands before a word about a state; the word carries the meaning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Look


class StateDot(QWidget):
    """Draws the dot in the colour of a tone: good, warning, bad or neutral."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = "neutral"
        self.setFixedSize(10, 10)
        look.changed.connect(self.update)

    def set_tone(self, tone: str) -> None:
        """Take the colour of `tone` from now on."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        role = "neutral" if self._tone == "neutral" else f"{self._tone}_fill"
        painter.setBrush(self._look.colour(role))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
