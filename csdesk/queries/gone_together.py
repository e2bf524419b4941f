"""What went together with an item when it was deleted, so that it can come back together."""

from __future__ import annotations

import json
from collections import deque

from csdesk.model.base import entity_records
from csdesk.queries.recovered import dead_owners, owning_fields
from csdesk.queries.review_items import JournalKey
from csdesk.store.driver import RawConnection

Item = tuple[str, str]
"""A row by its entity and id."""

_DELETED_IN_STEP = """
SELECT j.ent, j.row FROM txn t
CROSS JOIN journal j ON j.w = t.w AND j.seq BETWEEN t.seq0 AND t.seq1
CROSS JOIN cell c ON c.ent = j.ent AND c.row = j.row AND c.fld = j.fld
WHERE t.w = :w AND t.seq0 <= :seq AND t.seq1 >= :seq
  AND j.fld = 'deleted_at' AND j.val IS NOT NULL AND (c.w, c.seq) = (j.w, j.seq)
"""


def deletion_of(connection: RawConnection, item: Item) -> JournalKey | None:
    """Return the journal row that deleted an item last; None where nobody did."""
    found = connection.execute(
        "SELECT j.w, j.seq FROM cell c JOIN journal j ON j.w = c.w AND j.seq = c.seq"
        " WHERE c.ent = ? AND c.row = ? AND c.fld = 'deleted_at' AND j.val IS NOT NULL",
        item,
    ).fetchone()
    return None if found is None else (found[0], found[1])


def gone_with(connection: RawConnection, item: Item, deletion: JournalKey) -> tuple[Item, ...]:
    """Return what the step of a deletion deleted below an item and is still gone, owners first."""
    key = {"w": deletion[0], "seq": deletion[1]}
    in_step: dict[str, list[str]] = {}
    for entity, row in connection.execute(_DELETED_IN_STEP, key).fetchall():
        if entity in entity_records():
            in_step.setdefault(entity, []).append(row)
    below: dict[Item, list[Item]] = {}
    dead: set[Item] = set()
    for entity, ids in in_step.items():
        fields = owning_fields(entity)
        columns = "".join(f', e."{field}"' for field, _parent in fields)
        for row, is_dead, *owners in connection.execute(
            f"SELECT e.id, e.deleted_at IS NOT NULL{columns} FROM json_each(?) a"
            f' CROSS JOIN "{entity}" e ON e.id = a.value',
            (json.dumps(ids),),
        ):
            if is_dead:
                dead.add((entity, row))
            for (_field, parent), owner in zip(fields, owners, strict=True):
                below.setdefault((parent, owner), []).append((entity, row))
    found: dict[Item, None] = {}
    queue = deque([item])
    while queue:
        for child in sorted(below.get(queue.popleft(), [])):
            if child not in found and child != item:
                found[child] = None
                queue.append(child)
    return tuple(child for child in found if child in dead)


def comes_back_with(connection: RawConnection, item: Item) -> tuple[Item, ...]:
    """Return all that has to be brought back so that a living item is seen again.

    Those are its deleted owners, theirs, and what went together with them.
    """
    found: dict[Item, None] = {}
    for owner in reversed(dead_owners(connection, *item)):
        found[owner] = None
        deletion = deletion_of(connection, owner)
        if deletion is not None:
            found |= dict.fromkeys(gone_with(connection, owner, deletion))
    return tuple(found)
