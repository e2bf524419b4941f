"""Going back to a backup as an edit: one step like any other, that can be undone."""

from __future__ import annotations

from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.store import rewriting
from csdesk.store.document import remove_database
from csdesk.store.driver import RawConnection, connect
from csdesk.store.replica import Replica, fetch_document


def fetch(replica: Replica, sealed: Path, workspace: str) -> Path:
    """Check a sealed file of the same workspace and return a copy of its database.

    Raises UserError where it is missing, damaged or of another workspace.
    """
    fetched = replica.staged("restore")
    if fetch_document(sealed, fetched) != workspace:
        remove_database(fetched)
        raise UserError(
            _("“{name}” belongs to another workspace.").format(name=sealed.name),
            _("Choose one of this file's own backups."),
        )
    return fetched


def forget(fetched: Path) -> None:
    """Remove the copy that `fetch` made."""
    remove_database(fetched)


_COPY = (
    "CREATE TEMP TABLE past(ent TEXT, row TEXT, fld TEXT, val, PRIMARY KEY(ent, row, fld))"
    " WITHOUT ROWID"
)
_PAST = (
    "SELECT c.ent, c.row, c.fld, j.val FROM cell c JOIN journal j ON j.w = c.w AND j.seq = c.seq"
)
_NOW = """
SELECT c.ent, c.row, c.fld, j.val FROM main.cell c
JOIN main.journal j ON j.w = c.w AND j.seq = c.seq
"""
_DIFFERENT = f"""
INSERT INTO temp.wanted
SELECT n.ent, n.row, n.fld, p.val FROM ({_NOW}) n
JOIN temp.past p ON p.ent = n.ent AND p.row = n.row AND p.fld = n.fld
WHERE CASE WHEN n.fld = 'deleted_at' THEN (n.val IS NULL) <> (p.val IS NULL)
  ELSE n.val IS NOT p.val END
"""
# Fields that had no value then, of rows that were there then.
_LATER_FIELDS = f"""
INSERT INTO temp.wanted
SELECT n.ent, n.row, n.fld, NULL FROM ({_NOW}) n
WHERE n.val IS NOT NULL
  AND EXISTS (SELECT 1 FROM temp.past p WHERE p.ent = n.ent AND p.row = n.row)
  AND NOT EXISTS (SELECT 1 FROM temp.past p WHERE p.ent = n.ent AND p.row = n.row AND p.fld = n.fld)
"""
# Rows that were not there then, and are not deleted now.
_LATER_ROWS = f"""
INSERT INTO temp.wanted
SELECT DISTINCT c.ent, c.row, 'deleted_at', 'now' FROM main.cell c
WHERE NOT EXISTS (SELECT 1 FROM temp.past p WHERE p.ent = c.ent AND p.row = c.row)
  AND NOT EXISTS (SELECT 1 FROM ({_NOW}) n
    WHERE n.ent = c.ent AND n.row = c.row AND n.fld = 'deleted_at' AND n.val IS NOT NULL)
"""


def want_state_of(connection: RawConnection, fetched: Path) -> None:
    """Fill `temp.wanted` with what makes everything as it was in the fetched database.

    Fields of rows that are deleted now and were deleted then are left alone.
    """
    rewriting.begin(connection)
    connection.execute("DROP TABLE IF EXISTS temp.past")
    connection.execute(_COPY)
    past = connect(fetched, immutable=True)
    try:
        connection.executemany("INSERT INTO temp.past VALUES (?, ?, ?, ?)", past.execute(_PAST))
    finally:
        past.close()
    for statement in (_DIFFERENT, _LATER_FIELDS, _LATER_ROWS):
        connection.execute(statement)
    connection.execute(
        "DELETE FROM temp.wanted AS v WHERE v.fld <> 'deleted_at' AND EXISTS"
        " (SELECT 1 FROM temp.past p WHERE p.ent = v.ent AND p.row = v.row"
        "  AND p.fld = 'deleted_at' AND p.val IS NOT NULL)"
    )
    connection.execute("DROP TABLE temp.past")
