"""Lists, so that who hears a document is told how many items there are and where each begins."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from csdesk.report.blocks import Block, Stack
from csdesk.report.pen import Pen


def listed(rows: Sequence[Block]) -> Stack:
    """Put blocks under each other as the items of one list; they look as without it."""
    items = Stack([_Item(row) for row in rows], role="L")
    items.space_before = rows[0].space_before if rows else 0.0
    return items


class _Item(Block):
    """One item of a list; its parts on two pages are one item."""

    def __init__(self, inside: Block, key: Hashable = None) -> None:
        self._inside = inside
        self._key = object() if key is None else key
        self.space_before = inside.space_before
        self.keeps_next = inside.keeps_next

    def height(self, width: float) -> float:
        """Measure the block."""
        return self._inside.height(width)

    def least(self, width: float) -> float:
        """Measure the block's first part."""
        return self._inside.least(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part the block."""
        parted = self._inside.split(width, room)
        if parted is None:
            return None
        first, rest = (_Item(part, self._key) for part in parted)
        return first, rest

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the block as the body of an item."""
        canvas = pen.canvas
        with canvas.element("LI", key=self._key), canvas.element("LBody", key=(self._key, "body")):
            self._inside.draw(pen, x, top, width)
