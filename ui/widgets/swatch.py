"""A colour to choose: a square of it that says by a ring and a tick that it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from csdesk.report.palette import contrast
from ui.theme import Look

SIDE = 30
"""Pixels across, with the ring."""

_TICK = ((0.34, 0.52), (0.46, 0.64), (0.68, 0.38))
"""Where the lines of the tick meet, as shares of the side."""


class Swatch(QAbstractButton):
    """Shows one #RRGGBB colour; its name is read out and stands in its hint."""

    def __init__(self, look: Look, code: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._code = code
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(SIDE, SIDE)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} {code}")
        look.changed.connect(self.update)

    @property
    def code(self) -> str:
        """The colour as #RRGGBB."""
        return self._code

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus() or self.isChecked():
            role = "accent" if self.hasFocus() else "text"
            painter.setPen(QPen(self._look.colour(role), 2))
            painter.drawRoundedRect(whole, 8, 8)
        painter.setPen(QPen(self._look.colour("control"), 1))
        painter.setBrush(QColor(self._code))
        painter.drawRoundedRect(whole.adjusted(3, 3, -3, -3), 5, 5)
        if self.isChecked():
            dark = contrast(self._code, "#FFFFFF") < contrast(self._code, "#000000")
            ink = Qt.GlobalColor.black if dark else Qt.GlobalColor.white
            pen = QPen(QColor(ink), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            points = [QPointF(x * self.width(), y * self.height()) for x, y in _TICK]
            painter.drawPolyline(QPolygonF(points))
        painter.end()
