"""A piece of text with some of its letters marked: on a ground of their own, bold, underlined."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from csdesk.i18n import _
from ui.theme import Look
from ui.widgets.wrapped_label import breakable, keep_high_enough


class MarkedText(QLabel):
    """Shows an excerpt that wraps, with some of its letters marked."""

    def __init__(
        self,
        look: Look,
        text: str,
        spans: Iterable[tuple[int, int]],
        parent: QWidget | None = None,
    ) -> None:
        """`spans` are where marked letters begin and end; all of them marked is none marked."""
        super().__init__(parent)
        self._look = look
        self._pieces = marked_pieces(text, spans)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        spoken = _("“{text}” with “{word}”") if self.marked else "{text}"
        self.setAccessibleName(spoken.format(text=text, word="”, “".join(self.marked)))
        look.changed.connect(self._paint_pieces)
        self._paint_pieces()

    @property
    def marked(self) -> tuple[str, ...]:
        """The pieces that are marked."""
        return tuple(piece for piece, is_marked in self._pieces if is_marked)

    @Slot()
    def _paint_pieces(self) -> None:
        ground = self._look.colour("warning_soft").name()
        ink = self._look.colour("text").name()
        style = f"background-color: {ground}; color: {ink}; font-weight: 600"
        text = "".join(
            f'<u style="{style}">{escape(breakable(piece))}</u>'
            if is_marked
            else escape(breakable(piece))
            for piece, is_marked in self._pieces
        )
        self.setText(f'<p style="white-space: pre-wrap; margin: 0">{text}</p>')
        keep_high_enough(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep_high_enough(self)


def marked_pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut a text into pieces, each with whether it is marked; spans may lie in each other."""
    marks = [False] * len(text)
    for start, end in spans:
        for at in range(max(start, 0), min(end, len(text))):
            marks[at] = True
    if all(marks):
        return [(text, False)]
    pieces, begin = [], 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marks[at] != marks[begin]:
            pieces.append((text[begin:at], marks[begin]))
            begin = at
    return pieces
