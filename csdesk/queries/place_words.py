"""Where an item of an outline stands, in words, and where else it could."""

from __future__ import annotations

from typing import Any

from csdesk.queries.review_items import JournalKey
from csdesk.queries.value_words import ValueWords, short
from csdesk.store.driver import RawConnection

PLACE_FIELDS = {
    "goal": ("plan_id", "position"),
    "milestone": ("goal_id", "position"),
    "action": ("milestone_id", "goal_id", "plan_id", "position"),
}
"""The fields that say where an item stands, the nearest owner first: a move changes several."""

_OWNERS = {"milestone_id": "milestone", "goal_id": "goal", "plan_id": "plan"}
# Siblings share an order whatever they are; an item below a milestone has nothing else beside it.
_BESIDE = """
SELECT id, 'goal' AS ent, position FROM goal WHERE deleted_at IS NULL AND plan_id = :plan
UNION ALL
SELECT id, 'milestone', position FROM milestone WHERE deleted_at IS NULL AND goal_id = :goal
UNION ALL
SELECT id, 'action', position FROM action WHERE deleted_at IS NULL
  AND CASE WHEN :milestone IS NOT NULL THEN milestone_id = :milestone
    WHEN :goal IS NOT NULL THEN milestone_id IS NULL AND goal_id = :goal
    ELSE milestone_id IS NULL AND goal_id IS NULL AND plan_id = :plan END
"""


def place_words(
    connection: RawConnection,
    words: ValueWords,
    cell: tuple[str, str, str],
    stored: Any,
    key: JournalKey | None,
) -> str:
    """Say where a value puts an item: below what, or after which of its neighbours.

    `key` is the journal row of the value: what the same step wrote tells what stands above.
    """
    entity, row, field = cell
    if field == "position":
        return _after(connection, words, (entity, row), stored)
    owner = owner_written(connection, cell, stored, key)
    return "" if owner is None else words.item(*owner)


def owner_written(
    connection: RawConnection, cell: tuple[str, str, str], stored: Any, key: JournalKey | None
) -> tuple[str, str] | None:
    """Tell below what an edit put an item: the nearest owner that it and its step name."""
    entity, _row, field = cell
    for name in PLACE_FIELDS[entity]:
        if name in _OWNERS:
            owner = stored if name == field else _written_along(connection, key, cell, name)
            if owner is not None:
                return _OWNERS[name], str(owner)
    return None


def _written_along(
    connection: RawConnection, key: JournalKey | None, cell: tuple[str, str, str], field: str
) -> Any:
    entity, row, _field = cell
    if key is not None:
        found = connection.execute(
            "SELECT j.val FROM txn t CROSS JOIN journal j"
            " ON j.w = t.w AND j.seq BETWEEN t.seq0 AND t.seq1"
            " WHERE t.w = ? AND t.seq0 <= ? AND t.seq1 >= ? AND (j.ent, j.row, j.fld) = (?, ?, ?)",
            (key[0], key[1], key[1], entity, row, field),
        ).fetchone()
        if found is not None:
            return found[0]
    found = connection.execute(f'SELECT "{field}" FROM "{entity}" WHERE id = ?', (row,)).fetchone()
    return None if found is None else found[0]


def _after(
    connection: RawConnection, words: ValueWords, item: tuple[str, str], position: Any
) -> str:
    """Name the sibling that a position comes after."""
    if not isinstance(position, str):
        return ""
    t = words.translator
    entity, row = item
    owners = {"milestone": None, "goal": None, "plan": None}
    for name in PLACE_FIELDS[entity]:
        if name in _OWNERS:
            found = connection.execute(f'SELECT "{name}" FROM "{entity}" WHERE id = ?', (row,))
            owners[_OWNERS[name]] = (found.fetchone() or (None,))[0]
    if entity != "goal" and owners["goal"] is not None:
        owners["plan"] = None
    if owners["milestone"] is not None:
        owners["goal"] = owners["plan"] = None
    siblings = [
        (place or "", other, ent)
        for other, ent, place in connection.execute(_BESIDE, owners).fetchall()
        if other != row
    ]
    ahead = [sibling for sibling in siblings if sibling[:2] < (position, row)]
    if not ahead:
        return t("at the top")
    _place, other, ent = max(ahead)
    return t("after “{title}”").format(title=short(words.title(ent, other)))
