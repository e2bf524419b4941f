"""How a replica takes in a document: the union of two journals of one workspace."""

from __future__ import annotations

from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.store import rewriting
from csdesk.store.driver import RawConnection, connect, connect_live, database_uri, transaction
from csdesk.store.replica import Replica
from csdesk.store.versions import Versions, contains, gaps, versions


def take_in(replica: Replica, fetched: Path) -> bool:
    """Bring what a fetched document database knows into the replica; True if anything was new.

    A new replica, or one whose rows the document all has, becomes a page copy of the document.
    Where both have rows of their own, or the document is of an older format than the replica,
    their journals are joined and the rest is made anew.
    """
    theirs = connect(fetched, immutable=True)
    mine = connect_live(replica.database)
    try:
        fresh = mine.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        known: Versions = {} if fresh else versions(mine)
        offered = versions(theirs)
        if not fresh and contains(known, offered):
            return False
        if fresh or (contains(offered, known) and _format(theirs) >= _format(mine)):
            theirs.backup(mine)
            mine.execute("PRAGMA journal_mode = WAL")
        else:
            join(mine, fetched)
        return True
    finally:
        mine.close()
        theirs.close()


_JOURNAL_COLUMNS = "w, seq, hlc, ent, row, fld, val, pw, pseq"
_STEP_COLUMNS = "w, seq0, seq1, hlc, label, kind, of_w, of_seq"
_WRITER_COLUMNS = "w, device, author, app, started, last_seq"


def join(mine: RawConnection, fetched: Path) -> None:
    """Unite two journals of one workspace, and make everything derived from them anew.

    Raises UserError where the other journal has gaps: then something of it is missing.
    """
    mine.execute("ATTACH ? AS other", (database_uri(fetched.absolute(), "mode=ro&immutable=1"),))
    try:
        with transaction(mine):
            if gaps(mine, "other"):
                raise UserError(
                    _("The journal of this file has gaps."),
                    _("It was not opened. Ask the person you have it from for a new copy."),
                )
            mine.execute(
                f"INSERT OR IGNORE INTO main.journal({_JOURNAL_COLUMNS})"
                f" SELECT {_JOURNAL_COLUMNS} FROM other.journal"
            )
            mine.execute(
                f"INSERT INTO main.writer({_WRITER_COLUMNS})"
                f" SELECT {_WRITER_COLUMNS} FROM other.writer WHERE true"
                " ON CONFLICT(w) DO UPDATE SET last_seq = max(last_seq, excluded.last_seq)"
            )
            mine.execute(
                f"INSERT OR IGNORE INTO main.txn({_STEP_COLUMNS})"
                f" SELECT {_STEP_COLUMNS} FROM other.txn ORDER BY n"
            )
            rewriting.rebuild(mine)
    finally:
        mine.execute("DETACH other")


def _format(connection: RawConnection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
