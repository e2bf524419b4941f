"""Which accounts a filter lets through, and how many each further choice would show.

Every facet is a function from an account to the values it has there. A filter's values of one
facet are alternatives, facets add up. Archived accounts are let through only where asked for.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from typing import TypeAlias

from csdesk.insight.account_view import ME, NOTHING, AccountFilter
from csdesk.queries.at_risk import renews_soon, risk_reasons
from csdesk.queries.portfolio import AccountRow

Test: TypeAlias = Callable[[AccountRow], bool]
Values: TypeAlias = Callable[[AccountRow], tuple[str, ...]]

ARCHIVED = "archived"
"""The value of the facet "status" for accounts that were put away, whatever they were before."""

OVERDUE = "overdue"
"""The value of the facet "renewal" where a date has passed while the contract still runs."""

RENEWAL_DAYS = (30, 60, 90, 120, 180)
"""How far ahead a renewal can be asked for."""


class Counted(StrEnum):
    """What the figures above the table count: values of the facet "counted"."""

    ARR = "arr"
    AT_RISK = "at_risk"
    RENEWALS = "renewals"
    NO_PLAN = "no_plan"
    LATE = "late"


class Facets:
    """Tells which values accounts have in each facet, as seen on a day by somebody."""

    def __init__(self, today: dt.date, me: str | None) -> None:
        """`me` is the member who sits here, None where nobody said so."""
        self._today = today
        self._me = me
        self._values: Mapping[str, Values] = {
            "owner": self._owner,
            "phase": lambda row: (row.phase or NOTHING,),
            "touch_model": lambda row: (row.touch_model or NOTHING,),
            "segment": lambda row: (row.segment_id or NOTHING,),
            "industry": lambda row: (row.industry,),
            "status": lambda row: (ARCHIVED if row.archived_on else row.status or NOTHING,),
            "renewal": self._renewal,
            # Until there are health scores, the CSM's own view is all that is known of health.
            "health": lambda row: (row.csm_view or NOTHING,),
            "plan_status": _plan_status,
            "tags": lambda row: row.tags or (NOTHING,),
            "counted": self._counted,
        }

    def values(self, facet: str) -> Values:
        """Return the function that tells an account's values in a facet."""
        return self._values[facet]

    def test(self, wanted: AccountFilter, *, without: Collection[str] = ()) -> Test:
        """Return what an account must pass, leaving the facets `without` out; words do not count.

        The facet "status" left out lets archived accounts through like all others.
        """
        tests = [
            _any_of(frozenset(chosen), self._values[facet])
            for facet, chosen in wanted.chosen
            if facet not in without
        ]
        if not wanted.values("status") and "status" not in without:
            tests.append(lambda row: row.archived_on is None)
        return functools.reduce(_both, tests) if tests else _anything

    def counts(
        self, facet: str, wanted: AccountFilter, rows: Iterable[AccountRow]
    ) -> Mapping[str, int]:
        """Count the accounts of each value of a facet among those the other facets let through."""
        test, values = self.test(wanted, without=(facet,)), self._values[facet]
        counted: Counter[str] = Counter()
        for row in rows:
            if test(row):
                counted.update(values(row))
        return counted

    def _owner(self, row: AccountRow) -> tuple[str, ...]:
        if row.owner_id is None:
            return (NOTHING,)
        return (row.owner_id, ME) if row.owner_id == self._me else (row.owner_id,)

    def _renewal(self, row: AccountRow) -> tuple[str, ...]:
        overdue = [OVERDUE] if row.overdue_renewal is not None else []
        if row.renewal_on is None:
            return tuple(overdue or [NOTHING])
        left = (row.renewal_on - self._today).days
        return (*overdue, *(str(days) for days in RENEWAL_DAYS if left <= days))

    def _counted(self, row: AccountRow) -> tuple[str, ...]:
        if not row.is_counted:
            return ()
        figures = (
            (Counted.ARR, row.arr is not None),
            (Counted.AT_RISK, bool(risk_reasons(row, self._today))),
            (Counted.RENEWALS, renews_soon(row, self._today)),
            (Counted.NO_PLAN, row.plan_id is None),
            (Counted.LATE, row.late_actions > 0),
        )
        return tuple(figure.value for figure, counts in figures if counts)


def _plan_status(row: AccountRow) -> tuple[str, ...]:
    """Tell how a plan stands and how far it is: one that is off track is in force as well."""
    if row.plan_id is None:
        return (NOTHING,)
    return tuple(value for value in (row.standing, row.plan_status) if value)


def _anything(row: AccountRow) -> bool:
    return True


def _both(one: Test, other: Test) -> Test:
    return lambda row: one(row) and other(row)


def _any_of(chosen: frozenset[str], values: Values) -> Test:
    return lambda row: not chosen.isdisjoint(values(row))
