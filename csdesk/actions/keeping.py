"""Keep what somebody was typing into a row that was deleted elsewhere meanwhile."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.rows import change_row
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model import ownership
from csdesk.model.base import entity_records


def keep_what_was_typed(session: Session, entity: str, row_id: str, field: str, value: Any) -> None:
    """Store a value in a row, which comes back with what it belongs to where it was deleted.

    Other rows that went with these stay deleted. Raises UserError where there never was such a
    row, or the field does not take the value.
    """
    _bring_back(session, entity, row_id)
    change_row(session, entity, row_id, {field: value})


def _bring_back(session: Session, entity: str, row_id: str) -> None:
    upwards: str | None = entity
    while upwards is not None:
        row = session.get(entity_records()[upwards], row_id)
        if row is None:
            raise UserError(
                _("This item is no longer there: it was deleted."),
                _("Undo the deletion if you need it again."),
            )
        row.deleted_at = None
        field = ownership.parent_field(upwards)
        above = getattr(row, field) if field is not None else None
        if above is None:
            break
        upwards, row_id = ownership.parent_entity(upwards), above
    session.flush()
