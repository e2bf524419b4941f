"""Ways to change a good file at random: its bytes, its pages, and what its rows say."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from csdesk.model.base import Exact, Instant, columns_of, entity_records
from csdesk.store.document import SEAL_BYTES, seal_file
from csdesk.store.driver import RawConnection
from csdesk.store.journal import journalled_fields
from csdesk.store.stamps import LATEST

PAGES = {".csdesk": 4096, ".csdx": 1024}


def mutate(path: Path, chance: random.Random) -> str:
    """Change a sealed file in place, in one to three ways; return what was done."""
    done: list[str] = []
    raw = bytearray(path.read_bytes()[:-SEAL_BYTES])
    if chance.random() < 0.5:
        path.write_bytes(raw)
        done = [_change_rows(path, chance) for _turn in range(chance.randint(1, 3))]
        raw = bytearray(path.read_bytes())
    if not done or chance.random() < 0.1:
        page = PAGES[path.suffix]
        for _turn in range(chance.randint(1, 3)):
            change = chance.choice(BYTES)
            change(raw, page, chance)
            done.append(change.__name__)
    sealed = chance.random() < 0.9
    path.write_bytes(raw)
    if sealed:
        seal_file(path)
    return f"{', '.join(done)}{' and sealed' if sealed else ''}"


def flip(raw: bytearray, _page: int, chance: random.Random) -> None:
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def scribble(raw: bytearray, _page: int, chance: random.Random) -> None:
    at = chance.randrange(len(raw))
    raw[at : at + 8] = chance.randbytes(min(8, len(raw) - at))


def change_header(raw: bytearray, _page: int, chance: random.Random) -> None:
    raw[chance.randrange(16, 112)] = chance.choice((0, 1, 2, 255, chance.randrange(256)))


def change_page_head(raw: bytearray, page: int, chance: random.Random) -> None:
    at = chance.randrange(max(1, len(raw) // page)) * page
    raw[at + chance.randrange(12)] = chance.randrange(256)


def cut(raw: bytearray, page: int, chance: random.Random) -> None:
    del raw[chance.randrange(1, max(2, len(raw) // page)) * page :]


def cut_out(raw: bytearray, page: int, chance: random.Random) -> None:
    at = chance.randrange(1, max(2, len(raw) // page)) * page
    del raw[at : at + page]


def double(raw: bytearray, page: int, chance: random.Random) -> None:
    one, other = (chance.randrange(max(1, len(raw) // page)) * page for _turn in range(2))
    raw[other : other + page] = raw[one : one + page]


def blank(raw: bytearray, page: int, chance: random.Random) -> None:
    at = chance.randrange(max(1, len(raw) // page)) * page
    raw[at : at + page] = bytes(page)


def swap(raw: bytearray, page: int, chance: random.Random) -> None:
    one, other = (chance.randrange(max(1, len(raw) // page)) * page for _turn in range(2))
    first = raw[one : one + page]
    raw[one : one + page] = raw[other : other + page]
    raw[other : other + page] = first


def swap_letters(raw: bytearray, _page: int, chance: random.Random) -> None:
    """Change a letter of what a record says, which leaves the page as whole as it was."""
    for _turn in range(200):
        at = chance.randrange(100, len(raw))
        if 48 <= raw[at] < 123:
            raw[at] = chance.choice(b"019azAZ:-._")
            return


BYTES: list[Callable[[bytearray, int, random.Random], None]] = [
    flip,
    scribble,
    change_header,
    change_page_head,
    cut,
    cut_out,
    double,
    blank,
    swap,
    swap_letters,
    swap_letters,
    swap_letters,
]

NUMBERS = ("0", "1", "-1", "5", "9223372036854775807", "-9223372036854775808", str(LATEST), "1.5")
ODD = (
    *("NULL", "''", "'x'", "x''", "x'00ff'", "9e999", "char(0)", "CAST(x'ff' AS TEXT)", "'{}'"),
    *("'2026-01-01'", "'9999-12-31'", "'0001-01-01'", "'2026-01-01T00:00:00.000Z'", "'1.50'"),
    *("'a:b:2026-01-01'", "':::'", "'sqlite_master'", "'name'", "'account'", "'deleted_at'"),
    """'{"at":"2026-11-22T09:00:00.000Z","saw":[]}'""",
    """'{"at":"2026-11-22T09:00:00.000Z","saw":[["name",1,1]]}'""",
)
_COLUMNS = {
    "journal": ("w", "seq", "hlc", "ent", "row", "fld", "val", "val", "val", "pw", "pseq"),
    "txn": ("n", "w", "seq0", "seq1", "hlc", "label", "kind", "of_w", "of_seq"),
    "writer": ("w", "device", "author", "app", "started", "last_seq"),
    "meta": ("k", "v"),
    "cell": ("ent", "row", "fld", "hlc", "w", "seq"),
    "review": ("id", "kind", "ent", "row", "fld", "w", "seq", "state"),
    "seen": ("sha256", "at"),
    "account": ("id", "name", "deleted_at", "employees"),
    "contact": ("id", "reports_to_id", "deleted_at"),
    "kpi_value": ("id", "value", "period", "account_id"),
}


def _change_rows(path: Path, chance: random.Random) -> str:
    connection = dbapi2.connect(str(path), isolation_level=None)
    statement = _statement(chance)
    # Some of it is nothing SQLite lets anybody do.
    with contextlib.suppress(dbapi2.Error):
        connection.execute(statement)
    connection.close()
    return statement


def _statement(chance: random.Random) -> str:
    weights = [20, 6, 5, 2, 3, 1, 1, 3, 2, 2]
    (table,) = chance.choices(list(_COLUMNS), weights)
    one = f"(SELECT count(*) FROM {table})"
    some = f"(rowid % {chance.randint(1, 9)}) = 0" if table in ("txn", "writer") else "true"
    if table == "journal":
        some = chance.choice(
            (
                f"seq = {chance.randint(1, 60)}",
                f"fld = '{chance.choice(('name', 'deleted_at', 'value', 'reports_to_id'))}'",
            )
        )
    column = chance.choice(_COLUMNS[table])
    said = chance.choice((*NUMBERS, *ODD, f"{column} + 1", f"{column} || 'x'", f"{column} - 1"))
    kind = chance.random()
    if kind < 0.1:
        return f"DELETE FROM {table} WHERE {some}"
    if kind < 0.15:
        return f"INSERT INTO {table} SELECT * FROM {table} LIMIT {chance.randint(0, 3)} + 0 * {one}"
    return f"UPDATE OR IGNORE {table} SET {column} = {said} WHERE {some}"


_TEXTS = (
    *(
        "",
        " ",
        "x",
        "名前",
        "🎉" * 50,
        "a\nb\tc",
        "a\x00b",
        "\x1b[31m",
        "\u202eabc",
        "<b>&amp;</b>",
    ),
    *("{", "[1,2]", "null", "%s {name} {", "=1+1", "x" * 100_000, "2026-01-01", "-5", "1e999"),
)
_DAYS = ("0001-01-01", "9999-12-31", "2026-02-28", "2024-02-29", "1582-10-10")
_INSTANTS = (
    *("0001-01-02T00:00:00.000Z", "9999-12-30T23:59:59.999Z", "2026-03-29T01:30:00.000Z"),
    "1969-12-31T23:59:59.999Z",
)
_EXACT: tuple[int | str, ...] = (
    *(0, -1, 2**63 - 1, -(2**63), "0.1", "-0.0", "9" * 900, "0." + "0" * 800 + "1", "007.50"),
)
_WHOLE = (0, -1, 1, 10**15, -(10**15), 2**31)


def readable_values(connection: RawConnection, chance: random.Random) -> list[tuple[Any, ...]]:
    """Choose values that the guard lets in, however odd: as (entity, row, field, value)."""
    ids: dict[str, list[str]] = {}
    for entity in entity_records():
        rows = connection.execute(f'SELECT id FROM "{entity}"').fetchall()
        ids[entity] = [row[0] for row in rows]
    told: list[tuple[Any, ...]] = []
    for entity in entity_records():
        columns = {column.name: column for column in columns_of(entity)}
        rows = [
            *chance.sample(ids[entity], min(3, len(ids[entity]))),
            _new_row(entity, ids, chance),
        ]
        for row in rows:
            told += [
                (entity, row, name, _value_of(columns[name], ids, row, chance))
                for name in journalled_fields(entity)[:-1]
                if chance.random() < 0.3
            ]
    return told


def _new_row(entity: str, ids: dict[str, list[str]], chance: random.Random) -> str:
    if entity == "kpi_value":
        account = chance.choice([*ids["account"], "nobody"])
        return f"{account}:{chance.choice([*ids['kpi'], 'nothing'])}:{chance.choice(_DAYS)}"
    return chance.choice(("r", "x:y", "行", "a' OR 1=1 --", "%", f"{chance.getrandbits(60):x}"))


def _value_of(
    column: Any, ids: dict[str, list[str]], row: str, chance: random.Random
) -> int | str | None:
    if chance.random() < 0.1:
        return None
    entity = column.info.get("entity")
    if entity is not None:
        return chance.choice([*ids.get(entity, []), row, "nobody", ""])
    if isinstance(column.type, Exact):
        return chance.choice(_EXACT)
    if isinstance(column.type, Instant):
        return chance.choice(_INSTANTS)
    kind = column.type.python_type
    choices: dict[str, tuple[Any, ...]] = {
        "date": _DAYS,
        "bool": (0, 1),
        "int": _WHOLE,
    }
    return chance.choice(choices.get(kind.__name__, _TEXTS))
