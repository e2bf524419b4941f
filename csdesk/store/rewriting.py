"""Set many fields of many rows at once: the one way in which undo, redo and restore write.

The values wanted stand in a TEMP table; each known column is then updated with one statement,
so that the triggers note the changes like any others. No record classes are involved.
"""

from __future__ import annotations

from collections.abc import Iterable

from csdesk.model.base import entity_records, instant_text
from csdesk.store.driver import RawConnection
from csdesk.store.journal import DELETED, journalled_fields
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
