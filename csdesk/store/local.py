"""The database beside the replica: search index and notes of this computer, never published.

All of it can be made anew, so a lost or damaged one is no trouble: it is simply made again.
"""

from __future__ import annotations

import contextlib
import json

from csdesk.store import search_index
from csdesk.store.document import remove_database
from csdesk.store.driver import (
    DatabaseError,
    RawConnection,
    Trouble,
    connect,
    connect_live,
    transaction,
    trouble_of,
)
from csdesk.store.joining import Versions
from csdesk.store.replica import Replica

_PUBLISHED = "published_versions"


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
    connection = connect_live(replica.database)
    try:
        attach(connection, replica)
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
        trouble = trouble_of(error)
        if trouble is None:
            raise
        if trouble is Trouble.DAMAGED:
            with contextlib.suppress(OSError):
                replica.index_trouble.touch()


def published_versions(connection: RawConnection) -> Versions | None:
    """Read how far each writer's rows were published; None where nothing was."""
    row = connection.execute("SELECT v FROM local.note WHERE k = ?", (_PUBLISHED,)).fetchone()
    return None if row is None else {int(writer): seq for writer, seq in json.loads(row[0])}


def note_published(connection: RawConnection, versions: Versions) -> None:
    """Keep how far each writer's rows were published."""
    connection.execute(
        "INSERT INTO local.note VALUES (?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v",
        (_PUBLISHED, json.dumps(sorted(versions.items()))),
    )
