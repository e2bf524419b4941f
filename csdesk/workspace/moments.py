"""The state of the workspace at an earlier moment, read from the journal.

The winner of a field at a moment is the greatest stamp up to then, and a row was deleted then by
the same rule as now: so every copy that knows the same steps goes back to the same state.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.model.base import entity_records
from csdesk.model.ownership import children_of, parent_entity, parent_field
from csdesk.store.driver import RawConnection
from csdesk.store.stamps import stamp_of


@dataclass(frozen=True, slots=True)
class RestorePoint:
    """A moment to go back to, to the millisecond: with everything, or with one item.

    An item is named by its entity and id; all that belongs to it, or did then, goes with it.
    `name` is what the step calls it.
    """

    moment: dt.datetime
    entity: str | None = None
    row_id: str | None = None
    name: str = ""

    @property
    def label(self) -> str:
        """What the step of the restore is called."""
        when = current().moment(self.moment)
        if self.entity is None:
            return _("Restore everything as of {moment}").format(moment=when)
        return _("Restore {name} as of {moment}").format(name=self.name, moment=when)


_PAST = """
INSERT INTO temp.past(ent, row, fld, val, w, seq)
SELECT ent, row, fld, val, w, seq FROM (
  SELECT ent, row, fld, val, w, seq, row_number() OVER (
    PARTITION BY ent, row, fld ORDER BY hlc DESC, w DESC, seq DESC) AS place
  FROM main.journal WHERE hlc < :after)
WHERE place = 1
"""
# Dead then: deleted, and all that stood in the row was seen by some deletion made until then.
_PAST_DEAD = """
INSERT INTO temp.past_dead
SELECT p.ent, p.row FROM temp.past p
WHERE p.fld = 'deleted_at' AND p.val IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM temp.past o
  WHERE o.ent = p.ent AND o.row = p.row AND o.fld <> 'deleted_at' AND NOT EXISTS (
    SELECT 1 FROM main.journal d INDEXED BY journal_deletion, json_each(d.val, '$.saw') s
    WHERE d.ent = o.ent AND d.row = o.row AND d.fld = 'deleted_at' AND d.val IS NOT NULL
      AND d.hlc < :after
      AND s.value ->> 0 = o.fld AND s.value ->> 1 = o.w AND s.value ->> 2 = o.seq))
"""


def read_past(connection: RawConnection, point: RestorePoint) -> None:
    """Fill `temp.past` and `temp.past_dead` with the state at a moment.

    Raises UserError where nothing, or the item that is asked for, was not there yet.
    """
    after = {"after": stamp_of(point.moment) + (1 << 16)}
    connection.execute(_PAST, after)
    connection.execute(_PAST_DEAD, after)
    connection.execute("DELETE FROM temp.past WHERE fld = 'deleted_at'")
    found = connection.execute(
        "SELECT 1 FROM temp.past WHERE :ent IS NULL OR (ent = :ent AND row = :row) LIMIT 1",
        {"ent": point.entity, "row": point.row_id},
    ).fetchone()
    if found is None:
        raise UserError(
            _("This was not there yet at {moment}.").format(moment=current().moment(point.moment)),
            _("Choose a later moment."),
        )


_BELOW = """
INSERT OR IGNORE INTO temp.scope
SELECT '{child}', c.id FROM main."{child}" c
WHERE c."{field}" IN (SELECT s.row FROM temp.scope s WHERE s.ent = '{parent}')
"""
_BELOW_THEN = """
INSERT OR IGNORE INTO temp.scope
SELECT p.ent, p.row FROM temp.past p
WHERE p.ent = '{child}' AND p.fld = '{field}'
  AND p.val IN (SELECT s.row FROM temp.scope s WHERE s.ent = '{parent}')
"""


def find_scope(connection: RawConnection, point: RestorePoint) -> None:
    """Fill `temp.scope(ent, row)` with an item and all that belongs to it, now or then.

    Raises UserError where what the item belonged to is deleted now.
    """
    assert point.entity is not None
    _check_owner(connection, point)
    connection.execute("INSERT INTO temp.scope VALUES (?, ?)", (point.entity, point.row_id))
    level = {point.entity}
    while level:
        below: set[str] = set()
        for parent in sorted(level):
            for child, field in children_of(parent):
                names = {"child": child, "field": field, "parent": parent}
                found = connection.execute(_BELOW.format(**names)).rowcount
                found += connection.execute(_BELOW_THEN.format(**names)).rowcount
                if found > 0:
                    below.add(child)
        level = below


def _check_owner(connection: RawConnection, point: RestorePoint) -> None:
    """Refuse to bring an item back below something that is gone: nobody would see it."""
    assert point.entity is not None
    if point.entity not in entity_records():
        raise KeyError(point.entity)
    field, owner = parent_field(point.entity), parent_entity(point.entity)
    if field is None or owner is None:
        return
    gone = connection.execute(
        f'SELECT 1 FROM temp.past p JOIN main."{owner}" o ON o.id = p.val'
        " WHERE p.ent = ? AND p.row = ? AND p.fld = ? AND o.deleted_at IS NOT NULL",
        (point.entity, point.row_id, field),
    ).fetchone()
    if gone is not None:
        raise UserError(
            _("What this belongs to was deleted."),
            _("Restore that, or the whole account, to the same moment."),
        )
