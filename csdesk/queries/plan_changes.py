"""What became of a plan between two versions of it, as far as a customer would call it a change.

Rows are compared by their ids, so a title that changed is no new goal. Order alone is no change,
nor is what only the passing of time brought about, such as being overdue.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from csdesk.model.vocabulary import (
    CLOSED_ACTIONS,
    CLOSED_GOALS,
    CLOSED_MILESTONES,
    GoalStatus,
)
from csdesk.queries.customer_rows import (
    CustomerPlan,
    GoalRow,
    KpiLine,
    MeasureRow,
    MilestoneRow,
    Person,
)

Value = str | dt.date | Decimal | None
"""What a field was or is: a text or term, a day, a number of a KPI; None for nothing."""


class ChangeKind(StrEnum):
    """What happened to an item."""

    ADDED = "added"
    REMOVED = "removed"
    FINISHED = "finished"
    REOPENED = "reopened"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One thing that happened to one item."""

    kind: ChangeKind
    entity: str
    """plan, goal, measure, milestone, action, kpi, risk or feedback."""
    id: str
    """Empty for a risk, which is known by its wording alone."""
    title: str
    """What the item is called now, or was called before it went."""
    parent: str = ""
    """The title of the goal it belongs to; empty where it belongs to none."""
    field: str = ""
    """Empty where an item came or went."""
    before: Value = None
    after: Value = None
    kpi: KpiLine | None = None
    """How numbers are written, without its values; None where they are no KPI's."""


def plan_changes(before: CustomerPlan, after: CustomerPlan) -> tuple[PlanChange, ...]:
    """Return what changed, in the order of the plan: the plan itself, goals, actions, the rest.

    Both have to be in the same language (`in_language`).
    """
    return tuple(_Comparison(before, after).changes())


def unagreed_items(agreed: CustomerPlan, now: CustomerPlan) -> frozenset[str]:
    """Return the ids of items that are not as they were agreed.

    Goals, measures, milestones and actions that are new, or changed in what was agreed: words,
    owners, dates, baselines and targets. Progress is as agreed.
    """
    changes = _Comparison(agreed, now).changes()
    return frozenset(
        change.id
        for change in changes
        if change.entity in _AGREED_ENTITIES
        and (change.kind == ChangeKind.ADDED or change.field in _AGREED_FIELDS)
    )


_AGREED_ENTITIES = frozenset({"goal", "measure", "milestone", "action"})
_AGREED_FIELDS = frozenset(
    {
        "title",
        "why",
        "done_definition",
        "owner",
        "customer_owner",
        "side",
        "goal",
        "start_on",
        "due_on",
        "target_on",
        "target",
        "baseline",
        "direction",
    }
)
_PLAN_FIELDS = (
    "title",
    "start_on",
    "end_on",
    "success_statement",
    "background",
    "to_be",
    "owner",
    "customer_owner",
    "review_cadence",
    "next_review_on",
)
_DATES = frozenset({"start_on", "end_on", "due_on", "target_on", "next_review_on"})


