"""The history of a row as one reads it: who changed what, from what to what, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk import i18n
from csdesk.i18n import Translator
from csdesk.model.base import entity_records
from csdesk.model.ownership import account_sql
from csdesk.queries.entity_words import entity_label
from csdesk.queries.value_words import ValueWords
from csdesk.store.history import FieldChange, HistoryEntry, row_history
from csdesk.store.journal import DELETED, StepKey, birth_field

PLACES = frozenset({"position", "plan_id", "goal_id", "milestone_id"})
"""Fields that say where a row stands: a change of them is a move."""

FOLLOWING = frozenset({"done_on", "achieved_on", "original_due_on"})
"""Fields that follow from others by themselves."""


NOTES = frozenset({"schedule_shift"})
"""Entities whose rows are notes about other changes: what they say is told when they are added."""


_OF = "WHERE account_id = :account"
_VALUES = "SELECT id FROM main.kpi_value WHERE id >= :account || ':' AND id < :account || ';'"


class Happening(StrEnum):
    """What happened to a row in one step."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    DELETED = "deleted"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class FieldStory:
    """One field before and after, in words; empty for no value.

    `is_lost` where another edit, made at the same time elsewhere, shows instead.
    """

    label: str
    before: str
    after: str
    is_lost: bool = False
    name: str = field(default="", compare=False)
    """The field's own name."""
    stored: Any = field(default=None, compare=False)
    """The value after it, as the journal holds it."""


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
    computer: str = ""
    key: StepKey | None = None
    """The step, for whoever takes it back."""


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
    entries = row_history(session, rows, limit=limit)
    teller.look_up(entries)
    return [story for entry in entries for story in teller.stories(entry)]


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
            # The values of an account lie side by side by their ids; the column has no index.
            sql = _VALUES if entity == "kpi_value" else f"SELECT id FROM ({owners}) {_OF}"
            found = session.execute(text(sql), {"account": account_id})
            rows += [(entity, row_id) for (row_id,) in found]
    return row_stories(session, rows, limit=limit, translator=translator)


class _Teller:
    """Makes stories of journal entries."""

    def __init__(self, session: Session, translator: Translator) -> None:
        self._words = ValueWords(session, translator)

    def look_up(self, entries: Sequence[HistoryEntry]) -> None:
        """Learn at once what the rows are called that these entries tell of."""
        named: set[tuple[str, str]] = set()
        for entry in entries:
            for key, changes in _by_row(entry).items():
                named.add(key)
                happening = happening_of(key[0], changes)
                if happening is Happening.CHANGED or key[0] in NOTES:
                    named.update(self._referred(changes))
        self._words.look_up(named)

    def _referred(self, changes: Sequence[FieldChange]) -> Iterator[tuple[str, str]]:
        """Yield the rows that these changes name as values."""
        for change in changes:
            entity = self._words.referred(change.entity, change.field)
            values = (change.before, change.after) if entity else ()
            yield from ((entity, str(value)) for value in values if value is not None)

    def stories(self, entry: HistoryEntry) -> list[RowStory]:
        found = (self._story(entry, *key, changes) for key, changes in _by_row(entry).items())
        return [story for story in found if story is not None]

    def _story(
        self, entry: HistoryEntry, entity: str, row_id: str, changes: list[FieldChange]
    ) -> RowStory | None:
        happening = happening_of(entity, changes)
        told: tuple[FieldStory, ...] = ()
        is_note = entity in NOTES and happening is Happening.ADDED
        if happening is Happening.CHANGED or is_note:
            told = tuple(
                self._field(change)
                for change in changes
                if change.field not in PLACES | FOLLOWING | {DELETED}
                and not (is_note and change.after is None)
            )
            if not told and not is_note:
                return None
        return RowStory(
            at=entry.at,
            author=entry.author,
            step=entry.label,
            entity=entity,
            row_id=row_id,
            kind=entity_label(entity, self._words.translator),
            name=self._words.title(entity, row_id),
            happening=happening,
            fields=told,
            computer=entry.computer,
            key=entry.key,
        )

    def _field(self, change: FieldChange) -> FieldStory:
        entity, row, name = change.entity, change.row, change.field
        return FieldStory(
            self._words.label(entity, name),
            self._words.value(entity, row, name, change.before),
            self._words.value(entity, row, name, change.after),
            change.is_lost,
            name,
            change.after,
        )


def _by_row(entry: HistoryEntry) -> dict[tuple[str, str], list[FieldChange]]:
    by_row: dict[tuple[str, str], list[FieldChange]] = {}
    for change in entry.changes:
        by_row.setdefault((change.entity, change.row), []).append(change)
    return by_row


def happening_of(entity: str, changes: Sequence[FieldChange]) -> Happening:
    """Tell what the changes of one row in one step come to."""
    birth = birth_field(entity)
    for change in changes:
        if change.field == DELETED and change.before != change.after:
            return Happening.DELETED if change.after is not None else Happening.RESTORED
    # A row is born with this field, which no verb ever sets from nothing afterwards.
    if any(change.field == birth and change.before is None for change in changes):
        return Happening.ADDED
    if all(change.field in PLACES for change in changes):
        return Happening.MOVED
    return Happening.CHANGED
