"""What the palette lists: finds in groups, each with what it is called and where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

COMMAND = "command"
"""The entity of a find that is done rather than gone to."""

ICONS = {
    "account": "building-2",
    "contact": "contact",
    "member": "user",
    "plan": "list-checks",
    "goal": "target",
    "milestone": "flag",
    "action": "circle-check",
    "touchpoint": "message-square",
    "saved_view": "table-2",
    "template": "copy",
}


def icon_of(entity: str) -> str:
    """Return the icon of what a find is."""
    return ICONS.get(entity, "file-text")


@dataclass(frozen=True, slots=True)
class Find:
    """One thing found: a row by entity and id, or a command by its name.

    `places` and `where_places` are those of the letters to mark; `where` says in small letters
    where it belongs, `keys` how it is done from the keyboard.
    """

    entity: str
    id: str
    title: str
    icon: str
    where: str = ""
    places: tuple[int, ...] = ()
    where_places: tuple[int, ...] = ()
    keys: str = ""
    target: tuple[str, str] | None = None
    """Entity and id of what is shown, where that is not the row itself."""

    @property
    def goes_to(self) -> tuple[str, str]:
        """Entity and id of what is shown when it is chosen."""
        return self.target or (self.entity, self.id)


@dataclass(frozen=True, slots=True)
class Group:
    """Finds of one kind below a head; `badness` tells how well the best of them fits."""

    head: str
    finds: Sequence[Find]
    badness: int = field(default=0)
