"""How somebody looks at the accounts table: what is let through, in which columns and groups.

It is kept as JSON, in saved views and in what the window remembers. A newer version may write more
than this one knows: what is not understood is passed over, and kept when a view is written again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

FACETS = (
    *("owner", "phase", "touch_model", "segment", "industry", "status"),
    *("renewal", "health", "plan_status", "tags", "counted"),
)
"""What accounts can be told apart by, in the order in which it is offered."""

GROUPINGS = (
    *("owner", "phase", "touch_model", "segment", "industry", "status"),
    *("plan_status", "renewal_month"),
)
"""What accounts can be put together by."""

ME = "me"
"""The owner who sits at this computer, whoever that is."""

NOTHING = ""
"""The value of a facet for accounts that have none: nobody, no plan, not rated."""


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts are let through: one value of each facet that is chosen, and every word."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Facets with the values of which one is enough, in the order they were chosen."""
    text: str = ""

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the values chosen for a facet; none where it lets everything through."""
        return dict(self.chosen).get(facet, ())

    def choosing(self, facet: str, values: Iterable[str]) -> AccountFilter:
        """Return this filter with other values for a facet; without values the facet is gone."""
        wanted = tuple(dict.fromkeys(values))
        facets = dict(self.chosen)
        facets[facet] = wanted
        return replace(self, chosen=tuple(pair for pair in facets.items() if pair[1]))

    def saying(self, text: str) -> AccountFilter:
        """Return this filter with other words."""
        return replace(self, text=text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.chosen and not self.text.strip()


@dataclass(frozen=True, slots=True)
class AccountView:
    """A whole way to look at the table; widths do not tell two views apart."""

    filter: AccountFilter = AccountFilter()
    group: str = ""
    """One of GROUPINGS, or nothing."""
    columns: tuple[str, ...] = ()
    """The keys of the columns shown, from the left; none for the usual ones."""
    sort: str = "name"
    descending: bool = False
    widths: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """Columns the user has sized, with their pixels."""


def view_content(view: AccountView, before: str | None = None) -> str:
    """Write a view as JSON, keeping what a newer version wrote `before` and we do not know."""
    kept = _object(before)
    kept_filter = kept.get("filter")
    others = kept_filter if isinstance(kept_filter, dict) else {}
    unknown = {facet: values for facet, values in others.items() if facet not in FACETS}
    content = {
        **kept,
        "filter": {**unknown, **{facet: list(values) for facet, values in view.filter.chosen}},
        "text": view.filter.text,
        "group": view.group,
        "columns": list(view.columns),
        "sort": view.sort,
        "descending": view.descending,
        "widths": dict(view.widths),
    }
    return _whole_signs(json.dumps(content, ensure_ascii=False))


def view_of(content: str | None) -> AccountView:
    """Read a view; whatever does not fit is as in a view that says nothing of it."""
    return view_from(_object(content))


def view_from(content: Mapping[str, Any]) -> AccountView:
    """Read a view from plain values, as `view_of` does."""
    group, sort = _text(content.get("group")), _text(content.get("sort"))
    widths = content.get("widths")
    return AccountView(
        filter=_filter(content.get("filter"), _text(content.get("text"))),
        group=group if group in GROUPINGS else "",
        columns=tuple(dict.fromkeys(_texts(content.get("columns")))),
        sort=sort or "name",
        descending=content.get("descending") is True,
        widths=tuple(
            (key, width)
            for key, width in (widths.items() if isinstance(widths, dict) else ())
            if type(width) is int and 0 < width < 10_000
        ),
    )


def is_understood(content: str | None, columns: Collection[str]) -> bool:
    """Tell whether all that a stored view says is known here; `columns` are those of the table."""
    if not (content or "").strip():
        return True
    said = _object(content)
    chosen, shown, sort = said.get("filter", {}), said.get("columns", []), said.get("sort", "")
    if not said or not isinstance(chosen, dict) or not isinstance(shown, list):
        return content == "{}"
    return (
        chosen.keys() <= set(FACETS)
        and all(isinstance(one, list) and _texts(one) == tuple(one) for one in chosen.values())
        and all(one in columns for one in shown)
        and (sort in ("", *columns) and said.get("group", "") in ("", *GROUPINGS))
    )


def _filter(stored: Any, text: str) -> AccountFilter:
    pairs = stored.items() if isinstance(stored, dict) else ()
    chosen = AccountFilter(text=text)
    for facet, values in pairs:
        if facet in FACETS:
            chosen = chosen.choosing(facet, _texts(values))
    return chosen


def _object(content: str | None) -> dict[str, Any]:
    try:
        found = json.loads(content or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return _whole_signs(value) if isinstance(value, str) else ""


def _texts(values: Any) -> tuple[str, ...]:
    found = values if isinstance(values, list) else []
    return tuple(_whole_signs(one) for one in found if isinstance(one, str))


def _whole_signs(text: str) -> str:
    """Write half a sign, which JSON can hold and a database cannot, as a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
