"""What can still be read of the journal of a damaged database.

A writer's rows count only without a gap, and only in whole steps: so what was saved is a state
that once was, and a copy of the file that has the rest can still be joined later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csdesk.i18n import _
from csdesk.store.driver import RawConnection
from csdesk.store.pages import Record, Row, rows_left_in
from csdesk.store.versions import Versions, versions

_WORKSPACE_ID = re.compile("[0-9a-f]{32}")
_NUMBER, _TEXT, _MAYBE = (int,), (str,), (int, type(None))
_ANY = (int, float, str, bytes, type(None))
_JOURNAL_ROW = (*(_NUMBER,) * 3, *(_TEXT,) * 3, _ANY, _MAYBE, _MAYBE)
_STEP = ((type(None),), *(_NUMBER,) * 4, _TEXT, _TEXT, _MAYBE, _MAYBE)
_WRITER = ((type(None),), *(_TEXT,) * 4, _NUMBER)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many changes were saved, and how far each writer's rows are known to have gone."""

    saved: int
    claimed: Versions


@dataclass(slots=True)
class Remains:
    """What is left of a journal: rows and steps by writer and number, writers by number."""

    rows: dict[int, dict[int, Record]] = field(default_factory=dict)
    steps: dict[int, dict[int, Record]] = field(default_factory=dict)
    writers: dict[int, Record] = field(default_factory=dict)
    workspace: str = ""


def remains_of(damaged: Path) -> Remains:
    """Collect what is left of a journal on the pages of a damaged database."""
    remains = Remains()
    for row in rows_left_in(damaged):
        columns = row.columns
        if _is(columns, _JOURNAL_ROW) and columns[1] > 0:
            remains.rows.setdefault(columns[0], {})[columns[1]] = columns
        elif _is(columns, _STEP) and row.rowid is not None and 0 < columns[2] <= columns[3]:
            remains.steps.setdefault(columns[1], {})[columns[2]] = columns[1:]
        elif _is(columns, _WRITER) and row.rowid is not None and columns[5] > 0:
            _note_writer(remains, row)
        elif len(columns) == 2 and columns[0] == "workspace_id" and isinstance(columns[1], str):
            found = _WORKSPACE_ID.fullmatch(columns[1])
            remains.workspace = found.group() if found else remains.workspace
    return remains


def salvage(remains: Remains, into: RawConnection) -> Salvaged:
    """Add the journal rows that are left and that `into` lacks, in the caller's transaction.

    Entities and cells are left to be made anew.
    """
    known = versions(into)
    claimed = {writer: columns[-1] for writer, columns in remains.writers.items()}
    for writer, rows in remains.rows.items():
        claimed[writer] = max(claimed.get(writer, 0), *rows)
    saved = sum(
        _salvage_writer(remains, into, writer, known.get(writer, 0)) for writer in remains.rows
    )
    return Salvaged(saved, claimed)


def _salvage_writer(remains: Remains, into: RawConnection, writer: int, known: int) -> int:
    """Add the rows of one writer after `known`, as far as they are whole; return how many."""
    rows = remains.rows[writer]
    read = known
    while read + 1 in rows:
        read += 1
    steps = _whole_steps(remains.steps.get(writer, {}), known, read)
    told = steps[-1][2] if steps else known
    if read > told and not remains.steps.get(writer):
        stamp = max(rows[seq][2] for seq in range(known + 1, read + 1))
        steps.append((writer, known + 1, read, stamp, _("Saved work"), "edit", None, None))
        told = read
    if told == known:
        return 0
    into.executemany(
        "INSERT INTO journal(w, seq, hlc, ent, row, fld, val, pw, pseq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [rows[seq] for seq in range(known + 1, told + 1)],
    )
    into.executemany(
        "INSERT INTO txn(w, seq0, seq1, hlc, label, kind, of_w, of_seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        steps,
    )
    who = remains.writers.get(writer, (writer, "", "?", "", "", 0))
    into.execute(
        "INSERT INTO writer(w, device, author, app, started, last_seq) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(w) DO UPDATE SET last_seq = excluded.last_seq",
        (*who[:5], told),
    )
    return told - known


def _whole_steps(steps: dict[int, Record], known: int, read: int) -> list[Record]:
    """Give the steps that follow each other after `known` and whose rows are all there."""
    whole: list[Record] = []
    expected = known + 1
    while expected in steps and steps[expected][2] <= read:
        whole.append(steps[expected])
        expected = steps[expected][2] + 1
    return whole


def _note_writer(remains: Remains, row: Row) -> None:
    """Keep the newest record of a writer: a freed page may still hold an older one."""
    assert row.rowid is not None
    known = remains.writers.get(row.rowid)
    if known is None or known[-1] < row.columns[5]:
        remains.writers[row.rowid] = (row.rowid, *row.columns[1:])


def _is(columns: Record, wanted: tuple[tuple[Any, ...], ...]) -> bool:
    return len(columns) == len(wanted) and all(
        isinstance(column, kinds) for column, kinds in zip(columns, wanted, strict=True)
    )
