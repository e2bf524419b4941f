"""A line for a value that says at its end what the words typed in it come to.

The remark is painted, not a widget, and only where it has room: the words typed come first.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from csdesk.errors import UserError
from ui.theme import Look
from ui.widgets.value_line import ValueLine

MARGIN = 9
"""Pixels between the field's frame and its text."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands at the end of a line, the role of its colour, and what it shrinks to."""

    words: str
    role: str = "accent"
    short: str = ""
    """What stands there where the words have no room; empty for nothing."""


class PreviewLine(ValueLine):
    """Says what is typed comes to; Up and Down go a step on, Escape gives up what is typed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.textEdited.connect(self.update)

    def _words_read(self) -> str:
        """Return the value typed, written out. Raises UserError where it is none."""
        raise NotImplementedError

    def _step(self, sign: int, *, far: bool) -> None:
        """Go a step up (1) or down (-1); `far` is asked for with Shift."""
        raise NotImplementedError

    def _remark(self) -> Remark | None:
        """Return what the words typed come to, where that is not what they say already."""
        if not (self.isModified() and self.hasFocus() and self.text().strip()):
            return None
        try:
            words = self._words_read()
        except UserError:
            return None
        return None if words in ("", self.text()) else Remark(f"→ {words}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if sign:
            far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(sign, far=far)
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_stored()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        remark = self._remark()
        if remark is None:
            return
        metrics = self.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(self.text()) - 4 * MARGIN
        fits = metrics.horizontalAdvance(remark.words) <= room
        words = remark.words if fits else remark.short
        if not words:
            return
        painter = QPainter(self)
        painter.setPen(self._look.colour(remark.role))
        inside = QRect(MARGIN, 0, self.width() - 2 * MARGIN, self.height())
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, int(side), words)
        painter.end()
