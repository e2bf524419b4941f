"""Bringing deleted rows back, and setting a field to a value that the journal holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.model.base import entity_records, instant_text
from csdesk.store.journal import journalled_fields


def bring_back(session: Session, items: Iterable[tuple[str, str]]) -> int:
    """Bring rows (entity, id) back that are deleted; return how many there were."""
    by_entity: dict[str, list[str]] = {}
    for entity, row in items:
        by_entity.setdefault(entity, []).append(row)
    session.flush()
    count = 0
    for entity, rows in by_entity.items():
        table = entity_records()[entity].__tablename__
        found = session.connection().execute(
            text(
                f'UPDATE "{table}" SET deleted_at = NULL WHERE deleted_at IS NOT NULL'
                " AND id IN (SELECT value FROM json_each(:rows))"
            ),
            {"rows": json.dumps(rows)},
        )
        count += found.rowcount
    session.expire_all()
    return count


def delete_alone(session: Session, entity: str, row: str) -> None:
    """Mark one row deleted, and nothing of what belongs to it."""
    _set(session, entity, row, "deleted_at", instant_text(dt.datetime.now(dt.UTC)))


def set_stored(session: Session, entity: str, row: str, field: str, stored: Any) -> None:
    """Set a field to a value as the journal holds it; a field that is none raises KeyError."""
    if field not in journalled_fields(entity):
        raise KeyError(f"{entity}.{field}")
    _set(session, entity, row, field, stored)


def _set(session: Session, entity: str, row: str, field: str, stored: Any) -> None:
    session.flush()
    table = entity_records()[entity].__tablename__
    session.connection().execute(
        text(f'UPDATE "{table}" SET "{field}" = :stored WHERE id = :row'),
        {"stored": stored, "row": row},
    )
    session.expire_all()
