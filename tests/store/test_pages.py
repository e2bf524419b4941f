"""Records are read from single pages just as SQLite would read them from the whole."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.store.driver import connect
from csdesk.store.pages import rows_left_in
from csdesk.store.replica import new_database
from tests.store.damage import overwrite_page, pages_of

VALUES = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=50)
    | st.binary(max_size=50)
    | st.integers(0, 20_000).map(lambda size: "長い" * (size // 2))
)


def journal_of(values: list[Any], path: Path) -> set[tuple[Any, ...]]:
    """Lay out a database whose journal holds the values; return its rows."""
    new_database(path)
    connection = connect(path)
    rows = [
        (2**62 + seq % 3, seq, 1, "e", "r", "f", val, None, None)
        for seq, val in enumerate(values, 1)
    ]
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    found = set(connection.execute("SELECT * FROM journal").fetchall())
    connection.close()
    return found


def journal_left_in(path: Path) -> set[tuple[Any, ...]]:
    return {
        row.columns
        for row in rows_left_in(path)
        if len(row.columns) == 9 and row.columns[3:6] == ("e", "r", "f")
    }


@given(st.lists(VALUES, max_size=60))
@settings(max_examples=40)
def test_every_value_is_read_as_sqlite_reads_it(tmp_path: Path, values: list[Any]) -> None:
    database = tmp_path / "replica.db"
    assert journal_of(values, database) == journal_left_in(database)


def test_a_damaged_page_costs_only_what_stood_on_it(tmp_path: Path) -> None:
    database = tmp_path / "replica.db"
    written = journal_of([f"Value {number}" for number in range(5000)], database)
    leaves = pages_of(database, "journal")[1:]
    for number in (leaves[0], leaves[len(leaves) // 2]):
        overwrite_page(database, number, bytes(4096))
    left = journal_left_in(database)
    assert left < written
    assert len(left) > len(written) * (1 - 4 / len(leaves))


def test_rubbish_gives_no_record_and_no_crash(tmp_path: Path) -> None:
    chance = random.Random(7)
    database = tmp_path / "rubbish.db"
    for _turn in range(200):
        pages = bytearray(chance.randbytes(4096 * 3))
        for at in range(0, len(pages), 4096):
            pages[at] = chance.choice([2, 10, 13])
        database.write_bytes(pages)
        for row in rows_left_in(database):
            assert isinstance(row.columns, tuple)


def test_what_only_the_log_has_is_read_too(tmp_path: Path) -> None:
    database = tmp_path / "replica.db"
    new_database(database)
    connection = connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("INSERT INTO journal VALUES (1, 1, 1, 'e', 'r', 'f', 'v', NULL, NULL)")
    assert journal_left_in(database) == {(1, 1, 1, "e", "r", "f", "v", None, None)}
    connection.close()
