"""What a customer agreed to last, read with its content."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.queries.revisions import Agreement, agreed_version, agreement_to


def newest_agreement(session: Session, plan_id: str) -> Agreement | None:
    """Return the newest version that the customer agreed to, with when and by whom."""
    version = agreed_version(session, plan_id)
    return None if version is None else agreement_to(session, version)
