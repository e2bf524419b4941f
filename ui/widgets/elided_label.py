"""A line of text that gives way where there is little room, and shows itself whole as a hint.

It may know shorter ways to say the same: rather those than an end that is cut off.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

LEAST = 80
"""Pixels below which it does not shrink."""


class ElidedLabel(QLabel):
    """Ends in … where its text is too long for its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = self._told = ""
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """The text, whatever part of it is seen."""
        return self._whole

    def show_text(self, text: str, *shorter: str, told: str = "") -> None:
        """Show a text, or the first of the `shorter` ones that has room; the last is cut off.

        `told` is what the tooltip says and a screen reader reads, where that is more exact.
        """
        self._whole, self._shorter, self._told = text, shorter, told or text
        self.setAccessibleName(self._told)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        ways = (self._whole, *self._shorter)
        fitting = (way for way in ways if metrics.horizontalAdvance(way) <= room)
        wanted = next(fitting, ways[-1])
        shown = metrics.elidedText(wanted, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._told if shown != self._told else "")

    def sizeHint(self) -> QSize:
        # A little more than the text: rounding must not cut its last sign.
        return QSize(
            self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(min(LEAST, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        # The style sheet may have changed the font since the last resize.
        self._fit()
        super().paintEvent(event)
