"""The one registry of what the user can do: menus, shortcuts, toolbars and palette alike.

A window's own commands are there for good; those of the page in front come and go with it, so
that two pages may use the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.access_keys import plain_text
from ui.icons import icon
from ui.theme import Look

_ANYWHERE = re.compile(r"(Ctrl|Alt|Meta|(Shift\+)?F\d)")
"""Keys that mean nothing else anywhere in a window begin so."""

MAKE_NEW = ("new", "add", "log")
"""How the ids of commands go on, after the last dot, that make something new."""


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
    is_checked: Callable[[], bool] | None = None
    """Tells whether the tick of a checkable command is set."""
    heard: bool = False
    """The widget with the focus hears the keys by itself, such as Space in a list; they are told
    in menus and nothing more."""
    in_menu: bool = True
    """Stands in a menu too; what would only make it long is left to the palette."""
    submenu: Callable[[], str] | None = None
    """The words of the menu within the page's menu it stands in; None where it stands there."""
    place: str = ""
    """Where it is done, for what the palette offers though it is not in front."""

    @property
    def title(self) -> str:
        """The label as one reads it, without the letter a menu underlines."""
        return plain_text(self.text())

    @property
    def keys_text(self) -> str:
        """The keys as they stand on this computer's keyboard; empty where there are none."""
        if self.keys is None:
            return ""
        return QKeySequence(self.keys).toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def makes_new(self) -> bool:
        """Whether it makes something new, so that the button "New" offers it."""
        return self.id.rpartition(".")[2].split("_")[0] in MAKE_NEW

    @property
    def can_run(self) -> bool:
        """Whether it can be done now."""
        return self.is_enabled is None or self.is_enabled()


Further = Callable[[], Sequence[Command]]
"""Gives what can be done near the page in front."""


class Commands(QObject):
    """Keeps one QAction for each command; shortcuts work anywhere in the window it serves."""

    changed = Signal()
    """Another page is in front, or it can do other things now."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._of_page: tuple[Command, ...] = ()
        self._further: Further = tuple

    def add(self, command: Command) -> QAction:
        """Register a command of the window and return its action.

        Raises ValueError for a name taken.
        """
        action = self._register(command)
        self._window.addAction(action)
        return action

    def show_page(
        self, page: QWidget | None, commands: Sequence[Command], further: Further = tuple
    ) -> None:
        """Offer what the page in front can do, in place of the page before it.

        `further` is asked by the palette alone; what it gives has no keys. Raises ValueError for
        a name taken.
        """
        self._further = further
        for old in self._of_page:
            del self._commands[old.id]
            action = self._actions.pop(old.id)
            action.setEnabled(False)  # its keys are free at once; it may be running just now
            action.deleteLater()
        self._of_page = ()
        for command in commands:
            action = self._register(command)
            if _types(command):
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._of_page += (command,)
            if page is not None:
                page.addAction(action)  # hidden with its page, it hears nothing
        self.changed.emit()

    @property
    def of_page(self) -> tuple[Command, ...]:
        """The commands of the page in front."""
        return self._of_page

    @property
    def further(self) -> tuple[Command, ...]:
        """What can be done near the page in front, such as in another of its tabs."""
        return tuple(one for one in self._further() if one.id not in self._commands)

    @property
    def of_window(self) -> tuple[Command, ...]:
        """The commands that are there on every page."""
        passing = {command.id for command in self._of_page}
        return tuple(one for one in self._commands.values() if one.id not in passing)

    def action(self, command_id: str) -> QAction:
        """Return the action of a command. Raises KeyError for an unknown one."""
        return self._actions[command_id]

    def can_run(self, command_id: str) -> bool:
        """Tell whether a command is there and can be used now."""
        command = self._commands.get(command_id)
        return command is not None and self._actions[command_id].isEnabled() and command.can_run

    def ask(self, *command_ids: str) -> None:
        """Ask the commands (all of them without a name) whether they can be used, and show it."""
        for command_id in command_ids or tuple(self._commands):
            command, action = self._commands[command_id], self._actions[command_id]
            if command.is_enabled is not None:
                action.setEnabled(command.can_run)
            if command.is_checked is not None:
                action.setChecked(command.is_checked())

    def wait_for_keys(self) -> None:
        """Let all keys be heard again after a menu: whether they can act is asked when they do."""
        for command in self._commands.values():
            if command.is_enabled is not None:
                self._actions[command.id].setEnabled(True)

    def run(self, command_id: str) -> None:
        """Do what a command does, where it can be done now. Raises KeyError for an unknown one."""
        if command_id not in self._commands:
            _run({one.id: one for one in self.further}[command_id])
            return
        command = self._commands[command_id]
        self.ask(command_id)
        self._actions[command_id].trigger()
        if self._commands.get(command_id) is command and command.is_enabled is not None:
            self._actions[command_id].setEnabled(True)  # its keys are heard again

    def relabel(self, *command_ids: str) -> None:
        """Ask the commands (all of them without a name) for their texts again."""
        for command_id in command_ids or tuple(self._commands):
            self._label(self._actions[command_id], self._commands[command_id])

    def __iter__(self) -> Iterator[Command]:
        return iter(tuple(self._commands.values()))

    def _register(self, command: Command) -> QAction:
        if command.id in self._commands:
            raise ValueError(f"two commands are called {command.id!r}")
        action = QAction(self)
        action.setObjectName(command.id)
        action.setCheckable(command.checkable)
        if command.icon:
            action.setIcon(icon(self._look, command.icon))
        if command.keys is not None and not command.heard:
            action.setShortcut(QKeySequence(command.keys))
        action.triggered.connect(partial(_run, command))
        self._commands[command.id] = command
        self._actions[command.id] = action
        self._label(action, command)
        return action

    @staticmethod
    def _label(action: QAction, command: Command) -> None:
        text, keys = command.text(), command.keys_text
        # What stands behind a tab is shown in the place of the keys, and is not listened for.
        action.setText(f"{text}\t{keys}" if command.heard and keys else text)
        action.setToolTip(f"{command.title} ({keys})" if keys else command.title)


def in_submenu(words: Callable[[], str], commands: Iterable[Command]) -> tuple[Command, ...]:
    """Return commands that stand together in a menu within the page's menu."""
    return tuple(replace(command, submenu=words) for command in commands)


def _types(command: Command) -> bool:
    """Tell whether the keys would mean something elsewhere in the window, as Delete does."""
    if command.keys is None:
        return False
    return not _ANYWHERE.match(QKeySequence(command.keys).toString())


def _run(command: Command, checked: bool = False) -> None:
    """Do what a command does, where it can be done now."""
    if command.can_run:
        command.run()
