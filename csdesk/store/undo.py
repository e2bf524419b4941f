"""Undo and redo: new steps that give back what a step of this computer replaced.

The stack is not kept anywhere: it is read from the steps in the file, so it survives restarts,
imports and crashes. A field that somebody changed since is skipped, and the outcome says so.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from csdesk.model.ownership import references_to
from csdesk.store import rewriting
from csdesk.store.driver import RawConnection
from csdesk.store.journal import DELETED, StepKey, StepKind, birth_field
from csdesk.store.made_twice import head_of_others, heads_of_others

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
        if kind not in (StepKind.UNDO, StepKind.REDO):
            continue
        giving, taking = (undo, redo) if kind == StepKind.UNDO else (redo, undo)
        moved = next(
            (item for item in giving if (item.step.w, item.step.seq0) == (of_w, of_seq)), None
        )
        if moved is not None:
            giving.remove(moved)
            taking.append(Undoable(moved.label, moved.step, step))
    return Stacks(tuple(undo), tuple(redo))


def next_step(
    connection: RawConnection, device: str, kind: StepKind, passed: AbstractSet[StepKey]
) -> Undoable | None:
    """Find the step that an undo or redo of a device is about; `passed` ones came to nothing."""
    found = stacks(connection, device)
    stack = found.undo if kind is StepKind.UNDO else found.redo
    return next((item for item in reversed(stack) if item.applied_by not in passed), None)


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
  AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
WHERE j.w = :w AND j.seq BETWEEN :seq0 AND :seq1
"""
# Only living rows are deleted, though what a deletion replaced may be one that did not hold.
_VALUE_BEFORE = "CASE WHEN j.fld = 'deleted_at' AND j.val IS NOT NULL THEN NULL ELSE p.val END"
# Rows that the step made: taken away whole, unless one of their cells says something else now.
_BORN = (
    "CREATE TEMP TABLE IF NOT EXISTS born(ent TEXT, row TEXT, PRIMARY KEY(ent, row)) WITHOUT ROWID"
)
_FIND_BORN = """
INSERT INTO temp.born SELECT ent, row FROM journal
WHERE w = :w AND seq BETWEEN :seq0 AND :seq1 AND pw IS NULL AND ent = :ent AND fld = :birth
"""
_TOUCHED_SINCE = """
SELECT b.ent, b.row, c.fld FROM temp.born b
CROSS JOIN cell c ON c.ent = b.ent AND c.row = b.row
JOIN journal cur ON cur.w = c.w AND cur.seq = c.seq
WHERE cur.val IS NOT NULL AND NOT (c.w = :w AND c.seq BETWEEN :seq0 AND :seq1)
  AND NOT EXISTS (SELECT 1 FROM temp.given g
    WHERE g.ent = c.ent AND g.row = c.row AND g.fld = c.fld AND g.val IS cur.val)
"""
_MADE_BY_OTHERS_TOO = """
SELECT b.ent, b.row FROM temp.born b
WHERE (b.ent, b.row) IN (SELECT ent, row FROM main.review WHERE kind = 'edit')
"""
_SET_BY_OTHERS_TOO = f"""
{_STEP_CELLS} AND j.fld <> 'deleted_at' AND {_SAME}
  AND (j.ent, j.row, j.fld) IN (SELECT ent, row, fld FROM main.review WHERE kind = 'edit')
  AND NOT EXISTS (SELECT 1 FROM temp.born b WHERE b.ent = j.ent AND b.row = j.row)
"""
# What the step gave each cell, by cell: the journal finds its rows by number only.
_GIVEN = (
    "CREATE TEMP TABLE IF NOT EXISTS given(ent TEXT, row TEXT, fld TEXT, val,"
    " PRIMARY KEY(ent, row, fld)) WITHOUT ROWID"
)
_FIND_GIVEN = """
INSERT INTO temp.given SELECT ent, row, fld, val FROM journal
WHERE w = :w AND seq BETWEEN :seq0 AND :seq1
"""


