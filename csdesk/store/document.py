"""The sealed document: a consistent page copy of a replica, followed by a 48-byte seal.

SQLite ignores the seal, so any SQLite tool still opens the file; the seal tells a whole copy from
a torn or half-synced one, which SQLite's own checks do not (team-file design, "Sealed").
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.store.driver import RawConnection, connect

MAGIC = b"CSDSEAL1"
SEAL_BYTES = 48
_CHUNK = 1 << 20
_LONGEST_WAIT = 2.5
"""Seconds that a file may be held by another program on Windows before writing gives up."""
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Seal:
    """What stands at the end of a document: how long its database is, and its SHA-256."""

    length: int
    sha256: bytes

    def to_bytes(self) -> bytes:
        """Write the 48 bytes: magic, length (big-endian), digest."""
        return MAGIC + self.length.to_bytes(8, "big") + self.sha256


def read_seal(path: Path) -> Seal | None:
    """Read the last 48 bytes of a file; None where they are no seal of it."""
    size = path.stat().st_size
    if size < SEAL_BYTES:
        return None
    with path.open("rb", buffering=0) as stream:
        stream.seek(size - SEAL_BYTES)
        return seal_in(stream.read(SEAL_BYTES), size)


def seal_in(tail: bytes, size: int) -> Seal | None:
    """Read the seal in the last 48 bytes of a file of `size` bytes; None where there is none."""
    if len(tail) != SEAL_BYTES or tail[:8] != MAGIC:
        return None
    seal = Seal(int.from_bytes(tail[8:16], "big"), tail[16:])
    return seal if seal.length == size - SEAL_BYTES else None


def whole_seal(path: Path) -> Seal | None:
    """Read the seal of a file and every byte it stands for; None where they do not agree."""
    seal = read_seal(path)
    if seal is None:
        return None
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for chunk in _chunks(stream, seal.length):
            digest.update(chunk)
    return seal if digest.digest() == seal.sha256 else None


def unseal(path: Path, target: Path) -> Seal:
    """Copy the database out of a document, checking its seal on the way.

    Raises UserError, and leaves no target, where the file is empty, not ours, cut off or changed.
    """
    size = path.stat().st_size
    if size == 0:
        raise UserError(
            _("“{name}” is empty.").format(name=path.name),
            _("If a sync service is still copying it, wait and try again; or restore a backup."),
        )
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_SQLITE))
    except PermissionError as error:
        raise UserError(
            _("“{name}” may not be read.").format(name=path.name),
            _("Check its permissions, or ask who gave it to you."),
        ) from error
    if head != _SQLITE:
        raise UserError(
            _("“{name}” is not a CSDesk file.").format(name=path.name),
            _("Choose a file whose name ends in .csdesk."),
        )
    seal = read_seal(path)
    if seal is None:
        raise damaged(path)
    digest = hashlib.sha256()
    with path.open("rb") as stream, target.open("wb") as copy:
        for chunk in _chunks(stream, seal.length):
            digest.update(chunk)
            copy.write(chunk)
    if digest.digest() != seal.sha256:
        target.unlink()
        raise damaged(path)
    return seal


def damaged(path: Path) -> UserError:
    """Say that a document is cut off or was changed by something else."""
    return UserError(
        _("“{name}” is damaged or not completely copied.").format(name=path.name),
        _(
            "If a sync service is still copying it, wait and try again. Otherwise run"
            " “csdesk check FILE --repair”, or restore a backup."
        ),
    )


def seal_file(path: Path) -> Seal:
    """Append the seal to a database file that nothing writes any more."""
    digest = hashlib.sha256()
    length = path.stat().st_size
    with path.open("r+b") as stream:
        for chunk in _chunks(stream, length):
            digest.update(chunk)
        seal = Seal(length, digest.digest())
        stream.write(seal.to_bytes())
    return seal


def stage_copy(source: RawConnection, staged: Path, workspace_id: str | None = None) -> Seal:
    """Make a sealed page copy of a live database at `staged`; a new id makes it a fork."""
    remove_database(staged)
    copy = connect(staged)
    try:
        # Whoever puts the copy somewhere flushes it there; staged, a power cut may take it.
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("PRAGMA journal_mode = OFF")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        if workspace_id is not None:
            copy.execute("UPDATE meta SET v = ? WHERE k = 'workspace_id'", (workspace_id,))
            copy.execute("DELETE FROM seen")
    finally:
        copy.close()
    return seal_file(staged)


def publish(staged: Path, target: Path) -> Seal:
    """Put a staged document in the place of `target`, whole or not at all.

    Written beside the target under a temporary name, flushed to the disk, moved into place, and
    its seal read back. The target is never deleted first. Raises OSError, naming the target, where
    it cannot be written, UserError where what was written is not what is read.
    """
    draft = target.with_name(f"{draft_stem(target)}{os.getpid()}{secrets.token_hex(3)}.tmp")
    try:
        with staged.open("rb") as source, draft.open("xb") as copy:
            shutil.copyfileobj(source, copy, _CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "read-only", str(target))
        _replace(draft, target)
    except OSError as error:
        # What the user is told must name what she knows, not the draft.
        raise OSError(error.errno, error.strerror, str(target)) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    flush_folder(target.parent)
    seal = read_seal(target)
    if seal is None or seal != read_seal(staged):
        raise damaged(target)
    return seal


def real_path(path: Path) -> Path:
    """Follow symbolic links to where a document lies, so that a link is never replaced by it."""
    return Path(os.path.realpath(path))


def draft_stem(target: Path) -> str:
    """Write how the name of every draft of a document begins; sync services skip such names."""
    return f"~${target.stem[:40]}.csdesk."


def remove_database(path: Path) -> None:
    """Remove a database of ours that nothing has open, with its side files."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _chunks(stream: BinaryIO, length: int) -> Iterator[bytes]:
    left = length
    while left > 0:
        chunk = stream.read(min(_CHUNK, left))
        if not chunk:
            return
        left -= len(chunk)
        yield chunk


def _replace(draft: Path, target: Path) -> None:
    """Move into place; on Windows a virus scanner may hold the target for a moment."""
    wait, left = 0.05, _LONGEST_WAIT
    while True:
        try:
            os.replace(draft, target)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in (5, 32, 33) or left <= 0:
                raise
            pause = min(wait, left)
            time.sleep(pause)
            wait, left = wait * 2, left - pause


def flush_file(path: Path) -> None:
    """Bring the content of a file to the disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Make the move itself durable, where the system lets a folder be flushed."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
