"""What can be done with the items of a plan's outline: goals, milestones and action items.

An outline has three levels: goals; milestones and action items below a goal; action items below
a milestone. Action items may also stand at the plan itself, beside its goals. The items below
one parent share one order, whatever kind they are.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get, today
from csdesk.actions.ordering import make_place
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.identity import natural_id
from csdesk.model.items import ItemKind as ItemKind
from csdesk.model.items import ItemRef as ItemRef
from csdesk.model.records import Action, Goal, Measure, Milestone, MilestoneDependency, Plan
from csdesk.model.vocabulary import ActionStatus, GoalStatus, MilestoneStatus, Visibility

Item = Goal | Milestone | Action

_HAS_GOAL = exists().where(Goal.id == Action.goal_id, Goal.deleted_at.is_(None))
_HAS_MILESTONE = exists().where(
    Milestone.id == Action.milestone_id,
    Milestone.deleted_at.is_(None),
    Goal.id == Milestone.goal_id,
    Goal.deleted_at.is_(None),
)
_RECORDS: dict[ItemKind, type[Goal | Milestone | Action]] = {
    ItemKind.GOAL: Goal,
    ItemKind.MILESTONE: Milestone,
    ItemKind.ACTION: Action,
}


def record_of(kind: ItemKind) -> type[Goal | Milestone | Action]:
    """Return the record that keeps items of a kind."""
    return _RECORDS[kind]


def fits(kind: ItemKind | None, holder: ItemKind | None) -> bool:
    """Tell whether an item of a kind may stand below another, or at the plan (None)."""
    if kind is ItemKind.GOAL:
        return holder is None
    if kind is ItemKind.MILESTONE:
        return holder is ItemKind.GOAL
    return holder is not ItemKind.ACTION


def item(session: Session, ref: ItemRef) -> Item:
    """Return the record of an item; raises UserError where it was deleted."""
    assert ref.kind is not None
    return get(session, _RECORDS[ref.kind], ref.id)


def parent_of(session: Session, row: Item) -> ItemRef:
    """Tell what an item stands below.

    An action item whose milestone was deleted in another copy of the file stands at the goal,
    without the goal at the plan.
    """
    if isinstance(row, Goal):
        return ItemRef(None, row.plan_id)
    if isinstance(row, Milestone):
        return ItemRef(ItemKind.GOAL, row.goal_id)
    milestone = _found(session, Milestone, row.milestone_id)
    if milestone is not None and _found(session, Goal, milestone.goal_id) is not None:
        return ItemRef(ItemKind.MILESTONE, milestone.id)
    if row.goal_id is not None and _found(session, Goal, row.goal_id) is not None:
        return ItemRef(ItemKind.GOAL, row.goal_id)
    return ItemRef(None, row.plan_id)


def is_hidden(session: Session, row: Item) -> bool:
    """Tell whether the customer cannot see an item because of what it stands below.

    An action item that lost its goal or milestone in a merge is hidden too: they may have been
    internal.
    """
    if isinstance(row, Goal):
        return False
    goal_id, milestone_id = row.goal_id, None
    if isinstance(row, Action):
        milestone_id = row.milestone_id
    above: list[Goal | Milestone | None] = []
    if goal_id is not None:
        above.append(_found(session, Goal, goal_id))
    if milestone_id is not None:
        above.append(_found(session, Milestone, milestone_id))
    return any(one is None or one.visibility != Visibility.CUSTOMER for one in above)


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
        at_plan = ~_HAS_GOAL & ~_HAS_MILESTONE
        found += _living(session, Action, (Action.plan_id == parent.id) & at_plan)
    elif parent.kind is ItemKind.GOAL:
        found += _living(session, Milestone, Milestone.goal_id == parent.id)
        found += _living(session, Action, (Action.goal_id == parent.id) & ~_HAS_MILESTONE)
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

    Raises UserError where such an item cannot stand there or would be due before it starts.
    """
    values = {field: clean(field, value) for field, value in fields.items()}
    if kind is ItemKind.MILESTONE and values.get("due_on") is not None:
        values.setdefault("original_due_on", values["due_on"])
    row = _RECORDS[kind](title=clean("title", title), **values)
    check_dates(row)
    put_below(session, row, parent)
    siblings = children(session, parent)
    row.position = _make_place(siblings, 0 if first else _index_after(siblings, after))
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
        follow_status(row)
    if "start_on" in fields or "due_on" in fields:
        check_dates(row)


