"""What can be imported: the kinds of table, their fields, and the headers that name them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources

from sqlalchemy import Boolean, Column, Date, Integer, Table, Text

from csdesk.exchange.tables import header_key
from csdesk.i18n import LANGUAGES, P_, Translator, current
from csdesk.model import records
from csdesk.model.base import Choice, Exact, entity_table
from csdesk.model.vocabulary import Term


class Kind(StrEnum):
    """What one table holds, as the command line and mapping files name it."""

    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    MEMBERS = "members"
    CONTRACTS = "contracts"
    KPI_VALUES = "kpi-values"
    SURVEYS = "surveys"
    PLANS = "plans"


class Form(StrEnum):
    """How the cells of a field are read."""

    NAME = "name"
    TEXT = "text"
    DATE = "date"
    PERIOD = "period"
    WHOLE = "whole"
    EXACT = "exact"
    MONEY = "money"
    CURRENCY = "currency"
    FLAG = "flag"
    TERM = "term"
    REFERENCE = "reference"
    TAGS = "tags"
    ITEM_TYPE = "item_type"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may hold.

    `column` is the database column it fills, empty for what only identifies or groups rows.
    """

    name: str
    form: Form
    label: str
    column: str = ""
    vocabulary: type[Term] | None = None
    entity: str = ""


@dataclass(frozen=True, slots=True)
class KindFields:
    """The fields of a kind: `required` ones must be in every table, a constant will do.

    `keys` maps the key of every recognised header to the field it names.
    """

    kind: Kind
    entity: str
    fields: dict[str, Field]
    required: tuple[str, ...]
    keys: dict[str, str] = field(repr=False)


ENTITIES = {
    Kind.ACCOUNTS: "account",
    Kind.CONTACTS: "contact",
    Kind.MEMBERS: "member",
    Kind.CONTRACTS: "contract",
    Kind.KPI_VALUES: "kpi_value",
    Kind.SURVEYS: "survey_response",
    Kind.PLANS: "plan",
}
_REQUIRED: dict[Kind, tuple[str, ...]] = {
    Kind.ACCOUNTS: ("name",),
    Kind.CONTACTS: ("account", "name"),
    Kind.MEMBERS: ("name",),
    Kind.CONTRACTS: ("account",),
    Kind.KPI_VALUES: ("account",),
    Kind.SURVEYS: ("account", "kind", "score"),
    Kind.PLANS: ("account",),
}
_SINGLE_LINE = frozenset({
    "name", "name_kana", "name_en", "external_id", "website", "industry", "region", "title",
    "department", "email", "phone", "role", "product", "plan_name",
})  # fmt: skip
LEFT_OUT = frozenset({"id", "deleted_at", "position", "logo", "template_id"})
"""Columns of our own that no table brings back."""

# Plan tables describe rows of several entities, so their fields are listed by hand: the field,
# its form, its label, and the entity whose column of that name gives the vocabulary.
_PLAN_FIELDS: tuple[tuple[str, Form, str, str], ...] = (
    ("plan", Form.NAME, P_("field", "Plan title"), ""),
    ("item_type", Form.ITEM_TYPE, P_("field", "Item type"), ""),
    ("title", Form.NAME, P_("field", "Title"), ""),
    ("goal", Form.NAME, P_("field", "Goal"), ""),
    ("milestone", Form.NAME, P_("field", "Milestone"), ""),
    ("action", Form.NAME, P_("field", "Action item"), ""),
    ("why", Form.TEXT, P_("field", "Why"), ""),
    ("done_definition", Form.TEXT, P_("field", "Definition of done"), ""),
    ("background", Form.TEXT, P_("field", "Background"), ""),
    ("to_be", Form.TEXT, P_("field", "To-be"), ""),
    ("success_statement", Form.TEXT, P_("field", "Definition of success"), ""),
    ("plan_type", Form.TERM, P_("field", "Plan type"), "plan.type"),
    ("start_on", Form.DATE, P_("field", "Start"), ""),
    ("due_on", Form.DATE, P_("field", "Due"), ""),
    ("done_on", Form.DATE, P_("field", "Done on"), ""),
    ("status", Form.TEXT, P_("field", "Status"), ""),
    ("progress_rag", Form.TERM, P_("field", "Standing"), "goal.progress_rag"),
    ("side", Form.TERM, P_("field", "Side"), "action.side"),
    ("owner", Form.REFERENCE, P_("field", "Owner"), "member"),
    ("customer_owner", Form.REFERENCE, P_("field", "Customer owner"), "contact"),
    ("priority", Form.TERM, P_("field", "Priority"), "action.priority"),
    ("weight", Form.WHOLE, P_("field", "Weight"), ""),
    ("visibility", Form.TERM, P_("field", "Visibility"), "goal.visibility"),
    ("internal_note", Form.TEXT, P_("field", "Internal note"), ""),
    ("kpi", Form.REFERENCE, P_("field", "KPI"), "kpi"),
    ("baseline", Form.EXACT, P_("field", "Baseline"), ""),
    ("target", Form.EXACT, P_("field", "Target"), ""),
    ("target_on", Form.DATE, P_("field", "Target date"), ""),
)


