"""Somebody new is added and put in charge in one step."""

from __future__ import annotations

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.appointing import (
    appoint_new_owner,
    appoint_newcomer,
    put_in_segment_named,
)
from csdesk.actions.plan_items import edit_item
from csdesk.actions.plans import add_plan
from csdesk.errors import UserError
from csdesk.model.items import ItemRef
from csdesk.model.vocabulary import Side
from csdesk.queries.accounts import account_detail, contact_choices, member_choices
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import TODAY, Outline, fill


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.write("Account", add_account, "Fuji").result


@pytest.fixture
def outline(workspace: Workspace, account: str) -> Outline:
    plan = workspace.write("Plan", add_plan, account, "Plan").result
    workspace.write("Items", fill, ItemRef(None, plan), {"G1": {"A1": {}}})
    return Outline(workspace, plan)


def test_a_new_colleague_takes_over_an_action_item(
    workspace: Workspace, outline: Outline, account: str
) -> None:
    ref = outline.ref("A1")
    contact = workspace.write("New", appoint_newcomer, ref, Side.CUSTOMER, account, "Sato").result
    assert outline.item("A1").customer_owner_id == contact
    assert outline.item("A1").side is Side.CUSTOMER
    member = workspace.write("New", appoint_newcomer, ref, Side.US, account, "Yamada").result
    item = outline.item("A1")
    assert (item.owner_id, item.customer_owner_id, item.side) == (member, None, Side.US)


def test_a_goal_keeps_the_owner_on_the_other_side(
    workspace: Workspace, outline: Outline, account: str
) -> None:
    ref = outline.ref("G1")
    member = workspace.write("New", appoint_newcomer, ref, Side.US, account, "Yamada").result
    workspace.write("New", appoint_newcomer, ref, Side.CUSTOMER, account, "Sato")
    assert outline.item("G1").owner_id == member
    assert outline.item("G1").customer_owner == "Sato"


def test_one_undo_takes_the_person_away_again(
    workspace: Workspace, outline: Outline, account: str
) -> None:
    workspace.write("New", appoint_newcomer, outline.ref("A1"), Side.CUSTOMER, account, "Sato")
    workspace.undo()
    assert workspace.read(contact_choices, account) == []
    assert outline.item("A1").customer_owner_id is None


def test_an_account_gets_a_new_owner_and_a_new_segment(workspace: Workspace, account: str) -> None:
    workspace.write("Owner", appoint_new_owner, account, "Suzuki")
    first = workspace.write("Segment", put_in_segment_named, account, "Enterprise").result
    again = workspace.write("Segment", put_in_segment_named, account, "Enterprise").result
    detail = workspace.read(account_detail, account, today=TODAY)
    assert detail is not None
    assert (detail.row.owner, detail.row.segment) == ("Suzuki", "Enterprise")
    assert first == again == detail.segment_id


def test_nobody_is_added_without_a_name(
    workspace: Workspace, outline: Outline, account: str
) -> None:
    with pytest.raises(UserError, match="name"):
        workspace.write("New", appoint_newcomer, outline.ref("A1"), Side.US, account, " ")
    assert workspace.read(member_choices) == []
    workspace.write("Other", edit_item, outline.ref("A1"), internal_note="still there")
