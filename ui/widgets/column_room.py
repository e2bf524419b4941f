"""How the columns of a table share its room."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping


def shared_room(
    room: int, wanted: Mapping[int, int], least: Mapping[int, int], elastic: Collection[int]
) -> dict[int, int]:
    """Return the width of each column in pixels.

    The columns `elastic` share what is left of `room`. Where it is too little for what is
    `wanted`, columns give way in proportion, down to their width in `least`.
    """
    result = dict(wanted)
    spare = {number: max(0, width - least.get(number, width)) for number, width in wanted.items()}
    left = room - sum(wanted.values())
    if left < 0 and any(spare.values()):
        share = min(1, -left / sum(spare.values()))
        for number in result:
            result[number] -= math.ceil(share * spare[number])
    elif left > 0:
        for place, number in enumerate(elastic):
            result[number] += left // len(elastic) + (left % len(elastic) if place == 0 else 0)
    return result
