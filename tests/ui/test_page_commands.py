"""What every page offers: names and keys without a clash, letters of its own in each menu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_access_keys import marked
from ui.app import Program
from ui.commands import Command, Commands
from ui.desk_frame import DeskFrame
from ui.pages.account.page import _SECTIONS, AccountPage
from ui.pages.accounts.page import AccountsPage
from ui.rooms import rooms

HARMLESS = ("Ctrl+", "Alt+", "Meta+", "F", "Shift+F", "Ins", "Del")
"""How keys begin that type nothing, or that a field of text takes before a shortcut does."""

LONG = 16
"""So many entries of a menu can have a letter of their own in any language."""


def fronts(frame: DeskFrame, qtbot: QtBot) -> Iterator[str]:
    """Bring each page, and each tab of an account, to the front."""
    accounts = frame.page
    assert isinstance(accounts, AccountsPage)
    qtbot.waitUntil(lambda: accounts.model.total > 0)
    for room in rooms():
        if room.name != "account":
            frame.show_page(room.name)
            yield room.name
    frame.show_item("account", accounts.model.row(0).id)
    for name in _SECTIONS:
        page = frame.page
        assert isinstance(page, AccountPage)
        page.open_tab(name)
        yield name


def listened_for(widget: QWidget) -> list[str]:
    """Return the keys of the shortcuts that a page in view keeps by itself."""
    return [
        shortcut.key().toString()
        for shortcut in widget.findChildren(QShortcut)
        if isinstance(shortcut.parent(), QWidget) and shortcut.parent().isVisibleTo(widget)
    ]


def pressed(commands: tuple[Command, ...]) -> list[str]:
    """Return the keys that are listened for; a widget may hear others first, while it is in use."""
    return [
        QKeySequence(command.keys).toString()
        for command in commands
        if command.keys is not None and not command.heard
    ]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_on_every_page_keys_and_letters_are_unique_and_commands_those_of_the_tab_in_front(
    program: Program, tmp_path: Path, qtbot: QtBot, language: str
) -> None:
    program.files.create_sample(tmp_path / "Sample")
    program.preferences.choose_language(language)
    frame = program.window.frame
    assert frame is not None
    faults = {
        front: [
            *clashing_keys(program.window.commands, frame),
            *keys_that_type(program.window.commands.of_page),
            *commands_of_another(program.window.commands, frame, front),
            *clashing_letters(program.window.menuBar(), frame),
        ]
        for front in fronts(frame, qtbot)
    }
    assert {front: found for front, found in faults.items() if found} == {}
    program.preferences.choose_language("en")


def clashing_keys(commands: Commands, frame: DeskFrame) -> list[str]:
    """Return the keys that more than one command or shortcut in view listens for."""
    assert frame.page is not None
    keys = pressed(commands.of_window) + pressed(commands.of_page)
    counted = Counter(keys + listened_for(frame.page))
    return [f"clash: {one}" for one, times in counted.items() if times > 1]


def keys_that_type(commands: tuple[Command, ...]) -> list[str]:
    """Return commands whose key would type something: it must be heard where it types nothing."""
    return [
        f"types: {command.id}"
        for command in commands
        if command.keys is not None
        and not command.heard
        and not QKeySequence(command.keys).toString().startswith(HARMLESS)
    ]


def commands_of_another(commands: Commands, frame: DeskFrame, front: str) -> list[str]:
    """Return where the commands offered are not those of the page, and the tab, in front."""
    page, offered = frame.page, [command.id for command in commands.of_page]
    assert page is not None
    faults = [] if offered == [one.id for one in page.commands()] else [f"not of {front}"]
    if isinstance(page, AccountPage):
        own = {command.id for command in page.section(front).commands()}
        faults += [f"lacks {one}" for one in {*own, "account.next_tab"} - set(offered)]
    return faults


def clashing_letters(bar: QMenuBar, frame: DeskFrame) -> list[str]:
    """Return menus of which two entries share a letter, or one that has room for it has none."""
    menus = [action.menu() for action in bar.actions()]
    menus.append(frame.findChild(QPushButton, "new").menu())
    titles = [marked(action.text()) for action in bar.actions()]
    faults = [] if len(titles) == len(set(titles)) else [f"titles: {titles}"]
    for menu in menus:
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        texts = [one.text() for one in menu.actions() if one.text()]
        letters = [letter for text in texts if (letter := marked(text))]
        # In a very long menu the letters of the last entries' words are taken.
        if len(letters) != len(set(letters)) or len(letters) < min(len(texts), LONG):
            faults.append(f"letters: {texts}")
        if len(texts) >= LONG:
            faults.append(f"long: {texts}")
        menu.aboutToHide.emit()
    return faults
