"""Tables: a header repeated on each page, rows parted where they must be, cells tagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csdesk.report.blocks import KEEP_ROW, TOLERANCE, Block, Columns
from csdesk.report.paragraph import Paragraph
from csdesk.report.pen import Pen
from csdesk.report.theme import LABEL, LINE, MUTED, Align, TextStyle
from csdesk.report.typesetting import Typesetter

GAP = 9.0
"""The room between two columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its share of the table's width."""

    heading: str
    share: float
    align: Align = "left"


class _Row(Columns):
    """A row whose cells are data."""

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the row as a TR."""
        with pen.canvas.element("TR"):
            super().draw(pen, x, top, width)

    def draw_cell(
        self, pen: Pen, index: int, cell: Block, x: float, top: float, width: float
    ) -> None:
        """Draw one cell as a TD; what is in it has no parts of its own."""
        with pen.canvas.content("TD"):
            cell.draw(pen, x, top, width)


class _HeaderRow(_Row):
    """The row of headings."""

    def draw_cell(
        self, pen: Pen, index: int, cell: Block, x: float, top: float, width: float
    ) -> None:
        """Draw one heading as a TH."""
        with pen.canvas.content("TH", heads="Column"):
            cell.draw(pen, x, top, width)


class Table(Block):
    """Rows of cells under a header."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Block]],
        typesetter: Typesetter,
        *,
        title: str = "",
        space_before: float = 0.0,
    ) -> None:
        """Take one block for each column in each row; `title` names the table for a reader."""
        self._title = title
        self._key: object = object()
        self._is_continued = False
        self.space_before = space_before
        self._header = _HeaderRow(
            [
                (column.share, Paragraph(column.heading, _heading(column.align), typesetter))
                for column in columns
            ],
            gap=GAP,
            padding=3.2,
            rule=MUTED,
        )
        shares = [column.share for column in columns]
        self._rows: list[Block] = [
            _Row(list(zip(shares, row, strict=True)), gap=GAP, padding=4.0, rule=LINE)
            for row in rows
        ]

    def height(self, width: float) -> float:
        """Add up the header and the rows."""
        return self._header.height(width) + sum(row.height(width) for row in self._rows)

    def least(self, width: float) -> float:
        """Measure the header and two rows, or the beginning of a first row that is very high."""
        height = self._header.height(width) + self._rows[0].least(width)
        if len(self._rows) > 1 and self._rows[0].height(width) <= KEEP_ROW:
            height += self._rows[1].least(width)
        return height

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part between rows, or within one that is too high to be kept whole."""
        left = room - self._header.height(width)
        for index, row in enumerate(self._rows):
            if row.height(width) <= left + TOLERANCE:
                left -= row.height(width)
                continue
            taken, rest = self._rows[:index], self._rows[index:]
            if row.least(width) <= left + TOLERANCE:
                parted = row.split(width, left)
                if parted is not None:
                    taken, rest = [*taken, parted[0]], [parted[1], *rest[1:]]
            if not taken:
                return None
            return self._part(taken, is_continued=self._is_continued), self._part(rest)
        return None

    def forced(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part within the first row, or after it where it cannot be parted."""
        first, rest = self._rows[0], self._rows[1:]
        parted = first.split(width, room - self._header.height(width))
        if parted is not None:
            first, rest = parted[0], [parted[1], *rest]
        if not rest:
            return None
        return self._part([first], is_continued=self._is_continued), self._part(rest)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw header and rows; a header repeated on a later page is not read out again."""
        with pen.canvas.element("Table", key=self._key, title=self._title):
            if self._is_continued:
                with pen.canvas.decoration():
                    self._header.draw(pen, x, top, width)
            else:
                with pen.canvas.element("THead"):
                    self._header.draw(pen, x, top, width)
            top -= self._header.height(width)
            with pen.canvas.element("TBody", key=(self._key, "body")):
                for row in self._rows:
                    row.draw(pen, x, top, width)
                    top -= row.height(width)

    def _part(self, rows: list[Block], *, is_continued: bool = True) -> Table:
        part = object.__new__(Table)
        part._title, part._key, part._header = self._title, self._key, self._header
        part._rows, part._is_continued = rows, is_continued
        return part


def _heading(align: Align) -> TextStyle:
    return TextStyle(LABEL.size, LABEL.leading, LABEL.color, align=align, max_lines=2)
