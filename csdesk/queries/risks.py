"""Risks, opportunities, feedback and enquiries of an account, as their tab lists them.

Open ones come first, in the order in which a CSM would take them up; closed ones after them, the
latest first. Only what is named customer wording or customer answer may ever be printed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from csdesk.model.records import Contact, Enquiry, Feedback, Member, Opportunity, Risk
from csdesk.model.vocabulary import FeedbackState, OpportunityStage, RiskStage, Severity

CLOSED_RISKS = frozenset({RiskStage.RECOVERED, RiskStage.LOST, RiskStage.ACCEPTED})
"""Risks nobody works on any more."""

UNPRINTED_RISKS = frozenset({RiskStage.RECOVERED, RiskStage.LOST})
"""Risks that no document tells of, whatever they say; an accepted one still stands."""

CLOSED_OPPORTUNITIES = frozenset({OpportunityStage.WON, OpportunityStage.LOST})
CLOSED_FEEDBACK = frozenset({FeedbackState.DONE, FeedbackState.DECLINED})

_GRAVITY: dict[str | None, int] = {severity: place for place, severity in enumerate(Severity)}
_STAGES: dict[str | None, int] = {stage: place for place, stage in enumerate(OpportunityStage)}
_STATES: dict[str | None, int] = {state: place for place, state in enumerate(FeedbackState)}


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk or issue; probability and impact go from 1 to 5."""

    id: str
    title: str
    kind: str | None
    probability: int | None
    impact: int | None
    stage: str | None
    reason: str
    mitigation: str
    owner_id: str | None
    owner: str
    customer_wording: str

    @property
    def score(self) -> int | None:
        """Probability times impact, 1 to 25; None while one of them is not rated."""
        if self.probability is None or self.impact is None:
            return None
        return self.probability * self.impact

    @property
    def is_closed(self) -> bool:
        """Whether nobody works on it any more."""
        return self.stage in CLOSED_RISKS

    @property
    def is_printed(self) -> bool:
        """Whether a document for the customer tells of it, by the customer wording alone."""
        return bool(self.customer_wording) and self.stage not in UNPRINTED_RISKS


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """A chance of growth, always internal; `amount` in minor units of `currency`."""

    id: str
    title: str
    type: str | None
    product: str
    amount: int | None
    currency: str
    stage: str | None
    expected_on: dt.date | None
    note: str

    @property
    def is_closed(self) -> bool:
        """Whether it was won or lost."""
        return self.stage in CLOSED_OPPORTUNITIES


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    """What somebody at the customer said, and what became of it."""

    id: str
    text: str
    kind: str | None
    contact_id: str | None
    contact: str
    product_area: str
    sent_to: str
    state: str | None
    answered_on: dt.date | None
    told_customer_on: dt.date | None
    customer_wording: str
    customer_answer: str

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.state in CLOSED_FEEDBACK

    @property
    def is_printed(self) -> bool:
        """Whether a document may say it: that needs both what they said and what we did."""
        return bool(self.customer_wording and self.customer_answer)


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """A question or trouble; `open_days` runs from its opening until it was closed, or today."""

    id: str
    subject: str
    opened_on: dt.date | None
    closed_on: dt.date | None
    severity: str | None
    open_days: int | None

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        return self.closed_on is not None


def risks_of(session: Session, account_id: str) -> tuple[RiskRow, ...]:
    """Return the risks of an account, the highest score first; unrated ones stand on top."""
    found = session.execute(
        select(
            Risk.id,
            Risk.title,
            Risk.kind,
            Risk.probability,
            Risk.impact,
            Risk.stage,
            Risk.reason,
            Risk.mitigation,
            Member.id.label("owner_id"),
            Member.name.label("owner"),
            Risk.customer_wording,
        )
        .outerjoin(Member, (Member.id == Risk.owner_id) & Member.deleted_at.is_(None))
        .where(Risk.account_id == account_id, Risk.deleted_at.is_(None))
    )
    rows = [
        RiskRow(
            id=row.id,
            title=row.title or "",
            kind=row.kind,
            probability=row.probability,
            impact=row.impact,
            stage=row.stage,
            reason=row.reason or "",
            mitigation=row.mitigation or "",
            owner_id=row.owner_id,
            owner=row.owner or "",
            customer_wording=row.customer_wording or "",
        )
        for row in found
    ]
    # What nobody rated yet wants a look first.
    rows.sort(key=lambda row: (row.is_closed, -(row.score or 26), row.title, row.id))
    return tuple(rows)


