"""Records read straight from the pages of a damaged SQLite file.

SQLite finds a page only through the pages above it, and gives up where one of them is damaged.
Here every page is looked at for itself, as the file format describes it
(sqlite.org/fileformat2.html), so that damage costs only what stood on the damaged page.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_INTERIOR_INDEX, _LEAF_INDEX, _LEAF_TABLE = 2, 10, 13
_FILE_HEADER, _WAL_HEADER, _FRAME_HEADER = 100, 32, 24
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_PAGE = 4096

Record = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its columns, and its rowid where it lies in a table that has them."""

    columns: Record
    rowid: int | None


class NotARecordError(Exception):
    """What stands there is no record, or not all of it is left."""


def rows_left_in(database: Path) -> Iterator[Row]:
    """Yield every record that is left in a database file or in the log beside it.

    The order is that of the pages; a record may come more than once, and rows of tables and of
    indexes come alike: the caller tells by their columns which are hers.
    """
    pages = _pages(database)
    for number, page in pages.items():
        start = _FILE_HEADER if number == 1 else 0
        kind = page[start]
        if kind not in (_INTERIOR_INDEX, _LEAF_INDEX, _LEAF_TABLE):
            continue
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + (12 if kind == _INTERIOR_INDEX else 8)
        for place in range(min(count, (_PAGE - first) // 2)):
            at = int.from_bytes(page[first + 2 * place : first + 2 * place + 2], "big")
            try:
                yield _cell(pages, page, kind, at)
            except NotARecordError:
                continue


def _pages(database: Path) -> dict[int, bytes]:
    """Read all whole pages, those in the write-ahead log over those in the file."""
    content = database.read_bytes()
    pages = {
        number + 1: content[number * _PAGE : (number + 1) * _PAGE]
        for number in range(len(content) // _PAGE)
    }
    log = database.with_name(f"{database.name}-wal")
    if log.exists():
        content = log.read_bytes()
        frame = _FRAME_HEADER + _PAGE
        for at in range(_WAL_HEADER, len(content) - frame + 1, frame):
            number = int.from_bytes(content[at : at + 4], "big")
            pages[number] = content[at + _FRAME_HEADER : at + frame]
    return pages


def _cell(pages: dict[int, bytes], page: bytes, kind: int, at: int) -> Row:
    if kind == _INTERIOR_INDEX:
        at += 4
    size, at = _varint(page, at)
    rowid: int | None = None
    if kind == _LEAF_TABLE:
        rowid, at = _varint(page, at)
    local = _local_bytes(size, kind)
    payload = page[at : at + local]
    if local < size:
        overflow = int.from_bytes(page[at + local : at + local + 4], "big")
        payload += _overflow(pages, overflow, size - local)
    if len(payload) != size:
        raise NotARecordError
    return Row(_columns(payload), rowid)


def _local_bytes(size: int, kind: int) -> int:
    """Tell how much of a payload of `size` bytes lies on the page itself."""
    largest = _PAGE - 35 if kind == _LEAF_TABLE else (_PAGE - 12) * 64 // 255 - 23
    if size <= largest:
        return size
    smallest = (_PAGE - 12) * 32 // 255 - 23
    local = smallest + (size - smallest) % (_PAGE - 4)
    return local if local <= largest else smallest


def _overflow(pages: dict[int, bytes], number: int, size: int) -> bytes:
    parts: list[bytes] = []
    seen: set[int] = set()
    while size > 0:
        page = pages.get(number)
        if page is None or number in seen:
            raise NotARecordError
        seen.add(number)
        parts.append(page[4 : 4 + min(size, _PAGE - 4)])
        size -= len(parts[-1])
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _columns(payload: bytes) -> Record:
    header, at = _varint(payload, 0)
    body = header
    columns: list[Any] = []
    while at < header:
        kind, at = _varint(payload, at)
        value, body = _value(payload, body, kind)
        columns.append(value)
    if at != header or body != len(payload):
        raise NotARecordError
    return tuple(columns)


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind == 7:
        size = 8
    elif kind >= 12:
        size = (kind - 12) // 2
    else:
        size = _INTEGER_BYTES.get(kind, 0)
    raw = payload[at : at + size]
    if len(raw) != size or kind in (10, 11):
        raise NotARecordError
    if kind == 7:
        return struct.unpack(">d", raw)[0], at + size
    if kind < 12:
        return int.from_bytes(raw, "big", signed=True), at + size
    if kind % 2 == 0:
        return raw, at + size
    try:
        return raw.decode("utf-8"), at + size
    except UnicodeDecodeError as error:
        raise NotARecordError from error


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        if at + place >= len(content):
            raise NotARecordError
        byte = content[at + place]
        if place == 8:
            value = value << 8 | byte
            break
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    # Nine bytes hold 64 bits, and a rowid has a sign.
    return (value - (1 << 64) if value >= 1 << 63 else value), at + place + 1
