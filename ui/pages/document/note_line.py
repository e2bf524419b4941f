"""Keeping a version by hand: a button that opens a line for a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from ui.pages.document.side_panel import FOCUS
from ui.widgets.flow import Flow


class NoteLine(QWidget):
    """Asks for a note when its button is pressed; Enter keeps the version, Escape closes."""

    kept = Signal(str)
    """The note, which may be empty."""
    agreed = Signal()
    """The customer agreed to the plan as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A list that is built anew leaves the line where somebody is typing in it.
        self.setProperty("stays", True)
        self._build()
        self._open.clicked.connect(self.start)
        self._agree.clicked.connect(self.agreed)
        self._keep.clicked.connect(self._on_keep)
        self._field.returnPressed.connect(self._on_keep)
        self._cancel.clicked.connect(self.close_line)
        self.close_line()

    @property
    def open_button(self) -> QPushButton:
        """The button that opens the line."""
        return self._open

    @property
    def field(self) -> QLineEdit:
        """Where the note is typed."""
        return self._field

    @property
    def agree_button(self) -> QPushButton:
        """The button for an agreement to the plan as it is."""
        return self._agree

    def allow(self, allowed: bool) -> None:
        """Offer to keep versions, or not where the workspace can only be read."""
        self._open.setEnabled(allowed)
        self._agree.setEnabled(allowed)

    @property
    def typed(self) -> str | None:
        """What is typed; None where the line is closed."""
        return None if self._form.isHidden() else self._field.text()

    def open_with(self, text: str) -> None:
        """Ask for the note, beginning with `text` and leaving the keyboard where it is."""
        self._open.hide()
        self._form.show()
        self._field.setText(text)

    @Slot()
    def start(self) -> None:
        """Ask for the note."""
        self.open_with("")
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def close_line(self) -> None:
        """Close the line, forgetting what is typed."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self._form.isAncestorOf(focus)
        self._field.clear()
        self._form.hide()
        self._open.show()
        if had_focus and self.isVisible():
            self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_keep(self) -> None:
        self.kept.emit(self._field.text().strip())

    def _build(self) -> None:
        self._open = QPushButton(_("Keep a version…"), self)
        self._open.setProperty("kind", "small")
        self._open.setProperty(FOCUS, "keep:")
        self._open.setToolTip(_("Keeps the plan as it is, to compare with it later."))
        self._agree = QPushButton(_("They agreed…"), self)
        self._agree.setProperty("kind", "small")
        self._agree.setProperty(FOCUS, "agree:")
        said = _("Records that the customer agreed to the plan as it is now.")
        self._agree.setToolTip(said)
        self._agree.setAccessibleDescription(said)
        first = Flow(self)
        first.add(self._open)
        first.add(self._agree)
        self._form = QFrame(self)
        self._form.setProperty("kind", "inset")
        self._field = QLineEdit(self._form)
        self._field.setPlaceholderText(_("What is special about it (optional)"))
        self._field.setAccessibleName(_("Note beside the version"))
        self._keep = QPushButton(_("Keep it"), self._form)
        self._keep.setProperty("kind", "primary")
        self._cancel = QPushButton(_("Cancel"), self._form)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        inside = QVBoxLayout(self._form)
        inside.setContentsMargins(11, 9, 10, 10)
        inside.setSpacing(8)
        inside.addWidget(self._field)
        inside.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(first)
        layout.addWidget(self._form)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self.close_line()
        else:
            super().keyPressEvent(event)
