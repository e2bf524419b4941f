"""A private, whole copy of a file from outside: read once, hashed on the way, never opened there.

SQLite never sees the path itself, so nothing that lies beside it (a log, a lock) can matter, and
what is checked afterwards are the very bytes that were hashed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from csdesk.store.document import MAGIC, SEAL_BYTES, Seal, remove_database
from csdesk.store.schema import APPLICATION_ID, FORMAT_MAJOR
from csdesk.team.guard_refusals import (
    Refusal,
    Unfit,
    empty,
    missing,
    no_file,
    refused,
    unreadable,
)

_CHUNK = 1 << 20
_HEADER = 100
_SQLITE = b"SQLite format 3\0"
_TABLE_PAGES, _INDEX_PAGES = (b"\x05", b"\x0d"), (b"\x02", b"\x0a")
DOCUMENT_PAGE = 4096
"""The size of a document's pages; that of an outbox may be smaller."""
_PAGES = (1024, DOCUMENT_PAGE)


def copy_whole(path: Path, target: Path, most_bytes: int) -> Seal:
    """Copy the database out of a sealed file to `target`, which must be a private place.

    Raises Refused where it is no such file, or not a whole one; the caller removes the target.
    OSErrors of the disk pass through.
    """
    with _opened(path) as stream:
        before = os.fstat(stream.fileno())
        size = before.st_size
        if size == 0:
            raise empty(path.name)
        if size > most_bytes:
            raise refused(Refusal.TOO_LARGE, path.name, f"{size} bytes")
        head = stream.read(_HEADER)
        if not head.startswith(_SQLITE[: len(head)]) and any(head):
            raise refused(Refusal.NOT_SQLITE, path.name)
        seal = _seal_at_end(stream, size)
        if seal is None:
            foreign = head[68:72] not in (b"", bytes(4), APPLICATION_ID.to_bytes(4, "big"))
            raise refused(Refusal.NOT_OURS if foreign else Refusal.TORN, path.name, "no seal")
        digest = _copy(stream, target, seal.length)
        after = os.fstat(stream.fileno())
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    if changed or digest != seal.sha256:
        raise refused(Refusal.TORN, path.name, "the seal does not hold")
    return seal


def _opened(path: Path) -> BinaryIO:
    """Open a regular file for reading; a pipe or a device is not even touched."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise no_file(path.name or str(path))
        # What was put in its place since may be a pipe: never wait for somebody to write to it.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise missing(str(path)) from error
    except PermissionError as error:
        raise unreadable(path.name) from error
    stream = os.fdopen(handle, "rb")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        stream.close()
        raise no_file(path.name)
    return stream


def _seal_at_end(stream: BinaryIO, size: int) -> Seal | None:
    if size < SEAL_BYTES:
        return None
    stream.seek(size - SEAL_BYTES)
    raw = stream.read(SEAL_BYTES)
    seal = Seal(int.from_bytes(raw[8:16], "big"), raw[16:])
    return seal if raw[:8] == MAGIC and seal.length == size - SEAL_BYTES else None


def _copy(stream: BinaryIO, target: Path, length: int) -> bytes:
    """Copy that many bytes from the beginning; return their digest, of fewer if there are."""
    digest = hashlib.sha256()
    stream.seek(0)
    remove_database(target)
    with target.open("xb") as copy:
        left = length
        while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
            digest.update(chunk)
            copy.write(chunk)
            left -= len(chunk)
    return digest.digest()


def check_header(database: Path) -> int:
    """Return the format number of a sealed database; raise Unfit where its header is not ours.

    Everything here is as our own programs write it: pages of our sizes, no write-ahead log, UTF-8
    (sqlite.org/fileformat2.html).
    """
    with database.open("rb") as stream:
        head = stream.read(_HEADER)
    if len(head) < _HEADER or not head.startswith(_SQLITE):
        raise Unfit(Refusal.NOT_SQLITE, "header")
    if _number(head, 68) != APPLICATION_ID:
        raise Unfit(Refusal.NOT_OURS, "application id")
    number = int.from_bytes(head[60:64], "big", signed=True)
    if number // 1000 > FORMAT_MAJOR:
        raise Unfit(Refusal.NEWER_FORMAT, str(number))
    if number < 1:
        raise Unfit(Refusal.TABLES, f"format {number}")
    length = database.stat().st_size
    page = int.from_bytes(head[16:18], "big")
    if page not in _PAGES or length % page or head[20] != 0:
        raise Unfit(Refusal.DAMAGED, "page size")
    if _number(head, 28) * page != length:
        raise Unfit(Refusal.DAMAGED, "page count")
    if head[18:20] != b"\1\1":
        raise Unfit(Refusal.DAMAGED, "write-ahead log")
    if _number(head, 56) != 1:
        raise Unfit(Refusal.DAMAGED, "encoding")
    return number


def check_roots(database: Path, page: int, roots: Mapping[int, bool]) -> None:
    """Raise Unfit where a tree begins with a page of the wrong kind; `roots` tells the tables.

    SQLite's own check passes over an empty one, and whoever looks into it later fails.
    """
    with database.open("rb") as stream:
        for number, is_table in roots.items():
            stream.seek((number - 1) * page)
            kind = stream.read(1)
            if kind not in (_TABLE_PAGES if is_table else _INDEX_PAGES):
                raise Unfit(Refusal.DAMAGED, f"page {number}")


def _number(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 4], "big")
