"""The people of our team are listed in the settings: named anew, deleted, and one of them is me."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.actions.editing import today
from csdesk.actions.people import add_member, edit_member
from csdesk.queries.accounts import account_detail
from csdesk.queries.team import team
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.app import Program
from ui.desk import Desk
from ui.pages.settings import SettingsPage
from ui.pages.settings_team import Team
from ui.pages.today.page import TodayPage
from ui.prompts import Message

Key = Qt.Key


@pytest.fixture
def people(qtbot: QtBot, desk: Desk) -> Iterator[Team]:
    """Return the list of the team, shown."""
    people = Team(desk)
    qtbot.addWidget(people)
    people.resize(560, 420)
    bring_to_front(qtbot, people)
    yield people
    people.hide()


def type_over(qtbot: QtBot, text: str) -> None:
    """Edit the current cell with F2 and press Enter."""
    table = QApplication.focusWidget()
    assert table is not None
    qtbot.keyClick(table, Key.Key_F2)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClick(line, Key.Key_Delete)
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Key.Key_Return)
    settle()


def test_an_empty_team_teaches_and_takes_names_from_the_keyboard(
    people: Team, desk: Desk, qtbot: QtBot
) -> None:
    QAbstractItemModelTester(
        people.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, people
    )
    assert not people.table.isVisible()
    people.start()
    for name in ("Yamada", "Adams"):
        assert people.name.hasFocus()
        qtbot.keyClicks(people.name, name)
        qtbot.keyClick(people.name, Key.Key_Return)
    settle()
    assert [row.name for row in desk.read(team)] == ["Adams", "Yamada"]
    assert people.table.chosen_ids() == [desk.read(team)[0].id]
    people.start()
    assert people.table.hasFocus()
    type_over(qtbot, "Adams-Ito")
    qtbot.keyClick(people.table, Key.Key_Right)
    type_over(qtbot, "CSM")
    assert (desk.read(team)[0].name, desk.read(team)[0].role) == ("Adams-Ito", "CSM")
    type_over(qtbot, "")  # a title may be empty, a name may not
    qtbot.keyClick(people.table, Key.Key_Left)
    with qtbot.waitSignal(desk.messages.said) as said:
        type_over(qtbot, " ")
    assert said.args[0].tone == "bad"
    assert (desk.read(team)[0].name, desk.read(team)[0].role) == ("Adams-Ito", "")
    undone(desk, qtbot)
    undone(desk, qtbot)
    undone(desk, qtbot)
    assert [row.name for row in people.table.model().rows()] == ["Adams", "Yamada"]


def test_who_is_deleted_leaves_what_they_own_and_undo_gives_it_back(
    people: Team, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    def owner() -> str | None:
        found = desk.read(account_detail, fuji.account, today=today())
        return found.row.owner or None if found is not None else None

    settle()
    people.start(fuji.yamada)
    assert people.word == "Owns 1 account. Deleted, they would have no owner."
    with qtbot.waitSignal(desk.messages.said) as said:
        qtbot.keyClick(people.table, Key.Key_Delete)
    settle()
    message: Message = said.args[0]
    assert message.text == "“Yamada” was deleted."
    assert "1 account" in message.advice
    assert owner() is None
    assert not people.table.isVisible()
    undone(desk, qtbot, message.act)
    assert owner() == "Yamada"
    assert people.table.isVisible()
    # What others do meanwhile is seen, and what is typed here stays.
    qtbot.keyClicks(people.name, "Half typed")
    desk.workspace.write("Elsewhere", edit_account, fuji.account, owner_id=None)
    desk.workspace.write(
        "Elsewhere", edit_member, fuji.yamada, name="山田 太郎", name_kana="やまだ"
    )
    settle()
    assert people.name.text() == "Half typed"
    assert people.word == "Owns nothing."
    assert people.table.model().rows()[0].name_kana == "やまだ"


def test_what_somebody_owns_is_handed_over_by_keys_and_undone(
    people: Team, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    for name in ("Adams", "Baker & Sons"):
        desk.workspace.write("Add", add_member, name)
    settle()
    people.start(fuji.yamada)
    people.give_button.setFocus()
    QTimer.singleShot(0, lambda: choose_in_menu(qtbot, "Baker && Sons"))
    people.give_button.showMenu()
    settle()
    assert people.window().focusWidget() is people.table
    assert [row.accounts for row in desk.read(team)] == [0, 1, 0]
    assert people.word == "Owns nothing."
    assert not people.give_button.isEnabled()
    undone(desk, qtbot)
    assert people.give_button.isEnabled()


def choose_in_menu(qtbot: QtBot, words: str) -> None:
    """Go down in the open menu until some words are reached, and press Enter."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    while menu.activeAction() is None or menu.activeAction().text() != words:
        qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyPress(menu, Key.Key_Return)  # let go of, it is the menu's no more


def test_one_of_the_team_is_me_until_it_is_said_otherwise(
    people: Team, desk: Desk, qtbot: QtBot
) -> None:
    tester = desk.workspace.write("Add", add_member, "Tester").result
    other = desk.workspace.write("Add", add_member, "Yamada").result
    settle()
    people.start(tester)
    assert desk.me == tester  # called like the author
    assert not people.me_button.isEnabled()
    assert people.table.currentIndex().data() == "Tester (you)"
    people.table.choose(other)
    people.me_button.setFocus()
    qtbot.keyClick(people.me_button, Key.Key_Space)
    assert desk.me == other
    assert people.table.currentIndex().data() == "Yamada (you)"
    assert people.me_button.text() == "This is not me"
    qtbot.keyClick(people.me_button, Key.Key_Space)
    assert desk.me == tester


def test_the_team_is_gone_to_from_anywhere(opened: Program, qtbot: QtBot) -> None:
    desk, frame = opened.files.desk, opened.window.frame
    assert desk is not None
    assert frame is not None
    yamada = desk.write("Add", add_member, "Yamada")
    assert yamada is not None
    settle()
    opened.window.commands.run("page.team")
    page = frame.page
    assert isinstance(page, SettingsPage)
    assert QApplication.focusWidget() is page.team.table
    # Who is said here to sit here is so on Today, which was looked at before.
    frame.show_page("today")
    today_page = frame.page
    assert isinstance(today_page, TodayPage)
    assert today_page.head.who.isVisible()
    opened.window.commands.run("page.team")
    page.team.choose_me()
    frame.show_page("today")
    assert not today_page.head.who.isVisible()
    desk.show("member", yamada.result)
    assert page.team.table.chosen_ids() == [yamada.result]
    assert page.team.table.hasFocus()
    assert not page.team.visibleRegion().isEmpty()
