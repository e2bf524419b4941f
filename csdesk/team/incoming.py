"""What a file would bring: the steps in it that a replica does not know, read without merging."""

from __future__ import annotations

import contextlib
from pathlib import Path

from csdesk.store.driver import RawConnection, connect
from csdesk.store.journal import StepKey
from csdesk.store.stamps import instant_of
from csdesk.store.versions import Versions
from csdesk.team.standing import Incoming, IncomingField

_STEPS = (
    "SELECT t.w, t.seq0, t.seq1, t.hlc, t.label, x.author, x.device FROM txn t"
    " JOIN writer x ON x.w = t.w ORDER BY t.hlc, t.w, t.seq0"
)
_FIELDS = "SELECT ent, row, fld, val FROM journal WHERE w = ? AND seq BETWEEN ? AND ? ORDER BY seq"


def incoming_steps(database: Path, known: Versions) -> tuple[Incoming, ...]:
    """List the steps of a guarded database that lie beyond what is known, the earliest first."""
    with contextlib.closing(connect(database, immutable=True)) as connection:
        return tuple(
            Incoming(StepKey(w, seq0, seq1), author, device, instant_of(hlc), label, fields)
            for w, seq0, seq1, hlc, label, author, device in connection.execute(_STEPS).fetchall()
            if seq1 > known.get(w, 0)
            for fields in [_fields(connection, w, max(seq0, known.get(w, 0) + 1), seq1)]
        )


def _fields(
    connection: RawConnection, writer: int, first: int, last: int
) -> tuple[IncomingField, ...]:
    return tuple(IncomingField(*row) for row in connection.execute(_FIELDS, (writer, first, last)))
