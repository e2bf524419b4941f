"""Files that nobody of the team wrote: each attack, the reason it must be refused for, and how.

Every attack changes a good document or outbox, and seals it again where it can: who can write to
a shared folder can seal. `app_secret` stands for any function the program gives its connections.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from csdesk.model.identity import kpi_value_id
from csdesk.model.records import (
    Account,
    Contact,
    Contract,
    Goal,
    Kpi,
    KpiValue,
    Milestone,
    Plan,
    Touchpoint,
)
from csdesk.settings import Home
from csdesk.store.document import SEAL_BYTES, seal_file
from csdesk.store.driver import RawConnection
from csdesk.store.schema import APPLICATION_ID, FORMAT, JOURNAL_TABLES
from csdesk.team.guard import Refusal
from csdesk.workspace.workspace import Workspace
from tests.store.desk import NOON, SetClock, add, mark_deleted, set_fields


@dataclass
class Secret:
    """A function of the program that no file may call; it counts its calls."""

    calls: int = 0

    def __call__(self, *_arguments: Any) -> str:
        self.calls += 1
        return "TOKEN123"

    def give_to(self, connection: RawConnection) -> None:
        for count in (0, 1, 2):
            connection.create_function("app_secret", count, self, deterministic=True)
        connection.create_collation("app_order", lambda one, two: self() and (one > two))


def fill(session: Session) -> str:
    """Add some of everything the guard has to read; return the account's id."""
    account = add(
        session, Account(name="東京精密株式会社", employees=120, go_live_on=dt.date(2026, 4, 1))
    )
    boss = add(session, Contact(account_id=account, name="髙橋"))
    add(session, Contact(account_id=account, name="佐藤", reports_to_id=boss))
    add(session, Contract(account_id=account, mrr=120_000, currency="JPY", auto_renew=True))
    add(session, Touchpoint(account_id=account, held_at=NOON, summary="定例会"))
    kpi = add(session, Kpi(name="売上", unit="円"))
    plan = add(session, Plan(account_id=account, title="導入計画"))
    goal = add(session, Goal(plan_id=plan, title="検査時間の短縮", position="a0"))
    add(session, Milestone(goal_id=goal, title="稟議完了", due_on=dt.date(2027, 3, 31)))
    for month in range(1, 13):
        period = dt.date(2026, month, 1)
        row = kpi_value_id(account, kpi, period)
        value = Decimal("1234.5") * month
        add(session, KpiValue(id=row, account_id=account, kpi_id=kpi, period=period, value=value))
    return account


def write_good_document(path: Path, home: Home) -> None:
    """Write a small document with edits, a deletion, undo and redo of two runs."""
    clock = SetClock()
    with Workspace.create(path, home=home, author="佐藤", clock=clock) as workspace:
        account = workspace.write("顧客を追加", fill).result
        workspace.write("改名", set_fields, Account, account, name="東京精密")
        extra = workspace.write("追加", fill).result
        workspace.write("削除", mark_deleted, Account, extra)
    with Workspace.open(path, home=home, author="鈴木", clock=clock) as workspace:
        workspace.write("編集", set_fields, Account, account, region="東京", employees=130)
        workspace.undo()
        workspace.redo()


def write_outbox_of(document: Path, outbox: Path, *, from_step: int = 0) -> None:
    """Write the rows of a document's writers to an outbox, each from a step of it onwards."""
    source = dbapi2.connect(f"{document.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    target = dbapi2.connect(str(outbox), isolation_level=None)
    target.execute("PRAGMA page_size = 1024")
    for statement in JOURNAL_TABLES[:4]:
        target.execute(statement)
    target.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    target.execute(f"PRAGMA user_version = {FORMAT}")
    steps = source.execute("SELECT * FROM txn ORDER BY w, seq0").fetchall()
    for writer in source.execute("SELECT * FROM writer").fetchall():
        own = [step for step in steps if step[1] == writer[0]]
        own = own[min(from_step, len(own) - 1) :]
        rows = source.execute(
            "SELECT * FROM journal WHERE w = ? AND seq >= ?", (writer[0], own[0][2])
        )
        target.execute("INSERT INTO writer VALUES (?, ?, ?, ?, ?, ?)", writer)
        target.executemany("INSERT INTO txn VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", own)
        target.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    target.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        source.execute("SELECT k, v FROM meta WHERE k = 'workspace_id'").fetchall(),
    )
    target.close()
    source.close()
    seal_file(outbox)