@cache
def kind_fields(kind: Kind) -> KindFields:
    """Describe what a table of this kind may hold, headers in both languages included.

    A header that would name two fields names neither.
    """
    entity = ENTITIES[kind]
    fields = {one.name: one for one in _fields(kind, entity)}
    owners: dict[str, set[str]] = {}
    for one in fields.values():
        for title in (one.name, *_labels(one.label), *_other_names()[entity].get(one.name, ())):
            owners.setdefault(header_key(title), set()).add(one.name)
    for name in fields:
        # The field's own name always counts for itself, so that exported headers come back.
        owners[header_key(name)] = {name}
    keys = {key: next(iter(names)) for key, names in owners.items() if len(names) == 1}
    return KindFields(kind, entity, fields, _REQUIRED[kind], keys)


def field_label(one: Field) -> str:
    """Name a field in the interface's language."""
    return current().context("field", one.label)


@cache
def _other_names() -> dict[str, dict[str, list[str]]]:
    """Load what people call the columns, for each entity and field."""
    text = (resources.files("resources") / "headers.toml").read_text("utf-8")
    return tomllib.loads(text)


def _labels(label: str) -> list[str]:
    return [Translator(language).context("field", label) for language in LANGUAGES]


def _fields(kind: Kind, entity: str) -> list[Field]:
    fields: list[Field] = []
    if kind is Kind.PLANS:
        fields = [_plan_field(*row) for row in _PLAN_FIELDS]
    else:
        fields = [
            _column_field(kind, column)
            for column in _table(entity).columns
            if column.name not in LEFT_OUT and column.name != "account_id"
        ]
    if kind is Kind.ACCOUNTS:
        fields.append(Field("tags", Form.TAGS, P_("field", "Tags")))
    elif kind is not Kind.MEMBERS:
        fields.append(Field("account", Form.REFERENCE, P_("field", "Account"), entity="account"))
        fields.append(
            Field("account_external_id", Form.NAME, P_("field", "External ID of the account"))
        )
    return fields


def _table(entity: str) -> Table:
    assert records.__all__, "the tables exist once the records are imported"
    return entity_table(entity)


def _plan_field(name: str, form: Form, label: str, source: str) -> Field:
    entity, dot, column = source.partition(".")
    if dot:
        kind = _table(entity).columns[column].type
        assert isinstance(kind, Choice)
        return Field(name, form, label, name, kind.vocabulary)
    return Field(name, form, label, name, None, entity)


def _column_field(kind: Kind, column: Column[object]) -> Field:
    name = column.name.removesuffix("_id") if "entity" in column.info else column.name
    label = str(column.info["label"])
    if "entity" in column.info:
        return Field(name, Form.REFERENCE, label, column.name, None, column.info["entity"])
    if isinstance(column.type, Choice):
        return Field(name, Form.TERM, label, column.name, column.type.vocabulary)
    return Field(name, _form(kind, column), label, column.name)


def _form(kind: Kind, column: Column[object]) -> Form:
    if column.name in ("mrr", "currency"):
        return Form.MONEY if column.name == "mrr" else Form.CURRENCY
    if kind is Kind.KPI_VALUES and column.name == "period":
        return Form.PERIOD
    if isinstance(column.type, Text):
        return Form.NAME if column.name in _SINGLE_LINE else Form.TEXT
    forms = ((Date, Form.DATE), (Boolean, Form.FLAG), (Integer, Form.WHOLE), (Exact, Form.EXACT))
    return next(form for kind_of, form in forms if isinstance(column.type, kind_of))
