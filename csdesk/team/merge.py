"""How a replica takes in rows of another journal: the union of two sets, and what follows of it.

Merging is the union of the rows `(w, seq)`, without gaps for each writer; the winner of a cell is
the row with the greatest stamp; everything else is derived anew for what was touched. So the
order in which copies meet does not matter, nor how often, and no row is ever dropped. No clock is
asked: what one replica takes another one takes too. SQL does the sets, in one transaction.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.store import deriving, disagreements
from csdesk.store.driver import RawConnection, connect, connect_live, database_uri, transaction
from csdesk.store.journal import StepKey
from csdesk.store.replica import Replica
from csdesk.store.touching import accounts_of

MOST_LISTED = 20_000
"""Of more touched rows than these a merge says only that there were many."""


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file whose rows a merge takes in: noted in the same transaction, so never by mistake."""

    sha256: str
    name: str
    at: str
    """When it was seen, as the database keeps instants."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought: how many journal rows, which steps, and which rows they touched.

    `waiting` names the writers of whom something before what the file has is missing here: their
    rows come once a file has the rest. `split` names the people one of whose computers went on
    under a number it had before it was set back: the file's rows under that number stayed out.
    Where `everything` is set, too much was touched to list.
    """

    added: int = 0
    steps: tuple[StepKey, ...] = ()
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    accounts: frozenset[str] = frozenset()
    everything: bool = False
    waiting: tuple[int, ...] = ()
    split: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything was new."""
        return self.everything or self.added > 0


class SplitHistoryError(UserError):
    """Two files tell different things under the same number of the same writer."""

    @classmethod
    def of(cls, people: tuple[str, ...]) -> Self:
        """Say whose computer was set back, and what can be done."""
        return cls(
            _("A computer of {author} was set back while CSDesk was running on it.").format(
                author=", ".join(people)
            ),
            _(
                "What was changed there from then until CSDesk was started anew could not be"
                " brought in; the history on that computer lists it. Everything else came in."
            ),
        )


def merge(connection: RawConnection, source: Path, seen: SeenFile | None = None) -> Merged:
    """Take in what a guarded database at `source` knows and this replica does not.

    `connection` is a live one without the noting triggers, outside a transaction. `seen` is noted
    only where all of the file came in. Of a writer whose history split, the file's rows stay out:
    two different rows cannot have one number.
    """
    with _attached(connection, source), transaction(connection):
        waiting = _find_new(connection)
        split = _leave_split_out(connection)
        merged = replace(_take_rows(connection), waiting=waiting, split=split)
        if seen is not None and not waiting and not split:
            note_seen(connection, seen)
    return merged


def take_in(replica: Replica, fetched: Path, seen: SeenFile | None = None) -> Merged:
    """Bring what a guarded document database knows into a replica.

    A replica that has nothing yet becomes a page copy of the document. Raises SplitHistoryError
    where rows of a split history stayed out; everything else is in then.
    """
    with contextlib.closing(connect_live(replica.database)) as mine:
        if mine.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] > 0:
            merged = merge(mine, fetched, seen)
            if merged.split:
                raise SplitHistoryError.of(merged.split)
            return merged
        with contextlib.closing(connect(fetched, immutable=True)) as theirs:
            theirs.backup(mine)
        mine.execute("PRAGMA journal_mode = WAL")
        # What its writer merged is not what we have: nobody can vouch for that list.
        mine.execute("DELETE FROM main.seen")
        if seen is not None:
            note_seen(mine, seen)
        return Merged(everything=True)


_SEEN_KEPT = 500
_ROOM = -256_000
"""SQLite's cache while merging, in KiB where negative; taken only as far as pages need it."""


def note_seen(connection: RawConnection, seen: SeenFile) -> None:
    """Note that a replica has every row of a file.

    The note lies in the replica itself: an older copy of the replica then knows less, too.
    """
    connection.execute(
        "INSERT OR REPLACE INTO main.seen(sha256, name, at) VALUES (?, ?, ?)",
        (seen.sha256, seen.name, seen.at),
    )
    connection.execute(
        "DELETE FROM main.seen WHERE sha256 NOT IN"
        " (SELECT sha256 FROM main.seen ORDER BY at DESC, sha256 LIMIT ?)",
        (_SEEN_KEPT,),
    )


