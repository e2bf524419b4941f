"""Places in a list ordered by hand: fractional indexes, so that a move changes one row only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fractional_indexing import (
    FIError,
    generate_key_between,
    generate_n_keys_between,
    validate_order_key,
)


def place_between(before: str | None, after: str | None) -> str:
    """Give a position that sorts after `before` and before `after`; None means the list's end.

    Two people may have made the same position; then the one given sorts after `before`.
    """
    low, high = _valid(before), _valid(after)
    if low is not None and high is not None and low >= high:
        high = None
    return str(generate_key_between(low, high))


def place_last(positions: Iterable[str | None]) -> str:
    """Give a position that sorts after all of `positions`."""
    return place_between(max(filter(None, map(_valid, positions)), default=None), None)


def place_at(siblings: Sequence[str | None], index: int) -> str:
    """Give the position that makes a row number `index` among ordered siblings.

    Siblings that share a position are passed over as one: nothing fits between them.
    """
    before = siblings[index - 1] if index > 0 else None
    later = (position for position in siblings[index:] if (position or "") > (before or ""))
    return place_between(before, next(later, None))


def make_place(siblings: Sequence[str | None], index: int) -> tuple[str, list[str] | None]:
    """Give the position that makes a row number `index`, and new ones for all of its siblings.

    They need new ones (None: they keep theirs) only where nothing fits at that place, because
    some share a position or have one that was not made here.
    """
    position = place_at(siblings, index)
    before = (siblings[index - 1] or "") if index > 0 else ""
    after = siblings[index] if index < len(siblings) else None
    if before < position and (index >= len(siblings) or position < (after or "")):
        return position, None
    fresh = [str(key) for key in generate_n_keys_between(None, None, len(siblings) + 1)]
    return fresh[index], fresh[:index] + fresh[index + 1 :]


def make_places(
    siblings: Sequence[str | None], index: int, count: int
) -> tuple[list[str], list[str] | None]:
    """Give the positions of `count` rows that begin at `index`, as `make_place` gives one."""
    at_end = index >= len(siblings)
    low = (siblings[index - 1] or "") if index > 0 else ""
    high = None if at_end else _valid(siblings[index])
    if (not low or _valid(low)) and (at_end or (high is not None and low < high)):
        return [str(key) for key in generate_n_keys_between(low or None, high, count)], None
    fresh = [str(key) for key in generate_n_keys_between(None, None, len(siblings) + count)]
    return fresh[index : index + count], fresh[:index] + fresh[index + count :]


def _valid(position: str | None) -> str | None:
    """Take an imported or foreign position for none where it is no fractional index."""
    if not position or not _IS_KEY(position):
        return None
    try:
        validate_order_key(position, _DIGITS)
    except (FIError, IndexError, ValueError):
        return None
    return position


_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_IS_KEY = re.compile("[0-9A-Za-z]+").fullmatch
