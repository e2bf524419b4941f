"""Moving items of a plan in time: one alone, or together with what follows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean
from csdesk.actions.plan_items import Item, item, plan_of
from csdesk.actions.plans import edit_plan
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.items import ItemRef
from csdesk.model.records import Milestone, ScheduleShift
from csdesk.model.vocabulary import CLOSED_ACTIONS, CLOSED_GOALS, CLOSED_MILESTONES

_CLOSED = frozenset({*CLOSED_ACTIONS, *CLOSED_MILESTONES, *CLOSED_GOALS})


@dataclass(frozen=True, slots=True)
class ItemDates:
    """The dates an item is to have."""

    ref: ItemRef
    start_on: dt.date | None
    due_on: dt.date | None


def set_dates(session: Session, dates: ItemDates) -> None:
    """Give an item these dates; the first due date of a milestone is remembered.

    Raises UserError where it is gone, or would be due before it starts.
    """
    _set(item(session, dates.ref), dates)


def shift_items(
    session: Session,
    dates: Sequence[ItemDates],
    *,
    days: int,
    reason: str = "",
    cause: str = "",
    plan_end: dt.date | None = None,
) -> int:
    """Give items of one plan new dates, and note why; return how many were moved.

    `days` is by how many they were meant to move, `cause` the title of what made them; the plan
    itself ends on `plan_end` then, where that is given. What was closed or deleted meanwhile stays
    where it is. Raises UserError where nothing is left to move, or something would be due before
    it starts.
    """
    moved = 0
    plan_id = ""
    for one in dates:
        row = _living(session, one.ref)
        if row is None or row.status in _CLOSED:
            continue
        _set(row, one)
        plan_id = plan_id or plan_of(session, one.ref)
        moved += 1
    if not moved:
        raise UserError(
            _("There is nothing to shift."), _("Items that are done stay where they are.")
        )
    if plan_end is not None:
        edit_plan(session, plan_id, end_on=plan_end)
    session.add(
        ScheduleShift(
            plan_id=plan_id,
            cause=clean("cause", cause),
            days=days,
            items=moved,
            reason=clean("reason", reason.strip()),
        )
    )
    session.flush()
    return moved


def _living(session: Session, ref: ItemRef) -> Item | None:
    try:
        return item(session, ref)
    except UserError:
        return None


def _set(row: Item, dates: ItemDates) -> None:
    start, due = dates.start_on, dates.due_on
    was_right = row.start_on is None or row.due_on is None or row.start_on <= row.due_on
    # What another copy left in disorder may move as it is; putting it right is another edit.
    kept = not was_right and start != row.start_on and due != row.due_on
    if start is not None and due is not None and due < start and not kept:
        raise UserError(
            _("“{title}” would be due before it starts.").format(title=row.title),
            _("Correct one of the two dates."),
        )
    if isinstance(row, Milestone) and row.original_due_on is None:
        row.original_due_on = row.due_on or due
    row.start_on, row.due_on = start, due