@contextlib.contextmanager
def _attached(connection: RawConnection, source: Path) -> Iterator[None]:
    uri = database_uri(source.absolute(), "mode=ro&immutable=1")
    connection.execute("ATTACH ? AS other", (uri,))
    usual = connection.execute("PRAGMA main.cache_size").fetchone()[0]
    # Pages that a large merge changes stay in memory until they are committed, each written once.
    connection.execute(f"PRAGMA main.cache_size = {_ROOM}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA main.cache_size = {usual}")
        connection.execute("DETACH other")


_SPLIT = """
SELECT t.w, coalesce(nullif(t.author, ''), t.device) FROM other.writer t
CROSS JOIN main.writer m ON m.w = t.w
CROSS JOIN other.journal a ON a.w = t.w AND a.seq = min(t.last_seq, m.last_seq)
CROSS JOIN main.journal b ON b.w = a.w AND b.seq = a.seq
WHERE (a.hlc, a.ent, a.row, a.fld, a.val, a.pw, a.pseq)
  IS NOT (b.hlc, b.ent, b.row, b.fld, b.val, b.pw, b.pseq)
"""


def _leave_split_out(connection: RawConnection) -> tuple[str, ...]:
    """Take writers whose history split out of `temp.new_rows`; return whose they are."""
    split = connection.execute(_SPLIT).fetchall()
    connection.executemany("DELETE FROM temp.new_rows WHERE w = ?", [(w,) for w, _who in split])
    return tuple(sorted({who for _w, who in split}))


_NEW = (
    "CREATE TEMP TABLE IF NOT EXISTS new_rows(w INTEGER PRIMARY KEY, lo INTEGER NOT NULL,"
    " hi INTEGER NOT NULL)"
)
_FIND_NEW = """
INSERT INTO temp.new_rows
SELECT t.w, coalesce(m.last_seq, 0), t.last_seq
FROM other.writer t LEFT JOIN main.writer m ON m.w = t.w
WHERE t.last_seq > coalesce(m.last_seq, 0)
"""
_WITH_GAPS = """
SELECT n.w FROM temp.new_rows n WHERE n.hi - n.lo <>
  (SELECT count(*) FROM other.journal j WHERE j.w = n.w AND j.seq > n.lo AND j.seq <= n.hi)
"""


def _find_new(connection: RawConnection) -> tuple[int, ...]:
    """Fill `temp.new_rows` with the range of each writer; return whose rows have to wait."""
    connection.execute(_NEW)
    connection.execute("DELETE FROM temp.new_rows")
    connection.execute(_FIND_NEW)
    waiting = tuple(row[0] for row in connection.execute(_WITH_GAPS))
    connection.executemany("DELETE FROM temp.new_rows WHERE w = ?", [(w,) for w in waiting])
    return waiting


