"""The windows of the program: several may look at one workspace, each with a desk of its own.

They share the workspace and what serves it, so that an edit in one shows in the others like any
other change. Closing the last one closes the workspace.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Slot

from ui.desk import Desk
from ui.files import Files
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.typed_forms import without_typed

OFFSET = QPoint(32, 32)
"""How far another window is moved from the one it was asked for in."""

Make = Callable[[Desk | None], MainWindow]
"""Makes a window at a desk."""


class Windows(QObject):
    """Keeps the windows, from the first to the last."""

    def __init__(self, make: Make, files: Files, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._make = make
        self._files = files
        self._preferences = preferences
        self._others: list[MainWindow] = []
        self.first = make(None)
        self._introduce(self.first)
        files.closed.connect(self._on_closed)

    @property
    def open(self) -> list[MainWindow]:
        """The windows one can see, in the order they were opened."""
        return [window for window in (self.first, *self._others) if window.isVisible()]

    def open_beside(self, beside: MainWindow, entity: str = "", item_id: str = "") -> None:
        """Open another window at the open workspace, where the one before it is or at an item."""
        desk = self._files.desk_beside()
        if desk is None:
            return
        window = self._add(desk)
        window.resize(beside.size())
        window.move(beside.pos() + OFFSET)
        frame, before = window.frame, beside.frame
        if frame is not None and before is not None:
            frame.restore(without_typed(before.state()))
            if entity:
                frame.show_item(entity, item_id)
        window.show()

    def restore(self) -> None:
        """Open the windows again that were open beside the first when the program was ended."""
        others = self._preferences.window().get("others")
        for kept in others if isinstance(others, list) else []:
            desk = self._files.desk_beside()
            if desk is not None and isinstance(kept, dict):
                window = self._add(desk)
                window.take_up(kept)
                window.show()

    @Slot()
    def quit(self) -> None:
        """Close all windows, and remember all."""
        windows = self.open
        others = [window.kept() for window in windows[1:]]
        for window in windows[1:]:
            window.close()
        if windows:
            windows[0].others = others
            windows[0].close()

    def _add(self, desk: Desk) -> MainWindow:
        window = self._make(desk)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._others.append(window)
        self._introduce(window)
        return window

    def _introduce(self, window: MainWindow) -> None:
        window.window_asked.connect(partial(self.open_beside, window))
        window.quit_asked.connect(self.quit)
        window.siblings = self._siblings
        window.closed.connect(partial(self._on_window_closed, window))

    def _siblings(self) -> list[MainWindow]:
        return self.open

    def _on_window_closed(self, window: MainWindow) -> None:
        if window in self._others:
            self._others.remove(window)

    @Slot()
    def _on_closed(self) -> None:
        """Leave one window, in which another workspace can be opened."""
        windows = self.open
        stays = next((one for one in windows if one.isActiveWindow()), None)
        for window in windows:
            if window is not (stays or windows[0]):
                window.close()
