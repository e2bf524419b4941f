"""The rows an import adds and the fields it changes, collected first and written in bulk."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from csdesk.model.base import entity_table
from csdesk.model.identity import new_id
from csdesk.progress import Progress

_CHUNK = 2_000


class Changes:
    """What is to be written, by entity and row id."""

    def __init__(self) -> None:
        self.added: dict[str, dict[str, dict[str, Any]]] = {}
        self.changed: dict[str, dict[str, dict[str, Any]]] = {}

    def add(self, entity: str, values: dict[str, Any], row_id: str = "") -> str:
        """Note a new row and return its id."""
        row_id = row_id or new_id()
        self.added.setdefault(entity, {})[row_id] = {"id": row_id, **values}
        return row_id

    def change(self, entity: str, row_id: str, values: dict[str, Any]) -> None:
        """Note new values of fields, of a row in the workspace or of one about to be added."""
        if row_id in self.added.get(entity, {}):
            self.added[entity][row_id].update(values)
        else:
            self.changed.setdefault(entity, {}).setdefault(row_id, {}).update(values)

    def forget(self, entity: str, row_id: str) -> None:
        """Do not add a row after all."""
        del self.added[entity][row_id]

    def write(self, session: Session, progress: Progress) -> None:
        """Write everything; raises CancelledError where the user cancels."""
        total = sum(len(rows) for each in (self.added, self.changed) for rows in each.values())
        done = 0
        for entity, added in self.added.items():
            for rows in _alike(added).values():
                for chunk in _chunks(rows):
                    progress.report(done, total)
                    session.connection().execute(insert(entity_table(entity)), chunk)
                    done += len(chunk)
        for entity, changed in self.changed.items():
            table = entity_table(entity)
            named = {row_id: {"row_id": row_id, **row} for row_id, row in changed.items()}
            for fields, rows in _alike(named).items():
                statement = (
                    update(table)
                    .where(table.c.id == bindparam("row_id"))
                    .values(
                        {field: bindparam(f"new_{field}") for field in fields if field != "row_id"}
                    )
                )
                for chunk in _chunks([_prefixed(row) for row in rows]):
                    progress.report(done, total)
                    # On the connection: a session would look for objects to keep in step.
                    session.connection().execute(statement, chunk)
                    done += len(chunk)


def _prefixed(row: dict[str, Any]) -> dict[str, Any]:
    """Name the new values apart from the columns, whose names the statement needs itself."""
    return {name if name == "row_id" else f"new_{name}": value for name, value in row.items()}


def _alike(rows: dict[str, dict[str, Any]]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Group rows that fill the same fields, as one statement can write them."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows.values():
        groups.setdefault(tuple(sorted(row)), []).append(row)
    return groups


def _chunks(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]