# Rows that the step brought back to life, with fields that are not what their deletion saw.
_TOUCHED_SINCE_REVIVAL = """
SELECT j.ent, j.row, c.fld FROM journal j
JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
  AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
CROSS JOIN cell c ON c.ent = j.ent AND c.row = j.row AND c.fld <> 'deleted_at'
JOIN journal cur ON cur.w = c.w AND cur.seq = c.seq
WHERE j.w = :w AND j.seq BETWEEN :seq0 AND :seq1 AND j.fld = 'deleted_at'
  AND j.val IS NULL AND p.val IS NOT NULL
  AND NOT (c.w = :w AND c.seq BETWEEN :seq0 AND :seq1)
  AND cur.val IS NOT (
    SELECT o.val FROM json_each(p.val, '$.saw') s
    JOIN journal o ON o.w = s.value ->> 1 AND o.seq = s.value ->> 2
    WHERE s.value ->> 0 = c.fld)
"""
# Rows that were deleted since stay as they are: bringing one back is not what the undo is for.
_DEAD = """
SELECT v.ent, v.row, v.fld FROM temp.wanted v CROSS JOIN main."{ent}" e ON e.id = v.row
WHERE v.ent = '{ent}' AND e.deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM temp.wanted d
  WHERE d.ent = v.ent AND d.row = v.row AND d.fld = 'deleted_at' AND d.val IS NULL)
"""
# Rows about to go that a living row refers to, one that neither goes too nor lets go of them.
_STILL_USED = """
SELECT v.row FROM temp.wanted v
WHERE v.ent = '{ent}' AND v.fld = 'deleted_at' AND v.val IS NOT NULL AND v.row IN (
  SELECT u."{field}" FROM main."{user}" u
  WHERE u.deleted_at IS NULL AND u."{field}" IN (
    SELECT g.row FROM temp.wanted g
    WHERE g.ent = '{ent}' AND g.fld = 'deleted_at' AND g.val IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM temp.wanted x WHERE x.ent = '{user}' AND x.row = u.id
    AND (x.fld = '{field}' OR x.fld = 'deleted_at' AND x.val IS NOT NULL)))
"""


def want_back(
    connection: RawConnection, step: StepKey, only: Collection[tuple[str, str]] | None = None
) -> tuple[Skipped, ...]:
    """Fill `temp.wanted` with what undoes a step; return the fields that were changed since.

    A row that the step made, or brought back, is deleted only when nobody changed it since and
    nothing that came since refers to it. Where somebody else made it or set a field too, not
    knowing of the step, it is then as that one would have it. With `only`, of all the rows of the
    step just these (entity, id) are looked at.
    """
    run = connection.execute
    key = {"w": step.w, "seq0": step.seq0, "seq1": step.seq1}
    rewriting.begin(connection)
    run(_BORN)
    run("DELETE FROM temp.born")
    found = run(
        "SELECT DISTINCT ent, 'deleted_at' FROM journal"
        " WHERE w = :w AND seq BETWEEN :seq0 AND :seq1",
        key,
    ).fetchall()
    entities = [entity for entity, _field in rewriting.known_cells(found)]
    for entity in entities:
        run(_FIND_BORN, {**key, "ent": entity, "birth": birth_field(entity)})
    if only is not None:
        _keep_only(connection, "born", only)
    run(_GIVEN)
    run("DELETE FROM temp.given")
    run(_FIND_GIVEN, key)
    since = run(_TOUCHED_SINCE, key).fetchall()
    run("DELETE FROM temp.given")
    connection.executemany(
        "DELETE FROM temp.born WHERE ent = ? AND row = ?", [(ent, row) for ent, row, _fld in since]
    )
    # In a file that nobody else wrote to there is nothing to look for.
    has_others = run("SELECT 1 FROM review WHERE kind = 'edit' LIMIT 1").fetchone() is not None
    if has_others:
        _leave_to_others(connection, step)
    run("INSERT INTO temp.wanted SELECT ent, row, 'deleted_at', 'now' FROM temp.born")
    if has_others:
        _give_others_back(connection, key)
    changed = run(f"SELECT j.ent, j.row, j.fld {_STEP_CELLS} AND NOT ({_SAME})", key).fetchall()
    run(
        f"INSERT OR IGNORE INTO temp.wanted SELECT j.ent, j.row, j.fld, {_VALUE_BEFORE}"
        f" {_STEP_CELLS}"
        f" AND {_SAME} AND NOT EXISTS"
        " (SELECT 1 FROM temp.born b WHERE b.ent = j.ent AND b.row = j.row)",
        key,
    )
    if only is not None:
        _keep_only(connection, "wanted", only)
        changed = [cell for cell in changed if cell[:2] in only]
    kept = [*since, *run(_TOUCHED_SINCE_REVIVAL, key).fetchall()]
    for entity in entities:
        kept += run(_DEAD.format(ent=entity)).fetchall()
    _leave_alone(connection, kept)
    kept += _keep_what_is_used(connection, entities)
    skipped = {Skipped(*cell) for cell in (*kept, *changed)}
    return tuple(sorted(skipped, key=lambda item: (item.entity, item.row, item.field)))


