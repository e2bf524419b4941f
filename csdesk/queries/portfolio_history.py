"""What the accounts paid at the end of each of the last twelve months, as far as it is known.

ARR is computed, never stored, so its past is worked out from the contracts: from when until when
each ran, and what its MRR was at the time by the journal. Before the first amount that was noted,
a contract counts with that amount. The other figures are told as they were on record
(recorded_figures.py).
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.model.vocabulary import AccountStatus, ContractStatus
from csdesk.progress import SILENT, Progress
from csdesk.queries.recorded_rows import few_at_once
from csdesk.store.stamps import instant_of

MONTHS = 12
"""How far back the past is told."""

_CONTRACTS = """
SELECT c.id, c.account_id, c.start_on, c.renewal_on, coalesce(c.mrr, 0),
  coalesce(c.currency, 'JPY'), c.status, a.status
FROM contract c JOIN account a ON a.id = c.account_id
WHERE c.deleted_at IS NULL AND a.deleted_at IS NULL AND c.status IN ('running', 'ended')
"""
_CHURNS = """
SELECT account_id, churned_on FROM churn_event
WHERE deleted_at IS NULL AND churned_on IS NOT NULL ORDER BY churned_on
"""
# Each cell names the journal row that won; what that one replaced leads back in time.
_PAST = """
WITH RECURSIVE chain(row, w, seq) AS (
  SELECT row, w, seq FROM cell WHERE ent = 'contract' AND fld = :field
  UNION ALL
  SELECT k.row, p.w, p.seq FROM chain k
  CROSS JOIN journal j ON j.w = k.w AND j.seq = k.seq
  CROSS JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
    AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld)
SELECT k.row, j.hlc, j.val FROM chain k CROSS JOIN journal j ON j.w = k.w AND j.seq = k.seq
ORDER BY j.hlc
"""


@dataclass(frozen=True, slots=True)
class ArrHistory:
    """The ARR of each account on some days: minor units, one amount for each of `days`."""

    days: tuple[dt.date, ...]
    """The ends of the last twelve months, and today."""
    accounts: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]
    """By account, for each currency it has ever paid in."""

    def total(self, account_ids: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
        """Add up these accounts, by currency."""
        paid: dict[str, list[tuple[int, ...]]] = {}
        for account_id in account_ids:
            for currency, amounts in self.accounts.get(account_id, ()):
                paid.setdefault(currency, []).append(amounts)
        return {
            currency: tuple(map(sum, zip(*lines, strict=True))) for currency, lines in paid.items()
        }


def arr_history(session: Session, *, today: dt.date, progress: Progress = SILENT) -> ArrHistory:
    """Return what each account paid a year on the last day of the last twelve months and today.

    A contract that runs counts from its start. One that ended, or whose customer has left, counts
    until the customer left, its renewal date, or the day it was noted as ended, whichever came
    first; never today. `progress` hears of every few contracts and may cancel it.
    """
    days = (*month_ends(today), today)
    prices, endings = _past(session, "mrr", progress), _past(session, "status", progress)
    churns: dict[str, list[dt.date]] = {}
    for account, day in session.execute(text(_CHURNS)):
        churns.setdefault(account, []).append(dt.date.fromisoformat(day))
    totals: dict[str, dict[str, list[int]]] = {}
    contracts = few_at_once(session, _CONTRACTS, {}, progress)
    for row, account, start, renewal, mrr, currency, *states in contracts:
        first = _day(start) or dt.date.min
        last = dt.date.max
        if states[0] == ContractStatus.ENDED or states[1] == AccountStatus.CHURNED:
            noted = [day for day, value in endings.get(row, ()) if value == ContractStatus.ENDED]
            left = [day for day in churns.get(account, ()) if day >= first]
            renewed = _day(renewal)
            known = [*left[:1], *noted[-1:], *((renewed,) if renewed else ()), today]
            last = min(known)
        amounts = totals.setdefault(account, {}).setdefault(currency, [0] * len(days))
        past = prices.get(row, ())
        for place, day in enumerate(days):
            if first <= day < last:
                amounts[place] += 12 * _price(past, day, mrr)
    return ArrHistory(
        days,
        {
            account: tuple((currency, tuple(amounts)) for currency, amounts in sorted(paid.items()))
            for account, paid in totals.items()
        },
    )


def month_ends(today: dt.date) -> list[dt.date]:
    """Return the last days of the twelve months before this one."""
    ends = [today.replace(day=1) - dt.timedelta(days=1)]
    while len(ends) < MONTHS:
        ends.append(ends[-1].replace(day=1) - dt.timedelta(days=1))
    return ends[::-1]


def _past(session: Session, field: str, progress: Progress) -> dict[str, list[tuple[dt.date, Any]]]:
    """Return the values a field of contracts had, each with the day since when."""
    found: dict[str, list[tuple[dt.date, Any]]] = {}
    for row, stamp, value in few_at_once(session, _PAST, {"field": field}, progress):
        found.setdefault(row, []).append((instant_of(stamp).astimezone().date(), value))
    return found


def _price(past: Sequence[tuple[dt.date, Any]], day: dt.date, now: int) -> int:
    if len(past) < 2:
        return now
    place = bisect.bisect_right([since for since, _value in past], day) - 1
    return int(past[max(place, 0)][1] or 0)


def _day(stored: str | None) -> dt.date | None:
    return None if stored is None else dt.date.fromisoformat(stored)
