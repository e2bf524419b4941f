"""Which deletions hold: an edit that no deletion knew of keeps its row alive.

A deletion lists what it saw. A row is dead only if the winner of its `deleted_at` is a deletion
and every winner of its other fields was seen by some deletion of it, not only by the latest.
"""

from __future__ import annotations

from csdesk.store.driver import RawConnection

_DELETION = (
    "CREATE TEMP TABLE IF NOT EXISTS deletion(ent TEXT NOT NULL, row TEXT NOT NULL,"
    " w INTEGER NOT NULL, seq INTEGER NOT NULL, at, PRIMARY KEY(ent, row)) WITHOUT ROWID"
)
# A deletion that was taken back is a winner without a value.
# CROSS JOIN: the few rows asked for stay outside, whatever SQLite guesses of the rest. The small
# index of deletions is asked before the large table of cells, as most rows were never deleted;
# LIMIT keeps that a query of its own.
_FIND = """
SELECT t.ent, t.row, c.w, c.seq, CASE WHEN NOT EXISTS (
  SELECT 1 FROM main.cell o
  WHERE o.ent = t.ent AND o.row = t.row AND o.fld <> 'deleted_at' AND NOT EXISTS (
    SELECT 1 FROM main.journal d INDEXED BY journal_deletion, json_each(d.val, '$.saw') s
    WHERE d.ent = o.ent AND d.row = o.row AND d.fld = 'deleted_at' AND d.val IS NOT NULL
      AND s.value ->> 0 = o.fld AND s.value ->> 1 = o.w AND s.value ->> 2 = o.seq)
  ) THEN j.val ->> '$.at' END
FROM (SELECT a.ent, a.row FROM {asked} a
  WHERE EXISTS (SELECT 1 FROM main.journal e INDEXED BY journal_deletion
    WHERE e.ent = a.ent AND e.row = a.row AND e.fld = 'deleted_at') LIMIT -1) t
CROSS JOIN main.cell c ON c.ent = t.ent AND c.row = t.row AND c.fld = 'deleted_at'
CROSS JOIN main.journal j ON j.w = c.w AND j.seq = c.seq
WHERE j.val IS NOT NULL
"""


def find_deletions(connection: RawConnection) -> None:
    """Fill `temp.deletion(ent, row, w, seq, at)` with the deletions of rows in `temp.touched`.

    `at` is NULL where the deletion does not hold.
    """
    connection.execute(_DELETION)
    connection.execute("DELETE FROM temp.deletion")
    connection.execute(f"INSERT INTO temp.deletion {_FIND.format(asked='temp.touched')}")


def deleted_at(connection: RawConnection, entity: str, row: str) -> str | None:
    """Tell when a row was deleted, as its table would say it; None where it lives."""
    found = connection.execute(
        _FIND.format(asked="(SELECT ? AS ent, ? AS row)"), (entity, row)
    ).fetchone()
    return None if found is None else found[4]
