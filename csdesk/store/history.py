"""Who changed what and when, read from the journal."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.settings import computer_name
from csdesk.store.journal import DELETED, StepKey, StepKind, deletion_time
from csdesk.store.stamps import instant_of


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row: its value before and after, as stored; None for "no value".

    `is_lost` where an edit made at the same time elsewhere shows instead of this one.
    """

    entity: str
    row: str
    field: str
    before: Any
    after: Any
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step: when, by whom, on which device and by which version, and what it changed."""

    key: StepKey
    at: dt.datetime
    author: str
    device: str
    label: str
    kind: StepKind
    changes: tuple[FieldChange, ...]
    change_count: int
    app: str = ""

    @property
    def computer(self) -> str:
        """What the device it was made on calls itself."""
        return computer_name(self.device)


_STEPS = """
SELECT t.n, t.w, t.seq0, t.seq1, t.hlc, w.author, w.device, t.label, t.kind, w.app
FROM txn t JOIN writer w ON w.w = t.w
"""
_CHANGES = """
SELECT j.ent, j.row, j.fld, p.val, j.val FROM journal j
LEFT JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
  AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
  AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
WHERE j.w = :w AND j.seq BETWEEN :seq0 AND :seq1
"""


def steps(session: Session, *, limit: int = 100, changes: int = 20) -> list[HistoryEntry]:
    """Return the newest steps of the whole workspace, each with its first `changes` changes."""
    rows = session.execute(text(f"{_STEPS} ORDER BY t.hlc DESC, t.n DESC LIMIT :n"), {"n": limit})
    entries = []
    for _n, w, seq0, seq1, hlc, author, device, label, kind, app in rows.all():
        key = StepKey(w, seq0, seq1)
        found = session.execute(
            text(f"{_CHANGES} ORDER BY j.seq LIMIT :limit"),
            {"w": w, "seq0": seq0, "seq1": seq1, "limit": changes},
        )
        shown = tuple(_field_change(*change) for change in found)
        count = seq1 - seq0 + 1
        entries.append(_entry(key, hlc, author, device, label, kind, shown, count, app))
    return entries


# Every row of a cell is the winner, or waits in review, or was replaced on the way to one of
# these; deletions are found by their index. What the winner did not replace was lost to it.
_CHAIN = """
WITH RECURSIVE asked(ent, row) AS (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:rows)),
shown(w, seq) AS (
  SELECT c.w, c.seq FROM asked a JOIN cell c ON c.ent = a.ent AND c.row = a.row
  UNION
  SELECT p.w, p.seq FROM shown k
  CROSS JOIN journal j ON j.w = k.w AND j.seq = k.seq
  CROSS JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
    AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld),
lost(w, seq) AS (
  SELECT r.w, r.seq FROM review r CROSS JOIN asked a ON a.ent = r.ent AND a.row = r.row
  WHERE r.kind = 'edit'
  UNION
  SELECT d.w, d.seq FROM asked a
  CROSS JOIN journal d INDEXED BY journal_deletion
    ON d.ent = a.ent AND d.row = a.row AND d.fld = 'deleted_at'
  UNION
  SELECT p.w, p.seq FROM lost k
  CROSS JOIN journal j ON j.w = k.w AND j.seq = k.seq
  CROSS JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
    AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld),
told(w, seq, is_lost) AS (
  SELECT w, seq, min(is_lost) FROM (
    SELECT w, seq, 0 AS is_lost FROM shown UNION ALL SELECT w, seq, 1 FROM lost)
  GROUP BY w, seq)
SELECT j.w, j.seq, j.ent, j.row, j.fld, p.val, j.val, k.is_lost,
  (SELECT t.n FROM txn t WHERE t.w = j.w AND t.seq0 <= j.seq ORDER BY t.seq0 DESC LIMIT 1)
FROM told k JOIN journal j ON j.w = k.w AND j.seq = k.seq
LEFT JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
  AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
ORDER BY j.hlc DESC, j.w, j.seq
"""


def row_history(
    session: Session, rows: list[tuple[str, str]], *, limit: int = 200
) -> list[HistoryEntry]:
    """Return the steps that changed any of `rows` (entity, id), newest first.

    Those that lost against an edit made elsewhere at the same time are told too.
    """
    found = session.execute(text(_CHAIN), {"rows": json.dumps(rows)}).all()
    by_step: dict[int, list[FieldChange]] = {}
    for _w, _seq, entity, row, field, before, after, is_lost, n in found:
        change = _field_change(entity, row, field, before, after, bool(is_lost))
        by_step.setdefault(n, []).append(change)
    numbers = list(by_step)[:limit]
    steps_found = session.execute(
        text(f"{_STEPS} WHERE t.n IN (SELECT value FROM json_each(:n))"), {"n": json.dumps(numbers)}
    ).all()
    by_number = {step[0]: step for step in steps_found}
    entries = []
    for n in numbers:
        _n, w, seq0, seq1, hlc, author, device, label, kind, app = by_number[n]
        changes = tuple(by_step[n])
        key = StepKey(w, seq0, seq1)
        entries.append(_entry(key, hlc, author, device, label, kind, changes, len(changes), app))
    return entries


_AUTHORS = """
SELECT c.row, w.author FROM cell c JOIN writer w ON w.w = c.w
WHERE c.ent = :entity AND c.fld = :field
  AND c.row IN (SELECT value FROM json_each(:rows))
"""


def authors_of(session: Session, entity: str, field: str, rows: list[str]) -> dict[str, str]:
    """Return by id who gave a field of each row the value it has."""
    asked = {"entity": entity, "field": field, "rows": json.dumps(rows)}
    return {row.row: row.author for row in session.execute(text(_AUTHORS), asked)}


def _entry(
    key: StepKey,
    hlc: int,
    author: str,
    device: str,
    label: str,
    kind: str,
    changes: tuple[FieldChange, ...],
    count: int,
    app: str,
) -> HistoryEntry:
    return HistoryEntry(
        key, instant_of(hlc), author, device, label, StepKind.of(kind), changes, count, app
    )


def _field_change(
    entity: str, row: str, field: str, before: Any, after: Any, is_lost: bool = False
) -> FieldChange:
    if field == DELETED:
        before, after = deletion_time(before), deletion_time(after)
    return FieldChange(entity, row, field, before, after, is_lost)
