"""What every action does with a row: find it, change its fields, delete it with what it owns."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.base import Record, entity_records
from csdesk.model.ownership import children_of

R = TypeVar("R", bound=Record)

MAX_NAME = 500
"""The longest name or title: more than any list can show, and short enough for every screen."""

MAX_TEXT = 200_000
"""The longest text of a field, in characters."""


def get(session: Session, record: type[R], row_id: str) -> R:
    """Return a row; raises UserError where it is not there or was deleted."""
    found = session.get(record, row_id)
    if found is None or found.deleted_at is not None:
        raise UserError(
            _("This item is no longer there: it was deleted."),
            _("Undo the deletion if you need it again."),
        )
    return found


def edit(session: Session, record: type[R], row_id: str, fields: dict[str, Any]) -> R:
    """Set fields of a row; raises UserError for a missing row or an unacceptable text.

    A field that the entity does not have is a bug and raises AttributeError.
    """
    row = get(session, record, row_id)
    for field, value in fields.items():
        if field not in record.__table__.columns:
            raise AttributeError(f"{record.__tablename__} has no field {field!r}")
        setattr(row, field, clean(field, value))
    return row


def clean(field: str, value: Any) -> Any:
    """Check a value before it is stored: trim names, refuse what is too long, drop NUL.

    Texts that are empty become "no value". Raises UserError for an empty name or title.
    """
    if not isinstance(value, str) or type(value) is not str:
        return value
    text = value.replace("\x00", "")
    if field in ("name", "title"):
        text = " ".join(text.split())
        if not text:
            raise UserError(_("A name is needed."), _("Type at least one character."))
    limit = MAX_NAME if field in ("name", "title") else MAX_TEXT
    if len(text) > limit:
        raise UserError(
            _("The text is too long: {n} characters.").format(n=len(text)),
            _("At most {limit} fit here.").format(limit=limit),
        )
    return text or None


def delete(session: Session, entity: str, row_ids: list[str]) -> dict[str, list[str]]:
    """Mark rows deleted, with everything that belongs to them; return the ids by entity."""
    now = dt.datetime.now(dt.UTC)
    gone: dict[str, list[str]] = {}
    queue = [(entity, row_ids)]
    session.flush()
    while queue:
        name, ids = queue.pop()
        record = entity_records()[name]
        living = select(record.id).where(record.id.in_(ids), record.deleted_at.is_(None))
        found = list(session.scalars(living))
        if not found:
            continue
        gone.setdefault(name, []).extend(found)
        session.execute(
            update(record)
            .where(record.id.in_(found))
            .values(deleted_at=now)
            .execution_options(synchronize_session="fetch")
        )
        for child, field in children_of(name):
            table = entity_records()[child].__table__
            owned = select(table.c.id).where(
                table.c[field].in_(found), table.c.deleted_at.is_(None)
            )
            children = list(session.scalars(owned))
            if children:
                queue.append((child, children))
    return gone


def today() -> dt.date:
    """Tell the day it is here, in the time zone of this computer."""
    return dt.datetime.now().astimezone().date()
