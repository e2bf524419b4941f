"""The database beside the replica: what this computer derived for itself, never published.

It holds the search index, ready lines of the accounts table, and notes. All of it can be made anew,
so a lost or damaged one is no trouble: it is simply made again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from csdesk.store import search_index
from csdesk.store.document import Seal, remove_database
from csdesk.store.driver import (
    DatabaseError,
    RawConnection,
    Trouble,
    connect,
    connect_live,
    transaction,
    trouble_of,
)
from csdesk.store.replica import Replica
from csdesk.store.versions import Versions, versions

_PUBLISHED = "published"


def attach(connection: RawConnection, replica: Replica) -> None:
    """Attach it to a live connection of its replica, for writing, as the schema `local`."""
    connection.execute("ATTACH ? AS local", (str(replica.local),))
    connection.execute("PRAGMA local.journal_mode = WAL")
    connection.execute("PRAGMA local.synchronous = NORMAL")


def connect_reader(replica: Replica) -> RawConnection:
    """Open a connection that reads the replica and, as `local`, what lies beside it."""
    connection = connect(replica.database)
    connection.execute("ATTACH ? AS local", (str(replica.local),))
    connection.execute("PRAGMA query_only = ON")
    return connection


@contextlib.contextmanager
def written_alone(replica: Replica) -> Iterator[RawConnection]:
    """Lend a connection to it in one transaction, its tables under their own names."""
    try:
        with contextlib.closing(connect_live(replica.local)) as connection:
            connection.execute("PRAGMA synchronous = NORMAL")
            with transaction(connection):
                yield connection
    except DatabaseError as error:
        _note_trouble(error, replica)
        raise


def is_ready(replica: Replica) -> bool:
    """Tell whether its tables are there, made by the program that has the replica."""
    try:
        with contextlib.closing(connect(replica.local, read_only=True)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except DatabaseError:
        return False
    return bool(version == search_index.INDEX_VERSION)


def connect_with(replica: Replica) -> RawConnection:
    """Open a live connection of a replica with this attached: without the journal's triggers."""
    connection = connect_live(replica.database)
    try:
        attach(connection, replica)
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(replica: Replica) -> None:
    """Make its tables where they are missing, and index what is not indexed yet.

    A damaged one is removed first. Only for who has the lock of the replica.
    """
    if replica.index_trouble.exists():
        remove_database(replica.local)
        replica.index_trouble.unlink()
    try:
        _prepare(replica)
    except DatabaseError as error:
        if trouble_of(error) is not Trouble.DAMAGED:
            raise
        remove_database(replica.local)
        _prepare(replica)


def _prepare(replica: Replica) -> None:
    connection = connect_with(replica)
    try:
        search_index.prepare(connection)
        with transaction(connection):
            search_index.follow(connection)
    finally:
        connection.close()


def keep_index(connection: RawConnection, replica: Replica) -> None:
    """Index what was journalled since, in a transaction of its own.

    Where the disk does not let it, nothing is raised: the step is safe, and the index is brought
    up to date by a later step or made anew at the next opening.
    """
    try:
        with transaction(connection):
            search_index.follow(connection)
    except DatabaseError as error:
        if trouble_of(error) is None:
            raise
        _note_trouble(error, replica)


def _note_trouble(error: BaseException, replica: Replica) -> None:
    """Let the next opening make anew what was found damaged."""
    if trouble_of(error) is Trouble.DAMAGED:
        with contextlib.suppress(OSError):
            replica.index_trouble.touch()


@dataclass(frozen=True, slots=True)
class Published:
    """The document that was written last, or found to say all that the replica says."""

    sha256: str
    versions: Versions


def published(connection: RawConnection) -> Published | None:
    """Read which document said all that the replica said then; None where there was none."""
    row = connection.execute("SELECT v FROM local.note WHERE k = ?", (_PUBLISHED,)).fetchone()
    if row is None:
        return None
    sha256, known = json.loads(row[0])
    return Published(sha256, {int(writer): seq for writer, seq in known})


def note_published(connection: RawConnection, seal: Seal, known: Versions) -> None:
    """Keep that the document with this seal says all that these versions say."""
    connection.execute(
        "INSERT INTO local.note VALUES (?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v",
        (_PUBLISHED, json.dumps([seal.sha256.hex(), sorted(known.items())])),
    )


def note_if_published(connection: RawConnection, copy: Path, seal: Seal) -> None:
    """Keep that nothing is to be written where a fetched document says all the replica says."""
    with contextlib.closing(connect(copy, immutable=True)) as theirs:
        offered = versions(theirs)
    if versions(connection) == offered:
        note_published(connection, seal, offered)


def copy_unpublished(replica: Replica, copy: Path) -> bool:
    """Copy the database of a replica to `copy` if it has steps that were never published."""
    with contextlib.closing(connect_live(replica.database)) as connection:
        connection.execute("ATTACH ? AS local", (str(replica.local),))
        with contextlib.suppress(DatabaseError):
            last = published(connection)
            if last is not None and last.versions == versions(connection):
                return False
        with contextlib.closing(connect(copy)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
    return True
