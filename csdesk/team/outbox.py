"""The outbox of a computer: a small sealed database of the journal rows it has to give.

It holds the rows of the writers of this computer, and of others where the folder lacks them, each
from one number to another without a gap. The same rows make the same bytes, so that nothing is
uploaded for nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from csdesk.store.document import Seal, remove_database, seal_file
from csdesk.store.driver import RawConnection, connect
from csdesk.store.schema import APPLICATION_ID, JOURNAL_TABLES
from csdesk.store.versions import Versions

ENDING = ".csdx"
KIND = "outbox"
OUTBOX_TABLES = JOURNAL_TABLES[:4]
"""What an outbox consists of, word for word: meta, writer, txn and journal."""

_PAGE = 1024
"""Small pages: an outbox of a few rows is uploaded after every pause."""

Ranges = Mapping[int, tuple[int, int]]
"""Writer to the first and last number of its rows."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes an outbox: the computer and the person at it."""

    device: str
    author: str


def write_outbox(replica: RawConnection, staged: Path, ranges: Ranges, sender: Sender) -> Seal:
    """Write these rows of a replica to a sealed file; `replica` is outside a transaction.

    The same rows and sender give the same bytes.
    """
    remove_database(staged)
    # The pages' size can only be chosen before anything else is done with the file.
    with contextlib.closing(connect(staged)) as empty:
        empty.execute(f"PRAGMA page_size = {_PAGE}")
        empty.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with _attached(replica, staged):
        run = replica.execute
        run("BEGIN")
        try:
            _fill(replica, ranges, sender)
            run("COMMIT")
        except BaseException:
            run("ROLLBACK")
            raise
    return seal_file(staged)


@contextlib.contextmanager
def _attached(replica: RawConnection, staged: Path) -> Iterator[None]:
    replica.execute("ATTACH ? AS outbox", (str(staged),))
    try:
        yield
    finally:
        replica.execute("DETACH outbox")


_FILL = (
    "INSERT INTO outbox.writer SELECT w.w, w.device, w.author, w.app, w.started, r.hi"
    " FROM temp.sent r CROSS JOIN main.writer w ON w.w = r.w ORDER BY w.w",
    "INSERT INTO outbox.txn(w, seq0, seq1, hlc, label, kind, of_w, of_seq)"
    # Of a step that lies across an end only the part between: no row may be without a step.
    " SELECT t.w, max(t.seq0, r.lo), min(t.seq1, r.hi), t.hlc, t.label, t.kind, t.of_w, t.of_seq"
    " FROM temp.sent r CROSS JOIN main.txn t ON t.w = r.w AND t.seq1 >= r.lo AND t.seq0 <= r.hi"
    " ORDER BY t.w, t.seq0",
    "INSERT INTO outbox.journal SELECT j.w, j.seq, j.hlc, j.ent, j.row, j.fld, j.val, j.pw, j.pseq"
    " FROM temp.sent r CROSS JOIN main.journal j ON j.w = r.w AND j.seq BETWEEN r.lo AND r.hi"
    " ORDER BY j.w, j.seq",
)


def _fill(replica: RawConnection, ranges: Ranges, sender: Sender) -> None:
    run = replica.execute
    run(
        "CREATE TEMP TABLE IF NOT EXISTS sent(w INTEGER PRIMARY KEY, lo INTEGER NOT NULL,"
        " hi INTEGER NOT NULL)"
    )
    run("DELETE FROM temp.sent")
    replica.executemany(
        "INSERT INTO temp.sent VALUES (?, ?, ?)",
        [(writer, first, last) for writer, (first, last) in sorted(ranges.items())],
    )
    for statement in OUTBOX_TABLES:
        run(statement.replace("CREATE TABLE ", "CREATE TABLE outbox.", 1))
    workspace = run("SELECT v FROM main.meta WHERE k = 'workspace_id'").fetchone()[0]
    meta = {
        "workspace_id": workspace,
        "kind": KIND,
        "device": sender.device,
        "author": sender.author,
    }
    replica.executemany("INSERT INTO outbox.meta VALUES (?, ?)", sorted(meta.items()))
    for statement in _FILL:
        run(statement)
    number = run("PRAGMA main.user_version").fetchone()[0]
    run(f"PRAGMA outbox.user_version = {int(number)}")


def count(ranges: Ranges, known: Versions) -> int:
    """Count the rows in these ranges that lie beyond what is known."""
    return sum(
        max(0, last - max(known.get(writer, 0), first - 1))
        for writer, (first, last) in ranges.items()
    )
