"""Lines of the accounts table made up for the tests of what is computed from them."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_type_hints

from csdesk.model.vocabulary import AccountStatus
from csdesk.queries.portfolio import AccountRow

TODAY = dt.date(2026, 11, 22)
_EMPTY: dict[Any, Any] = {
    str: "",
    int: 0,
    tuple[str, ...]: (),
    tuple[tuple[str, int], ...]: (),
}


def account_row(**values: Any) -> AccountRow:
    """Return the line of an active account with nothing else known than `values`."""
    known = {name: _EMPTY.get(kind) for name, kind in get_type_hints(AccountRow).items()}
    known |= {"id": "a", "name": "Aoba", "status": AccountStatus.ACTIVE, "currency": "JPY"}
    return AccountRow(**(known | values))


def days(count: int) -> dt.date:
    """Return the day so many days from today."""
    return TODAY + dt.timedelta(days=count)
