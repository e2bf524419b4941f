"""How the columns of an outline share its room: the title first, the others as they need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from csdesk.model.vocabulary import label_of
from csdesk.queries.outline import OutlineItem
from ui.pages.plan.outline_cells import PILL_GAP, due_text, owner_width, status_pills
from ui.pages.plan.outline_tree import DUE, OWNER, PRIORITY, STATUS, VISIBILITY
from ui.widgets.cells import PADDING, PILL_ENDS, Ink
from ui.widgets.column_room import shared_room

GOOD_TITLE = 460
"""Pixels of the title from which whole names stand beside it."""

FAIR_TITLE = 360
"""Pixels of the title from which short names stand beside it, below it initials alone."""

LEAST_TITLE = 170
"""Pixels that the title keeps even in a narrow window: a row being typed needs a place."""

LEAST_BESIDE = 56
"""Pixels down to which the other columns give way to it; heads and cells are cut then."""

MOST = {OWNER: 190, DUE: 130, STATUS: 240}
"""Pixels beyond which a column does not grow with its content."""


def column_widths(
    ink: Ink, items: Iterable[OutlineItem], heads: Mapping[int, str], room: int
) -> dict[int, int]:
    """Return the widths of the columns beside the title, in pixels.

    `heads` are the titles of those that are shown, `room` is what they and the title share.
    Whole names and every pill are shown where that leaves the title enough; else short names and
    the first pill of each row; else initials instead of names. Where even these leave the title
    too little, they are cut.
    """
    # Thousands of rows say the same few things: what is alike is measured once.
    people: dict[tuple[str | None, str | None], OutlineItem] = {}
    days: dict[dt.date | None, OutlineItem] = {}
    pills: set[tuple[str, ...]] = set()
    priorities: set[str | None] = set()
    for item in items:
        people[item.owner, item.customer_owner] = item
        days[item.due_on] = item
        pills.add(tuple(words for words, _tone in status_pills(item)))
        priorities.add(item.priority)
    for names, least in (("whole", GOOD_TITLE), ("short", FAIR_TITLE), ("none", 0)):
        widths = {
            OWNER: max((owner_width(ink, item, names) for item in people.values()), default=0),
            DUE: max((ink.width(due_text(item), ink.plain) for item in days.values()), default=0),
            STATUS: max((_pills(ink, words, every=names == "whole") for words in pills), default=0),
            PRIORITY: max((ink.width(label_of(one), ink.plain) for one in priorities), default=0),
            VISIBILITY: 0,
        }
        result = {
            column: max(
                min(width, MOST.get(column, width)) + 2 * PADDING,
                ink.width(heads[column], ink.small) + 2 * PADDING + 4,
            )
            for column, width in widths.items()
            if column in heads
        }
        if room - sum(result.values()) >= least:
            break
    least_widths = {column: min(width, LEAST_BESIDE) for column, width in result.items()}
    return shared_room(room - LEAST_TITLE, result, least_widths, ())


def _pills(ink: Ink, pills: Sequence[str], *, every: bool) -> int:
    widths = [ink.width(words, ink.small) + PILL_ENDS for words in pills]
    return sum(widths) + PILL_GAP * (len(widths) - 1) if every else widths[0]
