"""How far plans, goals and milestones are, for one plan or for all of them at once.

One way to roll up, for the desk and for the customer's document: with `customer_only`, items
the customer does not see, and what stands below them, do not count.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.insight.progress import (
    action_share,
    goal_progress,
    mean,
    measure_progress,
    milestone_progress,
    resolved_target,
)
from csdesk.model.base import exact_number


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """Progress as exact shares, 1 for all of it, not clamped; None where nothing can be said."""

    whole: Decimal | None
    goals: dict[str, Decimal | None] = field(default_factory=dict)
    milestones: dict[str, Decimal | None] = field(default_factory=dict)
    measures: dict[str, Decimal | None] = field(default_factory=dict)


@dataclass(slots=True)
class _Count:
    """Action items below one parent: how many count, how many of them are done."""

    counted: int = 0
    done: int = 0

    @property
    def share(self) -> Decimal | None:
        return action_share(self.counted, self.done)


_SEEN = " AND coalesce({0}.visibility, 'internal') = 'customer'"
_IN = " IN (SELECT value FROM json_each(:plans))"


def plan_progress(
    session: Session,
    plan_ids: Collection[str],
    *,
    today: dt.date,
    customer_only: bool = False,
) -> dict[str, PlanProgress]:
    """Return the progress of plans by id.

    Progress of a milestone = done / all actions not canceled; of a goal = mean of its measures,
    or of its milestones by weight where it has no measure; of a plan = mean of its goals
    (data-model design, "Computed, never stored"). Values after `today` do not count.
    """
    asked = {"plans": json.dumps(list(plan_ids)), "today": today.isoformat()}
    rollup = _Rollup(session, asked, _SEEN if customer_only else "")
    return {plan_id: rollup.plan(plan_id) for plan_id in plan_ids}


_GOALS = """
SELECT g.id, g.plan_id, g.status FROM goal g WHERE g.deleted_at IS NULL
AND g.plan_id{plans}{seen_goal} ORDER BY g.position, g.id
"""
_MILESTONES = """
SELECT m.id, m.goal_id, m.status, m.weight FROM milestone m JOIN goal g ON g.id = m.goal_id
WHERE m.deleted_at IS NULL AND g.deleted_at IS NULL AND g.plan_id{plans}{seen_goal}{seen_milestone}
"""


class _Rollup:
    """Adds up the items of the plans asked for, from four queries."""

    def __init__(self, session: Session, asked: dict[str, str], seen: str) -> None:
        parts = {
            "plans": _IN,
            "seen_goal": seen.format("g"),
            "seen_milestone": seen.format("m"),
        }
        self._of_milestone, self._of_goal = _action_counts(session, asked, seen)
        self._measures, self._measures_of = _measures(session, asked)
        self._goals_of: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        for goal_id, plan_id, status in session.execute(text(_GOALS.format(**parts)), asked):
            self._goals_of[plan_id].append((goal_id, status))
        self._milestones_of: dict[str, list[tuple[str, Decimal | None, int | None]]] = defaultdict(
            list
        )
        found = session.execute(text(_MILESTONES.format(**parts)), asked)
        for row_id, goal_id, status, weight in found:
            share = milestone_progress(status, self._of_milestone.get(row_id, _Count()).share)
            self._milestones_of[goal_id].append((row_id, share, weight))

    def plan(self, plan_id: str) -> PlanProgress:
        """Return the progress of one plan and of all that counts below it."""
        goals = {goal: self._goal(goal, status) for goal, status in self._goals_of.get(plan_id, ())}
        return PlanProgress(
            mean(goals.values()),
            goals,
            {
                row: share
                for goal in goals
                for row, share, _weight in self._milestones_of.get(goal, ())
            },
            {row: self._measures[row] for goal in goals for row in self._measures_of.get(goal, ())},
        )

    def _goal(self, goal_id: str, status: str | None) -> Decimal | None:
        own = self._of_goal.get(goal_id, _Count())
        return goal_progress(
            status,
            [self._measures[row] for row in self._measures_of.get(goal_id, ())],
            [(share, weight) for _row, share, weight in self._milestones_of.get(goal_id, ())],
            own.share,
        )


def _action_counts(
    session: Session, asked: dict[str, str], seen: str
) -> tuple[dict[str, _Count], dict[str, _Count]]:
    """Count action items by milestone, and those directly below a goal by goal."""
    rows = session.execute(
        text(
            "SELECT a.milestone_id, a.goal_id, count(*), sum(a.status = 'done') FROM action a"
            f" WHERE a.deleted_at IS NULL AND a.plan_id{_IN} AND a.status IS NOT 'canceled'"
            f"{seen.format('a')} GROUP BY a.milestone_id, a.goal_id"
        ),
        asked,
    ).all()
    by_milestone: dict[str, _Count] = {}
    by_goal: dict[str, _Count] = {}
    for milestone_id, goal_id, counted, done in rows:
        target, key = (by_milestone, milestone_id) if milestone_id else (by_goal, goal_id)
        if key is not None:
            count = target.setdefault(key, _Count())
            count.counted += counted
            count.done += done or 0
    return by_milestone, by_goal


def _measures(
    session: Session, asked: dict[str, str]
) -> tuple[dict[str, Decimal | None], dict[str, list[str]]]:
    """Return the progress of every measure by id, and the measures of each goal."""
    rows = session.execute(
        text(
            "SELECT s.id, s.goal_id, s.baseline, s.target_mode, s.target, s.direction,"
            " (SELECT v.value FROM kpi_value v WHERE v.id >= p.account_id || ':' || s.kpi_id || ':'"
            "   AND v.id <= p.account_id || ':' || s.kpi_id || ':' || :today"
            "   AND v.deleted_at IS NULL AND v.value IS NOT NULL ORDER BY v.id DESC LIMIT 1)"
            " FROM measure s JOIN goal g ON g.id = s.goal_id JOIN plan p ON p.id = g.plan_id"
            f" WHERE s.deleted_at IS NULL AND g.deleted_at IS NULL AND g.plan_id{_IN}"
            " ORDER BY s.position, s.id"
        ),
        asked,
    ).all()
    progress: dict[str, Decimal | None] = {}
    of_goal: dict[str, list[str]] = defaultdict(list)
    for row_id, goal_id, baseline, mode, target, direction, current in rows:
        first = None if baseline is None else exact_number(baseline)
        wanted = resolved_target(mode, first, None if target is None else exact_number(target))
        now = None if current is None else exact_number(current)
        progress[row_id] = measure_progress(first, wanted, now, direction)
        of_goal[goal_id].append(row_id)
    return progress, of_goal
