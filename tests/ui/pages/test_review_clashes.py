"""Cards for what makes no sense together, and for what an undo took along: keys decide them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_member, delete_members
from csdesk.model.records import Account
from csdesk.queries.kpis import account_kpis
from tests.store.desk import row_of
from tests.ui.pages.apart import Apart
from tests.ui.window_words import words
from ui.desk import Desk
from ui.pages.review.clash_card import ClashCard
from ui.pages.review.deletion_card import DeletionCard
from ui.pages.review.page import ReviewPage

JANUARY = dt.date(2026, 1, 1)


def test_both_cards_say_what_happened_and_a_key_decides_each(
    qtbot: QtBot, desk: Desk, apart: Apart, review: ReviewPage, settled: Callable[[], None]
) -> None:
    kim = apart.mine.write("Add", add_member, "Kim").result
    kpi = apart.mine.write("KPI", add_kpi, "NPS").result
    apart.mine.publish()
    apart.theirs.document.write_bytes(apart.mine.path.read_bytes())
    account = apart.ids.account
    apart.ben(delete_members, [kim])
    apart.ben(set_kpi_value, account, kpi, JANUARY, Decimal(5))
    apart.mine.write("Owner", edit_account, account, owner_id=kim)
    apart.mine.write("Value", set_kpi_value, account, kpi, JANUARY, Decimal(7))
    apart.mine.undo()
    apart.meet()
    settled()

    clash = next(card for card in review.cards.cards() if isinstance(card, ClashCard))
    assert clash.accessibleName() == "Team member “Kim”"
    assert "Account “Fuji Retail Group” · Owner: Kim · Tester" in "\n".join(words(clash))
    clash.setFocus()
    qtbot.keyClick(clash, Qt.Key.Key_L)
    settled()
    assert apart.mine.read(row_of, Account, account)["owner_id"] is None
    assert desk.workspace.undo_label == "Team member “Kim”: As it was before"

    [card] = review.cards.cards()
    assert isinstance(card, DeletionCard)
    assert any("took back having made this" in said for said in words(card))
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    settled()
    [series] = apart.mine.read(account_kpis, account)
    assert [int(point.value) for point in series.points] == [5]
    assert review.cards.cards() == []
    desk.workspace.undo()
    settled()
    assert len(review.cards.cards()) == 1
