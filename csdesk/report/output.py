"""Puts a finished document where the user wants it, whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _


def write_whole(data: bytes, target: Path) -> None:
    """Write `data` to `target`, through a temporary file in the same folder.

    An older file of that name is replaced only when the new one is complete. Raises UserError
    where the folder is missing, may not be written to, or is full, and where another program
    holds the old file.
    """
    try:
        _check_place(target)
        temporary = _written_beside(data, target.parent)
    except OSError as trouble:
        raise explained(trouble, target) from trouble
    try:
        temporary.replace(target)
    except OSError as trouble:
        temporary.unlink(missing_ok=True)
        raise explained(trouble, target) from trouble


def _check_place(target: Path) -> None:
    if "\0" in str(target):
        raise OSError(errno.EINVAL, "NUL in the name")
    if not target.parent.is_dir():
        raise UserError(
            _("The folder “{folder}” does not exist.").format(folder=target.parent),
            _("Choose another folder for the document."),
        )
    if target.is_dir():
        raise UserError(
            _("“{name}” is a folder.").format(name=target.name),
            _("Choose another name for the document."),
        )


def _written_beside(data: bytes, folder: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=".csdesk-", suffix=".pdf", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
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
    if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        if target.exists():
            return UserError(
                _("“{name}” cannot be replaced.").format(name=target.name),
                _("Close it in the program that shows it, or choose another name or folder."),
            )
        return UserError(
            _("The folder “{folder}” may not be written to.").format(folder=target.parent),
            _("Choose another folder for the document."),
        )
    if trouble.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
        shown = target.name[:80].replace("\0", "?")
        return UserError(
            _("“{name}” is not a possible name for a file.").format(name=shown),
            _("Choose another name for the document."),
        )
    return UserError(
        _("“{name}” could not be written: {reason}.").format(
            name=target.name, reason=trouble.strerror or trouble
        ),
        _("Choose another folder for the document."),
    )
