"""The accounts as they are shown, to be copied or exported: the same rows, columns and order.

Cells that say two things become two columns, so that a spreadsheet can count with both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csdesk.exchange.shown_table import Cell, ShownColumn, ShownKind, ShownTable
from csdesk.i18n import _, minor_digits
from csdesk.queries.portfolio import AccountRow
from ui.pages.accounts.cells import touch_late_by
from ui.pages.accounts.table import shown_renewal
from ui.tables import Column

Value = Callable[[AccountRow], Cell]


@dataclass(frozen=True, slots=True)
class _Part:
    """One column that goes out, of one that is shown."""

    title: str
    kind: ShownKind
    value: Value


def shown_accounts(
    columns: Sequence[Column[AccountRow]],
    rows: Sequence[AccountRow],
    today: dt.date,
    *,
    groups: tuple[str, Sequence[str]] | None = None,
) -> ShownTable:
    """Return a table of accounts; `groups` is a title with the group of each row.

    Amounts are in units of their currency, beside it; where an account pays in several, the
    further ones are written out.
    """
    parts = [part for column in columns for part in _parts(column, today)]
    if any(column.key == "arr" for column in columns) and not any(r.other_arr for r in rows):
        parts = [part for part in parts if part.title != _further_title()]
    heads = tuple(ShownColumn(part.title, part.kind) for part in parts)
    lines = [tuple(part.value(row) for part in parts) for row in rows]
    if groups is not None:
        title, names = groups
        heads = (ShownColumn(title), *heads)
        lines = [(name, *line) for name, line in zip(names, lines, strict=True)]
    return ShownTable(_("Accounts"), heads, lines)


def _parts(column: Column[AccountRow], today: dt.date) -> tuple[_Part, ...]:
    """Split a column into what can be counted with; others go out as they are written."""
    make = _SPLIT.get(column.key)
    if make is not None:
        return make(column.title, today)
    kind = _KINDS.get(column.key)
    if kind is not None:
        return (_Part(column.title, kind, column.value),)
    return (_Part(column.title, ShownKind.TEXT, column.text),)


_KINDS = {
    "employees": ShownKind.COUNT,
    "seats": ShownKind.COUNT,
    "late_actions": ShownKind.COUNT,
    "notice": ShownKind.DAY,
    "progress": ShownKind.SHARE,
}
"""What the values of columns are that are no texts."""


def _name(title: str, today: dt.date) -> tuple[_Part, ...]:
    return (_Part(title, ShownKind.TEXT, lambda row: row.name),)


def _arr(title: str, today: dt.date) -> tuple[_Part, ...]:
    return (
        _Part(title, ShownKind.AMOUNT, lambda row: _amount(row.arr, row.currency)),
        _Part(
            _("Currency"),
            ShownKind.TEXT,
            lambda row: "" if row.arr is None else row.currency,
        ),
        _Part(_further_title(), ShownKind.TEXT, _further),
    )


def _renewal(title: str, today: dt.date) -> tuple[_Part, ...]:
    def left(row: AccountRow) -> int | None:
        day = shown_renewal(row)
        return None if day is None else (day - today).days

    return (
        _Part(title, ShownKind.DAY, shown_renewal),
        _Part(_("Days until renewal"), ShownKind.COUNT, left),
    )


def _next_action(title: str, today: dt.date) -> tuple[_Part, ...]:
    return (
        _Part(title, ShownKind.TEXT, lambda row: row.next_action),
        _Part(_("Next action due"), ShownKind.DAY, lambda row: row.next_action_due),
    )


def _last_touch(title: str, today: dt.date) -> tuple[_Part, ...]:
    def late(row: AccountRow) -> int | None:
        return touch_late_by(row, today) or None

    return (
        _Part(title, ShownKind.DAY, lambda row: row.last_touch),
        _Part(_("Days the next touch is late"), ShownKind.COUNT, late),
    )


def _amount(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else Decimal(minor).scaleb(-minor_digits(currency))


def _further_title() -> str:
    return _("Further ARR")


def _further(row: AccountRow) -> str:
    return " + ".join(
        f"{_amount(minor, currency):f} {currency}" for currency, minor in row.other_arr[::-1]
    )


_SPLIT: dict[str, Callable[[str, dt.date], tuple[_Part, ...]]] = {
    "name": _name,
    "arr": _arr,
    "renewal": _renewal,
    "next_action": _next_action,
    "last_touch": _last_touch,
}
"""How columns go out that say more than one thing."""
