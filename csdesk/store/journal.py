"""The journal: every change of every field, kept for ever, written by the database itself.

TEMP triggers, made per connection from the mapped columns, note what a transaction changes in a
TEMP table, whether it came through the ORM, Core or plain SQL. Before the transaction commits,
`Journal.record` turns those notes into journal rows of one step with set operations. Triggers of
a connection never end up inside a file.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from csdesk import __version__
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.base import entity_records, instant_text
from csdesk.store import circles, disagreements
from csdesk.store.driver import RawConnection
from csdesk.store.stamps import LATEST, Clock, Stamps

DELETED = "deleted_at"


class StepKind(StrEnum):
    """What a step is, for the undo stack."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    OTHER = "other"
    """Something a newer version did; never written by this one."""

    @classmethod
    def of(cls, code: str) -> StepKind:
        """Read a kind; OTHER where this version does not know it."""
        return cls._value2member_map_.get(code, cls.OTHER)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class StepKey:
    """One step of one writer: its rows are `seq0` to `seq1`."""

    w: int
    seq0: int
    seq1: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one transaction changed: its step and the ids of the rows, by entity."""

    key: StepKey
    hlc: int
    rows: Mapping[str, frozenset[str]]


@cache
def journalled_fields(entity: str) -> tuple[str, ...]:
    """Name the fields of an entity that journal rows carry, deleted_at last."""
    record = entity_records()[entity]
    skipped = {"id", DELETED, *record.key_fields}
    names = [column.name for column in record.__table__.columns if column.name not in skipped]
    return (*names, DELETED)


@cache
def birth_field(entity: str) -> str:
    """Name the field that a new row always has, so that its first journal row marks the birth."""
    return journalled_fields(entity)[0]


PENDING = (
    "CREATE TEMP TABLE pending(ent TEXT NOT NULL, row TEXT NOT NULL, fld TEXT NOT NULL,"
    " old, val, PRIMARY KEY(ent, row, fld)) WITHOUT ROWID"
)
_NOTE = "INSERT INTO pending SELECT '{ent}', NEW.id, '{fld}', {old}, NEW.\"{fld}\" WHERE {when}"
_AGAIN = " ON CONFLICT(ent, row, fld) DO UPDATE SET val = excluded.val"


_TOGETHER = 3
"""Fields with one trigger for their changes: SQLite takes the longer to make each trigger the more
there are, and the longer to prepare an update the more its triggers say. Fewer than one for each
field spare a third of the time the first edit of a day waits for them."""

_NO_VALUE = "x''"
"""What stands for "there was no row": a value that no field has."""


def trigger_statements(entity: str) -> list[str]:
    """Write the TEMP triggers that note every change of one entity's rows.

    A new row notes the fields it has, and its birth field even where that is empty: so that
    every row is in the journal, and every birth can be told from an edit.
    """
    fields = journalled_fields(entity)
    birth = birth_field(entity)
    born = ";\n".join(
        _NOTE.format(
            ent=entity,
            fld=fld,
            old=_NO_VALUE if fld == birth else "NULL",
            when="true" if fld == birth else f'NEW."{fld}" IS NOT NULL',
        )
        + _AGAIN
        for fld in fields
    )
    statements = [
        f'CREATE TEMP TRIGGER "noted_{entity}_new" AFTER INSERT ON main."{entity}" '
        f"BEGIN {born}; END",
        f'CREATE TEMP TRIGGER "noted_{entity}_gone" BEFORE DELETE ON main."{entity}" '
        "BEGIN SELECT RAISE(ABORT, 'rows are never removed, only marked deleted'); END",
    ]
    for at in range(0, len(fields), _TOGETHER):
        some = fields[at : at + _TOGETHER]
        notes = ";\n".join(
            _NOTE.format(
                ent=entity, fld=fld, old=f'OLD."{fld}"', when=f'OLD."{fld}" IS NOT NEW."{fld}"'
            )
            + _AGAIN
            for fld in some
        )
        of = ", ".join(f'"{fld}"' for fld in some)
        statements.append(
            f'CREATE TEMP TRIGGER "noted_{entity}_{some[0]}" AFTER UPDATE OF {of}'
            f' ON main."{entity}" BEGIN {notes}; END'
        )
    fixed = ("id", *entity_records()[entity].key_fields)
    changed = " OR ".join(f'OLD."{fld}" IS NOT NEW."{fld}"' for fld in fixed)
    statements.append(
        f'CREATE TEMP TRIGGER "noted_{entity}_key" BEFORE UPDATE ON main."{entity}" '
        f"WHEN {changed} BEGIN SELECT RAISE(ABORT, 'the id of a row never changes'); END"
    )
    return statements


@cache
def _noting() -> str:
    """Write all that notes changes as one script: half a thousand statements, at each opening."""
    triggers = (one for entity in entity_records() for one in trigger_statements(entity))
    return ";\n".join((PENDING, *triggers, ""))


# CROSS JOIN keeps the few notes outside: SQLite has no statistics and would walk all rows.
_EDITED_DEAD = """
SELECT 1 FROM temp.pending p CROSS JOIN main."{ent}" e ON e.id = p.row
WHERE p.ent = '{ent}' AND e.deleted_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM temp.pending q WHERE q.ent = p.ent AND q.row = p.row AND q.fld = 'deleted_at')
LIMIT 1
"""
_APPEND = """
INSERT INTO journal(w, seq, hlc, ent, row, fld, val, pw, pseq)
SELECT :w, :last + row_number() OVER (), max(:hlc, coalesce(c.hlc, 0) + 1),
  p.ent, p.row, p.fld, p.val, c.w, c.seq
