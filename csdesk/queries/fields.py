"""What a field of an entity holds, read from the columns of the model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer

from csdesk import i18n
from csdesk.i18n import P_, Translator
from csdesk.model.base import Choice, Exact, Instant, columns_of
from csdesk.model.ownership import parent_field
from csdesk.model.vocabulary import Term

NAMING_FIELDS = ("name", "title", "subject", "tag")
"""Fields that name a row; an entity has one of them at most."""

_MONEY = frozenset({"mrr", "amount", "lost_mrr"})
_MAY_LACK = frozenset(
    {
        "opportunity.title",
        "enquiry.subject",
        "touchpoint_attendee.contact_id",
        "touchpoint_attendee.member_id",
    }
)
_OF_EVERY_ROW = {"id": P_("field", "ID"), "deleted_at": P_("field", "Deleted at")}
_NOT_TYPED_IN = frozenset(_OF_EVERY_ROW)


class FieldKind(StrEnum):
    """What kind of value a field holds."""

    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    FLAG = "flag"
    WHOLE = "whole"
    MONEY = "money"
    EXACT = "exact"
    CHOICE = "choice"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entity: `entity` is what a reference refers to, `vocabulary` its terms.

    Money is in minor units of the row's `currency`.
    """

    name: str
    english: str
    kind: FieldKind
    is_customer: bool = False
    is_required: bool = False
    entity: str = ""
    vocabulary: type[Term] | None = None

    def label(self, translator: Translator | None = None) -> str:
        """Name the field in the interface's language, or in `translator`'s."""
        return (translator or i18n.current()).context("field", self.english)

    @property
    def is_editable(self) -> bool:
        """Whether a person may say what is in it."""
        return self.name not in _NOT_TYPED_IN


@cache
def fields_of(entity: str) -> tuple[Field, ...]:
    """List an entity's fields, id and deleted_at first; raises KeyError for no entity."""
    return tuple(_field(entity, column) for column in columns_of(entity))


@cache
def field_of(entity: str, name: str) -> Field:
    """Return one field of an entity; raises KeyError where it has none of this name."""
    for field in fields_of(entity):
        if field.name == name:
            return field
    raise KeyError(f"{entity}.{name}")


@cache
def naming_field(entity: str) -> str | None:
    """Name the field that names a row of an entity, such as "name" or "title"."""
    names = {column.name for column in columns_of(entity)}
    return next((name for name in NAMING_FIELDS if name in names), None)


@cache
def key_fields(entity: str) -> tuple[str, ...]:
    """Name the fields that make the id of a row of an entity; empty where the id is random."""
    return {
        "kpi_value": ("account_id", "kpi_id", "period"),
        "account_tag": ("account_id", "tag"),
        "milestone_dependency": ("milestone_id", "after_id"),
        "touchpoint_attendee": ("touchpoint_id", "contact_id", "member_id"),
    }.get(entity, ())


def _field(entity: str, column: Column[Any]) -> Field:
    info = column.info
    needed = {naming_field(entity), parent_field(entity), *key_fields(entity)}
    return Field(
        name=column.name,
        english=info["label"],
        kind=_kind(column),
        is_customer=bool(info.get("customer")),
        is_required=f"{entity}.{column.name}" not in _MAY_LACK and column.name in needed,
        entity=info.get("entity", ""),
        vocabulary=column.type.vocabulary if isinstance(column.type, Choice) else None,
    )


def _kind(column: Column[Any]) -> FieldKind:
    if "entity" in column.info:
        return FieldKind.REFERENCE
    if column.name in _MONEY:
        return FieldKind.MONEY
    for type_, kind in (
        (Choice, FieldKind.CHOICE),
        (Exact, FieldKind.EXACT),
        (Instant, FieldKind.INSTANT),
        (Date, FieldKind.DATE),
        (Boolean, FieldKind.FLAG),
        (Integer, FieldKind.WHOLE),
    ):
        if isinstance(column.type, type_):
            return kind
    return FieldKind.TEXT
