"""Making one of items that are the same in both of two plans that were made one.

Two people who start from the same template apart have each item twice. What is the same in all that
it says becomes one; where anybody changed anything, both stay, for people to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.base import Record, columns_of
from csdesk.model.records import Action, Goal, Measure, Milestone, MilestoneDependency

_PLACE = frozenset({"id", "deleted_at", "position", "plan_id", "goal_id", "milestone_id"})
"""What says where an item is and not what it is."""

Join = Callable[[Session, str, str, str], None]
"""Makes one of two rows: entity, the id that stays, and the one that goes."""


def items_of(session: Session, plan_id: str) -> frozenset[str]:
    """Return the ids of all living items of a plan and of their success measures."""
    goals = set(_ids(session, Goal, Goal.plan_id == plan_id))
    below = {
        row
        for record in (Milestone, Measure)
        for row in _ids(session, record, record.goal_id.in_(goals))
    }
    return frozenset(goals | below | set(_ids(session, Action, Action.plan_id == plan_id)))


def fold_items(session: Session, plan_id: str, moved: frozenset[str], join: Join) -> None:
    """Make one of each item of a plan and one that was `moved` into it and says the same."""
    goals = _living(session, Goal, Goal.plan_id == plan_id)
    for goal, other in _alike(session, goals, moved):
        join(session, "goal", goal.id, other.id)
        milestones = _living(session, Milestone, Milestone.goal_id == goal.id)
        for milestone, twin in _alike(session, milestones, moved):
            join(session, "milestone", milestone.id, twin.id)
            _fold(session, Action, Action.milestone_id == milestone.id, moved, join)
        _fold(session, Measure, Measure.goal_id == goal.id, moved, join)
        at_goal = (Action.goal_id == goal.id) & Action.milestone_id.is_(None)
        _fold(session, Action, at_goal, moved, join)
    at_plan = (Action.plan_id == plan_id) & Action.goal_id.is_(None)
    _fold(session, Action, at_plan & Action.milestone_id.is_(None), moved, join)


def _fold(session: Session, record: Any, where: Any, moved: frozenset[str], join: Join) -> None:
    for one, other in _alike(session, _living(session, record, where), moved):
        join(session, record.__tablename__, one.id, other.id)


def _alike(
    session: Session, rows: Sequence[Any], moved: frozenset[str]
) -> Iterator[tuple[Any, Any]]:
    """Pair each row with a moved one that says the same, every row once at most."""
    waiting: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        if row.id in moved:
            waiting.setdefault(_said(session, row), []).append(row)
    pairs = []
    for row in rows:
        others = [] if row.id in moved else waiting.get(_said(session, row), [])
        if others:
            pairs.append((row, others.pop(0)))
    yield from pairs


def _said(session: Session, row: Record) -> tuple[Any, ...]:
    """Return all that an item says, with the titles of what a milestone waits for."""
    names = [column.name for column in columns_of(row.__tablename__)]
    said = [getattr(row, name) for name in names if name not in _PLACE]
    if isinstance(row, Milestone):
        after = select(Milestone.title).join(
            MilestoneDependency, MilestoneDependency.after_id == Milestone.id
        )
        waits = after.where(
            MilestoneDependency.milestone_id == row.id, MilestoneDependency.deleted_at.is_(None)
        )
        said.append(tuple(sorted(title or "" for title in session.scalars(waits))))
    return tuple(said)


def _living(session: Session, record: Any, where: Any) -> list[Any]:
    asked = select(record).where(where, record.deleted_at.is_(None))
    return list(session.scalars(asked.order_by(record.position, record.id)))


def _ids(session: Session, record: Any, where: Any) -> list[str]:
    return list(session.scalars(select(record.id).where(where, record.deleted_at.is_(None))))
