"""Whom we know at a customer, when we last spoke to them, and what is theirs."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact, delete_contacts, edit_contact
from csdesk.actions.plan_items import ItemKind, ItemRef, add_item, delete_items, edit_item
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import create_row, delete_row
from csdesk.errors import UserError
from csdesk.model.vocabulary import ActionStatus
from csdesk.queries.stakeholders import (
    Stakeholder,
    items_owned_by,
    stakeholders_of,
    touchpoints_attended,
)
from csdesk.workspace.workspace import Workspace

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.write("Account", add_account, "Fuji").result


def met(session: Session, account_id: str, held_at: dt.datetime | None, *people: str) -> str:
    """Add a touchpoint that these people attended."""
    row = create_row(session, "touchpoint", {"account_id": account_id, "held_at": held_at})
    for person in people:
        create_row(session, "touchpoint_attendee", {"touchpoint_id": row, "contact_id": person})
    return row


def people(workspace: Workspace, account: str) -> dict[str, Stakeholder]:
    return {row.name: row for row in workspace.read(stakeholders_of, account, now=NOW)}


def test_people_stand_by_their_reading_and_those_who_left_last(
    workspace: Workspace, account: str
) -> None:
    for name, kana, left_on in (
        ("渡辺", "ワタナベ", None),
        ("Abe", "", None),
        ("青木", "アオキ", None),
        ("伊藤", "イトウ", dt.date(2026, 1, 31)),
    ):
        workspace.write("Add", add_contact, account, name, name_kana=kana, left_on=left_on)
    assert list(people(workspace, account)) == ["Abe", "青木", "渡辺", "伊藤"]


def test_the_last_contact_is_the_latest_touchpoint_attended_so_far(
    workspace: Workspace, account: str
) -> None:
    sato = workspace.write("Add", add_contact, account, "Sato").result
    workspace.write("Add", add_contact, account, "Ito")
    days = [NOW - dt.timedelta(days=days) for days in (40, 3, -5)]
    old, recent, planned = [
        workspace.write("Met", met, account, held_at, sato).result for held_at in days
    ]
    undated = workspace.write("Met", met, account, None, sato).result
    rows = people(workspace, account)
    assert rows["Sato"].last_contact == days[1].astimezone().date()
    assert rows["Ito"].last_contact is None
    attended = [one.id for one in workspace.read(touchpoints_attended, sato)]
    assert attended == [planned, recent, old, undated]
    workspace.write("Delete", delete_row, "touchpoint", recent)
    assert people(workspace, account)["Sato"].last_contact == days[0].astimezone().date()
    assert recent not in [one.id for one in workspace.read(touchpoints_attended, sato)]


def test_a_boss_who_was_deleted_is_none(workspace: Workspace, account: str) -> None:
    boss = workspace.write("Add", add_contact, account, "Mori").result
    sato = workspace.write("Add", add_contact, account, "Sato", reports_to_id=boss).result
    assert people(workspace, account)["Sato"].reports_to == "Mori"
    workspace.write("Delete", delete_contacts, [boss])
    row = people(workspace, account)["Sato"]
    assert (row.id, row.reports_to_id, row.reports_to) == (sato, None, "")


def test_nobody_reports_to_somebody_of_another_customer(workspace: Workspace, account: str) -> None:
    other = workspace.write("Account", add_account, "Sakura").result
    stranger = workspace.write("Add", add_contact, other, "Ito").result
    sato = workspace.write("Add", add_contact, account, "Sato").result
    with pytest.raises(UserError, match="another customer"):
        workspace.write("Boss", edit_contact, sato, reports_to_id=stranger)


def test_what_somebody_is_in_charge_of_stands_by_its_date_with_closed_items_last(
    workspace: Workspace, account: str
) -> None:
    sato = workspace.write("Add", add_contact, account, "Sato").result
    plan = workspace.write("Plan", add_plan, account, "Plan").result

    def fill(session: Session) -> ItemRef:
        goal = add_item(session, ItemKind.GOAL, ItemRef(None, plan), "Goal", customer_owner_id=sato)
        milestone = add_item(
            session,
            ItemKind.MILESTONE,
            goal,
            "Milestone",
            customer_owner_id=sato,
            due_on=dt.date(2026, 12, 1),
        )
        for title, fields in (
            ("Done", {"due_on": dt.date(2026, 1, 1)}),
            ("Soon", {"due_on": dt.date(2026, 11, 1)}),
            ("Gone", {}),
        ):
            made = add_item(
                session, ItemKind.ACTION, milestone, title, customer_owner_id=sato, **fields
            )
            if title == "Done":
                edit_item(session, made, status=ActionStatus.DONE)
            if title == "Gone":
                delete_items(session, [made])
        add_item(session, ItemKind.ACTION, milestone, "Somebody else's")
        return goal

    workspace.write("Fill", fill)
    found = workspace.read(items_owned_by, sato)
    assert [(one.title, one.entity, one.is_closed) for one in found] == [
        ("Soon", "action", False),
        ("Milestone", "milestone", False),
        ("Goal", "goal", False),
        ("Done", "action", True),
    ]
    assert {one.plan_title for one in found} == {"Plan"}
