"""The accounts table is filtered by words, chips and figures, all by keyboard."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account, tag_account
from csdesk.actions.contracts import add_contract
from csdesk.insight.account_view import ME, AccountFilter
from csdesk.model.vocabulary import AccountStatus, CsmView, Phase
from csdesk.queries.account_filter import ARCHIVED, Counted
from csdesk.queries.accounts import member_choices
from tests.ui.pages.accounts.views_desk import Key, choose_in_menu, names, popup, tick
from tests.ui.portfolio import ACCOUNTS
from ui.desk import Desk
from ui.pages.accounts.page import AccountsPage
from ui.widgets.empty_state import EmptyState

ENTERPRISE = ["Blue Harbor Bank", "大地マニュファクチャリング", "富士リテールグループ"]


def chips(page: AccountsPage) -> list[str]:
    """Return what the chips say."""
    return [chip.label.accessibleName() for chip in page.control.bar.chips.values()]


def counts() -> dict[str, str]:
    """Return the lines of the open popup with their counts."""
    model = popup().model
    checks = [model.check(row) for row in range(model.rowCount())]
    return {check.label: check.note for check in checks}


def test_a_filter_is_added_changed_and_taken_away_by_keyboard(
    qtbot: QtBot, page: AccountsPage
) -> None:
    bar = page.control.bar
    bar.more.setFocus()
    qtbot.keyClick(bar.more, Key.Key_Space)
    choose_in_menu(qtbot, "Segment")
    assert counts() == {"Enterprise": "3", "Mid-market": "4", "SMB": "1", "none": "0"}
    tick(qtbot, "Enterprise")
    assert names(page) == ENTERPRISE
    assert chips(page) == ["Segment: Enterprise"]
    bar.chips["segment"].label.setFocus()
    qtbot.keyClick(bar.chips["segment"].label, Key.Key_Return)
    tick(qtbot, "SMB")
    assert len(names(page)) == 4
    assert chips(page) == ["Segment: Enterprise, SMB"]
    qtbot.keyClick(bar.chips["segment"].label, Key.Key_Delete)
    assert len(names(page)) == len(ACCOUNTS)
    assert chips(page) == []
    assert bar.more.hasFocus()


def test_chips_add_up_and_counts_follow_the_other_chips(qtbot: QtBot, page: AccountsPage) -> None:
    page.show_filter(AccountFilter((("touch_model", ("high",)),)))
    page.control.bar.choose_values("phase")
    assert counts() == {
        "Onboarding": "0",
        "Adoption": "2",
        "Retention": "0",
        "Expansion": "1",
        "Renewal": "1",
        "none": "0",
    }
    tick(qtbot, "Adoption", "Renewal")
    assert names(page) == ["Aoba Logistics", "Blue Harbor Bank", "富士リテールグループ"]
    page.control.bar.field.setText("retail")
    assert names(page) == []
    page.control.bar.field.setText("小売")
    assert names(page) == ["富士リテールグループ"]
    qtbot.keyClick(page.control.bar.field, Key.Key_Escape)
    assert len(names(page)) == 3


def test_where_nothing_matches_a_button_clears_the_filters(
    qtbot: QtBot, page: AccountsPage
) -> None:
    page.show_filter(AccountFilter((("phase", ("retention",)),), "zzz"))
    assert not page.table.isVisible()
    button = next(
        one
        for one in page.findChildren(QPushButton)
        if one.text() == "Clear filters" and isinstance(one.parent(), EmptyState)
    )
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Space)
    assert page.table.isVisible()
    assert len(names(page)) == len(ACCOUNTS)
    assert page.control.bar.field.text() == ""
    assert page.table.hasFocus()


def test_down_leads_from_the_words_to_the_first_row(qtbot: QtBot, page: AccountsPage) -> None:
    page.start_filter()
    qtbot.keyClicks(page.control.bar.field, "hanami")
    qtbot.keyClick(page.control.bar.field, Key.Key_Down)
    assert page.table.hasFocus()
    assert page.table.currentIndex().row() == 0


def test_me_is_who_sits_here_and_changes_with_it(page: AccountsPage, desk: Desk) -> None:
    me = AccountFilter((("owner", (ME,)),))
    page.show_filter(me)
    assert names(page) == []
    tom = next(one for one in desk.read(member_choices) if one.name == "Tom Sato")
    desk.preferences.choose_me(desk.workspace.id, tom.id)
    assert names(page) == [
        "Blue Harbor Bank",
        "Hanami Hotels",
        "大地マニュファクチャリング",
        "富士リテールグループ",
    ]
    assert chips(page) == ["Owner: me"]


def test_archived_accounts_are_shown_only_when_asked_for(
    qtbot: QtBot, page: AccountsPage, desk: Desk, filled: list[str], today: dt.date
) -> None:
    with qtbot.waitSignal(desk.changed):
        desk.write("Archive", edit_account, filled[0], archived_on=today)
    assert "Aoba Logistics" not in names(page)
    page.show_filter(AccountFilter((("status", (ARCHIVED,)),)))
    assert names(page) == ["Aoba Logistics"]


def test_every_figure_shows_what_it_counts_and_lets_go_again(
    qtbot: QtBot, page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    with qtbot.waitSignal(desk.changed):
        desk.write("Judge", edit_account, filled[6], csm_view=CsmView.RED)
    expected = {"arr": 8, "at_risk": 4, "renewals": 3, "no_plan": 1, "late": 2}
    for counted, card in page.figures.cards.items():
        qtbot.keyClick(card, Key.Key_Return)
        assert len(names(page)) == expected[counted.value], counted
        assert card.is_on
        assert len(chips(page)) == 1
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        assert len(names(page)) == len(ACCOUNTS)
        assert not card.is_on


def test_a_chip_of_a_figure_taken_away_lets_its_card_go(page: AccountsPage) -> None:
    page.control.show_counted(Counted.RENEWALS.value)
    assert page.figures.cards[Counted.RENEWALS].is_on
    page.control.bar.remove_filter("counted")
    assert not page.figures.cards[Counted.RENEWALS].is_on


def test_the_figures_count_what_the_filter_lets_through_but_not_the_figure_pressed(
    qtbot: QtBot, page: AccountsPage
) -> None:
    cards = page.figures.cards
    page.show_filter(AccountFilter((("segment", (page.model.row(2).segment_id or "",)),)))
    qtbot.waitUntil(lambda: cards[Counted.RENEWALS].figure == "2")  # of four mid-market accounts
    arr = cards[Counted.ARR].figure
    page.control.show_counted(Counted.NO_PLAN.value)
    assert names(page) == []
    page.show_filter(page.control.filter.choosing("phase", ("onboarding", "renewal")))
    qtbot.waitUntil(lambda: cards[Counted.RENEWALS].figure == "1")
    assert cards[Counted.ARR].figure != arr
    assert cards[Counted.NO_PLAN].figure == "0"


def test_the_arr_shows_twelve_months_and_money_is_never_mixed(
    qtbot: QtBot, page: AccountsPage, desk: Desk, filled: list[str], today: dt.date
) -> None:
    card = page.figures.cards[Counted.ARR]
    qtbot.waitUntil(lambda: len(card.line.amounts) == 13)
    assert card.line.amounts[-1] == sum(row.arr or 0 for row in page.model.rows())
    with qtbot.waitSignal(desk.changed):
        desk.write("Sell", add_contract, filled[0], mrr=1_000_000, currency="USD", start_on=today)
    qtbot.waitUntil(lambda: "$120,000" in card.accessibleName())
    assert card.figure.startswith("¥")


def test_a_change_from_elsewhere_moves_a_row_in_and_out_of_the_filter(
    qtbot: QtBot, page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    page.show_filter(AccountFilter((("phase", ("renewal",)), ("status", ("active",)))))
    before = names(page)
    page.table.choose(filled[1])
    with qtbot.waitSignal(desk.changed), qtbot.assertNotEmitted(page.model.modelReset):
        desk.write("Move", edit_account, filled[0], phase=Phase.RENEWAL)
    assert names(page) == ["Aoba Logistics", *before]
    assert page.table.chosen_ids() == [filled[1]]
    with qtbot.waitSignal(desk.changed):
        desk.write("Leave", edit_account, filled[0], status=AccountStatus.CHURNED)
    assert names(page) == before


def test_tags_are_found_by_any_of_them(
    qtbot: QtBot, page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    with qtbot.waitSignals([desk.changed, desk.changed]):
        desk.write("Tag", tag_account, filled[0], "VIP & co")
        desk.write("Tag", tag_account, filled[2], "参考")
    page.control.bar.choose_values("tags")
    assert counts() == {"VIP & co": "1", "参考": "1", "no tags": "6"}
    tick(qtbot, "VIP & co", "参考")
    assert names(page) == ["Aoba Logistics", "Cascade Foods"]
    assert chips(page) == ["Tags: VIP & co, 参考"]


def test_another_page_opens_the_table_filtered(page: AccountsPage) -> None:
    page.show_item("account_filter", "no_plan")
    assert names(page) == ["Glacier Software"]
    page.show_item("account_filter", '{"filter": {"touch_model": ["tech"]}}')
    assert names(page) == ["Glacier Software"]
    page.show_item("account_filter", "no such thing")
    assert len(names(page)) == len(ACCOUNTS)
