"""Finds a place for a label where it touches no line and no other label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from csdesk.report.pen import Point

_CLEAR = 1.6
"""What stays free around a label, in points: more than half of the thickest line."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle with its sides parallel to the page's, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, room: float) -> Area:
        """Return the rectangle with `room` around it."""
        return Area(self.left - room, self.bottom - room, self.right + room, self.top + room)

    def overlaps(self, other: Area) -> bool:
        """Tell whether the rectangles have a place in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: Area) -> bool:
        """Tell whether `other` lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )

    def is_crossed(self, start: Point, end: Point) -> bool:
        """Tell whether a straight line from `start` to `end` meets the rectangle.

        The line is cut by each side in turn (Liang and Barsky, 1984).
        """
        first, last = 0.0, 1.0
        for begin, step, low, high in (
            (start[0], end[0] - start[0], self.left, self.right),
            (start[1], end[1] - start[1], self.bottom, self.top),
        ):
            if step == 0:
                if not low < begin < high:
                    return False
                continue
            near, far = sorted(((low - begin) / step, (high - begin) / step))
            first, last = max(first, near), min(last, far)
        return first < last


@dataclass(slots=True)
class Obstacles:
    """What a label must not touch."""

    lines: list[tuple[Point, Point]] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    def add_course(self, points: Sequence[Point]) -> None:
        """Add the straight lines from each point to the next."""
        self.lines += pairwise(points)

    def is_free(self, place: Area) -> bool:
        """Tell whether a label may stand at `place`."""
        wide = place.grown(_CLEAR)
        if any(wide.overlaps(area) for area in self.areas):
            return False
        return not any(wide.is_crossed(*line) for line in self.lines)

    def first_free(self, places: Iterable[Area], within: Area) -> Area | None:
        """Return the first of `places` that is free and `within`, and take it; None without."""
        for place in places:
            if within.holds(place) and self.is_free(place):
                self.areas.append(place)
                return place
        return None
