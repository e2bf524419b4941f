"""What rows held at moments of the past, told from what they hold now and what was changed since.

Moments and stamps are whole numbers on one clock, the greater the later. Most rows never change,
so nothing is worked out for each moment alone: a row is told in stretches of moments at which it
held the same values.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple


# Plain tuples all three: a year of a team's work is a hundred thousand.
class Present(NamedTuple):
    """A row as it is now: when it came to be known, its values, and whether it was deleted."""

    id: str
    born: int
    values: tuple[Any, ...]
    is_deleted: bool = False


class Noted(NamedTuple):
    """A value that a field was given: `place` is the field's place among the row's values."""

    stamp: int
    place: int
    value: Any


BIRTH = 0
"""The place of the field that every row has from its birth."""

DELETION = -1
"""The place of what says whether a row was deleted: a value that is true or false."""


class Stretch(NamedTuple):
    """What a living row held at the moments `first` to `end`, the latter no longer."""

    row: str
    first: int
    end: int
    values: tuple[Any, ...]


def stretches(
    rows: Iterable[tuple[Present, Sequence[Noted]]], moments: Sequence[int]
) -> Iterator[Stretch]:
    """Tell what each row held just before each of `moments`, which rise.

    With each row comes what was noted of it, in any order: of a field that was changed since the
    first moment all it was given from then on, and one value before where it had one. All other
    fields hold what they held at birth. Nothing is told of a row for moments before its birth or
    while it was deleted. A deletion did not hold, and is passed over, where another one followed
    it at once or where the row is not deleted now: an edit made elsewhere at the same time kept
    the row.
    """
    for row, noted in rows:
        if noted:
            yield from _changing(row, noted, moments)
        else:
            first = bisect.bisect_right(moments, row.born)
            if first < len(moments) and not row.is_deleted:
                yield Stretch(row.id, first, len(moments), row.values)


def _changing(row: Present, noted: Sequence[Noted], moments: Sequence[int]) -> Iterator[Stretch]:
    """Tell the stretches of a row that was changed since the first moment."""
    past = sorted(noted, key=_stamp)
    past = [one for one in past if one.place != DELETION or _has_held(one, past, row.is_deleted)]
    values, is_deleted, born = list(row.values), row.is_deleted, row.born
    for one in reversed(past):
        # What was noted first of a field tells that it was empty before, or had been so for long.
        if one.place == DELETION:
            is_deleted = False
        else:
            values[one.place] = None
            born = one.stamp if one.place == BIRTH else born
    first, last = bisect.bisect_right(moments, born), len(moments)
    for one in past:
        place = bisect.bisect_right(moments, one.stamp)
        if place > first:
            if not is_deleted:
                yield Stretch(row.id, first, place, tuple(values))
            first = place
        if one.place == DELETION:
            is_deleted = bool(one.value)
        else:
            values[one.place] = one.value
    if first < last and not is_deleted:
        yield Stretch(row.id, first, last, tuple(values))


def _has_held(deletion: Noted, past: Sequence[Noted], is_deleted: bool) -> bool:
    """Tell whether a deletion was one: no other follows it, and the row did not outlive it."""
    after = [one for one in past if one.place == DELETION and one.stamp > deletion.stamp]
    return not deletion.value or (not after[0].value if after else is_deleted)


def _stamp(one: Noted) -> int:
    return one.stamp
