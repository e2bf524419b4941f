"""What every page offers: names and keys without a clash, letters of its own in each menu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_access_keys import marked
from ui.app import Program
from ui.commands import Command
from ui.desk_frame import DeskFrame
from ui.pages.account.page import _SECTIONS, AccountPage
from ui.pages.accounts.page import AccountsPage
from ui.rooms import rooms

HARMLESS = ("Ctrl+", "Alt+", "Meta+", "F", "Shift+F", "Ins", "Del")
"""How keys begin that type nothing, or that a field of text takes before a shortcut does."""

LONG = 16
"""So many entries of a menu can have a letter of their own in any language."""


@pytest.fixture
def frame(program: Program, tmp_path: Path, qtbot: QtBot) -> DeskFrame:
    """Return the frame of a window with the sample open."""
    program.files.create_sample(tmp_path / "Sample")
    frame = program.window.frame
    assert frame is not None
    return frame


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


def test_no_two_commands_in_view_use_the_same_keys(
    program: Program, frame: DeskFrame, qtbot: QtBot
) -> None:
    commands = program.window.commands
    clashes, bare = {}, {}
    for front in fronts(frame, qtbot):
        assert frame.page is not None
        keys = pressed(commands.of_window) + pressed(commands.of_page)
        counted = Counter(keys + listened_for(frame.page))
        clashes[front] = [one for one, times in counted.items() if times > 1]
        # A key that types something must be heard where it types nothing, never everywhere.
        bare[front] = [
            command.id
            for command in commands.of_page
            if command.keys is not None
            and not command.heard
            and not QKeySequence(command.keys).toString().startswith(HARMLESS)
        ]
    assert {front: found for front, found in clashes.items() if found} == {}
    assert {front: found for front, found in bare.items() if found} == {}


def test_commands_follow_the_tab_in_front(program: Program, frame: DeskFrame, qtbot: QtBot) -> None:
    commands = program.window.commands
    for front in fronts(frame, qtbot):
        page = frame.page
        assert page is not None
        offered = ids(commands.of_page)
        assert offered == ids(page.commands()), front
        if front in _SECTIONS:
            assert isinstance(page, AccountPage)
            assert {*ids(page.section(front).commands()), "account.next_tab"} <= set(offered)


def ids(commands: tuple[Command, ...]) -> list[str]:
    """Return the names of commands."""
    return [command.id for command in commands]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_menu_gives_every_entry_a_letter_of_its_own(
    program: Program, tmp_path: Path, qtbot: QtBot, language: str
) -> None:
    program.files.create_sample(tmp_path / "Sample")
    program.preferences.choose_language(language)
    frame = program.window.frame
    assert frame is not None
    bar = program.window.menuBar()
    for front in fronts(frame, qtbot):
        new = frame.findChild(QPushButton, "new")
        menus = [*(action.menu() for action in bar.actions()), new.menu()]
        titles = [marked(action.text()) for action in bar.actions()]
        assert len(titles) == len(set(titles))
        for menu in menus:
            assert isinstance(menu, QMenu)
            menu.aboutToShow.emit()
            texts = [one.text() for one in menu.actions() if one.text()]
            letters = [letter for text in texts if (letter := marked(text))]
            assert len(letters) == len(set(letters)), front
            # In a very long menu the letters of the last entries' words are taken.
            assert len(letters) == len(texts) or len(texts) > LONG, (front, texts)
            menu.aboutToHide.emit()
    program.preferences.choose_language("en")
