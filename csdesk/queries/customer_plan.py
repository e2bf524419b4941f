"""Reads what a customer document may know, and nothing else.

Columns pass a gate that lets only the customer's through (customer_reader.py); rows are read only
where they, and all they belong to, are neither internal nor deleted. So no document made from
the result can show anything internal: it is not there.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from csdesk.insight.progress import pace, resolved_target
from csdesk.model.records import (
    Action,
    Goal,
    Measure,
    Milestone,
    MilestoneDependency,
)
from csdesk.model.vocabulary import (
    CLOSED_ACTIONS,
    CLOSED_GOALS,
    CLOSED_MILESTONES,
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    Visibility,
)
from csdesk.queries.customer_reader import CustomerReader, NamedPeople, read_customer
from csdesk.queries.customer_rows import (
    ActionRow,
    CustomerPlan,
    GoalRow,
    KpiLine,
    MeasureRow,
    MilestoneRow,
)
from csdesk.queries.plan_progress import PlanProgress, plan_progress

__all__ = ["CustomerPlan", "customer_plan"]


def customer_plan(
    session: Session, plan_id: str | None, account_id: str, *, today: dt.date
) -> CustomerPlan:
    """Return what the customer may see of an account and one of its plans on `today`.

    Without `plan_id`, or where no goal has a success measure yet, the account's KPIs stand in
    for what will be agreed: all that have values, except those of the category revenue. A KPI
    that a visible measure uses is shown whatever its category. People are those in charge of
    something visible. Raises UserError where account or plan is not there.
    """
    reader = CustomerReader(session, account_id, today)
    account = reader.account()
    shown = CustomerPlan(
        account_name=account.name or "",
        today=today,
        account_name_en=account.name_en or "",
        our_company=reader.our_company(),
        risks=reader.risks(plan_id),
        feedback=reader.feedback(),
        account_id=account_id,
    )
    people = NamedPeople(reader)
    if plan_id is None:
        owner = people.member(account.owner_id)
        return replace(
            shown,
            owner=owner,
            kpis=reader.own_kpis(),
            our_people=people.ours(account.owner_id),
        )
    plan = reader.plan(plan_id)
    owner_id = plan.owner_id or account.owner_id
    owner, customer_owner = people.member(owner_id), people.contact(plan.customer_owner_id)
    progress = plan_progress(session, [plan_id], today=today, customer_only=True)[plan_id]
    goals = _Goals(reader, plan, people, progress).rows()
    actions = _actions(reader, plan_id, people)
    return replace(
        shown,
        plan_id=plan_id,
        title=plan.title or "",
        status=plan.status or "",
        version=reader.next_version(plan_id),
        start_on=plan.start_on,
        end_on=plan.end_on,
        owner=owner,
        customer_owner=customer_owner,
        background=plan.background or "",
        to_be=plan.to_be or "",
        success_statement=plan.success_statement or "",
        review_cadence=plan.review_cadence or "",
        next_review_on=plan.next_review_on,
        progress=progress.whole,
        goals=goals,
        kpis=() if any(goal.measures for goal in goals) else reader.own_kpis(),
        actions=actions,
        our_people=people.ours(owner_id),
        customer_people=people.theirs(plan.customer_owner_id),
    )


class _Goals:
    """Reads the visible goals of a plan with what stands below them."""

    def __init__(
        self, reader: CustomerReader, plan: Row[Any], people: NamedPeople, progress: PlanProgress
    ) -> None:
        self._reader = reader
        self._plan = plan
        self._people = people
        self._progress = progress

    def rows(self) -> tuple[GoalRow, ...]:
        """Return the goals in order, canceled ones left out."""
        rows = self._reader.session.execute(
            read_customer(
                Goal.id,
                Goal.title,
                Goal.why,
                Goal.owner_id,
                Goal.customer_owner_id,
                Goal.start_on,
                Goal.due_on,
                Goal.status,
                Goal.progress_rag,
                Goal.closing_note,
            )
            .where(
                Goal.id.in_(self._progress.goals), Goal.status.is_distinct_from(GoalStatus.CANCELED)
            )
            .order_by(Goal.position, Goal.id)
        ).all()
        measures = self._measures(rows)
        milestones = self._milestones([row.id for row in rows])
        return tuple(
            GoalRow(
                id=row.id,
                title=row.title or "",
                why=row.why or "",
                owner=self._people.member(row.owner_id),
                customer_owner=self._people.contact(row.customer_owner_id),
                start_on=row.start_on,
                due_on=row.due_on,
                status=row.status or GoalStatus.NOT_STARTED,
                rag=row.progress_rag or "",
                progress=self._progress.goals[row.id],
                is_overdue=_is_late(row, self._reader.today, CLOSED_GOALS),
                closing_note=row.closing_note or "",
                measures=tuple(measures[row.id]),
                milestones=tuple(milestones[row.id]),
            )
            for row in rows
        )

    def _measures(self, goals: Iterable[Row[Any]]) -> dict[str, list[MeasureRow]]:
        of_goal = {goal.id: goal for goal in goals}
        rows = self._reader.session.execute(
            read_customer(
                Measure.id,
                Measure.goal_id,
                Measure.kpi_id,
                Measure.direction,
                Measure.baseline,
                Measure.baseline_on,
                Measure.target_mode,
                Measure.target,
                Measure.target_on,
                Measure.source,
                Measure.agreed_on,
                Measure.agreed_with,
            )
            .where(Measure.goal_id.in_(of_goal), Measure.deleted_at.is_(None))
            .order_by(Measure.position, Measure.id)
        ).all()
        kpis = self._reader.kpis(row.kpi_id for row in rows if row.kpi_id)
        found: dict[str, list[MeasureRow]] = defaultdict(list)
        for row in rows:
            if row.kpi_id in kpis:
                found[row.goal_id].append(
                    self._measure(row, kpis[row.kpi_id], of_goal[row.goal_id])
                )
        return found

    def _measure(self, row: Row[Any], kpi: KpiLine, goal: Row[Any]) -> MeasureRow:
        target = resolved_target(row.target_mode, row.baseline, row.target)
        start = row.baseline_on or goal.start_on or self._plan.start_on
        end = row.target_on or goal.due_on or self._plan.end_on
        latest = kpi.latest
        return MeasureRow(
            id=row.id,
            kpi=kpi,
            direction=row.direction or kpi.direction,
            baseline=row.baseline,
            baseline_on=row.baseline_on,
            target=target,
            target_mode=row.target_mode or "absolute",
            target_given=row.target,
            target_on=row.target_on,
            current=latest.value if latest else None,
            current_on=latest.period if latest else None,
            progress=self._progress.measures.get(row.id),
            expected=pace(row.baseline, target, start, end, self._reader.today),
            source=row.source or "",
            agreed_on=row.agreed_on,
            agreed_with=row.agreed_with or "",
        )

    def _milestones(self, goal_ids: Iterable[str]) -> dict[str, list[MilestoneRow]]:
        rows = self._reader.session.execute(
            read_customer(
                Milestone.id,
                Milestone.goal_id,
                Milestone.title,
                Milestone.done_definition,
                Milestone.start_on,
                Milestone.due_on,
                Milestone.achieved_on,
                Milestone.status,
                Milestone.owner_id,
                Milestone.customer_owner_id,
            )
            .where(
                Milestone.goal_id.in_(list(goal_ids)),
                Milestone.id.in_(self._progress.milestones),
                Milestone.status.is_distinct_from(MilestoneStatus.CANCELED),
            )
            .order_by(Milestone.position, Milestone.id)
        ).all()
        after = self._dependencies({row.id: row.title or "" for row in rows})
        found: dict[str, list[MilestoneRow]] = defaultdict(list)
        for row in rows:
            found[row.goal_id].append(
                MilestoneRow(
                    id=row.id,
                    title=row.title or "",
                    done_definition=row.done_definition or "",
                    start_on=row.start_on,
                    due_on=row.due_on,
                    achieved_on=row.achieved_on,
                    status=row.status or MilestoneStatus.NOT_STARTED,
                    owner=self._people.member(row.owner_id),
                    customer_owner=self._people.contact(row.customer_owner_id),
                    progress=self._progress.milestones[row.id],
                    is_overdue=_is_late(row, self._reader.today, CLOSED_MILESTONES),
                    after=tuple(after[row.id]),
                )
            )
        return found

    def _dependencies(self, titles: dict[str, str]) -> dict[str, list[str]]:
        """Name what each milestone waits for, where that is visible too."""
        rows = self._reader.session.execute(
            read_customer(MilestoneDependency.milestone_id, MilestoneDependency.after_id)
            .where(
                MilestoneDependency.milestone_id.in_(titles),
                MilestoneDependency.after_id.in_(titles),
                MilestoneDependency.deleted_at.is_(None),
            )
            .order_by(MilestoneDependency.id)
        )
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[row.milestone_id].append(titles[row.after_id])
        return found


def _actions(reader: CustomerReader, plan_id: str, people: NamedPeople) -> tuple[ActionRow, ...]:
    """Return the visible action items in order, dropped ones left out."""
    seen_goals = _seen_goals(plan_id)
    seen_milestones = select(Milestone.id).where(
        Milestone.goal_id.in_(seen_goals),
        Milestone.visibility == Visibility.CUSTOMER,
        Milestone.deleted_at.is_(None),
    )
    rows = reader.session.execute(
        read_customer(
            Action.id,
            Action.title,
            Action.side,
            Action.owner_id,
            Action.customer_owner_id,
            Action.start_on,
            Action.due_on,
            Action.done_on,
            Action.status,
            Action.priority,
            Action.goal_id,
            Action.milestone_id,
        )
        .where(
            Action.plan_id == plan_id,
            Action.visibility == Visibility.CUSTOMER,
            Action.deleted_at.is_(None),
            Action.status.is_distinct_from(ActionStatus.CANCELED),
            Action.goal_id.is_(None) | Action.goal_id.in_(seen_goals),
            Action.milestone_id.is_(None) | Action.milestone_id.in_(seen_milestones),
        )
        .order_by(Action.position, Action.id)
    ).all()
    titles = _goal_titles(reader, plan_id)
    return tuple(
        ActionRow(
            id=row.id,
            title=row.title or "",
            side=row.side or "",
            owner=people.member(row.owner_id),
            customer_owner=people.contact(row.customer_owner_id),
            start_on=row.start_on,
            due_on=row.due_on,
            done_on=row.done_on,
            status=row.status or ActionStatus.OPEN,
            priority=row.priority or "",
            goal=titles.get(row.goal_id) or titles.get(row.milestone_id) or "",
            is_overdue=_is_late(row, reader.today, CLOSED_ACTIONS),
        )
        for row in rows
    )


def _seen_goals(plan_id: str) -> Select[Any]:
    return select(Goal.id).where(
        Goal.plan_id == plan_id,
        Goal.visibility == Visibility.CUSTOMER,
        Goal.deleted_at.is_(None),
    )


def _goal_titles(reader: CustomerReader, plan_id: str) -> dict[str, str]:
    """Return the title of each visible goal, under its own id and its milestones'."""
    goals = reader.session.execute(
        read_customer(Goal.id, Goal.title).where(Goal.id.in_(_seen_goals(plan_id)))
    )
    titles = {row.id: row.title or "" for row in goals}
    milestones = reader.session.execute(
        read_customer(Milestone.id, Milestone.goal_id).where(Milestone.goal_id.in_(titles))
    )
    return titles | {row.id: titles[row.goal_id] for row in milestones}


def _is_late(row: Row[Any], today: dt.date, closed: frozenset[Any]) -> bool:
    return row.due_on is not None and row.due_on < today and row.status not in closed