def changed(path: Path, *statements: str, seal: bool = True) -> None:
    """Change a sealed file as a program would that knows our format and has functions of ours."""
    path.write_bytes(path.read_bytes()[:-SEAL_BYTES])
    connection = dbapi2.connect(str(path), isolation_level=None)
    Secret().give_to(connection)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    if seal:
        seal_file(path)


def rewritten(path: Path, table: str, old: str, new: str) -> None:
    """Change a table's schema text where it stands, as `ALTER TABLE` never would."""
    changed(
        path,
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET sql = replace(sql, '{old}', '{new}')"
        f" WHERE name = '{table}' AND type = 'table'",
        "PRAGMA schema_version = 999",
    )


def patched(path: Path, at: int, content: bytes, *, seal: bool = True) -> None:
    """Put bytes into a file, and seal it again."""
    raw = bytearray(path.read_bytes()[:-SEAL_BYTES])
    raw[at : at + len(content)] = content
    path.write_bytes(raw)
    if seal:
        seal_file(path)


Spoil = Callable[[Path], None]


@dataclass(frozen=True)
class Attack:
    """One way to spoil a good file, and why it must be refused."""

    name: str
    reason: Refusal
    spoil: Spoil
    kinds: tuple[str, ...] = field(default=("document", "outbox"))


def by_sql(*statements: str) -> Spoil:
    return lambda path: changed(path, *statements)


FIRST = "(SELECT w FROM writer ORDER BY w LIMIT 1)"
JOURNAL = JOURNAL_TABLES[3]


def _journal_as(text: str) -> Spoil:
    """Put another table, view or whatever in the journal's place, with its rows where it can."""
    return by_sql("DROP TABLE journal", text)


def _value(entity: str, name: str, value: str, row: str = "'r'") -> Spoil:
    """Add a step with one row that says so, as the first writer."""
    return by_sql(*added_row(entity, name, value, row))


def added_row(
    entity: str, name: str, value: str, row: str = "'r'", **others: object
) -> tuple[str, ...]:
    """Write SQL that appends a step of one row to the first writer, whole in every other way."""
    cells = {"hlc": "99999999999", "pw": "NULL", "pseq": "NULL"} | others
    last = f"(SELECT last_seq FROM writer WHERE w = {FIRST})"
    return (
        f"UPDATE writer SET last_seq = last_seq + 1 WHERE w = {FIRST}",
        f"INSERT INTO journal VALUES ({FIRST}, {last}, {cells['hlc']}, {entity!r}, {row},"
        f" {name!r}, {value}, {cells['pw']}, {cells['pseq']})",
        "INSERT INTO txn(w, seq0, seq1, hlc, label, kind)"
        f" VALUES ({FIRST}, {last}, {last}, 5, 'x', 'edit')",
    )


def _sparse(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(5 << 30)


def _encrypted(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(40960))
    seal_file(path)


def _foreign(path: Path) -> None:
    path.unlink()
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE photos(id)")
    connection.close()
    seal_file(path)


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("gone"))


def _link_to_a_secret(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname" if Path("/etc/hostname").exists() else __file__)


def _device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -SEAL_BYTES - 512])


