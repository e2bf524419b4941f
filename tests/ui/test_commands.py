"""One registry: a name once, a text in the language of the moment, a shortcut that works."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.commands import Command, Commands
from ui.theme import Look


def test_a_shortcut_runs_its_command_anywhere_in_the_window(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    runs: list[str] = []
    commands = Commands(window, look)
    commands.add(Command("new", lambda: "&New…", lambda: runs.append("new"), "Ctrl+N", "plus"))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert runs == ["new"]
    assert commands.action("new").toolTip() == "New (Ctrl+N)"


def test_texts_are_asked_for_again(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    words = {"undo": "Undo"}
    commands = Commands(window, look)
    action = commands.add(
        Command("undo", lambda: words["undo"], lambda: None, QKeySequence.StandardKey.Undo)
    )
    words["undo"] = "元に戻す"
    commands.relabel()
    assert action.text() == "元に戻す"


def test_a_name_is_given_once(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    commands = Commands(window, look)
    commands.add(Command("new", lambda: "New", lambda: None))
    with pytest.raises(ValueError, match="new"):
        commands.add(Command("new", lambda: "Again", lambda: None))
