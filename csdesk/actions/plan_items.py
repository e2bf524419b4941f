"""What can be done with the items of a plan's outline: goals, milestones and action items.

An outline has three levels: goals; milestones and action items below a goal; action items below
a milestone. Action items may also stand at the plan itself, beside its goals. The items below
one parent share one order, whatever kind they are.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get, today
from csdesk.actions.ordering import place_at, place_last
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.identity import natural_id
from csdesk.model.items import ItemKind as ItemKind
from csdesk.model.items import ItemRef as ItemRef
from csdesk.model.records import Action, Goal, Measure, Milestone, MilestoneDependency, Plan
from csdesk.model.vocabulary import ActionStatus, GoalStatus, MilestoneStatus

Item = Goal | Milestone | Action
_RECORDS: dict[ItemKind, type[Goal | Milestone | Action]] = {
    ItemKind.GOAL: Goal,
    ItemKind.MILESTONE: Milestone,
    ItemKind.ACTION: Action,
}


def item(session: Session, ref: ItemRef) -> Item:
    """Return the record of an item; raises UserError where it was deleted."""
    assert ref.kind is not None
    return get(session, _RECORDS[ref.kind], ref.id)


def parent_of(session: Session, row: Item) -> ItemRef:
    """Tell what an item stands below."""
    if isinstance(row, Goal):
        return ItemRef(None, row.plan_id)
    if isinstance(row, Milestone):
        return ItemRef(ItemKind.GOAL, row.goal_id)
    if row.milestone_id is not None:
        return ItemRef(ItemKind.MILESTONE, row.milestone_id)
    if row.goal_id is not None:
        return ItemRef(ItemKind.GOAL, row.goal_id)
    return ItemRef(None, row.plan_id)


def plan_of(session: Session, ref: ItemRef) -> str:
    """Tell the id of the plan that an item, or the plan itself, belongs to."""
    if ref.kind is None:
        return get(session, Plan, ref.id).id
    row = item(session, ref)
    if isinstance(row, Milestone):
        return get(session, Goal, row.goal_id).plan_id
    return row.plan_id


def children(session: Session, parent: ItemRef) -> list[Item]:
    """Return the living items directly below a parent, in their order."""
    found: list[Item] = []
    if parent.kind is None:
        found += _living(session, Goal, Goal.plan_id == parent.id)
        at_plan = (Action.goal_id.is_(None)) & (Action.milestone_id.is_(None))
        found += _living(session, Action, (Action.plan_id == parent.id) & at_plan)
    elif parent.kind is ItemKind.GOAL:
        found += _living(session, Milestone, Milestone.goal_id == parent.id)
        below_goal = (Action.goal_id == parent.id) & (Action.milestone_id.is_(None))
        found += _living(session, Action, below_goal)
    elif parent.kind is ItemKind.MILESTONE:
        found += _living(session, Action, Action.milestone_id == parent.id)
    return sorted(found, key=lambda row: (row.position or "", row.id))


def add_item(
    session: Session,
    kind: ItemKind,
    parent: ItemRef,
    title: str,
    *,
    after: ItemRef | None = None,
    first: bool = False,
    **fields: Any,
) -> ItemRef:
    """Add an item below a parent: after a sibling, first, or last; return it.

    Raises UserError where such an item cannot stand there.
    """
    place = _place(session, parent, after, first)
    values = {field: clean(field, value) for field, value in fields.items()}
    if kind is ItemKind.MILESTONE and values.get("due_on") is not None:
        values.setdefault("original_due_on", values["due_on"])
    row = _RECORDS[kind](title=clean("title", title), position=place, **values)
    _put_below(session, row, parent)
    session.add(row)
    session.flush()
    return ItemRef(kind, row.id)


def edit_item(session: Session, ref: ItemRef, **fields: Any) -> None:
    """Set fields of an item and what follows from them.

    A status of done or achieved sets its date, and taking it back clears it. The first due date
    of a milestone is remembered. Raises UserError where it would be due before it starts.
    """
    assert ref.kind is not None
    row = edit(session, _RECORDS[ref.kind], ref.id, fields)
    if isinstance(row, Milestone) and row.original_due_on is None:
        row.original_due_on = row.due_on
    if "status" in fields:
        _follow_status(row)
    if row.start_on is not None and row.due_on is not None and row.due_on < row.start_on:
        raise UserError(
            _("“{title}” would be due before it starts.").format(title=row.title),
            _("Correct one of the two dates."),
        )


def tick_item(session: Session, ref: ItemRef, done: bool, on: dt.date | None = None) -> None:
    """Tick an item off, as of `on` (today), or take the tick back."""
    row = item(session, ref)
    if isinstance(row, Action):
        row.status = ActionStatus.DONE if done else ActionStatus.OPEN
    elif isinstance(row, Milestone):
        row.status = MilestoneStatus.ACHIEVED if done else MilestoneStatus.IN_PROGRESS
    else:
        row.status = GoalStatus.ACHIEVED if done else GoalStatus.IN_PROGRESS
    _follow_status(row, on)


def delete_items(session: Session, refs: list[ItemRef]) -> None:
    """Delete items with all that stands below them."""
    for ref in refs:
        assert ref.kind is not None
        delete(session, ref.kind.value, [ref.id])


def move_item(
    session: Session, ref: ItemRef, parent: ItemRef, *, after: ItemRef | None = None
) -> ItemRef:
    """Move an item below a parent, after a sibling or to the top; return it.

    Its kind stays. Raises UserError where such an item cannot stand there.
    """
    row = item(session, ref)
    if after == ref:
        return ref
    _put_below(session, row, parent)
    siblings = [other for other in children(session, parent) if other.id != ref.id]
    index = 0
    if after is not None:
        index = next((i + 1 for i, other in enumerate(siblings) if other.id == after.id), 0)
    row.position = place_at([other.position for other in siblings], index)
    if isinstance(row, Milestone):
        _take_plan_along(session, row)
    session.flush()
    return ref


def shift_item(session: Session, ref: ItemRef, by: int) -> ItemRef:
    """Move an item up (-1) or down (+1) among its siblings; at the end it stays."""
    row = item(session, ref)
    parent = parent_of(session, row)
    siblings = children(session, parent)
    index = next(i for i, other in enumerate(siblings) if other.id == row.id)
    target = index + by
    if not 0 <= target < len(siblings):
        return ref
    others = [other for other in siblings if other.id != row.id]
    row.position = place_at([other.position for other in others], target)
    session.flush()
    return ref


def duplicate_item(session: Session, ref: ItemRef) -> ItemRef:
    """Copy an item, with what stands below it, right after itself; return the copy.

    The copy starts afresh: nothing of it is done yet.
    """
    row = item(session, ref)
    return _copy(session, row, parent_of(session, row), after=ref)


def set_dependencies(session: Session, milestone_id: str, after_ids: set[str]) -> None:
    """Say which milestones a milestone waits for; raises UserError where that makes a circle."""
    get(session, Milestone, milestone_id)
    rows = list(
        session.scalars(select(MilestoneDependency).where(MilestoneDependency.deleted_at.is_(None)))
    )
    waits: dict[str, set[str]] = {}
    for link in rows:
        waits.setdefault(link.milestone_id, set()).add(link.after_id)
    waits[milestone_id] = set(after_ids)
    if _reaches(waits, after_ids, milestone_id):
        raise UserError(
            _("These milestones would wait for each other in a circle."),
            _("Remove one of the dependencies."),
        )
    for link in rows:
        if link.milestone_id == milestone_id and link.after_id not in after_ids:
            delete(session, "milestone_dependency", [link.id])
    for after_id in sorted(after_ids):
        row_id = natural_id("milestone_dependency", milestone_id, after_id)
        known = session.get(MilestoneDependency, row_id)
        if known is None:
            session.add(
                MilestoneDependency(id=row_id, milestone_id=milestone_id, after_id=after_id)
            )
        else:
            known.deleted_at = None


def _living(session: Session, record: type[Any], where: Any) -> list[Any]:
    return list(session.scalars(select(record).where(where, record.deleted_at.is_(None))))


def _place(session: Session, parent: ItemRef, after: ItemRef | None, first: bool) -> str:
    siblings = children(session, parent)
    positions = [row.position for row in siblings]
    if first:
        return place_at(positions, 0)
    if after is not None:
        index = next((i for i, row in enumerate(siblings) if row.id == after.id), None)
        if index is not None:
            return place_at(positions, index + 1)
    return place_last(positions)


def _put_below(session: Session, row: Item, parent: ItemRef) -> None:
    """Set the references that say what an item stands below."""
    if isinstance(row, Goal) and parent.kind is None:
        row.plan_id = get(session, Plan, parent.id).id
    elif isinstance(row, Milestone) and parent.kind is ItemKind.GOAL:
        row.goal_id = get(session, Goal, parent.id).id
    elif isinstance(row, Action):
        row.plan_id = plan_of(session, parent)
        row.milestone_id = parent.id if parent.kind is ItemKind.MILESTONE else None
        row.goal_id = parent.id if parent.kind is ItemKind.GOAL else None
        if parent.kind is ItemKind.MILESTONE:
            row.goal_id = get(session, Milestone, parent.id).goal_id
        elif parent.kind is ItemKind.ACTION:
            raise _does_not_fit()
    else:
        raise _does_not_fit()


def _take_plan_along(session: Session, milestone: Milestone) -> None:
    """Keep goal and plan of a moved milestone's action items right."""
    goal = get(session, Goal, milestone.goal_id)
    for action in children(session, ItemRef(ItemKind.MILESTONE, milestone.id)):
        assert isinstance(action, Action)
        action.goal_id, action.plan_id = goal.id, goal.plan_id


