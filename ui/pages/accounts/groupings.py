"""What the accounts table can be grouped by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from csdesk.i18n import _, current
from csdesk.model.vocabulary import (
    AccountStatus,
    Phase,
    PlanStatus,
    ProgressRag,
    Term,
    TouchModel,
    label_of,
)
from csdesk.queries.portfolio import AccountRow
from csdesk.queries.portfolio_figures import arr_of
from csdesk.store.words import fold
from ui.grouped_tables import Grouping
from ui.pages.accounts.further_columns import accounts_text
from ui.pages.accounts.table import shown_renewal, standing_text, whole_money_text

_LAST = 1_000
"""Where a group stands that is not in the vocabulary, or has no value at all."""


def grouping_titles() -> dict[str, str]:
    """Name what can be grouped by, in the order in which it is offered; the empty one is none."""
    return {
        "": _("none"),
        "owner": _("Owner"),
        "phase": _("Phase"),
        "touch_model": _("Touch model"),
        "segment": _("Segment"),
        "industry": _("Industry"),
        "status": _("Status"),
        "plan_status": _("Plan status"),
        "renewal_month": _("Renewal month"),
    }


def grouping_by(name: str) -> Grouping[AccountRow] | None:
    """Return a grouping by its name; None for no groups."""
    groupings: Mapping[str, Callable[[], Grouping[AccountRow]]] = {
        "owner": lambda: _by_name(
            lambda row: row.owner_id or "", lambda row: row.owner, _("No owner")
        ),
        "phase": lambda: _by_term(Phase, lambda row: row.phase or "", _("No phase")),
        "touch_model": lambda: _by_term(
            TouchModel, lambda row: row.touch_model or "", _("No touch model")
        ),
        "segment": lambda: _by_name(
            lambda row: row.segment_id or "", lambda row: row.segment, _("No segment")
        ),
        "industry": lambda: _by_name(
            lambda row: row.industry, lambda row: row.industry, _("No industry")
        ),
        "status": lambda: _by_term(AccountStatus, lambda row: row.status or "", _("No status")),
        "plan_status": _by_plan_status,
        "renewal_month": _by_renewal_month,
    }
    return groupings[name]() if name in groupings else None


def summary(rows: Sequence[AccountRow]) -> str:
    """Say how many accounts there are and what those that have not left pay a year."""
    amounts = arr_of(row for row in rows if row.is_counted)
    money = [whole_money_text(amount, currency) for currency, amount in sorted(amounts.items())]
    return " · ".join(
        [accounts_text(len(rows)), *([_("ARR") + " " + " + ".join(money)] * bool(money))]
    )


def _grouping(
    of: Callable[[AccountRow], str], describe: Callable[[AccountRow], tuple[Any, str]]
) -> Grouping[AccountRow]:
    return Grouping(of, describe, summary)


def _by_term(
    vocabulary: type[Term], code: Callable[[AccountRow], str], none: str
) -> Grouping[AccountRow]:
    places = {str(term): place for place, term in enumerate(vocabulary)}

    def describe(row: AccountRow) -> tuple[Any, str]:
        return places.get(code(row), _LAST), label_of(code(row) or None) or none

    return _grouping(code, describe)


def _by_name(
    key: Callable[[AccountRow], str], name: Callable[[AccountRow], str], none: str
) -> Grouping[AccountRow]:
    def describe(row: AccountRow) -> tuple[Any, str]:
        return (not key(row), fold(name(row))), name(row) or none

    return _grouping(key, describe)


def _by_plan_status() -> Grouping[AccountRow]:
    order = [str(term) for term in (*reversed(ProgressRag), *PlanStatus)]
    places = {code: place for place, code in enumerate(order)}

    def code(row: AccountRow) -> str:
        return row.standing or row.plan_status or ""

    def describe(row: AccountRow) -> tuple[Any, str]:
        return places.get(code(row), _LAST), standing_text(row)

    return _grouping(code, describe)


def _by_renewal_month() -> Grouping[AccountRow]:
    def month(row: AccountRow) -> str:
        day = shown_renewal(row)
        return "" if day is None else f"{day:%Y-%m}"

    def describe(row: AccountRow) -> tuple[Any, str]:
        day = shown_renewal(row)
        if day is None:
            return "9999-99", _("No renewal date")
        return f"{day:%Y-%m}", current().month(day)

    return _grouping(month, describe)
