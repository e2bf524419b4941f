"""How a plan stands to what the customer agreed to: since when, and what is not agreed yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from csdesk.queries.customer_plan import customer_plan
from csdesk.queries.plan_changes import unagreed_items
from csdesk.queries.revisions import agreed_version, version_content


@dataclass(frozen=True, slots=True)
class AgreementState:
    """The newest agreement to a plan, and the items that are not as they were agreed."""

    plan_id: str
    version_id: str
    version: int
    signed_on: dt.date | None
    signed_by: str
    """The name of the customer's contact; empty where nobody noted it."""
    unagreed: frozenset[str]
    """Ids of goals, measures, milestones and action items."""


def agreement_state(
    session: Session, plan_id: str, account_id: str, *, today: dt.date
) -> AgreementState | None:
    """Compare a plan with what the customer agreed to last; None where nothing was agreed.

    Raises UserError where the plan is gone, or what was agreed to cannot be read.
    """
    version = agreed_version(session, plan_id)
    if version is None:
        return None
    agreed = version_content(session, version.id)
    now = customer_plan(session, plan_id, account_id, today=today)
    newest = version.sign_offs[0]
    return AgreementState(
        plan_id,
        version.id,
        version.number,
        newest.signed_on,
        newest.contact,
        unagreed_items(agreed, now),
    )
