"""Puts a finished document where the user wants it, whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.report.file_names import free_name
from csdesk.store.document import read_seal

__all__ = ["explained", "free_name", "place_of", "write_whole"]

_NO_SUCH_NAME = {123, 206}
"""Windows' numbers for characters a name cannot have, and for a name that is too long."""


def write_whole(data: bytes, target: Path) -> None:
    """Write `data` to `target`, through a temporary file in the same folder.

    An older file of that name is replaced only when the new one is complete; where the name is
    a link, the file it leads to. Raises UserError where the folder is missing, may not be written
    to, or is full, and where the old file is read-only, a workspace, or held by another program;
    the advice names a second name that is free (`free_name`).
    """
    try:
        place = place_of(target)
        temporary = _written_beside(data, place)
    except OSError as trouble:
        raise explained(trouble, target) from trouble
    try:
        temporary.replace(place)
    except OSError as trouble:
        temporary.unlink(missing_ok=True)
        raise explained(trouble, target) from trouble


def place_of(target: Path) -> Path:
    """Return where a finished file goes, links followed.

    Raises UserError where nothing may be replaced: a folder, a device, a read-only file, a
    workspace. Raises OSError where there cannot be such a name.
    """
    if "\0" in str(target):
        raise OSError(errno.EINVAL, "NUL in the name")
    if target.name in ("", ".."):
        raise UserError(
            _("“{name}” names no file.").format(name=target),
            _("Write the name of the document behind the folder."),
        )
    if not target.parent.is_dir():
        raise UserError(
            _("The folder “{folder}” does not exist.").format(folder=target.parent),
            _("Choose another folder for the document."),
        )
    if target.is_dir():
        raise UserError(
            _("“{name}” is a folder.").format(name=target.name),
            _("Choose another name for the document, such as “{free}”.").format(
                free=free_name(target).name
            ),
        )
    place = Path(os.path.realpath(target))
    if place.exists() and not place.is_file():
        # Replacing a device or a pipe would take it from every program of the computer.
        raise UserError(
            _("“{name}” is a device or a pipe, not a file.").format(name=target.name),
            _("Choose another name for the document."),
        )
    if place.exists() and not place.stat().st_mode & stat.S_IWUSR:
        raise UserError(
            _("“{name}” is read-only.").format(name=target.name),
            _("Choose another name for the document, such as “{free}”.").format(
                free=free_name(target).name
            ),
        )
    if place.is_file() and os.access(place, os.R_OK) and read_seal(place) is not None:
        raise UserError(
            _("“{name}” is a CSDesk file and is not replaced by an export.").format(
                name=target.name
            ),
            _("Choose another name for the output."),
        )
    return place


def _written_beside(data: bytes, place: Path) -> Path:
    temporary = place.with_name(f".csdesk-{secrets.token_hex(8)}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if place.exists():
            temporary.chmod(stat.S_IMODE(place.stat().st_mode))
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def explained(trouble: OSError, target: Path) -> UserError:
    """Tell what kept `target` from being written, and what to do about it."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            _("There is no room left for “{name}”.").format(name=target.name),
            _("Free some space on the disk, or choose another folder."),
        )
    if _is_impossible_name(trouble):
        shown = target.name[:80].replace("\0", "?")
        return UserError(
            _("“{name}” is not a possible name for a file.").format(name=shown),
            _("Choose another name for the document."),
        )
    if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY):
        if target.exists() and trouble.errno != errno.EROFS:
            return UserError(
                _("“{name}” cannot be replaced.").format(name=target.name),
                _(
                    "Close it in the program that shows it, or choose another name, such as"
                    " “{free}”, or another folder."
                ).format(free=free_name(target).name),
            )
        return UserError(
            _("The folder “{folder}” may not be written to.").format(folder=target.parent),
            _("Choose another folder for the document."),
        )
    return UserError(
        _("“{name}” could not be written: {reason}.").format(
            name=target.name, reason=trouble.strerror or trouble
        ),
        _("Choose another folder for the document."),
    )


def _is_impossible_name(trouble: OSError) -> bool:
    numbers = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
    return trouble.errno in numbers or getattr(trouble, "winerror", None) in _NO_SUCH_NAME
