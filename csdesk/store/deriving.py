"""Entity rows made from the journal: all of them, or just those that a merge touched.

Everything here is a function of the set of journal rows, whatever the order they came in: copies
of a file that know the same rows show the same.
"""

from __future__ import annotations

from csdesk.model.base import entity_records
from csdesk.store import circles, disagreements
from csdesk.store.driver import RawConnection
from csdesk.store.journal import DELETED, journalled_fields
from csdesk.store.schema import FORMAT

DERIVED_BY = "derived_by"
"""The meta key of the format whose program derived the entity tables, where it is not the file's.

Such a program did not know every field: a newer one derives them again when it opens the file.
"""

_TOUCHED = (
    "CREATE TEMP TABLE IF NOT EXISTS touched(ent TEXT NOT NULL, row TEXT NOT NULL,"
    " PRIMARY KEY(ent, row)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS dead(ent TEXT NOT NULL, row TEXT NOT NULL, at,"
    " PRIMARY KEY(ent, row)) WITHOUT ROWID",
)


def begin(connection: RawConnection) -> None:
    """Make the empty table `temp.touched(ent, row)` that the caller fills."""
    for statement in _TOUCHED:
        connection.execute(statement)
    connection.execute("DELETE FROM temp.touched")


def derive_touched(connection: RawConnection) -> None:
    """Make the entity rows in `temp.touched` anew from their cells, in the caller's transaction.

    A row is deleted when each of its winners was seen by some deletion. References that run in a
    circle are opened (circles.py), deletions that did not hold are noted (disagreements.py).
    Unknown entities and fields keep their journal rows and cells, and nothing else. Runs without
    the noting triggers.
    """
    connection.execute("DELETE FROM temp.dead")
    connection.execute(_FIND_DEAD)
    touched = {row[0] for row in connection.execute("SELECT DISTINCT ent FROM temp.touched")}
    for entity in entity_records():
        if entity in touched:
            _derive_entity(connection, entity)
    disagreements.note_deletions(connection)
    circles.open_circles(connection, touched)
    number = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("DELETE FROM main.meta WHERE k = ?", (DERIVED_BY,))
    if number > FORMAT:
        connection.execute("INSERT INTO main.meta VALUES (?, ?)", (DERIVED_BY, FORMAT))


def rebuild(connection: RawConnection) -> None:
    """Make cells, entity rows and disagreements anew from the journal alone.

    The winner of a cell is the journal row with the greatest `(hlc, w, seq)`.
    """
    connection.execute("DELETE FROM main.cell")
    connection.execute(
        "INSERT INTO main.cell SELECT ent, row, fld, hlc, w, seq FROM ("
        " SELECT *, row_number() OVER (PARTITION BY ent, row, fld"
        "  ORDER BY hlc DESC, w DESC, seq DESC) AS place FROM main.journal) WHERE place = 1"
    )
    begin(connection)
    connection.execute("INSERT INTO temp.touched SELECT DISTINCT ent, row FROM main.cell")
    for entity in entity_records():
        connection.execute(f'DELETE FROM main."{entity}"')
    disagreements.find_all(connection)
    derive_touched(connection)


def derived_by_older(connection: RawConnection) -> bool:
    """Tell whether the entity tables were last made by a program that knew less than this one."""
    row = connection.execute("SELECT v FROM main.meta WHERE k = ?", (DERIVED_BY,)).fetchone()
    return row is not None and int(row[0]) < FORMAT


# A row is dead only if every winner of its cells was seen by some deletion of it. An undone
# deletion is a winner that none has seen: then the winner of deleted_at itself has no value.
# CROSS JOIN: the few touched rows stay outside, whatever SQLite guesses of the rest.
_FIND_DEAD = """
INSERT INTO temp.dead
SELECT t.ent, t.row, j.val ->> '$.at' FROM temp.touched t
CROSS JOIN main.cell c ON c.ent = t.ent AND c.row = t.row AND c.fld = 'deleted_at'
CROSS JOIN main.journal j ON j.w = c.w AND j.seq = c.seq
WHERE j.val IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM main.cell o
  WHERE o.ent = t.ent AND o.row = t.row AND o.fld <> 'deleted_at' AND NOT EXISTS (
    SELECT 1 FROM main.journal d INDEXED BY journal_deletion, json_each(d.val, '$.saw') s
    WHERE d.ent = o.ent AND d.row = o.row AND d.fld = 'deleted_at' AND d.val IS NOT NULL
      AND s.value ->> 0 = o.fld AND s.value ->> 1 = o.w AND s.value ->> 2 = o.seq))
"""


def _derive_entity(connection: RawConnection, entity: str) -> None:
    record = entity_records()[entity]
    fields = [name for name in journalled_fields(entity) if name != DELETED]
    shown = "".join(f", max(CASE c.fld WHEN '{name}' THEN j.val END)" for name in fields)
    keys = record.key_fields
    columns = ", ".join(f'"{name}"' for name in ("id", *keys, *fields, DELETED))
    parts = "".join(f", {part}" for part in _key_parts(keys))
    connection.execute(
        f'INSERT OR REPLACE INTO main."{entity}"({columns})'
        f" SELECT t.row{parts}{shown}, d.at FROM temp.touched t"
        " CROSS JOIN main.cell c ON c.ent = t.ent AND c.row = t.row"
        " CROSS JOIN main.journal j ON j.w = c.w AND j.seq = c.seq"
        " LEFT JOIN temp.dead d ON d.ent = t.ent AND d.row = t.row"
        " WHERE t.ent = ? GROUP BY t.row",
        (entity,),
    )


def _key_parts(keys: tuple[str, ...]) -> list[str]:
    """Write SQL that reads the parts of a `part:part:part` id; none for plain ids."""
    if not keys:
        return []
    first, second = "instr(t.row, ':')", "instr(substr(t.row, instr(t.row, ':') + 1), ':')"
    return [
        f"substr(t.row, 1, {first} - 1)",
        f"substr(t.row, {first} + 1, {second} - 1)",
        f"substr(t.row, {first} + {second} + 1)",
    ]
