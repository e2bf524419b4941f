"""Going back as an edit, to a backup or to a moment: one step like any other, to be undone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from csdesk.i18n import _
from csdesk.model.base import entity_records
from csdesk.store import rewriting
from csdesk.store.document import remove_database
from csdesk.store.driver import RawConnection, connect, told_plainly, transaction
from csdesk.store.following import make_follow
from csdesk.store.migrations import migrate
from csdesk.store.replica import Replica
from csdesk.team.guard import admit_document
from csdesk.workspace.moments import RestorePoint, find_scope, read_past


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


@dataclass(frozen=True, slots=True)
class Past:
    """A state to go back to: what the step is called, and the copy that knows it, if one does."""

    label: str
    copy: Path | None
    point: RestorePoint | None

    def want(self, connection: RawConnection) -> None:
        """Fill `temp.wanted` with what makes everything as it was."""
        if self.point is not None:
            want_state_at(connection, self.point)
        elif self.copy is not None:
            want_state_of(connection, self.copy)


@contextlib.contextmanager
def opened(source: Path | RestorePoint, replica: Replica, workspace: str) -> Iterator[Past]:
    """Make a sealed file of the same workspace, or a moment, ready to go back to.

    Raises UserError where the file is missing, damaged or of another workspace.
    """
    if isinstance(source, RestorePoint):
        yield Past(source.label, None, source)
        return
    with told_plainly():
        fetched = fetch(replica, source, workspace)
    try:
        yield Past(_("Restore {name}").format(name=source.stem), fetched, None)
    finally:
        remove_database(fetched)


_PAST = {
    "past": "CREATE TEMP TABLE past(ent TEXT, row TEXT, fld TEXT, val, w INTEGER, seq INTEGER,"
    " PRIMARY KEY(ent, row, fld)) WITHOUT ROWID",
    "past_dead": "CREATE TEMP TABLE past_dead(ent TEXT, row TEXT, PRIMARY KEY(ent, row))"
    " WITHOUT ROWID",
    "scope": "CREATE TEMP TABLE scope(ent TEXT, row TEXT, PRIMARY KEY(ent, row)) WITHOUT ROWID",
}
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


_OUT_OF_SCOPE = """
DELETE FROM temp.wanted AS v
WHERE NOT EXISTS (SELECT 1 FROM temp.scope s WHERE s.ent = v.ent AND s.row = v.row)
"""
# A dependency that gave way in a circle was deleted by nobody: it is back when others let go.
_GAVE_WAY = """
DELETE FROM temp.wanted AS v WHERE v.fld = 'deleted_at' AND v.val IS NULL
AND EXISTS (SELECT 1 FROM main.review r
  WHERE r.kind = 'circle' AND r.ent = v.ent AND r.row = v.row)
"""


def want_state_of(connection: RawConnection, fetched: Path) -> None:
    """Fill `temp.wanted` with what makes everything as it was in the fetched database.

    Fields of rows that were deleted then are left alone.
    """
    with _past_tables(connection):
        with contextlib.closing(connect(fetched, immutable=True)) as past:
            connection.executemany(
                "INSERT INTO temp.past(ent, row, fld, val) VALUES (?, ?, ?, ?)",
                past.execute(_CELLS),
            )
            tables = {row[0] for row in past.execute("SELECT name FROM sqlite_schema").fetchall()}
            for entity in entity_records():
                if entity in tables:
                    dead = past.execute(
                        f"SELECT '{entity}', id FROM \"{entity}\" WHERE deleted_at IS NOT NULL"
                    )
                    connection.executemany("INSERT INTO temp.past_dead VALUES (?, ?)", dead)
        _want_past(connection)


def want_state_at(connection: RawConnection, point: RestorePoint) -> None:
    """Fill `temp.wanted` with what makes everything, or one item, as it was at a moment.

    Fields of rows that were deleted then are left alone, as is what this version does not know.
    Raises UserError where it was not there yet, or belongs to something deleted.
    """
    with _past_tables(connection):
        read_past(connection, point)
        if point.entity is not None:
            find_scope(connection, point)
        _want_past(connection)
        if point.entity is not None:
            connection.execute(_OUT_OF_SCOPE)


@contextlib.contextmanager
def _past_tables(connection: RawConnection) -> Iterator[None]:
    rewriting.begin(connection)
    for table, statement in _PAST.items():
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        connection.execute(statement)
    yield
    for table in _PAST:
        connection.execute(f"DROP TABLE temp.{table}")


def _want_past(connection: RawConnection) -> None:
    """Want what differs from `temp.past` and `temp.past_dead`."""
    for statement in (_DIFFERENT, _LATER_FIELDS, _OF_THE_DEAD):
        connection.execute(statement)
    for entity in entity_records():
        connection.execute(_TO_DELETE.format(ent=entity))
        connection.execute(_TO_BRING_BACK.format(ent=entity))
    connection.execute(_GAVE_WAY)
