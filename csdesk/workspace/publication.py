"""Bringing the document up to date with the replica, without ever losing what stands there."""

from __future__ import annotations

import datetime as dt
import glob
import os
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.store import backup
from csdesk.store.document import (
    Seal,
    draft_stem,
    publish,
    read_seal,
    real_path,
    remove_database,
    stage_copy,
)
from csdesk.store.driver import RawConnection
from csdesk.store.local import note_if_published, published
from csdesk.store.replica import Replica, remove_stale
from csdesk.store.schema import workspace_id
from csdesk.store.stamps import Clock
from csdesk.store.versions import versions
from csdesk.team.checkpoint import write_document
from csdesk.team.exchange import author_of
from csdesk.team.files import DiskFiles, Files
from csdesk.team.guard import admit
from csdesk.team.merge import Merged, take_in

_LONGEST_NAME = 240
"""Bytes in a file name that every system takes."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of the document: where it was written, and what the user should know."""

    written: Path | None
    took_in: bool = False
    notice: str = ""
    merged: Merged | None = None
    """What was taken in of the document, where that was somebody else's."""
    author: str = ""
    seal: Seal | None = None
    """Of the document that was written."""


class Publisher:
    """Writes the document of one replica, its forks and its backups."""

    def __init__(
        self, document: Path, replica: Replica, clock: Clock, files: Files | None = None
    ) -> None:
        self._document = real_path(document)
        self._replica = replica
        self._clock = clock
        self._files = files or DiskFiles()

    @property
    def document(self) -> Path:
        """Where the document lies: links followed, and beside what took its place."""
        return self._document

    def follow(self, document: Path) -> None:
        """Go on with a document that was renamed."""
        if document != self._document:
            self._document = document
            self._replica.note_document(document)

    def is_due(self, connection: RawConnection) -> bool:
        """Tell whether the document lacks steps of the replica, or is not what it was.

        A document that is gone while nothing new was done is not missed.
        """
        last = published(connection)
        if last is None or last.versions != versions(connection):
            return True
        return self._document.is_file() and not self._is_as_published(connection)

    def publish(
        self, connection: RawConnection, turn: AbstractContextManager[object]
    ) -> Publication:
        """Write the document unless it already says what the replica says.

        A document that somebody else replaced is taken in first when it is of this workspace;
        any other file there is left alone, and ours goes beside it, from then on for good.
        Steps wait for `turn` only while something is taken in; the copy is made of a snapshot.
        """
        if not self._document.parent.is_dir():
            raise UserError(
                _("The folder “{path}” is gone.").format(path=self._document.parent),
                _(
                    "Your changes are safe on this computer. Bring the folder back, or use"
                    " “Save a copy as…”."
                ),
            )
        with turn:
            found = self._look_at_document(connection)
        if found.written == self._document and self._is_as_published(connection):
            return replace(found, written=None)
        assert found.written is not None
        return replace(found, seal=self._write(connection, found.written))

    def overwrite(self, connection: RawConnection) -> Publication:
        """Write the document whatever stands in its place: for a repair that set that aside."""
        self._write(connection, self._document)
        return Publication(self._document)

    def fork(self, connection: RawConnection, path: Path, *, replace: bool) -> None:
        """Write a copy with a workspace id of its own: what happens to it never comes back."""
        path = path.expanduser().absolute()
        ours = real_path(path) == self._document or (
            path.exists() and self._document.exists() and path.samefile(self._document)
        )
        if ours or (path.exists() and not replace):
            raise UserError(
                _("“{name}” exists already.").format(name=path.name), _("Choose another name.")
            )
        if not path.parent.is_dir():
            raise UserError(
                _("The folder “{path}” does not exist.").format(path=path.parent),
                _("Make it first, or choose another folder."),
            )
        staged = self._replica.staged("copy")
        try:
            stage_copy(connection, staged, secrets.token_hex(16))
            publish(staged, real_path(path))
        finally:
            remove_database(staged)

    def back_up(self, connection: RawConnection) -> backup.Backup:
        """Keep a backup now, whatever the rotation says."""
        staged = self._replica.staged("backup")
        try:
            stage_copy(connection, staged)
            kept = backup.keep(staged, self._replica.backups, self._clock(), always=True)
        finally:
            remove_database(staged)
        assert kept is not None
        return kept

    def back_up_if_due(self, connection: RawConnection) -> None:
        """Keep a backup where the newest one is over an hour old."""
        kept = backup.backups(self._replica.backups)
        if not kept or self._clock() - kept[0].made_at >= dt.timedelta(hours=1):
            self.back_up(connection)

    def _write(self, connection: RawConnection, target: Path) -> Seal:
        remove_stale(target.parent.glob(glob.escape(draft_stem(target)) + "*.tmp"))
        seal = write_document(connection, self._replica, self._files, target, self._clock())
        self.follow(target)
        return seal

    def _is_as_published(self, connection: RawConnection) -> bool:
        seal = read_seal(self._document) if self._document.is_file() else None
        last = published(connection)
        if seal is None or last is None or seal.sha256.hex() != last.sha256:
            return False
        return last.versions == versions(connection)

    def _look_at_document(self, connection: RawConnection) -> Publication:
        """Take in what stands in the document's place; tell of that, and where to write."""
        path = self._document
        if not path.exists():
            known = published(connection) is not None
            gone = _("“{name}” was gone; it was written again.").format(name=path.name)
            return Publication(path, notice=gone if known else "")
        if path.is_file() and self._replica.contains_document(read_seal(path)):
            return Publication(path)
        copy = self._replica.staged("look")
        try:
            fetched = admit(path, copy)
            ours = fetched.workspace == workspace_id(connection)
            if ours and fetched.kind == "document":
                merged = take_in(self._replica, copy)
                self._replica.remember_document(fetched.seal, self._clock())
                note_if_published(connection, copy, fetched.seal)
                if not merged.anything:
                    return Publication(path)
                return Publication(path, True, "", merged, author_of(connection, merged))
        except (UserError, IsADirectoryError):
            pass  # whatever it is, it is not for us to overwrite
        finally:
            remove_database(copy)
        beside = self._name_beside()
        return Publication(
            beside,
            notice=_(
                "Something else replaced “{name}”. It was left alone; your work is in “{ours}”."
            ).format(name=path.name, ours=beside.name),
        )

    def _name_beside(self) -> Path:
        moment = f" (CSDesk {self._clock().astimezone():%Y-%m-%d %H-%M-%S})"
        stem = self._document.stem
        while len(os.fsencode(f"{stem}{moment}.csdesk")) > _LONGEST_NAME:
            stem = stem[:-1]
        return self._document.with_name(f"{stem}{moment}.csdesk")
