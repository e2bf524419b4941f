"""KPIs of an account over time, for its charts and its month grid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.insight.progress import resolved_target
from csdesk.model.identity import kpi_value_id as kpi_value_id
from csdesk.model.records import Goal, Kpi, KpiValue, Measure, Plan
from csdesk.model.vocabulary import LIVE_PLANS, GoalStatus


@dataclass(frozen=True, slots=True)
class KpiPoint:
    """The value of one period, named by its first day."""

    period: dt.date
    value: Decimal
    is_estimate: bool
    note: str


@dataclass(frozen=True, slots=True)
class KpiTarget:
    """What a plan's goal wants of a KPI."""

    baseline: Decimal | None
    baseline_on: dt.date | None
    target: Decimal | None
    target_on: dt.date | None


@dataclass(frozen=True, slots=True)
class KpiSeries:
    """One KPI of an account: its values, oldest first, and what is aimed at, if anything."""

    id: str
    name: str
    name_en: str
    unit: str
    kind: str | None
    direction: str | None
    frequency: str | None
    category: str | None
    points: tuple[KpiPoint, ...]
    target: KpiTarget | None

    @property
    def latest(self) -> KpiPoint | None:
        """The newest value."""
        return self.points[-1] if self.points else None


@dataclass(frozen=True, slots=True)
class KpiRow:
    """A KPI of the catalogue."""

    id: str
    name: str
    name_en: str
    unit: str
    kind: str | None
    direction: str | None
    frequency: str | None
    category: str | None


def kpi_catalogue(session: Session) -> list[KpiRow]:
    """Return all KPIs in their order."""
    rows = session.scalars(
        select(Kpi).where(Kpi.deleted_at.is_(None)).order_by(Kpi.position, Kpi.name, Kpi.id)
    )
    return [
        KpiRow(
            id=row.id,
            name=row.name or "",
            name_en=row.name_en or "",
            unit=row.unit or "",
            kind=row.kind,
            direction=row.direction,
            frequency=row.frequency,
            category=row.category,
        )
        for row in rows
    ]


def account_kpis(
    session: Session, account_id: str, *, since: dt.date | None = None
) -> list[KpiSeries]:
    """Return the KPIs an account has values or targets of, with the values from `since` on."""
    # The id starts with the account, so this reads one stretch of the table.
    low, high = f"{account_id}:", f"{account_id};"
    points: dict[str, list[KpiPoint]] = {}
    for row in session.execute(
        select(
            KpiValue.kpi_id, KpiValue.period, KpiValue.value, KpiValue.is_estimate, KpiValue.note
        )
        .where(KpiValue.id >= low, KpiValue.id < high)
        .where(KpiValue.deleted_at.is_(None), KpiValue.value.is_not(None))
        .order_by(KpiValue.id)
    ):
        kept = points.setdefault(row.kpi_id, [])
        if row.value is not None and (since is None or row.period >= since):
            kept.append(KpiPoint(row.period, row.value, bool(row.is_estimate), row.note or ""))
    targets = _targets(session, account_id)
    return [
        KpiSeries(
            id=kpi.id,
            name=kpi.name,
            name_en=kpi.name_en,
            unit=kpi.unit,
            kind=kpi.kind,
            direction=kpi.direction,
            frequency=kpi.frequency,
            category=kpi.category,
            points=tuple(points.get(kpi.id, ())),
            target=targets.get(kpi.id),
        )
        for kpi in kpi_catalogue(session)
        if kpi.id in points or kpi.id in targets
    ]


def _targets(session: Session, account_id: str) -> dict[str, KpiTarget]:
    """Return what the live plans of an account aim at, by KPI; the plan that ends last counts.

    Goals that were given up aim at nothing.
    """
    found = session.scalars(
        select(Measure)
        .join(Goal, Goal.id == Measure.goal_id)
        .join(Plan, Plan.id == Goal.plan_id)
        .where(Plan.account_id == account_id, Plan.status.in_(LIVE_PLANS))
        .where(Plan.deleted_at.is_(None), Goal.deleted_at.is_(None), Measure.deleted_at.is_(None))
        .where(Goal.status.is_distinct_from(GoalStatus.CANCELED))
        .order_by(Plan.end_on, Measure.id)
    )
    return {
        row.kpi_id: KpiTarget(
            row.baseline,
            row.baseline_on,
            resolved_target(row.target_mode, row.baseline, row.target),
            row.target_on,
        )
        for row in found
        if row.kpi_id is not None
    }
