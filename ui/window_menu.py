"""The menu of the windows: another one, the next one, and all that are open, by what they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMenu, QWidget

from ui.commands import Commands
from ui.menus import underline

COMMANDS = ("window.new", "window.next", "window.close")

Siblings = Callable[[], Sequence[QWidget]]
"""Gives all windows of the program, in the order they were opened."""


class WindowMenu(QObject):
    """Fills a menu of one window whenever it is opened."""

    def __init__(self, window: QWidget, commands: Commands, siblings: Siblings) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._siblings = siblings
        self._menu: QMenu | None = None

    def serve(self, menu: QMenu) -> None:
        """Fill this menu from now on."""
        self._menu = menu
        menu.aboutToShow.connect(self._on_opened)
        self._on_opened()

    @Slot()
    def _on_opened(self) -> None:
        menu = self._menu
        if menu is None:
            return
        menu.clear()
        for name in COMMANDS:
            menu.addAction(self._commands.action(name))
        menu.addSeparator()
        for number, window in enumerate(self._siblings(), start=1):
            digit = f"&{number}  " if number < 10 else ""
            title = window.windowTitle().replace("[*][*]", "[*]").replace("&", "&&")
            action = menu.addAction(digit + title)
            action.setCheckable(True)
            action.setChecked(window is self._window)
            action.triggered.connect(partial(bring_to_front, window))
        underline(menu)


def window_title(parts: Sequence[str]) -> str:
    """Join what is in view, where it belongs and the program to the title of a window."""
    title = " – ".join(" ".join(part.split()) for part in (*parts, "CSDesk") if part)
    return title.replace("[*]", "[*][*]")  # alone it would be Qt's own mark of unsaved edits


def next_of(window: QWidget, siblings: Sequence[QWidget]) -> QWidget:
    """Return the window after one, after the last the first."""
    windows = list(siblings)
    at = windows.index(window) if window in windows else -1
    return windows[(at + 1) % len(windows)] if windows else window


def bring_to_front(window: QWidget, _checked: bool = False) -> None:
    """Let a window be seen and have the keyboard."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
