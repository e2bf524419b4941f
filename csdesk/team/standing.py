"""How things stand with a shared workspace: one state, the files in its folder, what a round did.

Frozen rows for the chip, the page of people and copies, and the command line.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from csdesk.team.merge import Merged


class StateKind(StrEnum):
    """The one thing that is said of a workspace at any time."""

    SAVED_HERE = "saved_here"
    """Not shared; every edit is safe on this computer."""
    SHARED = "shared"
    """All that this computer knows lies in the folder."""
    TO_SHARE = "to_share"
    """There are edits that the folder has not got yet."""
    WAITING_FOR_SERVICE = "waiting_for_service"
    """Files in the folder are not completely here for more than ten minutes."""
    OFFLINE = "offline"
    """The folder cannot be reached."""
    READ_ONLY = "read_only"
    """The folder can be read, not written to."""
    TROUBLE = "trouble"
    """Something else went wrong; the notices say what."""


@dataclass(frozen=True, slots=True)
class State:
    """How things stand now.

    `shared_at` is when the folder last had everything, `waiting` how many files are not
    completely here, `asking` how many ask the user, `service` the sync service's name where the
    folder tells it, and `notices` whole sentences for whoever looks closer.
    """

    kind: StateKind
    shared_at: dt.datetime | None = None
    waiting: int = 0
    asking: int = 0
    service: str = ""
    notices: tuple[str, ...] = ()


class FileKind(StrEnum):
    """What a file in or beside the exchange folder is."""

    DOCUMENT = "document"
    OUTBOX = "outbox"
    CERTAIN_COPY = "certain_copy"
    """A conflict copy, as only a sync service names them."""
    AMBIGUOUS_COPY = "ambiguous_copy"
    """A copy that a person may have made."""
    PLACEHOLDER = "placeholder"
    """Its content is still with the sync service."""
    IGNORED = "ignored"


class Fate(StrEnum):
    """What became of a file when it was last looked at."""

    MINE = "mine"
    """This computer's own outbox."""
    MERGED = "merged"
    NOTHING_NEW = "nothing_new"
    GAPS = "gaps"
    """Some of its changes wait for others that came before them."""
    WAITING = "waiting"
    """Not completely here yet."""
    REFUSED = "refused"
    ASKS = "asks"
    """Has changes, and a name that a person may have given: the user decides."""
    DISMISSED = "dismissed"
    ARCHIVED = "archived"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class FolderFile:
    """One file in or beside the exchange folder.

    `device` and `author` are who wrote it last, as far as it says; `new_rows` is how many journal
    rows it brought, or would bring where it asks; `said` is its fate in plain words.
    """

    name: str
    kind: FileKind
    fate: Fate
    said: str
    size: int
    modified: dt.datetime
    device: str = ""
    author: str = ""
    new_rows: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was taken in: who wrote what was new in it, and what that touched."""

    name: str
    author: str
    merged: Merged


@dataclass(frozen=True, slots=True)
class Report:
    """What one round of the exchange did.

    `delivered` is how many journal rows the folder has now that it lacked before; `notices` are
    whole sentences the user should read once.
    """

    arrivals: tuple[Arrival, ...] = ()
    delivered: int = 0
    notices: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything came or went."""
        return bool(self.arrivals) or self.delivered > 0
