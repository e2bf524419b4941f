"""Rows as JSON for machines: codes, ids, ISO dates, exact numbers as text; stable."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from csdesk.model.base import exact_storage, instant_text
from csdesk.queries.rows import Row


def json_value(value: Any) -> Any:
    """Write a value of a row as JSON has it.

    Decimals become text with all of their digits, dates ISO 8601, instants ISO 8601 in UTC;
    money stays a whole number of minor units.
    """
    if isinstance(value, Decimal):
        return str(exact_storage(value))
    if isinstance(value, dt.datetime):
        return instant_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def row_json(row: Row) -> dict[str, Any]:
    """Write a row with every field, as the JSON export does."""
    return {name: json_value(value) for name, value in row.values.items()}
