"""In which ways an item of the review can be decided: for the list, and for the decision itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions import review
from csdesk.actions.clashing import settle_clash
from csdesk.i18n import _
from csdesk.queries.fields import FieldKind, field_of
from csdesk.queries.review_items import (
    CircleItem,
    ClashItem,
    DeletionItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
    ReviewItem,
)
from csdesk.queries.value_words import short

KEEP, TAKE, JOIN, DELETE = "--keep", "--take", "--join", "--delete"
TEXT, BRING_BACK, MOVE_TO = "--text", "--bring-back", "--move-to"


@dataclass(frozen=True, slots=True)
class Way:
    """One decision: the option it is asked for with, what it does, and the verb that does it.

    `number` tells several of one option apart, from 1.
    """

    option: str
    words: str
    decide: Callable[[Session], Any]
    number: int | None = None

    @property
    def written(self) -> str:
        """The option as it is typed."""
        return self.option if self.number is None else f"{self.option} {self.number}"


def ways_of(item: ReviewItem) -> tuple[Way, ...]:
    """Return the ways in which an item can be decided, the likeliest first."""
    match item:
        case EditItem():
            return _edit_ways(item)
        case DeletionItem():
            return _deletion_ways(item)
        case RecoveredItem():
            return _recovered_ways(item)
        case CircleItem():
            return _circle_ways(item)
        case DuplicateItem():
            return _duplicate_ways(item)
        case ClashItem():
            return tuple(
                Way(TAKE, way.words, partial(settle_clash, item=item, way=way), number)
                for number, way in enumerate(item.ways, 1)
            )
    raise TypeError(item)


def takes_text(item: ReviewItem) -> bool:
    """Tell whether a text of one's own may take the place of what was written."""
    return isinstance(item, EditItem) and _kind(item) is FieldKind.TEXT


def _kind(item: EditItem) -> FieldKind | None:
    try:
        return field_of(item.entity, item.field).kind
    except KeyError:  # a newer version's field
        return None


def _edit_ways(item: EditItem) -> tuple[Way, ...]:
    kept = _("keep {value}").format(value=_shown(item.now.words))
    ways = [Way(KEEP, kept, partial(review.keep_now, item=item))]
    several = len(item.others) > 1
    for number, other in enumerate(item.others, 1):
        words = _("take {value}").format(value=_shown(other.words))
        decide = partial(review.take_other, item=item, other=other)
        ways.append(Way(TAKE, words, decide, number if several else None))
    if item.join is not None and item.join.is_clean:
        words = _("take the joined text: {text}").format(text=short(item.join.text))
        ways.append(Way(JOIN, words, partial(review.use_text, item=item, text=item.join.text)))
    return tuple(ways)


def _deletion_ways(item: DeletionItem) -> tuple[Way, ...]:
    kept = _("bring it back") if item.is_gone else _("keep it")
    gone = _("leave it deleted") if item.is_gone else _("delete it after all")
    return (
        Way(KEEP, kept, partial(review.keep_item, item=item)),
        Way(DELETE, gone, partial(review.delete_after_all, item=item)),
    )


def _recovered_ways(item: RecoveredItem) -> tuple[Way, ...]:
    ways = []
    if item.can_come_back:
        words = _("bring {owner} back").format(owner=_shown(item.parent))
        ways.append(Way(BRING_BACK, words, partial(review.bring_owner_back, item=item)))
    for number, place in enumerate(item.places, 1):
        words = _("move it to {place}").format(place=short(place.words))
        decide = partial(review.move_recovered, item=item, place=place)
        ways.append(Way(MOVE_TO, words, decide, number))
    words = _("delete it, too")
    return (*ways, Way(DELETE, words, partial(review.delete_recovered, item=item)))


def _circle_ways(item: CircleItem) -> tuple[Way, ...]:
    ways = [Way(KEEP, _("leave it so"), partial(review.let_be, item=item))]
    several = len(item.links) > 1
    for number, link in enumerate(item.links, 1):
        words = _("use “{wanted}” and clear: {link}").format(
            wanted=short(item.wanted), link=short(link.words)
        )
        decide = partial(review.make_hold, item=item, link=link)
        ways.append(Way(TAKE, words, decide, number if several else None))
    return tuple(ways)


def _duplicate_ways(item: DuplicateItem) -> tuple[Way, ...]:
    return (
        Way(JOIN, _("make these one"), partial(review.make_these_one, item=item)),
        Way(KEEP, _("these are different"), partial(review.keep_two, item=item)),
    )


def _shown(words: str) -> str:
    return short(words) or "–"