def opportunities_of(session: Session, account_id: str) -> tuple[OpportunityRow, ...]:
    """Return the opportunities of an account by the day they are expected, undated ones last."""
    found = session.scalars(
        select(Opportunity).where(
            Opportunity.account_id == account_id, Opportunity.deleted_at.is_(None)
        )
    )
    rows = [
        OpportunityRow(
            id=row.id,
            title=row.title or "",
            type=row.type,
            product=row.product or "",
            amount=row.amount,
            currency=row.currency or "JPY",
            stage=row.stage,
            expected_on=row.expected_on,
            note=row.note or "",
        )
        for row in found
    ]
    rows.sort(
        key=lambda row: (
            row.is_closed,
            row.expected_on or dt.date.max,
            -_STAGES.get(row.stage, -1),
            row.title,
            row.id,
        )
    )
    return tuple(rows)


def feedback_of(session: Session, account_id: str) -> tuple[GivenFeedback, ...]:
    """Return the feedback of an account: what is new first, then what waits for an answer."""
    found = session.execute(
        select(Feedback, Contact.name)
        .outerjoin(Contact, (Contact.id == Feedback.contact_id) & Contact.deleted_at.is_(None))
        .where(Feedback.account_id == account_id, Feedback.deleted_at.is_(None))
    )
    rows = [
        GivenFeedback(
            id=row.id,
            text=row.text or "",
            kind=row.kind,
            contact_id=row.contact_id if contact else None,
            contact=contact or "",
            product_area=row.product_area or "",
            sent_to=row.sent_to or "",
            state=row.state,
            answered_on=row.answered_on,
            told_customer_on=row.told_customer_on,
            customer_wording=row.customer_wording or "",
            customer_answer=row.customer_answer or "",
        )
        for row, contact in found
    ]
    rows.sort(key=lambda row: (row.is_closed, _STATES.get(row.state, 0), row.id))
    return tuple(rows)


def enquiries_of(session: Session, account_id: str, *, today: dt.date) -> tuple[EnquiryRow, ...]:
    """Return the enquiries of an account: open ones by gravity and age, then closed ones."""
    found = session.scalars(
        select(Enquiry).where(Enquiry.account_id == account_id, Enquiry.deleted_at.is_(None))
    )
    rows = [
        EnquiryRow(
            id=row.id,
            subject=row.subject or "",
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            severity=row.severity,
            open_days=_days(row.opened_on, row.closed_on or today),
        )
        for row in found
    ]
    return (
        *sorted(
            (row for row in rows if not row.is_closed),
            key=lambda row: (
                _GRAVITY.get(row.severity, len(_GRAVITY)),
                row.opened_on or dt.date.max,
                row.id,
            ),
        ),
        *sorted(
            (row for row in rows if row.is_closed),
            key=lambda row: (row.closed_on or dt.date.min, row.id),
            reverse=True,
        ),
    )


def open_counts(session: Session, account_id: str) -> dict[str, int]:
    """Return how many of an account's risks, opportunities, feedback and enquiries are open."""
    opened: dict[str, tuple[type[Risk | Opportunity | Feedback | Enquiry], ColumnElement[bool]]] = {
        "risk": (Risk, Risk.stage.is_(None) | Risk.stage.not_in(CLOSED_RISKS)),
        "opportunity": (
            Opportunity,
            Opportunity.stage.is_(None) | Opportunity.stage.not_in(CLOSED_OPPORTUNITIES),
        ),
        "feedback": (
            Feedback,
            Feedback.state.is_(None) | Feedback.state.not_in(CLOSED_FEEDBACK),
        ),
        "enquiry": (Enquiry, Enquiry.closed_on.is_(None)),
    }
    return {
        entity: session.scalar(
            select(func.count()).where(
                record.account_id == account_id, record.deleted_at.is_(None), is_open
            )
        )
        or 0
        for entity, (record, is_open) in opened.items()
    }


def _days(first: dt.date | None, last: dt.date) -> int | None:
    """Return the days from one date to another, none of them before the first."""
    return None if first is None else max(0, (last - first).days)
