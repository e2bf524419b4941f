"""The accounts page: figures that are true, a table that follows every change, undo for all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.actions.people import edit_member
from csdesk.i18n import current, use_language
from csdesk.model.vocabulary import Phase
from csdesk.queries.accounts import member_choices
from tests.ui.portfolio import ACCOUNTS
from ui.desk import Desk
from ui.pages.accounts.page import AccountsPage
from ui.pages.accounts.table import money_text, short_money_text, whole_money_text
from ui.widgets.figure_card import FigureCard
from ui.widgets.new_line import NewLine

SIDEBAR = 212
"""Pixels of the window that the pages do not have."""


def names(page: AccountsPage) -> list[str]:
    """Return the names shown, from the top."""
    return [row.name for row in page.model.rows()]


def cards(page: AccountsPage) -> dict[str, FigureCard]:
    """Return the figure cards by their label."""
    return {
        card.accessibleName().split(":")[0]: card for card in page.figures.findChildren(FigureCard)
    }


def test_all_accounts_are_shown_by_name_and_japanese_ones_by_their_kana(
    page: AccountsPage,
) -> None:
    assert names(page)[:6] == [
        "Aoba Logistics",
        "Blue Harbor Bank",
        "Cascade Foods",
        "Evergreen Health",
        "Glacier Software",
        "Hanami Hotels",
    ]
    assert names(page)[6:] == ["大地マニュファクチャリング", "富士リテールグループ"]


def test_the_figures_count_what_the_table_holds(page: AccountsPage) -> None:
    arr = sum(thousands * 1000 // 12 * 12 for *_rest, thousands, _days in ACCOUNTS)
    shown = {label: card.figure for label, card in cards(page).items()}
    assert shown["ARR"] == f"¥{arr:,}"
    assert shown["Renewals in 90 days"] == "3"
    assert shown["Accounts without a plan"] == "1"
    late = sum(row.late_actions for row in page.model.all_rows())
    assert shown["Late actions"] == str(late) != "0"


def test_a_click_on_a_figure_shows_what_it_counts_and_another_all_again(
    qtbot: QtBot, page: AccountsPage
) -> None:
    card = cards(page)["Accounts without a plan"]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert names(page) == ["Glacier Software"]
    renewals = cards(page)["Renewals in 90 days"]
    qtbot.keyClick(renewals, Qt.Key.Key_Space)
    assert names(page) == ["Blue Harbor Bank", "Evergreen Health", "Hanami Hotels"]
    assert not card.is_on
    qtbot.keyClick(renewals, Qt.Key.Key_Space)
    assert len(names(page)) == len(ACCOUNTS)


def test_typing_filters_by_any_word_kana_included(qtbot: QtBot, page: AccountsPage) -> None:
    field = next(
        field for field in page.findChildren(QLineEdit) if "Filter" in field.accessibleName()
    )
    field.setText("ふじ")  # QTest has keys for ASCII only
    assert names(page) == ["富士リテールグループ"]
    field.clear()
    qtbot.keyClicks(field, "mid-market retail")
    assert names(page) == ["Cascade Foods"]
    field.setText("nobody")
    assert names(page) == []


def test_every_column_sorts_both_ways_and_keeps_every_row(page: AccountsPage) -> None:
    for number, column in enumerate(page.model.columns):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            page.table.sortByColumn(number, order)
            values = [column.value(row) for row in page.model.rows()]
            known = [value for value in values if value is not None]
            is_falling = order == Qt.SortOrder.DescendingOrder
            assert known == sorted(known, reverse=is_falling), column.key
            assert page.model.rowCount() == len(ACCOUNTS)


def test_a_new_account_is_typed_in_place_and_chosen_at_once(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.new_account()
    line = page.findChild(NewLine)
    field = line.findChild(QLineEdit)
    assert field.hasFocus()
    with qtbot.waitSignal(desk.changed):
        qtbot.keyClicks(field, "Kite Education")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "Kite Education" in names(page)
    chosen = page.table.chosen_ids()
    assert [page.model.row(page.model.place_of(one)).name for one in chosen] == ["Kite Education"]
    assert line.text == ""
    assert not line.isHidden()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert line.isHidden()


def test_a_name_that_cannot_be_is_refused_in_words_and_stays_in_the_field(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.new_account()
    line = page.findChild(NewLine)
    field = line.findChild(QLineEdit)
    field.setText("x" * 10_000)
    with qtbot.waitSignal(desk.messages.said) as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said.args is not None
    assert said.args[0].tone == "bad"
    assert page.model.total == len(ACCOUNTS)
    assert line.text


def test_delete_takes_the_account_away_and_undo_brings_it_back(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.table.selectRow(1)
    with qtbot.waitSignals([desk.changed, desk.messages.said]) as heard:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert heard.signal_triggered
    assert "Blue Harbor Bank" not in names(page)
    assert desk.workspace.undo_label == "Delete Blue Harbor Bank"
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert "Blue Harbor Bank" in names(page)


def test_enter_and_a_double_click_open_the_account(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.table.selectRow(0)
    aoba = page.model.row(0).id
    with qtbot.waitSignal(desk.place_asked) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == ["account", aoba]
    spot = page.table.visualRect(page.model.index(1, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.waitSignal(desk.place_asked) as asked:
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked.args == ["account", page.model.row(1).id]


def test_an_edit_from_elsewhere_repaints_that_row_alone(
    qtbot: QtBot, page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    page.table.choose(filled[3])
    painted: list[tuple[int, int]] = []

    def note(first: QModelIndex, last: QModelIndex) -> None:
        painted.append((first.row(), last.row()))

    page.model.dataChanged.connect(note)
    with qtbot.waitSignal(desk.changed), qtbot.assertNotEmitted(page.model.modelReset):
        desk.write("Move", edit_account, filled[0], phase=Phase.RENEWAL)
    place = page.model.place_of(filled[0])
    assert painted == [(place, place)]
    assert page.model.row(place).phase == Phase.RENEWAL
    assert page.table.chosen_ids() == [filled[3]]


def test_a_renamed_member_is_seen_in_every_row(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    member = next(one for one in desk.read(member_choices) if one.name == "Tom Sato")
    page.table.selectAll()
    with qtbot.waitSignal(desk.changed):
        desk.write("Rename", edit_member, member.id, name="Tom Yamada")
    assert {row.owner for row in page.model.rows()} == {"山田 恵", "Tom Yamada"}
    assert len(page.table.chosen_ids()) == 8, "what is chosen stays chosen"


def test_the_look_of_the_table_survives_being_built_anew(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    page.table.setColumnWidth(4, 222)
    page.table.selectRow(2)
    again = AccountsPage(desk)
    qtbot.addWidget(again)
    again.restore(page.state())
    assert names(again) == names(page)
    assert again.table.columnWidth(4) == 222
    assert again.table.chosen_ids() == page.table.chosen_ids()


def test_a_column_is_hidden_in_the_menu_of_the_head_and_stays_hidden(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    menu = page.table.column_menu()
    phase = next(action for action in menu.actions() if action.text() == "Phase")
    phase.trigger()
    menu.deleteLater()
    assert page.table.isColumnHidden(2)
    again = AccountsPage(desk)
    qtbot.addWidget(again)
    again.restore(page.state())
    assert again.table.isColumnHidden(2)


@pytest.mark.parametrize(
    ("minor", "currency", "exact", "whole"),
    [
        (27_840_000, "USD", "$278,400", "$278,400"),
        (27_840_050, "USD", "$278,400.50", "$278,401"),
        (27_840_049, "USD", "$278,400.49", "$278,400"),
        (1200, "JPY", "¥1,200", "¥1,200"),
        (1_500_000, "KWD", "KWD1,500", "KWD1,500"),
        (1_500_250, "KWD", "KWD1,500.250", "KWD1,500"),
    ],
)
def test_money_is_written_without_empty_cents(
    minor: int, currency: str, exact: str, whole: str
) -> None:
    assert money_text(minor, currency) == exact
    assert whole_money_text(minor, currency) == whole


def test_a_state_from_another_time_is_passed_over(qtbot: QtBot, page: AccountsPage) -> None:
    page.restore({"columns": "%%%", "filter": "", "chosen": "gone"})
    page.restore({"columns": "QUJD", "filter": 7})
    assert page.model.total == len(ACCOUNTS)


def test_an_empty_portfolio_teaches_the_first_step(qtbot: QtBot, desk: Desk) -> None:
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert not page.table.isVisible()
    assert not page.figures.isVisible()
    page.new_account()
    line = page.findChild(NewLine)
    with qtbot.waitSignal(desk.changed):
        line.entered.emit("Aoba Logistics")
    assert page.table.isVisible()
    assert page.figures.isVisible()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_column_is_in_view_in_a_window_of_1280_pixels(
    qtbot: QtBot, desk: Desk, filled: list[str], language: str
) -> None:
    before = current().language
    use_language(language)
    try:
        page = AccountsPage(desk)
        qtbot.addWidget(page)
        page.resize(1280 - SIDEBAR, 700)
        with qtbot.waitExposed(page):
            page.show()
        assert page.table.horizontalScrollBar().maximum() == 0
    finally:
        use_language(before)


def test_columns_give_way_and_widen_again_but_not_the_one_the_user_has_sized(
    page: AccountsPage,
) -> None:
    keys = [column.key for column in page.model.columns]
    progress, phase = keys.index("progress"), keys.index("phase")
    page.resize(1600, 700)
    page.table.setColumnWidth(phase, 177)
    wide = page.table.columnWidth(progress)
    page.resize(1000, 700)
    assert page.table.columnWidth(progress) < wide
    page.resize(1600, 700)
    assert page.table.columnWidth(progress) == wide
    assert page.table.columnWidth(phase) == 177


@pytest.mark.parametrize(
    ("language", "minor", "currency", "text"),
    [
        ("en", 146_735_200, "JPY", "¥146.7M"),
        ("en", 108_732_050, "USD", "$1.1M"),
        ("ja", 146_735_200, "JPY", "¥1.47億"),
        ("ja", 83_496_000, "JPY", "¥8350万"),
        ("ja", 124_000, "JPY", "¥12.4万"),
    ],
)
def test_money_is_written_in_few_signs(language: str, minor: int, currency: str, text: str) -> None:
    use_language(language)
    try:
        assert short_money_text(minor, currency) == text
    finally:
        use_language("en")
