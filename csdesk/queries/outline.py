"""A success plan as the desk works on it: one tree of goals, milestones and action items."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.insight.progress import resolved_target
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Action, Contact, Goal, Kpi, Measure, Member, Milestone, Plan
from csdesk.model.records import MilestoneDependency as Dependency
from csdesk.model.vocabulary import (
    CLOSED_ACTIONS,
    CLOSED_GOALS,
    CLOSED_MILESTONES,
    LIVE_PLANS,
    Visibility,
)
from csdesk.queries.plan_progress import PlanProgress, plan_progress


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A success measure as the panel of its goal shows it."""

    id: str
    kpi_id: str
    kpi_name: str
    unit: str
    direction: str | None
    baseline: Decimal | None
    baseline_on: dt.date | None
    target_mode: str | None
    target: Decimal | None
    target_number: Decimal | None
    """The number that the target stands for, whatever its mode."""
    target_on: dt.date | None
    progress: Decimal | None


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One line of the outline with all of its own fields; `children` are in their order."""

    ref: ItemRef
    parent: ItemRef
    title: str
    status: str | None
    owner_id: str | None
    owner: str
    customer_owner_id: str | None
    customer_owner: str
    side: str | None
    priority: str | None
    standing: str | None
    start_on: dt.date | None
    due_on: dt.date | None
    done_on: dt.date | None
    visibility: str | None
    hidden_by_parent: bool
    """Whether the customer does not see it because of what it stands below."""
    progress: Decimal | None
    late_days: int
    """Days it is overdue today; 0 where it is not."""
    is_done: bool
    is_closed: bool
    text: str
    """Why a goal is wanted, or when a milestone counts as done."""
    internal_note: str
    measures: tuple[MeasureLine, ...]
    depends_on: tuple[str, ...]
    children: tuple[OutlineItem, ...]


@dataclass(frozen=True, slots=True)
class PlanOutline:
    """A plan with its own fields and its items."""

    id: str
    account_id: str
    title: str
    type: str | None
    status: str | None
    start_on: dt.date | None
    end_on: dt.date | None
    background: str
    to_be: str
    success_statement: str
    owner_id: str | None
    customer_owner_id: str | None
    review_cadence: str
    next_review_on: dt.date | None
    internal_note: str
    progress: Decimal | None
    items: tuple[OutlineItem, ...]

    def find(self, item_id: str) -> OutlineItem | None:
        """Return the item of this id, wherever it stands."""
        queue = list(self.items)
        while queue:
            item = queue.pop()
            if item.ref.id == item_id:
                return item
            queue.extend(item.children)
        return None


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action item that is not closed, with the plan it is of."""

    item: OutlineItem
    plan_id: str
    plan_title: str


def open_actions(session: Session, account_id: str, *, today: dt.date) -> list[OpenAction]:
    """Return the open action items of an account's living plans, those due first on top."""
    plans = session.scalars(
        select(Plan.id)
        .where(Plan.account_id == account_id, Plan.deleted_at.is_(None))
        .where(Plan.status.in_(LIVE_PLANS))
    )
    found = []
    for plan_id in plans.all():
        outline = plan_outline(session, plan_id, today=today)
        queue = list(outline.items) if outline else []
        while queue and outline:
            item = queue.pop()
            queue.extend(item.children)
            if item.ref.kind is ItemKind.ACTION and not item.is_closed:
                found.append(OpenAction(item, plan_id, outline.title))
    return sorted(found, key=lambda one: (one.item.due_on or dt.date.max, one.item.title))


def plan_outline(session: Session, plan_id: str, *, today: dt.date) -> PlanOutline | None:
    """Return a plan's outline; None where the plan was deleted."""
    plan = session.get(Plan, plan_id)
    if plan is None or plan.deleted_at is not None:
        return None
    progress = plan_progress(session, [plan_id], today=today)[plan_id]
    return PlanOutline(
        id=plan.id,
        account_id=plan.account_id,
        title=plan.title or "",
        type=plan.type,
        status=plan.status,
        start_on=plan.start_on,
        end_on=plan.end_on,
        background=plan.background or "",
        to_be=plan.to_be or "",
        success_statement=plan.success_statement or "",
        owner_id=plan.owner_id,
        customer_owner_id=plan.customer_owner_id,
        review_cadence=plan.review_cadence or "",
        next_review_on=plan.next_review_on,
        internal_note=plan.internal_note or "",
        progress=progress.whole,
        items=_Tree(session, plan, progress, today).items(),
    )


