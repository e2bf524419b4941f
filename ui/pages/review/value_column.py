"""One of several values of a field, side by side in a card: whose it is, and a way to take it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.pill import Pill
from ui.widgets.wrapped_label import WrappedLabel, keep_high_enough

NOTHING = "–"
"""Stands where there is no value."""

ONE_LINE = 150
"""Pixels of a value beside which there is room for buttons; a longer one has them below."""


class ValueColumn(QFrame):
    """Shows a value under a line that says whose it is and since when."""

    def __init__(
        self, head: str, value: str, *, strong: bool = True, parent: QWidget | None = None
    ) -> None:
        """`head` says whose value it is; without a value there is a dash."""
        super().__init__(parent)
        value = value or NOTHING
        self._head = head
        label = ElidedLabel(self)
        label.setProperty("kind", "small")
        label.show_text(head)
        kind = "strong" if strong else "text"
        short = "\n" not in value and self.fontMetrics().horizontalAdvance(value) <= ONE_LINE
        shown = QLabel(value, self) if short else WrappedLabel(value, self, kind)
        shown.setProperty("kind", kind)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line: QBoxLayout = QHBoxLayout() if short else QVBoxLayout()
        line.setSpacing(8 if short else 5)
        self._shown = shown
        self.show_value(value)
        line.addWidget(shown)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(8)
        self._beside.addStretch(1)
        line.addLayout(self._beside, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 1, 0, 1)
        self._layout.setSpacing(2)
        self._layout.addWidget(label)
        self._layout.addLayout(line)
        self._layout.addStretch(1)

    def show_value(self, value: str) -> None:
        """Show the value in this length."""
        self.setAccessibleName(f"{self._head}: {value}")
        self._shown.setText(value)
        if isinstance(self._shown, WrappedLabel):
            keep_high_enough(self._shown)

    def mark_kept(self) -> None:
        """Say that this is the value that shows."""
        self.setProperty("kind", "kept")
        self._layout.setContentsMargins(10, 1, 0, 1)
        pill = Pill(self)
        pill.show_words(_("kept"), "accent")
        self._put(pill)

    def offer(self, label: str) -> QPushButton:
        """Add a button beside the value, or below a long one."""
        button = KeyButton(label, self)
        button.setProperty("kind", "small")
        self._put(button)
        return button

    def _put(self, widget: QWidget) -> None:
        self._beside.insertWidget(self._beside.count() - 1, widget)