_ROWS = """
FROM temp.new_rows n CROSS JOIN other.journal j ON j.w = n.w AND j.seq > n.lo AND j.seq <= n.hi
"""
_CELL = "CROSS JOIN main.cell c ON c.ent = j.ent AND c.row = j.row AND c.fld = j.fld"
_APPEND = f"""
INSERT INTO main.journal(w, seq, hlc, ent, row, fld, val, pw, pseq)
SELECT j.w, j.seq, j.hlc, j.ent, j.row, j.fld, j.val, j.pw, j.pseq {_ROWS}
"""
# A step of which the beginning is known already counts from there: what was saved from a damaged
# file may have ended in the middle of it, and no row may be without a step.
_APPEND_STEPS = """
INSERT OR IGNORE INTO main.txn(w, seq0, seq1, hlc, label, kind, of_w, of_seq)
SELECT t.w, max(t.seq0, n.lo + 1), t.seq1, t.hlc, t.label, t.kind, t.of_w, t.of_seq
FROM temp.new_rows n CROSS JOIN other.txn t ON t.w = n.w AND t.seq1 <= n.hi AND t.seq0 >=
  coalesce((SELECT max(s.seq0) FROM other.txn s WHERE s.w = n.w AND s.seq0 <= n.lo + 1), 0)
WHERE t.seq1 > n.lo
ORDER BY t.hlc, t.w, t.seq0
"""
_EXTEND_WRITERS = """
INSERT INTO main.writer(w, device, author, app, started, last_seq)
SELECT t.w, t.device, t.author, t.app, t.started, t.last_seq
FROM temp.new_rows n CROSS JOIN other.writer t ON t.w = n.w WHERE true
ON CONFLICT(w) DO UPDATE SET last_seq = excluded.last_seq
"""
# In the order of cells: what follows walks both from one end to the other.
_INCOMING = (
    "CREATE TEMP TABLE IF NOT EXISTS incoming(ent TEXT NOT NULL, row TEXT NOT NULL,"
    " fld TEXT NOT NULL, hlc INTEGER NOT NULL, w INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " pw INTEGER, pseq INTEGER, PRIMARY KEY(ent, row, fld, hlc, w, seq)) WITHOUT ROWID"
)
_SORT = f"""
INSERT INTO temp.incoming SELECT j.ent, j.row, j.fld, j.hlc, j.w, j.seq, j.pw, j.pseq {_ROWS}
ORDER BY j.ent, j.row, j.fld, j.hlc, j.w, j.seq
"""
_WIN_NEW = """
INSERT INTO main.cell(ent, row, fld, hlc, w, seq)
SELECT j.ent, j.row, j.fld, j.hlc, j.w, j.seq FROM temp.incoming j WHERE true
ON CONFLICT(ent, row, fld) DO NOTHING
"""
# The few whose cell has another winner, an older one or another newcomer.
_CONTESTED = (
    "CREATE TEMP TABLE IF NOT EXISTS contested AS SELECT * FROM temp.incoming WHERE false",
    "DELETE FROM temp.contested",
    f"INSERT INTO temp.contested SELECT j.* FROM temp.incoming j {_CELL}"
    " WHERE (c.w, c.seq) <> (j.w, j.seq)",
)
# Who replaced it knew of it: of such, and they are most, nothing is to be looked up.
_NOTE_OLD_WINNERS = f"""
INSERT OR IGNORE INTO temp.beaten SELECT c.w, c.seq FROM temp.contested j {_CELL}
WHERE (j.hlc, j.w, j.seq) > (c.hlc, c.w, c.seq) AND (j.pw, j.pseq) IS NOT (c.w, c.seq)
"""
_WIN = """
INSERT INTO main.cell(ent, row, fld, hlc, w, seq)
SELECT j.ent, j.row, j.fld, j.hlc, j.w, j.seq FROM temp.contested j WHERE true
ON CONFLICT(ent, row, fld) DO UPDATE SET hlc = excluded.hlc, w = excluded.w, seq = excluded.seq
WHERE (excluded.hlc, excluded.w, excluded.seq) > (hlc, w, seq)
"""
_NOTE_BEATEN_NEWCOMERS = f"""
INSERT OR IGNORE INTO temp.beaten SELECT j.w, j.seq FROM temp.contested j {_CELL}
WHERE (c.w, c.seq) <> (j.w, j.seq)
"""
_TOUCH = "INSERT OR IGNORE INTO temp.touched SELECT DISTINCT j.ent, j.row FROM temp.incoming j"


def _take_rows(connection: RawConnection) -> Merged:
    run = connection.execute
    added = run(_APPEND).rowcount
    if added == 0:
        return Merged()
    run(_EXTEND_WRITERS)
    run(_APPEND_STEPS)
    disagreements.begin(connection)
    deriving.begin(connection)
    run(_INCOMING)
    run("DELETE FROM temp.incoming")
    run(_SORT)
    run(_TOUCH)
    # Most rows are of cells that had no winner yet: where all are, nothing was beaten.
    if run(_WIN_NEW).rowcount != added:
        for statement in (*_CONTESTED, _NOTE_OLD_WINNERS, _WIN, _NOTE_BEATEN_NEWCOMERS):
            run(statement)
    disagreements.note_beaten(connection)
    deriving.derive_touched(connection)
    return _described(connection, added)


def _described(connection: RawConnection, added: int) -> Merged:
    run = connection.execute
    steps = tuple(
        StepKey(*key)
        for key in run(
            "SELECT t.w, t.seq0, t.seq1 FROM temp.new_rows n"
            " CROSS JOIN main.txn t ON t.w = n.w AND t.seq0 > n.lo ORDER BY t.n"
        )
    )
    if run("SELECT count(*) FROM temp.touched").fetchone()[0] > MOST_LISTED:
        return Merged(added, steps, everything=True)
    rows: dict[str, set[str]] = {}
    for entity, row in run("SELECT ent, row FROM temp.touched"):
        rows.setdefault(entity, set()).add(row)
    accounts = accounts_of(connection, "temp.touched", rows)
    frozen = {entity: frozenset(ids) for entity, ids in rows.items()}
    return Merged(added, steps, frozen, accounts)
