"""How large pages are shown: to the width, whole, or by a percentage of their real size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

STEPS = (50, 67, 75, 90, 100, 110, 125, 150, 200, 300, 400)
"""Percentages the keys and the list step through."""

SCREEN = 96 / 72
"""Logical pixels of a screen for a point of paper at 100 %."""

EDGE = 18
"""Logical pixels around the pages."""


class Fit(Enum):
    """What decides the size where no percentage does."""

    WIDTH = "width"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Zoom:
    """A fit, or a percentage from STEPS[0] to STEPS[-1]."""

    fit: Fit | None = Fit.WIDTH
    percent: int = 100

    @classmethod
    def stored(cls, value: object) -> Zoom:
        """Read what `storable` returned; anything else fits the width."""
        if value == Fit.PAGE.value:
            return cls(Fit.PAGE)
        if isinstance(value, int) and STEPS[0] <= value <= STEPS[-1]:
            return cls(None, value)
        return cls()

    @property
    def storable(self) -> str | int:
        """Return it as a plain value."""
        return self.fit.value if self.fit else self.percent

    def scale(self, sizes: Sequence[tuple[float, float]], width: float, height: float) -> float:
        """Return logical pixels for a point, for pages of these sizes in a room of that size."""
        if self.fit is None or not sizes:
            return SCREEN * self.percent / 100
        across = (width - 2 * EDGE) / max(page[0] for page in sizes)
        if self.fit is Fit.PAGE:
            across = min(across, (height - 2 * EDGE) / max(page[1] for page in sizes))
        return min(max(across, SCREEN * 0.1), SCREEN * STEPS[-1] / 100)


def stepped(percent: float, by: int) -> Zoom:
    """Return the next step above (`by` 1) or below (-1) a percentage."""
    if by > 0:
        return Zoom(None, next((step for step in STEPS if step > percent + 0.5), STEPS[-1]))
    smaller = (step for step in reversed(STEPS) if step < percent - 0.5)
    return Zoom(None, next(smaller, STEPS[0]))
