"""Remembers where the texts and lines of a page were drawn, for laws about what may not touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.page_shape import PageShape
from csdesk.report.pen import Pen, Point
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.theme import INK, Align
from csdesk.report.typesetting import Typesetter

_ABOVE, _BELOW = 0.74, 0.16
"""How far letters of the size 1 reach from their baseline, digits and capitals at least."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, and the text or colour in it."""

    left: float
    bottom: float
    right: float
    top: float
    what: str

    def touches(self, other: Box, room: float = 0.0) -> bool:
        """Tell whether two boxes share a place, or come closer than `room`."""
        return (
            self.left < other.right + room
            and other.left < self.right + room
            and self.bottom < other.top + room
            and other.bottom < self.top + room
        )


class WatchedPen(Pen):
    """A pen that draws as any other and remembers the boxes of texts and straight lines."""

    def __init__(self, page: PageShape) -> None:
        glyphs(REGULAR)
        size = (page.width, page.height)
        canvas = TaggedCanvas(None, pagesize=size, initialFontName=REGULAR, invariant=1)
        super().__init__(canvas, Typesetter(), page=page)
        self.texts: list[Box] = []
        self.lines: list[Box] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        ink: str = INK,
        bold: bool = False,
        align: Align = "left",
    ) -> float:
        """Set a text and remember its box."""
        width = super().text(x, y, text, size, ink=ink, bold=bold, align=align)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        if text.strip():
            box = Box(left, y - _BELOW * size, left + width, y + _ABOVE * size, text)
            self.texts.append(box)
        return width

    def line(
        self,
        start: Point,
        end: Point,
        *,
        ink: str,
        width: float = 0.6,
        dash: Sequence[float] | None = None,
    ) -> None:
        """Draw a line and remember its box."""
        super().line(start, end, ink=ink, width=width, dash=dash)
        half = width / 2
        low, high = sorted((start[1], end[1]))
        left, right = sorted((start[0], end[0]))
        self.lines.append(Box(left - half, low - half, right + half, high + half, ink))
