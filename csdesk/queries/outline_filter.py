"""Which items of an outline a person looks for: by words, and by what needs somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from csdesk.i18n import current
from csdesk.model.vocabulary import ActionStatus, Side, label_of
from csdesk.queries.outline import OutlineItem, PlanOutline
from csdesk.store.words import fold


class Want(StrEnum):
    """What can be looked for by one key."""

    MINE = "mine"
    LATE = "late"
    CUSTOMERS = "customers"
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"


_WAITING = frozenset({ActionStatus.WAITING_CUSTOMER, ActionStatus.WAITING_INTERNAL})


@dataclass(frozen=True, slots=True)
class Sought:
    """What an item has to be to be found: all of the words, and all that is wanted.

    Open and done together mean either; `me` is the member whose items are "mine".
    """

    words: str = ""
    wants: frozenset[Want] = frozenset()
    me: str | None = None

    @property
    def is_all(self) -> bool:
        """Whether every item is found."""
        return not self.words.strip() and not self.wants


@dataclass(frozen=True, slots=True)
class Found:
    """The items that were found, those that stand above them, and how many there are at all."""

    matches: frozenset[str]
    holders: frozenset[str]
    total: int


def find_items(outline: PlanOutline, sought: Sought) -> Found:
    """Find the items of a plan that are sought, with what they stand below.

    Words are looked for in titles, names, statuses, notes and dates, without regard to case,
    width and kana; every word has to be somewhere in the item.
    """
    words = fold(sought.words).split()
    matches: set[str] = set()
    holders: set[str] = set()
    total = 0
    for item, chain in _walk(outline.items, ()):
        total += 1
        if _fits(item, sought) and (not words or _says(item, words)):
            matches.add(item.ref.id)
            holders.update(chain)
    return Found(frozenset(matches), frozenset(holders - matches), total)


def _walk(
    items: tuple[OutlineItem, ...], chain: tuple[str, ...]
) -> Iterator[tuple[OutlineItem, tuple[str, ...]]]:
    for item in items:
        yield item, chain
        yield from _walk(item.children, (*chain, item.ref.id))


def _fits(item: OutlineItem, sought: Sought) -> bool:
    wants = sought.wants
    if Want.MINE in wants and (sought.me is None or item.owner_id != sought.me):
        return False
    if Want.LATE in wants and not item.late_days:
        return False
    if Want.CUSTOMERS in wants and not (
        item.customer_owner_id or item.side in (Side.CUSTOMER, Side.JOINT)
    ):
        return False
    if Want.WAITING in wants and item.status not in _WAITING:
        return False
    states = wants & {Want.OPEN, Want.DONE}
    return len(states) != 1 or item.is_closed == (Want.DONE in states)


def _says(item: OutlineItem, words: list[str]) -> bool:
    parts = (
        item.title,
        item.owner,
        item.customer_owner,
        label_of(item.status),
        label_of(item.priority),
        current().date(item.due_on),
        item.text,
        item.internal_note,
        *(measure.kpi_name for measure in item.measures),
    )
    text = fold("\n".join(part for part in parts if part))
    return all(word in text for word in words)
