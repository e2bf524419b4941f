"""What must hold for copies that met, checked by what each writer knew and not by the journal.

Each function raises LawBrokenError. What a single database must fulfil stands in
tests/store/laws.py.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from csdesk.queries.recovered import find_recovered
from csdesk.queries.settlements import settled_matters
from csdesk.store.driver import RawConnection
from csdesk.store.versions import Versions
from tests.store.laws import cells_in, lines_of, review_in, tables_in
from tests.store.oracle import Key, Line


class LawBrokenError(AssertionError):
    """One of the laws does not hold."""


def hold(holds: bool, law: str, *about: object) -> None:
    if not holds:
        raise LawBrokenError(f"{law}: {about}" if about else law)


@dataclass
class Known:
    """What the one who wrote a journal row knew, by the way, not by the journal."""

    line: Line
    versions: Versions

    def knew(self, key: Key) -> bool:
        return self.versions.get(key[0], 0) >= key[1]


Edits = dict[Key, Known]
"""All that was ever acknowledged."""


def check_nothing_is_lost(edits: Edits, connection: RawConnection) -> None:
    kept = {line.key: line for line in lines_of(connection)}
    for key, known in edits.items():
        hold(kept.get(key) == known.line, "no edit is lost", known.line, kept.get(key))


def check_deletions(edits: Edits, connection: RawConnection) -> None:
    """A row is deleted if each of its values was known to somebody who deleted it."""
    deletions: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for known in edits.values():
        if known.line.fld == "deleted_at" and known.line.val is not None:
            deletions[known.line.ent, known.line.row].append(known)
    cells = cells_in(connection)
    tables = tables_in(connection)
    for entity, row in {cell[:2] for cell in cells}:
        if entity == "milestone_dependency":
            continue  # one that closes a circle counts as deleted, too
        winner = cells.get((entity, row, "deleted_at"))
        said = winner is not None and edits[winner[1:]].line.val is not None
        unseen = [
            key
            for (ent, one, fld), (_hlc, *key) in cells.items()
            if (ent, one) == (entity, row)
            and fld != "deleted_at"
            and not any(known.knew((key[0], key[1])) for known in deletions[entity, row])
        ]
        dead = tables[entity][row]["deleted_at"] is not None
        hold(dead == (said and not unseen), "deletions hide what they knew", entity, row)


def check_disagreements(edits: Edits, connection: RawConnection) -> None:
    """What waits in review was unknown to somebody; what nobody knew and lost waits there."""
    by_cell: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
    for known in edits.values():
        by_cell[known.line.cell].append(known)
    winners = {cell: (w, seq) for cell, (_hlc, w, seq) in cells_in(connection).items()}
    waiting = {(one[4], one[5]) for one in review_in(connection) if one[0] == "edit"}
    for cell, all_known in by_cell.items():
        if cell[2] == "deleted_at":
            continue
        for known in all_known:
            key = known.line.key
            others = [one for one in all_known if one.line.key != key]
            known_to = any(one.knew(key) for one in others)
            if winners[cell] != key and not known_to:
                hold(key in waiting, "what nobody knew and lost is in review", known.line)
            apart = [one for one in others if not one.knew(key) and not known.knew(one.line.key)]
            if key in waiting:
                hold(bool(apart), "what is in review met what it did not know", known.line)


def check_no_circles(connection: RawConnection) -> None:
    """Whoever follows the references of the tables comes to an end."""
    bosses = connection.execute("SELECT id, reports_to_id FROM contact").fetchall()
    waits = connection.execute(
        "SELECT milestone_id, after_id FROM milestone_dependency WHERE deleted_at IS NULL"
    ).fetchall()
    for name, edges in (("contacts", bosses), ("milestones", waits)):
        left = {edge for edge in edges if edge[1] is not None}
        while left:
            ends = {one for one, _other in left}
            kept = {edge for edge in left if edge[1] in ends}
            hold(kept != left, "no circle is ever in the tables", name, left)
            left = kept


OWNERS = (
    ("contact", "account_id", "account"),
    ("plan", "account_id", "account"),
    ("goal", "plan_id", "plan"),
    ("milestone", "goal_id", "goal"),
    ("milestone_dependency", "milestone_id", "milestone"),
    ("milestone_dependency", "after_id", "milestone"),
    ("kpi_value", "account_id", "account"),
    ("kpi_value", "kpi_id", "kpi"),
)


def check_no_orphan_is_unseen(connection: RawConnection) -> None:
    """A living row whose owner is deleted waits among the recovered items, and nothing else."""
    tables = tables_in(connection)
    orphans = {
        (entity, row)
        for entity, owning, parent in OWNERS
        for row, shown in tables[entity].items()
        if shown["deleted_at"] is None
        and tables[parent].get(shown[owning], {"deleted_at": "never came"})["deleted_at"]
    }
    found = find_recovered(connection, settled_matters(connection))
    recovered = {(one.entity, row) for one in found for row in one.rows}
    hold(orphans == recovered, "no orphan is unseen", orphans ^ recovered)


def state_in(connection: RawConnection) -> dict[str, Any]:
    """Read all that must be the same in copies that know the same."""
    return {
        "journal": sorted(connection.execute("SELECT * FROM journal")),
        "cells": cells_in(connection),
        "tables": tables_in(connection),
        "review": review_in(connection),
        "steps": sorted(connection.execute("SELECT w, seq0, seq1, hlc, label, kind FROM txn")),
        "writers": sorted(connection.execute("SELECT * FROM writer")),
    }
