"""A logo on a page: as large as its place allows, on a light plate where the ground is dark."""

from __future__ import annotations

import io
from typing import Any

from csdesk.report.images import drawable_image
from csdesk.report.pen import Pen
from csdesk.report.theme import WHITE

_PLATE = 8.0
"""The room between a logo and the edge of its plate."""
_DENSEST = 0.36
"""Points of a pixel at most: a small picture is not blown up until it is coarse."""


class Logo:
    """A picture that was read; `read_logo` makes it."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._size: tuple[int, int] = reader.getSize()

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Return how large it is drawn in a place of that size.

        A wide mark gets all the width, a square one is kept lower than the place: so that both
        look about as large.
        """
        across, up = self._size
        scale = min(width / across, height / up, _DENSEST * 2)
        if across < up * 1.6:
            scale *= 0.92
        return across * scale, up * scale

    def draw(
        self, pen: Pen, x: float, y: float, room: tuple[float, float], alternative: str
    ) -> tuple[float, float]:
        """Draw it with its lower left corner at x, y; return its size."""
        width, height = self.fitted(*room)
        box = (x, y, x + width, y + height)
        with pen.canvas.content("Figure", alternative=alternative, box=box):
            pen.canvas.drawImage(
                self._reader, round(x, 2), round(y, 2), round(width, 2), round(height, 2), "auto"
            )
        return width, height

    def draw_on_plate(
        self,
        pen: Pen,
        corner: tuple[float, float],
        room: tuple[float, float],
        alternative: str,
        *,
        from_right: bool = False,
        from_top: bool = False,
    ) -> None:
        """Draw it on a white plate of at most `room`, with one corner of the plate given.

        The corner is the lower left one; `from_right` and `from_top` make it another.
        """
        inner = (room[0] - 2 * _PLATE, room[1] - 2 * _PLATE)
        width, height = (side + 2 * _PLATE for side in self.fitted(*inner))
        x, y = corner
        x -= width if from_right else 0.0
        y -= height if from_top else 0.0
        pen.box(x, y, width, height, fill=WHITE, radius=6)
        self.draw(pen, x + _PLATE, y + _PLATE, inner, alternative)


def read_logo(data: bytes) -> Logo | None:
    """Read a kept picture; None where there is none or it is no picture."""
    drawable = drawable_image(data)
    if drawable is None:
        return None
    from reportlab.lib.utils import ImageReader

    return Logo(ImageReader(io.BytesIO(drawable)))
