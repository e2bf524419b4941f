"""Finds the rows a table means, by external id or else by exact name, and makes missing ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.ordering import place_last
from csdesk.errors import UserError
from csdesk.exchange.changes import Changes
from csdesk.exchange.import_report import Results
from csdesk.exchange.mapping import NewKpi, TableMapping
from csdesk.exchange.tables import shorten
from csdesk.i18n import _
from csdesk.model.base import entity_table

CREATE_WORDS = {
    "account": "accounts",
    "contact": "contacts",
    "kpi": "kpis",
    "member": "members",
    "segment": "segments",
}
_WITH_EMAIL = frozenset({"contact", "member"})
_SHOWN_MATCHES = 3


def name_key(name: str) -> str:
    """Reduce a name to what "the same name" means: composed Unicode, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


@dataclass(frozen=True, slots=True)
class Entry:
    """By what one row can be found."""

    name: str
    external_id: str
    scope: str
    email: str


class Directory:
    """The living rows of one entity, those about to be added among them.

    Names are looked up within a scope: contacts within their account, others in all the file.
    """

    def __init__(self, entity: str) -> None:
        self.entity = entity
        self._names: dict[tuple[str, str], list[str]] = {}
        self._externals: dict[str, list[str]] = {}
        self._emails: dict[tuple[str, str], list[str]] = {}
        self._rows: dict[str, Entry] = {}

    def load(self, session: Session) -> None:
        """Read the living rows."""
        table = entity_table(self.entity)
        columns = [table.c.id, table.c.name]
        columns += [
            table.c[name] for name in ("external_id", "email", "account_id") if name in table.c
        ]
        living = select(*columns).where(table.c.deleted_at.is_(None))
        for found in session.execute(living).mappings():
            # A plain dict: SQLAlchemy's own would take account_id for the id of account.
            row = dict(found)
            self.add(
                row["id"],
                row["name"] or "",
                row.get("external_id") or "",
                scope=row.get("account_id") or "",
                email=row.get("email") or "",
            )

    def add(
        self, row_id: str, name: str, external_id: str = "", *, scope: str = "", email: str = ""
    ) -> None:
        """Let a row be found from now on."""
        entry = Entry(name, external_id, scope, email)
        self._rows[row_id] = entry
        for index, key in self._keys(entry):
            index.setdefault(key, []).append(row_id)

    def remove(self, row_id: str) -> None:
        """Let a row be found no longer."""
        for index, key in self._keys(self._rows.pop(row_id)):
            index[key].remove(row_id)

    def change(self, row_id: str, **fields: str) -> None:
        """Let a row be found by what its name, external id, scope or e-mail is from now on."""
        entry = replace(self._rows[row_id], **fields)
        self.remove(row_id)
        self.add(row_id, entry.name, entry.external_id, scope=entry.scope, email=entry.email)

    def _keys(self, entry: Entry) -> Iterator[tuple[dict[Any, list[str]], Any]]:
        """Tell in which indexes a row stands, and where."""
        yield self._names, (entry.scope, name_key(entry.name))
        if entry.external_id:
            yield self._externals, entry.external_id
        if entry.email:
            yield self._emails, (entry.scope, entry.email.casefold())

    def identify(self, name: str, external_id: str, scope: str = "", email: str = "") -> str | None:
        """Return the row that a table's row is about; None if it is a new one.

        An external id decides; only where no row has it, the name does, among rows that have
        no external id of their own, and the e-mail among people of one name. Raises UserError
        where several rows fit.
        """
        if external_id:
            if external_id in self._rows:
                return external_id
            found = self._externals.get(external_id, [])
            if found:
                return self._one(found, external_id)
        named = self._names.get((scope, name_key(name)), [])
        if external_id:
            named = [row_id for row_id in named if not self._rows[row_id].external_id]
        if len(named) > 1 and email:
            mailed = self._emails.get((scope, email.casefold()), [])
            named = [row_id for row_id in named if row_id in mailed] or named
        return self._one(named, name) if named else None

    def refer(self, text: str, scope: str = "") -> str | None:
        """Return the row that a cell names, by name, else by external id or e-mail.

        Raises UserError where several rows fit.
        """
        named = self._names.get((scope, name_key(text)), [])
        if named:
            return self._one(named, text)
        return self.by_external_id(text, scope)

    def is_called(self, row_id: str, text: str, scope: str = "") -> bool:
        """Tell whether a row has this name."""
        return row_id in self._names.get((scope, name_key(text)), [])

    def by_external_id(self, text: str, scope: str = "") -> str | None:
        """Return the row with this external id, e-mail or id. Raises UserError for several."""
        found = self._externals.get(text) or self._emails.get((scope, text.casefold()))
        if found:
            return self._one(found, text)
        return text if text in self._rows else None

    def _one(self, ids: list[str], text: str) -> str:
        unique = list(dict.fromkeys(ids))
        if len(unique) == 1:
            return unique[0]
        shown = ", ".join(
            self._rows[row_id].external_id or f"ID {row_id}" for row_id in unique[:_SHOWN_MATCHES]
        )
        raise UserError(
            _("“{name}” means several rows: {rows}.").format(name=shorten(text), rows=shown),
            _("Give the external ID instead of the name, or rename one of them."),
        )


