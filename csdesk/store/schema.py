"""The tables of the file format, and the numbers that name it.

The journal tables are the stable part: everything else is derived from them and can be rebuilt.
"""

from __future__ import annotations

import re
import secrets
from functools import cache

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model import records as _records  # noqa: F401 - declares the entity tables
from csdesk.model.base import Base
from csdesk.store.driver import RawConnection, transaction

APPLICATION_ID = 0x43534431
FORMAT_MAJOR = 1
FORMAT_MINOR = 3
FORMAT = FORMAT_MAJOR * 1000 + FORMAT_MINOR
"""`PRAGMA user_version`: a newer minor opens, a newer major is refused."""

_WORKSPACE_ID = re.compile("[0-9a-f]{32}")

JOURNAL_TABLES = (
    "CREATE TABLE meta(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
    "CREATE TABLE writer(w INTEGER PRIMARY KEY, device TEXT NOT NULL, author TEXT NOT NULL,"
    " app TEXT NOT NULL, started TEXT NOT NULL, last_seq INTEGER NOT NULL)",
    "CREATE TABLE txn(n INTEGER PRIMARY KEY, w INTEGER NOT NULL, seq0 INTEGER NOT NULL,"
    " seq1 INTEGER NOT NULL, hlc INTEGER NOT NULL, label TEXT NOT NULL,"
    " kind TEXT NOT NULL, of_w INTEGER, of_seq INTEGER, UNIQUE(w, seq0))",
    "CREATE TABLE journal(w INTEGER NOT NULL, seq INTEGER NOT NULL, hlc INTEGER NOT NULL,"
    " ent TEXT NOT NULL, row TEXT NOT NULL, fld TEXT NOT NULL, val, pw INTEGER, pseq INTEGER,"
    " PRIMARY KEY(w, seq)) WITHOUT ROWID",
    "CREATE TABLE cell(ent TEXT NOT NULL, row TEXT NOT NULL, fld TEXT NOT NULL,"
    " hlc INTEGER NOT NULL, w INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " PRIMARY KEY(ent, row, fld)) WITHOUT ROWID",
    "CREATE TABLE review(id TEXT PRIMARY KEY, kind TEXT NOT NULL, ent TEXT NOT NULL,"
    " row TEXT NOT NULL, fld TEXT, w INTEGER, seq INTEGER, state TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE seen(sha256 TEXT PRIMARY KEY, name TEXT, at TEXT NOT NULL) WITHOUT ROWID",
)

JOURNAL_INDEXES = (
    "CREATE INDEX journal_replaced ON journal(pw, pseq) WHERE pw IS NOT NULL",
    "CREATE INDEX journal_deletion ON journal(ent, row) WHERE fld = 'deleted_at'",
)
"""What a merge looks up: who replaced a row, and the deletions of an item."""


@cache
def entity_statements() -> tuple[str, ...]:
    """Write the CREATE statements of all entity tables and their indexes."""
    dialect = sqlite.dialect()
    statements: list[str] = []
    for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name):
        statements.append(_one_line(str(CreateTable(table).compile(dialect=dialect))))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements.extend(
            _one_line(str(CreateIndex(index).compile(dialect=dialect))) for index in indexes
        )
    return tuple(statements)


def create_tables(connection: RawConnection, workspace_id: str | None = None) -> None:
    """Lay out an empty workspace with a random id, in one transaction."""
    with transaction(connection):
        for statement in (*JOURNAL_TABLES, *JOURNAL_INDEXES, *entity_statements()):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO meta VALUES ('workspace_id', ?)", (workspace_id or secrets.token_hex(16),)
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def check_format(connection: RawConnection) -> int:
    """Return the format number of a database; raise UserError where it is not for us to open."""
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID:
        raise UserError(
            _("This is not a CSDesk file."), _("Choose a file whose name ends in .csdesk.")
        )
    number = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if number // 1000 > FORMAT_MAJOR:
        raise UserError(
            _("This file was written by a newer version of CSDesk."),
            _("Update CSDesk on this computer to open it. The file was not changed."),
        )
    return number


def check_tables(connection: RawConnection) -> None:
    """Raise UserError where a database lacks our journal, or holds code that we never put there.

    The journal tables must be word for word ours, in every format of this major number.
    """
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    tables = {_one_line(sql) for kind, _name, sql in rows if kind == "table" and sql}
    code = {kind for kind, _name, _sql in rows} & {"view", "trigger"}
    virtual = any(sql.upper().startswith("CREATE VIRTUAL") for sql in tables)
    if code or virtual or not tables.issuperset(JOURNAL_TABLES) or _computes_columns(connection):
        raise not_ours()
    if _WORKSPACE_ID.fullmatch(workspace_id(connection)) is None:
        raise not_ours()


def _computes_columns(connection: RawConnection) -> bool:
    found = connection.execute(
        "SELECT 1 FROM sqlite_schema s, pragma_table_xinfo(s.name) x"
        " WHERE s.type = 'table' AND x.hidden > 1 LIMIT 1"
    )
    return found.fetchone() is not None


def check_columns(connection: RawConnection) -> None:
    """Raise UserError where an entity table or one of its columns is missing."""
    for table in Base.metadata.tables.values():
        found = connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))
        if not {row[0] for row in found}.issuperset(column.name for column in table.columns):
            raise not_ours()


def not_ours() -> UserError:
    """Say that a file pretends to be ours."""
    return UserError(
        _("This file says it is a CSDesk file, but its tables are not ours."),
        _("It was not opened. Ask the person you have it from for a new copy."),
    )


def workspace_id(connection: RawConnection) -> str:
    """Read the random id of the workspace a database belongs to; empty where it has none."""
    row = connection.execute("SELECT v FROM meta WHERE k = 'workspace_id'").fetchone()
    return "" if row is None else str(row[0])


def _one_line(statement: str) -> str:
    return " ".join(statement.split())
