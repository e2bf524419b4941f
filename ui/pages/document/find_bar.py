"""The line to search in a document: words, how many places have them, and from one to the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from csdesk.i18n import _
from ui.icons import icon
from ui.theme import Look

TYPING = 120
"""Milliseconds without a key after which the search begins."""


class FindBar(QWidget):
    """Asks for words; hidden until somebody wants to search."""

    words_entered = Signal(str)
    """Search for these; empty: mark nothing."""
    step_asked = Signal(int)
    """To the next place (1) or the one before (-1)."""
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=TYPING)
        self._build(look)
        self._connect()
        self.hide()

    @property
    def field(self) -> QLineEdit:
        """Where the words are typed."""
        return self._field

    @property
    def words(self) -> str:
        """The words to search for; empty while the bar is hidden."""
        return self._field.text().strip() if not self.isHidden() else ""

    @property
    def told(self) -> str:
        """What is said of the places found."""
        return self._told.text()

    @Slot()
    def start(self) -> None:
        """Show the bar, its words chosen so that others replace them."""
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._tell()

    @Slot()
    def close_bar(self) -> None:
        """Search no more."""
        self.hide()
        self.closed.emit()

    def show_count(self, now: int, count: int) -> None:
        """Say which place of how many one looks at, counted from 1."""
        text = ""
        if self.words:
            text = _("Not found")
            if count:
                text = _("{n} of {count}").format(n=now, count=count)
        self._told.setText(text)
        for button in (self._before, self._after):
            button.setEnabled(count > 0)

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        self.words_entered.emit(self.words)

    def _build(self, look: Look) -> None:
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(_("Search in the document"))
        self._field.setAccessibleName(_("Search in the document"))
        self._field.setClearButtonEnabled(True)
        self._told = QLabel(self)
        self._told.setProperty("kind", "small")
        self._told.setMinimumWidth(70)
        self._before = self._button(look, "chevron-up", _("Place before"), "Shift+Enter")
        self._after = self._button(look, "chevron-down", _("Next place"), "Enter")
        self._close = self._button(look, "x", _("Close the search"), "Esc")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 6, 4)
        layout.setSpacing(4)
        layout.addWidget(self._field, 1)
        layout.addWidget(self._told)
        layout.addWidget(self._before)
        layout.addWidget(self._after)
        layout.addWidget(self._close)

    def _button(self, look: Look, picture: str, name: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(look, picture))
        button.setToolTip(f"{name} ({keys})")
        button.setAccessibleName(name)
        return button

    def _connect(self) -> None:
        self._pause.timeout.connect(self._tell)
        self._field.textChanged.connect(self._pause.start)
        self._before.clicked.connect(lambda: self.step_asked.emit(-1))
        self._after.clicked.connect(lambda: self.step_asked.emit(1))
        self._close.clicked.connect(self.close_bar)

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._tell()
            else:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.step_asked.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)