@dataclass(frozen=True, slots=True)
class Creation:
    """A row that a table named and that was not there."""

    entity: str
    row_id: str
    name: str


class Lookups:
    """All directories of one import, and what its tables may create on the way.

    `creations` lists what was created, the newest last; a row that is refused takes back what
    it had created.
    """

    def __init__(self, session: Session, changes: Changes) -> None:
        self._session = session
        self._changes = changes
        self._directories: dict[str, Directory] = {}
        self.creations: list[Creation] = []
        self.meant: dict[str, str] = {}
        self._last_kpi_position = ""

    def directory(self, entity: str) -> Directory:
        """Return the directory of an entity, read when it is first asked for."""
        if entity not in self._directories:
            directory = Directory(entity)
            directory.load(self._session)
            self._directories[entity] = directory
        return self._directories[entity]

    def find(self, entity: str, text: str, mapping: TableMapping, scope: str = "") -> str | None:
        """Return the row a cell names; None where it is missing and may be created.

        Raises UserError where it is missing and may not, or where several fit.
        """
        row_id = self.directory(entity).refer(text, scope)
        if row_id is None and CREATE_WORDS[entity] not in mapping.create:
            raise missing(entity, text)
        return row_id

    def create(
        self,
        entity: str,
        name: str,
        mapping: TableMapping,
        results: Results,
        scope: str = "",
        **values: Any,
    ) -> str:
        """Make the row that a cell names, and note it in the results."""
        fields: dict[str, Any] = {"name": name, **values}
        if entity == "kpi":
            fields |= self._kpi_fields(mapping.kpis.get(name), fields)
        if entity == "contact":
            fields["account_id"] = scope
        if entity in _WITH_EMAIL and "@" in name and " " not in name:
            fields["email"] = name
        row_id = self._changes.add(entity, fields)
        email = str(fields.get("email") or "")
        external_id = str(values.get("external_id") or "")
        self.directory(entity).add(row_id, name, external_id, scope=scope, email=email)
        self.creations.append(Creation(entity, row_id, name))
        results.note_created(entity, name)
        return row_id

    def take_back(self, creations: Iterable[Creation], results: Results) -> None:
        """Undo creations that nothing refers to after all."""
        for one in list(creations):
            self.creations.remove(one)
            self._changes.forget(one.entity, one.row_id)
            self.directory(one.entity).remove(one.row_id)
            results.forget_created(one.entity, one.name)

    def _kpi_fields(self, new: NewKpi | None, given: dict[str, Any]) -> dict[str, Any]:
        """Say what a new KPI is like: as the mapping says, last in the catalogue."""
        if not self._last_kpi_position:
            table = entity_table("kpi")
            known = select(table.c.position).where(table.c.deleted_at.is_(None))
            self._last_kpi_position = place_last(self._session.scalars(known))
        else:
            self._last_kpi_position = place_last([self._last_kpi_position])
        fields: dict[str, Any] = {"position": self._last_kpi_position}
        if new is not None:
            described = {
                "unit": new.unit or None,
                "kind": new.kind,
                "direction": new.direction,
                "frequency": new.frequency,
                "category": new.category,
            }
            fields |= {key: value for key, value in described.items() if value is not None}
        return {key: value for key, value in fields.items() if key not in given}


def missing(entity: str, text: str) -> UserError:
    """Say that a table names something that is not there."""
    sentence = {
        "account": _("There is no account called “{name}”."),
        "contact": _("There is no contact called “{name}” at this account."),
        "kpi": _("There is no KPI called “{name}”."),
        "member": _("There is no team member called “{name}”."),
        "segment": _("There is no segment called “{name}”."),
    }[entity]
    return UserError(
        sentence.format(name=shorten(text)),
        _('Add it first, or allow it in the mapping file: create = ["{word}"].').format(
            word=CREATE_WORDS[entity]
        ),
    )


def existing_rows(
    session: Session, changes: Changes, entity: str, columns: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Read the living rows of an entity by id, with what this import is about to write."""
    table = entity_table(entity)
    wanted = [table.c.id, *(table.c[name] for name in columns if name != "id")]
    rows = {
        row["id"]: dict(row)
        for row in session.execute(select(*wanted).where(table.c.deleted_at.is_(None))).mappings()
    }
    for row_id, values in changes.changed.get(entity, {}).items():
        if row_id in rows:
            rows[row_id].update(values)
    rows.update({key: dict(values) for key, values in changes.added.get(entity, {}).items()})
    return rows
