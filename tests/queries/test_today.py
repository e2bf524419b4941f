"""What needs somebody today: late and due actions, meetings, renewals, silence, no plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.contracts import add_contract
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import add_item, edit_item
from csdesk.actions.plans import add_plan, edit_plan
from csdesk.actions.rows import create_row
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import (
    AccountStatus,
    ActionStatus,
    PlanStatus,
    Priority,
    TouchModel,
)
from csdesk.queries.today import (
    coming_meetings,
    coming_renewals,
    due_actions,
    due_today,
    planless_accounts,
    silent_accounts,
)
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 9, 0).astimezone()


class Office:
    """A workspace in which accounts with plans are quickly made."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def do(self, action: Any, *args: Any, **fields: Any) -> Any:
        """Write one action and return what it gives."""
        return self.workspace.write("Do", action, *args, **fields).result

    def account(self, name: str, **fields: Any) -> str:
        return str(self.do(add_account, name, **fields))

    def plan(self, account: str, **fields: Any) -> str:
        return str(self.do(add_plan, account, "Plan", **{"status": PlanStatus.ACTIVE, **fields}))

    def action(self, plan: str, title: str, days: int, **fields: Any) -> ItemRef:
        due = TODAY + dt.timedelta(days=days)
        ref = self.do(add_item, ItemKind.ACTION, ItemRef(None, plan), title, due_on=due, **fields)
        assert isinstance(ref, ItemRef)
        return ref

    def touch(self, account: str, when: dt.datetime, **fields: Any) -> str:
        values = {"account_id": account, "held_at": when, **fields}
        return str(self.do(create_row, "touchpoint", values))


@pytest.fixture
def office(workspace: Workspace) -> Office:
    return Office(workspace)


def due_titles(office: Office, **options: Any) -> list[str]:
    found = office.workspace.read(due_actions, today=TODAY, **options)
    return [one.title for one in found]


def test_late_actions_come_first_then_todays_then_those_of_the_week(office: Office) -> None:
    plan = office.plan(office.account("Fuji"))
    for title, days in (("soon", 7), ("today", 0), ("late", -3), ("later", 8), ("very late", -40)):
        office.action(plan, title, days)
    assert due_titles(office) == ["very late", "late", "today", "soon"]
    late = office.workspace.read(due_actions, today=TODAY)[1]
    assert (late.late_days, late.account, late.place) == (3, "Fuji", "Plan")


def test_of_one_day_the_more_urgent_stands_first(office: Office) -> None:
    plan = office.plan(office.account("Fuji"))
    office.action(plan, "plain", 0)
    office.action(plan, "low", 0, priority=Priority.LOW)
    office.action(plan, "critical", 0, priority=Priority.CRITICAL)
    assert due_titles(office) == ["critical", "plain", "low"]


def test_what_is_closed_or_of_a_plan_or_account_that_is_over_needs_nobody(office: Office) -> None:
    fuji = office.account("Fuji")
    plan = office.plan(fuji)
    for status in (ActionStatus.DONE, ActionStatus.CANCELED):
        office.do(edit_item, office.action(plan, status.value, -1), status=status)
    office.action(office.plan(fuji, status=PlanStatus.COMPLETED), "of a completed plan", -1)
    left = office.account("Left", status=AccountStatus.CHURNED)
    office.action(office.plan(left), "of an account that left", -1)
    archived = office.account("Archived")
    office.action(office.plan(archived), "of an archived account", -1)
    office.do(edit_account, archived, archived_on=TODAY)
    assert due_titles(office) == []


def test_somebodys_own_are_theirs_and_those_of_nobody_at_their_accounts(office: Office) -> None:
    sato, mori = office.do(add_member, "Sato"), office.do(add_member, "Mori")
    own, other = office.account("Own", owner_id=sato), office.account("Other", owner_id=mori)
    ken = office.do(add_contact, own, "Ken")
    office.action(office.plan(own), "nobody's", 0)
    office.action(office.plan(own), "the customer's", 0, customer_owner_id=ken)
    office.action(office.plan(own), "Mori's", 0, owner_id=mori)
    office.action(office.plan(other), "Sato's elsewhere", 0, owner_id=sato)
    office.action(office.plan(other), "not Sato's", 0)
    expected = {"nobody's", "the customer's", "Sato's elsewhere"}
    assert set(due_titles(office, of=sato)) == expected
    assert len(due_titles(office)) == 5


