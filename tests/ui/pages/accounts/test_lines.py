"""The lines of the figures: as they were on record, ending with what the figure says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.contracts import add_contract
from csdesk.actions.plan_items import add_item, edit_item
from csdesk.actions.plans import add_plan
from csdesk.insight.account_view import AccountFilter
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import ActionStatus, CsmView, PlanStatus, TouchModel
from csdesk.queries.account_filter import Counted
from csdesk.settings import Home
from csdesk.store.touching import everything
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk
from ui.pages.accounts.page import AccountsPage

OLD, NEW = 130, 20
"""Days since the older and the newer account were noted."""


class Then:
    """Writes things down on days of the past."""

    def __init__(self) -> None:
        self.now = dt.datetime.now(dt.UTC)
        self.ago = 0

    def __call__(self) -> dt.datetime:
        return self.now - dt.timedelta(days=self.ago)

    def day(self, ago: int) -> dt.date:
        """Tell the day so many days ago."""
        return self.now.astimezone().date() - dt.timedelta(days=ago)


@pytest.fixture
def then() -> Then:
    """Return the clock of the workspace."""
    return Then()


@pytest.fixture
def workspace(home: Home, tmp_path: Path, then: Then) -> Iterator[Workspace]:
    """Return a workspace in which one account has a past, and one has none to speak of."""
    with Workspace.create(
        tmp_path / "North.csdesk", home=home, author="Tester", clock=then
    ) as workspace:

        def do(ago: int, action: Any, *args: Any, **fields: Any) -> Any:
            then.ago = ago
            return workspace.write("Do", action, *args, **fields).result

        old = do(OLD, add_account, "Aoba", csm_view=CsmView.RED)
        plan = ItemRef(None, do(OLD, add_plan, old, "Plan", status=PlanStatus.ACTIVE))
        start = {"start_on": then.day(800), "renewal_on": then.day(-30)}
        do(OLD, add_contract, old, mrr=10_050, currency="USD", **start)
        due = {"due_on": then.day(OLD)}
        item = do(OLD, add_item, ItemKind.ACTION, plan, "Call", **due)
        do(OLD, add_item, ItemKind.ACTION, plan, "Write", **due)
        do(2, edit_item, item, status=ActionStatus.DONE)
        do(NEW, add_account, "Kita", touch_model=TouchModel.LOW)
        then.ago = 0
        yield workspace


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> AccountsPage:
    """Return the page as it opens."""
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_every_figure_has_a_line_of_what_was_on_record_up_to_what_it_says(
    qtbot: QtBot, page: AccountsPage, desk: Desk, then: Then
) -> None:
    cards = page.figures.cards
    qtbot.waitUntil(lambda: len(cards[Counted.LATE].line.amounts) > 1)
    ends = sum(then.day(ago).day == 1 for ago in range(OLD))
    late = cards[Counted.LATE]
    # The one that was done the day before yesterday was late at the end of each month before.
    is_seen = then.day(0).day <= 2 and then.day(2).month != then.day(0).month
    last = 1 if is_seen else 2
    assert late.line.amounts == (*(2,) * (ends - 1), last, 1)
    assert late.figure == "1"
    assert "; now: 1. No earlier month is on record." in late.accessibleName()
    assert cards[Counted.NO_PLAN].line.amounts[0] == 0
    assert cards[Counted.NO_PLAN].line.amounts[-1] == 1
    assert cards[Counted.RENEWALS].line.amounts[-1] == 1
    at_risk = cards[Counted.AT_RISK]
    assert at_risk.line.amounts == (120_600,) * (ends + 1)
    assert at_risk.figure == "$1,206"
    # A change of now moves the end of the line, and nothing else.
    account = next(row.id for row in page.model.rows() if row.name == "Aoba")
    with qtbot.waitSignal(desk.changed):
        desk.write("Better", edit_account, account, csm_view=CsmView.GREEN)
    qtbot.waitUntil(lambda: at_risk.line.amounts == (*(120_600,) * ends, 0))
    assert at_risk.figure == "—"


def test_the_lines_are_of_the_accounts_shown_and_too_short_a_past_is_none(
    qtbot: QtBot, page: AccountsPage
) -> None:
    cards = page.figures.cards
    qtbot.waitUntil(lambda: len(cards[Counted.LATE].line.amounts) > 1)
    page.show_filter(AccountFilter((("touch_model", ("low",)),)))
    qtbot.waitUntil(lambda: cards[Counted.LATE].line.amounts == ())
    assert "No line yet: two ends of months are needed." in cards[Counted.LATE].toolTip()
    assert "No line" not in cards[Counted.LATE].accessibleName()
    page.show_filter(AccountFilter())
    qtbot.waitUntil(lambda: len(cards[Counted.LATE].line.amounts) > 1)


def test_what_comes_in_of_earlier_days_is_told_too(
    qtbot: QtBot, page: AccountsPage, desk: Desk, then: Then
) -> None:
    cards = page.figures.cards
    qtbot.waitUntil(lambda: len(cards[Counted.LATE].line.amounts) > 1)
    before = cards[Counted.NO_PLAN].line.amounts
    then.ago = OLD - 1
    desk.workspace.write("Do", add_account, "Umi")
    then.ago = 0
    desk.changed.emit(everything("A colleague's copy"))
    raised = tuple(amount + 1 for amount in before)
    qtbot.waitUntil(lambda: cards[Counted.NO_PLAN].line.amounts == raised)
