"""What copies of a file disagree about: the table `review`, kept like an index of the journal.

Kinds of rows: `edit`, a value that another one beat though neither knew of the other (`w`, `seq`
is the one that waits); `deletion`, a deletion that did not hold, because something of the row was
edited without its knowing; `circle`, a reference that would have made a circle. Whether a row
still matters (its value differs, its item lives, nobody settled it) is asked when it is shown.
"""

from __future__ import annotations

from csdesk.store.driver import RawConnection

OPEN = "open"
"""The one state of the table; what was settled stands in the entity `settlement`."""

_BEATEN = (
    "CREATE TEMP TABLE IF NOT EXISTS beaten(w INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " PRIMARY KEY(w, seq)) WITHOUT ROWID"
)
# Nobody replaced it: so whoever wrote the winner did not know of it.
_UNREPLACED = """
NOT EXISTS (SELECT 1 FROM main.journal k INDEXED BY journal_replaced
  WHERE k.pw = j.w AND k.pseq = j.seq AND k.ent = j.ent AND k.row = j.row AND k.fld = j.fld)
"""
_NOTE_BEATEN = f"""
INSERT OR IGNORE INTO main.review(id, kind, ent, row, fld, w, seq, state)
SELECT 'edit:' || j.w || ':' || j.seq, 'edit', j.ent, j.row, j.fld, j.w, j.seq, '{OPEN}'
FROM temp.beaten b CROSS JOIN main.journal j ON j.w = b.w AND j.seq = b.seq
WHERE j.fld <> 'deleted_at' AND {_UNREPLACED}
"""
_FORGET_REPLACED = """
DELETE FROM main.review AS j WHERE kind = 'edit' AND EXISTS (
  SELECT 1 FROM main.journal k INDEXED BY journal_replaced
  WHERE k.pw = j.w AND k.pseq = j.seq AND k.ent = j.ent AND k.row = j.row AND k.fld = j.fld)
"""
_FIND_ALL = f"""
INSERT INTO main.review(id, kind, ent, row, fld, w, seq, state)
SELECT 'edit:' || j.w || ':' || j.seq, 'edit', j.ent, j.row, j.fld, j.w, j.seq, '{OPEN}'
FROM main.journal j CROSS JOIN main.cell c ON c.ent = j.ent AND c.row = j.row AND c.fld = j.fld
WHERE (c.w, c.seq) <> (j.w, j.seq) AND j.fld <> 'deleted_at' AND {_UNREPLACED}
"""
_FORGET_DELETIONS = """
DELETE FROM main.review WHERE kind = 'deletion'
AND EXISTS (SELECT 1 FROM temp.touched t WHERE t.ent = review.ent AND t.row = review.row)
"""
_NOTE_DELETIONS = f"""
INSERT INTO main.review(id, kind, ent, row, fld, w, seq, state)
SELECT 'deletion:' || w || ':' || seq, 'deletion', ent, row, 'deleted_at', w, seq, '{OPEN}'
FROM temp.deletion WHERE at IS NULL
"""


def begin(connection: RawConnection) -> None:
    """Make the empty table `temp.beaten(w, seq)`: the journal rows that win their cell no more."""
    connection.execute(_BEATEN)
    connection.execute("DELETE FROM temp.beaten")


def note_beaten(connection: RawConnection) -> None:
    """Note those in `temp.beaten` that nobody replaced, and forget what was replaced meanwhile."""
    connection.execute(_NOTE_BEATEN)
    connection.execute(_FORGET_REPLACED)


def find_all(connection: RawConnection) -> None:
    """Note all beaten values of the whole journal anew; deletions and circles follow apart."""
    connection.execute("DELETE FROM main.review")
    connection.execute(_FIND_ALL)


def note_deletions(connection: RawConnection) -> None:
    """Note which deletions of the rows in `temp.touched` did not hold, by `temp.deletion`."""
    connection.execute(_FORGET_DELETIONS)
    connection.execute(_NOTE_DELETIONS)


def forget_deletions_of(connection: RawConnection) -> None:
    """Forget those of rows that the step in `temp.pending` deletes or brings back."""
    connection.execute(
        "DELETE FROM main.review WHERE kind = 'deletion' AND (ent, row) IN"
        " (SELECT ent, row FROM temp.pending WHERE fld = 'deleted_at')"
    )
