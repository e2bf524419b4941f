"""What the filter of the accounts table calls things: facets, their values, and what is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from csdesk.i18n import _, current, ngettext
from csdesk.insight.account_view import FACETS, ME, NOTHING, AccountFilter
from csdesk.model.vocabulary import (
    AccountStatus,
    CsmView,
    Phase,
    PlanStatus,
    ProgressRag,
    Term,
    TouchModel,
)
from csdesk.queries.account_filter import ARCHIVED, OVERDUE, RENEWAL_DAYS, Counted, Facets
from csdesk.queries.portfolio import AccountRow
from csdesk.store.words import fold

_PLAN_STATUSES = (PlanStatus.DRAFT, PlanStatus.PROPOSED, PlanStatus.AGREED, PlanStatus.ACTIVE)
_TERMS: Mapping[str, Sequence[Term]] = {
    "phase": tuple(Phase),
    "touch_model": tuple(TouchModel),
    "status": tuple(AccountStatus),
    "health": tuple(CsmView),
    "plan_status": (*ProgressRag, *_PLAN_STATUSES),
}
_SPOKEN = 2
"""How many values a chip names; the others are counted."""


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A value that can be chosen: what it is called, and how many accounts it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


class FacetWords:
    """Names facets and values, as the rows there are call them."""

    def __init__(self, rows: Callable[[], Iterable[AccountRow]]) -> None:
        """`rows` gives all accounts: members, segments, industries and tags come from them."""
        self._rows = rows

    def title(self, facet: str) -> str:
        """Name a facet."""
        return facet_titles()[facet]

    def label(self, facet: str, value: str) -> str:
        """Name a value of a facet; one that no account has any more is named as well as can be."""
        return self._known(facet).get(value) or _others(facet).get(value) or _("(gone)")

    def chip(self, facet: str, values: Sequence[str]) -> str:
        """Say what is chosen of a facet: "Owner: me, Tom Sato +2"."""
        names = self._known(facet) | _others(facet)
        spoken = ", ".join(names.get(value) or _("(gone)") for value in values[:_SPOKEN])
        if len(values) > _SPOKEN:
            spoken = f"{spoken} +{current().number(len(values) - _SPOKEN)}"
        return _("{facet}: {values}").format(facet=self.title(facet), values=spoken)

    def choices(self, facet: str, wanted: AccountFilter, facets: Facets) -> list[FacetChoice]:
        """Return what can be chosen of a facet: lists of terms whole, of names what there is."""
        rows = list(self._rows())
        counts = facets.counts(facet, wanted, rows)
        chosen = wanted.values(facet)
        closed, others = self._known(facet), _others(facet)
        values = dict.fromkeys((*_first(facet), *closed, *_last(facet), *chosen))
        return [
            FacetChoice(
                value,
                closed.get(value) or others.get(value) or _("(gone)"),
                counts.get(value, 0),
                value in chosen,
            )
            for value in values
        ]

    def _known(self, facet: str) -> dict[str, str]:
        """Return the values of a facet with their names, in the order in which one looks."""
        if facet in _TERMS:
            return {str(term): term.label() for term in _TERMS[facet]}
        if facet == "renewal":
            return {str(days): _within(days) for days in RENEWAL_DAYS}
        if facet == "counted":
            return counted_labels()
        names: dict[str, str] = {}
        for row in self._rows():
            if facet == "owner" and row.owner_id:
                names[row.owner_id] = row.owner
            elif facet == "segment" and row.segment_id:
                names[row.segment_id] = row.segment
            elif facet == "industry" and row.industry:
                names[row.industry] = row.industry
            elif facet == "tags":
                names.update((tag, tag) for tag in row.tags)
        return dict(sorted(names.items(), key=lambda pair: (fold(pair[1]), pair[0])))


def facet_titles() -> dict[str, str]:
    """Name all facets, in the order in which they are offered."""
    titles = {
        "owner": _("Owner"),
        "phase": _("Phase"),
        "touch_model": _("Touch model"),
        "segment": _("Segment"),
        "industry": _("Industry"),
        "status": _("Status"),
        "renewal": _("Renewal within"),
        "health": _("Health"),
        "plan_status": _("Plan status"),
        "tags": _("Tags"),
        "counted": _("Figure"),
    }
    return {facet: titles[facet] for facet in FACETS}


def counted_labels() -> dict[str, str]:
    """Name what the figures count."""
    return {
        Counted.ARR.value: _("ARR"),
        Counted.AT_RISK.value: _("ARR at risk"),
        Counted.RENEWALS.value: _("Renewals in 90 days"),
        Counted.NO_PLAN.value: _("Accounts without a plan"),
        Counted.LATE.value: _("Late actions"),
    }


def _within(days: int) -> str:
    return ngettext("{n} day", "{n} days", days).format(n=current().number(days))


def _first(facet: str) -> tuple[str, ...]:
    return {"owner": (ME,), "renewal": (OVERDUE,)}.get(facet, ())


def _last(facet: str) -> tuple[str, ...]:
    if facet == "counted":
        return ()
    return (ARCHIVED,) if facet == "status" else (NOTHING,)


def _others(facet: str) -> dict[str, str]:
    """Name the values that stand for no name or term of the vocabulary."""
    nothing = {
        "owner": _("nobody"),
        "health": _("Not rated"),
        "plan_status": _("No plan"),
        "renewal": _("no renewal date"),
        "tags": _("no tags"),
    }
    special = {ME: _("me"), ARCHIVED: _("Archived"), OVERDUE: _("overdue")}
    return {**special, NOTHING: nothing.get(facet, _("none"))}
