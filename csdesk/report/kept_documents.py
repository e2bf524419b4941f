"""The files customers got, kept on this computer beside the replica, so that none is ever remade.

They are named after their SHA-256 and no part of the workspace: what others need to make a file
again is in its receipt. Only the newest are kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

from csdesk.store.replica import Replica

MOST_FILES = 200
MOST_BYTES = 200_000_000
_NAME = re.compile("[0-9a-f]{64}")


def keep_document(
    replica: Replica,
    sha256: str,
    data: bytes,
    *,
    most_files: int = MOST_FILES,
    most_bytes: int = MOST_BYTES,
) -> None:
    """Keep a delivered file; the oldest go when there are too many or they are too large.

    The newest always stays. Raises OSError.
    """
    folder = _folder(replica)
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(folder / f"{sha256}.pdf")
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _drop_oldest(folder, most_files, most_bytes)


def kept_document(replica: Replica, sha256: str) -> bytes | None:
    """Return a delivered file as it was; None where it is not here, or is not itself any more."""
    if not _NAME.fullmatch(sha256):
        return None
    try:
        data = (_folder(replica) / f"{sha256}.pdf").read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _folder(replica: Replica) -> Path:
    return replica.folder / "documents"


def _drop_oldest(folder: Path, most_files: int, most_bytes: int) -> None:
    found = []
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            known = path.stat()
            found.append((known.st_mtime_ns, path.name, known.st_size, path))
    kept = 0
    for place, (_time, _name, size, path) in enumerate(sorted(found, reverse=True)):
        kept += size
        if place >= most_files or (kept > most_bytes and place > 0):
            path.unlink(missing_ok=True)
