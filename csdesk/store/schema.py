"""The tables of the file format, and the numbers that name it.

The journal tables are the stable part: everything else is derived from them and can be rebuilt.
"""

from __future__ import annotations

import secrets

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model import records as _records  # noqa: F401 - declares the entity tables
from csdesk.model.base import Base
from csdesk.store.driver import RawConnection

APPLICATION_ID = 0x43534431
FORMAT_MAJOR = 1
FORMAT_MINOR = 0
FORMAT = FORMAT_MAJOR * 1000 + FORMAT_MINOR
"""`PRAGMA user_version`: a newer minor opens, a newer major is refused."""

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


def entity_statements() -> list[str]:
    """Write the CREATE statements of all entity tables and their indexes."""
    dialect = sqlite.dialect()
    statements: list[str] = []
    for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name):
        statements.append(_one_line(str(CreateTable(table).compile(dialect=dialect))))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements.extend(
            _one_line(str(CreateIndex(index).compile(dialect=dialect))) for index in indexes
        )
    return statements


def create_tables(connection: RawConnection, workspace_id: str | None = None) -> None:
    """Lay out an empty workspace with a random id, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in (*JOURNAL_TABLES, *entity_statements()):
        connection.execute(statement)
    connection.execute(
        "INSERT INTO meta VALUES ('workspace_id', ?)", (workspace_id or secrets.token_hex(16),)
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


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
    """Raise UserError where a database lacks our tables, or holds code that we never put there."""
    rows = connection.execute("SELECT type, name FROM sqlite_schema").fetchall()
    tables = {name for kind, name in rows if kind == "table"}
    wanted = {statement.split("(")[0].split()[-1] for statement in JOURNAL_TABLES}
    code = {kind for kind, _name in rows} & {"view", "trigger"}
    if code or not wanted <= tables:
        raise UserError(
            _("This file says it is a CSDesk file, but its tables are not ours."),
            _("It was not opened. Ask the person you have it from for a new copy."),
        )


def workspace_id(connection: RawConnection) -> str:
    """Read the random id of the workspace a database belongs to."""
    row = connection.execute("SELECT v FROM meta WHERE k = 'workspace_id'").fetchone()
    return str(row[0])


def _one_line(statement: str) -> str:
    return " ".join(statement.split())
