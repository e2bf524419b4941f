"""What a person types for a field, read by the kind of the field; and values written as text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.exchange.dates import DateReader, read_date, read_period
from csdesk.exchange.numerals import read_minor_units, read_number, read_whole
from csdesk.exchange.tables import header_key
from csdesk.exchange.terms import read_flag, read_term
from csdesk.i18n import LANGUAGES, Translator, _, current
from csdesk.insight.typed_dates import typed_date
from csdesk.model.vocabulary import label_of
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import Field, FieldKind, fields_of
from csdesk.queries.rows import Row, find_row, row_of

DEFAULT_CURRENCY = "JPY"


def entity_named(text: str, entities: list[str]) -> str:
    """Return the entity that a word means: its code, its plural, or its label in any language.

    Raises UserError listing the entities where it is none.
    """
    key = header_key(text)
    for entity in entities:
        names = {
            entity,
            f"{entity}s",
            *(entity_label(entity, Translator(one)) for one in LANGUAGES),
        }
        names |= {f"{entity.removesuffix('y')}ies"} if entity.endswith("y") else set()
        if key in {header_key(name) for name in names}:
            return entity
    raise UserError(
        _("There is no entity “{name}”.").format(name=text),
        _("There are: {names}").format(names=", ".join(sorted(entities))),
    )


def field_named(entity: str, text: str) -> Field:
    """Return the field of an entity that a word means: its code, or its label in any language.

    A reference also goes by its code without "_id". Raises UserError where there is none, or
    where it cannot be typed in.
    """
    key = header_key(text)
    fields = fields_of(entity)
    for spell in (_codes, _labels):
        meant = [field for field in fields if key in spell(field)]
        if len(meant) == 1 and meant[0].is_editable:
            return meant[0]
    names = ", ".join(field.name.removesuffix("_id") for field in fields if field.is_editable)
    raise UserError(
        _("“{entity}” has no field “{field}” that can be set.").format(entity=entity, field=text),
        _("Its fields are: {names}").format(names=names),
    )


def _codes(field: Field) -> set[str]:
    return {header_key(field.name), header_key(field.name.removesuffix("_id"))}


def _labels(field: Field) -> set[str]:
    return {header_key(field.label(Translator(language))) for language in LANGUAGES}


def split_assignment(text: str) -> tuple[str, str]:
    """Cut FIELD=VALUE apart; raises UserError where there is no "="."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UserError(
            _("“{text}” does not say which field gets which value.").format(text=text[:80]),
            _("Write it as FIELD=VALUE, for example status=done."),
        )
    return name.strip(), value


def read_values(
    session: Session, entity: str, assignments: list[str], row: Row | None
) -> dict[str, Any]:
    """Read FIELD=VALUE texts into values by field; `row` is what is changed, None for a new one.

    Dates as 2026-03-31 or 2026年3月31日, instants with a time of day (local time unless they say
    otherwise), money in the units of the row's currency, terms by code or label, references by
    id or unique name; nothing after the "=" clears the field. Raises UserError.
    """
    texts: dict[str, str] = {}
    for assignment in assignments:
        name, text = split_assignment(assignment)
        field = field_named(entity, name)
        if field.name in texts:
            raise UserError(
                _("“{field}” is given twice.").format(field=name), _("Give each field once.")
            )
        texts[field.name] = text
    reader = _Reader(session, entity, texts, row)
    return {name: reader.read(name) for name in texts}


class _Reader:
    """Reads the texts of one row; some of them can only be read by the light of others."""

    def __init__(
        self, session: Session, entity: str, texts: Mapping[str, str], row: Row | None
    ) -> None:
        self._session = session
        self._texts = texts
        self._row = row
        self._fields = {field.name: field for field in fields_of(entity)}

    def read(self, name: str) -> Any:
        field, text = self._fields[name], self._texts[name]
        if not text.strip():
            if field.is_required:
                raise UserError(
                    _("“{field}” cannot be empty.").format(field=field.label()),
                    _("Give it a value."),
                )
            return None
        try:
            return self._value(field, text)
        except UserError as error:
            said = _("{field}: {reason}").format(field=field.label(), reason=error.message)
            raise UserError(said, error.advice) from error

    def _value(self, field: Field, text: str) -> Any:
        match field.kind:
            case FieldKind.DATE if field.name == "period":
                period = read_period(text, DateReader())
                return None if period is None else period.first
            case FieldKind.DATE:
                return read_date(text, DateReader())
            case FieldKind.INSTANT:
                return read_instant(text)
            case FieldKind.FLAG:
                return read_flag(text)
            case FieldKind.WHOLE:
                return read_whole(text)
            case FieldKind.EXACT:
                number = read_number(text)
                return None if number is None else number.value
            case FieldKind.MONEY:
                money = read_minor_units(text, self._currency())
                return None if money is None else money[0]
            case FieldKind.CHOICE:
                assert field.vocabulary is not None
                return read_term(text, field.vocabulary)
            case FieldKind.REFERENCE:
                return find_row(self._session, field.entity, text, account_id=self._account())
            case FieldKind.TEXT:
                return text.strip().upper() if field.name == "currency" else text

    def _currency(self) -> str:
        given = self._texts.get("currency", "").strip().upper()
        known = self._row.values.get("currency") if self._row is not None else None
        return given or known or DEFAULT_CURRENCY

    def _account(self) -> str | None:
        """Look among the rows of one account where the texts or the row say which."""
        if "account_id" in self._texts and "account_id" in self._fields:
            return find_row(self._session, "account", self._texts["account_id"])
        if self._row is None:
            return None
        known = self._row.values.get("account_id")
        return None if known is None else str(known)


