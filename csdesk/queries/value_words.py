"""Values of fields and names of rows as one reads them, in the reader's language and format.

The journal holds what a column holds; history, review and arrivals all show it through this.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk import i18n
from csdesk.i18n import Translator
from csdesk.model.base import entity_records, entity_table, exact_number
from csdesk.model.identity import kpi_value_parts
from csdesk.model.vocabulary import label_of
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import Field, FieldKind, field_of, naming_field
from csdesk.queries.rows import account_of, titles_of

LONGEST = 80
"""How many characters of a text stand in a line."""


class ValueWords:
    """Puts stored values into words; names of rows are looked up once."""

    def __init__(self, session: Session, translator: Translator | None = None) -> None:
        self.translator = translator or i18n.current()
        self._session = session
        self._entities = frozenset(entity_records())
        self._titles: dict[tuple[str, str], str] = {}
        self._accounts: dict[tuple[str, str], tuple[str, str]] = {}
        self._owners: dict[tuple[str, str], tuple[str, str]] = {}

    def suppose_title(self, entity: str, row: str, title: str) -> None:
        """Call a row by a name that it does not have here, or not yet."""
        self._titles[entity, row] = title

    def suppose_owners(self, owners: Mapping[tuple[str, str], tuple[str, str]]) -> None:
        """Take these rows (entity, id) as what rows belong to that are not here yet."""
        self._owners.update(owners)

    def look_up(self, rows: Iterable[tuple[str, str]]) -> None:
        """Learn what all these rows (entity, id) are called, which takes less than one by one."""
        wanted: dict[str, set[str]] = {}
        for entity, row in rows:
            if entity == "kpi_value":
                with contextlib.suppress(ValueError):  # not an id of ours: it has no name
                    wanted.setdefault("kpi", set()).add(kpi_value_parts(row)[1])
            elif entity in self._entities and (entity, row) not in self._titles:
                wanted.setdefault(entity, set()).add(row)
        for entity, ids in wanted.items():
            own = naming_field(entity)
            found = (
                self._said_titles(entity, ids) if own is None else self._values(entity, ids, own)
            )
            for row in ids:
                self._titles.setdefault((entity, row), found.get(row, ""))

    def referred(self, entity: str, field: str) -> str:
        """Return the entity a field refers to; empty for a field that refers to none."""
        try:
            return field_of(entity, field).entity
        except KeyError:  # a newer version's field
            return ""

    def label(self, entity: str, field: str) -> str:
        """Name a field; one that a newer version brought keeps its code."""
        try:
            return field_of(entity, field).label(self.translator)
        except KeyError:
            return field

    def value(self, entity: str, row: str, field: str, stored: Any, *, whole: bool = False) -> str:
        """Write what a field of a row holds, empty for no value; `whole` keeps a text as it is."""
        if stored is None:
            return ""
        try:
            known = field_of(entity, field)
        except KeyError:  # a newer version's field
            return str(stored)
        return self._words(known, stored, (entity, row), whole)

    def title(self, entity: str, row: str) -> str:
        """Name a row, living or not; empty where it has no name and is about nothing."""
        if entity not in self._entities:
            return ""
        if (entity, row) not in self._titles:
            own = naming_field(entity)
            title = self._own_title(entity, row) if own is None else self._value(entity, row, own)
            self._titles[entity, row] = title
        return self._titles[entity, row]

    def item(self, entity: str, row: str) -> str:
        """Name a row with what it is: Milestone “Dashboard goes live”."""
        kind, title = entity_label(entity, self.translator), self.title(entity, row)
        if not title:
            return kind
        t = self.translator
        return t("{kind} “{title}”").format(kind=kind, title=short(title))

    def account(self, entity: str, row: str) -> tuple[str, str]:
        """Return id and name of the account a row belongs to; both empty where to none."""
        if (entity, row) not in self._accounts:
            known = entity in self._entities
            owner = self._owners.get((entity, row))
            if (entity, row) in self._titles and entity == "account":
                found = row
            elif entity == "kpi_value":
                found = row.partition(":")[0]
            elif owner is not None:
                found = owner[1] if owner[0] == "account" else self.account(*owner)[0]
            else:
                found = (account_of(self._session, entity, row) if known else None) or ""
            name = self.title("account", found) if found else ""
            self._accounts[entity, row] = (found, name)
        return self._accounts[entity, row]

    def _words(self, field: Field, value: Any, of: tuple[str, str], whole: bool) -> str:
        t = self.translator
        if field.kind is FieldKind.REFERENCE:
            return self.title(field.entity, str(value))
        if field.kind is FieldKind.DATE:
            return t.date(dt.date.fromisoformat(value))
        if field.kind is FieldKind.INSTANT:
            return t.moment(dt.datetime.fromisoformat(value))
        if field.kind is FieldKind.FLAG:
            return t("yes") if value else t("no")
        if field.kind is FieldKind.MONEY:
            return t.money(int(value), self._currency(*of))
        if field.kind in (FieldKind.EXACT, FieldKind.WHOLE):
            return t.number(exact_number(value))
        if field.kind is FieldKind.CHOICE and field.vocabulary is not None:
            known = next((term for term in field.vocabulary if term == value), str(value))
            return label_of(known, t)
        return str(value) if whole else short(str(value))

    def _own_title(self, entity: str, row: str) -> str:
        if entity == "kpi_value":
            return self._kpi_and_month(row)
        return self._said_titles(entity, {row}).get(row, "")

    def _said_titles(self, entity: str, rows: Collection[str]) -> dict[str, str]:
        """Return by id what rows without a name of their own are called."""
        titles = titles_of(self._session, entity, rows)
        if entity == "workspace_setting":
            return titles
        return {row: "" if title == row else title for row, title in titles.items()}

    def _kpi_and_month(self, row: str) -> str:
        try:
            _account, kpi, period = kpi_value_parts(row)
        except ValueError:
            return ""
        said = (self.title("kpi", kpi), self.translator.month(period))
        return " · ".join(part for part in said if part)

    def _currency(self, entity: str, row: str) -> str:
        if "currency" not in entity_table(entity).columns:
            return "JPY"
        return self._value(entity, row, "currency") or "JPY"

    def _value(self, entity: str, row: str, field: str) -> str:
        return self._values(entity, {row}, field).get(row, "")

    def _values(self, entity: str, rows: Collection[str], field: str) -> dict[str, str]:
        """Return a field of rows by their id, empty for no value."""
        wanted, values = sorted(rows), dict[str, str]()
        table = entity_table(entity)
        for start in range(0, len(wanted), 500):
            some = table.c.id.in_(wanted[start : start + 500])
            found = self._session.execute(select(table.c.id, table.c[field]).where(some))
            values.update((row, str(value or "")) for row, value in found)
        return values


def short(text: str) -> str:
    """Write a text as one line of at most LONGEST characters."""
    said = " ".join(text.split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
