"""Going back to a backup as an edit: one step like any other, that can be undone."""

from __future__ import annotations

import contextlib
from pathlib import Path

from csdesk.model.base import entity_records
from csdesk.store import rewriting
from csdesk.store.document import remove_database
from csdesk.store.driver import RawConnection, connect, transaction
from csdesk.store.following import make_follow
from csdesk.store.migrations import migrate
from csdesk.store.replica import Replica
from csdesk.team.guard import admit_document


def fetch(replica: Replica, sealed: Path, workspace: str) -> Path:
    """Check a sealed file of the same workspace and return a copy of its database.

    Its tables are read when it is restored, so they must follow from its journal. Raises UserError
    where it is missing, damaged or of another workspace.
    """
    fetched = replica.staged("restore")
    admit_document(sealed, fetched, workspace=workspace)
    try:
        with contextlib.closing(connect(fetched)) as copy:
            migrate(copy, lambda: None)
            with transaction(copy):
                make_follow(copy)
    except BaseException:
        remove_database(fetched)
        raise
    return fetched


def forget(fetched: Path) -> None:
    """Remove the copy that `fetch` made."""
    remove_database(fetched)


_PAST = (
    "CREATE TEMP TABLE past(ent TEXT, row TEXT, fld TEXT, val, PRIMARY KEY(ent, row, fld))"
    " WITHOUT ROWID",
    "CREATE TEMP TABLE past_dead(ent TEXT, row TEXT, PRIMARY KEY(ent, row)) WITHOUT ROWID",
)
_CELLS = """
SELECT c.ent, c.row, c.fld, j.val FROM main.cell c
JOIN main.journal j ON j.w = c.w AND j.seq = c.seq WHERE c.fld <> 'deleted_at'
"""
_DIFFERENT = f"""
INSERT INTO temp.wanted
SELECT n.ent, n.row, n.fld, p.val FROM ({_CELLS}) n
JOIN temp.past p ON p.ent = n.ent AND p.row = n.row AND p.fld = n.fld
WHERE n.val IS NOT p.val
"""
# Fields that had no value then, of rows that were there then.
_LATER_FIELDS = f"""
INSERT INTO temp.wanted
SELECT n.ent, n.row, n.fld, NULL FROM ({_CELLS}) n
WHERE n.val IS NOT NULL
  AND EXISTS (SELECT 1 FROM temp.past p WHERE p.ent = n.ent AND p.row = n.row)
  AND NOT EXISTS (SELECT 1 FROM temp.past p WHERE p.ent = n.ent AND p.row = n.row AND p.fld = n.fld)
"""
# What rows were like when they were deleted already is of no interest.
_OF_THE_DEAD = """
DELETE FROM temp.wanted AS v
WHERE EXISTS (SELECT 1 FROM temp.past_dead d WHERE d.ent = v.ent AND d.row = v.row)
"""
# Whether a row lives is read from its table: not every deletion among the cells holds.
_TO_DELETE = """
INSERT INTO temp.wanted
SELECT '{ent}', e.id, 'deleted_at', 'now' FROM main."{ent}" e WHERE e.deleted_at IS NULL
AND (EXISTS (SELECT 1 FROM temp.past_dead d WHERE d.ent = '{ent}' AND d.row = e.id)
  OR NOT EXISTS (SELECT 1 FROM temp.past p WHERE p.ent = '{ent}' AND p.row = e.id))
"""
_TO_BRING_BACK = """
INSERT INTO temp.wanted
SELECT '{ent}', e.id, 'deleted_at', NULL FROM main."{ent}" e WHERE e.deleted_at IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM temp.past_dead d WHERE d.ent = '{ent}' AND d.row = e.id)
AND EXISTS (SELECT 1 FROM temp.past p WHERE p.ent = '{ent}' AND p.row = e.id)
"""


def want_state_of(connection: RawConnection, fetched: Path) -> None:
    """Fill `temp.wanted` with what makes everything as it was in the fetched database.

    Fields of rows that were deleted then are left alone.
    """
    rewriting.begin(connection)
    for table in ("past", "past_dead"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    for statement in _PAST:
        connection.execute(statement)
    with contextlib.closing(connect(fetched, immutable=True)) as past:
        connection.executemany("INSERT INTO temp.past VALUES (?, ?, ?, ?)", past.execute(_CELLS))
        tables = {row[0] for row in past.execute("SELECT name FROM sqlite_schema").fetchall()}
        known = [entity for entity in entity_records() if entity in tables]
        for entity in known:
            connection.executemany(
                "INSERT INTO temp.past_dead VALUES (?, ?)",
                past.execute(
                    f"SELECT '{entity}', id FROM \"{entity}\" WHERE deleted_at IS NOT NULL"
                ),
            )
    for statement in (_DIFFERENT, _LATER_FIELDS, _OF_THE_DEAD):
        connection.execute(statement)
    for entity in entity_records():
        connection.execute(_TO_DELETE.format(ent=entity))
        connection.execute(_TO_BRING_BACK.format(ent=entity))
    for table in ("past", "past_dead"):
        connection.execute(f"DROP TABLE temp.{table}")
