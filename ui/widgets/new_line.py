"""A line above a table in which one types the name of something new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from csdesk.i18n import _


class NewLine(QFrame):
    """Asks for a name; Enter adds and asks for the next, Escape closes the line."""

    entered = Signal(str)
    closed = Signal()

    def __init__(self, label: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        name = QLabel(label, self)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(label)
        name.setBuddy(self._field)
        self._add = QPushButton(_("Add"), self)
        self._add.setProperty("kind", "primary")
        self._add.setEnabled(False)
        done = QPushButton(_("Done"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 9, 12, 9)
        layout.setSpacing(10)
        layout.addWidget(name)
        layout.addWidget(self._field, 1)
        layout.addWidget(self._add)
        layout.addWidget(done)
        self._field.textChanged.connect(self._on_text)
        self._field.returnPressed.connect(self.enter)
        self._add.clicked.connect(self.enter)
        done.clicked.connect(self.close_line)
        self.hide()

    @property
    def text(self) -> str:
        """What is typed."""
        return self._field.text()

    def start(self) -> None:
        """Show the line and put the cursor into it."""
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Empty the field for the next name."""
        self._field.clear()

    def typed_state(self) -> dict[str, Any] | None:
        """Return what is typed; None where the line is closed."""
        return None if self.isHidden() else {"text": self.text}

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Open with what was typed, leaving the keyboard where it is."""
        self._field.setText(str(state["text"]))
        self.show()

    @Slot()
    def enter(self) -> None:
        """Offer what is typed, unless it is blank."""
        if self._field.text().strip():
            self.entered.emit(self._field.text().strip())

    @Slot()
    def close_line(self) -> None:
        """Close the line, forgetting what is typed."""
        self._field.clear()
        self.hide()
        self.closed.emit()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._add.setEnabled(bool(text.strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)
