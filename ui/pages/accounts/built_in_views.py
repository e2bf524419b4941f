"""The views of the accounts table that are always there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from csdesk.i18n import _
from csdesk.insight.account_view import ME, AccountFilter, AccountView
from csdesk.queries.account_filter import ARCHIVED, Counted
from csdesk.queries.portfolio import RENEWAL_SOON_DAYS
from ui.pages.accounts.table import USUAL

ALL = "all"
"""The view that shows every account but the archived ones."""


@dataclass(frozen=True, slots=True)
class BuiltInView:
    """A view of the program's own."""

    id: str
    name: Callable[[], str]
    view: AccountView


def built_in_views() -> tuple[BuiltInView, ...]:
    """Return them in the order of the menu, the usual one first."""
    return (
        BuiltInView(ALL, lambda: _("All accounts"), AccountView()),
        BuiltInView("mine", lambda: _("My accounts"), _showing("owner", ME)),
        BuiltInView(
            "renewals",
            lambda: _("Renewals in 90 days"),
            replace(_showing("renewal", str(RENEWAL_SOON_DAYS)), sort="renewal"),
        ),
        BuiltInView(
            "at_risk",
            lambda: _("At risk"),
            replace(
                _showing("counted", Counted.AT_RISK.value),
                sort="arr",
                descending=True,
                columns=(*USUAL[:8], "risk", *USUAL[8:]),
            ),
        ),
        BuiltInView(
            "no_plan",
            lambda: _("No plan"),
            replace(_showing("counted", Counted.NO_PLAN.value), sort="arr", descending=True),
        ),
        BuiltInView("archived", lambda: _("Archived"), _showing("status", ARCHIVED)),
    )


def is_same(one: AccountView, other: AccountView) -> bool:
    """Tell whether two views show the same; in which order filters were chosen does not count."""
    return _normal(one) == _normal(other)


def _normal(view: AccountView) -> AccountView:
    chosen = sorted((facet, tuple(sorted(values))) for facet, values in view.filter.chosen)
    wanted = AccountFilter(tuple(chosen), " ".join(view.filter.text.split()))
    return replace(view, filter=wanted, columns=view.columns or USUAL)


def _showing(facet: str, *values: str) -> AccountView:
    return AccountView(AccountFilter(((facet, values),)))
