"""The pieces a page is made of, how they stand under and beside each other, and how they part.

A block knows its height at a width, draws itself, and may be split where a page ends. Compared
with ReportLab's own layout this is typed, keeps headings with what they head, and splits cells of
any height.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

from csdesk.report.pen import Pen
from csdesk.report.theme import LINE

TOLERANCE = 0.01
KEEP_TOGETHER = 340.0
"""A stack that should stay together is parted where it is higher than this: with its heading a
screen's page holds no more."""
KEEP_ROW = 130.0
"""A row of columns is parted where it is higher than this."""
KEEP_HEADING = 160.0
"""A heading higher than this (somebody pasted a story into a title) is kept with nothing."""


class Block(ABC):
    """Something that takes a place on a page; all measures in points."""

    space_before: float = 0.0
    """Room above, dropped at the top of a page."""
    keeps_next: bool = False
    """Whether it must not be the last thing on a page, as a heading."""

    @abstractmethod
    def height(self, width: float) -> float:
        """Measure how high the block is when it is `width` wide."""

    @abstractmethod
    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the block with its upper left corner at x, top."""

    def least(self, width: float) -> float:
        """Measure how much room its first part needs; the whole where it cannot be split."""
        return self.height(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part the block into what fits into `room` and the rest; None where it cannot be."""
        return None

    def forced(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part the block at the top of a page, though a part of it should have stayed whole.

        None where it cannot be parted at all; then it is drawn over the page's end.
        """
        return self.split(width, room)


class Wrapped(Block):
    """A block around another, which decides its size and where it parts."""

    def __init__(self, inside: Block) -> None:
        self._inside = inside
        self.space_before = inside.space_before
        self.keeps_next = inside.keeps_next

    @abstractmethod
    def around(self, part: Block) -> Block:
        """Put the same around a part of what is inside."""

    def around_rest(self, part: Block) -> Block:
        """Put the same around what goes on the next page."""
        return self.around(part)

    def height(self, width: float) -> float:
        """Measure what is inside."""
        return self._inside.height(width)

    def least(self, width: float) -> float:
        """Measure the first part of what is inside."""
        return self._inside.least(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part what is inside; each part is wrapped again."""
        return self._wrapped(self._inside.split(width, room))

    def forced(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part what is inside, though a part of it should have stayed whole."""
        return self._wrapped(self._inside.forced(width, room))

    def _wrapped(self, parted: tuple[Block, Block] | None) -> tuple[Block, Block] | None:
        return parted and (self.around(parted[0]), self.around_rest(parted[1]))


def over_pages(story: Block, width: float, room: float) -> Iterator[Block]:
    """Yield what stands on each page of `room`, in order; nothing of `story` is lost."""
    rest = story
    while rest.height(width) > room + TOLERANCE:
        parted = rest.split(width, room) or rest.forced(width, room)
        if parted is None:
            break
        first, rest = parted
        yield first
    yield rest


class Space(Block):
    """Empty room between two blocks, none at the top of a page."""

    def __init__(self, height: float) -> None:
        self.space_before = height

    def height(self, width: float) -> float:
        """Return nothing: its room is all before it."""
        return 0.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw nothing."""


class Stack(Block):
    """Blocks one under the other."""

    def __init__(
        self,
        blocks: Sequence[Block],
        *,
        space_before: float = 0.0,
        together: bool = False,
        keeps_next: bool = False,
        role: str = "",
        title: str = "",
        key: object = None,
    ) -> None:
        self._blocks = list(blocks)
        self._together = together
        self._role = role
        self._title = title
        self._key = key or object()
        self._measured = (-1.0, 0.0)
        self.space_before = space_before
        self.keeps_next = keeps_next

    def height(self, width: float) -> float:
        """Add up the blocks and the room between them."""
        if self._measured[0] != width:
            height = 0.0
            for index, block in enumerate(self._blocks):
                height += block.height(width) + (block.space_before if index else 0.0)
            self._measured = (width, height)
        return self._measured[1]

    def least(self, width: float) -> float:
        """Measure the first block that may end a page, and those it is kept with."""
        if not self._blocks:
            return 0.0
        if self._together:
            height = self.height(width)
            if height <= KEEP_TOGETHER:
                return height
        total = 0.0
        for index, block in enumerate(self._blocks):
            total += block.space_before if index else 0.0
            if not self._keeps_next(block, width):
                return total + block.least(width)
            total += block.height(width)
        return total

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part after the last block that fits, or within the one that does not."""
        taken: list[Block] = []
        left = room
        for index, block in enumerate(self._blocks):
            before = block.space_before if taken else 0.0
            need = before + block.height(width)
            if need <= left + TOLERANCE and self._chain_fits(index, width, left - before):
                taken.append(block)
                left -= need
                continue
            rest = self._blocks[index:]
            parted = None
            if block.least(width) <= left - before + TOLERANCE:
                parted = block.split(width, left - before)
            if parted is not None:
                parted[0].space_before = block.space_before
                taken.append(parted[0])
                rest = [parted[1], *self._blocks[index + 1 :]]
            return (self._part(taken), self._part(rest)) if taken else None
        return None

    def forced(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part after what fits, whatever should stay together; one block at least goes first."""
        left = room
        for index, block in enumerate(self._blocks):
            before = block.space_before if index else 0.0
            if before + block.height(width) <= left + TOLERANCE:
                left -= before + block.height(width)
                continue
            parted = block.split(width, left - before) or block.forced(width, left - before)
            if parted is not None:
                parted[0].space_before = block.space_before
                first = [*self._blocks[:index], parted[0]]
                return self._part(first), self._part([parted[1], *self._blocks[index + 1 :]])
            count = max(index, 1)
            if count >= len(self._blocks):
                return None
            return self._part(self._blocks[:count]), self._part(self._blocks[count:])
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the blocks from the top down."""
        if self._role:
            with pen.canvas.element(self._role, key=self._key, title=self._title):
                self._draw_blocks(pen, x, top, width)
        else:
            self._draw_blocks(pen, x, top, width)

    def _draw_blocks(self, pen: Pen, x: float, top: float, width: float) -> None:
        for index, block in enumerate(self._blocks):
            top -= block.space_before if index else 0.0
            block.draw(pen, x, top, width)
            top -= block.height(width)

    def _chain_fits(self, index: int, width: float, room: float) -> bool:
        """Tell whether a block that keeps its next has room for the beginning of that, too."""
        while index + 1 < len(self._blocks) and self._keeps_next(self._blocks[index], width):
            room -= self._blocks[index].height(width)
            index += 1
            room -= self._blocks[index].space_before
            if self._blocks[index].least(width) > room + TOLERANCE:
                return False
        return True

    @staticmethod
    def _keeps_next(block: Block, width: float) -> bool:
        return block.keeps_next and block.height(width) <= KEEP_HEADING

    def _part(self, blocks: list[Block]) -> Stack:
        return Stack(blocks, role=self._role, title=self._title, key=self._key)


class Columns(Block):
    """Blocks side by side, such as the cells of a table's row."""

    def __init__(
        self,
        cells: Sequence[tuple[float, Block]],
        *,
        gap: float = 12.0,
        space_before: float = 0.0,
        padding: float = 0.0,
        rule: str | None = None,
    ) -> None:
        """Take each cell's share of the width; the shares need not add up to 1.

        `padding` is added above and below; `rule` is the colour of a line underneath. Cards in
        one row are made as high as the highest.
        """
        self._cells = list(cells)
        self._gap = gap
        self._padding = padding
        self._rule = rule
        self._measured = (-1.0, 0.0)
        self.space_before = space_before

    def widths(self, width: float) -> list[float]:
        """Return how wide each cell is."""
        shares = sum(share for share, _ in self._cells)
        room = width - self._gap * (len(self._cells) - 1)
        return [room * share / shares for share, _ in self._cells]

    def height(self, width: float) -> float:
        """Measure the highest cell."""
        if self._measured[0] != width:
            highest = 0.0
            for own, (_, cell) in zip(self.widths(width), self._cells, strict=True):
                highest = max(highest, cell.height(own))
            self._measured = (width, highest + 2 * self._padding)
        return self._measured[1]

    def least(self, width: float) -> float:
        """Measure the room in which every cell can begin; a low row is never parted."""
        height = self.height(width)
        if height <= KEEP_ROW:
            return height
        widths = self.widths(width)
        first = max(
            min(cell.least(own), cell.height(own))
            for own, (_, cell) in zip(widths, self._cells, strict=True)
        )
        return first + 2 * self._padding

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part each cell that is higher than `room`."""
        inner = room - 2 * self._padding
        first: list[tuple[float, Block]] = []
        rest: list[tuple[float, Block]] = []
        for own, (share, cell) in zip(self.widths(width), self._cells, strict=True):
            if cell.height(own) <= inner + TOLERANCE:
                first.append((share, cell))
                rest.append((share, Space(0.0)))
                continue
            parted = cell.split(own, inner)
            if parted is None:
                return None
            first.append((share, parted[0]))
            rest.append((share, parted[1]))
        return self._part(first, None), self._part(rest, self._rule)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the cells from left to right."""
        height = self.height(width)
        if self._rule:
            pen.line((x, top - height), (x + width, top - height), ink=self._rule)
        for index, (own, (_, cell)) in enumerate(zip(self.widths(width), self._cells, strict=True)):
            if isinstance(cell, Card):
                cell.least_height = height - 2 * self._padding
            self.draw_cell(pen, index, cell, x, top - self._padding, own)
            x += own + self._gap

    def draw_cell(
        self, pen: Pen, index: int, cell: Block, x: float, top: float, width: float
    ) -> None:
        """Draw one cell; a table's row tags it."""
        cell.draw(pen, x, top, width)

    def _part(self, cells: list[tuple[float, Block]], rule: str | None) -> Columns:
        return type(self)(cells, gap=self._gap, padding=self._padding, rule=rule)


class Card(Block):
    """A block in a rounded frame."""

    def __init__(
        self,
        inside: Block,
        *,
        padding: float = 10.0,
        fill: str | None = None,
        stroke: str | None = LINE,
        space_before: float = 0.0,
    ) -> None:
        self._inside = inside
        self._padding = padding
        self._fill = fill
        self._stroke = stroke
        self.space_before = space_before
        self.least_height = 0.0
        """How high the frame is drawn at least, to match the cards beside it."""

    def height(self, width: float) -> float:
        """Measure what is inside, with the padding around it."""
        return self._inside.height(width - 2 * self._padding) + 2 * self._padding

    def least(self, width: float) -> float:
        """Measure the frame around the first part of what is inside."""
        return self._inside.least(width - 2 * self._padding) + 2 * self._padding

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part what is inside; each part gets a frame."""
        parted = self._inside.split(width - 2 * self._padding, room - 2 * self._padding)
        if parted is None:
            return None
        return self._part(parted[0]), self._part(parted[1])

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the frame and what is inside."""
        height = max(self.height(width), self.least_height)
        pen.box(x, top - height, width, height, fill=self._fill, stroke=self._stroke, radius=6)
        self._inside.draw(pen, x + self._padding, top - self._padding, width - 2 * self._padding)

    def _part(self, inside: Block) -> Card:
        return Card(inside, padding=self._padding, fill=self._fill, stroke=self._stroke)
