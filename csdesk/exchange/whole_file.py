"""A file that appears whole or not at all: written beside its place, then moved there."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.report.output import place_of
from csdesk.store.driver import told_plainly


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content becomes `target` when the block ends without trouble.

    An older file of that name stays as it was until then; where the name is a link, the file it
    leads to is replaced. Raises UserError where the folder is missing or cannot be written to,
    where the disk is full, and where what is there may not be replaced: a folder, a device, a
    read-only file, a workspace.
    """
    target = target.expanduser().absolute()
    if target.is_dir():
        raise UserError(
            _("“{name}” is a folder.").format(name=target.name), _("Name a file in it.")
        )
    if not target.parent.is_dir():
        raise UserError(
            _("The folder “{path}” does not exist.").format(path=target.parent),
            _("Make it first, or choose another folder."),
        )
    with told_plainly():
        target = place_of(target)
    draft = target.with_name(f".csdesk-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    with told_plainly():
        try:
            with draft.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)
