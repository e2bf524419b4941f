"""What happens between us and a customer: touchpoints, enquiries, risks, chances, feedback."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from csdesk.i18n import P_
from csdesk.model.base import Record, choice, day, flag, instant, reference, text, whole
from csdesk.model.base import text as text_column
from csdesk.model.vocabulary import (
    Channel,
    ChurnReason,
    FeedbackKind,
    FeedbackState,
    OpportunityStage,
    OpportunityType,
    RiskKind,
    RiskStage,
    Severity,
    TouchpointType,
)


class Touchpoint(Record):
    """One contact with the customer: a summary to share, a private note to keep."""

    __tablename__ = "touchpoint"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    plan_id: Mapped[str | None] = reference("plan", P_("field", "Plan"))
    held_at: Mapped[dt.datetime | None] = instant(P_("field", "Held at"))
    channel: Mapped[Channel | None] = choice(Channel, P_("field", "Channel"))
    type: Mapped[TouchpointType | None] = choice(TouchpointType, P_("field", "Purpose"))
    summary: Mapped[str | None] = text(P_("field", "Summary"))
    private_note: Mapped[str | None] = text(P_("field", "Private note"))
    decisions: Mapped[str | None] = text(P_("field", "Decisions"))
    reaction: Mapped[str | None] = text(P_("field", "Reaction"))


class TouchpointAttendee(Record):
    """Who was there, from either side; the id is made from touchpoint and person."""

    __tablename__ = "touchpoint_attendee"

    touchpoint_id: Mapped[str] = reference("touchpoint", P_("field", "Touchpoint"), index=True)
    contact_id: Mapped[str | None] = reference("contact", P_("field", "Contact"))
    member_id: Mapped[str | None] = reference("member", P_("field", "Team member"))


class Enquiry(Record):
    """A question or trouble the customer came to us with."""

    __tablename__ = "enquiry"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    external_id: Mapped[str | None] = text(P_("field", "External ID"))
    opened_on: Mapped[dt.date | None] = day(P_("field", "Opened on"))
    closed_on: Mapped[dt.date | None] = day(P_("field", "Closed on"))
    subject: Mapped[str | None] = text(P_("field", "Subject"))
    severity: Mapped[Severity | None] = choice(Severity, P_("field", "Severity"))


class Risk(Record):
    """Something that may go wrong; only its customer wording may ever be printed."""

    __tablename__ = "risk"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    plan_id: Mapped[str | None] = reference("plan", P_("field", "Plan"))
    title: Mapped[str] = text(P_("field", "Risk"))
    kind: Mapped[RiskKind | None] = choice(RiskKind, P_("field", "Kind"), default=RiskKind.RISK)
    probability: Mapped[int | None] = whole(P_("field", "Probability (1–5)"))
    impact: Mapped[int | None] = whole(P_("field", "Impact (1–5)"))
    stage: Mapped[RiskStage | None] = choice(
        RiskStage, P_("field", "Stage"), default=RiskStage.IDENTIFIED
    )
    reason: Mapped[str | None] = text(P_("field", "Reason"))
    mitigation: Mapped[str | None] = text(P_("field", "Mitigation"))
    owner_id: Mapped[str | None] = reference("member", P_("field", "Owner"))
    customer_wording: Mapped[str | None] = text(P_("field", "Customer wording"), customer=True)


class Opportunity(Record):
    """A chance of growth; always internal."""

    __tablename__ = "opportunity"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    title: Mapped[str | None] = text(P_("field", "Opportunity"))
    type: Mapped[OpportunityType | None] = choice(OpportunityType, P_("field", "Type"))
    product: Mapped[str | None] = text(P_("field", "Product"))
    amount: Mapped[int | None] = whole(P_("field", "Amount"))
    currency: Mapped[str | None] = text(P_("field", "Currency"), default="JPY")
    stage: Mapped[OpportunityStage | None] = choice(
        OpportunityStage, P_("field", "Stage"), default=OpportunityStage.IDEA
    )
    expected_on: Mapped[dt.date | None] = day(P_("field", "Expected on"))
    note: Mapped[str | None] = text(P_("field", "Note"))


class Feedback(Record):
    """What the customer said about the product, and what became of it.

    Only `customer_wording` and `customer_answer` may ever be printed.
    """

    __tablename__ = "feedback"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    contact_id: Mapped[str | None] = reference("contact", P_("field", "Contact"))
    kind: Mapped[FeedbackKind | None] = choice(FeedbackKind, P_("field", "Kind"))
    product_area: Mapped[str | None] = text(P_("field", "Product area"))
    sent_to: Mapped[str | None] = text(P_("field", "Passed on to"))
    state: Mapped[FeedbackState | None] = choice(
        FeedbackState, P_("field", "State"), default=FeedbackState.NEW
    )
    answered_on: Mapped[dt.date | None] = day(P_("field", "Answered on"))
    told_customer_on: Mapped[dt.date | None] = day(P_("field", "Customer told on"))
    text: Mapped[str | None] = text(P_("field", "Text"))
    customer_wording: Mapped[str | None] = text_column(P_("field", "You said"), customer=True)
    customer_answer: Mapped[str | None] = text_column(P_("field", "We did"), customer=True)


class ChurnEvent(Record):
    """A customer left: when, why, and how we know."""

    __tablename__ = "churn_event"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    churned_on: Mapped[dt.date | None] = day(P_("field", "Churned on"))
    reason: Mapped[ChurnReason | None] = choice(ChurnReason, P_("field", "Churn reason"))
    sub_reason: Mapped[str | None] = text(P_("field", "Detail"))
    evidence: Mapped[str | None] = text(P_("field", "Evidence"))
    lost_mrr: Mapped[int | None] = whole(P_("field", "Lost MRR"))
    currency: Mapped[str | None] = text(P_("field", "Currency"), default="JPY")
    competitor: Mapped[str | None] = text(P_("field", "Competitor"))
    voluntary: Mapped[bool | None] = flag(P_("field", "Voluntary"))
