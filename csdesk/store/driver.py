"""The one SQLite library of the program, and how its connections are set up.

Every database is opened through `sqlcipher3`: the SQLite that comes with Python 3.11 can corrupt
a WAL database, and two SQLite libraries in one process break each other's locks.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy import exc as sqlalchemy_errors
from sqlalchemy.pool import Pool
from sqlcipher3 import dbapi2

from csdesk.errors import UserError
from csdesk.i18n import _

RawConnection = Any
"""A connection of the driver; the library has no types of its own."""

DatabaseError: type[Exception] = dbapi2.DatabaseError


def connect(path: Path, *, read_only: bool = False, immutable: bool = False) -> RawConnection:
    """Open a database of our own in autocommit mode; transactions are always explicit.

    `immutable` promises that nobody writes the file meanwhile, and leaves no side files.
    """
    mode = "ro" if read_only or immutable else "rwc"
    uri = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    connection = dbapi2.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cache_size = -32000")
    if read_only or immutable:
        connection.execute("PRAGMA query_only = ON")
    return connection


def connect_live(path: Path) -> RawConnection:
    """Open a live database for writing: WAL, and durable at every commit."""
    connection = connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def engine(creator: Callable[[], RawConnection], pool: type[Pool], begin: str) -> Engine:
    """Make a SQLAlchemy engine on such connections; `begin` is how its transactions start."""
    made = create_engine("sqlite://", module=dbapi2, creator=creator, poolclass=pool)

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return made


@contextlib.contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the disk and the database complain about into what a user can act on."""
    try:
        yield
    except (dbapi2.Error, sqlalchemy_errors.DBAPIError) as error:
        raise _database_trouble(error) or error from error
    except OSError as error:
        raise _disk_trouble(error) or error from error


def _database_trouble(error: Exception) -> UserError | None:
    said = str(getattr(error, "orig", None) or error)
    if "disk is full" in said or "database or disk is full" in said:
        return disk_full()
    if "readonly" in said or "unable to open database" in said:
        return UserError(
            _("The folder with CSDesk's data cannot be written to."),
            _("Check its permissions and that the disk is not write-protected."),
        )
    if "malformed" in said or "not a database" in said:
        return UserError(
            _("The local copy of this file is damaged."),
            _("Run “csdesk check FILE --repair”, or restore a backup."),
        )
    if "disk I/O error" in said:
        return UserError(
            _("The disk reported an error while reading or writing."),
            _("Check the disk and its connection, then try again. Nothing was changed."),
        )
    if "locked" in said:
        return UserError(
            _("Another program is using this file's local copy just now."),
            _("Wait a moment and try again."),
        )
    return None


def _disk_trouble(error: OSError) -> UserError | None:
    name = os.fspath(error.filename) if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
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
    if error.errno in (errno.EISDIR, errno.ENOTDIR):
        return UserError(_("“{path}” is not a file.").format(path=name))
    if error.errno == errno.ENAMETOOLONG:
        return UserError(_("The file name is too long."), _("Choose a shorter one."))
    return None


def disk_full() -> UserError:
    """Say that the disk is full and nothing was lost."""
    return UserError(_("The disk is full. Nothing was changed."), _("Make room and try again."))
