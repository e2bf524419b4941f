"""Set many fields of many rows at once: the one way in which undo, redo and restore write.

The values wanted stand in a TEMP table; each known column is then updated with one statement,
so that the triggers note the changes like any others. No record classes are involved.
"""

from __future__ import annotations

from collections.abc import Iterable

from csdesk.model.base import entity_records, instant_text
from csdesk.store.driver import RawConnection
from csdesk.store.journal import DELETED, journalled_fields
from csdesk.store.schema import FORMAT
from csdesk.store.stamps import Clock

_WANTED = (
    "CREATE TEMP TABLE IF NOT EXISTS wanted(ent TEXT NOT NULL, row TEXT NOT NULL,"
    " fld TEXT NOT NULL, val, PRIMARY KEY(ent, row, fld)) WITHOUT ROWID"
)


def begin(connection: RawConnection) -> None:
    """Make the empty table `temp.wanted(ent, row, fld, val)` that the caller fills."""
    connection.execute(_WANTED)
    connection.execute("DELETE FROM temp.wanted")


def apply(connection: RawConnection, clock: Clock) -> None:
    """Give every cell in `temp.wanted` its value there; values are journal values.

    A wanted deletion is stamped with the present moment. Cells of entities or fields that this
    version does not know are left alone, as are rows that do not exist.
    """
    now = instant_text(clock())
    pairs = connection.execute("SELECT DISTINCT ent, fld FROM temp.wanted").fetchall()
    for entity, field in known_cells(pairs):
        value = "CASE WHEN v.val IS NULL THEN NULL ELSE :now END" if field == DELETED else "v.val"
        connection.execute(
            f'UPDATE main."{entity}" SET "{field}" = {value} FROM temp.wanted v'
            f' WHERE v.ent = :entity AND v.fld = :field AND v.row = main."{entity}".id',
            {"entity": entity, "field": field, **({"now": now} if field == DELETED else {})},
        )
    connection.execute("DELETE FROM temp.wanted")


def known_cells(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep the pairs of entity and field that this version has a journalled column for.

    Names from a file never reach SQL unless they come out of this look-up.
    """
    entities = entity_records()
    return [
        (entity, field)
        for entity, field in pairs
        if entity in entities and field in journalled_fields(entity)
    ]


DERIVED_BY = "derived_by"
"""The meta key of the format whose program derived the entity tables, where it is not the file's.

Such a program did not know every field: a newer one derives them again when it opens the file.
"""


def rebuild(connection: RawConnection) -> None:
    """Make cells and entity rows anew from the journal alone, inside the caller's transaction.

    The winner of a cell is the journal row with the greatest `(hlc, w, seq)`. A row is deleted
    when each of its winners was seen by some deletion. Unknown entities and fields keep their
    journal rows and cells, and nothing else. Runs without the noting triggers.
    """
    connection.execute("DELETE FROM main.cell")
    connection.execute(
        "INSERT INTO main.cell SELECT ent, row, fld, hlc, w, seq FROM ("
        " SELECT *, row_number() OVER (PARTITION BY ent, row, fld"
        "  ORDER BY hlc DESC, w DESC, seq DESC) AS place FROM main.journal) WHERE place = 1"
    )
    connection.execute("CREATE TEMP TABLE dead(ent, row, at, PRIMARY KEY(ent, row)) WITHOUT ROWID")
    connection.execute(_FIND_DEAD)
    for entity in entity_records():
        _rebuild_entity(connection, entity)
    connection.execute("DROP TABLE temp.dead")
    number = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("DELETE FROM main.meta WHERE k = ?", (DERIVED_BY,))
    if number > FORMAT:
        connection.execute("INSERT INTO main.meta VALUES (?, ?)", (DERIVED_BY, FORMAT))


def derived_by_older(connection: RawConnection) -> bool:
    """Tell whether the entity tables were last made by a program that knew less than this one."""
    row = connection.execute("SELECT v FROM main.meta WHERE k = ?", (DERIVED_BY,)).fetchone()
    return row is not None and int(row[0]) < FORMAT


# A row is dead only if every winner of its cells was seen by some deletion of it. An undone
# deletion is a winner that none has seen: then the winner of deleted_at itself has no value.
_FIND_DEAD = """
WITH deletion AS (
  SELECT ent, row, val FROM main.journal WHERE fld = 'deleted_at' AND val IS NOT NULL),
saw AS MATERIALIZED (
  SELECT d.ent, d.row, s.value ->> 0 AS fld, s.value ->> 1 AS w, s.value ->> 2 AS seq
  FROM deletion d, json_each(d.val, '$.saw') s)
INSERT INTO temp.dead
SELECT c.ent, c.row, j.val ->> '$.at' FROM main.cell c
JOIN main.journal j ON j.w = c.w AND j.seq = c.seq
WHERE c.fld = 'deleted_at' AND j.val IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM main.cell o WHERE o.ent = c.ent AND o.row = c.row AND o.fld <> 'deleted_at'
    AND (o.ent, o.row, o.fld, o.w, o.seq) NOT IN (SELECT ent, row, fld, w, seq FROM saw))
"""


def _rebuild_entity(connection: RawConnection, entity: str) -> None:
    record = entity_records()[entity]
    fields = [name for name in journalled_fields(entity) if name != DELETED]
    connection.execute(f'DELETE FROM main."{entity}"')
    shown = ", ".join(f"max(CASE c.fld WHEN '{name}' THEN j.val END)" for name in fields)
    keys = record.key_fields
    columns = ", ".join(f'"{name}"' for name in ("id", *keys, *fields))
    parts = "".join(f", {part}" for part in _key_parts(keys))
    connection.execute(
        f'INSERT INTO main."{entity}"({columns}) SELECT c.row{parts}, {shown}'
        " FROM main.cell c JOIN main.journal j ON j.w = c.w AND j.seq = c.seq"
        " WHERE c.ent = ? GROUP BY c.row",
        (entity,),
    )
    connection.execute(
        f'UPDATE main."{entity}" AS e SET deleted_at = d.at FROM temp.dead d'
        " WHERE d.ent = ? AND d.row = e.id",
        (entity,),
    )


def _key_parts(keys: tuple[str, ...]) -> list[str]:
    """Write SQL that reads the parts of a `part:part:part` id; none for plain ids."""
    if not keys:
        return []
    first, second = "instr(c.row, ':')", "instr(substr(c.row, instr(c.row, ':') + 1), ':')"
    return [
        f"substr(c.row, 1, {first} - 1)",
        f"substr(c.row, {first} + 1, {second} - 1)",
        f"substr(c.row, {first} + {second} + 1)",
    ]