class _Comparison:
    """Compares two plans row by row."""

    def __init__(self, before: CustomerPlan, after: CustomerPlan) -> None:
        self._before = before
        self._after = after
        self._ours = _Names(before.our_people), _Names(after.our_people)
        self._theirs = _Names(before.customer_people), _Names(after.customer_people)
        self._goals = _Names(before.goals), _Names(after.goals)

    def changes(self) -> Iterator[PlanChange]:
        yield from self._of_plan()
        yield from self._of_goals()
        yield from self._of_actions()
        yield from self._of_kpis()
        yield from self._of_words()

    def _of_plan(self) -> Iterator[PlanChange]:
        about = PlanChange(ChangeKind.CHANGED, "plan", self._after.plan_id, self._after.title)
        yield from self._fields(about, self._before, self._after, _PLAN_FIELDS)

    def _of_goals(self) -> Iterator[PlanChange]:
        fields = ("title", "why", "owner", "customer_owner", "start_on", "due_on", "closing_note")
        was = _by_id(self._before.goals)
        parents = self._parents()
        for goal in self._after.goals:
            about = PlanChange(ChangeKind.CHANGED, "goal", goal.id, goal.title)
            old = was.pop(goal.id, None)
            if old is None:
                yield replace(about, kind=ChangeKind.ADDED)
            else:
                yield from _standing(about, _goal_state(old), _goal_state(goal), CLOSED_GOALS)
                yield from self._fields(about, old, goal, fields)
            yield from self._of_measures(goal, parents)
            yield from self._of_milestones(goal, parents)
        now = _by_id(self._after.goals)
        yield from self._gone_below(now, parents)
        for goal in was.values():
            yield PlanChange(ChangeKind.REMOVED, "goal", goal.id, goal.title)

    def _parents(self) -> dict[str, tuple[GoalRow, Any]]:
        """Return what stood below goals before, by id, with its goal."""
        return {row.id: (goal, row) for goal in self._before.goals for row in _below(goal)}

    def _of_measures(
        self, goal: GoalRow, parents: Mapping[str, tuple[GoalRow, Any]]
    ) -> Iterator[PlanChange]:
        for measure in goal.measures:
            kpi = replace(measure.kpi, values=())
            about = PlanChange(
                ChangeKind.CHANGED, "measure", measure.id, kpi.name, goal.title, kpi=kpi
            )
            if measure.id not in parents:
                yield replace(about, kind=ChangeKind.ADDED)
                continue
            old_goal, old = parents[measure.id]
            yield from self._moved_below(about, old_goal, goal)
            yield from _measure_changes(about, old, measure)

    def _of_milestones(
        self, goal: GoalRow, parents: Mapping[str, tuple[GoalRow, Any]]
    ) -> Iterator[PlanChange]:
        fields = ("title", "done_definition", "owner", "customer_owner", "start_on", "due_on")
        for row in goal.milestones:
            about = PlanChange(ChangeKind.CHANGED, "milestone", row.id, row.title, goal.title)
            if row.id not in parents:
                yield replace(about, kind=ChangeKind.ADDED)
                continue
            old_goal, old = parents[row.id]
            yield from _standing(about, old.status, row.status, CLOSED_MILESTONES)
            yield from self._moved_below(about, old_goal, goal)
            yield from self._fields(about, old, row, fields)

    def _moved_below(self, about: PlanChange, old: GoalRow, new: GoalRow) -> Iterator[PlanChange]:
        if old.id != new.id:
            yield replace(about, field="goal", before=old.title, after=new.title)

    def _gone_below(
        self, goals: Mapping[str, GoalRow], parents: Mapping[str, tuple[GoalRow, Any]]
    ) -> Iterator[PlanChange]:
        """Tell what is gone of goals that are still there; a goal that went took its own along."""
        left = {row.id for goal in goals.values() for row in _below(goal)}
        for row_id, (goal, row) in parents.items():
            if row_id in left or goal.id not in goals:
                continue
            if isinstance(row, MeasureRow):
                about = PlanChange(ChangeKind.REMOVED, "measure", row_id, row.kpi.name, goal.title)
            else:
                about = PlanChange(ChangeKind.REMOVED, "milestone", row_id, row.title, goal.title)
            yield about

    def _of_actions(self) -> Iterator[PlanChange]:
        fields = ("title", "side", "owner", "customer_owner", "start_on", "due_on")
        was = _by_id(self._before.actions)
        for row in self._after.actions:
            about = PlanChange(ChangeKind.CHANGED, "action", row.id, row.title, row.goal)
            old = was.pop(row.id, None)
            if old is None:
                yield replace(about, kind=ChangeKind.ADDED)
                continue
            yield from _standing(about, old.status, row.status, CLOSED_ACTIONS)
            if not _same_name(self._goals, old.goal, row.goal):
                yield replace(about, field="goal", before=old.goal or None, after=row.goal or None)
            yield from self._fields(about, old, row, fields)
        for row in was.values():
            yield PlanChange(ChangeKind.REMOVED, "action", row.id, row.title, row.goal)

    def _of_kpis(self) -> Iterator[PlanChange]:
        """Tell new values of KPIs that stand in until measures are agreed."""
        was = _by_id(self._before.kpis)
        for kpi in self._after.kpis:
            old = was.get(kpi.id)
            before, after = old and old.latest, kpi.latest
            if old is None or before is None or after is None or before.value == after.value:
                continue
            yield PlanChange(
                ChangeKind.CHANGED,
                "kpi",
                kpi.id,
                kpi.name,
                field="current",
                before=before.value,
                after=after.value,
                kpi=replace(kpi, values=()),
            )

    def _of_words(self) -> Iterator[PlanChange]:
        """Tell which risks and answers came and went."""
        yield from _came_and_went("risk", self._before.risks, self._after.risks)
        was = _by_id(self._before.feedback)
        for row in self._after.feedback:
            about = PlanChange(ChangeKind.CHANGED, "feedback", row.id, row.said)
            old = was.pop(row.id, None)
            if old is None:
                yield replace(about, kind=ChangeKind.ADDED)
            else:
                yield from self._fields(about, old, row, ("said", "did"))
        for row in was.values():
            yield PlanChange(ChangeKind.REMOVED, "feedback", row.id, row.said)

    def _fields(
        self, about: PlanChange, old: Any, new: Any, fields: Sequence[str]
    ) -> Iterator[PlanChange]:
        names = {"owner": self._ours, "customer_owner": self._theirs}
        for field in fields:
            before, after = getattr(old, field) or None, getattr(new, field) or None
            if before == after:
                continue
            if field in names and _same_name(names[field], before or "", after or ""):
                continue
            kind = ChangeKind.MOVED if field in _DATES else ChangeKind.CHANGED
            yield replace(about, kind=kind, field=field, before=before, after=after)


