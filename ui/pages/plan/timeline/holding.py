"""An item that is held and moved, by mouse or keys: which dates it would have."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from csdesk.queries.outline import OutlineItem


class Grip(StrEnum):
    """By what an item is held."""

    MOVE = "move"
    START = "start"
    END = "end"
    NEW = "new"
    """It gets its first dates: from where one began to drag to where one is."""


@dataclass(frozen=True, slots=True)
class Hold:
    """An item in the hand, `days` away from where it was."""

    item: OutlineItem
    grip: Grip
    days: int = 0
    begun_on: dt.date | None = None
    """For new dates: the day where the dragging began."""

    def moved(self, days: int) -> Hold:
        """Return the hold as it is `days` from the beginning; it stays where dates end.

        A start never passes the due date, and a due date never the start.
        """
        item, least, most = self.item, dt.date.min, dt.date.max
        start, due = item.start_on or item.due_on, item.due_on or item.start_on
        if self.grip is Grip.NEW:
            start = due = self.begun_on
        if start is None or due is None:
            return self
        first, last = min(start, due), max(start, due)
        if self.grip in (Grip.MOVE, Grip.NEW):
            days = min(max(days, (least - first).days), (most - last).days)
        elif self.grip is Grip.START:
            days = min(max(days, (least - start).days), max((due - start).days, 0))
        else:
            days = min(max(days, min((start - due).days, 0)), (most - due).days)
        return replace(self, days=days)

    @property
    def dates(self) -> tuple[dt.date | None, dt.date | None]:
        """Start and due date as they would be."""
        item, by = self.item, dt.timedelta(days=self.days)
        if self.grip is Grip.NEW and self.begun_on is not None:
            other = self.begun_on + by
            first, last = min(self.begun_on, other), max(self.begun_on, other)
            return (None if first == last else first), last
        if self.grip is Grip.MOVE:
            return item.start_on and item.start_on + by, item.due_on and item.due_on + by
        if self.grip is Grip.START:
            anchor = item.start_on or item.due_on
            return anchor and anchor + by, item.due_on
        anchor = item.due_on or item.start_on
        return item.start_on, anchor and anchor + by

    @property
    def is_change(self) -> bool:
        """Whether anything would be different."""
        return self.dates != (self.item.start_on, self.item.due_on)


def later(day: dt.date | None, days: int) -> dt.date | None:
    """Return a day moved by some days; the calendar's ends beyond them."""
    if day is None:
        return None
    number = min(max(day.toordinal() + days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(number)
