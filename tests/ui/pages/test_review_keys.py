"""The review page is worked through by keyboard, and hundreds of items do not slow it down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import change_row
from csdesk.model.items import ItemKind, ItemRef
from csdesk.queries.review import open_review_count
from tests.ui.pages.apart import Apart
from tests.ui.window_words import cut_words
from ui.desk import Desk
from ui.pages.review.card import Card
from ui.pages.review.card_list import PAGE, CardList
from ui.pages.review.page import ReviewPage
from ui.pages.review.recovered_card import RecoveredCard
from ui.widgets.tinted_text import TintedText
from ui.widgets.wrapped_label import WrappedLabel

Key = Qt.Key
MANY = 2 * PAGE + 5
Settled = Callable[[], None]


def focused_card() -> Card:
    """Return the card that has the keyboard, itself or in one of its buttons."""
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, Card):
        widget = widget.parentWidget()
    assert isinstance(widget, Card)
    return widget


@pytest.fixture
def three(apart: Apart, review: ReviewPage, settled: Settled) -> list[Card]:
    """Return the cards of three items, the first having the keyboard."""
    apart.move_milestone()
    apart.add_to_text()
    apart.change_same_word()
    apart.meet()
    settled()
    review.setFocus()
    cards = review.cards.cards()
    assert focused_card() is cards[0]
    return cards


def test_up_and_down_go_from_card_to_card_also_from_within_one(
    qtbot: QtBot, review: ReviewPage, three: list[Card]
) -> None:
    qtbot.keyClick(three[0], Key.Key_Down)
    assert focused_card() is three[1]
    button = three[1].button("join")
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Down)
    assert focused_card() is three[2]
    qtbot.keyClick(three[2], Key.Key_Down)
    assert focused_card() is three[2], "below the last there is nothing"
    qtbot.keyClick(three[2], Key.Key_Up)
    assert focused_card() is three[1]


def test_tab_goes_through_the_buttons_and_escape_back_to_the_card(
    qtbot: QtBot, three: list[Card]
) -> None:
    qtbot.keyClick(three[0], Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QPushButton)
    assert focused_card() is three[0]
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert QApplication.focusWidget() is three[0]


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Key.Key_K, "Keep Jan 31, 2027"),
        (Key.Key_1, "Use Jan 20, 2027"),
        (Key.Key_Return, "Use Jan 20, 2027"),
        (Key.Key_Enter, "Use Jan 20, 2027"),
    ],
)
def test_a_key_decides_the_card_and_the_keyboard_goes_to_the_next(
    qtbot: QtBot,
    desk: Desk,
    review: ReviewPage,
    three: list[Card],
    settled: Settled,
    key: Key,
    step: str,
) -> None:
    last = three[2]
    last.setFocus()
    assert "Due" in last.accessibleName()
    qtbot.keyClick(last, key)
    settled()
    assert desk.workspace.undo_label == step
    assert len(review.cards.cards()) == 2
    assert focused_card() is review.cards.cards()[-1]


def test_enter_on_a_button_presses_that_button_and_no_other(
    qtbot: QtBot, desk: Desk, three: list[Card], settled: Settled
) -> None:
    keep = three[2].button("keep")
    keep.setFocus()
    qtbot.keyClick(keep, Key.Key_Return)
    settled()
    assert desk.workspace.undo_label == "Keep Jan 31, 2027"


def test_j_takes_the_joined_text_where_there_is_one(
    qtbot: QtBot, desk: Desk, three: list[Card], settled: Settled
) -> None:
    qtbot.keyClick(three[2], Key.Key_J)
    assert (desk.workspace.undo_label or "") == "Mine", "a date has no joined text"
    qtbot.keyClick(three[1], Key.Key_J)
    settled()
    assert (desk.workspace.undo_label or "").startswith("Use the joined text: Touchpoint")


def test_a_key_with_control_is_left_to_the_window(
    qtbot: QtBot, desk: Desk, three: list[Card]
) -> None:
    qtbot.keyClick(three[2], Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert desk.workspace.undo_label == "Mine"


def test_every_button_says_its_key_and_what_it_does(three: list[Card]) -> None:
    use = three[2].button("take:0")
    assert use.accessibleName() == "Use Jan 20, 2027"
    assert use.toolTip() == "Use Jan 20, 2027 (Enter)"
    assert three[2].button("keep").toolTip() == "Keep Jan 31, 2027 (K)"


def test_a_lost_item_with_several_places_asks_where_in_a_menu(
    qtbot: QtBot, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    def add_goals(session: Session) -> None:
        plan = add_plan(session, apart.ids.account, "Another plan")
        for name in ("Fewer calls", "More users"):
            add_item(session, ItemKind.GOAL, ItemRef(None, plan), name)

    apart.delete_owner()
    apart.mine.write("Goals", add_goals)
    apart.meet()
    settled()
    (card,) = review.cards.cards()
    assert isinstance(card, RecoveredCard)
    assert isinstance(card.places, QMenu)
    qtbot.keyClick(card, Key.Key_M)
    qtbot.waitUntil(card.places.isVisible)
    action = next(one for one in card.places.actions() if "Fewer calls" in one.text())
    card.places.close()
    action.trigger()
    settled()
    assert review.cards.cards() == []
    assert apart.mine.read(open_review_count) == 0


def _change_all(session: Session, accounts: list[str], industry: str) -> None:
    for account in accounts:
        change_row(session, "account", account, {"industry": industry})


def _add_many(session: Session, count: int) -> list[str]:
    return [add_account(session, f"Account {number:03}", industry="?") for number in range(count)]


@pytest.fixture
def many(workspace: Any, tmp_path: Any, review: ReviewPage, settled: Settled) -> Apart:
    """Return two copies that disagree about so many accounts."""
    accounts = workspace.write("Add", _add_many, MANY).result
    apart = Apart(workspace, tmp_path)
    apart.ben(_change_all, accounts, "Finance")
    workspace.write("Mine", _change_all, accounts, "Logistics")
    apart.meet()
    settled()
    return apart


def test_of_many_items_the_first_have_cards_and_the_rest_are_counted(
    qtbot: QtBot, review: ReviewPage, many: Apart, settled: Settled
) -> None:
    assert len(review.cards.cards()) == PAGE
    more = next(
        button for button in review.cards.findChildren(QPushButton) if "Show more" in button.text()
    )
    assert more.text() == f"Show more ({MANY - PAGE} are left)"
    more.click()
    assert len(review.cards.cards()) == 2 * PAGE


def test_down_on_the_last_card_makes_more_until_all_are_there(
    qtbot: QtBot, review: ReviewPage, many: Apart, settled: Settled
) -> None:
    review.setFocus()
    for _step in range(MANY - 1):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Down)
    assert len(review.cards.cards()) == MANY
    assert focused_card() is review.cards.cards()[-1]
    assert len({card.accessibleName() for card in review.cards.cards()}) == MANY


def test_keep_all_settles_also_what_was_not_in_view(
    review: ReviewPage, many: Apart, settled: Settled
) -> None:
    review.keep_all_button.click()
    settled()
    assert many.mine.read(open_review_count) == 0
    assert review.cards.cards() == []
    many.mine.undo()
    settled()
    assert many.mine.read(open_review_count) == MANY


def test_more_rows_are_asked_for_when_those_at_hand_are_shown(qtbot: QtBot) -> None:
    rows = [AccountName(str(number)) for number in range(3 * PAGE)]
    cards: CardList[AccountName] = CardList(lambda row: Card(row.id))
    qtbot.addWidget(cards)
    cards.show_rows(rows[: PAGE + 5], len(rows))
    with qtbot.assertNotEmitted(cards.more_wanted, wait=0):
        cards.show_rows(rows[: PAGE + 5], len(rows))
    with qtbot.waitSignal(cards.more_wanted):
        cards.show_more()
    cards.show_rows(rows[: cards.most], len(rows))
    assert len(cards.cards()) == 2 * PAGE


@dataclass(frozen=True)
class AccountName:
    """A row with nothing but its id."""

    id: str


def test_every_word_on_the_cards_has_the_height_and_width_it_needs(
    qtbot: QtBot, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.delete_what_is_edited()
    apart.report_in_a_circle()
    apart.both_add("Hanami Hotels")
    apart.move_milestone()
    apart.add_to_text()
    apart.change_same_word()
    apart.meet()
    review.resize(1280 - 212, 2400)
    settled()
    assert len(review.cards.cards()) == 6
    assert cut_words(review) == []
    low = [
        (widget, widget.height(), widget.sizeHint().height())
        for kind in (QLabel, QPushButton)
        for widget in review.findChildren(kind)
        if widget.isVisible() and not isinstance(widget, WrappedLabel | TintedText)
        if widget.height() < widget.sizeHint().height()
    ]
    assert low == []


def test_coming_to_the_page_the_keyboard_is_at_the_first_card_and_can_leave_backwards(
    qtbot: QtBot, review: ReviewPage, three: list[Card]
) -> None:
    review.keep_all_button.setFocus()
    qtbot.keyClick(review.keep_all_button, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert not isinstance(QApplication.focusWidget(), Card), "it does not bounce back"
