"""What stands where there is nothing yet: what the place is for, and the first step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.wrapped_label import WrappedLabel

WIDTH = 460
"""Pixels of the words where there is room for them."""

LEAST = 300
"""Pixels below which they do not shrink."""


class EmptyState(QWidget):
    """Says what a page is for and offers the first steps as buttons, the main one first.

    Whoever puts the keyboard here has it on the main step.
    """

    def __init__(
        self,
        look: Look,
        picture: str,
        title: str,
        words: str,
        steps: Sequence[tuple[str, QAction]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        icon = IconLabel(look, picture, "accent", 40, self)
        heading = QLabel(title, self)
        heading.setProperty("kind", "heading")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = WrappedLabel(words, self)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setFixedWidth(WIDTH)
        self._text = text
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(2)
        layout.addWidget(icon)
        layout.addWidget(heading)
        layout.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(6)
        layout.addLayout(self._buttons(steps))
        layout.addStretch(3)

    def _buttons(self, steps: Sequence[tuple[str, QAction]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for number, (label, action) in enumerate(steps):
            button = QPushButton(label, self)
            if number == 0:
                button.setProperty("kind", "primary")
                self.setFocusProxy(button)
            button.clicked.connect(action.trigger)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(LEAST, least.width()), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._text.setFixedWidth(max(LEAST - 40, min(WIDTH, self.width() - 40)))
