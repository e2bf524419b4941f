"""How often an account should hear from us, and how that stands today.

The segment may name its own number of days; else the touch model decides. One table for every
screen, so that the Today page, the accounts table and the account itself never disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from csdesk.model.vocabulary import TouchModel

DAYS_BETWEEN: Mapping[str, int] = MappingProxyType(
    {TouchModel.HIGH: 14, TouchModel.LOW: 45, TouchModel.TECH: 90}
)
"""Days from one touchpoint to the next, by touch model."""


def cadence_of(touch_model: str | None, segment_days: int | None) -> int | None:
    """Tell how many days may lie between two touchpoints; None where nobody said.

    The segment's own days come first; a number below 1 there says nothing.
    """
    if segment_days is not None and segment_days > 0:
        return segment_days
    return DAYS_BETWEEN.get(touch_model or "")


def days_until_due(cadence: int | None, last: dt.date | None, today: dt.date) -> int | None:
    """Tell in how many days the next touchpoint is due, counted from the last one.

    0 is today, below 0 it is overdue by so many days. None without a cadence, and where there
    was no touchpoint yet: nothing is there to count from.
    """
    if cadence is None or last is None:
        return None
    return cadence - (today - last).days
