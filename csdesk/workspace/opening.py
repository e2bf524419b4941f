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
from csdesk.store import backup, local
from csdesk.store.deriving import derived_by_older, rebuild
from csdesk.store.document import (
    publish,
    read_seal,
    real_path,
    remove_database,
    seal_file,
    stage_copy,
)
from csdesk.store.driver import (
    DatabaseError,
    connect,
    connect_live,
    local_copy_damaged,
    transaction,
)
from csdesk.store.following import make_follow
from csdesk.store.migrations import migrate
from csdesk.store.replica import (
    Replica,
    known_replica,
    new_database,
    remove_stale,
    replica_of,
)
from csdesk.store.schema import APPLICATION_ID, check_columns, check_format
from csdesk.store.stamps import Clock
from csdesk.team.files import DiskFiles
from csdesk.team.guard import Refusal, Refused, admit_document
from csdesk.team.merge import SplitHistoryError, take_in
from csdesk.team.place import find_place, read_told


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
    with scratch(home) as staged:
        new_database(staged)
        seal_file(staged)
        publish(staged, real_path(path))


def prepare_replica(
    path: Path, home: Home, clock: Clock
) -> tuple[Replica, filelock.BaseFileLock | None]:
    """Find or make the replica of a document, take in what the document has, and lock it.

    The lock is None where another process works on the replica: then nothing is taken in. A
    shared document that is gone or not whole just now is no hindrance where it was open before.
    Raises UserError where the document cannot be opened.
    """
    home.replicas.mkdir(parents=True, exist_ok=True)
    try:
        return _prepare_with_document(path, home, clock)
    except UserError as error:
        not_whole = isinstance(error, Refused) and error.reason in _MAY_BE_WHOLE_LATER
        ready = _prepare_shared(path, home, clock) if not_whole or not path.exists() else None
        if ready is None:
            raise
        return ready


_MAY_BE_WHOLE_LATER = (Refusal.TORN, Refusal.NOT_SQLITE, Refusal.DAMAGED)


def _prepare_shared(
    path: Path, home: Home, clock: Clock
) -> tuple[Replica, filelock.BaseFileLock | None] | None:
    """Do without the document where an exchange folder lies beside it; None where none does.

    A service may be bringing it just now; the exchange writes it again where it stays away.
    """
    replica = known_replica(home.replicas, path)
    if replica is None or not replica.has_data() or not path.parent.is_dir():
        return None
    if not find_place(DiskFiles(), path, read_told(replica)).exists:
        return None
    lock = replica.lock()
    if lock is None:
        return _shared(replica, path), None
    with _released_on_failure(lock):
        make_ready(replica, clock)
        _take_in_left_behind(replica, home)
        local.prepare(replica)
    return replica, lock


def _prepare_with_document(
    path: Path, home: Home, clock: Clock
) -> tuple[Replica, filelock.BaseFileLock | None]:
    replica = known_replica(home.replicas, path) if path.exists() else None
    if replica is not None and replica.has_data():
        lock = replica.lock()
        if lock is None:
            _check_still_sealed(path)
            return _shared(replica, path), None
        with _released_on_failure(lock):
            if replica.contains_document(read_seal(path)):
                make_ready(replica, clock)
                _take_in_left_behind(replica, home)
                local.prepare(replica)
                return replica, lock
        lock.release()
    with scratch(home) as copy:
        fetched = admit_document(path, copy)
        replica = replica_of(home.replicas, path, fetched.workspace)
        lock = replica.lock()
        if lock is None:
            return _shared(replica, path), None
        with _released_on_failure(lock):
            known = replica.has_data()
            if known:
                make_ready(replica, clock)
            whole = _took_in_all(replica, copy)
            make_ready(replica, clock, proven=known)
            _take_in_left_behind(replica, home)
            if whole:
                replica.remember_document(fetched.seal, clock())
            local.prepare(replica)
            with contextlib.closing(connect_live(replica.database)) as connection:
                local.attach(connection, replica)
                if whole:
                    local.note_if_published(connection, copy, fetched.seal)
        return replica, lock


def _took_in_all(replica: Replica, copy: Path) -> bool:
    """Take in a document; False where another history under an old number stayed out.

    That is no reason not to work: such a document is left alone when ours is written.
    """
    try:
        take_in(replica, copy)
    except SplitHistoryError:
        return False
    return True


def _take_in_left_behind(replica: Replica, home: Home) -> None:
    """Take in what a crash left unpublished in the replica of a document that is gone since.

    So it is when a document was renamed to a name that has a replica already.
    """
    for folder in sorted(home.replicas.glob(f"{replica.workspace}-*")):
        other = Replica(folder)
        noted = other.noted_document()
        if other == replica or not other.has_data() or noted is None or noted.exists():
            continue
        lock = other.lock()
        if lock is None:
            continue
        try:
            with scratch(home) as copy, contextlib.suppress(DatabaseError):
                if local.copy_unpublished(other, copy):
                    take_in(replica, copy)
        finally:
            lock.release()


def make_ready(replica: Replica, clock: Clock, *, proven: bool = True) -> None:
    """Check the format of a locked replica and migrate it, after a backup.

    What a newer version left in the journal for fields that are known by now is applied. A replica
    that is a page copy of somebody's document is not `proven`: what it shows is compared with its
    journal, so that nothing is ever shown that other copies do not show.
    """
    replica.sweep()
    with contextlib.closing(connect_live(replica.database)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise local_copy_damaged()
        check_format(connection)

        def back_up_first() -> None:
            staged = replica.staged("before-migration")
            try:
                stage_copy(connection, staged)
                backup.keep(staged, replica.backups, clock(), always=True)
            finally:
                remove_database(staged)

        if migrate(connection, back_up_first) or derived_by_older(connection):
            with transaction(connection):
                rebuild(connection)
        if not proven:
            with transaction(connection):
                make_follow(connection)
        check_columns(connection)


def _shared(replica: Replica, path: Path) -> Replica:
    """Check that a replica which another process has can be read already."""
    try:
        with contextlib.closing(connect(replica.database, read_only=True)) as connection:
            ready = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    except DatabaseError:
        ready = False
    if not (ready and local.is_ready(replica)):
        raise UserError(
            _("Another CSDesk is just opening “{name}”.").format(name=path.name),
            _("Wait a moment and try again."),
        )
    return replica


def _check_still_sealed(path: Path) -> None:
    """Refuse early, in the second program too, what is no document at all."""
    if read_seal(path) is None:
        raise UserError(
            _("“{name}” is damaged or not completely copied.").format(name=path.name),
            _("Another CSDesk has it open and will write it again."),
        )


@contextlib.contextmanager
def _released_on_failure(lock: filelock.BaseFileLock) -> Iterator[None]:
    try:
        yield
    except BaseException:
        lock.release()
        raise


@contextlib.contextmanager
def scratch(home: Home) -> Iterator[Path]:
    """Give a path outside every replica for a copy that is looked at first."""
    folder = home.data / "stage"
    folder.mkdir(parents=True, exist_ok=True)
    remove_stale(folder.glob("*"))
    path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.db"
    try:
        yield path
    finally:
        remove_database(path)
