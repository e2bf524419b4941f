"""A text made of parts by several people, each part on the ground that stands for its author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from csdesk.i18n import _
from ui.theme import Look
from ui.widgets.wrapped_label import keep_high_enough

Tint = Literal["", "good", "accent"]


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text: `tint` is "" where all have it, else it stands for `author`.

    A part that `is_removed` stood there before and is struck out.
    """

    text: str
    tint: Tint = ""
    author: str = ""
    is_removed: bool = False


class TintedText(QLabel):
    """Shows runs of text that wrap; it is always as high as they need.

    The second tint is underlined too, so that nobody has to tell the two by their colour.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._runs: tuple[Run, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        look.changed.connect(self._paint_runs)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs shown."""
        return self._runs

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show these parts one after the other."""
        self._runs = tuple(runs)
        self.setAccessibleName("".join(_spoken(run) for run in runs))
        self._paint_runs()

    @Slot()
    def _paint_runs(self) -> None:
        parts = []
        for run in self._runs:
            words = escape(run.text)
            if run.tint:
                ground = self._look.colour(f"{run.tint}_soft").name()
                lines = ["underline"] if run.tint == "accent" else []
                lines += ["line-through"] if run.is_removed else []
                style = f"background-color: {ground}; text-decoration: {' '.join(lines) or 'none'}"
                words = f'<span style="{style}">{words}</span>'
            parts.append(words)
        self.setText(f'<p style="white-space: pre-wrap; margin: 0">{"".join(parts)}</p>')
        keep_high_enough(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep_high_enough(self)


def _spoken(run: Run) -> str:
    if not run.author:
        return run.text
    if run.is_removed:
        return _("[{author} removed: {text}]").format(author=run.author, text=run.text)
    return _("[{author}: {text}]").format(author=run.author, text=run.text)
