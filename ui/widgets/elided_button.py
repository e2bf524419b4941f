"""A button of one line of text that gives way where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

LEAST = 60
"""Pixels below which it does not shrink."""

ENDS = 12
"""Pixels of its border and padding, left and right together, and some for rounding."""


class ElidedButton(QPushButton):
    """Ends in … where its text is too long for its place."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_whole(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_whole(self, text: str) -> None:
        """Show a text, as much of it as there is room for."""
        self._whole = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    @property
    def shown_text(self) -> str:
        """What is seen of the text."""
        side, room = Qt.TextElideMode.ElideRight, self.width() - ENDS
        return self.fontMetrics().elidedText(self._whole, side, room)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown_text.replace("&", "&&")
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()
