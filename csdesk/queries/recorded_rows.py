"""What rows of one entity held at moments of the past, read from the journal with two queries.

Only the fields asked for are read, and only of rows that were changed since the first moment or
that matter as they are: what nobody touched is told by what it holds now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.insight.looking_back import DELETION, Noted, Present, Stretch, stretches
from csdesk.progress import SILENT, Progress
from csdesk.store.journal import DELETED, birth_field

AT_ONCE = 50
"""Rows after which the work is reported: half a millisecond of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of an entity are looked back at, and which of their fields.

    `matters` is a condition in SQL on living rows `e`: those it leaves out must be of no account
    as they are now, at none of the moments.
    """

    entity: str
    fields: tuple[str, ...]
    matters: str = "true"


# What a row was born with and kept is left out: its table tells as much.
_CHANGED = """
  FROM cell c CROSS JOIN journal j ON j.w = c.w AND j.seq = c.seq
  WHERE c.ent = :entity AND c.hlc >= :since AND c.fld IN (SELECT value FROM json_each(:fields))
    AND NOT (j.pw IS NULL AND EXISTS (
      SELECT 1 FROM cell b CROSS JOIN journal o ON o.w = b.w AND o.seq = b.seq
      WHERE b.ent = c.ent AND b.row = c.row AND b.fld = :birth
        AND b.hlc = c.hlc AND o.pw IS NULL))
"""
# Each cell names the journal row that won; what that one replaced leads back in time.
_NOTED = f"""
WITH RECURSIVE chain(row, fld, w, seq, hlc) AS (
  SELECT c.row, c.fld, c.w, c.seq, c.hlc {_CHANGED}
  UNION ALL
  SELECT k.row, k.fld, p.w, p.seq, p.hlc FROM chain k
  CROSS JOIN journal j ON j.w = k.w AND j.seq = k.seq
  CROSS JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
    AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
  WHERE k.hlc >= :since)
SELECT k.row, k.hlc, k.fld, CASE k.fld WHEN 'deleted_at' THEN j.val IS NOT NULL ELSE j.val END
FROM chain k CROSS JOIN journal j ON j.w = k.w AND j.seq = k.seq
ORDER BY k.row
"""
_PRESENT = """
SELECT e.id, e.deleted_at IS NOT NULL, coalesce(b.hlc, 0), {shown}
FROM "{entity}" e
LEFT JOIN cell b ON b.ent = :entity AND b.row = e.id AND b.fld = :birth
WHERE e.deleted_at IS NULL AND ({matters}) OR e.id IN (SELECT c.row {changed})
ORDER BY e.id
"""


def recorded_rows(
    session: Session, asked: Asked, moments: Sequence[int], progress: Progress = SILENT
) -> Iterator[Stretch]:
    """Tell what rows held just before each of `moments`, stamps that rise.

    The values are as stored, the field that marks a birth first, then the fields asked for. Rows
    deleted since are told as long as they lived. `progress` hears of every few rows.
    """
    if not moments:
        return iter(())
    birth = birth_field(asked.entity)
    fields = (birth, *(name for name in asked.fields if name != birth))
    places = {DELETED: DELETION, **{name: place for place, name in enumerate(fields)}}
    wanted = {
        "entity": asked.entity,
        "birth": birth,
        "since": moments[0],
        "fields": json.dumps(list(places)),
    }
    statement = _PRESENT.format(
        entity=asked.entity,
        shown=", ".join(f'e."{name}"' for name in fields),
        matters=asked.matters,
        changed=_CHANGED,
    )
    rows = (
        Present(row, born, tuple(values), bool(is_deleted))
        for row, is_deleted, born, *values in few_at_once(session, statement, wanted, progress)
    )
    noted = (
        (row, Noted(stamp, places[field], value))
        for row, stamp, field, value in few_at_once(session, _NOTED, wanted, progress)
    )
    return stretches(_with_notes(rows, noted), moments)


def few_at_once(
    session: Session, sql: str, asked: Mapping[str, Any], progress: Progress
) -> Iterator[Any]:
    """Yield the rows of a query, and report each few of them."""
    done = 0
    for part in session.execute(text(sql), asked).partitions(AT_ONCE):
        yield from part
        done += len(part)
        progress.report(done, None)


def _with_notes(
    rows: Iterable[Present], noted: Iterator[tuple[str, Noted]]
) -> Iterator[tuple[Present, list[Noted]]]:
    """Give each row what was noted of it; both come in the order of ids, and none is kept."""
    ahead = next(noted, None)
    for row in rows:
        mine = []
        while ahead is not None and ahead[0] <= row.id:
            if ahead[0] == row.id:
                mine.append(ahead[1])
            ahead = next(noted, None)
        yield row, mine
