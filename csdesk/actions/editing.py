"""What every action does with a row: find it, change its fields, delete it with what it owns."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
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

_LINES = ("name", "title")
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_MAY_LACK_NAME = frozenset({"opportunity"})
_TOGETHER = 5_000
"""How many rows one statement names: SQLite takes no more than some ten thousand."""


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
        setattr(row, field, clean(field, value, record))
    return row


def clean(field: str, value: Any, record: type[Record] | None = None) -> Any:
    """Check a value before it is stored: trim names, refuse what is too long.

    Control characters go, but for line breaks and tabs in texts; half a character becomes �.
    Texts that are empty become "no value". Raises UserError where the name of a row, or its
    title where it has no name, would be empty; without `record` any name and title counts.
    """
    needed = field in _LINES and (record is None or _is_named_by(record, field))
    if value is None and needed and record is not None:
        raise _nameless()
    if not isinstance(value, str) or type(value) is not str:
        return value
    text = _readable(value, is_line=field in _LINES)
    if needed and is_blank(text):
        raise _nameless()
    limit = MAX_NAME if field in _LINES else MAX_TEXT
    if len(text) > limit:
        raise UserError(
            _("The text is too long: {n} characters.").format(n=len(text)),
            _("At most {limit} fit here.").format(limit=limit),
        )
    return text or None


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text is seen: spaces, and signs that only steer the letters."""
    return not any(map(_is_seen, text))


def delete(session: Session, entity: str, row_ids: list[str]) -> dict[str, list[str]]:
    """Mark rows deleted, with everything that belongs to them; return the ids by entity."""
    now = dt.datetime.now(dt.UTC)
    gone: dict[str, list[str]] = {}
    queue = _batches(entity, row_ids)
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
            queue += _batches(child, list(session.scalars(owned)))
    return gone


def today() -> dt.date:
    """Tell the day it is here, in the time zone of this computer."""
    return dt.datetime.now().astimezone().date()


def _is_named_by(record: type[Record], field: str) -> bool:
    """Tell whether a row goes by this field: a contact goes by its name, not by its job title."""
    own = next((line for line in _LINES if line in record.__table__.columns), None)
    return field == own and record.__tablename__ not in _MAY_LACK_NAME


def _nameless() -> UserError:
    return UserError(_("A name is needed."), _("Type at least one character."))


def _readable(value: str, *, is_line: bool) -> str:
    """Make one line of a name, keep the line breaks of a text, and drop other control characters.

    The two halves of a character are put together; a half alone could not be stored.
    """
    text = _LINE_BREAK.sub("\n", value)
    if not text.isprintable():
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = "".join(filter(_is_kept, whole))
    return " ".join(text.split()) if is_line else text


def _is_kept(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) != "Cc"


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Zs")


def _batches(entity: str, ids: list[str]) -> list[tuple[str, list[str]]]:
    return [(entity, ids[at : at + _TOGETHER]) for at in range(0, len(ids), _TOGETHER)]
