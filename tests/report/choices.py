"""Which combinations of options a test tries: each pair of choices once, or all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import Any

Choice = dict[str, Any]


def all_choices(options: Mapping[str, Sequence[Any]]) -> list[Choice]:
    """Return every combination."""
    return [dict(zip(options, values, strict=True)) for values in product(*options.values())]


def pairs_of_choices(options: Mapping[str, Sequence[Any]]) -> list[Choice]:
    """Return few combinations in which each two choices of two options meet at least once.

    Most faults come from one choice or from two together. The same options give the same list.
    """
    every = all_choices(options)
    open_pairs = {pair for choice in every for pair in _pairs(choice)}
    chosen = []
    while open_pairs:
        best = max(every, key=lambda choice: len(open_pairs & _pairs(choice)))
        open_pairs -= _pairs(best)
        chosen.append(best)
    return chosen


def _pairs(choice: Choice) -> set[tuple[str, str, str, str]]:
    items = [(name, str(value)) for name, value in choice.items()]
    return {(*one, *other) for one, other in combinations(items, 2)}
