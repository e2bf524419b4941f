"""What all records share, and the kinds of columns they are made of.

Each column says its label and whether a customer may ever see it (`customer=True`). What is not
explicitly for the customer is internal. Columns are nullable in the database whatever the
program demands, because a copy of the file may know a row before it knows all of its fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import BLOB, TypeEngine

from csdesk.model.identity import new_id
from csdesk.model.vocabulary import Term


class Instant(TypeDecorator[dt.datetime]):
    """A moment in UTC, to the millisecond, as ISO 8601 text that sorts by time."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        """Write an aware datetime; a naive one is a bug and raises ValueError."""
        if value is None:
            return None
        return instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        """Read it back, aware, in UTC."""
        return None if value is None else dt.datetime.fromisoformat(value)


def instant_text(value: dt.datetime) -> str:
    """Write an aware datetime as the database keeps it; raises ValueError on a naive one."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Exact(TypeDecorator[Decimal]):
    """A decimal number kept exactly: an integer where it is one, else its canonical text.

    The column has no type of its own in SQLite, so that nothing turns it into a float.
    """

    impl = BLOB
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        """Write a finite number; NaN and infinity raise ValueError."""
        return None if value is None else exact_storage(Decimal(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Read it back as a Decimal."""
        return None if value is None else exact_number(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        """Hand the value over as it is: the base type would wrap it as bytes."""
        return lambda value: self.process_bind_param(value, dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Take the value as it is, for the same reason."""
        return lambda value: self.process_result_value(value, dialect)


def exact_storage(number: Decimal) -> int | str:
    """Write a finite decimal as SQLite keeps it; equal numbers become the same storage value."""
    if not number.is_finite():
        raise ValueError(f"not a finite number: {number}")
    if number == number.to_integral_value() and abs(number) < 2**63:
        return int(number)
    # normalize() would round to the 28 digits of the arithmetic context.
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact_number(stored: int | float | str) -> Decimal:
    """Read what `exact_storage` wrote."""
    return Decimal(str(stored))


class Choice(TypeDecorator[str]):
    """A term of a vocabulary; a code that a newer version wrote stays plain text."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: type[Term]) -> None:
        self.vocabulary = vocabulary
        super().__init__()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Write the code."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Read the term, or the text where it is unknown."""
        if value is None:
            return None
        try:
            return self.vocabulary(value)
        except ValueError:
            return value


class Base(DeclarativeBase):
    """The registry of all records."""


class Record(Base):
    """One row of an entity: an id, and a time of deletion instead of being removed."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(
        Text, primary_key=True, default=new_id, sort_order=-2, info={"label": "ID"}
    )
    deleted_at: Mapped[dt.datetime | None] = mapped_column(
        Instant, sort_order=-1, info={"label": "Deleted at"}
    )

    key_fields: ClassVar[tuple[str, ...]] = ()
    """Fields that can be read from the id, and so need no journal row of their own."""

    declared: ClassVar[dict[str, type[Record]]] = {}
    """The class of every entity, by the name of its table."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Note each entity as it is declared."""
        super().__init_subclass__(**options)
        Record.declared[cls.__tablename__] = cls


def _column(kind: TypeEngine[Any], label: str, customer: bool, **options: Any) -> Any:
    return mapped_column(
        kind, nullable=True, info={"label": label, "customer": customer}, **options
    )


def text(label: str, *, customer: bool = False, default: str | None = None) -> Any:
    """Declare a text of any length."""
    return _column(Text(), label, customer, default=default)


def day(label: str, *, customer: bool = False) -> Any:
    """Declare a date without a time."""
    return _column(Date(), label, customer)


def instant(label: str, *, customer: bool = False) -> Any:
    """Declare a moment in UTC."""
    return _column(Instant(), label, customer)


def whole(label: str, *, customer: bool = False, default: int | None = None) -> Any:
    """Declare a whole number; money too, in minor units of its currency."""
    return _column(Integer(), label, customer, default=default)


def exact(label: str, *, customer: bool = False) -> Any:
    """Declare an exact decimal number."""
    return _column(Exact(), label, customer)


def flag(label: str, *, customer: bool = False, default: bool | None = None) -> Any:
    """Declare a yes or no."""
    return _column(Boolean(create_constraint=False), label, customer, default=default)


def choice(
    vocabulary: type[Term], label: str, *, customer: bool = False, default: Term | None = None
) -> Any:
    """Declare a term of a vocabulary."""
    return _column(Choice(vocabulary), label, customer, default=default)


def reference(entity: str, label: str, *, customer: bool = False, index: bool = False) -> Any:
    """Declare the id of a row of another entity.

    No foreign key is enforced: copies of a file may learn of a child before its parent.
    """
    return mapped_column(
        Text,
        nullable=True,
        index=index,
        info={"label": label, "customer": customer, "entity": entity},
    )


def entity_table(entity: str) -> Table:
    """Return the table of an entity; raises KeyError for a name that is none."""
    return Base.metadata.tables[entity]


def entity_records() -> Mapping[str, type[Record]]:
    """Return the record class of every entity, by name, in the order they are declared."""
    return MappingProxyType(Record.declared)


def columns_of(entity: str) -> list[Column[Any]]:
    """Return an entity's columns, id and deleted_at first."""
    return list(entity_table(entity).columns)
