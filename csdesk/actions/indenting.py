"""Moving an item of an outline one level in or out; a goal may become a milestone and so on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import delete
from csdesk.actions.plan_items import (
    Item,
    ItemKind,
    ItemRef,
    add_item,
    children,
    follow_status,
    is_hidden,
    item,
    move_item,
    parent_of,
)
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Goal, Measure, Milestone
from csdesk.model.vocabulary import ActionStatus, GoalStatus, MilestoneStatus, Visibility

_CARRIED = ("owner_id", "customer_owner_id", "start_on", "due_on", "visibility", "internal_note")


def indent_item(session: Session, ref: ItemRef) -> ItemRef:
    """Move an item below the one before it; return it, under a new id where its kind changed.

    A goal becomes a milestone, a milestone an action item; what stands below comes along, and
    no text is lost: what an action item has no field for goes to its internal note.
    Raises UserError where nothing before it can hold it.
    """
    row = item(session, ref)
    siblings = children(session, parent_of(session, row))
    index = next(i for i, other in enumerate(siblings) if other.id == row.id)
    wanted = (
        Goal if ref.kind is ItemKind.GOAL or parent_of(session, row).kind is None else Milestone
    )
    holder = next(
        (other for other in reversed(siblings[:index]) if isinstance(other, wanted)), None
    )
    if holder is None:
        raise UserError(
            _("There is nothing above that could hold this item."),
            _("Add a goal or a milestone above it first."),
        )
    below = _ref(holder)
    if ref.kind is ItemKind.ACTION:
        last = children(session, below)
        return move_item(session, ref, below, after=_ref(last[-1]) if last else None)
    if ref.kind is ItemKind.MILESTONE:
        assert isinstance(row, Milestone)
        return _milestone_to_action(session, row, below)
    assert isinstance(row, Goal)
    return _goal_to_milestone(session, row, below)


def outdent_item(session: Session, ref: ItemRef) -> ItemRef:
    """Move an item out of the one that holds it, right after it; return it.

    A milestone becomes a goal, its definition of done the reason for it. Raises UserError where
    the item stands at the top already.
    """
    row = item(session, ref)
    parent = parent_of(session, row)
    if parent.kind is None:
        raise UserError(_("This item stands at the top already."))
    above = parent_of(session, item(session, parent))
    if ref.kind is ItemKind.ACTION:
        return move_item(session, ref, above, after=parent)
    assert isinstance(row, Milestone)
    hidden = {"visibility": Visibility.INTERNAL} if is_hidden(session, row) else {}
    made = add_item(
        session,
        ItemKind.GOAL,
        above,
        row.title,
        after=parent,
        status=_status(row, GoalStatus),
        why=row.done_definition,
        **_carried(row) | hidden,
    )
    for child in children(session, ref):
        move_item(session, _ref(child), made, after=_last(session, made))
    delete(session, ItemKind.MILESTONE.value, [ref.id])
    return made


def _milestone_to_action(session: Session, row: Milestone, below: ItemRef) -> ItemRef:
    own = children(session, _ref(row))
    made = add_item(
        session,
        ItemKind.ACTION,
        below,
        row.title,
        status=_status(row, ActionStatus),
        done_on=row.achieved_on,
        **_carried(row) | {"internal_note": _joined(row.internal_note, row.done_definition)},
    )
    follow_status(item(session, made))
    for child in own:
        move_item(session, _ref(child), below, after=_last(session, below))
    delete(session, ItemKind.MILESTONE.value, [row.id])
    return made


def _goal_to_milestone(session: Session, row: Goal, below: ItemRef) -> ItemRef:
    measured = select(Measure.id).where(Measure.goal_id == row.id, Measure.deleted_at.is_(None))
    if session.scalars(measured).first() is not None:
        raise UserError(
            _("“{title}” has success measures, which a milestone cannot have.").format(
                title=row.title
            ),
            _("Remove them first, or leave it a goal."),
        )
    made = add_item(
        session,
        ItemKind.MILESTONE,
        below,
        row.title,
        status=_status(row, MilestoneStatus),
        done_definition=row.why,
        **_carried(row) | {"internal_note": _joined(row.internal_note, row.closing_note)},
    )
    follow_status(item(session, made))
    for child in children(session, _ref(row)):
        target = below if isinstance(child, Milestone) else made
        move_item(session, _ref(child), target, after=_last(session, target))
    delete(session, ItemKind.GOAL.value, [row.id])
    return made


def _carried(row: Item) -> dict[str, Any]:
    return {field: getattr(row, field) for field in _CARRIED}


def _joined(*texts: str | None) -> str | None:
    return "\n\n".join(text for text in texts if text) or None


_MEANS: dict[type, dict[str, str]] = {
    GoalStatus: {"done": "achieved", "open": "not_started", "at_risk": "in_progress"},
    MilestoneStatus: {"done": "achieved", "partially": "in_progress", "paused": "in_progress"},
    ActionStatus: {
        "achieved": "done",
        "not_started": "open",
        "at_risk": "in_progress",
        "missed": "canceled",
    },
}


def _status(row: Item, vocabulary: type[GoalStatus | MilestoneStatus | ActionStatus]) -> object:
    """Say the same in the words of another kind; the first of them where there is no such word."""
    code = str(row.status or "")
    code = _MEANS[vocabulary].get(code, code)
    return vocabulary(code) if code in set(vocabulary) else next(iter(vocabulary))


def _last(session: Session, parent: ItemRef) -> ItemRef | None:
    rows = children(session, parent)
    return _ref(rows[-1]) if rows else None


def _ref(row: Item) -> ItemRef:
    return ItemRef(ItemKind(row.__tablename__), row.id)
