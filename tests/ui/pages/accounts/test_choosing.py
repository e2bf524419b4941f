"""Several accounts are chosen by keyboard alone, and changed together in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import delete_accounts, tag_accounts
from csdesk.model.vocabulary import Phase, TouchModel
from csdesk.queries.accounts import member_choices
from csdesk.queries.portfolio import AccountRow
from ui.desk import Desk
from ui.pages.accounts.account_menu import FieldMenu
from ui.pages.accounts.page import AccountsPage

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def chosen(page: AccountsPage) -> list[str]:
    """Return the names of the chosen accounts, from the top."""
    return [row.name for row in page.doing.chosen.rows()]


def choose(qtbot: QtBot, page: AccountsPage, count: int) -> None:
    """Choose the first accounts with Shift and the arrow."""
    page.table.choose_place(0)
    for _step in range(count - 1):
        qtbot.keyClick(page.table, Key.Key_Down, SHIFT)
    qtbot.waitUntil(lambda: len(page.doing.bar.rows()) == (count if count > 1 else 0) or count == 1)


def values(page: AccountsPage, field: str) -> list[object]:
    """Return a field of all accounts, from the top."""
    return [getattr(row, field) for row in page.model.rows()]


@contextmanager
def one_step(qtbot: QtBot, desk: Desk, label: str) -> Iterator[None]:
    """Expect one write called `label`, and a message with its undo."""
    with qtbot.waitSignals([desk.changed, desk.messages.said]):
        yield
    assert desk.workspace.undo_label == label


def pick(menu: QMenu, title: str) -> None:
    """Open a menu and choose the entry called `title`."""
    menu.aboutToShow.emit()
    action = next(one for one in menu.actions() if one.text().replace("&", "") == title)
    action.trigger()


def field_menu(page: AccountsPage, title: str) -> FieldMenu:
    """Return the menu of a field at the bar."""
    buttons = page.doing.bar.findChildren(QPushButton)
    menu = next(button.menu() for button in buttons if button.text() == title)
    assert isinstance(menu, FieldMenu)
    return menu


def test_rows_are_chosen_in_a_run_here_and_there_and_all_at_once(
    qtbot: QtBot, rows_page: AccountsPage
) -> None:
    table = rows_page.table
    choose(qtbot, rows_page, 3)
    assert chosen(rows_page) == ["Aoba Logistics", "Blue Harbor Bank", "Cascade Foods"]
    qtbot.keyClick(table, Key.Key_Escape)
    assert chosen(rows_page) == ["Cascade Foods"]
    for _step in range(2):
        qtbot.keyClick(table, Key.Key_Down, CONTROL)
    assert chosen(rows_page) == ["Cascade Foods"]
    qtbot.keyClick(table, Key.Key_Space, CONTROL)
    assert chosen(rows_page) == ["Cascade Foods", "Glacier Software"]
    qtbot.keyClick(table, Key.Key_Space, CONTROL)
    assert chosen(rows_page) == ["Cascade Foods"]
    qtbot.keyClick(table, Key.Key_A, CONTROL)
    assert len(chosen(rows_page)) == 8


def test_the_bar_comes_with_the_second_account_and_no_row_moves(
    qtbot: QtBot, rows_page: AccountsPage
) -> None:
    bar, table = rows_page.doing.bar, rows_page.table
    assert bar.isHidden()
    third = table.viewport().mapToGlobal(QPoint(0, table.rowViewportPosition(2)))
    choose(qtbot, rows_page, 2)
    assert (bar.isVisible(), bar.words) == (True, "2 chosen")
    assert table.viewport().mapToGlobal(QPoint(0, table.rowViewportPosition(2))) == third
    assert bar.geometry().bottom() < table.viewport().geometry().top()
    qtbot.keyClick(table, Key.Key_Escape)
    qtbot.waitUntil(bar.isHidden)


def test_f6_leads_to_the_bar_and_back_and_enter_presses_its_buttons(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk
) -> None:
    choose(qtbot, rows_page, 3)
    go = next(one for one in rows_page.commands() if one.keys == "F6")
    go.run()
    first = QApplication.focusWidget()
    assert isinstance(first, QPushButton)
    assert first.text() == "Owner"
    for _step in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Right)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Archive"
    with one_step(qtbot, desk, "Archive 3 accounts"):
        qtbot.keyClick(button, Key.Key_Return)
    assert len(chosen(rows_page)) <= 1
    assert values(rows_page, "name")[0] == "Evergreen Health"
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert values(rows_page, "name")[0] == "Aoba Logistics"
    choose(qtbot, rows_page, 2)
    go.run()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert rows_page.table.hasFocus()


FIELDS: tuple[tuple[str, str, str, object, str], ...] = (
    ("Phase", "Renewal", "phase", Phase.RENEWAL, "Phase of 3 accounts: Renewal"),
    (
        "Touch model",
        "Tech touch",
        "touch_model",
        TouchModel.TECH,
        "Touch model of 3 accounts: Tech touch",
    ),
    ("Segment", "SMB", "segment", "SMB", "Segment of 3 accounts: SMB"),
    ("Segment", "None", "segment", "", "Segment of 3 accounts: None"),
    ("Owner", "Tom Sato", "owner", "Tom Sato", "Owner of 3 accounts: Tom Sato"),
    ("Owner", "Nobody", "owner", "", "Owner of 3 accounts: Nobody"),
)


def test_a_field_of_several_accounts_is_one_step_and_one_undo(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk
) -> None:
    choose(qtbot, rows_page, 3)
    for title, entry, field, value, label in FIELDS:
        before = values(rows_page, field)
        with one_step(qtbot, desk, label):
            pick(field_menu(rows_page, title), entry)
        assert values(rows_page, field) == [value] * 3 + before[3:], label
        assert len(chosen(rows_page)) == 3
        with qtbot.waitSignal(desk.changed):
            desk.undo()
        assert values(rows_page, field) == before, label


def test_what_all_have_is_ticked_and_choosing_it_again_changes_nothing(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    owner = desk.read(member_choices)[0]
    rows_page.doing.accounts.set_owner(rows_page.model.rows()[:2], owner)
    qtbot.waitUntil(lambda: values(rows_page, "owner")[:2] == [owner.name] * 2)
    choose(qtbot, rows_page, 2)
    menu = field_menu(rows_page, "Owner")
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions() if one.isChecked()] == [owner.name]
    before = desk.workspace.undo_label
    with qtbot.waitSignal(desk.messages.said) as said:
        pick(menu, owner.name)
    assert said.args is not None
    assert "nothing was changed" in said.args[0].text
    assert desk.workspace.undo_label == before


def test_tags_are_put_on_and_taken_off(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    with qtbot.waitSignal(desk.changed):
        desk.write("Tag", tag_accounts, filled[:1], "A&B 重点")
    choose(qtbot, rows_page, 2)
    on = field_menu(rows_page, "Add tag")
    on.aboutToShow.emit()
    assert [one.text() for one in on.actions() if one.text()] == ["A&&B 重点", "New tag…"]
    on.actions()[-1].trigger()
    line = rows_page.doing.tag_line
    assert line.isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), "VIP, east")
    with one_step(qtbot, desk, "Tag “VIP, east” on 2 accounts"):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert line.isHidden()
    assert rows_page.table.hasFocus()
    assert values(rows_page, "tags")[:3] == [("A&B 重点", "VIP", "east"), ("VIP", "east"), ()]
    off = field_menu(rows_page, "Remove tag")
    with one_step(qtbot, desk, "Tag “VIP” off 2 accounts"):
        pick(off, "VIP")
    assert values(rows_page, "tags")[:2] == [("A&B 重点", "east"), ("east",)]


def test_the_menu_opens_by_keyboard_for_what_is_chosen(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk
) -> None:
    menu = rows_page.doing.menu
    for count, has_one in ((1, True), (2, False)):
        choose(qtbot, rows_page, count)
        qtbot.keyClick(rows_page.table, Key.Key_F10, SHIFT)
        assert menu.isVisible()
        titles = [one.text().replace("&", "") for one in menu.actions()]
        assert ("Duplicate" in titles) is has_one
        assert {"Owner", "Add tag", "Archive", "Delete"} <= set(titles)
        qtbot.keyClick(menu, Key.Key_Escape)
        assert menu.isHidden()


def test_a_copy_is_chosen_as_soon_as_it_is_there(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk
) -> None:
    with one_step(qtbot, desk, "Duplicate Aoba Logistics"):
        next(one for one in rows_page.commands() if one.keys == "Ctrl+D").run()
    assert chosen(rows_page) == ["Aoba Logistics (copy)"]


def test_what_a_colleague_deleted_meanwhile_is_passed_over(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk
) -> None:
    rows: list[AccountRow] = rows_page.model.rows()[:3]
    desk.workspace.write("Delete", delete_accounts, [rows[0].id])
    with one_step(qtbot, desk, "Phase of 3 accounts: Renewal"):
        rows_page.doing.accounts.set_phase(rows, Phase.RENEWAL)
    assert values(rows_page, "phase")[:2] == [Phase.RENEWAL] * 2
    desk.workspace.write("Delete", delete_accounts, [row.id for row in rows])
    with qtbot.waitSignal(desk.messages.said) as said:
        rows_page.doing.accounts.set_phase(rows, Phase.ADOPTION)
    assert said.args is not None
    assert said.args[0].tone == "bad"


def test_many_accounts_are_changed_in_the_background_as_one_step(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.accounts.doing.AT_ONCE", 5)
    write: Callable[..., None] = rows_page.doing.accounts.set_phase
    with one_step(qtbot, desk, "Phase of 8 accounts: Expansion"):
        write(rows_page.model.rows(), Phase.EXPANSION)
        assert desk.tasks.busy
    assert values(rows_page, "phase") == [Phase.EXPANSION] * 8
