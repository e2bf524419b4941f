"""What can be done with a customer's answers: to action items, to measures, in free words.

Each verb is told what stood there when somebody looked at the answer, and refuses where that has
changed since: an answer never covers what nobody has seen.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import edit, get
from csdesk.actions.kpis import set_kpi_value
from csdesk.actions.plan_items import add_item, edit_item, follow_status
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.identity import kpi_value_id
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Action, Goal, KpiValue, Plan
from csdesk.model.vocabulary import ActionStatus, Side, Visibility

WORKBOOK = "customer workbook"
"""The source of a KPI value that a customer sent."""

_NOTED: dict[str, type[Action | Goal | Plan]] = {"action": Action, "goal": Goal, "plan": Plan}


def answer_field(
    session: Session, action_id: str, field: str, value: Any, *, expected: Any
) -> None:
    """Set a field of an action item as the customer has it.

    Raises UserError where the item is gone, or where it no longer says `expected`.
    """
    row = get(session, Action, action_id)
    now = getattr(row, field)
    if now == value:
        return
    _refuse_changed(row.title, now, expected)
    edit_item(session, ItemRef(ItemKind.ACTION, action_id), **{field: value})


def answer_status(
    session: Session,
    action_id: str,
    status: str,
    done_on: dt.date | None,
    *,
    expected: tuple[str | None, dt.date | None],
) -> None:
    """Set the status of an action item, and the day it was done on (today where None).

    Raises UserError where the item is gone, or where status and day are no longer `expected`.
    """
    row = get(session, Action, action_id)
    if (row.status, row.done_on) == (status, done_on):
        return
    _refuse_changed(row.title, (row.status, row.done_on), expected)
    row.status = ActionStatus(status)
    if status == ActionStatus.DONE and done_on is not None:
        row.done_on = done_on
    follow_status(row)


def note_comment(session: Session, entity: str, row_id: str, entry: str) -> None:
    """Add what the customer said to the internal note of an action item, a goal or a plan.

    What is noted already is not noted again. Raises UserError where the item is gone, or its
    note would be too long.
    """
    record = _NOTED[entity]
    row = get(session, record, row_id)
    if is_noted(row.internal_note, entry):
        return
    note = f"{row.internal_note.rstrip()}\n\n{entry}" if row.internal_note else entry
    edit(session, record, row_id, {"internal_note": note})


def is_noted(note: str | None, entry: str) -> bool:
    """Tell whether a note has an entry already, as a paragraph of its own."""
    return f"\n\n{entry.strip()}\n\n" in f"\n\n{(note or '').strip()}\n\n"


def answer_value(
    session: Session,
    account_id: str,
    kpi_id: str,
    first: dt.date,
    value: Decimal,
    *,
    expected: tuple[Decimal | None, bool],
) -> None:
    """Set a value of a KPI that the customer reported; it is no estimate any more.

    `expected` is the value that stood there and whether it was an estimate. Raises UserError
    where another one stands there now, or account or KPI are gone.
    """
    row = session.get(KpiValue, kpi_value_id(account_id, kpi_id, first))
    now: tuple[Decimal | None, bool] = (None, False)
    if row is not None and row.deleted_at is None:
        now = (row.value, bool(row.is_estimate))
    if now == (value, False):
        return
    _refuse_changed(first.isoformat(), now, expected)
    row_id = set_kpi_value(session, account_id, kpi_id, first, value)
    edit(session, KpiValue, row_id, {"is_estimate": False, "source": WORKBOOK})


def add_customers_action(
    session: Session,
    plan_id: str,
    row_id: str,
    title: str,
    *,
    status: str = "",
    due_on: dt.date | None = None,
    done_on: dt.date | None = None,
    customer_owner_id: str | None = None,
    internal_note: str | None = None,
) -> None:
    """Add an action item that the customer wrote down, at the end of the plan, shown to them.

    One with the same id that was deleted comes back with these fields. Raises UserError where
    the plan is gone or the title cannot be kept.
    """
    get(session, Plan, plan_id)
    fields: dict[str, Any] = {
        "side": Side.CUSTOMER,
        "visibility": Visibility.CUSTOMER,
        "status": ActionStatus(status or ActionStatus.OPEN),
        "due_on": due_on,
        "customer_owner_id": customer_owner_id,
        "internal_note": internal_note,
    }
    row = session.get(Action, row_id)
    if row is None:
        parent = ItemRef(None, plan_id)
        add_item(session, ItemKind.ACTION, parent, title, id=row_id, **fields)
        row = get(session, Action, row_id)
    else:
        row.deleted_at = None
        session.flush()
        edit(session, Action, row_id, {"title": title, **fields})
    row.done_on = None
    follow_status(row, done_on)


def _refuse_changed(title: str, now: object, expected: object) -> None:
    if now != expected:
        raise UserError(
            _("“{title}” was changed after the workbook was compared.").format(title=title),
            _("Compare it once more, and decide with what stands there now."),
        )
