"""What a row is part of, where it has no line of its own anywhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.base import entity_table
from csdesk.model.ownership import parent_field

PARTS = ("account_tag", "measure", "milestone_dependency", "touchpoint_attendee")
"""Entities whose rows are shown in the line of what they belong to, and nowhere else."""
MOST = 500
"""Rows from which nobody looks for a single line any more."""


def wholes_of(session: Session, rows: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return the ids of what parts belong to; `rows` maps entities to ids, others do not count."""
    found: set[str] = set()
    for entity in PARTS:
        ids, field = rows.get(entity, ()), parent_field(entity)
        if ids and field is not None and len(ids) <= MOST:
            table = entity_table(entity)
            found.update(session.scalars(select(table.c[field]).where(table.c.id.in_(ids))))
    return frozenset(found)
