"""When an account counts as at risk, until health scores and signals can tell it better."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from csdesk.model.vocabulary import CsmView, ProgressRag
from csdesk.queries.portfolio import RENEWAL_SOON_DAYS, AccountRow

SERIOUS_RISK = 12
"""Probability times impact from which an open risk counts as serious: 3 × 4 of 5 × 5."""


class RiskReason(StrEnum):
    """Why an account is at risk."""

    RED = "red"
    """Its CSM sees it red."""
    OFF_TRACK = "off_track"
    """A goal of its plan is off track."""
    RENEWAL = "renewal"
    """It renews soon, or should have, and all is not well."""


def renews_soon(row: AccountRow, today: dt.date) -> bool:
    """Tell whether a running contract renews within 90 days, today included."""
    soon = today + dt.timedelta(days=RENEWAL_SOON_DAYS)
    return row.renewal_on is not None and row.renewal_on <= soon


def risk_reasons(row: AccountRow, today: dt.date) -> tuple[RiskReason, ...]:
    """Tell why an account is at risk; nothing where it is not, has left or is archived.

    It is where its CSM's view is red; where a goal of its plan is off track; or where it renews
    within 90 days, or its renewal date has passed, while its CSM's view is amber, its plan is at
    risk, or it has an open risk of 12 or more (probability × impact).
    """
    if not row.is_counted:
        return ()
    reasons = []
    if row.csm_view == CsmView.RED:
        reasons.append(RiskReason.RED)
    if row.standing == ProgressRag.OFF_TRACK:
        reasons.append(RiskReason.OFF_TRACK)
    is_due = renews_soon(row, today) or row.overdue_renewal is not None
    if is_due and _is_unwell(row):
        reasons.append(RiskReason.RENEWAL)
    return tuple(reasons)


def _is_unwell(row: AccountRow) -> bool:
    return (
        row.csm_view == CsmView.AMBER
        or row.standing == ProgressRag.AT_RISK
        or (row.risk_score or 0) >= SERIOUS_RISK
    )
