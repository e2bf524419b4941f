"""The buttons at a mouse's side: back and forward, wherever in the window the pointer is.

Tables and fields take any button for themselves, so these are caught before the window hands them
on: a watch at the window sees its events only, not those of every widget.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class SideButtons(QObject):
    """Hears the two buttons of one window."""

    back = Signal()
    forward = Signal()

    def watch(self, window: QWidget) -> None:
        """Begin to hear them; the window must be shown. Twice does no harm."""
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in PRESSES and isinstance(event, QMouseEvent):
            if event.button() == Qt.MouseButton.BackButton:
                self.back.emit()
                return True
            if event.button() == Qt.MouseButton.ForwardButton:
                self.forward.emit()
                return True
        return False
