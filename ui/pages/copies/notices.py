"""Whole sentences about the exchange that somebody should read, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.prompts import ICONS, Tone
from ui.theme import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.wrapped_label import WrappedLabel


class Notices(QWidget):
    """Shows each sentence with an icon on a ground of its tone; without any it is gone."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._said: tuple[str, ...] = ()
        self._parts: list[QFrame] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    @property
    def said(self) -> tuple[str, ...]:
        """The sentences shown."""
        return self._said

    def show_notices(self, notices: Sequence[str], tone: Tone = "warning") -> None:
        """Show these sentences and no others."""
        if self._said == tuple(notices):
            return
        self._said = tuple(notices)
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [self._part(words, tone) for words in notices]
        for part in self._parts:
            self._column.addWidget(part)
        self.setVisible(bool(self._parts))

    def _part(self, words: str, tone: Tone) -> QFrame:
        part = QFrame(self)
        part.setProperty("kind", "message")
        part.setProperty("tone", tone)
        part.setAccessibleName(words)
        text = WrappedLabel(words, part, "text")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout(part)
        line.setContentsMargins(12, 7, 12, 7)
        line.setSpacing(10)
        line.addWidget(IconLabel(self._look, ICONS[tone], tone, 18, part))
        line.addWidget(text, 1)
        return part
