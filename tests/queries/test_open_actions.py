"""What is still to do for an account, over all of its living plans."""

from __future__ import annotations

import datetime as dt

from csdesk.actions.accounts import add_account
from csdesk.actions.plan_items import edit_item, tick_item
from csdesk.actions.plans import add_plan, edit_plan
from csdesk.model.items import ItemRef
from csdesk.model.vocabulary import PlanStatus
from csdesk.queries.outline import open_actions
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import TODAY, Outline, fill


def build(workspace: Workspace) -> tuple[str, Outline, Outline]:
    """Add an account with two plans of a few action items."""
    account = workspace.write("Account", add_account, "Fuji").result
    outlines = []
    for title, shape in (
        ("First", {"G1": {"M1": {"A1": {}, "A2": {}}}, "A3": {}}),
        ("Second", {"G2": {"A4": {}}}),
    ):
        plan = workspace.write("Plan", add_plan, account, title).result
        workspace.write("Items", fill, ItemRef(None, plan), shape)
        outlines.append(Outline(workspace, plan))
    return account, outlines[0], outlines[1]


def titles(workspace: Workspace, account: str) -> list[str]:
    return [one.item.title for one in workspace.read(open_actions, account, today=TODAY)]


def test_what_is_due_first_stands_on_top_and_what_has_no_date_last(workspace: Workspace) -> None:
    account, first, second = build(workspace)
    for outline, title, days in ((first, "A3", 5), (second, "A4", -3), (first, "A1", 2)):
        day = TODAY + dt.timedelta(days=days)
        workspace.write("Due", edit_item, outline.ref(title), due_on=day)
    assert titles(workspace, account) == ["A4", "A1", "A3", "A2"]
    top = workspace.read(open_actions, account, today=TODAY)[0]
    assert (top.plan_title, top.plan_id, top.item.late_days) == ("Second", second.plan.id, 3)


def test_what_is_done_and_what_belongs_to_a_finished_plan_is_left_out(
    workspace: Workspace,
) -> None:
    account, first, second = build(workspace)
    workspace.write("Tick", tick_item, first.ref("A1"), True)
    workspace.write("Finish", edit_plan, second.plan.id, status=PlanStatus.COMPLETED)
    assert titles(workspace, account) == ["A2", "A3"]


def test_an_account_without_a_plan_has_nothing_to_do(workspace: Workspace) -> None:
    account = workspace.write("Account", add_account, "Fuji").result
    assert titles(workspace, account) == []
