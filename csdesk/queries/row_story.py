"""The history of a row as one reads it: who changed what, from what to what, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from csdesk import i18n
from csdesk.i18n import Translator
from csdesk.model.base import entity_records, entity_table, exact_number
from csdesk.model.ownership import account_sql
from csdesk.model.vocabulary import label_of
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import Field, FieldKind, field_of, naming_field
from csdesk.queries.rows import titles_of
from csdesk.store.history import FieldChange, HistoryEntry, row_history
from csdesk.store.journal import DELETED, birth_field

_PLACES = frozenset({"position", "plan_id", "goal_id", "milestone_id"})
"""Fields that say where a row stands: a change of them is a move."""

_FOLLOWING = frozenset({"done_on", "achieved_on", "original_due_on"})
"""Fields that follow from others by themselves."""

_LONGEST = 80


class Happening(StrEnum):
    """What happened to a row in one step."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    DELETED = "deleted"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class FieldStory:
    """One field before and after, in words; empty for no value."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowStory:
    """What one step did to one row; `name` calls the row, `kind` its entity in words."""

    at: dt.datetime
    author: str
    step: str
    entity: str
    row_id: str
    kind: str
    name: str
    happening: Happening
    fields: tuple[FieldStory, ...]


def row_stories(
    session: Session,
    rows: list[tuple[str, str]],
    *,
    limit: int = 50,
    translator: Translator | None = None,
) -> list[RowStory]:
    """Return what happened to `rows` (entity, id), newest first, at most `limit` steps.

    A step that touched several of the rows gives one story for each. Written in the interface's
    language, or in `translator`'s.
    """
    teller = _Teller(session, translator or i18n.current())
    return [
        story
        for entry in row_history(session, rows, limit=limit)
        for story in teller.stories(entry)
    ]


def account_stories(
    session: Session,
    account_id: str,
    *,
    limit: int = 100,
    translator: Translator | None = None,
) -> list[RowStory]:
    """Return what happened to an account and all that belongs to it, newest first.

    At most `limit` steps; a step that touched several rows gives one story for each.
    """
    rows: list[tuple[str, str]] = []
    for entity in entity_records():
        owners = account_sql(entity)
        if owners is not None:
            found = session.execute(
                text(f"SELECT id FROM ({owners}) WHERE account_id = :account"),
                {"account": account_id},
            )
            rows += [(entity, row_id) for (row_id,) in found]
    return row_stories(session, rows, limit=limit, translator=translator)


class _Teller:
    """Puts journal values into words; names of rows are looked up once."""

    def __init__(self, session: Session, translator: Translator) -> None:
        self._session = session
        self._t = translator
        self._titles: dict[tuple[str, str], str] = {}

    def stories(self, entry: HistoryEntry) -> list[RowStory]:
        by_row: dict[tuple[str, str], list[FieldChange]] = {}
        for change in entry.changes:
            by_row.setdefault((change.entity, change.row), []).append(change)
        found = (self._story(entry, *key, changes) for key, changes in by_row.items())
        return [story for story in found if story is not None]

    def _story(
        self, entry: HistoryEntry, entity: str, row_id: str, changes: list[FieldChange]
    ) -> RowStory | None:
        happening = _happening(entity, changes)
        told: tuple[FieldStory, ...] = ()
        if happening is Happening.CHANGED:
            told = tuple(
                self._field(change)
                for change in changes
                if change.field not in _PLACES | _FOLLOWING | {DELETED}
            )
            if not told:
                return None
        return RowStory(
            at=entry.at,
            author=entry.author,
            step=entry.label,
            entity=entity,
            row_id=row_id,
            kind=entity_label(entity, self._t),
            name=self._title(entity, row_id),
            happening=happening,
            fields=told,
        )

    def _field(self, change: FieldChange) -> FieldStory:
        try:
            field = field_of(change.entity, change.field)
        except KeyError:  # a newer version's field
            return FieldStory(change.field, str(change.before or ""), str(change.after or ""))
        return FieldStory(
            field.label(self._t),
            self._words(field, change.before, change),
            self._words(field, change.after, change),
        )

    def _words(self, field: Field, value: Any, change: FieldChange) -> str:
        if value is None:
            return ""
        if field.kind is FieldKind.REFERENCE:
            return self._title(field.entity, str(value))
        if field.kind is FieldKind.DATE:
            return self._t.date(dt.date.fromisoformat(value))
        if field.kind is FieldKind.INSTANT:
            return self._t.moment(dt.datetime.fromisoformat(value))
        if field.kind is FieldKind.FLAG:
            return self._t("yes") if value else self._t("no")
        if field.kind is FieldKind.MONEY:
            return self._t.money(int(value), self._currency(change.entity, change.row))
        if field.kind in (FieldKind.EXACT, FieldKind.WHOLE):
            return self._t.number(exact_number(value))
        if field.kind is FieldKind.CHOICE and field.vocabulary is not None:
            known = next((term for term in field.vocabulary if term == value), str(value))
            return label_of(known, self._t)
        said = " ".join(str(value).split())
        return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"

    def _title(self, entity: str, row_id: str) -> str:
        if (entity, row_id) not in self._titles:
            own = naming_field(entity)
            if own is None:
                title = titles_of(self._session, entity, [row_id]).get(row_id, "")
            else:
                title = self._value(entity, row_id, own)
            self._titles[entity, row_id] = title
        return self._titles[entity, row_id]

    def _currency(self, entity: str, row_id: str) -> str:
        if "currency" not in entity_table(entity).columns:
            return "JPY"
        return self._value(entity, row_id, "currency") or "JPY"

    def _value(self, entity: str, row_id: str, field: str) -> str:
        table = entity_table(entity)
        return str(self._session.scalar(select(table.c[field]).where(table.c.id == row_id)) or "")


def _happening(entity: str, changes: list[FieldChange]) -> Happening:
    birth = birth_field(entity)
    for change in changes:
        if change.field == DELETED and change.before != change.after:
            return Happening.DELETED if change.after is not None else Happening.RESTORED
    # A row is born with this field, which no verb ever sets from nothing afterwards.
    if any(change.field == birth and change.before is None for change in changes):
        return Happening.ADDED
    if all(change.field in _PLACES for change in changes):
        return Happening.MOVED
    return Happening.CHANGED
