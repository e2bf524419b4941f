"""Ready lines of the accounts table: never anything else than what would be worked out anew."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, delete_accounts, edit_account, tag_account
from csdesk.actions.kpis import add_kpi, delete_kpi, set_kpi_value
from csdesk.actions.people import add_contact, add_member, delete_members
from csdesk.actions.plans import add_measure
from csdesk.model.items import ItemKind
from csdesk.model.records import Touchpoint
from csdesk.model.vocabulary import ProgressRag
from csdesk.queries import summaries
from csdesk.queries.portfolio import AccountRow, portfolio_rows, ready_summaries
from csdesk.queries.summaries import are_kept, keep_summaries, kept_summaries, newest_step
from csdesk.workspace.workspace import Workspace
from tests.queries.portfolio_desk import TODAY, Desk, days


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    """Add the one account."""
    return Desk(workspace)


def keep(desk: Desk) -> None:
    """Keep the lines of all accounts as they are now."""
    today, step, bodies = desk.workspace.read(ready_summaries, today=TODAY)
    desk.workspace.derive(keep_summaries, today, step, bodies)


@pytest.fixture
def rich(desk: Desk) -> Desk:
    """Give the account a value for every column, and keep its summary."""
    desk.contract(mrr=100, renewal_on=days(30))
    desk.contract(mrr=1, currency="USD")
    desk.do(tag_account, desk.account, "重点")
    plan = desk.plan()
    goal = desk.add(ItemKind.GOAL, plan, "G", progress_rag=ProgressRag.AT_RISK)
    desk.add(ItemKind.ACTION, goal, "A", due_on=days(-1))
    kpi = desk.do(add_kpi, "Logins")
    desk.do(add_measure, goal.id, kpi, baseline=Decimal(0), target=Decimal(3))
    desk.do(set_kpi_value, desk.account, kpi, days(-40), Decimal(1))

    def touch(session: Session) -> None:
        now = dt.datetime.now(dt.UTC) - dt.timedelta(days=3)
        session.add(Touchpoint(account_id=desk.account, held_at=now))

    desk.do(touch)
    return desk


def test_a_ready_line_says_exactly_what_a_computed_one_says(rich: Desk) -> None:
    computed = rich.rows
    keep(rich)
    ready = rich.rows
    assert ready == computed
    for name, kept, worked_out in zip(AccountRow._fields, ready[0], computed[0], strict=True):
        assert type(kept) is type(worked_out), name


def test_a_line_is_made_anew_when_anything_of_its_account_changes(rich: Desk) -> None:
    other = rich.do(add_account, "Other")
    keep(rich)
    before = {row.id: row for row in rich.rows}
    rich.contract(mrr=900)
    changed = {row.id: row for row in rich.rows}
    assert changed[rich.account].arr == 12_000
    assert changed[other] == before[other]
    rich.workspace.undo()
    assert {row.id: row for row in rich.rows} == before
    rich.do(delete_accounts, [other])
    assert [row.id for row in rich.rows] == [rich.account]


def test_a_changed_member_or_segment_changes_the_lines_that_show_it(rich: Desk) -> None:
    owner = rich.do(add_member, "Yui")
    rich.do(edit_account, rich.account, owner_id=owner)
    keep(rich)
    rich.do(delete_members, [owner])
    assert rich.row.owner == ""


def test_another_day_makes_every_line_anew(rich: Desk) -> None:
    keep(rich)
    later = rich.workspace.read(portfolio_rows, today=days(40))
    assert later[0].renewal_on is None


def fresh(desk: Desk, today: dt.date = TODAY) -> set[str]:
    """Name the accounts whose kept lines still hold."""
    kept = desk.workspace.read(kept_summaries, today)
    return set() if kept is None else set(kept.columns[0].values) - kept.stale


def test_nothing_is_ready_before_it_was_kept(rich: Desk) -> None:
    assert fresh(rich) == set()
    keep(rich)
    assert fresh(rich) == {rich.account}
    assert fresh(rich, days(1)) == set()


def test_only_the_account_that_was_touched_is_stale(rich: Desk) -> None:
    other = rich.do(add_account, "Other")
    keep(rich)
    assert rich.workspace.read(are_kept, TODAY)
    rich.do(add_contact, other, "Somebody")
    assert fresh(rich) == {rich.account}
    assert not rich.workspace.read(are_kept, TODAY)
    rich.add(ItemKind.GOAL, rich.plan("new"), "G")
    assert fresh(rich) == set()


def test_a_step_that_all_accounts_show_makes_them_all_stale(rich: Desk) -> None:
    kpi = rich.do(add_kpi, "Unused")
    rich.do(add_account, "Other")
    keep(rich)
    rich.do(delete_kpi, kpi)
    assert fresh(rich) == set()


def test_keeping_is_no_step_and_part_of_no_file(rich: Desk) -> None:
    before = rich.workspace.read(newest_step)
    label = rich.workspace.undo_label
    keep(rich)
    assert rich.workspace.read(newest_step) == before
    assert rich.workspace.undo_label == label


def test_lines_of_another_shape_are_not_read(rich: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(rich)
    monkeypatch.setattr(summaries, "VERSION", summaries.VERSION + 1)
    assert fresh(rich) == set()
    assert rich.row.arr == 1_200
