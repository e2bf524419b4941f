"""Undo and redo: new steps that give back what a step of this computer replaced.

The stack is not kept anywhere: it is read from the steps in the file, so it survives restarts,
imports and crashes. A field that somebody changed since is skipped, and the outcome says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from csdesk.store import rewriting
from csdesk.store.driver import RawConnection
from csdesk.store.journal import StepKey, StepKind, birth_field

STACK_DEPTH = 1000
"""How many steps back undo reaches."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A field that an undo left as it is, because it was changed since."""

    entity: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Undoable:
    """A step on the stack: its name, itself, and the step whose rows brought it about last."""

    label: str
    step: StepKey
    applied_by: StepKey


@dataclass(frozen=True, slots=True)
class Stacks:
    """What can be undone and redone, the next one last."""

    undo: tuple[Undoable, ...]
    redo: tuple[Undoable, ...]


def stacks(connection: RawConnection, device: str) -> Stacks:
    """Read the undo and redo stacks of one device from its steps."""
    rows = connection.execute(
        "SELECT t.w, t.seq0, t.seq1, t.label, t.kind, t.of_w, t.of_seq FROM txn t"
        " JOIN writer w ON w.w = t.w WHERE w.device = ? ORDER BY t.n DESC LIMIT ?",
        (device, STACK_DEPTH),
    ).fetchall()
    undo: list[Undoable] = []
    redo: list[Undoable] = []
    for w, seq0, seq1, label, kind, of_w, of_seq in reversed(rows):
        step = StepKey(w, seq0, seq1)
        if kind == StepKind.EDIT:
            undo.append(Undoable(label, step, step))
            redo.clear()
            continue
        giving, taking = (undo, redo) if kind == StepKind.UNDO else (redo, undo)
        moved = next(
            (item for item in giving if (item.step.w, item.step.seq0) == (of_w, of_seq)), None
        )
        if moved is not None:
            giving.remove(moved)
            taking.append(Undoable(moved.label, moved.step, step))
    return Stacks(tuple(undo), tuple(redo))


# A cell still holds what the step gave it; for deletions, being deleted or not is what counts.
_SAME = (
    "CASE WHEN j.fld = 'deleted_at' THEN (cur.val IS NULL) = (j.val IS NULL)"
    " ELSE cur.val IS j.val END"
)
# CROSS JOIN: the few rows of the step stay outside, whatever SQLite guesses of the rest.
_STEP_CELLS = """
FROM journal j
CROSS JOIN cell c ON c.ent = j.ent AND c.row = j.row AND c.fld = j.fld
JOIN journal cur ON cur.w = c.w AND cur.seq = c.seq
LEFT JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
WHERE j.w = :w AND j.seq BETWEEN :seq0 AND :seq1
"""
# Rows that the step made: taken away whole, unless one of their cells says something else now.
_BORN = (
    "CREATE TEMP TABLE IF NOT EXISTS born(ent TEXT, row TEXT, PRIMARY KEY(ent, row)) WITHOUT ROWID"
)
_FIND_BORN = """
INSERT INTO temp.born SELECT ent, row FROM journal
WHERE w = :w AND seq BETWEEN :seq0 AND :seq1 AND pw IS NULL AND ent = :ent AND fld = :birth
"""
# Rows that were deleted since stay as they are: bringing one back is not what the undo is for.
_DEAD = """
SELECT v.ent, v.row, v.fld FROM temp.wanted v
CROSS JOIN cell c ON c.ent = v.ent AND c.row = v.row AND c.fld = 'deleted_at'
JOIN journal j ON j.w = c.w AND j.seq = c.seq
WHERE j.val IS NOT NULL AND NOT EXISTS (SELECT 1 FROM temp.wanted d
  WHERE d.ent = v.ent AND d.row = v.row AND d.fld = 'deleted_at' AND d.val IS NULL)
"""
_TOUCHED_SINCE = """
SELECT b.ent, b.row, c.fld FROM temp.born b
CROSS JOIN cell c ON c.ent = b.ent AND c.row = b.row
JOIN journal cur ON cur.w = c.w AND cur.seq = c.seq
WHERE cur.val IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM journal j WHERE j.w = :w AND j.seq BETWEEN :seq0 AND :seq1
    AND j.ent = c.ent AND j.row = c.row AND j.fld = c.fld AND j.val IS cur.val)
"""


def want_back(connection: RawConnection, step: StepKey) -> tuple[Skipped, ...]:
    """Fill `temp.wanted` with what undoes a step; return the fields that were changed since."""
    run = connection.execute
    key = {"w": step.w, "seq0": step.seq0, "seq1": step.seq1}
    rewriting.begin(connection)
    run(_BORN)
    run("DELETE FROM temp.born")
    entities = run(
        "SELECT DISTINCT ent, 'deleted_at' FROM journal"
        " WHERE w = :w AND seq BETWEEN :seq0 AND :seq1",
        key,
    ).fetchall()
    for entity, _field in rewriting.known_cells(entities):
        run(_FIND_BORN, {**key, "ent": entity, "birth": birth_field(entity)})
    since = run(_TOUCHED_SINCE, key).fetchall()
    connection.executemany(
        "DELETE FROM temp.born WHERE ent = ? AND row = ?", [(ent, row) for ent, row, _fld in since]
    )
    run("INSERT INTO temp.wanted SELECT ent, row, 'deleted_at', 'now' FROM temp.born")
    changed = run(f"SELECT j.ent, j.row, j.fld {_STEP_CELLS} AND NOT ({_SAME})", key).fetchall()
    run(
        f"INSERT OR IGNORE INTO temp.wanted SELECT j.ent, j.row, j.fld, p.val {_STEP_CELLS}"
        f" AND {_SAME} AND NOT EXISTS"
        " (SELECT 1 FROM temp.born b WHERE b.ent = j.ent AND b.row = j.row)",
        key,
    )
    dead = run(_DEAD).fetchall()
    kept = {(entity, row) for entity, row, _field in (*since, *dead)}
    connection.executemany("DELETE FROM temp.wanted WHERE ent = ? AND row = ?", sorted(kept))
    skipped = {Skipped(*found) for found in (*since, *dead, *changed)}
    return tuple(sorted(skipped, key=lambda item: (item.entity, item.row, item.field)))
