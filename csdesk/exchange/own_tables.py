"""Recognises the tables that CSDesk wrote, so that they come back without a question.

There are three: CSV of everything, with the names of fields, codes and ids; the workbook of
everything, with labels in one of our languages, and ids beside the names; and the accounts as
they are shown, with what is computed in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from csdesk.exchange.fields import ENTITIES, Kind
from csdesk.exchange.json_format import entity_order
from csdesk.exchange.table_export import sheet_columns, sheet_titles
from csdesk.i18n import LANGUAGES, Translator
from csdesk.queries.fields import FieldKind, fields_of


class Origin(Enum):
    """Which of our exports a table is from."""

    DATA = auto()
    """CSV for programs: names of fields, codes, money in the smallest unit."""
    SHEET = auto()
    """A sheet of the workbook: labels, terms, money in units of its currency."""
    SHOWN = auto()
    """The accounts as they are shown."""


@dataclass(frozen=True, slots=True)
class OwnTable:
    """What a table of ours is: `entity` is empty where its header leaves that open.

    `id` and `deleted` are the headers of the row's own id and of when it was deleted, empty where
    there are none. `columns` gives the fields that headers name beyond doubt, `ids` those whose id
    stands in a column of its own, beside the name.
    """

    origin: Origin
    entity: str = ""
    id: str = ""
    deleted: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind | None:
        """What can be imported from it; None for rows of another kind."""
        return next((kind for kind in _KINDS if ENTITIES[kind] == self.entity), None)


_KINDS = tuple(kind for kind in Kind if kind is not Kind.PLANS)
"""Kinds whose tables are tables of one entity; a table of plans holds items of several."""

_TELLING = ("Days until renewal", "Plan progress", "Next action due", "Days the next touch is late")
"""Titles of computed columns that nobody's tables of accounts have but ours."""

_ENOUGH = 0.75
"""Which share of a sheet's titles must be there; some may have been taken out."""


@lru_cache(maxsize=64)
def own_table(header: tuple[str, ...]) -> OwnTable | None:
    """Tell whether CSDesk wrote a table with this header; None for anybody else's."""
    if {"id", "deleted_at"} <= set(header):
        entity = _entity_of_data(frozenset(header))
        return OwnTable(Origin.DATA, entity, "id", "deleted_at", {one: one for one in header})
    for language in LANGUAGES:
        translator = Translator(language)
        if sheet := _sheet(header, translator):
            return sheet
        if set(map(translator, _TELLING)) & set(header):
            return OwnTable(Origin.SHOWN, "account")
    return None


def _entity_of_data(header: frozenset[str]) -> str:
    """Find the entity whose fields the header names best; empty where none is nearer."""
    shares = {
        entity: len(header & names) / len(header | names)
        for entity in entity_order()
        if (names := {one.name for one in fields_of(entity)})
    }
    best = max(shares.values())
    found = [entity for entity, share in shares.items() if share == best]
    return found[0] if len(found) == 1 and best > 0.5 else ""


def _sheet(header: tuple[str, ...], translator: Translator) -> OwnTable | None:
    shares: dict[str, float] = {}
    there = set(header)
    id_title, deleted_title, *_rest = sheet_titles("account", translator)
    if not {id_title, deleted_title} <= there:
        return None
    for entity in entity_order():
        titles = set(sheet_titles(entity, translator))
        if len(titles & there) >= _ENOUGH * len(titles):
            shares[entity] = len(titles & there) / len(titles | there)
    if not shares:
        return None
    entity = max(shares, key=lambda one: shares[one])
    columns: dict[str, str] = {}
    ids: dict[str, str] = {}
    titles_of = zip(sheet_columns(entity), sheet_titles(entity, translator), strict=True)
    for (one, named), title in titles_of:
        is_id = one.kind is FieldKind.REFERENCE and not named
        (ids if is_id else columns)[title] = one.name
    return OwnTable(Origin.SHEET, entity, id_title, deleted_title, columns, ids)
