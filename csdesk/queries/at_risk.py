"""When an account counts as at risk, until health scores and signals can tell it better."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from csdesk.model.vocabulary import CsmView, ProgressRag
from csdesk.queries.portfolio import RENEWAL_SOON_DAYS

SERIOUS_RISK = 12
"""Probability times impact from which an open risk counts as serious: 3 × 4 of 5 × 5."""


class Standing(Protocol):
    """What is asked of an account: a line of the table, or how it stood on an earlier day."""

    @property
    def is_counted(self) -> bool:
        """Whether it has neither left nor been put away."""

    @property
    def csm_view(self) -> str | None:
        """How its CSM sees it."""

    @property
    def standing(self) -> str | None:
        """The worst standing among its plan's open goals."""

    @property
    def risk_score(self) -> int | None:
        """Probability times impact of its worst open risk."""

    @property
    def renewal_on(self) -> dt.date | None:
        """The next renewal among its running contracts, that day's included."""

    @property
    def overdue_renewal(self) -> dt.date | None:
        """A renewal date that has passed while its contract still runs."""


class RiskReason(StrEnum):
    """Why an account is at risk."""

    RED = "red"
    """Its CSM sees it red."""
    OFF_TRACK = "off_track"
    """A goal of its plan is off track."""
    RENEWAL = "renewal"
    """It renews soon, or should have, and all is not well."""


# Thousands of rows are asked about at once, and a member of an Enum is looked up each time.
_RED, _AMBER = CsmView.RED, CsmView.AMBER
_OFF_TRACK, _AT_RISK = ProgressRag.OFF_TRACK, ProgressRag.AT_RISK


@lru_cache(maxsize=8)
def _end_of_soon(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=RENEWAL_SOON_DAYS)


def renews_soon(row: Standing, today: dt.date) -> bool:
    """Tell whether a running contract renews within 90 days, today included."""
    return row.renewal_on is not None and row.renewal_on <= _end_of_soon(today)


def risk_reasons(row: Standing, today: dt.date) -> tuple[RiskReason, ...]:
    """Tell why an account is at risk; nothing where it is not, has left or is archived.

    It is where its CSM's view is red; where a goal of its plan is off track; or where it renews
    within 90 days, or its renewal date has passed, while its CSM's view is amber, its plan is at
    risk, or it has an open risk of 12 or more (probability × impact).
    """
    if not row.is_counted:
        return ()
    view, standing = row.csm_view, row.standing
    reasons = []
    if view == _RED:
        reasons.append(RiskReason.RED)
    if standing == _OFF_TRACK:
        reasons.append(RiskReason.OFF_TRACK)
    is_unwell = view == _AMBER or standing == _AT_RISK or (row.risk_score or 0) >= SERIOUS_RISK
    if is_unwell and (renews_soon(row, today) or row.overdue_renewal is not None):
        reasons.append(RiskReason.RENEWAL)
    return tuple(reasons)
