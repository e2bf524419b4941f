"""Takes in what `json_export` wrote: into an empty workspace all of it, else what differs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.exchange.json_format import FORMAT_NAME, entity_order, json_readers
from csdesk.exchange.tables import read_bytes, shorten
from csdesk.i18n import _
from csdesk.model.base import entity_records
from csdesk.model.identity import kpi_value_parts
from csdesk.progress import SILENT, Progress
from csdesk.store.schema import FORMAT_MAJOR

MAX_FILE = 1_000_000_000
_LONGEST_ID = 400
_AT_ONCE = 5_000

Stored = dict[str, Any]


@dataclass(frozen=True, slots=True)
class JsonContent:
    """The rows of a JSON file as they are stored, by entity and id.

    `left_out` names entities and fields that a newer version wrote and this one has no place for.
    """

    name: str
    rows: Mapping[str, Mapping[str, Stored]]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JsonResult:
    """What an import came to: how many rows were new, changed, or as they were already."""

    added: int
    changed: int
    unchanged: int
    left_out: tuple[str, ...]


def looks_like_json(path: Path) -> bool:
    """Tell whether a file's first character is the "{" of a JSON object."""
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError:
        return False
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_json(path: Path) -> JsonContent:
    """Read and check a whole JSON file before anything is written.

    Raises UserError where it is no export of CSDesk, comes from a newer major version, or where
    a value is of the wrong kind; the message names the row and the field.
    """
    data = read_bytes(path, MAX_FILE)
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UserError(
            _("{name} is not valid JSON: {reason}.").format(name=path.name, reason=error),
            _("Export it again; do not edit it by hand unless you check it."),
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT_NAME:
        raise UserError(
            _("{name} is JSON, but not an export of CSDesk.").format(name=path.name),
            _("Save the data as CSV or Excel to import it."),
        )
    major = str(content.get("version", "")).partition(".")[0]
    if not major.isdigit() or int(major) > FORMAT_MAJOR:
        raise UserError(
            _("{name} was written by a newer version of CSDesk.").format(name=path.name),
            _("Update CSDesk on this computer to import it."),
        )
    return _Reader(path.name).content(content.get("entities"))


def import_json(session: Session, content: JsonContent, progress: Progress = SILENT) -> JsonResult:
    """Write the rows of a JSON file; rows of the same id are changed to say what it says.

    Fields the file does not mention stay as they are. Rows that are deleted on both sides are
    left alone. Raises CancelledError from `progress`.
    """
    run = session.connection().exec_driver_sql
    total = sum(len(rows) for rows in content.rows.values())
    added = changed = done = 0
    for entity, rows in content.rows.items():
        known = _present(run, entity, rows)
        new = [row for row_id, row in rows.items() if row_id not in known]
        for start in range(0, len(new), _AT_ONCE):
            _insert(run, entity, new[start : start + _AT_ONCE])
            progress.report(done + start, total, entity)
        added += len(new)
        for row_id, present in known.items():
            changed += _update(run, entity, row_id, present, rows[row_id])
        done += len(rows)
        progress.report(done, total, entity)
    return JsonResult(added, changed, total - added - changed, content.left_out)


class _Reader:
    """Checks the entities of one file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left_out: set[str] = set()

    def content(self, entities: Any) -> JsonContent:
        """Check all rows; unknown entities and fields are noted and left out."""
        if not isinstance(entities, dict):
            raise self._wrong("entities", "", "", _("an object of entities is needed here"))
        rows: dict[str, dict[str, Stored]] = {}
        for entity in entity_order():
            found = entities.get(entity, [])
            if not isinstance(found, list):
                raise self._wrong(entity, "", "", _("a list of rows is needed here"))
            rows[entity] = self._rows(entity, found)
        self._left_out |= {str(name) for name in entities if name not in rows and entities[name]}
        return JsonContent(self._name, rows, tuple(sorted(self._left_out)))

    def _rows(self, entity: str, found: list[Any]) -> dict[str, Stored]:
        rows: dict[str, Stored] = {}
        for number, row in enumerate(found, 1):
            if not isinstance(row, dict):
                raise self._wrong(entity, f"#{number}", "", _("an object is needed here"))
            row_id = row.get("id")
            if not isinstance(row_id, str) or not 0 < len(row_id) <= _LONGEST_ID:
                raise self._wrong(entity, f"#{number}", "id", _("an id is needed here"))
            if row_id in rows:
                raise self._wrong(entity, row_id, "id", _("the id stands here a second time"))
            stored = self._row(entity, row_id, row)
            if any(value is not None for field, value in stored.items() if field != "id"):
                rows[row_id] = stored
        return rows

    def _row(self, entity: str, row_id: str, row: dict[str, Any]) -> Stored:
        readers = json_readers(entity)
        stored: Stored = {}
        for field, value in row.items():
            read = readers.get(field)
            if read is None:
                self._left_out.add(f"{entity}.{field}")
                continue
            try:
                stored[field] = None if value is None else read(value)
            except UserError as error:
                raise self._wrong(entity, row_id, field, error.message) from error
        if entity == "kpi_value":
            self._check_kpi_value(row_id, stored)
        return stored

    def _check_kpi_value(self, row_id: str, stored: Stored) -> None:
        """Hold that the id of a KPI value says the same as its fields."""
        try:
            account_id, kpi_id, period = kpi_value_parts(row_id)
        except ValueError as error:
            raise self._wrong(
                "kpi_value", row_id, "id", _("an id of account:KPI:period is needed here")
            ) from error
        said = {"account_id": account_id, "kpi_id": kpi_id, "period": period.isoformat()}
        for field, value in said.items():
            if stored.setdefault(field, value) != value:
                raise self._wrong("kpi_value", row_id, field, _("it differs from the id"))

    def _wrong(self, entity: str, row: str, field: str, reason: str) -> UserError:
        place = ", ".join(part for part in (self._name, entity, shorten(row, 90), field) if part)
        return UserError(f"{place}: {reason}.", _("Nothing was changed."))


def _present(run: Callable[..., Any], entity: str, rows: Mapping[str, Stored]) -> dict[str, Stored]:
    """Read the rows of these ids that are there already, as stored."""
    columns = [column.name for column in entity_records()[entity].__table__.columns]
    names = ", ".join(f'"{name}"' for name in columns)
    found = run(
        f'SELECT {names} FROM main."{entity}" WHERE id IN (SELECT value FROM json_each(?))',
        (json.dumps(list(rows)),),
    )
    return {row[columns.index("id")]: dict(zip(columns, row, strict=True)) for row in found}


def _insert(run: Callable[..., Any], entity: str, rows: list[Stored]) -> None:
    columns = [column.name for column in entity_records()[entity].__table__.columns]
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    run(
        f'INSERT INTO main."{entity}"({names}) VALUES ({marks})',
        [tuple(row.get(column) for column in columns) for row in rows],
    )


def _update(
    run: Callable[..., Any], entity: str, row_id: str, present: Stored, wanted: Stored
) -> bool:
    """Change what differs; a row that is deleted here comes back only as a living one."""
    dies, is_dead = wanted.get("deleted_at") is not None, present["deleted_at"] is not None
    if dies and is_dead:
        return False
    different = {
        field: value for field, value in wanted.items() if field != "id" and value != present[field]
    }
    if not different:
        return False
    sets = ", ".join(f'"{field}" = ?' for field in different)
    run(f'UPDATE main."{entity}" SET {sets} WHERE id = ?', (*different.values(), row_id))
    return True
