"""A quick look at what lies in and beside an exchange folder: names, sizes, and 48 bytes a file.

It opens no database and reads no placeholder, so that "nothing new" costs next to nothing and a
sync service is never made to fetch anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from csdesk.store.document import Seal, seal_in
from csdesk.team.files import Entry, Files
from csdesk.team.names import Meaning, Naming, is_ignored, meaning, placeholder_of
from csdesk.team.outbox import ENDING
from csdesk.team.place import Place, is_outbox_name
from csdesk.team.standing import FileKind

DOCUMENT_ENDING = ".csdesk"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One file as a quick look shows it.

    `tail` is what its last bytes were; None for a placeholder and where it could not be read.
    `is_stub` says that another file stands for it, as iCloud's do: there is nothing to read.
    """

    path: Path
    entry: Entry
    kind: FileKind
    service: str
    tail: bytes | None
    is_stub: bool = False

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.entry.name

    @property
    def is_placeholder(self) -> bool:
        """Whether its content is still with the sync service."""
        return self.is_stub or self.entry.placeholder

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
        """What tells it from what lay there before.

        The time counts even where there is a seal: what stands before it may have been spoiled.
        """
        return (self.path, self.kind, self.entry.size, self.entry.modified, self.tail)

    @property
    def proof(self) -> str:
        """What tells a file that was found whole from all that was written in its place since."""
        return f"{self.entry.size} {self.entry.modified} {self.sha256}"

    @property
    def modified(self) -> dt.datetime:
        """When it was written, as the file system says; 1970 where that makes no sense."""
        try:
            return dt.datetime.fromtimestamp(self.entry.modified / 1e9, dt.UTC)
        except (OverflowError, ValueError, OSError):
            return dt.datetime.fromtimestamp(0, dt.UTC)


def glance(
    files: Files, place: Place, beside: Iterable[Entry] | None = None
) -> tuple[Glimpse, ...]:
    """Look at the document, its copies beside it, and the exchange folder, in this order.

    `beside` is what lies beside the document, where that was listed a moment ago.
    Raises OSError where a folder cannot be listed; a single file that cannot be read has no tail.
    """
    document: list[Glimpse] = []
    copies: list[Glimpse] = []
    rest: list[Glimpse] = []
    listed = tuple(files.entries(place.document.parent) if beside is None else beside)
    written_so = any(entry.name == place.document.name for entry in listed)
    for entry in listed:
        kind, service = _beside_document(entry, place.document.name)
        if kind is FileKind.DOCUMENT and written_so and entry.name != place.document.name:
            kind = FileKind.CERTAIN_COPY  # the same name in another case or form, brought by sync
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
    stub = placeholder_of(entry.name)
    tail = None
    if stub is None and not entry.placeholder:
        try:
            tail = files.tail(path)
        except OSError:
            tail = None  # held by another program, or gone again: looked at next time
    # A stub stands where the file itself will: so it is told under that name.
    shown = path if stub is None else folder / stub
    named = entry if stub is None else replace(entry, name=stub)
    return Glimpse(shown, named, kind, service, tail, stub is not None)


def _beside_document(entry: Entry, document: str) -> tuple[FileKind | None, str]:
    """Tell what a file beside the document is; None for what is none of our business."""
    if entry.folder:
        return None, ""
    name = placeholder_of(entry.name) or entry.name
    said = meaning(name, document)
    kind = _KINDS.get(said.naming)
    if said.naming is Naming.OTHER and name.casefold().endswith(DOCUMENT_ENDING):
        # Any other name: its content tells whether it is of this workspace, and then the user.
        kind = FileKind.AMBIGUOUS_COPY
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
    name = placeholder_of(entry.name) or entry.name
    if is_outbox_name(name):
        return FileKind.OUTBOX, ""
    if is_ignored(name):
        return FileKind.IGNORED, ""
    if ENDING in name.casefold():
        return FileKind.CERTAIN_COPY, outbox_copy(name).service
    if DOCUMENT_ENDING in name.casefold():
        said = meaning(name, document)
        sure = said.naming in (Naming.CERTAIN, Naming.SELF)
        return (FileKind.CERTAIN_COPY if sure else FileKind.AMBIGUOUS_COPY), said.service
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
