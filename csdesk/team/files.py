"""The few things that are done to files in a shared folder, and how a real disk does them.

Everything the exchange does outside the program's own folder goes through `Files`, so that tests
can let any of it fail. A network drive or a sync service may hold a file for a moment: that is
"try again later" (`is_passing`), never a crash.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from csdesk.store.document import SEAL_BYTES, flush_file, flush_folder, publish, whole_seal

_RECALL_ON_DATA_ACCESS, _OFFLINE = 0x400000, 0x1000
"""Windows attributes of files whose content a service fetches when they are read."""

_DATALESS = 0x40000000
"""`SF_DATALESS` among the flags of macOS: the content is not on this disk."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder as a listing shows it, without its content being touched."""

    name: str
    size: int
    modified: int
    """Nanoseconds since 1970, as the file system says."""
    placeholder: bool = False
    folder: bool = False


class Files(Protocol):
    """What the exchange does to files; each may raise OSError."""

    def entries(self, folder: Path) -> tuple[Entry, ...]:
        """List what lies in a folder, in the order of names."""
        ...

    def tail(self, path: Path) -> bytes:
        """Read the last 48 bytes."""
        ...

    def copy_out(self, path: Path, target: Path) -> None:
        """Copy a file to a private place."""
        ...

    def write(self, staged: Path, target: Path) -> None:
        """Put a sealed file in the place of `target`, whole or not at all, and read its seal back.

        Raises UserError, too, where what was written is not what is read.
        """
        ...

    def archive(self, path: Path, target: Path) -> None:
        """Move a sealed file out of the folder: it is gone only once `target` was read back."""
        ...

    def exists(self, path: Path) -> bool:
        """Tell whether anything lies at a path."""
        ...

    def make_folder(self, path: Path) -> None:
        """Make a folder where there is none."""
        ...


class DiskFiles:
    """Files on a real disk, a network drive, or in the folder of a sync service."""

    def entries(self, folder: Path) -> tuple[Entry, ...]:
        """List what lies in a folder; what vanishes meanwhile is left out."""
        found: list[Entry] = []
        with os.scandir(folder) as listing:
            for item in listing:
                # Not the cached one: on Windows that has neither flags nor the newest size.
                with contextlib.suppress(FileNotFoundError):
                    found.append(entry_of(item.name, item.stat(follow_symlinks=False)))
        return tuple(sorted(found, key=lambda entry: entry.name))

    def tail(self, path: Path) -> bytes:
        """Read the last 48 bytes; fewer where there are not so many."""
        # Python's files would read thousands of bytes to give 48, or cost more than the reading.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            size = os.lseek(handle, 0, os.SEEK_END)
            os.lseek(handle, max(0, size - SEAL_BYTES), os.SEEK_SET)
            return os.read(handle, SEAL_BYTES)
        finally:
            os.close(handle)

    def copy_out(self, path: Path, target: Path) -> None:
        """Copy the bytes, and nothing else of the file."""
        shutil.copyfile(path, target)

    def write(self, staged: Path, target: Path) -> None:
        """Write a draft beside the target, flush it, move it into place, and read its seal back."""
        publish(staged, target)

    def archive(self, path: Path, target: Path) -> None:
        """Copy, flush, read back, and only then remove."""
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, target)
            flush_file(target)
            flush_folder(target.parent)
            seal = whole_seal(target)
            if seal is None or seal.to_bytes() != self.tail(path):
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        except OSError:
            target.unlink(missing_ok=True)
            raise
        path.unlink()

    def exists(self, path: Path) -> bool:
        """Tell whether anything lies at a path, a link to nothing included."""
        return os.path.lexists(path)

    def make_folder(self, path: Path) -> None:
        """Make a folder, and let its name last."""
        path.mkdir(exist_ok=True)
        flush_folder(path.parent)


def entry_of(name: str, status: os.stat_result) -> Entry:
    """Make a line of a listing; on Windows and macOS the attributes tell a placeholder."""
    attributes = getattr(status, "st_file_attributes", 0)
    flags = getattr(status, "st_flags", 0)
    away = bool(attributes & (_RECALL_ON_DATA_ACCESS | _OFFLINE) or flags & _DATALESS)
    return Entry(
        name, status.st_size, status.st_mtime_ns, away, folder=not stat.S_ISREG(status.st_mode)
    )


_PASSING = frozenset(
    number
    for name in (
        *("EACCES", "EPERM", "EBUSY", "EAGAIN", "ESTALE", "EINTR", "ETIMEDOUT", "EDEADLK"),
        *("EIO", "ENXIO", "ENODEV", "ENOTCONN", "ECONNRESET", "ECONNABORTED", "EHOSTDOWN"),
        *("EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "EREMOTEIO", "ENOLCK", "ETXTBSY"),
        *("ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "EEXIST", "ENOTEMPTY"),
    )
    if (number := getattr(errno, name, None)) is not None
)
_AWAY = frozenset(
    number
    for name in (
        *("ENOENT", "ENOTDIR", "ESTALE", "ENXIO", "ENODEV", "ENOTCONN", "EHOSTDOWN", "EIO"),
        *("EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ETIMEDOUT", "EREMOTEIO", "ECONNRESET"),
        "ECONNABORTED",
    )
    if (number := getattr(errno, name, None)) is not None
)
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_CLOUD_ERRORS = range(358, 405)
"""Windows' ERROR_CLOUD_FILE_…: the service could not bring the content just now."""


def is_passing(error: OSError) -> bool:
    """Tell whether the same may well succeed later, without anybody doing anything."""
    return error.errno in _PASSING or getattr(error, "winerror", None) in _CLOUD_ERRORS


def is_away(error: OSError) -> bool:
    """Tell whether a folder cannot be reached: unplugged, unmounted, the network down."""
    return error.errno in _AWAY


def is_forbidden(error: OSError) -> bool:
    """Tell whether the folder does not let itself be written to."""
    return error.errno in _FORBIDDEN
