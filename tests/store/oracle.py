"""What tables and disagreements must be, made from the journal by other means than the program's.

No SQL but reading: the rules of docs/file-format.md, written as plainly and slowly as possible.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from csdesk.model.base import columns_of, entity_records

Cell = tuple[str, str, str]
Key = tuple[int, int]
Stamp = tuple[int, int, int]
Rows = dict[str, dict[str, Any]]
Disagreement = tuple[str, str, str, str | None, int, int]
"""As the table `review` says it: kind, entity, row, field, w, seq."""


class Line(NamedTuple):
    """One row of the journal."""

    w: int
    seq: int
    hlc: int
    ent: str
    row: str
    fld: str
    val: Any
    pw: int | None
    pseq: int | None

    @property
    def key(self) -> Key:
        return self.w, self.seq

    @property
    def stamp(self) -> Stamp:
        return self.hlc, self.w, self.seq

    @property
    def cell(self) -> Cell:
        return self.ent, self.row, self.fld


@dataclass(frozen=True)
class Expected:
    """What follows from a journal: winners, the rows of each table, what is disagreed about."""

    winners: dict[Cell, Line]
    tables: dict[str, Rows]
    review: set[Disagreement]


def expected_of(lines: list[Line]) -> Expected:
    winners = winners_of(lines)
    deletions = dead_rows(lines, winners)
    tables = {entity: rows_of(entity, winners, deletions) for entity in entity_records()}
    review = {*unreplaced_losers(lines, winners), *deletions_that_did_not_hold(winners, deletions)}
    review |= let_bosses_give_way(tables["contact"], lines, winners)
    review |= let_dependencies_give_way(tables["milestone_dependency"], winners)
    return Expected(winners, tables, review)


def winners_of(lines: Iterable[Line]) -> dict[Cell, Line]:
    winners: dict[Cell, Line] = {}
    for line in lines:
        known = winners.get(line.cell)
        if known is None or line.stamp > known.stamp:
            winners[line.cell] = line
    return winners


def dead_rows(lines: list[Line], winners: dict[Cell, Line]) -> dict[tuple[str, str], str]:
    """Return when each deleted row was deleted: an edit no deletion saw keeps its row."""
    seen: dict[tuple[str, str], set[tuple[str, int, int]]] = defaultdict(set)
    for line in lines:
        if line.fld == "deleted_at" and line.val is not None:
            seen[line.ent, line.row] |= {tuple(one) for one in json.loads(line.val)["saw"]}
    current: dict[tuple[str, str], set[tuple[str, int, int]]] = defaultdict(set)
    for (ent, row, fld), line in winners.items():
        if fld != "deleted_at":
            current[ent, row].add((fld, *line.key))
    return {
        (ent, row): json.loads(line.val)["at"]
        for (ent, row, fld), line in winners.items()
        if fld == "deleted_at" and line.val is not None and current[ent, row] <= seen[ent, row]
    }


def rows_of(entity: str, winners: dict[Cell, Line], deletions: dict[tuple[str, str], str]) -> Rows:
    columns = [column.name for column in columns_of(entity)]
    keys = entity_records()[entity].key_fields
    rows: Rows = {}
    for (ent, row, fld), line in winners.items():
        if ent != entity:
            continue
        made = rows.setdefault(row, dict.fromkeys(columns) | {"id": row})
        made |= dict(zip(keys, row.split(":"), strict=True)) if keys else {}
        if fld in columns and fld != "deleted_at":
            made[fld] = line.val
    for row, made in rows.items():
        made["deleted_at"] = deletions.get((entity, row))
    return rows


def unreplaced_losers(lines: list[Line], winners: dict[Cell, Line]) -> Iterator[Disagreement]:
    """Values that were beaten by somebody who did not replace them."""
    replaced = {(line.cell, (line.pw, line.pseq)) for line in lines}
    for line in lines:
        loses = winners[line.cell].key != line.key
        if loses and line.fld != "deleted_at" and (line.cell, line.key) not in replaced:
            yield ("edit", *line.cell, *line.key)


def deletions_that_did_not_hold(
    winners: dict[Cell, Line], deletions: dict[tuple[str, str], str]
) -> Iterator[Disagreement]:
    for (ent, row, fld), line in winners.items():
        if fld == "deleted_at" and line.val is not None and (ent, row) not in deletions:
            yield ("deletion", ent, row, "deleted_at", *line.key)


def let_bosses_give_way(
    contacts: Rows, lines: list[Line], winners: dict[Cell, Line]
) -> set[Disagreement]:
    """In every circle of contacts the latest reference shows the newest one before it that fits."""
    by_key = {line.key: line for line in lines}
    latest: dict[str, Line] = {}
    for row in contacts:
        circle = way_up(contacts, row)
        if circle[-1:] == [row]:
            newest = max(circle, key=lambda one: winners["contact", one, "reports_to_id"].stamp)
            latest[newest] = winners["contact", newest, "reports_to_id"]
    for row in latest:
        contacts[row]["reports_to_id"] = None
    for row, line in sorted(latest.items(), key=lambda one: one[1].stamp):
        before = by_key.get((line.pw, line.pseq)) if line.pw is not None else None
        while before is not None and before.val is not None:
            if row != before.val and row not in way_up(contacts, before.val):
                contacts[row]["reports_to_id"] = before.val
                break
            before = by_key.get((before.pw, before.pseq)) if before.pw is not None else None
    return {("circle", *line.cell, *line.key) for line in latest.values()}


def way_up(contacts: Rows, start: str) -> list[str]:
    """Whom a contact reports to, and those above; it ends with `start` if that is a circle."""
    way: list[str] = []
    at = start
    while at in contacts and contacts[at]["reports_to_id"] is not None:
        at = contacts[at]["reports_to_id"]
        way.append(at)
        if at == start or way.count(at) > 1:
            break
    return way


def let_dependencies_give_way(rows: Rows, winners: dict[Cell, Line]) -> set[Disagreement]:
    """Taken as they were last changed, one that would close a circle counts as deleted."""
    last: dict[str, Line] = {}
    for (ent, row, _fld), line in winners.items():
        if ent == "milestone_dependency" and (row not in last or line.stamp > last[row].stamp):
            last[row] = line
    before: dict[str, set[str]] = defaultdict(set)
    """For each milestone all that it waits for, directly or not."""
    given_way: set[Disagreement] = set()
    for row in sorted(rows, key=lambda one: last[one].stamp):
        milestone, after = rows[row]["milestone_id"], rows[row]["after_id"]
        if rows[row]["deleted_at"] is not None or milestone is None or after is None:
            continue
        if milestone == after or milestone in before[after]:
            line = last[row]
            rows[row]["deleted_at"] = instant(line.hlc)
            given_way.add(("circle", "milestone_dependency", row, "after_id", *line.key))
            continue
        gained = {after} | before[after]
        for one in {milestone} | {one for one, known in before.items() if milestone in known}:
            before[one] |= gained
    return given_way


def instant(hlc: int) -> str:
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=hlc >> 16)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
