"""What waits for review, found by keys alone: cheap enough to be counted after every change.

csdesk/queries/review.py puts what is found here into words. So the number beside “To review” is
always the number of things on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from csdesk.model.base import entity_records
from csdesk.queries.churn_question import STATUS
from csdesk.queries.duplicates import DuplicateGroup, find_duplicates
from csdesk.queries.place_words import PLACE_FIELDS
from csdesk.queries.recovered import Recovered, find_recovered
from csdesk.queries.review_clashes import ClashFinding, find_clashes
from csdesk.queries.review_deletions import DeletionFinding, find_deletions
from csdesk.queries.review_items import JournalKey, ReviewKind
from csdesk.queries.settlements import (
    LET_BE,
    UNSETTLED,
    Matters,
    disputed_keys,
    journal_matter,
    settled_matters,
)
from csdesk.queries.ways_back import living_rows, parting, step_kind, step_of, way_back
from csdesk.store.driver import RawConnection
from csdesk.store.journal import journalled_fields
from csdesk.store.made_twice import was_taken_back

Cell = tuple[str, str, str]
"""One field of one row: entity, id and field."""


@dataclass(frozen=True, slots=True)
class EditFinding:
    """A cell whose value other people would have otherwise.

    `losers` are the journal rows that wait, `disputed` those decided in two ways, `along` those
    that belong to the same moves of an item, or to the same churns.
    """

    cell: Cell
    winner: JournalKey
    losers: tuple[JournalKey, ...]
    disputed: tuple[JournalKey, ...] = ()
    along: tuple[JournalKey, ...] = ()


@dataclass(frozen=True, slots=True)
class CircleFinding:
    """A reference that gave way."""

    entity: str
    row: str
    field: str
    reference: JournalKey
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """All that waits for review."""

    edits: tuple[EditFinding, ...]
    deletions: tuple[DeletionFinding, ...]
    recovered: tuple[Recovered, ...]
    circles: tuple[CircleFinding, ...]
    duplicates: tuple[DuplicateGroup, ...]
    clashes: tuple[ClashFinding, ...]
    matters: Matters

    def __len__(self) -> int:
        """Count them."""
        kinds = (self.edits, self.deletions, self.recovered, self.circles, self.duplicates)
        return sum(map(len, kinds)) + len(self.clashes)


def find_open(
    connection: RawConnection,
    duplicates: tuple[DuplicateGroup, ...] | None = None,
    clashes: tuple[ClashFinding, ...] | None = None,
) -> Findings:
    """Find all that waits for review; `duplicates` and `clashes` where one knows these already."""
    matters = settled_matters(connection)
    several = _written_on_several(connection)
    recovered = find_recovered(connection, matters) if several else ()
    owners = {(one.parent_entity, one.parent) for one in recovered}
    orphans = {(one.entity, one.row) for one in recovered}
    if duplicates is None:
        duplicates = find_duplicates(connection, matters) if several else ()
    if clashes is None:
        clashes = find_clashes(connection, matters) if several else ()
    return Findings(
        find_edits(connection, matters),
        find_deletions(connection, matters, orphans, owners),
        recovered,
        find_circles(connection, matters),
        duplicates,
        clashes,
        matters,
    )


def _written_on_several(connection: RawConnection) -> bool:
    found = connection.execute("SELECT min(device) <> max(device) FROM writer").fetchone()
    return bool(found[0])


# How two people last made a document is nothing they disagree about, nor where a row they both made
# was put at the end of a list.
_UNEQUAL = """
SELECT r.ent, r.row, r.fld, r.w, r.seq, l.val, l.pw, l.pseq, c.w, c.seq, n.pw, n.pseq
FROM review r
CROSS JOIN journal l ON l.w = r.w AND l.seq = r.seq
CROSS JOIN cell c ON c.ent = r.ent AND c.row = r.row AND c.fld = r.fld
CROSS JOIN journal n ON n.w = c.w AND n.seq = c.seq
WHERE r.kind = 'edit' AND r.ent NOT IN ('settlement', 'document_options') AND l.val IS NOT n.val
  AND NOT (r.fld = 'position' AND l.pw IS NULL AND n.pw IS NULL)
