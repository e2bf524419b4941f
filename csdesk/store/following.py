"""Whether what a database shows follows from its journal, and making it follow where it does not.

A document that came from outside brings its tables along, and the first opening takes them as
they are: to make them anew would take long for a large file, and change every page of it. So they
are compared with the journal first, without writing anything (docs/decisions/0040).
"""

from __future__ import annotations

from functools import cache

from csdesk.model.base import Exact, columns_of, entity_records
from csdesk.store import circles, deletions, deriving, disagreements
from csdesk.store.driver import RawConnection
from csdesk.store.journal import DELETED

_WRONG_CELLS = (
    "SELECT 1 FROM main.cell c WHERE NOT EXISTS (SELECT 1 FROM main.journal j WHERE j.w = c.w"
    " AND j.seq = c.seq AND j.hlc = c.hlc AND j.ent = c.ent AND j.row = c.row AND j.fld = c.fld)",
    "SELECT 1 FROM main.journal j WHERE NOT EXISTS (SELECT 1 FROM main.cell c WHERE c.ent = j.ent"
    " AND c.row = j.row AND c.fld = j.fld AND (c.hlc, c.w, c.seq) >= (j.hlc, j.w, j.seq))",
)


def make_follow(connection: RawConnection) -> bool:
    """Make cells, entity rows and disagreements say what the journal says.

    Returns whether cells or entity rows did not. Runs in the caller's transaction, on a database
    of this format or a newer minor one, without the noting triggers.
    """
    if not _follows(connection):
        deriving.rebuild(connection)
        return True
    disagreements.find_all(connection)
    disagreements.note_deletions(connection)
    circles.open_circles(connection, list(entity_records()))
    return False


def _follows(connection: RawConnection) -> bool:
    """Compare all; `temp.touched` and `temp.deletion` are made on the way."""
    run = connection.execute
    if any(run(f"{wrong} LIMIT 1").fetchone() for wrong in _WRONG_CELLS):
        return False
    deriving.begin(connection)
    run("INSERT INTO temp.touched SELECT DISTINCT ent, row FROM main.cell")
    deletions.find_deletions(connection)
    return all(_shows_its_cells(connection, entity) for entity in entity_records())


def _shows_its_cells(connection: RawConnection, entity: str) -> bool:
    columns = columns_of(entity)
    shown = ", ".join(f'"{column.name}"' for column in columns)
    kept = f'SELECT {shown} FROM main."{entity}"'
    # 5 and 5.0 are the same to SQLite, and not to whoever reads an exact number.
    floats = " OR ".join(
        f"typeof(\"{column.name}\") = 'real'"
        for column in columns
        if isinstance(column.type, Exact)
    )
    return not any(
        connection.execute(f"{wrong} LIMIT 1").fetchone()
        for wrong in (
            f"{_rows_of(entity)} EXCEPT {kept}",
            # Each id is there once: as many rows, and all of these, are all rows.
            f'SELECT 1 WHERE (SELECT count(*) FROM main."{entity}")'
            f" <> (SELECT count(*) FROM temp.touched WHERE ent = '{entity}')",
            f'SELECT 1 FROM main."{entity}" WHERE {floats or "false"}',
        )
    )


@cache
def _rows_of(entity: str) -> str:
    """Write SQL that makes the rows of an entity, in `temp.touched`, as the format says it."""
    keys = entity_records()[entity].key_fields
    rest = "substr(t.row, instr(t.row, ':') + 1)"
    parts = dict(
        zip(
            keys,
            (
                "substr(t.row, 1, instr(t.row, ':') - 1)",
                f"substr({rest}, 1, instr({rest}, ':') - 1)",
                f"substr({rest}, instr({rest}, ':') + 1)",
            ),
            strict=False,
        )
    )
    fixed = {"id": "t.row", DELETED: "d.at", **parts}
    shown = ", ".join(
        fixed.get(column.name, f"max(CASE c.fld WHEN '{column.name}' THEN j.val END)")
        for column in columns_of(entity)
    )
    return (
        f"SELECT {shown} FROM temp.touched t"
        " CROSS JOIN main.cell c ON c.ent = t.ent AND c.row = t.row"
        " CROSS JOIN main.journal j ON j.w = c.w AND j.seq = c.seq"
        " LEFT JOIN temp.deletion d ON d.ent = t.ent AND d.row = t.row"
        f" WHERE t.ent = '{entity}' GROUP BY t.row"
    )
