"""The document of a workspace, written anew from the replica: rarely, where it is shared."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from csdesk.store import backup
from csdesk.store.document import Seal, remove_database, stage_copy
from csdesk.store.driver import RawConnection
from csdesk.store.local import note_published
from csdesk.store.replica import Replica
from csdesk.store.versions import versions
from csdesk.team.files import Files


def write_document(
    connection: RawConnection, replica: Replica, files: Files, target: Path, now: dt.datetime
) -> Seal:
    """Put a sealed copy of the replica in the place of a document, and keep a backup of it.

    `connection` is a live one with the local database attached. Raises OSError where the folder
    does not let it.
    """
    staged = replica.staged("publish")
    try:
        # Before the copy: what comes in between is published once more, never forgotten.
        written = versions(connection)
        seal = stage_copy(connection, staged)
        files.write(staged, target)
        replica.remember_document(seal, now)
        note_published(connection, seal, written)
        backup.keep(staged, replica.backups, now)
        return seal
    finally:
        remove_database(staged)
