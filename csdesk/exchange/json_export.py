"""Everything in a workspace as JSON (csdesk.exchange.json_format), deleted rows included.

Tables and columns that a newer version of the program put into the file are written out too.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from csdesk.exchange.json_format import FORMAT_NAME, entity_order, json_writers
from csdesk.model.base import entity_records
from csdesk.progress import SILENT, Progress
from csdesk.store.schema import JOURNAL_TABLES

_REPORT_EVERY = 5_000


def export_json(session: Session, out: BinaryIO, progress: Progress = SILENT) -> int:
    """Write every row of every entity to `out` as UTF-8 JSON; return how many rows there were.

    The same content gives the same bytes. A row without any value is left out: it says nothing.
    Raises CancelledError from `progress`.
    """
    run = session.connection().exec_driver_sql
    number = int(run("PRAGMA user_version").scalar_one())
    version = f"{number // 1000}.{number % 1000}"
    head = f'{{"format": "{FORMAT_NAME}", "version": "{version}",\n"entities": {{'
    out.write(head.encode())
    names = [*entity_order(), *_unknown_tables(run)]
    total = sum(int(run(f"SELECT count(*) FROM {_quoted(name)}").scalar_one()) for name in names)
    count = done = 0
    for index, name in enumerate(names):
        out.write(f"{',' if index else ''}\n{json.dumps(name)}: [".encode())
        is_first = True
        for row in _rows(run, name):
            done += 1
            if done % _REPORT_EVERY == 0:
                progress.report(done, total, name)
            if all(value is None for field, value in row.items() if field != "id"):
                continue
            line = json.dumps(row, ensure_ascii=False)
            out.write((("\n" if is_first else ",\n") + line).encode())
            is_first = False
            count += 1
        out.write(b"]")
    out.write(b"}}\n")
    progress.report(total, total)
    return count


def _unknown_tables(run: Callable[[str], Any]) -> list[str]:
    """Name the tables with ids that are neither entities of this version nor the journal's."""
    ours = {statement.split("(")[0].split()[-1] for statement in JOURNAL_TABLES}
    found = run("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
    names = [str(row[0]) for row in found if not str(row[0]).startswith("sqlite_")]
    unknown = [name for name in names if name not in ours and name not in entity_records()]
    return [name for name in unknown if "id" in _columns(run, name)]


def _columns(run: Callable[[str], Any], table: str) -> list[str]:
    return [str(row[1]) for row in run(f"PRAGMA main.table_info({_quoted(table)})")]


def _rows(run: Callable[[str], Any], table: str) -> Iterator[dict[str, Any]]:
    known = list(_fields(table))
    present = _columns(run, table)
    columns = [name for name in known if name in present]
    columns += [name for name in present if name not in columns]
    writers = json_writers(table) if table in entity_records() else {}
    chosen = ", ".join(_quoted(name) for name in columns)
    for values in run(f"SELECT {chosen} FROM main.{_quoted(table)} ORDER BY id"):
        row = dict(zip(columns, map(_plain, values), strict=True))
        for field, write in writers.items():
            if row.get(field) is not None:
                row[field] = write(row[field])
        yield row


def _fields(entity: str) -> list[str]:
    record = entity_records().get(entity)
    return [] if record is None else [column.name for column in record.__table__.columns]


def _plain(value: Any) -> Any:
    """Write bytes, which only a newer version could have stored, as text that says so."""
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