def _appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def _stale_page(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[2048:2100] = bytes(52)
    path.write_bytes(raw)


def _torn_header(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(bytes(4096) + raw[4096:])


def _two_tables_on_one_page(path: Path) -> None:
    changed(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
        " WHERE name = 'journal') WHERE name = 'meta'",
    )


def _lying_index(path: Path) -> None:
    """Let the index of the steps say something else than their table."""
    changed(
        path,
        "PRAGMA writable_schema = ON",
        "CREATE TABLE copy(n INTEGER PRIMARY KEY, w, seq0)",
        "INSERT INTO copy SELECT n, w, seq0 + 7 FROM txn",
        "CREATE UNIQUE INDEX lie ON copy(w, seq0)",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
        " WHERE name = 'lie') WHERE name = 'sqlite_autoindex_txn_1'",
        "DELETE FROM sqlite_schema WHERE name IN ('lie', 'copy')",
    )


def _page_size(number: int) -> Spoil:
    return lambda path: patched(path, 16, number.to_bytes(2, "big"))


TORN_FILES = [
    Attack("nothing", Refusal.TORN, lambda path: path.unlink()),
    Attack("zero bytes", Refusal.TORN, lambda path: path.write_bytes(b"") and None),
    Attack("cut off", Refusal.TORN, _cut),
    Attack("a byte too many", Refusal.TORN, _appended),
    Attack("a stale page", Refusal.TORN, _stale_page),
    Attack("beginning with zeros", Refusal.TORN, _torn_header),
    Attack("a link to nothing", Refusal.TORN, _link_to_nothing),
    Attack("no seal", Refusal.TORN, lambda path: changed(path, seal=False)),
]
NO_FILES_OF_OURS = [
    Attack("a pipe", Refusal.NOT_SQLITE, _fifo),
    Attack("a folder", Refusal.NOT_SQLITE, _folder),
    Attack("a device", Refusal.NOT_SQLITE, _device),
    Attack("a link to another file", Refusal.NOT_SQLITE, _link_to_a_secret),
    Attack("an encrypted database", Refusal.NOT_SQLITE, _encrypted),
    Attack("another program's database", Refusal.NOT_OURS, _foreign),
    Attack("another application id", Refusal.NOT_OURS, by_sql("PRAGMA application_id = 7")),
    Attack("a sparse file of 5 GB", Refusal.TOO_LARGE, _sparse),
    Attack("a newer major format", Refusal.NEWER_FORMAT, by_sql("PRAGMA user_version = 2000")),
    Attack("no format", Refusal.TABLES, by_sql("PRAGMA user_version = 0")),
    Attack("a negative format", Refusal.TABLES, by_sql("PRAGMA user_version = -5")),
]
DAMAGED_FILES = [
    Attack("a write-ahead log", Refusal.DAMAGED, lambda path: patched(path, 18, b"\2\2")),
    Attack("UTF-16", Refusal.DAMAGED, lambda path: patched(path, 56, b"\0\0\0\2")),
    Attack("pages of 512 bytes", Refusal.DAMAGED, _page_size(512)),
    Attack("pages of 3 bytes", Refusal.DAMAGED, _page_size(3)),
    Attack("pages of 64 kB", Refusal.DAMAGED, _page_size(1)),
    Attack("reserved bytes", Refusal.DAMAGED, lambda path: patched(path, 20, b"\x50")),
    Attack("a wrong page count", Refusal.DAMAGED, lambda path: patched(path, 28, b"\0\1\0\0")),
    Attack("rubbish for a schema", Refusal.DAMAGED, lambda path: patched(path, 100, b"\xff" * 8)),
    Attack("two tables on one page", Refusal.DAMAGED, _two_tables_on_one_page),
    Attack("an index that lies", Refusal.DAMAGED, _lying_index),
]

ENDLESS = (
    "CREATE VIEW journal AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
    " SELECT x w, x seq, 1 hlc, 'account' ent, 'r' row, 'name' fld, x val, NULL pw,"
    " NULL pseq FROM c"
)
CODE_IN_SCHEMA = [
    Attack("an endless view for a journal", Refusal.CODE, _journal_as(ENDLESS)),
    Attack(
        "a view that calls a function",
        Refusal.CODE,
        _journal_as(
            "CREATE VIEW journal AS SELECT 1 w, 1 seq, 1 hlc, 'account' ent, 'r' row, 'name' fld,"
            " app_secret('x') val, NULL pw, NULL pseq"
        ),
    ),
    Attack(
        "a computed column for a value",
        Refusal.CODE,
        by_sql(
            "DROP TABLE journal",
            "CREATE TABLE journal(w, seq, hlc, ent, row, fld, val AS (app_secret(fld)), pw, pseq)",
            "INSERT INTO journal(w, seq, hlc, ent, row, fld) VALUES (1, 1, 1, 'account', 'r', 'f')",
        ),
    ),
    Attack(
        "a trigger",
        Refusal.CODE,
        by_sql("CREATE TRIGGER t AFTER UPDATE ON journal BEGIN DELETE FROM journal; END"),
    ),
    Attack("a view beside", Refusal.CODE, by_sql("CREATE VIEW spy AS SELECT * FROM writer")),
    Attack("a virtual table", Refusal.CODE, by_sql("CREATE VIRTUAL TABLE spy USING fts5(a)")),
    Attack(
        "a virtual table that reads files",
        Refusal.CODE,
        by_sql("CREATE VIRTUAL TABLE spy USING rtree(id, a, b)"),
    ),
    Attack(
        "an index that calls a function",
        Refusal.CODE,
        by_sql("CREATE INDEX spy ON journal(app_secret(val))"),
    ),
    Attack(
        "a partial index that calls a function",
        Refusal.CODE,
        by_sql("CREATE INDEX spy ON journal(w) WHERE app_secret(val) = 'x'"),
    ),
    Attack(
        "a check that calls a function",
        Refusal.CODE,
        lambda path: rewritten(path, "journal", "val,", "val CHECK (app_secret(val)),"),
    ),
    Attack(
        "a default that calls a function",
        Refusal.CODE,
        lambda path: rewritten(path, "journal", "val,", "val DEFAULT (app_secret()),"),
    ),
    Attack(
        "a check in an entity table",
        Refusal.CODE,
        lambda path: rewritten(path, "account", "name TEXT", "name TEXT CHECK (app_secret(name))"),
        ("document",),
    ),
    Attack(
        "a check hidden behind a comment",
        Refusal.TABLES,
        lambda path: rewritten(path, "journal", "val,", "val CHECK/**/(app_secret(val)),"),
    ),
]
FOREIGN_TABLES = [
    Attack(
        "a collation of the program's",
        Refusal.TABLES,
        lambda path: rewritten(path, "writer", "app TEXT", "app TEXT COLLATE app_order"),
    ),
    Attack(
        "a comment in a table",
        Refusal.TABLES,
        lambda path: rewritten(path, "meta", "(k", "(/* */k"),
    ),
    Attack(
        "other blanks in a table",
        Refusal.TABLES,
        lambda path: rewritten(path, "meta", "(k TEXT", "(k  TEXT"),
    ),
    Attack(
        "an ideographic blank in a table",
        Refusal.TABLES,
        lambda path: rewritten(path, "account", " name TEXT", " name\u3000TEXT"),
        ("document",),
    ),
    Attack(
        "our table under another case",
        Refusal.TABLES,
        by_sql(
            "ALTER TABLE journal RENAME TO j2",
            "ALTER TABLE j2 RENAME TO Journal",
        ),
    ),
    Attack("a table too many", Refusal.TABLES, by_sql("CREATE TABLE spy(id TEXT PRIMARY KEY)")),
    Attack("a table too few", Refusal.TABLES, by_sql("DROP TABLE txn")),
    Attack("an entity too few", Refusal.TABLES, by_sql("DROP TABLE goal"), ("document",)),
    Attack(
        "a column too few",
        Refusal.TABLES,
        by_sql("ALTER TABLE goal DROP COLUMN why"),
        ("document",),
    ),
    Attack(
        "a column too many", Refusal.TABLES, by_sql("ALTER TABLE goal ADD spy TEXT"), ("document",)
    ),
    Attack(
        "a column too many in the journal",
        Refusal.TABLES,
        by_sql("ALTER TABLE journal ADD COLUMN spy"),
    ),
    Attack("an index too many", Refusal.TABLES, by_sql("CREATE INDEX spy ON journal(val)")),
    Attack(
        "an index too few", Refusal.TABLES, by_sql("DROP INDEX journal_replaced"), ("document",)
    ),
    Attack(
        "numbers that SQLite keeps",
        Refusal.TABLES,
        by_sql("CREATE TABLE spy(id INTEGER PRIMARY KEY AUTOINCREMENT)", "DROP TABLE spy"),
    ),
    Attack("statistics that SQLite keeps", Refusal.TABLES, by_sql("ANALYZE")),
    Attack(
        "shadow tables without their table",
        Refusal.TABLES,
        by_sql("CREATE TABLE words_content(id INTEGER PRIMARY KEY, c0)"),
    ),
    Attack(
        "a reference",
        Refusal.TABLES,
        lambda path: rewritten(path, "goal", "why TEXT", "why TEXT REFERENCES plan"),
        ("document",),
    ),
    Attack(
        "a newer format with a default",
        Refusal.TABLES,
        by_sql("PRAGMA user_version = 1900", "ALTER TABLE goal ADD COLUMN spy TEXT DEFAULT 'x'"),
        ("document",),
    ),
    Attack(
        "a newer format with a check",
        Refusal.CODE,
        by_sql(
            "PRAGMA user_version = 1900",
            "CREATE TABLE spy(id TEXT PRIMARY KEY, a TEXT CHECK (app_secret(a) <> 'x'))",
        ),
        ("document",),
    ),
    Attack(
        "an older format with newer tables",
        Refusal.TABLES,
        by_sql("PRAGMA user_version = 1000"),
        ("document",),
    ),
]
