"""The figures above the accounts table, added up from its lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from csdesk.queries.at_risk import renews_soon, risk_reasons
from csdesk.queries.portfolio import AccountRow


@dataclass(frozen=True, slots=True)
class PortfolioFigures:
    """The figures above the table, over accounts that are neither churned nor archived.

    `arr` maps a currency to minor units: different money is never added up.
    """

    accounts: int
    arr: dict[str, int]
    renewals_soon: int
    without_plan: int
    late_actions: int
    at_risk: int = 0
    arr_at_risk: dict[str, int] = field(default_factory=dict)
    """The ARR of the accounts at risk, by currency."""
    late_accounts: int = 0
    """How many accounts have late actions."""


def portfolio_figures(rows: Collection[AccountRow], *, today: dt.date) -> PortfolioFigures:
    """Add up the figures of these rows; churned and archived accounts do not count."""
    living = [row for row in rows if row.is_counted]
    at_risk = [row for row in living if risk_reasons(row, today)]
    return PortfolioFigures(
        accounts=len(living),
        arr=arr_of(living),
        renewals_soon=sum(renews_soon(row, today) for row in living),
        without_plan=sum(row.plan_id is None for row in living),
        late_actions=sum(row.late_actions for row in living),
        at_risk=len(at_risk),
        arr_at_risk=arr_of(at_risk),
        late_accounts=sum(row.late_actions > 0 for row in living),
    )


def arr_of(rows: Iterable[AccountRow]) -> dict[str, int]:
    """Add up what these accounts pay a year: minor units by currency."""
    total: dict[str, int] = {}
    for row in rows:
        if row.arr is not None:
            total[row.currency] = total.get(row.currency, 0) + row.arr
        for currency, amount in row.other_arr:
            total[currency] = total.get(currency, 0) + amount
    return total