class _Names:
    """Which ids a name may stand for."""

    def __init__(self, rows: Iterable[Person | GoalRow]) -> None:
        self._ids: dict[str, set[str]] = {}
        for row in rows:
            name = row.name if isinstance(row, Person) else row.title
            if row.id:
                self._ids.setdefault(name, set()).add(row.id)

    def ids(self, name: str) -> set[str]:
        """Return the ids; none for a name nobody has."""
        return self._ids.get(name, set())


def _same_name(names: tuple[_Names, _Names], before: str, after: str) -> bool:
    """Tell whether two names stand for the same: somebody who was renamed is no other person."""
    return before == after or bool(names[0].ids(before) & names[1].ids(after))


def _by_id(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.id: row for row in rows}


def _below(goal: GoalRow) -> tuple[MeasureRow | MilestoneRow, ...]:
    return (*goal.measures, *goal.milestones)


def _goal_state(goal: GoalRow) -> str:
    """Return how a goal is shown to stand: once closed or paused its status, else its standing."""
    if goal.status in CLOSED_GOALS or goal.status == GoalStatus.PAUSED or not goal.rag:
        return goal.status
    return goal.rag


def _standing(
    about: PlanChange, before: str, after: str, closed: frozenset[Any]
) -> Iterator[PlanChange]:
    if before == after:
        return
    kind = ChangeKind.CHANGED
    if after in closed and before not in closed:
        kind = ChangeKind.FINISHED
    elif before in closed and after not in closed:
        kind = ChangeKind.REOPENED
    yield replace(about, kind=kind, field="status", before=before, after=after)


def _measure_changes(about: PlanChange, old: MeasureRow, new: MeasureRow) -> Iterator[PlanChange]:
    pairs: tuple[tuple[str, Value, Value], ...] = (
        ("title", old.kpi.name, new.kpi.name),
        ("baseline", old.baseline, new.baseline),
        ("target", old.target, new.target),
        ("target_on", old.target_on, new.target_on),
        ("direction", old.direction or None, new.direction or None),
        ("current", old.current, new.current),
        ("source", old.source or None, new.source or None),
    )
    for field, before, after in pairs:
        if before != after:
            kind = ChangeKind.MOVED if field in _DATES else ChangeKind.CHANGED
            yield replace(about, kind=kind, field=field, before=before, after=after)


def _came_and_went(
    entity: str, before: Sequence[str], after: Sequence[str]
) -> Iterator[PlanChange]:
    was, now = set(before), set(after)
    for text in after:
        if text not in was:
            yield PlanChange(ChangeKind.ADDED, entity, "", text)
    for text in before:
        if text not in now:
            yield PlanChange(ChangeKind.REMOVED, entity, "", text)
