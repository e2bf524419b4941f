"""The way a value came about: from a journal row back to the first, and the steps on it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from csdesk.model.base import entity_records
from csdesk.queries.review_items import JournalKey
from csdesk.store.driver import RawConnection
from csdesk.store.journal import StepKey


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A journal row on the way back from the winner of a cell."""

    key: JournalKey
    hlc: int
    value: Any


def way_back(connection: RawConnection, start: JournalKey) -> Iterable[Ancestor]:
    """Yield a journal row and what it replaced, one after the other, back to the first."""
    key: JournalKey | None = start
    while key is not None:
        found = connection.execute(
            "SELECT j.hlc, j.val, p.w, p.seq FROM journal j LEFT JOIN journal p"
            " ON p.w = j.pw AND p.seq = j.pseq"
            " AND (p.ent, p.row, p.fld) = (j.ent, j.row, j.fld)"
            " AND (p.hlc, p.w, p.seq) < (j.hlc, j.w, j.seq)"
            " WHERE j.w = ? AND j.seq = ?",
            key,
        ).fetchone()
        if found is None:
            return
        yield Ancestor(key, found[0], found[1])
        key = None if found[2] is None else (found[2], found[3])


def parting(
    connection: RawConnection, winner: JournalKey, loser: JournalKey
) -> tuple[Ancestor | None, list[Ancestor]]:
    """Return the last row both came from, and the winner's way back to it, newest first."""
    since: list[Ancestor] = []
    ours, theirs = iter(way_back(connection, winner)), iter(way_back(connection, loser))
    one, other = next(ours, None), next(theirs, None)
    while one is not None and other is not None and one.key != other.key:
        # Stamps rise along every way: the later of the two cannot be on the other's way.
        if (one.hlc, *one.key) > (other.hlc, *other.key):
            since.append(one)
            one = next(ours, None)
        else:
            other = next(theirs, None)
    if one is None or other is None:
        while one is not None:
            since.append(one)
            one = next(ours, None)
        return None, since
    return one, since


def step_kind(connection: RawConnection, key: JournalKey) -> str:
    """Tell of which kind the step of a journal row is."""
    found = connection.execute(
        "SELECT kind FROM txn WHERE w = ? AND seq0 <= ? ORDER BY seq0 DESC LIMIT 1", key
    ).fetchone()
    return "" if found is None else str(found[0])


def step_of(connection: RawConnection, key: JournalKey) -> StepKey:
    """Return the step a journal row belongs to."""
    found = connection.execute(
        "SELECT w, seq0, seq1 FROM txn WHERE w = ? AND seq0 <= ? ORDER BY seq0 DESC LIMIT 1", key
    ).fetchone()
    return StepKey(key[0], key[1], key[1]) if found is None else StepKey(*found)


def undone_step(connection: RawConnection, key: JournalKey) -> StepKey | None:
    """Return the step that the step of a journal row took back; None where it is no undo."""
    found = connection.execute(
        "SELECT o.w, o.seq0, o.seq1 FROM (SELECT kind, of_w, of_seq FROM txn"
        " WHERE w = ? AND seq0 <= ? ORDER BY seq0 DESC LIMIT 1) u"
        " CROSS JOIN txn o ON o.w = u.of_w AND o.seq0 = u.of_seq WHERE u.kind = 'undo'",
        key,
    ).fetchone()
    return None if found is None else StepKey(*found)


def living_rows(connection: RawConnection, rows: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Keep the rows (entity, id) that are not deleted."""
    by_entity: dict[str, list[str]] = {}
    for entity, row in rows:
        if entity in entity_records():
            by_entity.setdefault(entity, []).append(row)
    return {
        (entity, row)
        for entity, ids in by_entity.items()
        for (row,) in connection.execute(
            f'SELECT e.id FROM json_each(?) a CROSS JOIN "{entity}" e ON e.id = a.value'
            " WHERE e.deleted_at IS NULL",
            (json.dumps(ids),),
        )
    }
