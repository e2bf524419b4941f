"""Ways in which real files get damaged."""

from __future__ import annotations

import os
from pathlib import Path

from csdesk.store.driver import connect

PAGE = 4096


def overwrite_page(database: Path, number: int, content: bytes | None = None) -> None:
    """Put rubbish, or `content`, in the place of a page; page 1 is the first."""
    with database.open("r+b") as stream:
        stream.seek((number - 1) * PAGE)
        stream.write(content if content is not None else os.urandom(PAGE))


def pages_of(database: Path, table: str) -> list[int]:
    """Return the pages of a table's tree, the root first, the rest in the order of its rows."""
    connection = connect(database, read_only=True)
    try:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()[0]
    finally:
        connection.close()
    content = database.read_bytes()
    return list(_walk(content, root))


def _walk(content: bytes, number: int) -> list[int]:
    page = content[(number - 1) * PAGE : number * PAGE]
    start = 100 if number == 1 else 0
    kind = page[start]
    found = [number]
    if kind in (2, 5):
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        for place in range(count):
            at = start + 12 + 2 * place
            cell = int.from_bytes(page[at : at + 2], "big")
            found += _walk(content, int.from_bytes(page[cell : cell + 4], "big"))
        found += _walk(content, int.from_bytes(page[start + 8 : start + 12], "big"))
    return found
