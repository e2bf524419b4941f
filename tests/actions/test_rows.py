"""One way to create, change and delete rows of all entities, by their metadata."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from csdesk.actions.rows import change_row, create_row, delete_row
from csdesk.errors import UserError
from csdesk.model.base import entity_records
from csdesk.model.ownership import parent_entity, parent_field
from csdesk.model.vocabulary import ActionStatus, MilestoneStatus
from csdesk.queries.fields import naming_field
from csdesk.queries.rows import Row, row_of, rows_of
from csdesk.workspace.workspace import Workspace

OTHER_PARENTS = {"playbook_step": ("playbook_id", "playbook"), "health_measure": ("kpi_id", "kpi")}


def create(workspace: Workspace, entity: str, **values: Any) -> str:
    return workspace.write("Add", create_row, entity, values).result


def read(workspace: Workspace, entity: str, row_id: str) -> Row:
    row = workspace.read(row_of, entity, row_id)
    assert row is not None
    return row


def minimal(workspace: Workspace, entity: str, made: dict[str, str]) -> str:
    """Create a row with nothing but what it needs, its parents first."""
    if entity in made and entity != "milestone":
        return made[entity]
    values: dict[str, Any] = {}
    field, parent = OTHER_PARENTS.get(entity, (parent_field(entity), parent_entity(entity)))
    if field is not None and parent is not None:
        values[field] = minimal(workspace, parent, made)
    if (name := naming_field(entity)) is not None:
        values[name] = f"A {entity}"
    if entity == "kpi_value":
        values |= {"period": dt.date(2026, 3, 15), "value": Decimal("0.1")}
    if entity == "holiday":
        values["first_on"] = dt.date(2026, 12, 29)
    if entity in ("kpi_value", "measure"):
        values["kpi_id"] = minimal(workspace, "kpi", made)
    if entity == "milestone_dependency":
        other = {"goal_id": made["goal"], "title": "First"}
        values["after_id"] = create(workspace, "milestone", **other)
    if entity == "touchpoint_attendee":
        values["member_id"] = minimal(workspace, "member", made)
    if entity == "document_options":
        values["document_kind"] = "customer"
    if entity == "settlement":
        values = {"kind": "edit", "subject": "1:2"}
    if entity == "workspace_setting":
        values = {"id": "company_name", "value": "Lantern"}
    made[entity] = create(workspace, entity, **values)
    return made[entity]


@pytest.mark.parametrize("entity", sorted(entity_records()))
def test_a_row_of_every_entity_can_be_made_changed_undone_and_deleted(
    workspace: Workspace, entity: str
) -> None:
    row_id = minimal(workspace, entity, {})
    row = read(workspace, entity, row_id)
    assert not row.is_deleted
    if "position" in row.values:
        assert row.values["position"]
    workspace.write("Delete", delete_row, entity, row_id)
    assert read(workspace, entity, row_id).is_deleted
    workspace.undo()
    assert not read(workspace, entity, row_id).is_deleted
    with pytest.raises(UserError, match="deleted"):
        workspace.write("Delete", delete_row, entity, "no such row")


@pytest.mark.parametrize(
    "entity",
    [name for name in sorted(entity_records()) if naming_field(name) or parent_field(name)],
)
def test_what_a_row_cannot_do_without_is_asked_for(workspace: Workspace, entity: str) -> None:
    with pytest.raises(UserError, match="is missing"):
        create(workspace, entity)
    assert workspace.read(rows_of, entity) == []


def test_deleting_counts_what_goes_along(workspace: Workspace) -> None:
    made: dict[str, str] = {}
    for entity in ("action", "measure", "kpi_value", "touchpoint_attendee", "sign_off", "contact"):
        minimal(workspace, entity, made)
    goal = minimal(workspace, "goal", made)
    create(workspace, "milestone", goal_id=goal, title="M")
    gone = workspace.write("Delete", delete_row, "account", made["account"]).result
    assert gone == {
        "account": 1, "contact": 1, "kpi_value": 1, "plan": 1, "goal": 1, "milestone": 1,
        "measure": 1, "action": 1, "touchpoint": 1, "touchpoint_attendee": 1,
        "plan_revision": 1, "sign_off": 1,
    }  # fmt: skip
    assert not read(workspace, "member", made["member"]).is_deleted
    assert not read(workspace, "kpi", made["kpi"]).is_deleted


def outline(workspace: Workspace, account: str) -> dict[str, str]:
    plan = create(workspace, "plan", account_id=account, title="P")
    goal = create(workspace, "goal", plan_id=plan, title="G")
    milestone = create(workspace, "milestone", goal_id=goal, title="M")
    action = create(workspace, "action", milestone_id=milestone, title="A")
    return {"plan": plan, "goal": goal, "milestone": milestone, "action": action}


def test_an_item_moves_with_its_goal_and_plan(workspace: Workspace, account: str) -> None:
    ids = outline(workspace, account)
    other = create(workspace, "goal", plan_id=ids["plan"], title="G2")
    move = {"goal_id": other}
    workspace.write("Move", change_row, "milestone", ids["milestone"], move)
    action = read(workspace, "action", ids["action"]).values
    assert (action["goal_id"], action["plan_id"]) == (other, ids["plan"])
    clear = {"milestone_id": None, "goal_id": None}
    workspace.write("Move", change_row, "action", ids["action"], clear)
    action = read(workspace, "action", ids["action"]).values
    assert (action["milestone_id"], action["goal_id"]) == (None, None)
    assert action["plan_id"] == ids["plan"]


def test_an_item_never_leaves_its_plan(workspace: Workspace, account: str) -> None:
    ids = outline(workspace, account)
    other = outline(workspace, account)
    move = {"goal_id": other["goal"]}
    for entity in ("milestone", "action"):
        with pytest.raises(UserError, match="another plan"):
            workspace.write("Move", change_row, entity, ids[entity], move)
    with pytest.raises(UserError, match="belongs to and cannot be changed"):
        workspace.write("Move", change_row, "goal", ids["goal"], {"plan_id": other["plan"]})


def test_a_milestone_of_another_goal_is_refused(workspace: Workspace, account: str) -> None:
    ids = outline(workspace, account)
    other = create(workspace, "goal", plan_id=ids["plan"], title="G2")
    both = {"milestone_id": ids["milestone"], "goal_id": other, "title": "A"}
    with pytest.raises(UserError, match="stands below another goal"):
        create(workspace, "action", **both)


def test_what_follows_from_a_status_follows_here_too(workspace: Workspace, account: str) -> None:
    ids = outline(workspace, account)
    done = {"status": ActionStatus.DONE}
    workspace.write("Done", change_row, "action", ids["action"], done)
    assert read(workspace, "action", ids["action"]).values["done_on"] is not None
    achieved = {"goal_id": ids["goal"], "title": "M2", "status": MilestoneStatus.ACHIEVED}
    made = create(workspace, "milestone", **achieved)
    assert read(workspace, "milestone", made).values["achieved_on"] is not None
    dated = {**achieved, "title": "M3", "achieved_on": dt.date(2026, 1, 2)}
    made = create(workspace, "milestone", **dated)
    assert read(workspace, "milestone", made).values["achieved_on"] == dt.date(2026, 1, 2)


def test_people_may_have_left_but_must_be_of_the_account(
    workspace: Workspace, account: str
) -> None:
    ana = create(workspace, "contact", account_id=account, name="Ana")
    plan = create(workspace, "plan", account_id=account, title="P", customer_owner_id=ana)
    workspace.write("Delete", delete_row, "contact", ana)
    workspace.write("Edit", change_row, "plan", plan, {"background": "x"})
    with pytest.raises(UserError, match="deleted"):
        workspace.write("Edit", change_row, "plan", plan, {"customer_owner_id": ana})
    elsewhere = create(workspace, "account", name="Birch")
    bea = create(workspace, "contact", account_id=elsewhere, name="Bea")
    with pytest.raises(UserError, match="different accounts"):
        workspace.write("Edit", change_row, "plan", plan, {"customer_owner_id": bea})
    with pytest.raises(UserError, match="reports to themselves"):
        workspace.write("Edit", change_row, "contact", bea, {"reports_to_id": bea})


def test_a_kpi_value_of_the_same_month_is_the_same_row(workspace: Workspace, account: str) -> None:
    kpi = create(workspace, "kpi", name="Usage")
    common = {"account_id": account, "kpi_id": kpi, "value": Decimal(1)}
    first = create(workspace, "kpi_value", period=dt.date(2026, 3, 1), **common)
    second = create(workspace, "kpi_value", period=dt.date(2026, 3, 31), **common | {"note": "n"})
    assert first == second
    assert read(workspace, "kpi_value", first).values["note"] == "n"
    workspace.write("Delete", delete_row, "kpi_value", first)
    assert create(workspace, "kpi_value", period=dt.date(2026, 3, 9), **common) == first
    assert not read(workspace, "kpi_value", first).is_deleted


def test_an_attendee_is_one_person(workspace: Workspace, account: str) -> None:
    ana = create(workspace, "contact", account_id=account, name="Ana")
    kim = create(workspace, "member", name="Kim")
    held = create(workspace, "touchpoint", account_id=account)
    for people in ({}, {"contact_id": ana, "member_id": kim}):
        with pytest.raises(UserError, match="one person"):
            create(workspace, "touchpoint_attendee", touchpoint_id=held, **people)
    once = create(workspace, "touchpoint_attendee", touchpoint_id=held, contact_id=ana)
    assert create(workspace, "touchpoint_attendee", touchpoint_id=held, contact_id=ana) == once


def test_what_a_customer_was_given_cannot_be_rewritten(workspace: Workspace) -> None:
    account = create(workspace, "account", name="Acme")
    plan = create(workspace, "plan", account_id=account, title="Plan")
    version = create(workspace, "plan_revision", plan_id=plan, number=1, content="{}")
    receipt = create(workspace, "export_receipt", revision_id=version, file_name="a.pdf")
    for entity, row, field in (
        ("plan_revision", version, "content"),
        ("plan_revision", version, "number"),
        ("export_receipt", receipt, "sha256"),
    ):
        with pytest.raises(UserError, match="stays as it is"):
            workspace.write("Rewrite", change_row, entity, row, {field: "9"})
    workspace.write("Note", change_row, "plan_revision", version, {"note": "For the board"})
    workspace.write("Name", change_row, "export_receipt", receipt, {"recipient": "Ms. Sato"})


def test_days_off_never_end_before_they_begin(workspace: Workspace) -> None:
    first, last = dt.date(2026, 12, 29), dt.date(2026, 12, 20)
    with pytest.raises(UserError, match="end before"):
        create(workspace, "holiday", name="Winter", first_on=first, last_on=last)
    made = create(workspace, "holiday", name="Winter", first_on=first)
    assert read(workspace, "holiday", made).values["last_on"] == first
    with pytest.raises(UserError, match="end before"):
        workspace.write("Change", change_row, "holiday", made, {"last_on": last})
