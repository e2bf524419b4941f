"""Somebody who runs commands and presses keys in no order at all: nothing may break.

An exception, a Qt warning or a broken law of the journal fails the walk; its seed repeats it.
CSDESK_SEEDS=8 make soak ARGS="tests/ui/test_random_walk.py" walks from eight more.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QToolButton
from pytestqt.qtbot import QtBot

from csdesk.actions.editing import today
from csdesk.queries.portfolio import portfolio_rows
from tests.store.laws import broken_laws
from tests.ui.keyboard import Keyboard
from ui.app import Program
from ui.desk_frame import DeskFrame
from ui.pages.account.page import _SECTIONS, AccountPage

KEYS = (
    *("Tab", "Shift+Tab", "Up", "Down", "Left", "Right", "Return", "Space", "Escape", "Delete"),
    *("F2", "Home", "End", "Ctrl+Up", "Ctrl+Down", "Ctrl+Z", "Ctrl+Y", "Ctrl+D", "Ctrl+A"),
    *("Ctrl+C", "Ctrl+V", "Ctrl+PgDown", "Insert", "Backspace", "Shift+Down"),
)
TEXTS = ("a", "12/5", "来週金曜", "+2w", "１２０％", "x" * 220, "=1+1", "🎉", "\u202eא", "{name}")
MORE = range(13, 13 + int(os.environ.get("CSDESK_SEEDS", "0")))
STAYS_OPEN = ("account.menu",)
"""Commands that open a menu, which waits for a choice."""


class Walker:
    """Goes through one window by chance."""

    def __init__(self, program: Program, seed: int) -> None:
        self._window = program.window
        self._chance = random.Random(seed)
        self._keyboard = Keyboard(program.window)

    @property
    def _frame(self) -> DeskFrame:
        assert self._window.frame is not None
        return self._window.frame

    def step(self) -> None:
        """Do one thing, and close what it asked in a window of its own."""
        kinds = (self._run, self._run, self._go, self._press, self._press, self._type)
        self._chance.choice(kinds)()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.close()
        if QApplication.activePopupWidget() is not None:
            self._keyboard.press("Escape")

    def _run(self) -> None:
        offered = [one.id for one in self._window.commands.of_page if one.id not in STAYS_OPEN]
        if offered:
            self._window.commands.run(self._chance.choice(offered))

    def _go(self) -> None:
        rows = self._frame.desk.read(portfolio_rows, today=today())
        if not rows:  # undoing went back to where nothing was there yet
            self._frame.show_page("accounts")
            return
        self._frame.show_item("account", self._chance.choice(rows).id)
        page = self._frame.page
        assert isinstance(page, AccountPage)
        page.open_tab(self._chance.choice([*_SECTIONS, "plan"]))
        page.enter()

    def _press(self) -> None:
        key, focus = self._chance.choice(KEYS), self._keyboard.focus
        if not (isinstance(focus, QToolButton) and focus.menu()):  # its menu waits for a choice
            self._keyboard.press(key)

    def _type(self) -> None:
        self._keyboard.type(self._chance.choice(TEXTS))


@pytest.mark.parametrize(
    ("language", "seed"), [("en", 11), ("ja", 12), *(("en" if n % 2 else "ja", n) for n in MORE)]
)
def test_commands_and_keys_in_no_order_break_nothing(
    program: Program, tmp_path: Path, qtbot: QtBot, language: str, seed: int, soaking: bool
) -> None:
    program.preferences.choose_language(language)
    program.files.create_sample(tmp_path / "Sample")
    walker = Walker(program, seed)
    for _step in range(1_500 if soaking else 60):
        walker.step()
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=15_000)
    assert program.files.desk is not None
    assert broken_laws(program.files.desk.workspace.replica.database) == []