def read_instant(text: str) -> dt.datetime:
    """Read a date with a time of day; local time unless it has an offset. Raises UserError."""
    written = text.strip().replace("/", "-")
    try:
        instant = dt.datetime.fromisoformat(written)
    except ValueError as error:
        raise UserError(
            _("“{text}” is not a date with a time.").format(text=text[:80]),
            _("Write it as 2026-03-31 14:00, for example."),
        ) from error
    return instant.astimezone(dt.UTC)


_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?$")


def is_time(text: str) -> bool:
    """Tell whether a text is a time of day, such as 9:30."""
    return _TIME.match(text) is not None


def read_moment(text: str) -> dt.datetime:
    """Read a moment of the past: an instant, or a day, which means its last moment.

    Days as everywhere, a time of day behind them; local time unless an ISO instant says
    otherwise. Raises UserError where it is none, or lies ahead.
    """
    moment = _iso_instant(text) or _day_and_time(text)
    if moment > dt.datetime.now(dt.UTC) and moment.astimezone().date() > today():
        raise UserError(
            _("“{text}” has not come yet.").format(text=text[:80]), _("Choose an earlier moment.")
        )
    return moment


def _iso_instant(text: str) -> dt.datetime | None:
    """Read what an export writes: 2026-11-20T14:00:00Z; None for anything else."""
    if "T" not in text.upper():
        return None
    try:
        return dt.datetime.fromisoformat(text.strip()).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _day_and_time(text: str) -> dt.datetime:
    day_text, _space, time_text = text.strip().rpartition(" ")
    found = _TIME.match(time_text)
    try:
        if found is None:
            end = dt.time(23, 59, 59, 999000)
            return dt.datetime.combine(read_day(text), end).astimezone(dt.UTC)
        time = dt.time(int(found[1]), int(found[2]), int(found[3] or 0))
        return dt.datetime.combine(read_day(day_text), time).astimezone(dt.UTC)
    except (UserError, ValueError, OverflowError) as error:
        raise UserError(
            _("“{text}” is no moment.").format(text=text[:80]),
            _("Write it as 2026-03-31 14:00, or 2026-03-31 for the end of that day."),
        ) from error


def read_day(text: str) -> dt.date:
    """Read a day as in every field, or a word such as yesterday.

    Raises UserError for what is no day, ValueError for nothing at all.
    """
    try:
        day = read_date(text, DateReader())
    except UserError:
        day = typed_date(text, today())
    if day is None:
        raise ValueError(text)
    return day


def value_text(field: Field, row: Row) -> str:
    """Write a value of a row for a reader, in the interface's language; nothing for no value."""
    value = row.values[field.name]
    if value is None:
        return ""
    words = current()
    if field.kind is FieldKind.REFERENCE:
        return row.names.get(field.name) or str(value)
    if field.kind is FieldKind.MONEY:
        return money_text(int(value), row.values.get("currency"))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return words.moment(value)
    if isinstance(value, dt.date):
        return words.date(value)
    if isinstance(value, Decimal | int):
        return words.number(value)
    return label_of(value)


def money_text(minor: int, currency: str | None) -> str:
    """Write an amount in minor units; with its code where the currency is not known."""
    return current().money(minor, currency or DEFAULT_CURRENCY)


def percent_text(share: Decimal | None) -> str:
    """Write a share as whole per cent; nothing where there is none."""
    return "" if share is None else f"{current().number(share * 100, places=0)} %"


def row_with_id(session: Session, entity: str, row_id: str) -> Row:
    """Return a row that is known to be there; raises LookupError where it is not."""
    row = row_of(session, entity, row_id)
    if row is None:
        raise LookupError(f"{entity} {row_id}")
    return row
