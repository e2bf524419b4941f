"""How a file of the folder comes in: copied out, guarded, and its content read once."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from csdesk.store.document import Seal, remove_database
from csdesk.store.replica import Replica
from csdesk.team.contents import Content, content_of
from csdesk.team.files import Files
from csdesk.team.guard import LIMITS, admit
from csdesk.team.guard_refusals import Refusal, refused


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that may be merged: its private copy, its seal, and what it says."""

    database: Path
    seal: Seal
    content: Content


@contextlib.contextmanager
def taken(
    files: Files, path: Path, replica: Replica, workspace: str | None, size: int = 0
) -> Iterator[Taken]:
    """Lend a guarded private copy of a file; it is gone afterwards.

    `size` is what the folder says of its bytes: too large a one is not even copied.

    Raises Refused where it may not come in, and OSError where it cannot be read just now.
    """
    if size > LIMITS.file_bytes:
        raise refused(Refusal.TOO_LARGE, path.name, f"{size} bytes")
    database = replica.staged("incoming")
    folder = replica.stage / f"{database.stem}.from"
    # Under its own name, which is what a refusal tells the user.
    copy = folder / path.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files.copy_out(path, copy)
        found = admit(copy, database, workspace=workspace)
        shutil.rmtree(folder)
        yield Taken(database, found.seal, content_of(found, database))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        remove_database(database)
