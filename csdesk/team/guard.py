"""The one door for files from outside: a whole, private copy that is proven to be ours, or none.

A shared folder is open to everybody who can write to it. Nothing of a file is read as data before
its seal, its header, its schema and its pages were checked, in that order: SQLite evaluates what a
schema says while it checks pages, so the schema comes first. What passes may be merged, whatever
it says; what does not is left where it lies.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from csdesk.store.document import Seal, remove_database
from csdesk.store.driver import DatabaseError, RawConnection, Trouble, connect, trouble_of
from csdesk.store.schema import workspace_id
from csdesk.store.versions import Versions
from csdesk.team.guard_copy import DOCUMENT_PAGE, check_header, check_roots, copy_whole
from csdesk.team.guard_refusals import Refusal, Refused, Unfit, half_a_document, refused
from csdesk.team.guard_rows import check_rows, check_whole
from csdesk.team.guard_schema import check_schema, roots_of

__all__ = [
    "LIMITS",
    "Admitted",
    "Limits",
    "Refusal",
    "Refused",
    "admit",
    "admit_document",
    "look_through",
]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: bytes in all and in one value, and seconds for all checks.

    A large file gets a second more for each `bytes_per_second`, which a slow computer does too.
    """

    file_bytes: int = 4 << 30
    value_bytes: int = 5 << 20
    seconds: float = 20
    bytes_per_second: int = 5 << 20
    clock: Callable[[], float] = time.monotonic

    def deadline(self, size: int) -> float:
        """Tell when checks of a file of this size that begin now must have ended."""
        return self.clock() + max(self.seconds, size / self.bytes_per_second)


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a file is that was let in: its kind, workspace, seal and format, and whose rows it has.

    `kind` is "document" or "outbox"; `versions` is each writer's last row, `first` the first one
    that is there: 1 in a document.
    """

    kind: str
    workspace: str
    seal: Seal
    format: int
    versions: Versions
    first: Versions


@contextlib.contextmanager
def _told_as_unfit() -> Iterator[None]:
    """Turn what SQLite complains about into a reason; a full disk is no fault of the file."""
    try:
        yield
    except DatabaseError as error:
        code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
        reason = _REASONS.get(code, Refusal.DAMAGED)
        if trouble_of(error) in (Trouble.FULL, Trouble.DISK, Trouble.BUSY):
            raise
        raise Unfit(reason, str(error)) from error
    except UnicodeDecodeError as error:
        # What SQLite complains about quotes the file, and the driver reads that as UTF-8.
        raise Unfit(Refusal.DAMAGED, str(error)) from error


_REASONS = {9: Refusal.TOO_SLOW, 23: Refusal.CODE}
"""SQLITE_INTERRUPT is our own deadline, SQLITE_AUTH what the authorizer did not let through."""


def admit(
    path: Path, target: Path, *, workspace: str | None = None, limits: Limits = LIMITS
) -> Admitted:
    """Copy the database out of a file from outside to `target`, and prove that it is ours.

    The path itself is read once and never touched. With `workspace`, only files of that one are
    let in. Raises Refused, and leaves no target, where anything is wrong.
    """
    try:
        seal = copy_whole(path, target, limits.file_bytes)
        try:
            admitted = _admitted(target, seal, limits)
        except Unfit as unfit:
            raise refused(unfit.reason, path.name, unfit.detail) from unfit
        if workspace is not None and admitted.workspace != workspace:
            raise refused(Refusal.FOREIGN_WORKSPACE, path.name, admitted.workspace)
        return admitted
    except BaseException:
        remove_database(target)
        raise


def admit_document(path: Path, target: Path, *, workspace: str | None = None) -> Admitted:
    """Admit a file that must be a whole document, such as one that is to be opened or restored."""
    admitted = admit(path, target, workspace=workspace)
    if admitted.kind == "document":
        return admitted
    remove_database(target)
    raise half_a_document(path.name)


# Connecting reads the schema already.
@_told_as_unfit()
def _admitted(database: Path, seal: Seal, limits: Limits) -> Admitted:
    number = check_header(database)
    with contextlib.closing(connect(database, immutable=True)) as connection:
        kind, last, first = look_through(connection, number, limits, seal.length)
        page = connection.execute("PRAGMA page_size").fetchone()[0]
        check_roots(database, page, roots_of(connection))
        if kind == "document" and page != DOCUMENT_PAGE:
            # A replica that begins as its copy, and what repairs it, count on that size.
            raise Unfit(Refusal.DAMAGED, "page size")
        return Admitted(kind, workspace_id(connection), seal, number, last, first)


@_told_as_unfit()
def look_through(
    connection: RawConnection, number: int, limits: Limits = LIMITS, size: int = 0
) -> tuple[str, Versions, Versions]:
    """Return kind, last and first rows of a private, immutable copy of this format number.

    Raises Unfit where it must not come in. The connection can do little afterwards.
    """
    _confine(connection, limits, size)
    kind = check_schema(connection, number)
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise Unfit(Refusal.DAMAGED, "integrity_check")
    check_rows(connection, limits.value_bytes)
    last, first = check_whole(connection, kind)
    return kind, last, first


_OPERATIONS = 10_000
"""How many steps of SQLite's machine go by between two looks at the clock: far below 1 ms."""


def _confine(connection: RawConnection, limits: Limits, size: int) -> None:
    """Let a connection only read what the checks read, and only until the deadline."""
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA query_only = ON")
    deadline = limits.deadline(size)
    connection.set_authorizer(_authorize)
    connection.set_progress_handler(lambda: limits.clock() > deadline, _OPERATIONS)


_OK, _DENY = 0, 1
_PRAGMA, _READ, _SELECT, _FUNCTION = 19, 20, 21, 31
"""Actions of sqlite.org/c3ref/c_alter_table.html; all others are denied."""
_PRAGMAS = frozenset({"integrity_check", "page_size"})
_TABLES = frozenset({"sqlite_master", "sqlite_schema", "meta", "writer", "txn", "journal"})
_FUNCTIONS = frozenset(
    {
        *("char", "count", "date", "glob", "instr", "length", "ltrim", "max", "min"),
        *("json_array_length", "json_each", "json_object", "json_type", "json_valid"),
        *("octet_length", "replace", "strftime", "substr", "typeof", "->", "->>"),
    }
)


def _authorize(
    action: int, first: str | None, second: str | None, _schema: str | None, _by: str | None
) -> int:
    allowed = (
        action == _SELECT
        or (action == _READ and first in _TABLES | {"json_each"})
        or (action == _FUNCTION and second in _FUNCTIONS)
        or (action == _PRAGMA and first in _PRAGMAS)
    )
    return _OK if allowed else _DENY
