"""What of a row the mouse points at."""

from __future__ import annotations

from enum import StrEnum

from csdesk.actions.plan_items import ItemKind
from ui.pages.plan.timeline.bars import Drawn, link_handle
from ui.pages.plan.timeline.shapes import DIAMOND, EDGE

_HANDLE = 6.0
"""Pixels around the middle of a handle that belong to it."""


class Zone(StrEnum):
    """A part of a row."""

    MOVE = "move"
    START = "start"
    END = "end"
    LINK = "link"
    """The handle from which a dependency is drawn."""
    EMPTY = "empty"
    """Anywhere in the row of an item without a date."""
    ROW = "row"


def zone_at(drawn: Drawn, x: float) -> Zone:
    """Tell which part of a row stands at `x`; edges win over the bar, the handle over edges."""
    shape, label, item = drawn.shape, drawn.label, drawn.row.item
    if shape is None:
        return Zone.ROW if item.is_closed else Zone.EMPTY
    is_milestone = item.ref.kind is ItemKind.MILESTONE
    if is_milestone and not item.is_closed and abs(x - link_handle(shape)) <= _HANDLE:
        return Zone.LINK
    if shape.begin - 2 <= x <= shape.end + 2:
        edge = min(EDGE, (shape.right - shape.left) / 4)
        if shape.has_bar and not item.is_closed:
            if x <= shape.left + edge:
                return Zone.START
            # The diamond at the end of a bar is its date; alone it is all there is to move.
            last = shape.right - edge if shape.point is None else shape.point - DIAMOND
            if x >= last:
                return Zone.END
        return Zone.MOVE
    reach = label.width + (label.more_width if label.more_x >= label.x else 0)
    if not label.away and label.x <= x <= label.x + reach:
        return Zone.MOVE
    return Zone.ROW
