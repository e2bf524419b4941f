"""What the program says to the user: in a bar inside the window, never in a box in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from csdesk.errors import UserError
from csdesk.i18n import _
from ui.icons import icon
from ui.theme import Look
from ui.widgets.icon_label import IconLabel

Tone = Literal["bad", "warning", "good", "accent"]

ICONS: dict[Tone, str] = {
    "bad": "circle-alert",
    "warning": "triangle-alert",
    "good": "circle-check",
    "accent": "info",
}
SECONDS = 8
"""How long good news stays; errors stay until they are closed."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say, with at most one thing to do about it."""

    text: str
    tone: Tone = "accent"
    advice: str = ""
    label: str = ""
    """The text on the button that calls `act`."""
    act: Callable[[], object] | None = None


class Messages(QObject):
    """Where any page says something; the window shows it."""

    said = Signal(object)

    def say(self, message: Message) -> None:
        """Show the message in place of the one before it."""
        self.said.emit(message)

    def error(self, error: UserError) -> None:
        """Show what the user can mend, with the advice."""
        self.said.emit(Message(error.message, "bad", error.advice))


class MessageBar(QFrame):
    """A line above the page with an icon, words, perhaps a button, and a cross."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._message: Message | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._build()
        self._connect()
        self.hide()

    @property
    def message(self) -> Message | None:
        """The message now shown."""
        return self._message

    @Slot(object)
    def show_message(self, message: Message) -> None:
        """Show the message; good news leaves by itself."""
        self._message = message
        self.setProperty("tone", message.tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.set_icon(ICONS[message.tone], message.tone)
        text = " ".join(part for part in (message.text, message.advice) if part)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setText(message.label)
        self._button.setVisible(bool(message.label))
        self.show()
        if message.tone in ("good", "accent"):
            self._timer.start(SECONDS * 1000)
        else:
            self._timer.stop()

    @Slot()
    def close_message(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._message = None
        self.hide()

    @Slot()
    def _on_button(self) -> None:
        act = self._message.act if self._message else None
        self.close_message()
        if act is not None:
            act()

    def _build(self) -> None:
        self.setProperty("kind", "message")
        self._icon = IconLabel(self._look, "info", "accent", 18, self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.setProperty("kind", "link")
        self._close = QToolButton(self)
        self._close.setIcon(icon(self._look, "x"))
        self._close.setToolTip(_("Close"))
        self._close.setAccessibleName(_("Close the message"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.close_message)
        self._button.clicked.connect(self._on_button)
        self._close.clicked.connect(self.close_message)
