"""The line above the accounts table in which a view gets its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from csdesk.i18n import _


class ViewLine(QFrame):
    """Asks for a view's name and whose it is; Enter keeps it, Escape closes the line."""

    named = Signal(str, bool)
    """The name typed, and whether the view is to be everybody's."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.renames = ""
        """The id of the view that gets another name; empty for a new one."""
        self._can_be_mine = True
        self.setProperty("kind", "card")
        self.hide()

    def start(self, name: str, *, renames: str = "", can_be_mine: bool = True) -> None:
        """Ask for a name, beginning with `name`: another one of the view `renames`, or a new one's.

        Who sees a new view is asked too; one alone can only where it is known who sits here.
        """
        self._open(name, renames, can_be_mine)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def typed_state(self) -> dict[str, Any] | None:
        """Return what is typed and chosen; None where the line is closed."""
        if self.isHidden():
            return None
        return {
            "name": self.field.text(),
            "renames": self.renames,
            "can_be_mine": self._can_be_mine,
            "whose": self.whose.currentIndex(),
        }

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Open with what was typed, leaving the keyboard where it is."""
        self._open(state["name"], state["renames"], state["can_be_mine"])
        self.whose.setCurrentIndex(state["whose"])

    @Slot()
    def enter(self) -> None:
        """Offer the name, unless it is blank."""
        if self.field.text().strip():
            self.named.emit(self.field.text().strip(), bool(self.whose.currentData()))

    @Slot()
    def close_line(self) -> None:
        """Close the line."""
        self.field.clear()
        self.hide()
        self.closed.emit()

    def _open(self, name: str, renames: str, can_be_mine: bool) -> None:
        if self.layout() is None:
            self._build()
        self.renames, self._can_be_mine = renames, can_be_mine
        self.whose.setVisible(not renames and can_be_mine)
        self.whose.setCurrentIndex(0 if can_be_mine else 1)
        self.field.setText(name)
        self._on_text(name)
        self.show()

    def _build(self) -> None:
        label = QLabel(_("Name of the view"), self)
        self.field = QLineEdit(self)
        self.field.setAccessibleName(_("Name of the view"))
        label.setBuddy(self.field)
        self.whose = QComboBox(self)
        self.whose.setAccessibleName(_("Who sees the view"))
        self.whose.addItem(_("for me alone"), False)
        self.whose.addItem(_("for everybody"), True)
        self._keep = QPushButton(_("Save"), self)
        self._keep.setProperty("kind", "primary")
        cancel = QPushButton(_("Cancel"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 9, 12, 9)
        layout.setSpacing(10)
        layout.addWidget(label)
        layout.addWidget(self.field, 1)
        for widget in (self.whose, self._keep, cancel):
            layout.addWidget(widget)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self.enter)
        self._keep.clicked.connect(self.enter)
        cancel.clicked.connect(self.close_line)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._keep.setEnabled(bool(text.strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)
