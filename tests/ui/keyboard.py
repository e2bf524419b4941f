"""Somebody who has a keyboard and nothing else: keys go to whatever has the focus."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.colleague import settle


class Keyboard:
    """Presses keys and types texts."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    @property
    def focus(self) -> QWidget:
        """What the next key goes to: an open menu, list or popup, else what has the focus."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        active = QApplication.activeModalWidget() or self._window
        return active.focusWidget() or active

    def press(self, *keys: str) -> None:
        """Press keys such as "Ctrl+K", one after the other; each has done its work afterwards."""
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())
            settle()

    def type(self, text: str) -> None:
        """Type a text: letters key by key, what no key has as an input method sends it."""
        for char in text:
            if char.isascii():
                QTest.keyClicks(self.focus, char)
            else:
                event = QInputMethodEvent()
                event.setCommitString(char)
                QApplication.sendEvent(self.focus, event)
        settle()

    def press_until(self, key: str, arrived: object, most: int = 60) -> None:
        """Press a key, such as Tab, until a widget or what it holds has the focus."""
        for _turn in range(most):
            focus = self.focus
            if focus is arrived or (isinstance(arrived, QWidget) and arrived.isAncestorOf(focus)):
                return
            self.press(key)
        raise AssertionError(f"{key} does not lead to {arrived}; it ended at {self.focus}")
