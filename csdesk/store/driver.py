"""The one SQLite library of the program, and how its connections are set up.

Every database is opened through `sqlcipher3`: the SQLite that comes with Python 3.11 can corrupt
a WAL database, and two SQLite libraries in one process break each other's locks.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from enum import Enum, auto
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy import exc as sqlalchemy_errors
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import Pool
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2

from csdesk.errors import UserError
from csdesk.i18n import _

RawConnection = Any
"""A connection of the driver; the library has no types of its own."""

DatabaseError: type[Exception] = dbapi2.DatabaseError

_READ_ONLY = 8


def connect(path: Path, *, read_only: bool = False, immutable: bool = False) -> RawConnection:
    """Open a database of our own in autocommit mode; transactions are always explicit.

    `immutable` promises that nobody writes the file meanwhile, and leaves no side files.
    """
    mode = "ro" if read_only or immutable else "rwc"
    uri = database_uri(path.absolute(), f"mode={mode}{'&immutable=1' if immutable else ''}")
    connection = dbapi2.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cache_size = -32000")
    if read_only or immutable:
        connection.execute("PRAGMA query_only = ON")
    return connection


def database_uri(path: PurePath, options: str) -> str:
    """Write an absolute path as SQLite's URI, with characters like `?`, `#` and `%` escaped."""
    uri = path.as_uri()
    if path.drive.startswith("\\\\"):
        uri = uri.replace("file://", "file:////", 1)  # SQLite takes no host before the path
    return f"{uri}?{options}"


def connect_live(path: Path) -> RawConnection:
    """Open a live database for writing: WAL, and durable at every commit."""
    connection = connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # So that INSERT OR REPLACE, too, runs into the trigger that lets no row be removed.
    connection.execute("PRAGMA recursive_triggers = ON")
    return connection


class Dialect(SQLiteDialect_pysqlite):
    """SQL as every engine of the program writes it: what one has compiled serves the others.

    SQLAlchemy keeps compiled statements by dialect, and has a dialect of its own in each engine.
    Ours are all made alike, so they count as one.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.csdesk", __name__, Dialect.__name__)


@cache
def _compiled() -> LRUCache[Any, Any]:
    """Return the statements compiled so far; reading and writing, the program has some 700."""
    return LRUCache(1500)


def engine(creator: Callable[[], RawConnection], pool: type[Pool], begin: str) -> Engine:
    """Make a SQLAlchemy engine on such connections; `begin` is how its transactions start."""
    made = create_engine(
        "sqlite+csdesk://",
        module=dbapi2,
        creator=creator,
        poolclass=pool,
        execution_options={"compiled_cache": _compiled()},
    )

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return made


@contextlib.contextmanager
def transaction(connection: RawConnection) -> Iterator[None]:
    """Run statements of a plain connection as one transaction; an exception undoes them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite may have rolled back by itself, on a full disk for instance.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class Trouble(Enum):
    """What may befall a database without any bug of ours."""

    FULL = auto()
    READ_ONLY = auto()
    DAMAGED = auto()
    DISK = auto()
    BUSY = auto()


_TROUBLES = {
    5: Trouble.BUSY,
    8: Trouble.READ_ONLY,
    10: Trouble.DISK,
    11: Trouble.DAMAGED,
    13: Trouble.FULL,
    14: Trouble.READ_ONLY,
    26: Trouble.DAMAGED,
}
"""By SQLite's primary result codes (sqlite.org/rescode.html)."""


_SAID = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}
"""What `sqlite3_errstr` says: the driver's backup raises errors without a code."""


def trouble_of(error: BaseException) -> Trouble | None:
    """Tell what befell the database; None where the error is a bug of ours."""
    code = _code_of(error)
    return None if code is None else _TROUBLES.get(code & 0xFF)


def _code_of(error: BaseException) -> int | None:
    raised = getattr(error, "orig", None) or error
    code: int | None = getattr(raised, "sqlite_errorcode", None)
    return _SAID.get(str(raised)) if code is None else code


@contextlib.contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the disk and the database complain about into what a user can act on.

    Only around code of the store: an OSError of anybody else's would be explained wrongly.
    """
    with database_told_plainly():
        try:
            yield
        except OSError as error:
            raise _disk_trouble(error) or error from error


@contextlib.contextmanager
def database_told_plainly(*, reading: bool = False) -> Iterator[None]:
    """Turn what the database complains about into what a user can act on.

    `reading` says that nothing may write: an attempt to is then a bug, not a read-only folder.
    """
    try:
        yield
    except (dbapi2.Error, sqlalchemy_errors.DBAPIError) as error:
        trouble = trouble_of(error)
        if trouble is None or (reading and _code_of(error) == _READ_ONLY):
            raise
        raise _told(trouble) from error


def _told(trouble: Trouble) -> UserError:
    match trouble:
        case Trouble.FULL:
            return disk_full()
        case Trouble.READ_ONLY:
            return UserError(
                _("The folder with CSDesk's data cannot be written to."),
                _("Check its permissions and that the disk is not write-protected."),
            )
        case Trouble.DAMAGED:
            return local_copy_damaged()
        case Trouble.DISK:
            return disk_failed()
        case Trouble.BUSY:
            return UserError(
                _("Another program is using this file's local copy just now."),
                _("Wait a moment and try again."),
            )


def _disk_trouble(error: OSError) -> UserError | None:
    name = os.fspath(error.filename) if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full()
    if error.errno in (errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ETIMEDOUT):
        return disk_failed()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(
            _("“{path}” cannot be written to.").format(path=name),
            _("Check its permissions, or choose another folder."),
        )
    if error.errno == errno.ENOENT:
        return UserError(
            _("“{path}” was not found.").format(path=name),
            _("Check the name and the folder."),
        )
    if error.errno in (errno.EISDIR, errno.ENOTDIR, errno.ELOOP):
        return UserError(_("“{path}” is not a file.").format(path=name))
    if error.errno == errno.ENAMETOOLONG:
        return UserError(_("The file name is too long."), _("Choose a shorter one."))
    return None


def local_copy_damaged() -> UserError:
    """Say that a replica is damaged."""
    return UserError(
        _("The local copy of this file is damaged."),
        _("Run “csdesk check FILE --repair”, or restore a backup."),
    )


def disk_full() -> UserError:
    """Say that the disk is full and nothing was lost."""
    return UserError(_("The disk is full. Nothing was changed."), _("Make room and try again."))


def disk_failed() -> UserError:
    """Say that the disk or the network it hangs on failed."""
    return UserError(
        _("The disk reported an error while reading or writing."),
        _("Check the disk and its connection, then try again. Nothing was changed."),
    )