def _leave_to_others(connection: RawConnection, step: StepKey) -> None:
    """Want of rows that somebody else made as well what he gave them, instead of their deletion."""
    for entity, row in connection.execute(_MADE_BY_OTHERS_TOO).fetchall():
        heads = heads_of_others(connection, step, entity, row)
        if heads:
            connection.execute("DELETE FROM temp.born WHERE ent = ? AND row = ?", (entity, row))
            connection.executemany(
                "INSERT INTO temp.wanted VALUES (?, ?, ?, ?)",
                [(entity, row, field, head.value) for field, head in heads.items()],
            )


def _give_others_back(connection: RawConnection, key: dict[str, int]) -> None:
    """Want of fields that somebody else set as well what he gave them, not what was before both."""
    step = StepKey(key["w"], key["seq0"], key["seq1"])
    found = connection.execute(
        f"SELECT j.ent, j.row, j.fld, j.pw, j.pseq {_SET_BY_OTHERS_TOO}", key
    )
    for ent, row, fld, *replaced in found.fetchall():
        before = None if replaced[0] is None else (replaced[0], replaced[1])
        head = head_of_others(connection, step, (ent, row, fld), before)
        if head is not None:
            connection.execute(
                "INSERT OR IGNORE INTO temp.wanted VALUES (?, ?, ?, ?)", (ent, row, fld, head.value)
            )


def _keep_only(connection: RawConnection, table: str, rows: Collection[tuple[str, str]]) -> None:
    """Forget all rows of a TEMP table but these."""
    connection.execute(
        f"DELETE FROM temp.{table} WHERE (ent, row) NOT IN"
        " (SELECT value ->> 0, value ->> 1 FROM json_each(?))",
        (json.dumps(sorted(rows)),),
    )


def _leave_alone(connection: RawConnection, cells: list[tuple[str, str, str]]) -> None:
    rows = {(entity, row) for entity, row, _field in cells}
    connection.executemany("DELETE FROM temp.wanted WHERE ent = ? AND row = ?", sorted(rows))


def _keep_what_is_used(
    connection: RawConnection, entities: list[str]
) -> list[tuple[str, str, str]]:
    """Leave rows alone that living ones refer to; again, for those that refer to them in turn."""
    kept: list[tuple[str, str, str]] = []
    going = (
        "SELECT 1 FROM temp.wanted WHERE ent = ? AND fld = 'deleted_at' AND val IS NOT NULL LIMIT 1"
    )
    doomed = [entity for entity in entities if connection.execute(going, (entity,)).fetchone()]
    while True:
        used = [
            (entity, row, DELETED)
            for entity in doomed
            for user, field in references_to(entity)
            for (row,) in connection.execute(
                _STILL_USED.format(ent=entity, user=user, field=field)
            ).fetchall()
        ]
        if not used:
            return kept
        _leave_alone(connection, used)
        kept += used
