"""Where bars, diamonds, their labels and the arrows between them stand: numbers, no paint."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ui.pages.plan.timeline.scale import Scale

LEAST_BAR = 8.0
"""Pixels of a bar that has only one date."""
DIAMOND = 6.0
"""Half of what a diamond is high and wide, in pixels."""
EDGE = 6.0
"""Pixels at either end of a bar that stretch it."""
PADDING = 6.0
"""Pixels between the end of a bar and the label inside it."""
BESIDE = 5.0
"""Pixels between a bar or diamond and the label beside it."""
GAP = 8.0
"""Pixels between a title and what is said after it."""
_HANDLE_ROOM = 9.0
"""Pixels beside a diamond for the handle from which a dependency is drawn."""
_TURN = 7.0
"""Pixels an arrow goes straight on at least before it reaches what waits."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar from `left` to `right`; `point` is the middle of its diamond, if it has one."""

    left: float
    right: float
    point: float | None = None
    has_bar: bool = True
    is_open: bool = False
    """Whether it has no end: it starts, and is due some day."""

    @property
    def begin(self) -> float:
        """Where it is seen from."""
        return self.left if self.point is None else min(self.left, self.point - DIAMOND)

    @property
    def end(self) -> float:
        """Where it is seen to."""
        return self.right if self.point is None else max(self.right, self.point + DIAMOND)

    @property
    def beside(self) -> float:
        """Where words beside it begin."""
        return self.end + BESIDE + (_HANDLE_ROOM if self.point is not None else 0.0)


def shape_of(
    start_on: dt.date | None, due_on: dt.date | None, scale: Scale, *, is_milestone: bool
) -> Shape | None:
    """Return the bar of these dates; None without any. Dates in disorder make a bar too."""
    if due_on is None:
        if start_on is None:
            return None
        left = scale.x(start_on)
        return Shape(left, max(scale.end(start_on), left + LEAST_BAR), is_open=True)
    point = scale.middle(due_on) if is_milestone else None
    if start_on is None or start_on == due_on:
        if point is not None:
            return Shape(point, point, point, has_bar=False)
        right = scale.end(due_on)
        return Shape(min(scale.x(due_on), right - LEAST_BAR), right)
    first, last = min(start_on, due_on), max(start_on, due_on)
    right = point if point is not None and last == due_on else scale.end(last)
    left = scale.x(first)
    return Shape(left, max(right, left + 2), point)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a row's title and what is said after it stand; widths are cut to what fits."""

    x: float
    width: float
    is_inside: bool
    more_x: float
    more_width: float
    away: int = 0
    """-1 where the bar lies beyond the left edge of what can be seen, 1 beyond the right."""


def label_of(shape: Shape | None, title: float, more: float, view: float) -> Label:
    """Place a title and more words after it, given their widths and the width one sees.

    Inside the bar where the title fits into the part of it that can be seen, beside it where
    there is room, right before left; else cut short where there is most room. Nothing of it lies
    out of view.
    """
    after = GAP + more if more else 0.0
    if shape is None:
        return _line(PADDING + 2, title, more, view - 2 * PADDING, is_inside=False)
    if shape.end <= 0 or shape.begin >= view:
        arrow = 14.0
        room = view - 2 * PADDING - arrow
        width = min(title + after, room)
        is_left = shape.end <= 0
        x = PADDING + arrow if is_left else max(view - PADDING - arrow - width, PADDING)
        return _line(x, title, more, room, is_inside=False, away=-1 if is_left else 1)
    left, right = max(shape.left, 0.0), min(shape.right, view)
    if shape.has_bar and title + 2 * PADDING <= _clear_right(shape, right) - left:
        return _inside(shape, left, right, title, more, view)
    right_room = view - PADDING - shape.beside
    left_room = shape.begin - BESIDE - PADDING
    if title + after <= right_room:
        return _line(shape.beside, title, more, right_room, is_inside=False)
    if title + after <= left_room:
        x = shape.begin - BESIDE - title - after
        return _line(x, title, more, left_room, is_inside=False)
    inside_room = _clear_right(shape, right) - left - 2 * PADDING if shape.has_bar else 0.0
    if inside_room >= max(right_room, left_room):
        return _inside(shape, left, right, inside_room, more, view)
    if right_room >= left_room:
        return _line(shape.beside, title, more, right_room, is_inside=False)
    return _line(PADDING, title, more, left_room, is_inside=False)


def _clear_right(shape: Shape, right: float) -> float:
    """Return where a bar's label has to end: before the diamond on it."""
    if shape.point is None or shape.point - DIAMOND > right:
        return right
    return shape.point - DIAMOND + 2


def _inside(
    shape: Shape, left: float, right: float, title: float, more: float, view: float
) -> Label:
    """Put the title into the bar and the rest beside it, or after it where beside is no room."""
    x = left + PADDING
    if not more:
        return Label(x, title, True, x, 0)
    beside = shape.beside
    if beside + more <= view - PADDING:
        return Label(x, title, True, beside, more)
    before = shape.begin - BESIDE - more
    if before >= PADDING:
        return Label(x, title, True, before, more)
    # The bar fills the view: what is said after the title stands in it too, as far as it goes.
    within = x + title + GAP
    return Label(x, title, True, within, max(min(more, _clear_right(shape, right) - within - 4), 0))


def _line(
    x: float, title: float, more: float, room: float, *, is_inside: bool, away: int = 0
) -> Label:
    """Put both one after the other; a title that is too long is cut, but not to nothing."""
    room = max(room, 0.0)
    if not more or title + GAP + more <= room:
        width = min(title, room)
        return Label(x, width, is_inside, x + width + GAP, more or 0.0, away)
    width = min(title, max(room - GAP - more, room * 0.45))
    rest = max(room - width - GAP, 0.0)
    return Label(x, width, is_inside, x + width + GAP, min(more, rest), away)


@dataclass(frozen=True, slots=True)
class Arrow:
    """The corners of an arrow's line; its tip is the last one."""

    points: tuple[tuple[float, float], ...]


def arrow_between(
    source: Shape, source_y: float, target: Shape, target_y: float, row_height: float
) -> Arrow:
    """Lead an arrow from the end of one shape to the beginning of another.

    It leaves the diamond upright and goes along the rows where it crosses fewest bars: straight
    into the waiting bar where that begins later, else in between two rows and into it from above
    or below.
    """
    down = 1.0 if target_y >= source_y else -1.0
    x = source.point if source.point is not None else source.right
    leave = (x, source_y + down * (DIAMOND if source.point is not None else 4.0))
    entry = target.begin
    if entry - x >= _TURN + 3:
        return Arrow((leave, (x, target_y), (entry - 1, target_y)))
    # The waiting one begins before the other ends: enter it from the side the arrow comes from.
    tip_x = entry + 4 if target.has_bar else (target.point or entry)
    tip_y = target_y - down * (DIAMOND + 2)
    between = target_y - down * row_height / 2
    if abs(tip_x - x) < 2:
        return Arrow((leave, (x, tip_y)))
    return Arrow((leave, (x, between), (tip_x, between), (tip_x, tip_y)))