def _follow_status(row: Item, on: dt.date | None = None) -> None:
    if isinstance(row, Action):
        done = row.status == ActionStatus.DONE
        row.done_on = (row.done_on or on or today()) if done else None
    elif isinstance(row, Milestone):
        achieved = row.status == MilestoneStatus.ACHIEVED
        row.achieved_on = (row.achieved_on or on or today()) if achieved else None


_NOT_COPIED = frozenset(
    {"id", "deleted_at", "position", "done_on", "achieved_on", "status", "progress_rag"}
)


def _copy(session: Session, row: Item, parent: ItemRef, after: ItemRef | None = None) -> ItemRef:
    kind = ItemKind(row.__tablename__)
    structure = {"plan_id", "goal_id", "milestone_id", "title"}
    fields = {
        column.name: getattr(row, column.name)
        for column in row.__table__.columns
        if column.name not in _NOT_COPIED | structure
    }
    copy = add_item(session, kind, parent, row.title, after=after, **fields)
    for measure in _living(session, Measure, Measure.goal_id == row.id):
        values = {
            column.name: getattr(measure, column.name)
            for column in Measure.__table__.columns
            if column.name not in {"id", "deleted_at", "goal_id", "agreed_on", "agreed_with"}
        }
        session.add(Measure(goal_id=copy.id, **values))
    for child in children(session, ItemRef(kind, row.id)):
        _copy(session, child, copy)
    return copy


def _reaches(waits: dict[str, set[str]], start: set[str], wanted: str) -> bool:
    seen: set[str] = set()
    queue = list(start)
    while queue:
        current = queue.pop()
        if current == wanted:
            return True
        if current not in seen:
            seen.add(current)
            queue.extend(waits.get(current, ()))
    return False


def _does_not_fit() -> UserError:
    return UserError(
        _("This item cannot stand there."),
        _("Goals stand at the plan, milestones below a goal, action items below any of them."),
    )
