"""Where a shared workspace lies: its document, the exchange folder beside it, and the service.

A folder is found by its name, `North.csdesk-sync` beside `North.csdesk`, compared as names are
compared; where the document was renamed, by what this replica was told before.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from csdesk.store.replica import Replica
from csdesk.team.files import Entry, Files
from csdesk.team.names import same_name
from csdesk.team.outbox import ENDING

FOLDER_ENDING = ".csdesk-sync"

_SERVICES = (
    ("OneDrive", "onedrive"),
    ("Dropbox", "dropbox"),
    ("Google Drive", "google drive", "googledrive", "my drive", "マイドライブ"),
    ("iCloud Drive", "com~apple~clouddocs", "mobile documents", "icloud drive", "iclouddrive"),
    ("Nextcloud", "nextcloud"),
    ("ownCloud", "owncloud"),
    ("Box", "box", "box sync", "box-box"),
    ("Syncthing", "syncthing"),
    ("Seafile", "seafile"),
    ("Synology Drive", "synologydrive", "synology drive"),
    ("pCloud", "pcloud drive", "pclouddrive", "pcloud sync"),
    ("MEGA", "mega", "megasync"),
    ("Proton Drive", "proton drive", "protondrive"),
    ("Tresorit", "tresorit", "tresors"),
    ("Resilio Sync", "resilio sync"),
)
"""Services, and how the folders they sync are called, casefolded."""

_NAMED = re.compile("(?P<computer>.+) · (?P<random>[0-9a-f]{8})", re.DOTALL)
"""A device id as the settings make it."""
_SAFE = re.compile("[0-9a-z]{4,40}")
_RESERVED = re.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])")


@dataclass(frozen=True, slots=True)
class Told:
    """What this replica was told of its sharing; kept in its folder, as a text file."""

    folder: str = ""
    """The name of the exchange folder; empty where it is not shared."""
    outbox: str = ""
    """The name of this computer's outbox."""
    former: tuple[str, ...] = ()
    """Names of outboxes that turned out to be another computer's."""
    answers: dict[str, bool] = field(default_factory=dict)
    """SHA-256 of a copy to whether the user took it in."""


@dataclass(frozen=True, slots=True)
class Place:
    """A document and the exchange folder beside it; `folder` is None where there is none."""

    document: Path
    folder: Path | None
    exists: bool
    """Whether the exchange folder is there now."""

    @property
    def service(self) -> str:
        """The name of the sync service, as far as the path tells it; else empty."""
        for part in reversed(self.document.parent.parts):
            plain = part.casefold()
            for name, *folders in _SERVICES:
                for folder in folders:
                    if plain == folder or plain.startswith(
                        (f"{folder} -", f"{folder}-", f"{folder} (")
                    ):
                        return name
        return ""


def find_place(files: Files, document: Path, told: Told) -> Place:
    """Find the exchange folder of a document.

    Raises OSError where the folder of the document cannot be listed.
    """
    return place_among(files.entries(document.parent), document, told)


def place_among(beside: Iterable[Entry], document: Path, told: Told) -> Place:
    """Find the exchange folder of a document among what lies beside it."""
    wanted = f"{document.stem}{FOLDER_ENDING}"
    folders = [entry.name for entry in beside if entry.folder]
    for name in (wanted, told.folder):
        for found in folders:
            if name and same_name(found, name):
                return Place(document, document.with_name(found), exists=True)
    if told.folder:
        return Place(document, document.with_name(wanted), exists=False)
    return Place(document, None, exists=False)


def other_folders(files: Files, place: Place) -> tuple[Path, ...]:
    """List the exchange folders beside a document that are not called like it."""
    return tuple(
        place.document.with_name(entry.name)
        for entry in files.entries(place.document.parent)
        if entry.folder and entry.name.casefold().endswith(FOLDER_ENDING)
    )


def read_told(replica: Replica) -> Told:
    """Read what a replica was told; nothing where the note is missing or spoiled."""
    try:
        kept = json.loads(_note(replica).read_text(encoding="utf-8"))
        return Told(
            str(kept["folder"]),
            str(kept["outbox"]),
            tuple(map(str, kept["former"])),
            {str(sha): bool(answer) for sha, answer in kept["answers"].items()},
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return Told()


def keep_told(replica: Replica, told: Told) -> None:
    """Keep what a replica was told."""
    kept = {
        "folder": told.folder,
        "outbox": told.outbox,
        "former": list(told.former),
        "answers": told.answers,
    }
    draft = replica.folder / f"sharing.{os.getpid()}.tmp"
    draft.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, _note(replica))


def _note(replica: Replica) -> Path:
    return replica.folder / "sharing.json"


def outbox_name(device: str) -> str:
    """Make the file name of a computer's outbox: safe on every system, different for each.

    Letters and digits only, so that what a service adds to it can be told from it. A device id
    that somebody wrote by hand, and that could be no file name, is hashed.
    """
    named = _NAMED.fullmatch(device)
    if named is not None:
        letters = re.sub("[^0-9a-z]", "", named["computer"].casefold())[:24]
        plain = f"{letters}{named['random']}"
    else:
        plain = device
    if _SAFE.fullmatch(plain) is None or _RESERVED.fullmatch(plain):
        plain = sha256(device.encode(errors="surrogatepass")).hexdigest()[:16]
    return f"{plain}{ENDING}"


def is_outbox_name(name: str) -> bool:
    """Tell whether a file is called as we call outboxes, and not a copy of one."""
    stem, dot, ending = name.casefold().rpartition(".")
    return f"{dot}{ending}" == ENDING and _SAFE.fullmatch(stem) is not None


def another_name(told: Told, token: str) -> Told:
    """Choose another outbox, because the one of this name is another computer's."""
    stem = told.outbox.removesuffix(ENDING)[:32]
    former = tuple(dict.fromkeys((*told.former, told.outbox)))
    return replace(told, outbox=f"{stem}{token}{ENDING}", former=former)