def tick_item(session: Session, ref: ItemRef, done: bool, on: dt.date | None = None) -> None:
    """Tick an item off, as of `on` (today), or take the tick back."""
    row = item(session, ref)
    if isinstance(row, Action):
        row.status = ActionStatus.DONE if done else ActionStatus.OPEN
    elif isinstance(row, Milestone):
        row.status = MilestoneStatus.ACHIEVED if done else MilestoneStatus.IN_PROGRESS
    else:
        row.status = GoalStatus.ACHIEVED if done else GoalStatus.IN_PROGRESS
    follow_status(row, on)


def follow_status(row: Item, on: dt.date | None = None) -> None:
    """Date what is done or achieved, as of `on` (today), and clear the date of what is not."""
    if isinstance(row, Action):
        done = row.status == ActionStatus.DONE
        row.done_on = (row.done_on or on or today()) if done else None
    elif isinstance(row, Milestone):
        achieved = row.status == MilestoneStatus.ACHIEVED
        row.achieved_on = (row.achieved_on or on or today()) if achieved else None


def delete_items(session: Session, refs: list[ItemRef]) -> None:
    """Delete items with all that stands below them."""
    for ref in refs:
        assert ref.kind is not None
        delete(session, ref.kind.value, [ref.id])


def move_item(
    session: Session, ref: ItemRef, parent: ItemRef, *, after: ItemRef | None = None
) -> ItemRef:
    """Move an item below a parent, after a sibling or to the top; return it.

    Its kind stays. What the customer did not see because of what it stood below becomes internal
    itself, so that a move alone never shows anything. Raises UserError where such an item cannot
    stand there.
    """
    row = item(session, ref)
    if after == ref:
        return ref
    was_hidden = is_hidden(session, row)
    put_below(session, row, parent)
    if was_hidden and not is_hidden(session, row):
        row.visibility = Visibility.INTERNAL
    siblings = [other for other in children(session, parent) if other.id != ref.id]
    index = 0 if after is None else _index_after(siblings, after, without=0)
    row.position = _make_place(siblings, index)
    _take_along(session, row)
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
    row.position = _make_place(others, target)
    session.flush()
    return ref


def duplicate_item(session: Session, ref: ItemRef, *, after: ItemRef | None = None) -> ItemRef:
    """Copy an item, with what stands below it, right after itself or a sibling; return the copy.

    The copy starts afresh: nothing of it is done yet. Its milestones wait for what the originals
    wait for, or for the copies of those.
    """
    parent = parent_of(session, item(session, ref))
    return _copy_whole(session, ref, parent, after or ref, _NOT_COPIED | _DOING)


def copy_item(
    session: Session, ref: ItemRef, parent: ItemRef, after: ItemRef | None = None
) -> ItemRef:
    """Copy an item, with what stands below it and how far it is; return the copy.

    It stands below a parent, after a sibling or first. What the customer does not see because
    of what it stands below is internal in the copy. Raises UserError where such an item cannot
    stand there.
    """
    return _copy_whole(session, ref, parent, after, _NOT_COPIED)


def set_dependencies(session: Session, milestone_id: str, after_ids: set[str]) -> None:
    """Say which milestones a milestone waits for.

    Raises UserError where that makes a circle, or one of them was deleted.
    """
    for wanted in (milestone_id, *after_ids):
        get(session, Milestone, wanted)
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


def check_dates(row: Item) -> None:
    """Raise UserError where an item would be due before it starts."""
    if row.start_on is not None and row.due_on is not None and row.due_on < row.start_on:
        raise UserError(
            _("“{title}” would be due before it starts.").format(title=row.title),
            _("Correct one of the two dates."),
        )


