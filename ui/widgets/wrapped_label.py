"""A paragraph: words that wrap, in a label that is always as high as they need."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

_LONG_WORD = re.compile(r"[!-~]{25,}")
_PIECE = re.compile(r".{12}")


class WrappedLabel(QLabel):
    """Plain text that wraps.

    Qt's layouts ask for the height that goes with a width only where every layout above passes
    the question on, and many do not; so the label keeps its own height right.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, kind: str = "muted") -> None:
        super().__init__(breakable(text), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        super().setText(breakable(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep_high_enough(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            keep_high_enough(self)


def breakable(text: str) -> str:
    """Let a word that no line has room for, such as a long file name, be broken in its middle."""
    return _LONG_WORD.sub(lambda found: _PIECE.sub("\\g<0>\u200b", found[0]), text)


def keep_high_enough(label: QLabel) -> None:
    """Give a label that wraps the height that goes with its width."""
    # Qt counts the least height in where it is asked, so a label made wider would stay high.
    label.setMinimumHeight(0)
    label.setMinimumHeight(max(0, label.heightForWidth(label.width())))
