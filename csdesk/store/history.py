"""Who changed what and when, read from the journal."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.store.journal import DELETED, StepKey, StepKind, deletion_time
from csdesk.store.stamps import instant_of


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row: its value before and after, as stored; None for "no value"."""

    entity: str
    row: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step: when, by whom, on which device, called what, and what it changed."""

    key: StepKey
    at: dt.datetime
    author: str
    device: str
    label: str
    kind: StepKind
    changes: tuple[FieldChange, ...]
    change_count: int


_STEPS = """
SELECT t.n, t.w, t.seq0, t.seq1, t.hlc, w.author, w.device, t.label, t.kind
FROM txn t JOIN writer w ON w.w = t.w
"""
_CHANGES = """
SELECT j.ent, j.row, j.fld, p.val, j.val FROM journal j
LEFT JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
WHERE j.w = :w AND j.seq BETWEEN :seq0 AND :seq1
"""


def steps(session: Session, *, limit: int = 100, changes: int = 20) -> list[HistoryEntry]:
    """Return the newest steps of the whole workspace, each with its first `changes` changes."""
    rows = session.execute(text(f"{_STEPS} ORDER BY t.hlc DESC, t.n DESC LIMIT :n"), {"n": limit})
    entries = []
    for _n, w, seq0, seq1, hlc, author, device, label, kind in rows.all():
        key = StepKey(w, seq0, seq1)
        found = session.execute(
            text(f"{_CHANGES} ORDER BY j.seq LIMIT :limit"),
            {"w": w, "seq0": seq0, "seq1": seq1, "limit": changes},
        )
        shown = tuple(_field_change(*change) for change in found)
        count = seq1 - seq0 + 1
        entries.append(_entry(key, hlc, author, device, label, kind, shown, count))
    return entries


# Follows each cell of the rows back along what its winner replaced.
_CHAIN = """
WITH RECURSIVE asked(ent, row) AS (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:rows)),
chain(w, seq) AS (
  SELECT c.w, c.seq FROM asked a JOIN cell c ON c.ent = a.ent AND c.row = a.row
  UNION
  SELECT j.pw, j.pseq FROM chain k JOIN journal j ON j.w = k.w AND j.seq = k.seq
  WHERE j.pw IS NOT NULL)
SELECT j.w, j.seq, j.ent, j.row, j.fld, p.val, j.val,
  (SELECT t.n FROM txn t WHERE t.w = j.w AND t.seq0 <= j.seq ORDER BY t.seq0 DESC LIMIT 1)
FROM chain k JOIN journal j ON j.w = k.w AND j.seq = k.seq
LEFT JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
ORDER BY j.hlc DESC, j.w, j.seq
"""


def row_history(
    session: Session, rows: list[tuple[str, str]], *, limit: int = 200
) -> list[HistoryEntry]:
    """Return the steps that changed any of `rows` (entity, id), newest first."""
    found = session.execute(text(_CHAIN), {"rows": json.dumps(rows)}).all()
    by_step: dict[int, list[FieldChange]] = {}
    for _w, _seq, entity, row, field, before, after, n in found:
        by_step.setdefault(n, []).append(_field_change(entity, row, field, before, after))
    numbers = list(by_step)[:limit]
    steps_found = session.execute(
        text(f"{_STEPS} WHERE t.n IN (SELECT value FROM json_each(:n))"), {"n": json.dumps(numbers)}
    ).all()
    by_number = {step[0]: step for step in steps_found}
    entries = []
    for n in numbers:
        _n, w, seq0, seq1, hlc, author, device, label, kind = by_number[n]
        changes = tuple(by_step[n])
        key = StepKey(w, seq0, seq1)
        entries.append(_entry(key, hlc, author, device, label, kind, changes, len(changes)))
    return entries


def _entry(
    key: StepKey,
    hlc: int,
    author: str,
    device: str,
    label: str,
    kind: str,
    changes: tuple[FieldChange, ...],
    count: int,
) -> HistoryEntry:
    return HistoryEntry(
        key, instant_of(hlc), author, device, label, StepKind.of(kind), changes, count
    )


def _field_change(entity: str, row: str, field: str, before: Any, after: Any) -> FieldChange:
    if field == DELETED:
        before, after = deletion_time(before), deletion_time(after)
    return FieldChange(entity, row, field, before, after)
