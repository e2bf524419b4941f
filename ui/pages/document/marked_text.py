"""A piece of text with some of its letters marked: on a ground of their own, bold, underlined."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from csdesk.i18n import _
from ui.theme import Look
from ui.widgets.wrapped_label import keep_high_enough


class MarkedText(QLabel):
    """Shows an excerpt that wraps, with the letters from `start` to `end` marked."""

    def __init__(
        self, look: Look, text: str, start: int, end: int, parent: QWidget | None = None
    ) -> None:
        """Without letters between `start` and `end`, or with all of them, nothing is marked."""
        super().__init__(parent)
        self._look = look
        self._parts = (text, "", "")
        if 0 <= start < end <= len(text) and end - start < len(text):
            self._parts = (text[:start], text[start:end], text[end:])
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        spoken = _("“{text}” with “{word}”") if self.marked else "{text}"
        self.setAccessibleName(spoken.format(text=text, word=self.marked))
        look.changed.connect(self._paint_parts)
        self._paint_parts()

    @property
    def marked(self) -> str:
        """The letters that are marked; empty where none are."""
        return self._parts[1]

    @Slot()
    def _paint_parts(self) -> None:
        ground = self._look.colour("warning_soft").name()
        ink = self._look.colour("text").name()
        style = f"background-color: {ground}; color: {ink}; font-weight: 600"
        before, marked, after = map(escape, self._parts)
        middle = f'<u style="{style}">{marked}</u>' if marked else ""
        text = f"{before}{middle}{after}"
        self.setText(f'<p style="white-space: pre-wrap; margin: 0">{text}</p>')
        keep_high_enough(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep_high_enough(self)
