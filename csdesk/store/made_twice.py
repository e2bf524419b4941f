"""What somebody else did to the same row while apart, so that an undo takes back only one's own.

Two people may set one field, or make one row whose id says what it is: a tag, a KPI value. When
one of them undoes that, the other one's holds as if he had never done it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from csdesk.store.driver import RawConnection
from csdesk.store.journal import StepKey, StepKind, birth_field


@dataclass(frozen=True, slots=True)
class Head:
    """A journal row of a field that nobody replaced, and its value."""

    w: int
    seq: int
    value: Any


_HEADS = """
SELECT j.fld, j.w, j.seq, j.val FROM (
  SELECT w, seq FROM main.cell WHERE ent = :ent AND row = :row AND fld <> 'deleted_at'
  UNION SELECT r.w, r.seq FROM main.review r
  WHERE r.kind = 'edit' AND r.ent = :ent AND r.row = :row) h
CROSS JOIN main.journal j ON j.w = h.w AND j.seq = h.seq
ORDER BY j.hlc, j.w, j.seq
"""
# A row of a foreign file may claim to replace anything: only older rows of the same cell count.
_COMES_OF = """
WITH RECURSIVE back(w, seq) AS (
  SELECT :w, :seq
  UNION
  SELECT p.w, p.seq FROM back b
  CROSS JOIN main.journal j ON j.w = b.w AND j.seq = b.seq
  CROSS JOIN main.journal p ON p.w = j.pw AND p.seq = j.pseq
    AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
    AND (p.hlc, p.w, p.seq) < (j.hlc, j.w, j.seq))
SELECT 1 FROM back WHERE w = :step AND seq BETWEEN :seq0 AND :seq1 LIMIT 1
"""
# A deletion that somebody undid, or deleted again after, says nothing any more.
_DELETED = """
SELECT coalesce((SELECT t.kind FROM main.txn t WHERE t.w = d.w AND t.seq0 <= d.seq
  ORDER BY t.seq0 DESC LIMIT 1), '') AS kind
FROM main.journal d INDEXED BY journal_deletion, json_each(d.val, '$.saw') s
WHERE d.ent = ? AND d.row = ? AND d.fld = 'deleted_at' AND d.val IS NOT NULL
  AND s.value ->> 1 = ? AND s.value ->> 2 = ?
  AND NOT EXISTS (SELECT 1 FROM main.journal k INDEXED BY journal_replaced
    WHERE k.pw = d.w AND k.pseq = d.seq AND k.ent = d.ent AND k.row = d.row AND k.fld = d.fld)
"""


def heads_of_others(
    connection: RawConnection, step: StepKey, entity: str, row: str
) -> dict[str, Head]:
    """Return what others gave each field of a row that a step made; empty where none did.

    Of several the latest counts. What its author deleted is left out.
    """
    found: dict[str, Head] = {}
    run = connection.execute
    for field, w, seq, value in run(_HEADS, {"ent": entity, "row": row}).fetchall():
        own = _comes_of(connection, (w, seq), step)
        if not own and not was_deleted(connection, entity, row, (w, seq)):
            found[field] = Head(w, seq, value)
    return found if birth_field(entity) in found else {}


_CELL_HEADS = """
SELECT j.w, j.seq, j.val FROM (
  SELECT w, seq FROM main.cell WHERE ent = :ent AND row = :row AND fld = :fld
  UNION SELECT r.w, r.seq FROM main.review r
  WHERE r.kind = 'edit' AND r.ent = :ent AND r.row = :row AND r.fld = :fld) h
CROSS JOIN main.journal j ON j.w = h.w AND j.seq = h.seq
ORDER BY j.hlc DESC, j.w DESC, j.seq DESC
"""


def head_of_others(
    connection: RawConnection,
    step: StepKey,
    cell: tuple[str, str, str],
    replaced: tuple[int, int] | None,
) -> Head | None:
    """Return the latest that others gave a field not knowing of a step that set it, too.

    `replaced` is the journal row whose value the step replaced. What stood beside that already,
    waiting for review, the author of the step may have known; it does not count.
    """
    before = None if replaced is None else StepKey(replaced[0], replaced[1], replaced[1])
    names = dict(zip(("ent", "row", "fld"), cell, strict=True))
    for w, seq, value in connection.execute(_CELL_HEADS, names).fetchall():
        apart = before is None or _comes_of(connection, (w, seq), before)
        if apart and not _comes_of(connection, (w, seq), step):
            return Head(w, seq, value)
    return None


def _comes_of(connection: RawConnection, key: tuple[int, int], step: StepKey) -> bool:
    """Tell whether a journal row is of a step, or replaced one of it, or what replaced that."""
    span = {"w": key[0], "seq": key[1], "step": step.w, "seq0": step.seq0, "seq1": step.seq1}
    return connection.execute(_COMES_OF, span).fetchone() is not None


def was_deleted(connection: RawConnection, entity: str, row: str, key: tuple[int, int]) -> bool:
    """Tell whether somebody who saw a journal row of an item deleted the item, and left it so."""
    return connection.execute(_DELETED, (entity, row, *key)).fetchone() is not None


def was_taken_back(connection: RawConnection, entity: str, row: str, key: tuple[int, int]) -> bool:
    """Tell whether an undo that saw a journal row of an item took the item back, and left it so."""
    return (StepKind.UNDO,) in connection.execute(_DELETED, (entity, row, *key)).fetchall()
