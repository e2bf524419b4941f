"""Undoing any step of the history, whoever made it, and taking a value of then again.

Unlike Undo, which takes back the newest step of this computer, this is a new edit like any other:
others get it, and Undo takes it back.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.actions.rows import change_row
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.base import entity_table
from csdesk.model.ownership import children_of
from csdesk.store import rewriting
from csdesk.store.journal import StepKey
from csdesk.store.stamps import utc_now
from csdesk.store.undo import Skipped, want_back
from csdesk.workspace.writing import raw_connection


def take_back(
    session: Session, step: StepKey, row: tuple[str, str] | None = None
) -> tuple[Skipped, ...]:
    """Give back what a step replaced; return the fields that stay because they changed since.

    With `row` (entity, id) only there and in what belongs to that row. Raises UserError where
    nothing of the step shows any more.
    """
    session.flush()
    raw = raw_connection(session.connection())
    only = None if row is None else _with_all_below(session, row)
    skipped = want_back(raw, step, only)
    if raw.execute("SELECT 1 FROM temp.wanted LIMIT 1").fetchone() is None:
        raise UserError(
            _("All of this was changed since; there is nothing left to undo."),
            _("To have an older value, choose the change that brought it and take it again."),
        )
    rewriting.apply(raw, utc_now)
    session.expire_all()
    return skipped


def take_again(session: Session, entity: str, row_id: str, field: str, stored: Any) -> None:
    """Give a field the value it had, as the journal holds it.

    What follows from such a change follows here too. Raises UserError where the row was deleted
    or the value does not fit any more.
    """
    column = entity_table(entity).columns[field]
    value = session.scalar(text("SELECT :stored AS v").columns(v=column.type), {"stored": stored})
    change_row(session, entity, row_id, {field: value})


def _with_all_below(session: Session, row: tuple[str, str]) -> set[tuple[str, str]]:
    """Return a row with all that belongs to it, deleted or not."""
    found = {row}
    level = [row]
    while level:
        by_entity: dict[str, list[str]] = {}
        for entity, row_id in level:
            by_entity.setdefault(entity, []).append(row_id)
        below = {
            (child, row_id)
            for entity, ids in by_entity.items()
            for child, field in children_of(entity)
            for (row_id,) in session.execute(
                text(
                    f'SELECT id FROM "{child}" WHERE "{field}" IN'
                    " (SELECT value FROM json_each(:ids))"
                ),
                {"ids": json.dumps(ids)},
            )
        }
        level = sorted(below - found)
        found |= below
    return found
