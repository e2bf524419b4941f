"""Rows that are the same become one: all of both is kept, and it can be taken apart again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions import review
from csdesk.actions.accounts import add_account, tag_account
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_contact, edit_contact
from csdesk.actions.plan_items import (
    edit_item,
)
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import create_row
from csdesk.model.records import (
    Account,
    AccountTag,
    Contact,
    Goal,
    KpiValue,
    Plan,
    TouchpointAttendee,
)
from csdesk.queries.review_items import (
    DuplicateItem,
    RecoveredItem,
)
from csdesk.workspace.workspace import Workspace
from tests.actions.review_desk import Desk, boss, only
from tests.queries.apart import Pair
from tests.store.desk import row_of


class Twins:
    """An account that both entered, each with things of its own."""

    def __init__(self, pair: Pair) -> None:
        self.kpi = pair.aiko.write("KPI", add_kpi, "Sales").result
        pair.meet()
        self.first = self._fill(pair.aiko, {"industry": "Bank", "org_notes": "From Aiko"}, 1, 10)
        pair.pass_by(minutes=5)
        self.second = self._fill(pair.ben, {"region": "East", "org_notes": "From Ben"}, 2, 99)
        pair.meet()

    def _fill(self, workspace: Workspace, fields: dict[str, Any], month: int, march: int) -> str:
        account: str = workspace.write("Add", add_account, "Twin", **fields).result
        workspace.write("Plan", add_plan, account, f"Plan {month}")
        workspace.write("Contact", add_contact, account, f"Contact {month}")
        workspace.write("Tag", tag_account, account, "VIP")
        workspace.write("Tag", tag_account, account, f"Tag {month}")
        for number, value in ((month, month), (3, march)):
            day = dt.date(2026, number, 1)
            workspace.write("Value", set_kpi_value, account, self.kpi, day, Decimal(value))
        return account


def test_two_accounts_become_one_and_nothing_of_either_is_lost(
    apart: tuple[Pair, Desk],
) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    step = pair.ben.write("One", review.make_these_one, only(pair.ben, DuplicateItem))
    assert step.result == twins.first, "the older one stays"
    pair.meet()
    kept = pair.aiko.read(row_of, Account, twins.first)
    assert (kept["industry"], kept["region"]) == ("Bank", "East")
    assert kept["org_notes"] == "From Aiko\nFrom Ben"
    assert pair.aiko.read(below, Plan, twins.first) == ["Plan 1", "Plan 2"]
    assert pair.aiko.read(below, Contact, twins.first) == ["Contact 1", "Contact 2"]
    assert pair.aiko.read(below, AccountTag, twins.first) == ["Tag 1", "Tag 2", "VIP"]
    assert pair.aiko.read(below, AccountTag, twins.second) == []
    assert pair.aiko.read(numbers, twins.first) == {1: 1, 2: 2, 3: 10}
    assert pair.aiko.read(numbers, twins.second) == {3: 99}, "a month that both had stays to see"

    (item,) = pair.waiting()
    assert isinstance(item, RecoveredItem)
    assert item.parent == "Account “Twin”"
    (place,) = item.places
    assert place.id == f"account:{twins.first}"
    pair.aiko.write("Move", review.move_recovered, item, place)
    pair.meet()
    assert pair.ben.read(numbers, twins.first) == {1: 1, 2: 2, 3: 99}
    assert pair.waiting() == ()


def test_making_one_is_one_step_to_be_undone(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.aiko.undo()
    pair.meet()
    assert pair.ben.read(below, Plan, twins.second) == ["Plan 2"]
    assert pair.ben.read(below, AccountTag, twins.second) == ["Tag 2", "VIP"]
    assert pair.ben.read(numbers, twins.second) == {2: 2, 3: 99}
    assert [type(item) for item in pair.waiting()] == [DuplicateItem]


def test_both_make_them_one_at_once(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    for workspace in (pair.aiko, pair.ben):
        workspace.write("One", review.make_these_one, only(workspace, DuplicateItem))
    pair.meet()
    assert pair.aiko.read(below, Plan, twins.first) == ["Plan 1", "Plan 2"]
    assert pair.aiko.read(numbers, twins.first) == {1: 1, 2: 2, 3: 10}
    assert [type(item) for item in pair.waiting()] == [RecoveredItem]


def test_two_stay_two(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    Twins(pair)
    pair.ben.write("Two", review.keep_two, only(pair.ben, DuplicateItem))
    pair.meet()
    assert pair.waiting() == ()
    pair.ben.undo()
    pair.meet()
    assert len(pair.waiting()) == 1


def test_one_here_and_two_there_is_asked_again_and_can_be_taken_apart(
    apart: tuple[Pair, Desk],
) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.ben.write("Two", review.keep_two, only(pair.ben, DuplicateItem))
    pair.meet()
    (item,) = [item for item in pair.waiting() if isinstance(item, DuplicateItem)]
    assert {one.who.author for one in item.decided} == {"Aiko", "Ben"}
    assert [candidate.is_gone for candidate in item.candidates] == [False, True]
    pair.ben.write("Two", review.keep_two, item)
    pair.meet()
    assert pair.waiting() == ()
    assert pair.aiko.read(below, Plan, twins.second) == ["Plan 2"]
    assert pair.aiko.read(numbers, twins.second) == {2: 2, 3: 99}
    assert pair.aiko.read(numbers, twins.first) == {1: 1, 3: 10}


def test_what_somebody_added_to_the_second_meanwhile_is_recovered_and_moves_over(
    apart: tuple[Pair, Desk],
) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.ben.write("Plan", add_plan, twins.second, "Late plan")
    pair.meet()
    late = next(item for item in pair.waiting() if item.entity == "plan")
    assert isinstance(late, RecoveredItem)
    pair.ben.write("Move", review.move_recovered, late, late.places[0])
    pair.meet()
    assert pair.aiko.read(below, Plan, twins.first) == ["Late plan", "Plan 1", "Plan 2"]


def test_two_contacts_become_one_wherever_they_are_named(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    first = pair.aiko.write("Add", add_contact, desk.account, "Mori").result
    second = pair.ben.write("Add", add_contact, desk.account, "MORI", email="m@x.jp").result
    touch = pair.ben.write(
        "Touch", create_row, "touchpoint", {"account_id": desk.account, "summary": "Call"}
    ).result
    pair.ben.write(
        "Was there",
        create_row,
        "touchpoint_attendee",
        {"touchpoint_id": touch, "contact_id": second},
    )
    pair.ben.write("Owner", edit_item, desk.goal, customer_owner_id=second)
    pair.ben.write("Boss", edit_contact, desk.people[0], reports_to_id=second)
    pair.meet()
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.meet()
    assert boss(pair.ben, desk.people[0]) == first
    assert pair.ben.read(row_of, Goal, desk.goal.id)["customer_owner_id"] == first
    assert pair.ben.read(row_of, Contact, first)["email"] == "m@x.jp"
    attendees = pair.ben.read(
        lambda session: [
            row.contact_id
            for row in session.scalars(
                select(TouchpointAttendee).where(TouchpointAttendee.deleted_at.is_(None))
            )
        ]
    )
    assert attendees == [first]
    assert pair.waiting() == ()


def test_two_kpis_become_one_with_all_their_values(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    for workspace, month in ((pair.aiko, 1), (pair.ben, 2)):
        kpi = workspace.write("KPI", add_kpi, "NPS").result
        day = dt.date(2026, month, 1)
        workspace.write("Value", set_kpi_value, desk.account, kpi, day, Decimal(month))
    pair.meet()
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.meet()
    assert pair.ben.read(numbers, desk.account) == {1: 1, 2: 2}
    assert pair.waiting() == ()


def test_a_month_that_both_kpis_had_stays_to_see_and_can_be_taken_over(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    for workspace, value in ((pair.aiko, 10), (pair.ben, 99)):
        kpi = workspace.write("KPI", add_kpi, "NPS").result
        day = dt.date(2026, 1, 1)
        workspace.write("Value", set_kpi_value, desk.account, kpi, day, Decimal(value))
        pair.pass_by(minutes=5)
    pair.meet()
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.meet()
    item = only(pair.ben, RecoveredItem)
    assert item.parent == "KPI “NPS”"
    (place,) = item.places
    pair.ben.write("Take over", review.move_recovered, item, place)
    pair.meet()
    assert pair.waiting() == ()
    assert pair.aiko.read(numbers, desk.account) == {1: 99}


def below(session: Session, record: Any, account: str) -> list[str]:
    """Return the names of an account's living rows of a kind."""
    rows = session.scalars(
        select(record).where(record.account_id == account, record.deleted_at.is_(None))
    )
    field = next(name for name in ("name", "title", "tag") if hasattr(record, name))
    if record is Contact:
        field = "name"
    return sorted(getattr(row, field) for row in rows)


def numbers(session: Session, account: str) -> dict[int, int]:
    """Return an account's living values by their month."""
    rows = session.scalars(
        select(KpiValue).where(KpiValue.account_id == account, KpiValue.deleted_at.is_(None))
    )
    return {row.period.month: int(row.value or 0) for row in rows}
