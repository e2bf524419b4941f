"""What a customer document may know: rows that have no internal fields at all.

A field that is not here cannot be printed. Each field comes from a column whose `info` says
`customer=True`, is computed from such columns, or counts revisions. Ids are random and are not
printed either: they tell what became of an item between two revisions, and where a page came from.

Rows hold names in both languages where both are kept; `in_language` chooses. A term is a member
of its vocabulary, or plain text where this version does not know it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from csdesk.insight.unit_words import unit_in
from csdesk.model.vocabulary import (
    ActionStatus,
    Direction,
    Frequency,
    GoalStatus,
    KpiKind,
    MilestoneStatus,
    PlanStatus,
    Priority,
    ProgressRag,
    Side,
    TargetMode,
)
from csdesk.queries.shipped_templates import shipped_unit


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on either side."""

    name: str
    title: str = ""
    department: str = ""
    email: str = ""
    is_lead: bool = False
    """Whether the plan names them as its owner on their side."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One value of a KPI; `period` is the first day of its week, month or quarter."""

    period: dt.date
    value: Decimal
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A KPI of the account and its values, oldest first, one for each period at most."""

    name: str
    unit: str
    kind: KpiKind | str
    direction: Direction | str
    frequency: Frequency | str
    values: tuple[SeriesPoint, ...]
    name_en: str = ""
    id: str = ""

    @property
    def latest(self) -> SeriesPoint | None:
        """The newest value."""
        return self.values[-1] if self.values else None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A success measure with its numbers resolved."""

    kpi: KpiLine
    direction: Direction | str
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    target: Decimal | None = None
    """The number itself, whatever way it was given."""
    target_mode: TargetMode | str = "absolute"
    target_given: Decimal | None = None
    """What was entered: 120 for 120 % of the baseline."""
    target_on: dt.date | None = None
    current: Decimal | None = None
    current_on: dt.date | None = None
    progress: Decimal | None = None
    """1 for all of the way from baseline to target; not clamped."""
    expected: Decimal | None = None
    """Where the line from baseline to target stands today."""
    source: str = ""
    agreed_on: dt.date | None = None
    agreed_with: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action item."""

    title: str
    side: Side | str
    owner: str = ""
    customer_owner: str = ""
    start_on: dt.date | None = None
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    status: ActionStatus | str = "open"
    priority: Priority | str = ""
    goal: str = ""
    """The title of the goal it serves."""
    is_overdue: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone; `after` names the milestones it waits for."""

    title: str
    done_definition: str = ""
    start_on: dt.date | None = None
    due_on: dt.date | None = None
    achieved_on: dt.date | None = None
    status: MilestoneStatus | str = "not_started"
    owner: str = ""
    customer_owner: str = ""
    progress: Decimal | None = None
    is_overdue: bool = False
    after: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its measures and milestones."""

    title: str
    why: str = ""
    owner: str = ""
    customer_owner: str = ""
    start_on: dt.date | None = None
    due_on: dt.date | None = None
    status: GoalStatus | str = "not_started"
    rag: ProgressRag | str = ""
    progress: Decimal | None = None
    is_overdue: bool = False
    closing_note: str = ""
    measures: tuple[MeasureRow, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """What the customer said, and what we made of it, both in words chosen for them."""

    said: str
    did: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class CustomerPlan:
    """All that one customer document is made of."""

    account_name: str
    today: dt.date
    """The day the document speaks of: what is overdue, how far time has gone."""
    account_name_en: str = ""
    our_company: str = ""
    title: str = ""
    status: PlanStatus | str = ""
    version: int = 1
    """The number of the revision this is, or will be when it is exported."""
    start_on: dt.date | None = None
    end_on: dt.date | None = None
    owner: str = ""
    customer_owner: str = ""
    background: str = ""
    to_be: str = ""
    success_statement: str = ""
    review_cadence: str = ""
    next_review_on: dt.date | None = None
    progress: Decimal | None = None
    goals: tuple[GoalRow, ...] = ()
    kpis: tuple[KpiLine, ...] = ()
    """KPIs of the account that no measure of the plan uses."""
    actions: tuple[ActionRow, ...] = ()
    our_people: tuple[Person, ...] = ()
    customer_people: tuple[Person, ...] = ()
    risks: tuple[str, ...] = ()
    """Risks in the words chosen for the customer."""
    feedback: tuple[FeedbackRow, ...] = ()
    account_id: str = ""
    plan_id: str = ""
    """Empty where there is no plan yet and the KPIs stand in."""

    @property
    def measures(self) -> tuple[MeasureRow, ...]:
        """The measures of all goals, in order."""
        return tuple(measure for goal in self.goals for measure in goal.measures)

    @property
    def milestones(self) -> tuple[MilestoneRow, ...]:
        """The milestones of all goals, in order."""
        return tuple(milestone for goal in self.goals for milestone in goal.milestones)


def in_language(view: CustomerPlan, language: str) -> CustomerPlan:
    """Return the view with the names of one language ("en", "ja") wherever both are kept.

    Units of measure are written in that language too, where everybody knows them in both.
    """
    is_english = language == "en"
    return replace(
        view,
        account_name=(is_english and view.account_name_en) or view.account_name,
        kpis=tuple(_kpi_in(kpi, language) for kpi in view.kpis),
        goals=tuple(
            replace(
                goal,
                measures=tuple(
                    replace(measure, kpi=_kpi_in(measure.kpi, language))
                    for measure in goal.measures
                ),
            )
            for goal in view.goals
        ),
    )


def _kpi_in(kpi: KpiLine, language: str) -> KpiLine:
    unit = kpi.unit
    if unit not in ("", "%"):
        unit = shipped_unit(kpi.name_en or kpi.name, unit, language) or unit_in(unit, language)
    return replace(kpi, name=(language == "en" and kpi.name_en) or kpi.name, unit=unit)
