"""The pages a document can be laid out for: their size, margins, and the room between them."""

from __future__ import annotations

from dataclasses import dataclass

from csdesk.model.vocabulary import PageSize


@dataclass(frozen=True, slots=True)
class PageShape:
    """A page in points; y grows upwards from its lower edge."""

    width: float
    height: float
    margin: float
    """Left and right."""
    head: float
    """From the upper edge to the first line of the content."""
    foot: float
    """From the lower edge to the last line of the content."""
    is_wide: bool = False
    """Whether it is a screen's page, wider than high."""

    @property
    def top(self) -> float:
        """Where the content begins."""
        return self.height - self.head

    @property
    def bottom(self) -> float:
        """Where the content ends."""
        return self.foot

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - self.margin

    @property
    def content_width(self) -> float:
        """How wide the content is."""
        return self.width - 2 * self.margin

    @property
    def content_height(self) -> float:
        """How high the content of one page can be."""
        return self.top - self.bottom


A4 = PageShape(595.28, 841.89, margin=48.0, head=62.0, foot=58.0)
LETTER = PageShape(612.0, 792.0, margin=50.0, head=60.0, foot=56.0)
WIDE = PageShape(842.0, 473.63, margin=46.0, head=54.0, foot=44.0, is_wide=True)

_SHAPES = {PageSize.A4: A4, PageSize.LETTER: LETTER, PageSize.WIDE: WIDE}


def shape_of(size: PageSize) -> PageShape:
    """Return the shape of a page size."""
    return _SHAPES[size]
