"""Deletions that did not hold, or took along what somebody else had made, and were not settled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from csdesk.model.base import entity_records
from csdesk.queries.recovered import owners_of
from csdesk.queries.review_items import JournalKey, ReviewKind
from csdesk.queries.settlements import (
    DELETED_AFTER_ALL,
    KEPT,
    UNSETTLED,
    Matters,
    disputed_keys,
    journal_matter,
)
from csdesk.queries.ways_back import (
    Ancestor,
    living_rows,
    step_kind,
    step_of,
    undone_step,
    way_back,
)
from csdesk.store.driver import RawConnection
from csdesk.store.made_twice import Head, heads_of_others


@dataclass(frozen=True, slots=True)
class DeletionFinding:
    """A deletion that did not hold, with those of what it owns in the same step."""

    entity: str
    row: str
    deletion: JournalKey
    below: tuple[JournalKey, ...] = ()
    is_disputed: bool = False


def find_deletions(
    connection: RawConnection,
    matters: Matters,
    orphans: Collection[tuple[str, str]] = (),
    owners: Collection[tuple[str, str]] = (),
) -> tuple[DeletionFinding, ...]:
    """Find the deletions that did not hold and were not settled.

    Where what owns an item was deleted in the same step and lives too, there is one finding for
    both. Of `orphans`, whose owner is gone, more than this is to be decided: they are left out.
    Who took back what somebody else made as well, such as the value of a month, wanted only his own
    gone: where that took both along, it is found too, except for `owners` of what lives and waits.
    """
    found = connection.execute(
        "SELECT ent, row, w, seq FROM review"
        " WHERE kind = 'deletion' AND ent <> 'settlement' ORDER BY ent, row"
    ).fetchall()
    found = [one for one in found if not _is_of_others(connection, *one)]
    found += _given_back(connection)
    along = _taken_along(connection)
    open_ones: dict[tuple[str, str], JournalKey] = {}
    disputed = set(disputed_keys(matters, ReviewKind.DELETION))
    for ent, row, w, seq in found:
        settled = matters.get((ReviewKind.DELETION, journal_matter((w, seq))), UNSETTLED)
        if settled.is_just(KEPT) or ent not in entity_records():
            continue
        open_ones[ent, row] = (w, seq)
    for ent, row, *deletion in along:
        key = (deletion[0], deletion[1])
        settled = matters.get((ReviewKind.DELETION, journal_matter(key)), UNSETTLED)
        if (ent, row) not in owners and not settled.is_just(DELETED_AFTER_ALL):
            open_ones[ent, row] = key
    for key in disputed:
        named = connection.execute(
            "SELECT ent, row FROM journal WHERE w = ? AND seq = ?", key
        ).fetchone()
        if named is not None and named[0] in entity_records():
            open_ones.setdefault((named[0], named[1]), key)
    tops = {item: _top(connection, open_ones, item) for item in open_ones}
    return tuple(
        DeletionFinding(
            *item,
            open_ones[item],
            tuple(sorted(open_ones[below] for below, top in tops.items() if top == item != below)),
            open_ones[item] in disputed,
        )
        for item in sorted(open_ones)
        if tops[item] == item and item not in orphans
    )


_TAKEN_BACK = """
SELECT r.ent, r.row, c.w, c.seq
FROM (SELECT DISTINCT d.ent, d.row FROM journal d INDEXED BY journal_deletion
  WHERE d.fld = 'deleted_at') r
CROSS JOIN cell c ON c.ent = r.ent AND c.row = r.row AND c.fld = 'deleted_at'
CROSS JOIN journal j ON j.w = c.w AND j.seq = c.seq
WHERE j.val IS NULL AND r.ent <> 'settlement'
"""


def _given_back(connection: RawConnection) -> list[tuple[str, str, int, int]]:
    """Find the deletions that did not hold and wait again, as a later one was undone.

    The later deletion replaced the one that waits; its undo is a winner without a value. Undone
    and redone many times, they follow each other. What somebody brought back knowingly lives.
    """
    found = []
    for ent, row, *winner in connection.execute(_TAKEN_BACK).fetchall():
        later: Ancestor | None = None
        for step in way_back(connection, (winner[0], winner[1])):
            if step.value is None:
                if step_kind(connection, step.key) != "undo":
                    break
            elif later is not None and later.value is not None:
                found.append((ent, row, *step.key))
                break
            later = step
    return found


_TAKEN_ALONG = """
SELECT DISTINCT r.ent, r.row, c.w, c.seq FROM review r
CROSS JOIN cell c ON c.ent = r.ent AND c.row = r.row AND c.fld = 'deleted_at'
CROSS JOIN journal d ON d.w = c.w AND d.seq = c.seq
WHERE r.kind = 'edit' AND r.ent <> 'settlement' AND d.val IS NOT NULL
"""


def _taken_along(connection: RawConnection) -> list[tuple[str, str, int, int]]:
    """Find the rows that are gone as one of those who made them undid that, not knowing of others.

    The undo reads who else made a row; so it did not know where somebody did.
    """
    found = connection.execute(_TAKEN_ALONG).fetchall()
    living = living_rows(connection, {(ent, row) for ent, row, _w, _seq in found})
    return [
        one
        for one in found
        if one[:2] not in living and one[0] in entity_records() and made_by_others(connection, *one)
    ]


def _is_of_others(connection: RawConnection, ent: str, row: str, w: int, seq: int) -> bool:
    """Tell whether a deletion that did not hold took back what somebody else made as well."""
    return ent in entity_records() and bool(made_by_others(connection, ent, row, w, seq))


def made_by_others(
    connection: RawConnection, ent: str, row: str, w: int, seq: int
) -> dict[str, Head]:
    """Return what others gave a row of which one undid that he made it; `w`, `seq` is the undo's.

    Empty where that was a deletion of another kind, or nobody else made the row.
    """
    step = undone_step(connection, (w, seq))
    return {} if step is None else heads_of_others(connection, step, ent, row)


def _top(
    connection: RawConnection, open_ones: dict[tuple[str, str], JournalKey], item: tuple[str, str]
) -> tuple[str, str]:
    """Follow what owns an item as far as it was deleted in the same step and lives too."""
    step = step_of(connection, open_ones[item])
    seen = {item}
    while True:
        above = next(
            (
                owner
                for owner in owners_of(connection, *item)
                if owner in open_ones
                and owner not in seen
                and step_of(connection, open_ones[owner]) == step
            ),
            None,
        )
        if above is None:
            return item
        item = above
        seen.add(item)
