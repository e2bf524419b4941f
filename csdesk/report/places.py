"""Where the items of a plan stand on the pages, so that a click in the preview finds the item."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of one page that shows one item, in points from the page's lower left corner."""

    page: int
    """From 0."""
    x0: float
    y0: float
    x1: float
    y1: float
    entity: str
    """The item's kind: "goal", "measure", "milestone", "action" …"""
    id: str


class Places:
    """Collects the places of a document while it is drawn, in the order of the pages."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str, str, int], Place] = {}
        self._part = 0

    def begin_part(self) -> None:
        """Begin another part of the document: an item shown there again has a place of its own."""
        self._part += 1

    def add(self, place: Place) -> None:
        """Note a place; what one part shows of an item on one page is one place, such as a row."""
        if not place.id:
            return
        key = (place.page, place.entity, place.id, self._part)
        known = self._found.get(key)
        if known is not None:
            place = replace(
                known,
                x0=min(known.x0, place.x0),
                y0=min(known.y0, place.y0),
                x1=max(known.x1, place.x1),
                y1=max(known.y1, place.y1),
            )
        self._found[key] = place

    def all(self) -> tuple[Place, ...]:
        """Return the places, rounded to a tenth of a point."""
        return tuple(
            replace(
                place,
                x0=round(place.x0, 1),
                y0=round(place.y0, 1),
                x1=round(place.x1, 1),
                y1=round(place.y1, 1),
            )
            for place in sorted(self._found.values(), key=lambda one: one.page)
        )
