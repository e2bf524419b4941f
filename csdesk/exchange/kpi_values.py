"""Compares KPI values with those in the workspace, in sets, and writes the difference in bulk."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from csdesk.progress import Progress

Stored = int | str
"""A number as `csdesk.model.base.exact_storage` writes it."""

Extras = tuple[bool | None, str | None, str | None]
"""Estimate, note and source of a value; None leaves what is there."""

Given = tuple[str, str, str, str, Stored]
"""One value of a table: its row id, account, KPI, first day of the period (ISO), and number."""

NO_EXTRAS: Extras = (None, None, None)

_FETCH_CHUNK = 20_000
_WRITE_CHUNK = 5_000
_FETCH = (
    "SELECT k.id, k.value, k.is_estimate, k.note, k.source, k.deleted_at IS NOT NULL"
    " FROM json_each(?) j CROSS JOIN kpi_value k ON k.id = j.value"
)
_NOTHING = "SELECT NOT EXISTS (SELECT 1 FROM kpi_value)"
_INSERT = "INSERT INTO kpi_value(id, account_id, kpi_id, period, value) VALUES (?, ?, ?, ?, ?)"
_INSERT_ALL = (
    "INSERT INTO kpi_value(id, account_id, kpi_id, period, value, is_estimate, note, source)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE kpi_value SET deleted_at = NULL, value = ?, is_estimate = ?, note = ?, source = ?"
    " WHERE id = ?"
)


@dataclass(slots=True)
class Known:
    """A value that is in the workspace, or about to be."""

    value: Stored
    extras: Extras
    deleted: bool = False


@dataclass(slots=True)
class KpiWrites:
    """The values that one import adds and changes, over all of its tables."""

    added: dict[str, Given] = field(default_factory=dict)
    added_extras: dict[str, Extras] = field(default_factory=dict)
    changed: dict[str, tuple[Stored, Extras]] = field(default_factory=dict)

    def known(self, session: Session, ids: list[str]) -> dict[str, Known]:
        """Return what is there of these values, with what this import is about to write."""
        found: dict[str, Known] = {}
        connection = session.connection()
        if connection.exec_driver_sql(_NOTHING).scalar():
            # The first import of all has nothing to be compared with.
            ids = [] if not self.added else ids
        for start in range(0, len(ids), _FETCH_CHUNK):
            chunk = json.dumps(ids[start : start + _FETCH_CHUNK])
            for row_id, value, estimate, note, source, deleted in connection.exec_driver_sql(
                _FETCH, (chunk,)
            ):
                flag = None if estimate is None else bool(estimate)
                found[row_id] = Known(value, (flag, note, source), bool(deleted))
        if self.added or self.changed:
            for row_id in ids:
                if row_id in self.added:
                    extras = self.added_extras.get(row_id, NO_EXTRAS)
                    found[row_id] = Known(self.added[row_id][4], extras)
                elif row_id in self.changed:
                    found[row_id] = Known(*self.changed[row_id])
        return found

    def add(self, given: Given, extras: Extras) -> None:
        """Note a value that is not there yet."""
        self.added[given[0]] = given
        if extras != NO_EXTRAS:
            self.added_extras[given[0]] = extras

    def add_all(self, given: Iterable[Given]) -> None:
        """Note values that are not there yet, without any extras."""
        self.added.update((one[0], one) for one in given)

    def change(self, row_id: str, value: Stored, extras: Extras) -> None:
        """Note another number or other extras for a value that is there."""
        if row_id in self.added:
            self.add((*self.added[row_id][:4], value), extras)
        else:
            self.changed[row_id] = (value, extras)

    def write(self, session: Session, progress: Progress) -> None:
        """Write everything; raises CancelledError where the user cancels."""
        plain = [given for row_id, given in self.added.items() if row_id not in self.added_extras]
        # The table is kept in the order of its ids; rows that come in it are appended.
        plain.sort()
        described = [
            (*given, *self.added_extras[row_id])
            for row_id, given in self.added.items()
            if row_id in self.added_extras
        ]
        updates = [(value, *extras, row_id) for row_id, (value, extras) in self.changed.items()]
        total = len(plain) + len(described) + len(updates)
        done = 0
        for statement, rows in ((_INSERT, plain), (_INSERT_ALL, described), (_UPDATE, updates)):
            for chunk in _chunks(rows):
                progress.report(done, total)
                session.connection().exec_driver_sql(statement, chunk)
                done += len(chunk)


def merged(new: Extras, known: Extras) -> Extras:
    """Put new extras over known ones, leaving what the new ones do not say."""
    first, second, third = (b if a is None else a for a, b in zip(new, known, strict=True))
    return (first, second, third)  # type: ignore[return-value]


def _chunks(rows: list[Any]) -> Iterable[list[Any]]:
    return (rows[start : start + _WRITE_CHUNK] for start in range(0, len(rows), _WRITE_CHUNK))
