"""The laws of the journal, checked against a file by other means than the program's own."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from csdesk.model.base import columns_of, entity_records
from csdesk.store.driver import RawConnection
from tests.store.desk import looked_into

Cell = tuple[str, str, str]
Winner = tuple[int, int, int, Any]


def broken_laws(database: Path) -> list[str]:
    """Return what is wrong with the journal of a database and with what is derived from it."""
    with looked_into(database) as connection:
        journal = connection.execute(
            "SELECT w, seq, hlc, ent, row, fld, val, pw, pseq FROM journal"
        ).fetchall()
        winners = winners_of(journal)
        return [
            *gaps(connection, journal),
            *stamps_that_do_not_rise(journal),
            *cells_that_differ(connection, winners),
            *rows_that_differ(connection, journal, winners),
        ]


def winners_of(journal: list[Any]) -> dict[Cell, Winner]:
    winners: dict[Cell, Winner] = {}
    for w, seq, hlc, ent, row, fld, val, _pw, _pseq in journal:
        known = winners.get((ent, row, fld))
        if known is None or (hlc, w, seq) > known[:3]:
            winners[(ent, row, fld)] = (hlc, w, seq, val)
    return winners


def gaps(connection: RawConnection, journal: list[Any]) -> list[str]:
    """Each writer's rows run from 1 to its last, and its steps cover them once, in order."""
    seqs: dict[int, list[int]] = defaultdict(list)
    for w, seq, *_rest in journal:
        seqs[w].append(seq)
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


def stamps_that_do_not_rise(journal: list[Any]) -> list[str]:
    stamps = {(row[0], row[1]): row[2] for row in journal}
    return [
        f"row {w}/{seq} is not later than what it replaced"
        for w, seq, hlc, *_cell, pw, pseq in journal
        if pw is not None and hlc <= stamps[(pw, pseq)]
    ]


def cells_that_differ(connection: RawConnection, winners: dict[Cell, Winner]) -> list[str]:
    kept = {
        (ent, row, fld): (hlc, w, seq)
        for ent, row, fld, hlc, w, seq in connection.execute(
            "SELECT ent, row, fld, hlc, w, seq FROM cell"
        )
    }
    wanted = {cell: winner[:3] for cell, winner in winners.items()}
    return [f"cell {cell} differs" for cell in kept.items() ^ wanted.items()]


def rows_that_differ(
    connection: RawConnection, journal: list[Any], winners: dict[Cell, Winner]
) -> list[str]:
    wrong = []
    for entity in entity_records():
        kept = rows_in_table(connection, entity)
        wanted = rows_in_journal(entity, journal, winners)
        wrong += [
            f"{entity} {row}: {kept.get(row)} instead of {wanted.get(row)}"
            for row in kept.keys() | wanted.keys()
            if kept.get(row) != wanted.get(row)
        ]
    return wrong


def rows_in_table(connection: RawConnection, entity: str) -> dict[str, dict[str, Any]]:
    columns = [column.name for column in columns_of(entity)]
    shown = ", ".join(f'"{name}"' for name in columns)
    rows = connection.execute(f'SELECT {shown} FROM "{entity}"').fetchall()
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}


def rows_in_journal(
    entity: str, journal: list[Any], winners: dict[Cell, Winner]
) -> dict[str, dict[str, Any]]:
    """Make the rows of an entity from the journal as the format's description says."""
    columns = [column.name for column in columns_of(entity)]
    keys = entity_records()[entity].key_fields
    rows: dict[str, dict[str, Any]] = {}
    for (ent, row, fld), winner in winners.items():
        if ent != entity:
            continue
        made = rows.setdefault(row, dict.fromkeys(columns) | {"id": row})
        made |= dict(zip(keys, row.split(":"), strict=True)) if keys else {}
        if fld in columns and fld != "deleted_at":
            made[fld] = winner[3]
    seen: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for _w, _seq, _hlc, ent, row, fld, val, *_replaced in journal:
        if ent == entity and fld == "deleted_at" and val is not None:
            seen[row] |= {tuple(winner) for winner in json.loads(val)["saw"]}
    current: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for (ent, row, fld), winner in winners.items():
        if ent == entity and fld != "deleted_at":
            current[row].add((fld, winner[1], winner[2]))
    for row, made in rows.items():
        deletion = winners.get((entity, row, "deleted_at"))
        if deletion is not None and deletion[3] is not None and current[row] <= seen[row]:
            made["deleted_at"] = json.loads(deletion[3])["at"]
    return rows
