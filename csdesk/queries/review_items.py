"""What waits to be looked at, as frozen rows: one class for each way in which copies disagree.

Each item has in words all that a reader needs to decide. Its ids and keys are for the decisions
in csdesk/actions/review.py, which check that nothing changed since the item was read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from csdesk.insight.text_join import Join

JournalKey = tuple[int, int]
"""What names a row of the journal in every copy: `(w, seq)`."""


class ReviewKind(StrEnum):
    """The ways in which copies disagree, as settlements name them too."""

    EDIT = "edit"
    DELETION = "deletion"
    RECOVERED = "recovered"
    CIRCLE = "circle"
    DUPLICATE = "duplicate"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Who:
    """Who did something, when, and on which computer."""

    author: str
    computer: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about an item that somebody else decided differently."""

    words: str
    who: Who


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to look at: which item of which account it is about, in words.

    `id` stays the same as long as the item does. `at` is when it came to be as it is. `decided`
    is empty unless two people decided differently.
    """

    kind: ClassVar[ReviewKind]

    id: str
    entity: str
    row_id: str
    account_id: str
    account: str
    item: str
    at: dt.datetime
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value of a field in words, who wrote it, and the journal row that says so."""

    words: str
    who: Who
    key: JournalKey
    stored: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class EditItem(ReviewItem):
    """Several people gave one field different values: `now` shows, `others` are kept.

    `before` is what the field held when their ways parted. `losers` are the journal rows that
    wait, `along` those of other fields that belong to the same moves of an item or the same churns
    of a customer. A long text that can be joined has its `join`; where both changed the same place
    that has clashes and no text. `note` says what else hangs on the choice.
    """

    kind = ReviewKind.EDIT

    field: str
    label: str
    before: str
    now: WrittenValue
    others: tuple[WrittenValue, ...]
    losers: tuple[JournalKey, ...]
    along: tuple[JournalKey, ...] = ()
    join: Join | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field that was edited without knowing of a deletion."""

    label: str
    before: str
    after: str
    who: Who


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionItem(ReviewItem):
    """Somebody deleted what somebody else edited; the edit keeps it alive.

    `below` are the deletions of what belongs to it that did not hold either. `went_along` counts
    what was deleted with it and is still gone. `is_gone` where it was deleted
    after all though somebody else decided to keep it. `taken_along` where `deleted` only took back
    that he made it, and what somebody else had made as well is gone with it.
    """

    kind = ReviewKind.DELETION

    deletion: JournalKey
    below: tuple[JournalKey, ...]
    deleted: Who
    edits: tuple[FieldEdit, ...]
    went_along: int = 0
    is_gone: bool = False
    taken_along: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Something living that a recovered item could belong to."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveredItem(ReviewItem):
    """A living item whose owner is deleted: no page would show it.

    `rows` are several where they are nothing by themselves, such as values. `field` refers to the
    owner. `edited` is who touched the item last. `deleted` is None where the owner never arrived
    here; it cannot come back then. `comes_back` counts what would return together with the owner.
    `places` are where the item could go instead, the likeliest first. `values` tells what KPI
    values among the rows say, and what stands where they could go. `stayed_behind` where
    `deleted` made the owner one with another row, which did not take these along.
    """

    kind = ReviewKind.RECOVERED

    rows: tuple[str, ...]
    field: str
    parent_entity: str
    parent_id: str
    parent: str
    edited: Who
    deleted: Who | None
    comes_back: int
    places: tuple[Place, ...] = ()
    values: tuple[str, ...] = ()
    stayed_behind: bool = False

    @property
    def can_come_back(self) -> bool:
        """Whether the owner is known here, so that it can be brought back."""
        return self.deleted is not None


@dataclass(frozen=True, slots=True)
class CircleLink:
    """One reference of a circle: the row that holds it, what it says, and who said so."""

    row_id: str
    words: str
    who: Who


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleItem(ReviewItem):
    """A reference that would have closed a circle and gave way, and the others of the circle.

    `wanted` is what it says, `now` what is shown instead; empty for nothing.
    """

    kind = ReviewKind.CIRCLE

    reference: JournalKey
    label: str
    wanted: str
    now: str
    who: Who
    links: tuple[CircleLink, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several rows that may be the same: its fields in words, and who made it.

    `belongings` counts what belongs or refers to it; `is_gone` where it is deleted now.
    """

    id: str
    name: str
    details: tuple[tuple[str, str], ...]
    who: Who
    belongings: int
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateItem(ReviewItem):
    """Rows of the same name that different computers made; the first is the oldest and stays.

    `label` and `value` are what they have in common. `clashes` tells the KPI values in which the
    oldest and another one differ: made one, the oldest's show and the others wait for review.
    """

    kind = ReviewKind.DUPLICATE

    label: str
    value: str
    candidates: tuple[Candidate, ...]
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClashWay:
    """One thing that can be done about a clash: its name, its label, and the key for it."""

    id: str
    words: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashItem(ReviewItem):
    """What two people did to different fields does not go together.

    `happened` tells what the one did, `edits` what the other did, `who` that other one. `ways` is
    what can be done, the likeliest first.
    """

    kind = ReviewKind.CLASH

    happened: str
    edits: tuple[str, ...]
    who: Who
    mark: JournalKey
    matter: str
    ways: tuple[ClashWay, ...]