def put_below(session: Session, row: Item, parent: ItemRef) -> None:
    """Set the references that say what an item stands below.

    Raises UserError where such an item cannot stand there.
    """
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


def _living(session: Session, record: type[Any], where: Any) -> list[Any]:
    return list(session.scalars(select(record).where(where, record.deleted_at.is_(None))))


def _found(session: Session, record: type[Any], row_id: str | None) -> Any:
    row = None if row_id is None else session.get(record, row_id)
    return None if row is None or row.deleted_at is not None else row


def _index_after(siblings: list[Item], after: ItemRef | None, without: int | None = None) -> int:
    """Tell the place after a sibling; `without` it, or the end, where it is no sibling."""
    last = len(siblings) if without is None else without
    if after is None:
        return last
    return next((i + 1 for i, other in enumerate(siblings) if other.id == after.id), last)


def _make_place(siblings: list[Item], index: int) -> str:
    """Give the position at `index`, and its siblings new ones where nothing fits there."""
    position, moved = make_place([other.position for other in siblings], index)
    for other, place in zip(siblings, moved or (), strict=False):
        other.position = place
    return position


def _take_along(session: Session, row: Item) -> None:
    """Keep goal and plan of the action items below a moved goal or milestone right."""
    if isinstance(row, Action):
        return
    goal = row if isinstance(row, Goal) else get(session, Goal, row.goal_id)
    for child in children(session, ItemRef(ItemKind(row.__tablename__), row.id)):
        if isinstance(child, Action):
            child.goal_id, child.plan_id = goal.id, goal.plan_id
        else:
            _take_along(session, child)


_NOT_COPIED = frozenset({"id", "deleted_at", "position", "original_due_on"})
_DOING = frozenset({"done_on", "achieved_on", "closing_note", "status", "progress_rag"})
"""How far an item is: a copy that starts afresh has none of it."""


def _copy_whole(
    session: Session,
    ref: ItemRef,
    parent: ItemRef,
    after: ItemRef | None,
    without: frozenset[str],
) -> ItemRef:
    row = item(session, ref)
    copies: dict[str, str] = {}
    made = _copy(session, row, parent, copies, without, after=after, first=after is None)
    copy = item(session, made)
    if is_hidden(session, row) and not is_hidden(session, copy):
        copy.visibility = Visibility.INTERNAL
    is_same_plan = plan_of(session, ref) == plan_of(session, made)
    links = _living(
        session, MilestoneDependency, MilestoneDependency.milestone_id.in_(list(copies))
    )
    for link in links:
        if link.after_id not in copies and not is_same_plan:
            continue
        milestone_id, after_id = copies[link.milestone_id], copies.get(link.after_id, link.after_id)
        row_id = natural_id("milestone_dependency", milestone_id, after_id)
        session.add(MilestoneDependency(id=row_id, milestone_id=milestone_id, after_id=after_id))
    return made


def _copy(
    session: Session,
    row: Item,
    parent: ItemRef,
    copies: dict[str, str],
    without: frozenset[str],
    *,
    after: ItemRef | None = None,
    first: bool = False,
) -> ItemRef:
    kind = ItemKind(row.__tablename__)
    structure = {"plan_id", "goal_id", "milestone_id", "title"}
    fields = {
        column.name: getattr(row, column.name)
        for column in row.__table__.columns
        if column.name not in without | structure
    }
    copy = add_item(session, kind, parent, row.title, after=after, first=first, **fields)
    copies[row.id] = copy.id
    for measure in _living(session, Measure, Measure.goal_id == row.id):
        values = {
            column.name: getattr(measure, column.name)
            for column in Measure.__table__.columns
            if column.name not in {"id", "deleted_at", "goal_id", "agreed_on", "agreed_with"}
        }
        session.add(Measure(goal_id=copy.id, **values))
    for child in children(session, ItemRef(kind, row.id)):
        _copy(session, child, copy, copies, without)
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
