"""One registry: a name once, a text in the language of the moment, a shortcut that works."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.front import bring_to_front
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


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window with two pages, each with a field to type in."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    for name in ("plan", "kpis"):
        page = QWidget(window)
        page.setObjectName(name)
        QVBoxLayout(page).addWidget(QLineEdit(page))
        layout.addWidget(page)
    bring_to_front(qtbot, window)
    return window


def page_of(window: QWidget, name: str) -> QWidget:
    """Return a page of the window."""
    page = window.findChild(QWidget, name)
    assert page is not None
    return page


def press(qtbot: QtBot, page: QWidget, key: Qt.Key) -> None:
    """Press a key with Ctrl in the field of a page."""
    field = page.findChild(QLineEdit)
    field.setFocus()
    qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)


def test_two_pages_use_the_same_keys_and_only_the_one_in_front_hears_them(
    qtbot: QtBot, window: QWidget, look: Look
) -> None:
    plan, kpis = page_of(window, "plan"), page_of(window, "kpis")
    runs: list[str] = []
    commands = Commands(window, look)
    commands.add(Command("new", lambda: "New", lambda: runs.append("new"), "Ctrl+N"))
    for page in (plan, kpis):
        name = page.objectName()
        commands.show_page(
            page, [Command(f"{name}.add", lambda: "Add", partial(runs.append, name), "Ctrl+D")]
        )
        press(qtbot, page, Qt.Key.Key_D)
    assert runs == ["plan", "kpis"]
    press(qtbot, plan, Qt.Key.Key_D)
    assert runs == ["plan", "kpis", "kpis"], "wherever in the window the keyboard is"
    press(qtbot, plan, Qt.Key.Key_N)
    assert runs.pop() == "new"
    commands.show_page(None, ())
    press(qtbot, kpis, Qt.Key.Key_D)
    assert len(runs) == 3
    assert [command.id for command in commands] == ["new"]


def test_a_key_without_ctrl_is_heard_within_its_page_only(
    qtbot: QtBot, window: QWidget, look: Look
) -> None:
    plan, kpis = page_of(window, "plan"), page_of(window, "kpis")
    runs: list[str] = []
    commands = Commands(window, look)
    commands.show_page(
        plan, [Command("plan.new", lambda: "New", lambda: runs.append("new"), "Ins")]
    )
    for page in (kpis, plan):
        field = page.findChild(QLineEdit)
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Insert)
    assert runs == ["new"]


def test_a_command_may_replace_the_page_it_belongs_to(
    qtbot: QtBot, window: QWidget, look: Look
) -> None:
    plan = page_of(window, "plan")
    commands = Commands(window, look)

    def leave() -> None:
        commands.show_page(None, ())

    commands.show_page(plan, [Command("plan.leave", lambda: "Leave", leave, "Ctrl+D")])
    with qtbot.waitSignal(commands.changed):
        press(qtbot, plan, Qt.Key.Key_D)
    assert commands.of_page == ()


def test_what_cannot_be_done_now_is_grey_in_menus_and_its_keys_do_nothing(
    qtbot: QtBot, window: QWidget, look: Look
) -> None:
    plan = page_of(window, "plan")
    runs: list[str] = []
    chosen: list[str] = []
    commands = Commands(window, look)
    delete = Command(
        "plan.delete",
        lambda: "Delete",
        lambda: runs.append("delete"),
        "Ctrl+D",
        is_enabled=lambda: bool(chosen),
    )
    commands.show_page(plan, [delete])
    commands.ask()
    assert not commands.action("plan.delete").isEnabled()
    assert not commands.can_run("plan.delete")
    press(qtbot, plan, Qt.Key.Key_D)
    chosen.append("goal")
    commands.wait_for_keys()  # the menu closes
    press(qtbot, plan, Qt.Key.Key_D)
    assert runs == ["delete"]
    chosen.clear()
    press(qtbot, plan, Qt.Key.Key_D)
    assert runs == ["delete"]


def test_keys_that_a_widget_hears_itself_are_told_and_not_taken_from_it(
    qtbot: QtBot, window: QWidget, look: Look
) -> None:
    plan = page_of(window, "plan")
    commands = Commands(window, look)
    tick = Command("plan.tick", lambda: "&Tick", lambda: None, "Space", heard=True)
    commands.show_page(plan, [tick])
    field = plan.findChild(QLineEdit)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Space)
    assert field.text() == " "
    assert commands.action("plan.tick").text() == "&Tick\tSpace"
    assert commands.action("plan.tick").toolTip() == "Tick (Space)"


def test_the_tick_of_a_command_is_asked_for(qtbot: QtBot, window: QWidget, look: Look) -> None:
    shown = {"done": True}
    commands = Commands(window, look)
    action = commands.add(
        Command(
            "plan.done",
            lambda: "Show what is done",
            lambda: shown.update(done=not shown["done"]),
            checkable=True,
            is_checked=lambda: shown["done"],
        )
    )
    commands.ask()
    assert action.isChecked()
    action.trigger()
    commands.ask()
    assert not action.isChecked()
