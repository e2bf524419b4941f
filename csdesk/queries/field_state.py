"""Who wrote what a field holds now, for somebody who is typing in it at that moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from csdesk.model import ownership
from csdesk.model.base import entity_table
from csdesk.store.journal import DELETED
from csdesk.store.stamps import instant_of


@dataclass(frozen=True, slots=True)
class Writing:
    """By whom, on which computer and when something was written last."""

    author: str
    device: str
    at: dt.datetime


_WRITER = """
SELECT t.author, t.device, c.hlc FROM cell c JOIN writer t ON t.w = c.w
WHERE c.ent = :entity AND c.row = :row AND c.fld = :field
"""


def last_writing(session: Session, entity: str, row_id: str, field: str) -> Writing | None:
    """Tell who wrote a field of a row last; None where nobody did."""
    found = session.execute(
        text(_WRITER), {"entity": entity, "row": row_id, "field": field}
    ).one_or_none()
    return None if found is None else Writing(found[0], found[1], instant_of(found[2]))


def deletion_of(session: Session, entity: str, row_id: str) -> Writing | None:
    """Tell who deleted a row, or what it belongs to; None where it is living."""
    upwards: str | None = entity
    while upwards is not None:
        table = entity_table(upwards)
        row = session.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
        if row is None:
            return None
        if row["deleted_at"] is not None:
            return last_writing(session, upwards, row_id, DELETED)
        field = ownership.parent_field(upwards)
        if field is None or row[field] is None:
            return None
        upwards, row_id = ownership.parent_entity(upwards), row[field]
    return None
