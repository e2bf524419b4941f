"""The laws of the journal, checked against a file by other means than the program's own."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from csdesk.model.base import columns_of, entity_records
from csdesk.store.driver import RawConnection
from tests.store.desk import looked_into
from tests.store.oracle import Cell, Disagreement, Line, expected_of


def broken_laws(database: Path) -> list[str]:
    """Return what is wrong with the journal of a database and with what is derived from it."""
    with looked_into(database) as connection:
        return broken_laws_in(connection)


def broken_laws_in(connection: RawConnection) -> list[str]:
    journal = lines_of(connection)
    expected = expected_of(journal)
    kept = cells_in(connection)
    wanted = {cell: line.stamp for cell, line in expected.winners.items()}
    return [
        *gaps(connection, journal),
        *stamps_that_do_not_rise(journal),
        *(f"cell {cell} differs" for cell in kept.items() ^ wanted.items()),
        *rows_that_differ(connection, expected.tables),
        *(f"review differs by {one}" for one in review_in(connection) ^ expected.review),
    ]


def lines_of(connection: RawConnection) -> list[Line]:
    rows = connection.execute("SELECT w, seq, hlc, ent, row, fld, val, pw, pseq FROM journal")
    return [Line(*row) for row in rows]


def gaps(connection: RawConnection, journal: list[Line]) -> list[str]:
    """Each writer's rows run from 1 to its last, and its steps cover them once, in order."""
    seqs: dict[int, list[int]] = defaultdict(list)
    for line in journal:
        seqs[line.w].append(line.seq)
    last = dict(connection.execute("SELECT w, last_seq FROM writer").fetchall())
    wrong = [
        f"writer {w} has a gap"
        for w in seqs.keys() | last.keys()
        if sorted(seqs[w]) != list(range(1, last.get(w, 0) + 1))
    ]
    covered: dict[int, int] = defaultdict(int)
    for w, seq0, seq1 in connection.execute("SELECT w, seq0, seq1 FROM txn ORDER BY w, seq0"):
        if seq0 != covered[w] + 1 or seq1 < seq0:
            wrong.append(f"the steps of writer {w} do not follow each other at {seq0}")
        covered[w] = seq1
    return wrong + [f"writer {w} has rows of no step" for w in last if covered[w] != last[w]]


def stamps_that_do_not_rise(journal: list[Line]) -> list[str]:
    """Where what a row replaced is here: a file may lack it for a while."""
    stamps = {line.key: line.hlc for line in journal}
    return [
        f"row {line.key} is not later than what it replaced"
        for line in journal
        if line.pw is not None and line.hlc <= stamps.get((line.pw, line.pseq), -(2**63))
    ]


def rows_that_differ(connection: RawConnection, tables: dict[str, dict[str, Any]]) -> list[str]:
    wrong = []
    for entity, wanted in tables.items():
        kept = rows_in_table(connection, entity)
        wrong += [
            f"{entity} {row}: {kept.get(row)} instead of {wanted.get(row)}"
            for row in kept.keys() | wanted.keys()
            if kept.get(row) != wanted.get(row)
        ]
    return wrong


def cells_in(connection: RawConnection) -> dict[Cell, tuple[int, int, int]]:
    cells = connection.execute("SELECT ent, row, fld, hlc, w, seq FROM cell")
    return {(ent, row, fld): (hlc, w, seq) for ent, row, fld, hlc, w, seq in cells}


def review_in(connection: RawConnection) -> set[Disagreement]:
    return set(connection.execute("SELECT kind, ent, row, fld, w, seq FROM review"))


def rows_in_table(connection: RawConnection, entity: str) -> dict[str, dict[str, Any]]:
    columns = [column.name for column in columns_of(entity)]
    shown = ", ".join(f'"{name}"' for name in columns)
    rows = connection.execute(f'SELECT {shown} FROM "{entity}"').fetchall()
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}


def tables_in(connection: RawConnection) -> dict[str, dict[str, dict[str, Any]]]:
    return {entity: rows_in_table(connection, entity) for entity in entity_records()}
