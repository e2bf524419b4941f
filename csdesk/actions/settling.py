"""Keeping that something copies of the file disagreed about has been decided."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.model.identity import natural_id
from csdesk.model.records import Settlement


def settle(session: Session, kind: str, subject: str) -> str:
    """Keep that `subject`, a disagreement of a `kind`, is decided; return the row's id.

    Two people who decide the same thing meet in one row. Twice does no harm.
    """
    row_id = natural_id("settlement", kind, subject)
    row = session.get(Settlement, row_id)
    if row is None:
        session.add(Settlement(id=row_id, kind=kind, subject=subject))
    else:
        row.deleted_at = None
    session.flush()
    return row_id
