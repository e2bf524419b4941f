"""The JSON format: every row of every entity with every field, in a stable order.

    {"format": "CSDesk", "version": "1.0",
    "entities": {
    "account": [
    {"id": "…", "deleted_at": null, "name": "…", …},
    …

One row a line, entities by name, rows by id, fields in the order of the data model; so the same
content gives the same bytes. Texts, codes and ids are strings; dates are ISO 8601 ("2026-03-31"),
instants ISO 8601 in UTC; yes and no are true and false; whole numbers, money in minor units of
its currency among them, are numbers; exact decimals are strings ("0.1"), so that no reader turns
them into floats. No value is null. A deleted row has its time of deletion in `deleted_at`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.base import Exact, Instant, columns_of, entity_records, exact_storage
from csdesk.model.base import instant_text as write_instant

FORMAT_NAME = "CSDesk"
MAX_TEXT = 10_000_000
"""Characters of one text; longer ones are no text a person wrote."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
_LARGEST = 2**63

ToStorage = Callable[[Any], Any]


@cache
def json_writers(entity: str) -> dict[str, Callable[[Any], Any]]:
    """Return, for the fields of an entity that need it, what turns stored values into JSON's."""
    writers: dict[str, Callable[[Any], Any]] = {}
    for column in columns_of(entity):
        if isinstance(column.type, Boolean):
            writers[column.name] = _flag_to_json
        elif isinstance(column.type, Exact):
            writers[column.name] = str
    return writers


def _flag_to_json(stored: Any) -> Any:
    return bool(stored) if stored in (0, 1) else stored


@cache
def json_readers(entity: str) -> dict[str, ToStorage]:
    """Return what turns the JSON values of an entity's fields into stored values, by field.

    Each raises UserError, with a reason, for a value of the wrong kind.
    """
    return {column.name: _reader(column) for column in columns_of(entity)}


def _reader(column: Column[Any]) -> ToStorage:
    for kind, read in (
        (Exact, _exact),
        (Instant, _instant),
        (Date, _date),
        (Boolean, _flag),
        (Integer, _whole),
    ):
        if isinstance(column.type, kind):
            return read
    return _text


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise UserError(_("a text is needed here"))
    if len(value) > MAX_TEXT:
        raise UserError(_("the text is too long"))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UserError(_("the text has characters that do not exist")) from error
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value < _LARGEST:
        raise UserError(_("a whole number is needed here"))
    return value


def _flag(value: Any) -> int:
    if not isinstance(value, bool):
        raise UserError(_("true or false is needed here"))
    return int(value)


def _date(value: Any) -> str:
    try:
        if isinstance(value, str) and _DATE.match(value):
            return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise UserError(_("a date such as 2026-03-31 is needed here"))


def _instant(value: Any) -> str:
    try:
        if isinstance(value, str):
            return write_instant(dt.datetime.fromisoformat(value))
    except (ValueError, OverflowError):
        pass
    raise UserError(_("an instant such as 2026-03-31T05:00:00.000Z is needed here"))


def _exact(value: Any) -> int | str:
    """Take a number from its text; a JSON number counts too, with just its own digits."""
    try:
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            return exact_storage(Decimal(value))
    except (InvalidOperation, ValueError):
        pass
    raise UserError(_("a number in quotation marks is needed here"))


def entity_order() -> list[str]:
    """Name the entities as they stand in the file."""
    return sorted(entity_records())
