"""A quick look at what lies in and beside an exchange folder: names, sizes, and 48 bytes a file.

It opens no database and reads no placeholder, so that "nothing new" costs next to nothing and a
sync service is never made to fetch anything.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from csdesk.store.document import Seal, seal_in
from csdesk.team.files import Entry, Files
from csdesk.team.names import Meaning, Naming, meaning, placeholder_of
from csdesk.team.outbox import ENDING
from csdesk.team.place import Place, is_outbox_name
from csdesk.team.standing import FileKind

DOCUMENT_ENDING = ".csdesk"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One file as a quick look shows it.

    `tail` is what its last bytes were; None for a placeholder and where it could not be read.
    """

    path: Path
    entry: Entry
    kind: FileKind
    service: str
    tail: bytes | None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.entry.name

    @property
    def seal(self) -> Seal | None:
        """The seal at its end; None where there is none, or it is that of another length."""
        return None if self.tail is None else seal_in(self.tail, self.entry.size)

    @property
    def sha256(self) -> str:
        """What the seal says its database hashes to; empty without one."""
        seal = self.seal
        return "" if seal is None else seal.sha256.hex()

    @property
    def sign(self) -> tuple[object, ...]:
        """What tells it from what lay there before: a whole file by its seal alone."""
        seal = self.seal
        if seal is not None:
            return (self.path, self.kind, seal.sha256)
        return (self.path, self.kind, self.entry.size, self.entry.modified, self.tail)

    @property
    def modified(self) -> dt.datetime:
        """When it was written, as the file system says; 1970 where that makes no sense."""
        try:
            return dt.datetime.fromtimestamp(self.entry.modified / 1e9, dt.UTC)
        except (OverflowError, ValueError, OSError):
            return dt.datetime.fromtimestamp(0, dt.UTC)


def glance(files: Files, place: Place) -> tuple[Glimpse, ...]:
    """Look at the document, its copies beside it, and the exchange folder, in this order.

    Raises OSError where a folder cannot be listed; a single file that cannot be read has no tail.
    """
    document: list[Glimpse] = []
    copies: list[Glimpse] = []
    rest: list[Glimpse] = []
    for entry in files.entries(place.document.parent):
        kind, service = _beside_document(entry, place.document.name)
        if kind is not None:
            glimpse = _glimpse(files, place.document.parent, entry, kind, service)
            (document if kind is FileKind.DOCUMENT else copies).append(glimpse)
    if place.folder is not None and place.exists:
        for entry in files.entries(place.folder):
            kind, service = _in_folder(entry, place.document.name)
            if kind is not None:
                rest.append(_glimpse(files, place.folder, entry, kind, service))
    return (*document, *rest, *copies)


def _glimpse(files: Files, folder: Path, entry: Entry, kind: FileKind, service: str) -> Glimpse:
    path = folder / entry.name
    tail = None
    if kind is not FileKind.PLACEHOLDER:
        try:
            tail = files.tail(path)
        except OSError:
            tail = None  # held by another program, or gone again: looked at next time
    return Glimpse(path, entry, kind, service, tail)


def _beside_document(entry: Entry, document: str) -> tuple[FileKind | None, str]:
    """Tell what a file beside the document is; None for what is none of our business."""
    if entry.folder:
        return None, ""
    stub = placeholder_of(entry.name)
    name = entry.name if stub is None else stub
    said = meaning(name, document)
    kind = _KINDS.get(said.naming)
    if kind is None and name.casefold().endswith(DOCUMENT_ENDING) and stub is None:
        # Any other name: its content tells whether it is of this workspace, and then the user.
        kind = FileKind.AMBIGUOUS_COPY if said.naming is Naming.OTHER else None
    if kind is not None and (stub is not None or entry.placeholder):
        kind = FileKind.PLACEHOLDER
    return kind, said.service


_KINDS = {
    Naming.SELF: FileKind.DOCUMENT,
    Naming.CERTAIN: FileKind.CERTAIN_COPY,
    Naming.AMBIGUOUS: FileKind.AMBIGUOUS_COPY,
}


def _in_folder(entry: Entry, document: str) -> tuple[FileKind | None, str]:
    """Tell what a file in the exchange folder is.

    Whatever lies there as an outbox was put there by the program, under whatever name: a copy of
    one is never asked about.
    """
    if entry.folder:
        return None, ""
    stub = placeholder_of(entry.name)
    if stub is not None or entry.placeholder:
        return FileKind.PLACEHOLDER, ""
    name = entry.name.casefold()
    if is_outbox_name(entry.name):
        return FileKind.OUTBOX, ""
    if ENDING in name or DOCUMENT_ENDING in name:
        said = outbox_copy(entry.name)
        if said.naming is Naming.IGNORED:
            return FileKind.IGNORED, ""
        if not name.endswith(ENDING) and ENDING not in name:
            said = meaning(entry.name, document)
            if said.naming in (Naming.AMBIGUOUS, Naming.OTHER):
                return FileKind.AMBIGUOUS_COPY, said.service
        return FileKind.CERTAIN_COPY, said.service
    return FileKind.IGNORED, ""


def outbox_copy(name: str) -> Meaning:
    """Tell what a name means that may be a copy of some outbox: of which, its beginning tells."""
    plain = name.casefold()
    stem = ""
    for letter in plain:
        if not (letter.isascii() and letter.isalnum()):
            break
        stem += letter
    return meaning(name, f"{stem}{ENDING}")