def test_the_count_is_of_what_is_late_or_due_today(office: Office) -> None:
    plan = office.plan(office.account("Fuji"))
    for days in (-5, 0, 1):
        office.action(plan, str(days), days)
    assert office.workspace.read(due_today, today=TODAY) == 2


def test_meetings_of_the_coming_days_stand_in_their_order(office: Office) -> None:
    fuji = office.account("Fuji")
    hours = {"this morning, over": -1, "today": 5, "in a week": 7 * 24, "in nine days": 9 * 24}
    ids = {
        office.touch(fuji, NOW + dt.timedelta(hours=after)): name for name, after in hours.items()
    }
    found = office.workspace.read(coming_meetings, now=NOW)
    assert [ids[one.id] for one in found] == ["today", "in a week"]


def test_a_meeting_one_takes_part_in_is_ones_own_wherever_it_is(office: Office) -> None:
    sato, mori = office.do(add_member, "Sato"), office.do(add_member, "Mori")
    fuji = office.account("Fuji", owner_id=mori)
    meeting = office.touch(fuji, NOW + dt.timedelta(hours=3))
    assert office.workspace.read(coming_meetings, now=NOW, of=sato) == []
    office.do(create_row, "touchpoint_attendee", {"touchpoint_id": meeting, "member_id": sato})
    (found,) = office.workspace.read(coming_meetings, now=NOW, of=sato)
    assert (found.id, found.people) == (meeting, 1)


def renewing(office: Office, account: str, days: int, **fields: Any) -> None:
    day = TODAY + dt.timedelta(days=days)
    office.do(add_contract, account, renewal_on=day, **fields)


def test_the_next_renewal_of_each_account_adds_up_by_currency(office: Office) -> None:
    fuji, aoba = office.account("Fuji"), office.account("Aoba")
    renewing(office, fuji, 30, mrr=1000, currency="JPY")
    renewing(office, fuji, 30, mrr=500, currency="JPY")
    renewing(office, fuji, 30, mrr=700, currency="USD")
    renewing(office, fuji, 60, mrr=9999, currency="JPY")
    renewing(office, aoba, 0, mrr=None, currency="JPY")
    renewing(office, office.account("Too far"), 121, mrr=1)
    renewing(office, office.account("Past"), -1, mrr=1)
    first, second = office.workspace.read(coming_renewals, today=TODAY)
    assert (first.account, first.amounts) == ("Aoba", ())
    assert (second.account, second.amounts) == ("Fuji", (("JPY", 18000), ("USD", 8400)))


def test_who_was_not_spoken_to_within_the_cadence_is_named(office: Office) -> None:
    ago = {"late": 20, "later": 40, "in time": 10}
    for name, days in ago.items():
        account = office.account(name, touch_model=TouchModel.HIGH)
        office.touch(account, NOW - dt.timedelta(days=days))
    office.account("never", touch_model=TouchModel.TECH)
    office.account("nobody said how often")
    planned = office.account("meets tomorrow", touch_model=TouchModel.HIGH)
    office.touch(planned, NOW + dt.timedelta(days=1))
    far = office.account("meets in a quarter", touch_model=TouchModel.HIGH)
    office.touch(far, NOW - dt.timedelta(days=30))
    office.touch(far, NOW + dt.timedelta(days=90))
    found = office.workspace.read(silent_accounts, now=NOW)
    assert [one.account for one in found] == ["never", "later", "meets in a quarter", "late"]
    assert found[3].cadence.overdue_days == 6


def test_accounts_without_a_plan_stand_by_their_renewal(office: Office) -> None:
    late, soon = office.account("Late"), office.account("Soon")
    renewing(office, late, 200)
    renewing(office, soon, 20)
    office.account("Never")
    planned = office.account("Planned")
    plan = office.plan(planned, status=PlanStatus.DRAFT)
    found = office.workspace.read(planless_accounts, today=TODAY)
    assert [one.account for one in found] == ["Soon", "Late", "Never"]
    office.do(edit_plan, plan, status=PlanStatus.CANCELED)
    assert "Planned" in [
        one.account for one in office.workspace.read(planless_accounts, today=TODAY)
    ]
