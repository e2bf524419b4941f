"""Bringing the document up to date with the replica, without ever losing what stands there."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.store import backup
from csdesk.store.document import publish, read_seal, remove_database, stage_copy
from csdesk.store.driver import RawConnection
from csdesk.store.opening import PUBLISHED
from csdesk.store.replica import (
    Replica,
    fetch_document,
    read_note,
    take_in,
    versions,
    write_note,
)
from csdesk.store.schema import workspace_id
from csdesk.store.stamps import Clock

_VERSIONS = "published_versions"


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of the document: where it was written, and what the user should know."""

    written: Path | None
    took_in: bool = False
    notice: str = ""


class Publisher:
    """Writes the document of one replica, its forks and its backups."""

    def __init__(self, document: Path, replica: Replica, clock: Clock) -> None:
        self._document = document
        self._replica = replica
        self._clock = clock

    def publish(self, connection: RawConnection) -> Publication:
        """Write the document unless it already says what the replica says.

        A document that somebody else replaced is taken in first when it is of this workspace;
        any other file there is left alone, and ours goes beside it under a name of its own.
        """
        if not self._document.parent.is_dir():
            raise UserError(
                _("The folder “{path}” is gone.").format(path=self._document.parent),
                _(
                    "Your changes are safe on this computer. Bring the folder back, or use"
                    " “Save a copy as…”."
                ),
            )
        took_in, notice, target = self._look_at_document(connection)
        if target == self._document and self._is_up_to_date(connection):
            return Publication(None, took_in, notice)
        staged = self._replica.staged("publish")
        try:
            seal = stage_copy(connection, staged)
            publish(staged, target)
            connection.execute("BEGIN IMMEDIATE")
            write_note(connection, PUBLISHED, seal.sha256.hex())
            known = {str(writer): seq for writer, seq in versions(connection).items()}
            write_note(connection, _VERSIONS, known)
            connection.execute("COMMIT")
            backup.keep(staged, self._replica.backups, self._clock())
        finally:
            remove_database(staged)
        return Publication(target, took_in, notice)

    def fork(self, connection: RawConnection, path: Path, *, replace: bool) -> None:
        """Write a copy with a workspace id of its own: what happens to it never comes back."""
        path = path.expanduser().absolute()
        if path == self._document or (path.exists() and not replace):
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
            publish(staged, path)
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

    def _is_up_to_date(self, connection: RawConnection) -> bool:
        seal = read_seal(self._document) if self._document.exists() else None
        if seal is None or seal.sha256.hex() != read_note(connection, PUBLISHED):
            return False
        noted = read_note(connection, _VERSIONS)
        now = {str(writer): seq for writer, seq in versions(connection).items()}
        return bool(noted == now)

    def _look_at_document(self, connection: RawConnection) -> tuple[bool, str, Path]:
        """Tell whether anything was taken in, what to say of it, and where to write."""
        path = self._document
        if not path.exists():
            known = read_note(connection, PUBLISHED) is not None
            gone = _("“{name}” was gone; it was written again.").format(name=path.name)
            return False, gone if known else "", path
        seal = read_seal(path)
        if seal is not None and seal.sha256.hex() == read_note(connection, PUBLISHED):
            return False, "", path
        fetched = self._replica.staged("look")
        try:
            workspace = fetch_document(path, fetched)
            if workspace == workspace_id(connection):
                return take_in(self._replica, fetched), "", path
        except UserError:
            workspace = ""
        finally:
            remove_database(fetched)
        beside = self._name_beside()
        return (
            False,
            _(
                "Something else replaced “{name}”. It was left alone; your work is in “{ours}”."
            ).format(name=path.name, ours=beside.name),
            beside,
        )

    def _name_beside(self) -> Path:
        moment = self._clock().astimezone()
        stem = f"{self._document.stem} (CSDesk {moment:%Y-%m-%d %H-%M-%S})"
        return self._document.with_name(f"{stem}.csdesk")
