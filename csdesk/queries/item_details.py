"""What the panel of an item shows beyond its line in the outline."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.identity import kpi_value_id
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Action, Goal, Kpi, KpiValue, Measure, Milestone, Plan, Touchpoint
from csdesk.model.vocabulary import KpiKind

_POINTS = frozenset({"点", "ポイント", "pt", "pts", "points"})
"""Units of scores of which nobody has said that they are scores."""


@dataclass(frozen=True, slots=True)
class MeasureDetails:
    """What backs a success measure; `newest` is the KPI's latest value up to today.

    `is_percent` tells that the KPI is a percentage itself, `has_points` that a change of it may be
    told in points, `kpi_direction` which way is better where the measure does not say it.
    """

    is_percent: bool
    has_points: bool
    kpi_direction: str | None
    source: str
    agreed_on: dt.date | None
    agreed_with: str
    newest: Decimal | None
    newest_period: dt.date | None


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """The other fields of an item; those of another kind are empty."""

    closing_note: str = ""
    weight: int | None = None
    done_on: dt.date | None = None
    source_id: str | None = None
    source_type: str | None = None
    source_held_at: dt.datetime | None = None
    measures: dict[str, MeasureDetails] | None = None


def item_details(session: Session, ref: ItemRef, *, today: dt.date) -> ItemDetails:
    """Return what else is known of an item; nothing of one that was deleted."""
    if ref.kind is ItemKind.GOAL:
        goal = session.get(Goal, ref.id)
        if goal is None or goal.deleted_at is not None:
            return ItemDetails()
        return ItemDetails(goal.closing_note or "", measures=_measures(session, goal, today))
    if ref.kind is ItemKind.MILESTONE:
        milestone = session.get(Milestone, ref.id)
        if milestone is None or milestone.deleted_at is not None:
            return ItemDetails()
        return ItemDetails(weight=milestone.weight, done_on=milestone.achieved_on)
    action = session.get(Action, ref.id)
    if action is None or action.deleted_at is not None:
        return ItemDetails()
    source = session.get(Touchpoint, action.source_id) if action.source_id else None
    if source is None or source.deleted_at is not None:
        return ItemDetails(done_on=action.done_on)
    return ItemDetails(
        done_on=action.done_on,
        source_id=source.id,
        source_type=source.type or source.channel,
        source_held_at=source.held_at,
    )


def _measures(session: Session, goal: Goal, today: dt.date) -> dict[str, MeasureDetails]:
    account_id = session.execute(select(Plan.account_id).where(Plan.id == goal.plan_id)).scalar()
    rows = session.execute(
        select(Measure, Kpi)
        .join(Kpi, Kpi.id == Measure.kpi_id)
        .where(Measure.goal_id == goal.id, Measure.deleted_at.is_(None))
    ).all()
    newest: dict[str, tuple[Decimal | None, dt.date | None]] = defaultdict(lambda: (None, None))
    for _measure, kpi in rows:
        low = f"{account_id}:{kpi.id}:"
        found = session.execute(
            select(KpiValue.value, KpiValue.period)
            .where(KpiValue.id >= low, KpiValue.id <= kpi_value_id(account_id or "", kpi.id, today))
            .where(KpiValue.deleted_at.is_(None), KpiValue.value.is_not(None))
            .order_by(KpiValue.id.desc())
            .limit(1)
        ).first()
        if found is not None:
            newest[kpi.id] = (found.value, found.period)
    return {
        measure.id: MeasureDetails(
            is_percent=_is_percent(kpi),
            has_points=_is_percent(kpi) or kpi.kind == KpiKind.SCORE or kpi.unit in _POINTS,
            kpi_direction=kpi.direction,
            source=measure.source or "",
            agreed_on=measure.agreed_on,
            agreed_with=measure.agreed_with or "",
            newest=newest[kpi.id][0],
            newest_period=newest[kpi.id][1],
        )
        for measure, kpi in rows
    }


def _is_percent(kpi: Kpi) -> bool:
    return kpi.kind == KpiKind.PERCENT or (kpi.unit or "").strip() in ("%", "％")
