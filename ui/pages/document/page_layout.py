"""Where each page lies on the desk of the preview, and into which pieces it is drawn.

All in pixels of the screen itself, so that a page is sharp at every scaling of the system.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from ui.pages.document.zoom import EDGE

GAP = 14
"""Logical pixels between two pages."""

WHOLE = 4_000_000
"""Pixels up to which a page is drawn as one piece."""

PIECE = 1_024
"""Pixels of a side of a piece of a larger page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page drawn at once; `whole` is the page's size in the same pixels."""

    page: int
    whole: tuple[int, int]
    part: tuple[int, int, int, int]
    """x, y, width, height inside the page."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The places of all pages below each other, and the size of it all."""

    pages: tuple[QRect, ...]
    size: QSize
    scale: float
    """Pixels for a point."""

    def visible(self, view: QRect) -> range:
        """Return the pages that a part of the desk shows."""
        first = self.page_at(view.top())
        last = self.page_at(view.bottom())
        while first < len(self.pages) and self.pages[first].bottom() < view.top():
            first += 1
        while last >= 0 and last < len(self.pages) and self.pages[last].top() > view.bottom():
            last -= 1
        return range(first, last + 1)

    def page_at(self, y: int) -> int:
        """Return the page at a height, or the one next to it; 0 where there is none."""
        low, high = 0, len(self.pages) - 1
        while low < high:
            middle = (low + high) // 2
            if self.pages[middle].bottom() < y:
                low = middle + 1
            else:
                high = middle
        return max(0, low)

    def pieces(self, page: int, view: QRect) -> Iterator[Piece]:
        """Yield the pieces of a page that a part of the desk shows, from the top."""
        place = self.pages[page]
        whole = (place.width(), place.height())
        if whole[0] * whole[1] <= WHOLE:
            yield Piece(page, whole, (0, 0, *whole))
            return
        seen = view.intersected(place).translated(-place.topLeft())
        for y in range(seen.top() // PIECE * PIECE, seen.bottom() + 1, PIECE):
            for x in range(seen.left() // PIECE * PIECE, seen.right() + 1, PIECE):
                size = (min(PIECE, whole[0] - x), min(PIECE, whole[1] - y))
                if size[0] > 0 and size[1] > 0:
                    yield Piece(page, whole, (x, y, *size))


def lay_out(
    sizes: Sequence[tuple[float, float]], scale: float, ratio: float, room: QSize
) -> PageLayout:
    """Place pages of these sizes, in points, in a room of that many pixels.

    `scale` is logical pixels for a point, `ratio` pixels for a logical pixel.
    """
    factor = scale * ratio
    edge, gap = round(EDGE * ratio), round(GAP * ratio)
    extents = [
        QSize(max(1, round(wide * factor)), max(1, round(high * factor))) for wide, high in sizes
    ]
    width = max([room.width(), *(extent.width() + 2 * edge for extent in extents)])
    height = sum(extent.height() + gap for extent in extents) - gap + 2 * edge
    top = edge + max(0, (room.height() - height) // 2)
    places = []
    for extent in extents:
        places.append(QRect(QPoint((width - extent.width()) // 2, top), extent))
        top += extent.height() + gap
    return PageLayout(tuple(places), QSize(width, max(height, room.height())), factor)
