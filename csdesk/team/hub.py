"""Where copies of a workspace meet: the one small interface that a folder or a server fills.

A hub answers three things: what it has, the rows beyond what is known, and that it took what it
lacked. How it keeps rows, and what it must put up with from a sync service, is its own affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from csdesk.store.driver import RawConnection
from csdesk.store.versions import Versions
from csdesk.team.merge import SeenFile


@dataclass(frozen=True, slots=True)
class Parcel:
    """Guarded journal rows of a hub, in a private database that may be merged.

    `seen` is what the replica notes once it has all of them.
    """

    name: str
    database: Path
    versions: Versions
    seen: SeenFile | None = None


class Hub(Protocol):
    """What holds the rows of a team."""

    def versions(self) -> Versions:
        """Tell what it has: how far each writer's rows are there, from the first without a gap."""
        ...

    def parcels(self, known: Versions) -> Iterator[Parcel]:
        """Give the rows beyond what is known, in any order.

        A parcel is only valid until the next one is asked for. Rows of a writer may come in
        several parcels and out of order; whoever takes them asks again while any had to wait.
        """
        ...

    def take(self, replica: RawConnection) -> int:
        """Take what it lacks of a replica's rows; return how many rows those were."""
        ...
