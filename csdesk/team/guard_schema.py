"""Whether the schema of a file from outside is ours, word for word, and holds nothing that runs.

The journal tables must be verbatim ours in every format. All other tables must be plain: columns
with a type, NOT NULL, one primary key, and nothing else. In formats we know they must have just the
columns we had then; a newer minor format may have more. So no text of a file reaches SQLite's
parser that could name a function, a collation or another table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from csdesk.store.driver import RawConnection
from csdesk.store.migrations import MIGRATIONS
from csdesk.store.schema import FORMAT, JOURNAL_INDEXES, JOURNAL_TABLES, entity_statements
from csdesk.team.guard_refusals import Refusal, Unfit

OUTBOX_TABLES = ("meta", "writer", "txn", "journal")
"""All that an outbox has."""

_NAME = "[a-z][a-z0-9_]{0,62}"
_TABLE = re.compile(
    rf'CREATE TABLE ("?)({_NAME})\1 ?\( ?([^()]*(?:\(id\)[^()]*)?)\)( WITHOUT ROWID)?'
)
_COLUMN = re.compile(
    rf'("?)({_NAME})\1(?: (TEXT|VARCHAR|INTEGER|DATE|BOOLEAN|BLOB|NUMERIC|REAL))?'
    r"( NOT NULL)?( PRIMARY KEY)?"
)
_INDEX = re.compile(rf'CREATE INDEX ({_NAME}) ON ("?)({_NAME})\2 ?\(({_NAME}(?:, ?{_NAME})*)\)')
_ADDED = re.compile(rf'ALTER TABLE "?({_NAME})"? ADD COLUMN "?({_NAME})"?\b.*')
_RUNS = re.compile(
    r"\bAS\s*\(|\bGENERATED\b|\bCHECK\s*\(|\bDEFAULT\s*\(|\bWHERE\b|\bON\s*\S+\s*\(.*\(",
    re.IGNORECASE | re.DOTALL,
)
# Not str.split(): what SQLite takes for a blank is less than what Unicode does.
_BLANKS = re.compile("[ \t\n\f\r]+")
_KEY = "PRIMARY KEY (id)"
Column = tuple[str, str, bool]
"""Its name, its type, and whether it may not be empty."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A table that is nothing but its columns, with `id` as its key."""

    columns: frozenset[Column]
    without_rowid: bool

    @property
    def names(self) -> frozenset[str]:
        """The names of the columns."""
        return frozenset(name for name, _type, _required in self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a format has beside the journal: tables, and indexes as (table, columns) by name."""

    tables: Mapping[str, Plain]
    indexes: Mapping[str, tuple[str, str]]


def check_schema(connection: RawConnection, number: int) -> str:
    """Return "document" or "outbox"; raise Unfit where the schema is not that of such a file."""
    tables: dict[str, str] = {}
    indexes: dict[str, str] = {}
    for kind, name, table, text in _entries(connection):
        if kind == "index" and text is None and name.startswith(f"sqlite_autoindex_{table}_"):
            continue
        if kind in ("view", "trigger") or _is_virtual(text):
            raise Unfit(Refusal.CODE, f"{kind} {name}")
        found = {"table": tables, "index": indexes}.get(kind)
        if found is None or text is None or name in found:
            raise Unfit(Refusal.TABLES, f"{kind} {name}")
        found[name] = text
    journal = {_called(statement): statement for statement in JOURNAL_TABLES}
    outbox = "cell" not in tables
    for name in OUTBOX_TABLES if outbox else journal:
        if tables.get(name) != journal[name]:
            raise _unfit(tables.get(name, name))
    _check_journal_indexes(indexes, number, optional=outbox)
    rest = {name: text for name, text in tables.items() if name not in journal}
    _check_rest(rest, indexes, number, outbox=outbox)
    return "outbox" if outbox else "document"


def _entries(connection: RawConnection) -> list[tuple[str, str, str, str | None]]:
    rows: list[tuple[str, str, str, str | None]] = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema"
    ).fetchall()
    for kind, name, table, text in rows:
        known = all(isinstance(part, str) for part in (kind, name, table))
        if not known or not (text is None or isinstance(text, str)):
            raise Unfit(Refusal.TABLES, "sqlite_schema")
    return rows


def roots_of(connection: RawConnection) -> dict[int, bool]:
    """Tell the first page of each tree, and whether it is one of a table with row numbers."""
    rows = connection.execute("SELECT type, rootpage, sql FROM sqlite_schema").fetchall()
    return {
        root: kind == "table" and not _one_line(text).endswith("WITHOUT ROWID")
        for kind, root, text in rows
    }


def _is_virtual(text: str | None) -> bool:
    return text is not None and _one_line(text).upper().startswith("CREATE VIRTUAL")


def _unfit(text: str) -> Unfit:
    return Unfit(Refusal.CODE if _RUNS.search(text) else Refusal.TABLES, text[:200])


def _check_journal_indexes(indexes: dict[str, str], number: int, *, optional: bool) -> None:
    """Take the journal's own indexes out of `indexes`; their text must be ours to the letter.

    A format that did not have them must not: the migration that brings them would fail.
    """
    later = {made for step in MIGRATIONS if step.to_format > number for made in step.statements}
    for statement in JOURNAL_INDEXES:
        found = indexes.pop(_called(statement), None)
        if found is None and (optional or statement in later):
            continue
        if found is not None and found != statement:
            raise _unfit(found)
        if found is None or (statement in later and not optional):
            raise Unfit(Refusal.TABLES, statement)


def _check_rest(
    tables: Mapping[str, str], indexes: Mapping[str, str], number: int, *, outbox: bool
) -> None:
    """Check the tables beside the journal's, and all indexes but those."""
    plain = {name: plain_table(name, text) for name, text in tables.items()}
    lookups = {name: _plain_index(name, text, plain) for name, text in indexes.items()}
    if outbox:
        if number <= FORMAT and (plain or lookups):
            raise Unfit(Refusal.TABLES, "more than an outbox has")
        return
    wanted = layout_of(min(number, FORMAT))
    exact = number <= FORMAT
    for name, table in wanted.tables.items():
        found = plain.get(name)
        if found is None or found.without_rowid != table.without_rowid:
            raise Unfit(Refusal.TABLES, f"table {name}")
        if not (found.columns == table.columns if exact else found.columns >= table.columns):
            raise Unfit(Refusal.TABLES, f"columns of {name}")
    if not lookups.items() >= wanted.indexes.items():
        raise Unfit(Refusal.TABLES, "an index is missing")
    if exact and (plain.keys() != wanted.tables.keys() or lookups != dict(wanted.indexes)):
        raise Unfit(Refusal.TABLES, "more than a document has")


@lru_cache(maxsize=256)  # each file says the same of itself, again and again
def plain_table(name: str, text: str) -> Plain:
    """Read a CREATE TABLE that has nothing but plain columns; raise Unfit on anything else."""
    found = _TABLE.fullmatch(_one_line(text))
    if found is None or found.group(2) != name:
        raise _unfit(text)
    columns: set[Column] = set()
    names: list[str] = []
    keys = 0
    for part in found.group(3).strip(" ").split(","):
        part = part.strip(" ")
        if part == _KEY:
            keys += 1
            continue
        column = _COLUMN.fullmatch(part)
        if column is None or (column.group(5) and column.group(2) != "id"):
            raise _unfit(text)
        keys += column.group(5) is not None
        names.append(column.group(2))
        columns.add((column.group(2), column.group(3) or "", column.group(4) is not None))
    if keys != 1 or "id" not in names or len(set(names)) != len(names):
        raise Unfit(Refusal.TABLES, text[:200])
    return Plain(frozenset(columns), found.group(4) is not None)


def _plain_index(name: str, text: str, tables: Mapping[str, Plain]) -> tuple[str, str]:
    found = _INDEX.fullmatch(_one_line(text))
    if found is None or found.group(1) != name:
        raise _unfit(text)
    table, columns = found.group(3), found.group(4)
    if table not in tables or not tables[table].names.issuperset(
        _BLANKS.sub("", columns).split(",")
    ):
        raise Unfit(Refusal.TABLES, text[:200])
    return table, columns


def layout_of(number: int) -> Layout:
    """Tell what a format of this major number has: what we have, less what came later."""
    tables: dict[str, Plain] = {}
    indexes: dict[str, tuple[str, str]] = {}
    for statement in entity_statements():
        if statement.startswith("CREATE TABLE"):
            tables[_called(statement)] = plain_table(_called(statement), statement)
        else:
            indexes[_called(statement)] = _plain_index(_called(statement), statement, tables)
    for step in MIGRATIONS:
        for statement in step.statements if step.to_format > number else ():
            _take_back(statement, tables, indexes)
    return Layout(tables, indexes)


def _take_back(
    statement: str, tables: dict[str, Plain], indexes: dict[str, tuple[str, str]]
) -> None:
    added = _ADDED.fullmatch(statement)
    if added is not None and added.group(1) in tables:
        table = tables[added.group(1)]
        left = frozenset(column for column in table.columns if column[0] != added.group(2))
        tables[added.group(1)] = Plain(left, table.without_rowid)
    elif statement.startswith(("CREATE TABLE", "CREATE INDEX")):
        tables.pop(_called(statement), None)
        indexes.pop(_called(statement), None)


def _called(statement: str) -> str:
    """Name the table or index that one of our own statements makes."""
    return statement.split(" ", 2)[2].split("(")[0].split(" ")[0].strip('"')


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" ")
