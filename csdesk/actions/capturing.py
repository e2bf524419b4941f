"""Writes a plan down as a template: days instead of dates, parts instead of persons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import get, today
from csdesk.actions.plan_items import children
from csdesk.insight.plan_template import (
    CSM,
    SALES,
    PlanTemplate,
    TemplateItem,
    TemplateMeasure,
    days_from,
    first_day,
)
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import (
    Account,
    Action,
    Contact,
    Goal,
    Kpi,
    Measure,
    Milestone,
    MilestoneDependency,
    Plan,
)
from csdesk.model.vocabulary import ContactRole, Visibility

_NO_PART = (None, ContactRole.UNKNOWN, ContactRole.DETRACTOR)


def capture_plan(
    session: Session, plan_id: str, *, keep_people: bool = False, with_notes: bool = False
) -> tuple[PlanTemplate, dt.date]:
    """Write a plan down as a template; return it with the day that its day 0 is.

    That is the plan's start, or the first date in it. Left out is what happened so far: what is
    done, standings, closing notes, what was agreed. With `keep_people` the persons themselves
    stay in charge and baselines stay, as a copy wants it; else people become parts, and internal
    notes come along only `with_notes`. Raises UserError where the plan was deleted.
    """
    return _Capture(session, get(session, Plan, plan_id), keep_people, with_notes).template()


class _Capture:
    """Reads one plan."""

    def __init__(self, session: Session, plan: Plan, keep_people: bool, with_notes: bool) -> None:
        self._session = session
        self._plan = plan
        self._keep = keep_people
        self._notes = with_notes or keep_people
        self._account = session.get(Account, plan.account_id)
        self._goals: list[Goal] = _living(session, Goal, Goal.plan_id == plan.id)
        ids = [goal.id for goal in self._goals]
        self._milestones: list[Milestone] = _living(session, Milestone, Milestone.goal_id.in_(ids))
        self._keys = {row.id: f"m{number}" for number, row in enumerate(self._milestones, 1)}
        links = _living(
            session,
            MilestoneDependency,
            MilestoneDependency.milestone_id.in_(list(self._keys)),
        )
        self._after: dict[str, list[str]] = {}
        for link in links:
            if link.after_id in self._keys:
                self._after.setdefault(link.milestone_id, []).append(self._keys[link.after_id])
        self._named = {key for keys in self._after.values() for key in keys}
        self._start = plan.start_on or first_day(list(self._days())) or today()

    def template(self) -> tuple[PlanTemplate, dt.date]:
        """Return the template and its day 0."""
        plan = self._plan
        template = PlanTemplate(
            title=plan.title or "",
            to_be=plan.to_be or "",
            background=plan.background or "",
            success_statement=plan.success_statement or "",
            review_cadence=plan.review_cadence or "",
            internal_note=(plan.internal_note or "") if self._notes else "",
            owner=self._ours(plan.owner_id),
            customer_owner=self._theirs(plan.customer_owner_id),
            next_review=self._day(plan.next_review_on),
            days=self._day(plan.end_on),
            items=tuple(self._below(ItemRef(None, plan.id))),
        )
        return template, self._start

    def _days(self) -> Iterator[dt.date | None]:
        actions: list[Action] = _living(self._session, Action, Action.plan_id == self._plan.id)
        rows: list[Goal | Milestone | Action] = [*self._goals, *self._milestones, *actions]
        for row in rows:
            yield from (row.start_on, row.due_on)

    def _day(self, day: dt.date | None) -> int | None:
        return days_from(self._start, day)

    def _below(self, parent: ItemRef) -> Iterator[TemplateItem]:
        for row in children(self._session, parent):
            yield self._item(row, parent)

    def _item(self, row: Goal | Milestone | Action, parent: ItemRef) -> TemplateItem:
        kind = ItemKind(row.__tablename__)
        seen = row.visibility == Visibility.CUSTOMER
        if isinstance(row, Action) and parent.kind is None and (row.goal_id or row.milestone_id):
            seen = False  # what it stood below is gone, and may have been internal
        text, key = "", ""
        if isinstance(row, Goal):
            text = row.why or ""
        elif isinstance(row, Milestone):
            text, key = row.done_definition or "", self._keys[row.id]
        below = () if kind is ItemKind.ACTION else tuple(self._below(ItemRef(kind, row.id)))
        return TemplateItem(
            kind=kind,
            title=row.title or "–",
            text=text,
            start=self._day(row.start_on),
            due=self._day(row.due_on),
            owner=self._ours(row.owner_id),
            customer_owner=self._theirs(row.customer_owner_id),
            side=row.side if isinstance(row, Action) else None,
            priority=row.priority if isinstance(row, Action) else None,
            weight=row.weight if isinstance(row, Milestone) else None,
            visibility=Visibility.CUSTOMER if seen else Visibility.INTERNAL,
            internal_note=(row.internal_note or "") if self._notes else "",
            key=key if key in self._named else "",
            after=tuple(sorted(self._after.get(row.id, ()))),
            measures=tuple(self._measures(row)) if isinstance(row, Goal) else (),
            children=below,
        )

    def _measures(self, goal: Goal) -> Iterator[TemplateMeasure]:
        found = self._session.execute(
            select(Measure, Kpi)
            .join(Kpi, Kpi.id == Measure.kpi_id)
            .where(Measure.goal_id == goal.id, Measure.deleted_at.is_(None))
            .where(Kpi.deleted_at.is_(None))
            .order_by(Measure.position, Measure.id)
        )
        for measure, kpi in found:
            yield TemplateMeasure(
                kpi=kpi.name or "",
                kpi_en=kpi.name_en or "",
                kpi_id=kpi.id,
                unit=kpi.unit or "",
                kind=kpi.kind,
                category=kpi.category,
                frequency=kpi.frequency,
                direction=measure.direction,
                target_mode=measure.target_mode,
                target=measure.target,
                due=self._day(measure.target_on),
                baseline=measure.baseline if self._keep else None,
                baseline_day=self._day(measure.baseline_on) if self._keep else None,
                source=measure.source or "",
            )

    def _ours(self, member_id: str | None) -> str:
        if member_id is None or self._keep:
            return member_id or ""
        if self._account is not None and member_id == self._account.sales_owner_id:
            return SALES
        return CSM if member_id in (self._plan.owner_id, self._owner_id) else ""

    @property
    def _owner_id(self) -> str | None:
        return None if self._account is None else self._account.owner_id

    def _theirs(self, contact_id: str | None) -> str:
        if contact_id is None or self._keep:
            return contact_id or ""
        contact = self._session.get(Contact, contact_id)
        role = None if contact is None or contact.deleted_at else contact.role
        return "" if role is None or role in _NO_PART else str(role)


def _living(session: Session, record: Any, where: Any) -> list[Any]:
    rows = select(record).where(where, record.deleted_at.is_(None)).order_by(record.id)
    return list(session.scalars(rows))
