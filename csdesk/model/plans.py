"""Success plans: goals, measures, milestones, action items, and what plans start from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy.orm import Mapped

from csdesk.i18n import P_
from csdesk.model.base import Record, choice, day, exact, reference, text, whole
from csdesk.model.vocabulary import (
    ActionStatus,
    Direction,
    DocumentLanguage,
    GoalStatus,
    MilestoneStatus,
    Phase,
    PlanStatus,
    PlanType,
    Priority,
    ProgressRag,
    Side,
    TargetMode,
    TouchModel,
    Visibility,
)


class Plan(Record):
    """The document agreed with a customer: where to, by which goals, until when."""

    __tablename__ = "plan"

    account_id: Mapped[str] = reference(
        "account", P_("field", "Account"), customer=True, index=True
    )
    external_id: Mapped[str | None] = text(P_("field", "External ID"))
    title: Mapped[str] = text(P_("field", "Plan title"), customer=True)
    type: Mapped[PlanType | None] = choice(PlanType, P_("field", "Plan type"))
    start_on: Mapped[dt.date | None] = day(P_("field", "Start"), customer=True)
    end_on: Mapped[dt.date | None] = day(P_("field", "End"), customer=True)
    status: Mapped[PlanStatus | None] = choice(
        PlanStatus, P_("field", "Status"), customer=True, default=PlanStatus.DRAFT
    )
    background: Mapped[str | None] = text(P_("field", "Background"), customer=True)
    to_be: Mapped[str | None] = text(P_("field", "To-be"), customer=True)
    success_statement: Mapped[str | None] = text(
        P_("field", "Definition of success"), customer=True
    )
    owner_id: Mapped[str | None] = reference("member", P_("field", "Owner"), customer=True)
    customer_owner_id: Mapped[str | None] = reference(
        "contact", P_("field", "Customer owner"), customer=True
    )
    review_cadence: Mapped[str | None] = text(P_("field", "Review rhythm"), customer=True)
    next_review_on: Mapped[dt.date | None] = day(P_("field", "Next review"), customer=True)
    template_id: Mapped[str | None] = reference("template", P_("field", "Template"))
    internal_note: Mapped[str | None] = text(P_("field", "Internal note"))


class Goal(Record):
    """What the customer wants to reach."""

    __tablename__ = "goal"

    plan_id: Mapped[str] = reference("plan", P_("field", "Plan"), customer=True, index=True)
    position: Mapped[str | None] = text(P_("field", "Position"), customer=True)
    title: Mapped[str] = text(P_("field", "Goal"), customer=True)
    why: Mapped[str | None] = text(P_("field", "Why"), customer=True)
    owner_id: Mapped[str | None] = reference("member", P_("field", "Owner"), customer=True)
    customer_owner_id: Mapped[str | None] = reference(
        "contact", P_("field", "Customer owner"), customer=True
    )
    start_on: Mapped[dt.date | None] = day(P_("field", "Start"), customer=True)
    due_on: Mapped[dt.date | None] = day(P_("field", "Due"), customer=True)
    status: Mapped[GoalStatus | None] = choice(
        GoalStatus, P_("field", "Status"), customer=True, default=GoalStatus.NOT_STARTED
    )
    progress_rag: Mapped[ProgressRag | None] = choice(
        ProgressRag, P_("field", "Standing"), customer=True
    )
    visibility: Mapped[Visibility | None] = choice(
        Visibility, P_("field", "Visibility"), customer=True, default=Visibility.CUSTOMER
    )
    internal_note: Mapped[str | None] = text(P_("field", "Internal note"))
    closing_note: Mapped[str | None] = text(P_("field", "Closing note"), customer=True)


class Measure(Record):
    """The KPI that proves a goal: from a baseline to a target by a date."""

    __tablename__ = "measure"

    goal_id: Mapped[str] = reference("goal", P_("field", "Goal"), customer=True, index=True)
    position: Mapped[str | None] = text(P_("field", "Position"), customer=True)
    kpi_id: Mapped[str | None] = reference("kpi", P_("field", "KPI"), customer=True, index=True)
    direction: Mapped[Direction | None] = choice(Direction, P_("field", "Direction"), customer=True)
    baseline: Mapped[Decimal | None] = exact(P_("field", "Baseline"), customer=True)
    baseline_on: Mapped[dt.date | None] = day(P_("field", "Baseline date"), customer=True)
    target_mode: Mapped[TargetMode | None] = choice(
        TargetMode, P_("field", "Target mode"), customer=True, default=TargetMode.ABSOLUTE
    )
    target: Mapped[Decimal | None] = exact(P_("field", "Target"), customer=True)
    target_on: Mapped[dt.date | None] = day(P_("field", "Target date"), customer=True)
    source: Mapped[str | None] = text(P_("field", "Data source"), customer=True)
    agreed_on: Mapped[dt.date | None] = day(P_("field", "Agreed on"), customer=True)
    agreed_with: Mapped[str | None] = text(P_("field", "Agreed with"), customer=True)


class Milestone(Record):
    """A point on the way to a goal, with a definition of done."""

    __tablename__ = "milestone"

    goal_id: Mapped[str] = reference("goal", P_("field", "Goal"), customer=True, index=True)
    position: Mapped[str | None] = text(P_("field", "Position"), customer=True)
    title: Mapped[str] = text(P_("field", "Milestone"), customer=True)
    done_definition: Mapped[str | None] = text(P_("field", "Definition of done"), customer=True)
    start_on: Mapped[dt.date | None] = day(P_("field", "Start"), customer=True)
    due_on: Mapped[dt.date | None] = day(P_("field", "Due"), customer=True)
    original_due_on: Mapped[dt.date | None] = day(P_("field", "Due at first"))
    achieved_on: Mapped[dt.date | None] = day(P_("field", "Achieved on"), customer=True)
    status: Mapped[MilestoneStatus | None] = choice(
        MilestoneStatus, P_("field", "Status"), customer=True, default=MilestoneStatus.NOT_STARTED
    )
    weight: Mapped[int | None] = whole(P_("field", "Weight"), customer=True, default=1)
    owner_id: Mapped[str | None] = reference("member", P_("field", "Owner"), customer=True)
    customer_owner_id: Mapped[str | None] = reference(
        "contact", P_("field", "Customer owner"), customer=True
    )
    visibility: Mapped[Visibility | None] = choice(
        Visibility, P_("field", "Visibility"), customer=True, default=Visibility.CUSTOMER
    )
    internal_note: Mapped[str | None] = text(P_("field", "Internal note"))


class MilestoneDependency(Record):
    """One milestone waits for another; its id is made from both."""

    __tablename__ = "milestone_dependency"

    milestone_id: Mapped[str] = reference(
        "milestone", P_("field", "Milestone"), customer=True, index=True
    )
    after_id: Mapped[str] = reference("milestone", P_("field", "Waits for"), customer=True)


class Action(Record):
    """An action item: who does what by when. It hangs below a milestone, a goal, or the plan."""

    __tablename__ = "action"

    plan_id: Mapped[str] = reference("plan", P_("field", "Plan"), customer=True, index=True)
    goal_id: Mapped[str | None] = reference("goal", P_("field", "Goal"), customer=True)
    milestone_id: Mapped[str | None] = reference(
        "milestone", P_("field", "Milestone"), customer=True
    )
    position: Mapped[str | None] = text(P_("field", "Position"), customer=True)
    title: Mapped[str] = text(P_("field", "Action item"), customer=True)
    side: Mapped[Side | None] = choice(Side, P_("field", "Side"), customer=True, default=Side.US)
    owner_id: Mapped[str | None] = reference("member", P_("field", "Owner"), customer=True)
    customer_owner_id: Mapped[str | None] = reference(
        "contact", P_("field", "Customer owner"), customer=True
    )
    start_on: Mapped[dt.date | None] = day(P_("field", "Start"), customer=True)
    due_on: Mapped[dt.date | None] = day(P_("field", "Due"), customer=True)
    done_on: Mapped[dt.date | None] = day(P_("field", "Done on"), customer=True)
    status: Mapped[ActionStatus | None] = choice(
        ActionStatus, P_("field", "Status"), customer=True, default=ActionStatus.OPEN
    )
    priority: Mapped[Priority | None] = choice(Priority, P_("field", "Priority"), customer=True)
    source_id: Mapped[str | None] = reference("touchpoint", P_("field", "Source"))
    visibility: Mapped[Visibility | None] = choice(
        Visibility, P_("field", "Visibility"), customer=True, default=Visibility.CUSTOMER
    )
    internal_note: Mapped[str | None] = text(P_("field", "Internal note"))


class ScheduleShift(Record):
    """Why items of a plan were moved in time together; written in the step that moved them."""

    __tablename__ = "schedule_shift"

    plan_id: Mapped[str] = reference("plan", P_("field", "Plan"), index=True)
    cause: Mapped[str | None] = text(P_("field", "Item that caused it"))
    days: Mapped[int | None] = whole(P_("field", "Days"))
    items: Mapped[int | None] = whole(P_("field", "Items moved"))
    reason: Mapped[str | None] = text(P_("field", "Reason"))


class Template(Record):
    """A plan to start from; its items are kept as text with dates relative to the start."""

    __tablename__ = "template"

    name: Mapped[str] = text(P_("field", "Template name"))
    type: Mapped[PlanType | None] = choice(PlanType, P_("field", "Plan type"))
    segment_id: Mapped[str | None] = reference("segment", P_("field", "Segment"))
    touch_model: Mapped[TouchModel | None] = choice(TouchModel, P_("field", "Touch model"))
    description: Mapped[str | None] = text(P_("field", "Description"))
    content: Mapped[str | None] = text(P_("field", "Content"))
    language: Mapped[DocumentLanguage | None] = choice(DocumentLanguage, P_("field", "Language"))


class Playbook(Record):
    """The steps to take in a phase or scenario."""

    __tablename__ = "playbook"

    name: Mapped[str] = text(P_("field", "Playbook name"))
    phase: Mapped[Phase | None] = choice(Phase, P_("field", "Phase"))
    scenario: Mapped[str | None] = text(P_("field", "Scenario"))
    touch_model: Mapped[TouchModel | None] = choice(TouchModel, P_("field", "Touch model"))
    description: Mapped[str | None] = text(P_("field", "Description"))


class PlaybookStep(Record):
    """One step of a playbook, due some days after its start."""

    __tablename__ = "playbook_step"

    playbook_id: Mapped[str] = reference("playbook", P_("field", "Playbook"), index=True)
    position: Mapped[str | None] = text(P_("field", "Position"))
    title: Mapped[str] = text(P_("field", "Step"))
    due_after_days: Mapped[int | None] = whole(P_("field", "Due after (days)"))
    side: Mapped[Side | None] = choice(Side, P_("field", "Side"), default=Side.US)
    note: Mapped[str | None] = text(P_("field", "Note"))
