"""A sentence one can follow: it wraps, is as high as it needs, and works like a button."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Look
from ui.widgets.cells import small_font

SIDES, ENDS = 8, 5
"""Pixels around the text: left and right, above and below."""

_WORDS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
_ANYWHERE = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft)
_BOUNDLESS = 100_000


class SentenceButton(QAbstractButton):
    """A bold line about what it is, a sentence below it; pressing it goes there."""

    def __init__(
        self, look: Look, title: str, sentence: str, where: str = "", parent: QWidget | None = None
    ) -> None:
        """`where` says, small and above, what the thing stands below."""
        super().__init__(parent)
        self._look = look
        self._parts = (where, title, sentence)
        self.setAccessibleName(". ".join(part for part in (title, sentence, where) if part))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @property
    def title(self) -> str:
        """The bold line."""
        return self._parts[1]

    @property
    def sentence(self) -> str:
        """The sentence."""
        return self._parts[2]

    def heightForWidth(self, width: int) -> int:
        return sum(line[3].height() for line in self._lines(width)) + 2 * ENDS

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 2 * SIDES + 40 else 300
        return QSize(120, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _lines(self, width: int) -> list[tuple[str, QFont, str, QRect, int]]:
        """Return each part that says something with its font, colour role, place and wrapping."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        fonts = ((small_font(self.font()), "muted"), (bold, "text"), (self.font(), "text"))
        y, lines = ENDS, []
        for text, (font, role) in zip(self._parts, fonts, strict=True):
            if text:
                room = QRect(SIDES, 0, max(width - 2 * SIDES, 40), _BOUNDLESS)
                metrics, wrap = QFontMetrics(font), _WORDS
                place = metrics.boundingRect(room, wrap, text)
                if place.width() > room.width():  # a word longer than a line
                    wrap = _ANYWHERE
                    place = metrics.boundingRect(room, wrap, text)
                lines.append(
                    (text, font, role, QRect(SIDES, y, room.width(), place.height()), wrap)
                )
                y += place.height()
        return lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(self.heightForWidth(event.size().width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("hover"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(self._look.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        for text, font, role, place, wrap in self._lines(self.width()):
            painter.setFont(font)
            painter.setPen(self._look.colour(role if self.isEnabled() else "muted"))
            painter.drawText(place, wrap, text)
        painter.end()