class _Tree:
    """Builds the items of one plan from a handful of queries."""

    def __init__(
        self, session: Session, plan: Plan, progress: PlanProgress, today: dt.date
    ) -> None:
        self._today = today
        self._progress = progress
        self._plan = ItemRef(None, plan.id)
        goals: list[Goal] = _living(session, Goal, Goal.plan_id == plan.id)
        goal_ids = [goal.id for goal in goals]
        milestones: list[Milestone] = _living(session, Milestone, Milestone.goal_id.in_(goal_ids))
        actions: list[Action] = _living(session, Action, Action.plan_id == plan.id)
        rows: list[Goal | Milestone | Action] = [*goals, *milestones, *actions]
        self._members = _names(session, Member, {row.owner_id for row in rows})
        self._contacts = _names(session, Contact, {row.customer_owner_id for row in rows})
        self._measures = self._read_measures(session, goal_ids)
        self._waits: dict[str, list[str]] = defaultdict(list)
        for link in _living(
            session, Dependency, Dependency.milestone_id.in_([m.id for m in milestones])
        ):
            self._waits[link.milestone_id].append(link.after_id)
        known = set(goal_ids) | {milestone.id for milestone in milestones}
        # Their goal or milestone was deleted in another copy of the file: no document shows them.
        self._orphans: set[str] = set()
        self._below: dict[str, list[Goal | Milestone | Action]] = defaultdict(list)
        for goal in goals:
            self._below[plan.id].append(goal)
        for milestone in milestones:
            self._below[milestone.goal_id].append(milestone)
        for action in actions:
            meant = [row_id for row_id in (action.milestone_id, action.goal_id) if row_id]
            self._below[next((h for h in meant if h in known), plan.id)].append(action)
            if not known.issuperset(meant):
                self._orphans.add(action.id)

    def items(self) -> tuple[OutlineItem, ...]:
        """Return the items at the plan itself, each with what stands below it."""
        return self._children(self._plan, hidden=False)

    def _children(self, parent: ItemRef, *, hidden: bool) -> tuple[OutlineItem, ...]:
        rows = sorted(self._below.get(parent.id, ()), key=lambda row: (row.position or "", row.id))
        return tuple(self._item(row, parent, hidden) for row in rows)

    def _item(self, row: Goal | Milestone | Action, parent: ItemRef, hidden: bool) -> OutlineItem:
        ref = ItemRef(ItemKind(row.__tablename__), row.id)
        internal = row.visibility != Visibility.CUSTOMER
        is_closed, is_done = _closed(row), _done(row)
        late = (self._today - row.due_on).days if row.due_on and not is_closed else 0
        return OutlineItem(
            ref=ref,
            parent=parent,
            title=row.title or "",
            status=row.status,
            owner_id=row.owner_id,
            owner=self._members.get(row.owner_id or "", ""),
            customer_owner_id=row.customer_owner_id,
            customer_owner=self._contacts.get(row.customer_owner_id or "", ""),
            side=row.side if isinstance(row, Action) else None,
            priority=row.priority if isinstance(row, Action) else None,
            standing=row.progress_rag if isinstance(row, Goal) else None,
            start_on=row.start_on,
            due_on=row.due_on,
            done_on=_done_on(row),
            visibility=row.visibility,
            hidden_by_parent=hidden or row.id in self._orphans,
            progress=self._share(row),
            late_days=max(late, 0),
            is_done=is_done,
            is_closed=is_closed,
            text=_text(row),
            internal_note=row.internal_note or "",
            measures=tuple(self._measures.get(row.id, ())),
            depends_on=tuple(sorted(self._waits.get(row.id, ()))),
            children=self._children(ref, hidden=hidden or internal),
        )

    def _share(self, row: Goal | Milestone | Action) -> Decimal | None:
        if isinstance(row, Goal):
            return self._progress.goals.get(row.id)
        return self._progress.milestones.get(row.id) if isinstance(row, Milestone) else None

    def _read_measures(self, session: Session, goal_ids: list[str]) -> dict[str, list[MeasureLine]]:
        found = session.execute(
            select(Measure, Kpi)
            .join(Kpi, Kpi.id == Measure.kpi_id)
            .where(Measure.goal_id.in_(goal_ids), Measure.deleted_at.is_(None))
            .order_by(Measure.position, Measure.id)
        )
        lines: dict[str, list[MeasureLine]] = defaultdict(list)
        for measure, kpi in found:
            lines[measure.goal_id].append(
                MeasureLine(
                    id=measure.id,
                    kpi_id=kpi.id,
                    kpi_name=kpi.name or "",
                    unit=kpi.unit or "",
                    direction=measure.direction,
                    baseline=measure.baseline,
                    baseline_on=measure.baseline_on,
                    target_mode=measure.target_mode,
                    target=measure.target,
                    target_number=resolved_target(
                        measure.target_mode, measure.baseline, measure.target
                    ),
                    target_on=measure.target_on,
                    progress=self._progress.measures.get(measure.id),
                )
            )
        return lines


def _living(session: Session, record: Any, where: Any) -> list[Any]:
    return list(session.scalars(select(record).where(where, record.deleted_at.is_(None))))


def _names(
    session: Session, record: type[Member | Contact], ids: set[str | None]
) -> dict[str, str]:
    wanted = [row_id for row_id in ids if row_id]
    rows = session.execute(
        select(record.id, record.name).where(record.id.in_(wanted), record.deleted_at.is_(None))
    )
    return {row_id: name or "" for row_id, name in rows}


def _closed(row: Goal | Milestone | Action) -> bool:
    closed: frozenset[Any] = CLOSED_ACTIONS
    if isinstance(row, Goal):
        closed = CLOSED_GOALS
    elif isinstance(row, Milestone):
        closed = CLOSED_MILESTONES
    return row.status in closed


def _done(row: Goal | Milestone | Action) -> bool:
    return str(row.status) in ("done", "achieved")


def _done_on(row: Goal | Milestone | Action) -> dt.date | None:
    if isinstance(row, Action):
        return row.done_on
    return row.achieved_on if isinstance(row, Milestone) else None


def _text(row: Goal | Milestone | Action) -> str:
    if isinstance(row, Goal):
        return row.why or ""
    return (row.done_definition or "") if isinstance(row, Milestone) else ""
