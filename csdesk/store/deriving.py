"""Entity rows made from the journal: all of them, or just those that a merge touched.

Everything here is a function of the set of journal rows, whatever the order they came in: copies
of a file that know the same rows show the same.
"""

from __future__ import annotations

from csdesk.model.base import entity_records
from csdesk.store import circles, deletions, disagreements
from csdesk.store.driver import RawConnection
from csdesk.store.journal import DELETED, journalled_fields
from csdesk.store.schema import FORMAT

DERIVED_BY = "derived_by"
"""The meta key of the format whose program derived the entity tables, where it is not the file's.

Such a program did not know every field: a newer one derives them again when it opens the file.
"""

_TOUCHED = (
    "CREATE TEMP TABLE IF NOT EXISTS touched(ent TEXT NOT NULL, row TEXT NOT NULL,"
    " PRIMARY KEY(ent, row)) WITHOUT ROWID"
)


def begin(connection: RawConnection) -> None:
    """Make the empty table `temp.touched(ent, row)` that the caller fills."""
    connection.execute(_TOUCHED)
    connection.execute("DELETE FROM temp.touched")


def derive_touched(connection: RawConnection) -> None:
    """Make the entity rows in `temp.touched` anew from their cells, in the caller's transaction.

    A row is deleted when each of its winners was seen by some deletion (deletions.py). References
    that run in a circle are opened (circles.py): rows that changes are added to `temp.touched`.
    Deletions that did not hold are noted (disagreements.py). Unknown entities and fields keep
    their journal rows and cells, and nothing else. Runs without the noting triggers.
    """
    deletions.find_deletions(connection)
    touched = {row[0] for row in connection.execute("SELECT DISTINCT ent FROM temp.touched")}
    for entity in entity_records():
        if entity in touched:
            _derive_entity(connection, entity)
    disagreements.note_deletions(connection)
    connection.executemany(
        "INSERT OR IGNORE INTO temp.touched VALUES (?, ?)",
        sorted(circles.open_circles(connection, touched)),
    )
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


def _derive_entity(connection: RawConnection, entity: str) -> None:
    record = entity_records()[entity]
    fields = [name for name in journalled_fields(entity) if name != DELETED]
    shown = "".join(
        f", max(j.val) FILTER (WHERE c.fld = '{name}') AS \"{name}\"" for name in fields
    )
    rows = (
        f'SELECT t.row AS id{shown}, d.at AS "{DELETED}" FROM temp.touched t'
        " CROSS JOIN main.cell c ON c.ent = t.ent AND c.row = t.row"
        " CROSS JOIN main.journal j ON j.w = c.w AND j.seq = c.seq"
        " LEFT JOIN temp.deletion d ON d.ent = t.ent AND d.row = t.row"
        " WHERE t.ent = ? GROUP BY t.row"
    )
    parts: list[str] = []
    if record.key_fields:
        # Each step in a query of its own, so that no part of a long id is looked for twice.
        rows = f"SELECT *, instr(id, ':') AS one FROM ({rows}) LIMIT -1"
        rows = f"SELECT *, one + instr(substr(id, one + 1), ':') AS two FROM ({rows}) LIMIT -1"
        parts = [
            "substr(id, 1, one - 1)",
            "substr(id, one + 1, two - one - 1)",
            "substr(id, two + 1)",
        ]
    names = ["id", *record.key_fields, *fields, DELETED]
    values = ["id", *parts, *(f'"{name}"' for name in (*fields, DELETED))]
    columns = ", ".join(f'"{name}"' for name in names)
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names[1:])
    connection.execute(
        f'INSERT INTO main."{entity}"({columns}) SELECT {", ".join(values)} FROM ({rows})'
        f" WHERE true ON CONFLICT(id) DO UPDATE SET {changed}",
        (entity,),
    )
