"""All commands that have keys, page by page, for the page that lists them.

Pages nobody looked at yet are made for it, one after the other, so that nobody waits for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from csdesk.i18n import _
from ui.commands import Command, Commands
from ui.palette.finds import COMMAND, Find, Group

Offers = Callable[[], Iterator[tuple[str, Sequence[Command]]]]
"""Gives the name of each page, and of each tab, with what it can do."""


def key_groups(commands: Commands, offers: Offers) -> Iterator[Group]:
    """Yield the keys that are heard everywhere, then those of each page.

    What was told is not told again, such as the keys that all tabs of an account share.
    """
    yield Group(_("Everywhere"), _told(commands.of_window, set()))
    told: set[str] = set()
    for name, offered in offers():
        finds = _told(offered, told)
        if finds:
            yield Group(name, finds)


def _told(commands: Sequence[Command], told: set[str]) -> list[Find]:
    finds = []
    for command in commands:
        if command.keys_text and command.id not in told:
            told.add(command.id)
            picture = command.icon or "chevron-right"
            finds.append(Find(COMMAND, command.id, command.title, picture, keys=command.keys_text))
    return finds
