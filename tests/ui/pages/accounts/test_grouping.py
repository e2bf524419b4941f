"""The accounts table in groups: heads with count and ARR, closed and opened by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.i18n import use_language
from csdesk.model.vocabulary import Phase
from tests.ui.pages.accounts.views_desk import Key, choose_in_menu, heads, menu, names
from tests.ui.portfolio import ACCOUNTS
from ui.desk import Desk
from ui.pages.accounts.groupings import grouping_titles
from ui.pages.accounts.page import AccountsPage


def by_phase(qtbot: QtBot, page: AccountsPage) -> None:
    """Group by phase, by keyboard."""
    page.control.group_button.setFocus()
    qtbot.keyClick(page.control.group_button, Key.Key_Space)
    choose_in_menu(qtbot, "Phase")


def test_groups_are_chosen_in_a_menu_and_say_how_many_they_hold_and_what_they_pay(
    qtbot: QtBot, page: AccountsPage
) -> None:
    by_phase(qtbot, page)
    assert page.control.group_button.text().startswith("Group by: Phase")
    assert heads(page) == [
        "Onboarding: 1 account · ARR ¥4,800,000",
        "Adoption: 4 accounts · ARR ¥39,599,988",
        "Expansion: 1 account · ARR ¥22,599,996",
        "Renewal: 2 accounts · ARR ¥36,499,992",
    ]
    page.control.group_button.open_menu()
    checked = [action.text() for action in menu().actions() if action.isChecked()]
    assert checked == ["Phase"]
    qtbot.keyClick(menu(), Key.Key_Escape)


def test_every_grouping_shows_every_account_once(page: AccountsPage) -> None:
    for name in filter(None, grouping_titles()):
        page.control.group_by(name)
        found = [page.model.head_at(place) for place in page.model.head_places()]
        assert sum(len(head.rows) for head in found if head) == len(ACCOUNTS), name
        assert len(names(page)) == len(ACCOUNTS), name
        page.grab()


def test_sorting_works_within_groups(page: AccountsPage) -> None:
    page.control.group_by("phase")
    page.control.layout.sort("arr", True)
    assert names(page)[1:5] == [
        *("富士リテールグループ", "Aoba Logistics", "Evergreen Health", "Glacier Software"),
    ]


def test_left_and_right_close_and_open_and_enter_does_either(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    by_phase(qtbot, page)
    table = page.table
    table.setFocus()
    table.setCurrentIndex(page.model.index(3, 0))  # the first account in adoption
    qtbot.keyClick(table, Key.Key_Left)
    assert page.model.head_at(table.currentIndex().row()) is not None
    before = page.model.rowCount()
    with qtbot.assertNotEmitted(desk.place_asked):
        qtbot.keyClick(table, Key.Key_Left)
        assert page.model.rowCount() == before - 4
        qtbot.keyClick(table, Key.Key_Right)
        assert page.model.rowCount() == before
        qtbot.keyClick(table, Key.Key_Return)
        assert page.model.rowCount() == before - 4
        qtbot.keyClick(table, Key.Key_Space)
        assert page.model.rowCount() == before
    assert table.chosen_ids() == []
    qtbot.keyClick(table, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert len(table.chosen_ids()) == 4


def test_a_click_on_a_head_closes_it_and_heads_are_less_high_than_rows(
    qtbot: QtBot, page: AccountsPage
) -> None:
    by_phase(qtbot, page)
    table = page.table
    place = page.model.head_places()[1]
    assert table.rowHeight(place) < table.rowHeight(place + 1)
    spot = table.visualRect(page.model.index(place, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    head = page.model.head_at(place)
    assert head is not None
    assert not head.is_open
    for at in range(page.model.rowCount()):
        is_head = page.model.head_at(at) is not None
        assert (table.rowHeight(at) < 40) == is_head


def heights_are_right(page: AccountsPage) -> bool:
    """Tell whether heads are low and rows are high, every one of them."""
    return all(
        (page.table.rowHeight(at) < 40) == (page.model.head_at(at) is not None)
        for at in range(page.model.rowCount())
    )


def test_rows_keep_their_height_where_heads_were_before(page: AccountsPage) -> None:
    for group in ("phase", "segment", "owner", "", "industry"):
        page.control.group_by(group)
        assert heights_are_right(page), group
        for text in ("a", "retail", "e", ""):
            page.control.bar.field.setText(text)
            assert heights_are_right(page), (group, text)
        page.control.close_groups()
        page.control.layout.sort("arr", True)
        page.control.open_groups()
        page.control.layout.sort("name", False)
        assert heights_are_right(page), group


def test_all_rows_chosen_are_accounts_and_never_heads(qtbot: QtBot, page: AccountsPage) -> None:
    by_phase(qtbot, page)
    page.table.setFocus()
    page.table.selectAll()
    assert len(page.table.chosen_ids()) == len(ACCOUNTS)


def test_an_account_that_changes_its_group_stays_chosen_and_its_row_keeps_its_height(
    qtbot: QtBot, page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    by_phase(qtbot, page)
    page.table.choose(filled[0])
    with qtbot.waitSignal(desk.changed), qtbot.assertNotEmitted(page.model.modelReset):
        desk.write("Move", edit_account, filled[0], phase=Phase.RETENTION)
    assert "Retention: 1 account · ARR ¥12,399,996" in heads(page)
    assert page.table.chosen_ids() == [filled[0]]
    place = page.model.place_of(filled[0])
    assert page.table.rowHeight(place) > page.table.rowHeight(place - 1)


def test_an_account_to_be_chosen_opens_its_group(page: AccountsPage, filled: list[str]) -> None:
    page.control.group_by("phase")
    page.control.close_groups()
    page.table.choose(filled[5])
    assert page.table.chosen_ids() == [filled[5]]
    page.control.open_groups()
    assert page.model.rowCount() == len(ACCOUNTS) + 4


def test_groups_that_are_closed_stay_so_when_the_page_is_built_anew(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.control.group_by("segment")
    page.model.open_group(0, False)
    shown = page.model.rowCount()
    again = AccountsPage(desk)
    qtbot.addWidget(again)
    again.restore(page.state())
    assert again.model.rowCount() == shown
    assert heads(again) == heads(page)


def test_heads_are_told_in_japanese_too(qtbot: QtBot, desk: Desk, filled: list[str]) -> None:
    use_language("ja")
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.control.group_by("renewal_month")
    assert all("月: " in head for head in heads(page))
    page.table.selectionModel().setCurrentIndex(
        page.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    page.resize(900, 600)
    page.show()
    page.table.setFocus()
    QApplication.processEvents()
    page.grab()
