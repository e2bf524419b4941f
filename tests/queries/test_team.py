"""What each of our people owns is counted."""

from __future__ import annotations

import pytest

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.people import add_member, delete_members, hand_over
from csdesk.actions.plan_items import add_item, delete_items, edit_item
from csdesk.actions.plans import add_plan
from csdesk.actions.risks import add_risk
from csdesk.errors import UserError
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Account
from csdesk.model.vocabulary import GoalStatus
from csdesk.queries.team import team
from csdesk.workspace.workspace import Workspace


def test_only_what_is_there_counts_and_the_reading_of_a_name_orders(workspace: Workspace) -> None:
    def write(action, *args, **fields):  # type: ignore[no-untyped-def]
        return workspace.write("Step", action, *args, **fields).result

    sato = write(add_member, "佐藤", name_kana="サトウ", email="sato@example.com")
    aoki = write(add_member, "青木", name_kana="アオキ", role="CSM")
    gone = write(add_member, "Gone")
    account = write(add_account, "Fuji", owner_id=sato)
    write(add_account, "Aoba", owner_id=gone)
    plan = write(add_plan, account, "Plan", owner_id=sato)
    goal = write(add_item, ItemKind.GOAL, ItemRef(None, plan), "Goal", owner_id=sato)
    write(add_item, ItemKind.ACTION, goal, "Action", owner_id=aoki)
    second = write(add_item, ItemKind.ACTION, goal, "Second", owner_id=aoki)
    write(add_risk, account, "Risk", owner_id=aoki)
    write(delete_items, [second])
    write(delete_members, [gone])
    rows = workspace.read(team)
    assert [(row.name, row.role, row.email) for row in rows] == [
        ("青木", "CSM", ""),
        ("佐藤", "", "sato@example.com"),
    ]
    assert [(row.accounts, row.plans, row.items, row.risks) for row in rows] == [
        (0, 0, 1, 1),
        (1, 1, 1, 0),
    ]
    # What is over counts no more, and stays whose it was when the rest is handed over.
    write(edit_account, account, sales_owner_id=sato)
    write(edit_item, goal, status=GoalStatus.ACHIEVED)
    assert write(hand_over, [sato], aoki) == 3  # the account, its sales, the plan
    rows = workspace.read(team)
    assert [(row.accounts, row.plans, row.items, row.risks) for row in rows] == [
        (1, 1, 1, 1),
        (0, 0, 0, 0),
    ]
    sales = workspace.read(lambda session: session.get_one(Account, account).sales_owner_id)
    assert sales == aoki
    for people in ([sato], [aoki]):
        with pytest.raises(UserError, match="nothing to hand over"):
            write(hand_over, people, aoki)
    with pytest.raises(UserError, match="deleted"):
        write(hand_over, [aoki], gone)
    workspace.undo()
    assert [row.accounts for row in workspace.read(team)] == [0, 1]
