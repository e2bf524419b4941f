"""Shows a widget as somebody sees it who works in it: in front, with the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def bring_to_front(qtbot: QtBot, widget: QWidget) -> None:
    """Show a widget and wait until its window has the keyboard."""
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
