"""Rows that no program of ours writes, in files that are ours in every other way."""

from __future__ import annotations

from csdesk.store.stamps import LATEST
from csdesk.team.guard import Refusal
from tests.team.hostile import FIRST, Attack, Spoil, added_row, by_sql

MEGABYTES = 1 << 20


def value(entity: str, name: str, said: str, row: str = "'r'") -> Spoil:
    """Let the first writer say so in a step of its own."""
    return by_sql(*added_row(entity, name, said, row))


def _stamp(number: int) -> Spoil:
    return by_sql(*added_row("account", "name", "'x'", hlc=number))


def _rows(*attacks: tuple[str, Spoil]) -> list[Attack]:
    return [Attack(name, Refusal.ROWS, spoil) for name, spoil in attacks]


DELETION = '{"at":"2026-11-22T09:00:00.000Z","saw":[%s]}'


def deletion(said: str, entity: str = "account") -> Spoil:
    return value(entity, "deleted_at", f"'{said}'")


BAD_NAMES = _rows(
    ("SQL for a field", value("account", "name=name,region", "1")),
    ("a quote in a field", value("account", 'na"me', "1")),
    ("a table of SQLite's for an entity", value("sqlite_master", "sql", "'x'")),
    ("an overlong entity", value("a" * 64, "name", "'x'")),
    ("an overlong field", value("account", "a" * 64, "'x'")),
    ("an overlong row", value("account", "name", "'x'", "printf('%.501c', 'r')")),
    ("an empty entity", value("", "name", "'x'")),
    ("an empty field", value("account", "", "'x'")),
    ("an empty row", value("account", "name", "'x'", "''")),
    ("a NUL in a row", value("account", "name", "'x'", "'a' || char(0) || 'b'")),
    ("a NUL in a field", by_sql("UPDATE journal SET fld = 'name' || char(0) || 'x'")),
    ("a NUL in an entity", by_sql("UPDATE journal SET ent = 'account' || char(0)")),
    ("capitals", value("Account", "name", "'x'")),
    ("letters of another script", value("顧客", "name", "'x'")),
    ("bytes for an entity", by_sql("UPDATE journal SET ent = x'616363'")),
    ("the id as a field", value("account", "id", "'x'")),
    ("a part of the id as a field", value("kpi_value", "period", "NULL", "'a:k:2026-01-01'")),
    ("a KPI value without parts", value("kpi_value", "value", "1", "'r'")),
    ("a KPI value of two parts", value("kpi_value", "value", "1", "'a:2026-01-01'")),
    ("a KPI value of four parts", value("kpi_value", "value", "1", "'a:b:k:2026-01-01'")),
    ("a KPI value of no day", value("kpi_value", "value", "1", "'a:k:2026-02-30'")),
    ("a KPI value of no KPI", value("kpi_value", "value", "1", "'a::2026-02-03'")),
)
BAD_NUMBERS = _rows(
    ("the greatest stamp", _stamp(2**63 - 1)),
    ("a stamp of the year 2200", _stamp(LATEST)),
    ("a stamp of zero", _stamp(0)),
    ("a stamp before 1970", _stamp(-1)),
    ("a stamp that is a text", by_sql("UPDATE journal SET hlc = 'soon'")),
    ("a stamp that is a float", by_sql("UPDATE journal SET hlc = 1.5")),
    ("a row that replaced itself", by_sql("UPDATE journal SET pw = w, pseq = seq")),
    ("a row that replaced a later one", by_sql("UPDATE journal SET pw = w, pseq = seq + 1")),
    ("half a replaced row", by_sql("UPDATE journal SET pw = 1, pseq = NULL")),
    ("a replaced row that is a text", by_sql("UPDATE journal SET pw = 'x', pseq = 1")),
    ("a writer below zero", by_sql("UPDATE writer SET w = -w", "UPDATE journal SET w = -w")),
    ("a step of the year 2200", by_sql(f"UPDATE txn SET hlc = {LATEST}")),
    ("a step that ends before it begins", by_sql("UPDATE txn SET seq1 = seq0 - 1")),
    (
        "a step number too large",
        by_sql("UPDATE txn SET n = 9223372036854775807 WHERE n = (SELECT min(n) FROM txn)"),
    ),
    ("half of what an undo is about", by_sql("UPDATE txn SET of_w = 1, of_seq = NULL")),
)
BAD_STEPS = _rows(
    ("a step less", by_sql("DELETE FROM txn WHERE n = (SELECT min(n) FROM txn)")),
    ("no steps", by_sql("DELETE FROM txn")),
    (
        "two steps over the same rows",
        by_sql(
            "INSERT INTO txn(w, seq0, seq1, hlc, label, kind)"
            " SELECT w, seq0 + 1, seq1, hlc, label, kind FROM txn WHERE seq1 > seq0 LIMIT 1"
        ),
    ),
    ("a step beyond the rows", by_sql("UPDATE txn SET seq1 = seq1 + 5")),
    (
        "a step of nobody",
        by_sql("INSERT INTO txn(w, seq0, seq1, hlc, label, kind) VALUES (7, 1, 1, 5, 'x', 'edit')"),
    ),
)
GAPS = [
    Attack(name, Refusal.GAPS, by_sql(*statements))
    for name, *statements in (
        (
            "a row less in the middle",
            "DELETE FROM journal WHERE seq = (SELECT max(j.seq) - 1 FROM journal j"
            " WHERE j.w = journal.w)",
        ),
        ("rows less at the end", f"UPDATE writer SET last_seq = last_seq + 3 WHERE w = {FIRST}"),
        ("rows beyond the last", f"UPDATE writer SET last_seq = last_seq - 1 WHERE w = {FIRST}"),
        ("no rows", "DELETE FROM journal"),
        ("rows of nobody", f"DELETE FROM writer WHERE w = {FIRST}"),
        (
            "a writer without rows",
            "INSERT INTO writer VALUES (7, 'd', 'a', 'x', '2026-11-22T09:00:00.000Z', 3)",
        ),
    )
]
BEGINNING_IN_THE_MIDDLE = Attack(
    "a document that begins in the middle",
    Refusal.GAPS,
    by_sql("DELETE FROM journal WHERE seq = 1"),
    ("document",),
)
BAD_VALUES = _rows(
    ("a number for a name", value("account", "name", "5")),
    ("bytes for a name", value("account", "name", "x'00ff'")),
    ("a float for a name", value("account", "name", "1.5")),
    ("text that is not UTF-8", value("account", "name", "CAST(x'e38182ff' AS TEXT)")),
    ("half a character", value("account", "name", "CAST(x'e381' AS TEXT)")),
    ("a lone surrogate", value("account", "name", "CAST(x'eda080' AS TEXT)")),
    ("an overlong encoding", value("account", "name", "CAST(x'c0af' AS TEXT)")),
    ("a row that is not UTF-8", value("account", "name", "'x'", "CAST(x'ff' AS TEXT)")),
    ("unknown text that is not UTF-8", value("robot", "title", "CAST(x'ff' AS TEXT)")),
    ("a label that is not UTF-8", by_sql("UPDATE txn SET label = CAST(x'ff' AS TEXT)")),
    ("an author who is not UTF-8", by_sql("UPDATE writer SET author = CAST(x'ff' AS TEXT)")),
    ("a label of 10 MB", by_sql("UPDATE txn SET label = printf('%.10000001c', 'x')")),
    ("a value of 6 MB", value("account", "name", f"printf('%.{6 * MEGABYTES}c', 'x')")),
    ("unknown bytes of 6 MB", value("robot", "picture", f"zeroblob({6 * MEGABYTES})")),
    ("text for a whole number", value("account", "employees", "'many'")),
    ("a numeral for a whole number", value("account", "employees", "'12'")),
    ("a float for a whole number", value("account", "employees", "1.5")),
    ("two for a yes", value("contract", "auto_renew", "2")),
    ("text for a yes", value("contract", "auto_renew", "'1'")),
    ("30 February", value("goal", "due_on", "'2026-02-30'")),
    ("the year zero", value("goal", "due_on", "'0000-01-01'")),
    ("now for a day", value("goal", "due_on", "'now'")),
    ("a Julian day", value("goal", "due_on", "'2461000.5'")),
    ("a number for a day", value("goal", "due_on", "20260101")),
    ("a day with a tail", value("goal", "due_on", "'2026-01-01x'")),
    ("a day with a hidden tail", value("goal", "due_on", "'2026-01-01' || char(0) || 'x'")),
    ("full-width digits", value("goal", "due_on", "'２０２６-01-01'")),
    ("an instant without a zone", value("touchpoint", "held_at", "'2026-01-01T09:00:00.000'")),
    ("an hour too many", value("touchpoint", "held_at", "'2026-01-01T24:00:00.000Z'")),
    ("an instant on 30 February", value("touchpoint", "held_at", "'2026-02-30T09:00:00.000Z'")),
    ("the last day there is", value("touchpoint", "held_at", "'9999-12-31T09:00:00.000Z'")),
    ("the first day there is", value("touchpoint", "held_at", "'0001-01-01T09:00:00.000Z'")),
    ("a number of a thousand digits", value("measure", "target", "printf('%.1000c', '9')")),
    ("a sixtieth minute", value("touchpoint", "held_at", "'2026-01-01T09:60:00.000Z'")),
    ("an instant in another zone", value("touchpoint", "held_at", "'2026-01-01T09:00:00+09:00'")),
    ("not a number", value("kpi_value", "value", "'NaN'", "'a:k:2026-01-01'")),
    ("infinity", value("kpi_value", "value", "'Infinity'", "'a:k:2026-01-01'")),
    ("an infinite float", value("kpi_value", "value", "9e999", "'a:k:2026-01-01'")),
    ("a float for an exact number", value("kpi_value", "value", "0.1", "'a:k:2026-01-01'")),
    ("an exponent", value("kpi_value", "value", "'1e999999'", "'a:k:2026-01-01'")),
    ("two points", value("kpi_value", "value", "'1.2.3'", "'a:k:2026-01-01'")),
    ("two signs", value("kpi_value", "value", "'--1'", "'a:k:2026-01-01'")),
    ("a point alone", value("kpi_value", "value", "'.'", "'a:k:2026-01-01'")),
    ("a sign alone", value("kpi_value", "value", "'-'", "'a:k:2026-01-01'")),
    ("a hidden tail on a number", value("measure", "target", "'1.5' || char(0) || 'x'")),
)
BAD_DELETIONS = _rows(
    ("a deletion that is no JSON", deletion("{")),
    ("a deletion that is a date", deletion("2026-11-22T09:00:00.000Z")),
    ("a deletion that is a number", value("account", "deleted_at", "1")),
    ("a deletion in bytes", value("account", "deleted_at", "jsonb('{}')")),
    ("a deletion of an unknown entity that is no JSON", deletion("{", "robot")),
    ("a deletion without a time", deletion('{"saw":[]}')),
    ("a deletion at no time", deletion('{"at":"soon","saw":[]}')),
    ("a deletion that saw a text", deletion('{"at":"2026-11-22T09:00:00.000Z","saw":"x"}')),
    ("a deletion that saw nothing", deletion('{"at":"2026-11-22T09:00:00.000Z"}')),
    ("a deletion that saw numbers", deletion(DELETION % "1,2,3")),
    ("a deletion that saw too few", deletion(DELETION % '["name",1]')),
    ("a deletion that saw too many", deletion(DELETION % '["name",1,2,3]')),
    ("a deletion that saw fractions", deletion(DELETION % '["name",1.5,2]')),
    (
        "a deletion that saw numbers too large",
        deletion(DELETION % '["name",99999999999999999999,2]'),
    ),
    ("a deletion that saw texts", deletion(DELETION % '["name","1","2"]')),
    ("a deletion that saw a thousand", deletion(DELETION % ",".join(['["name",1,2]'] * 1000))),
    ("a deletion that says two times", deletion('{"at":"x",' + (DELETION % "")[1:])),
    ("a deletion with more to say", deletion((DELETION % "")[:-1] + ',"more":1}')),
    ("a deletion with blanks", deletion('{"at": "2026-11-22T09:00:00.000Z", "saw": []}')),
    ("a deletion of a thousand depths", deletion(DELETION % ("[" * 990 + "]" * 990))),
)
BAD_META = _rows(
    ("no workspace", by_sql("DELETE FROM meta")),
    ("a path for a workspace", by_sql("UPDATE meta SET v = '../../evil'")),
    ("capitals for a workspace", by_sql("UPDATE meta SET v = upper(v)")),
    ("bytes for a workspace", by_sql("UPDATE meta SET v = x'00'")),
    ("a text for a format", by_sql("INSERT INTO meta VALUES ('derived_by', 'x')")),
    ("a long note", by_sql("INSERT INTO meta VALUES ('x', printf('%.2000000c', 'x'))")),
    ("bytes for a note", by_sql("INSERT INTO meta VALUES ('x', x'ff')")),
    ("a writer who started some day", by_sql("UPDATE writer SET started = 'some day'")),
    ("a device of 600 letters", by_sql("UPDATE writer SET device = printf('%.600c', 'x')")),
    ("a last row that is a text", by_sql("UPDATE writer SET last_seq = 'x'")),
    ("a kind of 100 letters", by_sql("UPDATE txn SET kind = printf('%.100c', 'x')")),
)
