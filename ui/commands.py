"""The one registry of what the user can do: it feeds menus, shortcuts and toolbars alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.icons import icon
from ui.theme import Look


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    `id` is a stable name such as "file.open"; `text` gives the label in the language of the
    moment; `keys` is a standard key or a sequence like "Ctrl+Shift+N".
    """

    id: str
    text: Callable[[], str]
    run: Callable[[], object]
    keys: QKeySequence.StandardKey | str | None = None
    icon: str = ""
    checkable: bool = False
    is_enabled: Callable[[], bool] | None = None
    """Tells whether it can be done now; None where it always can."""


class Commands(QObject):
    """Keeps one QAction for each command; shortcuts work anywhere in the window it serves."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, command: Command) -> QAction:
        """Register a command and return its action. Raises ValueError for a name taken."""
        if command.id in self._commands:
            raise ValueError(f"two commands are called {command.id!r}")
        action = QAction(self)
        action.setObjectName(command.id)
        action.setCheckable(command.checkable)
        if command.icon:
            action.setIcon(icon(self._look, command.icon))
        if command.keys is not None:
            action.setShortcut(QKeySequence(command.keys))
        action.triggered.connect(command.run)
        self._commands[command.id] = command
        self._actions[command.id] = action
        self._window.addAction(action)
        self._label(action, command)
        return action

    def action(self, command_id: str) -> QAction:
        """Return the action of a command. Raises KeyError for an unknown one."""
        return self._actions[command_id]

    def relabel(self, *command_ids: str) -> None:
        """Ask the commands (all of them without a name) for their texts again."""
        for command_id in command_ids or tuple(self._commands):
            self._label(self._actions[command_id], self._commands[command_id])

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    @staticmethod
    def _label(action: QAction, command: Command) -> None:
        text = command.text()
        action.setText(text)
        plain = text.replace("&", "").rstrip("…")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{plain} ({keys})" if keys else plain)
