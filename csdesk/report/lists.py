"""Lists, so that who hears a document is told how many items there are and where each begins."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from csdesk.report.blocks import Block, Stack, Wrapped
from csdesk.report.pen import Pen


def listed(rows: Sequence[Block]) -> Stack:
    """Put blocks under each other as the items of one list; they look as without it."""
    items = Stack([_Item(row) for row in rows], role="L")
    items.space_before = rows[0].space_before if rows else 0.0
    return items


class _Item(Wrapped):
    """One item of a list; its parts on two pages are one item."""

    def __init__(self, inside: Block, key: Hashable = None) -> None:
        super().__init__(inside)
        self._key = object() if key is None else key

    def around(self, part: Block) -> _Item:
        """Let each part be of the same item."""
        return _Item(part, self._key)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the block as the body of an item."""
        canvas = pen.canvas
        with canvas.element("LI", key=self._key), canvas.element("LBody", key=(self._key, "body")):
            self._inside.draw(pen, x, top, width)
