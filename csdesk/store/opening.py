"""From a document's path to a replica that is ready to be used."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import filelock

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.settings import Home
from csdesk.store import backup
from csdesk.store.document import (
    publish,
    read_seal,
    remove_database,
    seal_file,
    stage_copy,
)
from csdesk.store.driver import DatabaseError, connect, connect_live
from csdesk.store.migrations import migrate
from csdesk.store.replica import (
    Replica,
    fetch_document,
    known_replica,
    new_database,
    replica_of,
    take_in,
)
from csdesk.store.schema import check_format
from csdesk.store.stamps import Clock

PUBLISHED = "published"
"""The note that holds the SHA-256 of the document this replica published last."""


def make_document(path: Path, home: Home) -> None:
    """Write an empty workspace document; raises UserError where the file exists already."""
    path = path.expanduser().absolute()
    if path.exists():
        raise UserError(
            _("“{name}” exists already.").format(name=path.name),
            _("Choose another name; CSDesk does not overwrite a file when making a new one."),
        )
    if not path.parent.is_dir():
        raise UserError(
            _("The folder “{path}” does not exist.").format(path=path.parent),
            _("Make it first, or choose another folder."),
        )
    home.replicas.mkdir(parents=True, exist_ok=True)
    with _scratch(home) as staged:
        new_database(staged)
        seal_file(staged)
        publish(staged, path)


def prepare_replica(
    path: Path, home: Home, clock: Clock
) -> tuple[Replica, filelock.BaseFileLock | None]:
    """Find or make the replica of a document, take in what the document has, and lock it.

    The lock is None where another process works on the replica: then nothing is taken in.
    Raises UserError where the document cannot be opened.
    """
    home.replicas.mkdir(parents=True, exist_ok=True)
    replica = known_replica(home.replicas, path) if path.exists() else None
    if replica is not None and replica.database.exists():
        lock = replica.lock()
        if lock is None:
            _check_same_workspace(path)
            return replica, None
        if _is_what_we_published(path, replica):
            return _ready(replica, lock, clock)
        lock.release()
    with _scratch(home) as fetched:
        workspace = fetch_document(path, fetched)
        replica = replica_of(home.replicas, path, workspace)
        lock = replica.lock()
        if lock is None:
            return replica, None
        try:
            take_in(replica, fetched)
        except BaseException:
            lock.release()
            raise
        return _ready(replica, lock, clock)


def _ready(
    replica: Replica, lock: filelock.BaseFileLock, clock: Clock
) -> tuple[Replica, filelock.BaseFileLock]:
    """Check the replica's format and migrate it, after a backup."""
    connection = connect_live(replica.database)
    try:
        check_format(connection)

        def back_up_first() -> None:
            staged = replica.staged("before-migration")
            stage_copy(connection, staged)
            backup.keep(staged, replica.backups, clock(), always=True)
            staged.unlink()

        migrate(connection, back_up_first)
    except BaseException:
        lock.release()
        raise
    finally:
        connection.close()
    return replica, lock


def _check_same_workspace(path: Path) -> None:
    """Refuse early, in the second program too, what is no document at all."""
    if read_seal(path) is None:
        raise UserError(
            _("“{name}” is damaged or not completely copied.").format(name=path.name),
            _("Another CSDesk has it open and will write it again."),
        )


def _is_what_we_published(path: Path, replica: Replica) -> bool:
    """Tell by 48 bytes whether a document is just as this replica wrote it last."""
    seal = read_seal(path)
    if seal is None or not replica.local.exists():
        return False
    try:
        connection = connect(replica.local, read_only=True)
        try:
            row = connection.execute("SELECT v FROM note WHERE k = ?", (PUBLISHED,)).fetchone()
        finally:
            connection.close()
    except DatabaseError:
        return False
    return row is not None and seal.sha256.hex() in row[0]


@contextlib.contextmanager
def _scratch(home: Home) -> Iterator[Path]:
    """Give a path outside every replica for a copy that is looked at first."""
    folder = home.data / "stage"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.db"
    try:
        yield path
    finally:
        remove_database(path)
