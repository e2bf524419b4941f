"""Taking over what a customer said: values, statuses, comments, items of their own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.customer_answers import (
    add_customers_action,
    answer_status,
    answer_value,
    is_noted,
    note_comment,
)
from csdesk.actions.editing import MAX_TEXT, delete, today
from csdesk.actions.kpis import add_kpi
from csdesk.actions.plan_items import add_item
from csdesk.errors import UserError
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Action, KpiValue, Plan
from csdesk.model.vocabulary import ActionStatus, Side, Visibility
from csdesk.workspace.workspace import Workspace

NOW = (ActionStatus.OPEN, None)


def add_action(workspace: Workspace, plan: str) -> str:
    top = ItemRef(None, plan)
    return workspace.write("Add", add_item, ItemKind.ACTION, top, "Send the list").result.id


def fields(workspace: Workspace, record: Any, row_id: str, *names: str) -> tuple[Any, ...]:
    def read(session: Session) -> tuple[Any, ...]:
        row = session.get(record, row_id)
        return tuple(getattr(row, name) for name in names)

    return workspace.read(read)


def test_done_is_dated_today_where_the_customer_gave_no_day(
    workspace: Workspace, plan: str
) -> None:
    row_id = add_action(workspace, plan)
    workspace.write("A", answer_status, row_id, "done", None, expected=NOW)
    assert fields(workspace, Action, row_id, "status", "done_on") == ("done", today())
    now = (ActionStatus.DONE, today())
    workspace.write("A", answer_status, row_id, "open", None, expected=now)
    assert fields(workspace, Action, row_id, "status", "done_on") == ("open", None)


def test_an_answer_to_what_changed_or_went_is_refused(workspace: Workspace, plan: str) -> None:
    row_id = add_action(workspace, plan)
    expected = (ActionStatus.DEFERRED, None)
    with pytest.raises(UserError, match="was changed after"):
        workspace.write("A", answer_status, row_id, "done", None, expected=expected)
    workspace.write("D", delete, "action", [row_id])
    with pytest.raises(UserError, match="no longer there"):
        workspace.write("A", answer_status, row_id, "done", None, expected=NOW)


def test_what_is_already_so_is_taken_without_looking_at_what_was_expected(
    workspace: Workspace, plan: str
) -> None:
    row_id = add_action(workspace, plan)
    day = dt.date(2025, 10, 1)
    workspace.write("A", answer_status, row_id, "done", day, expected=NOW)
    step = workspace.write("A", answer_status, row_id, "done", day, expected=NOW)
    assert step.change is None


@pytest.mark.parametrize("entity", ["action", "plan"])
def test_a_comment_is_noted_once_below_what_stood_there(
    workspace: Workspace, plan: str, entity: str
) -> None:
    row_id = plan if entity == "plan" else add_action(workspace, plan)
    for entry in ("They said:\nOK", "They said:\nOK, later", "They said:\nOK"):
        workspace.write("Note", note_comment, entity, row_id, entry)
    record = Plan if entity == "plan" else Action
    (note,) = fields(workspace, record, row_id, "internal_note")
    assert note == "They said:\nOK\n\nThey said:\nOK, later"
    with pytest.raises(UserError, match="too long"):
        workspace.write("Note", note_comment, entity, row_id, "x" * MAX_TEXT)


def test_an_entry_is_known_as_a_whole_paragraph_only() -> None:
    note = "Ours\n\nA: OK\nmore\n\nB: fine\n"
    assert is_noted(note, "B: fine")
    assert is_noted(note, "A: OK\nmore")
    assert not is_noted(note, "A: OK")
    assert not is_noted(None, "A")


def test_a_reported_value_is_no_estimate_and_says_where_it_is_from(
    workspace: Workspace, account: str
) -> None:
    kpi = workspace.write("K", add_kpi, "Usage").result
    day = dt.date(2025, 9, 1)
    for value, expected in ((Decimal(5), (None, False)), (Decimal(6), (Decimal(5), False))):
        workspace.write("V", answer_value, account, kpi, day, value, expected=expected)
    row_id = f"{account}:{kpi}:2025-09-01"
    names = ("value", "is_estimate", "source")
    assert fields(workspace, KpiValue, row_id, *names) == (Decimal(6), False, "customer workbook")
    with pytest.raises(UserError, match="was changed after"):
        workspace.write(
            "V", answer_value, account, kpi, day, Decimal(7), expected=(Decimal(5), False)
        )


def test_an_added_item_is_the_customers_and_comes_back_after_it_was_deleted(
    workspace: Workspace, plan: str
) -> None:
    workspace.write("N", add_customers_action, plan, "n1", "Buy chairs", status="done")
    names = ("title", "side", "visibility", "status", "done_on", "plan_id")
    assert fields(workspace, Action, "n1", *names) == (
        "Buy chairs",
        Side.CUSTOMER,
        Visibility.CUSTOMER,
        "done",
        today(),
        plan,
    )
    workspace.write("D", delete, "action", ["n1"])
    workspace.write("N", add_customers_action, plan, "n1", "Buy desks")
    assert fields(workspace, Action, "n1", "title", "status", "done_on", "deleted_at") == (
        "Buy desks",
        "open",
        None,
        None,
    )
    with pytest.raises(UserError, match="name is needed"):
        workspace.write("N", add_customers_action, plan, "n2", " ")
