"""Where one was, so that one can go back and forward again as in a browser."""

from __future__ import annotations

from dataclasses import dataclass

MOST_PLACES = 100
"""How many places are remembered."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its name, and the item shown there; entity and id are empty for the page alone."""

    page: str
    entity: str = ""
    item_id: str = ""


class Trail:
    """The places of one window, in the order they were gone to."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """Where one is now; None before the first place."""
        return self._places[self._at] if self._places else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place one came from."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place one came back from."""
        return self._at < len(self._places) - 1

    def go(self, place: Place) -> None:
        """Note a place one went to; those one had come back from are forgotten."""
        if place != self.here:
            self._places = [*self._places[: self._at + 1], place][-MOST_PLACES:]
            self._at = len(self._places) - 1

    def step(self, by: int) -> Place | None:
        """Go one place back (-1) or forward (1), and return it; None at the end of the trail."""
        if not 0 <= self._at + by < len(self._places):
            return None
        self._at += by
        return self._places[self._at]