FROM pending p LEFT JOIN cell c ON c.ent = p.ent AND c.row = p.row AND c.fld = p.fld
WHERE p.fld <> 'deleted_at' OR p.val IS NULL
"""
# A deletion lists what it saw: every winner of the row's other fields at that moment.
_APPEND_DELETIONS = """
INSERT INTO journal(w, seq, hlc, ent, row, fld, val, pw, pseq)
SELECT :w, :last + row_number() OVER (), max(:hlc, coalesce(c.hlc, 0) + 1),
  p.ent, p.row, p.fld,
  json_object('at', p.val, 'saw', (
    SELECT json_group_array(json_array(s.fld, s.w, s.seq)) FROM cell s
    WHERE s.ent = p.ent AND s.row = p.row AND s.fld <> 'deleted_at')),
  c.w, c.seq
FROM pending p LEFT JOIN cell c ON c.ent = p.ent AND c.row = p.row AND c.fld = p.fld
WHERE p.fld = 'deleted_at' AND p.val IS NOT NULL
"""
# No file may hold such a stamp: better one field that stays as it is than a file nobody takes.
_TOO_LATE = "SELECT 1 FROM journal WHERE w = ? AND seq > ? AND hlc >= ? LIMIT 1"
_WIN = """
INSERT INTO cell(ent, row, fld, hlc, w, seq)
SELECT ent, row, fld, hlc, w, seq FROM journal WHERE w = :w AND seq > :last
ON CONFLICT(ent, row, fld) DO UPDATE SET hlc = excluded.hlc, w = excluded.w, seq = excluded.seq
"""


class Journal:
    """Writes the steps of one run on one connection, as a writer that was never there before."""

    def __init__(self, connection: RawConnection, *, device: str, author: str, clock: Clock):
        self._connection = connection
        self._device = device
        self._author = author
        self._clock = clock
        self._writer = new_writer()
        newest = connection.execute("SELECT coalesce(max(hlc), 0) FROM txn").fetchone()[0]
        self._stamps = Stamps(clock, newest)
        connection.executescript(_noting())

    def forget(self) -> None:
        """Drop the notes of a transaction that starts or was rolled back."""
        self._connection.execute("DELETE FROM temp.pending")

    def record(
        self, label: str, kind: StepKind = StepKind.EDIT, of: StepKey | None = None
    ) -> Recorded | None:
        """Journal what this transaction changed as one step; None where it changed nothing.

        `of` is the step that an undo or redo is about. Must run inside the transaction, before
        its commit. Raises UserError where the change touches a row that was deleted.
        """
        run = self._connection.execute
        run("DELETE FROM temp.pending WHERE old IS val")
        cells = run("SELECT DISTINCT ent, fld FROM temp.pending").fetchall()
        entities = {entity for entity, _field in cells}
        if not entities:
            return None
        if any(run(_EDITED_DEAD.format(ent=entity)).fetchone() for entity in entities):
            raise UserError(
                _("This item was deleted meanwhile."), _("Undo the deletion to work on it again.")
            )
        # Asked, not remembered: a commit may have failed, or come through though it was reported
        # as failed, and no number may be missing or used twice.
        known = run("SELECT last_seq FROM writer WHERE w = ?", (self._writer,)).fetchone()
        last: int = known[0] if known else 0
        seq, hlc = last, self._stamps.next()
        for statement in (_APPEND, _APPEND_DELETIONS):
            added = run(statement, {"w": self._writer, "last": seq, "hlc": hlc}).rowcount
            if added:
                run(_WIN, {"w": self._writer, "last": seq})
                seq += added
        if run(_TOO_LATE, (self._writer, last, LATEST)).fetchone() is not None:
            raise UserError(
                _("A computer whose clock is wrong by a hundred years changed this field."),
                _("It cannot be changed any more. Add the item once more, and delete this one."),
            )
        self._write_step(StepKey(self._writer, last + 1, seq), hlc, label, kind, of)
        disagreements.forget_deletions_of(self._connection)
        circles.open_circles(
            self._connection, {cell[0] for cell in cells if circles.may_close_a_circle(*cell)}
        )
        rows = self._touched()
        return Recorded(StepKey(self._writer, last + 1, seq), hlc, rows)

    def _write_step(
        self, key: StepKey, hlc: int, label: str, kind: StepKind, of: StepKey | None
    ) -> None:
        run = self._connection.execute
        run(
            "INSERT INTO writer(w, device, author, app, started, last_seq) VALUES (?,?,?,?,?,?)"
            " ON CONFLICT(w) DO UPDATE SET last_seq = excluded.last_seq",
            (
                key.w,
                self._device,
                self._author,
                f"CSDesk {__version__}",
                instant_text(self._clock()),
                key.seq1,
            ),
        )
        run(
            "INSERT INTO txn(w, seq0, seq1, hlc, label, kind, of_w, of_seq)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (
                *(key.w, key.seq0, key.seq1, hlc, label, kind.value),
                *((of.w, of.seq0) if of else (None, None)),
            ),
        )

    def _touched(self) -> dict[str, frozenset[str]]:
        touched: dict[str, set[str]] = {}
        for entity, row in self._connection.execute("SELECT DISTINCT ent, row FROM temp.pending"):
            touched.setdefault(entity, set()).add(row)
        return {entity: frozenset(rows) for entity, rows in touched.items()}


def new_writer() -> int:
    """Choose the number of a writer: never one that was there before, on no copy of the file.

    A run that went on under the number of an earlier one would, on a cloned computer or after a
    backup was brought back, write two different rows under one key.
    """
    return secrets.randbits(63) or 1


def deletion_time(value: Any) -> str | None:
    """Read the time of deletion back from its journal value; None for "not deleted"."""
    return None if value is None else str(json.loads(value)["at"])
