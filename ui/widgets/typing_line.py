"""A line of text that knows when somebody is in the middle of typing in it.

What comes from elsewhere meanwhile never replaces the text: neither what was typed nor what an
input method still composes. The line remembers what was stored when the typing began, so that
somebody can be told what became of it.
"""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class TypingLine(QLineEdit):
    """One line of text with the stored text it stands for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = ""
        self._base = ""
        self._stored = ""

    @property
    def is_typing(self) -> bool:
        """Whether there is text here that is not stored yet."""
        return self.isModified() or bool(self._composing)

    @property
    def typed(self) -> str:
        """The text as it stands here, with what an input method still composes."""
        text, place = self.text(), self.cursorPosition()
        return text[:place] + self._composing + text[place:]

    @property
    def base(self) -> str:
        """The stored text when the typing began."""
        return self._base if self.is_typing else self._stored

    @property
    def stored(self) -> str:
        """The stored text of now."""
        return self._stored

    def store_shown(self, text: str, *, force: bool = False) -> None:
        """Take up what is stored now; it is shown unless somebody is typing here.

        With `force` it is shown all the same. The cursor stays where it is.
        """
        self._stored = text
        if self.is_typing and not force:
            return
        self._base = text
        if self.text() != text:
            cursor = self.cursorPosition() if self.hasFocus() else 0
            self.setText(text)
            self.setCursorPosition(min(cursor, len(text)))
        self.setModified(False)

    def show_stored(self) -> None:
        """Give up what is typed for what is stored."""
        self.store_shown(self._stored, force=True)

    def acknowledge(self) -> None:
        """Count what is stored now as known to who is typing here."""
        self._base = self._stored

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._composing = event.preeditString()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = ""  # the input method has handed over or dropped what it had
        super().focusOutEvent(event)