"""


def find_edits(connection: RawConnection, matters: Matters) -> tuple[EditFinding, ...]:
    """Find the cells that several people changed without knowing of each other.

    A value that waits is of no interest any more where it was settled, where somebody saw the
    same value and changed it knowingly, where who wrote it took the item back, where it is no more
    than an undo of one's own, or where the item is gone.
    """
    losers: dict[Cell, list[JournalKey]] = {}
    disputed: dict[Cell, list[JournalKey]] = {}
    winners: dict[Cell, JournalKey] = {}
    for ent, row, fld, w, seq, val, pw, pseq, *winner in connection.execute(_UNEQUAL).fetchall():
        settled = matters.get((ReviewKind.EDIT, journal_matter((w, seq))), UNSETTLED)
        if settled is not UNSETTLED or not _is_known(ent, fld):
            continue
        won, parent = (winner[0], winner[1]), (winner[2], winner[3])
        if parent != (pw, pseq) and _was_seen(connection, won, (w, seq), val):
            continue
        if was_taken_back(connection, ent, row, (w, seq)) or _says_nothing(
            connection, won, (w, seq)
        ):
            continue
        winners[ent, row, fld] = won
        losers.setdefault((ent, row, fld), []).append((w, seq))
    for key in disputed_keys(matters, ReviewKind.EDIT):
        found = connection.execute(
            "SELECT j.ent, j.row, j.fld, c.w, c.seq FROM journal j"
            " JOIN cell c ON c.ent = j.ent AND c.row = j.row AND c.fld = j.fld"
            " WHERE j.w = ? AND j.seq = ?",
            key,
        ).fetchone()
        if found is not None and _is_known(found[0], found[2]):
            winners[found[:3]] = found[3:]
            disputed.setdefault(found[:3], []).append(key)
    living = living_rows(connection, {cell[:2] for cell in winners})
    along = _moves(connection, losers) | _churns(connection, losers)
    return tuple(
        EditFinding(
            cell,
            winners[cell],
            tuple(sorted(losers.get(cell, []))),
            tuple(sorted(disputed.get(cell, []))),
            along.get(cell, ()),
        )
        for cell in sorted(winners)
        if cell[:2] in living and (losers.get(cell) or disputed.get(cell))
    )


def _moves(
    connection: RawConnection, losers: dict[Cell, list[JournalKey]]
) -> dict[Cell, tuple[JournalKey, ...]]:
    """Put the fields of a move together: take those from `losers` that go along with the first.

    What stands below a moved item goes along with it, too.
    """
    along: dict[Cell, tuple[JournalKey, ...]] = {}
    moved = sorted(cell for cell in losers if cell[2] in PLACE_FIELDS.get(cell[0], ()))
    for cell in sorted(moved, key=lambda cell: PLACE_FIELDS[cell[0]].index(cell[2]), reverse=True):
        steps = {step_of(connection, key) for key in losers[cell]}
        for lead in _leads(connection, cell):
            led = {step_of(connection, key) for key in losers.get(lead, ())}
            if lead != cell and steps & led:
                mine = [key for key in losers[cell] if step_of(connection, key) in led]
                along[lead] = (*along.get(lead, ()), *mine, *along.pop(cell, ()))
                losers[cell] = [key for key in losers[cell] if key not in mine]
                break
    return {cell: tuple(sorted(keys)) for cell, keys in along.items()}


def _churns(
    connection: RawConnection, losers: dict[Cell, list[JournalKey]]
) -> dict[Cell, tuple[JournalKey, ...]]:
    """Take the states of contracts from `losers` that go along with the state of their account.

    Who notes a churn, or takes that back, changes them together: there is one question.
    """
    along: dict[Cell, tuple[JournalKey, ...]] = {}
    for cell in sorted(cell for cell in losers if (cell[0], cell[2]) == ("contract", "status")):
        found = connection.execute(
            "SELECT account_id FROM contract WHERE id = ?", (cell[1],)
        ).fetchone()
        lead = (STATUS[0], found[0] if found else "", STATUS[1])
        steps = {step_of(connection, key) for key in losers.get(lead, ())}
        mine = [key for key in losers[cell] if step_of(connection, key) in steps]
        if mine:
            along[lead] = (*along.get(lead, ()), *mine)
            losers[cell] = [key for key in losers[cell] if key not in mine]
    return along


def _leads(connection: RawConnection, cell: Cell) -> list[Cell]:
    """Name the cells of which a move may have changed this one: of the item or what it is below."""
    entity, row, field = cell
    fields = PLACE_FIELDS[entity]
    leads = [(entity, row, name) for name in fields[: fields.index(field)]]
    if entity == "action":
        found = connection.execute(
            "SELECT milestone_id, goal_id FROM action WHERE id = ?", (row,)
        ).fetchone()
        for owner, kind, name in zip(
            found or (), ("milestone", "goal"), ("goal_id", "plan_id"), strict=False
        ):
            if owner is not None:
                leads.append((kind, owner, name))
    return leads


@cache
def _is_known(entity: str, field: str) -> bool:
    return entity in entity_records() and field in journalled_fields(entity)


def _says_nothing(connection: RawConnection, winner: JournalKey, loser: JournalKey) -> bool:
    """Tell whether a value that lost is what stood there before both, given back by an undo."""
    if step_kind(connection, loser) != "undo":
        return False
    before, _since = parting(connection, winner, loser)
    own = next(iter(way_back(connection, loser)))
    return (
        before is not None and before.value == own.value and type(before.value) is type(own.value)
    )


def _was_seen(connection: RawConnection, winner: JournalKey, loser: JournalKey, value: Any) -> bool:
    """Tell whether a value that lost stood in the field since, and was changed knowingly.

    An undo does not count: it gives back the choice too.
    """
    _ancestor, since = parting(connection, winner, loser)
    return any(
        step.value == value
        and type(step.value) is type(value)
        and step_kind(connection, since[at - 1].key) != "undo"
        for at, step in enumerate(since)
        if at > 0
    )


def find_circles(connection: RawConnection, matters: Matters) -> tuple[CircleFinding, ...]:
    """Find the references of living items that gave way and were not let be."""
    found = connection.execute(
        "SELECT ent, row, fld, w, seq FROM review WHERE kind = 'circle' ORDER BY ent, row"
    ).fetchall()
    disputed = set(disputed_keys(matters, ReviewKind.CIRCLE))
    circles = []
    for ent, row, fld, w, seq in found:
        settled = matters.get((ReviewKind.CIRCLE, journal_matter((w, seq))), UNSETTLED)
        if not settled.is_just(LET_BE):
            circles.append(CircleFinding(ent, row, fld, (w, seq), (w, seq) in disputed))
    known = {circle.reference for circle in circles}
    for key in sorted(disputed - known):
        named = connection.execute(
            "SELECT ent, row, fld FROM journal WHERE w = ? AND seq = ?", key
        ).fetchone()
        if named is not None:
            circles.append(CircleFinding(named[0], named[1], named[2], key, True))
    return tuple(circle for circle in circles if _leads_somewhere(connection, circle))


def _leads_somewhere(connection: RawConnection, circle: CircleFinding) -> bool:
    """Tell whether the ends of a reference live; a dependency that gave way counts as deleted."""
    if circle.entity == "milestone_dependency":
        ends = {("milestone", row) for row in _ends(connection, circle.row)}
        return len(living_rows(connection, ends)) == 2
    return bool(living_rows(connection, [(circle.entity, circle.row)]))


def _ends(connection: RawConnection, dependency: str) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT milestone_id, after_id FROM milestone_dependency WHERE id = ?", (dependency,)
    ).fetchone()
    return tuple(found or ())
