"""What each sync service does to a file that two computers changed, and what else it is known for.

The names of conflict copies are those that the services give, as far as they are documented; the
delays are of the order that people see, and the troubles are more frequent than in any office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath


class Copies(Enum):
    """What becomes of the version that lost."""

    EVERYWHERE = "everywhere"
    """It lies beside the other, on every computer."""
    HERE = "here"
    """It lies beside the other where it was made, and goes nowhere."""
    NOWHERE = "nowhere"
    """It is thrown away, or kept where no program sees it."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The circumstances that a service writes into the name of a conflict copy."""

    path: PurePosixPath
    person: str
    computer: str
    at: dt.datetime
    number: int
    """1 for the first copy that would have this name, 2 for the next."""


NameCopy = Callable[[Copied], str]


@dataclass(frozen=True, slots=True)
class Service:
    """How one service carries files."""

    name: str
    name_copy: NameCopy
    copies: Copies = Copies.EVERYWHERE
    most_copies: int | None = None
    """How many conflict copies of one file it keeps; None for all."""
    delay: tuple[float, float] = (3, 20)
    """Seconds between two rounds of its program."""
    either_wins: bool = False
    """Whether the version on the server may lose, too."""
    overwrites: bool = False
    """Whether the last who writes wins and nobody hears of it."""
    tears: float = 0.1
    """How often a file arrives in two halves, seconds apart."""
    placeholders: float = 0.0
    """How often a file that arrives is only named at first."""
    carries_drafts: bool = False
    """Whether it carries temporary files, too."""
    breaks: tuple[float, float] = (600, 3600)
    """Seconds for which a computer stays online, and offline."""


def _dropbox(copied: Copied) -> str:
    again = "" if copied.number == 1 else f" {copied.number - 1}"
    day = f"{copied.at:%Y-%m-%d}"
    return _with(copied, f" ({copied.person}'s conflicted copy {day}{again})")


def _onedrive(copied: Copied) -> str:
    again = "" if copied.number == 1 else f"-{copied.number}"
    return _with(copied, f"-{copied.computer}{again}")


def _nextcloud(copied: Copied) -> str:
    at = copied.at + dt.timedelta(seconds=copied.number - 1)
    return _with(copied, f" (conflicted copy {copied.person.lower()} {at:%Y-%m-%d %H%M%S})")


def _syncthing(copied: Copied) -> str:
    at = copied.at + dt.timedelta(seconds=copied.number - 1)
    name = "".join(filter(str.isalnum, copied.computer.upper())).ljust(7, "Q")[:7]
    return _with(copied, f".sync-conflict-{at:%Y%m%d-%H%M%S}-{name}")


def _icloud(copied: Copied) -> str:
    return _with(copied, f" {copied.number + 1}")


def _with(copied: Copied, words: str) -> str:
    return f"{copied.path.stem}{words}{copied.path.suffix}"


DROPBOX = Service("Dropbox", _dropbox, delay=(2, 10))
ONEDRIVE = Service("OneDrive", _onedrive, delay=(5, 60))
NEXTCLOUD = Service("Nextcloud", _nextcloud, copies=Copies.HERE, delay=(10, 60))
SYNCTHING = Service(
    "Syncthing", _syncthing, most_copies=10, either_wins=True, carries_drafts=True, delay=(5, 60)
)
SYNCTHING_WITHOUT_COPIES = Service(
    "Syncthing without copies", _syncthing, copies=Copies.NOWHERE, either_wins=True, delay=(5, 60)
)
ICLOUD = Service(
    "iCloud", _icloud, copies=Copies.NOWHERE, either_wins=True, placeholders=0.5, delay=(5, 90)
)
NETWORK_DRIVE = Service(
    "network drive",
    _dropbox,
    copies=Copies.NOWHERE,
    overwrites=True,
    carries_drafts=True,
    delay=(1, 30),
)
SERVICES = (
    DROPBOX,
    ONEDRIVE,
    NEXTCLOUD,
    SYNCTHING,
    SYNCTHING_WITHOUT_COPIES,
    ICLOUD,
    NETWORK_DRIVE,
)
