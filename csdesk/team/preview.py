"""What a file would bring, told before it does: read beside the replica, changing nothing.

The file must have come through the guard. Both databases are read through one connection; nothing
is written, not even a temporary table, so a connection that may only read will do.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csdesk.store.driver import RawConnection, database_uri
from csdesk.store.stamps import instant_of


@dataclass(frozen=True, slots=True)
class Incoming:
    """One field that a file would change: what it holds here, and what it would hold.

    `wins` is False where the newer value here would stay, and the other one wait for review.
    `before` and `after` are values as the journal holds them.
    """

    author: str
    device: str
    at: dt.datetime
    entity: str
    row: str
    field: str
    before: Any
    after: Any
    wins: bool


# Ranges of writers that are not whole would have to wait: the same rule as in merging.
_NEW = """
WITH new_rows(w, lo, hi) AS MATERIALIZED (
  SELECT t.w, coalesce(m.last_seq, 0), t.last_seq
  FROM coming.writer t LEFT JOIN main.writer m ON m.w = t.w
  WHERE t.last_seq > coalesce(m.last_seq, 0)
    AND t.last_seq - coalesce(m.last_seq, 0) = (SELECT count(*) FROM coming.journal j
      WHERE j.w = t.w AND j.seq > coalesce(m.last_seq, 0) AND j.seq <= t.last_seq)),
new_journal AS MATERIALIZED (
  SELECT j.* FROM new_rows n
  CROSS JOIN coming.journal j ON j.w = n.w AND j.seq > n.lo AND j.seq <= n.hi),
replaced(w, seq) AS MATERIALIZED (SELECT pw, pseq FROM new_journal WHERE pw IS NOT NULL),
heads AS (
  SELECT j.*, row_number() OVER (
    PARTITION BY j.ent, j.row, j.fld ORDER BY j.hlc DESC, j.w DESC, j.seq DESC) AS place
  FROM new_journal j WHERE (j.w, j.seq) NOT IN (SELECT w, seq FROM replaced))
SELECT t.author, t.device, h.hlc, h.ent, h.row, h.fld, n.val, h.val,
  h.place = 1 AND (c.hlc IS NULL OR (h.hlc, h.w, h.seq) > (c.hlc, c.w, c.seq))
FROM heads h
JOIN coming.writer t ON t.w = h.w
LEFT JOIN main.cell c ON c.ent = h.ent AND c.row = h.row AND c.fld = h.fld
LEFT JOIN main.journal n ON n.w = c.w AND n.seq = c.seq
ORDER BY h.hlc, h.w, h.seq
"""


def preview(connection: RawConnection, source: Path) -> tuple[Incoming, ...]:
    """List the fields that a guarded database at `source` would change, the earliest first.

    Of several changes of one field in a row only the last is told. `connection` reads a replica
    and is outside a transaction.
    """
    with _attached(connection, source):
        found = connection.execute(_NEW).fetchall()
    return tuple(
        Incoming(author, device, instant_of(hlc), entity, row, field, before, after, bool(wins))
        for author, device, hlc, entity, row, field, before, after, wins in found
    )


@contextlib.contextmanager
def _attached(connection: RawConnection, source: Path) -> Iterator[None]:
    uri = database_uri(source.absolute(), "mode=ro&immutable=1")
    connection.execute("ATTACH ? AS coming", (uri,))
    try:
        yield
    finally:
        connection.execute("DETACH coming")
