"""Running text: lines broken by the rules of both languages, split over pages, tagged by role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csdesk.report.blocks import Block
from csdesk.report.fonts import advances, font_for
from csdesk.report.line_breaking import Line, break_lines, phrase_breaks
from csdesk.report.pen import Pen
from csdesk.report.text_code import TextCode
from csdesk.report.theme import TextStyle
from csdesk.report.typesetting import Typesetter, left_out_mark

_BASELINE = 0.38
"""How far below the middle of its line a letter's baseline stands, as a share of its size."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph that is set differently; what is None follows the paragraph."""

    text: str
    bold: bool | None = None
    ink: str | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters from `start` to `end` of the whole text with one font and colour."""

    start: int
    end: int
    font: str
    ink: str


class _Body:
    """The text of a paragraph with its fonts and widths, shared by the parts of a split one."""

    def __init__(self, spans: Sequence[Span], style: TextStyle, typesetter: Typesetter) -> None:
        self.style = style
        self.typesetter = typesetter
        self.pieces: list[_Piece] = []
        self.widths: list[float] = []
        texts: list[str] = []
        position = 0
        for span in spans:
            bold = style.bold if span.bold is None else span.bold
            for run in typesetter.runs(span.text, bold=bold):
                end = position + len(run.text)
                self.pieces.append(_Piece(position, end, run.font, span.ink or style.color))
                self.widths += advances(run.text, run.font, style.size)
                texts.append(run.text)
                position = end
        self.text = "".join(texts)

    def lines(self, start: int, end: int, width: float) -> list[Line]:
        """Break the characters from `start` to `end`."""
        text = self.text[start:end]
        style = self.style
        preferred = phrase_breaks(text) if style.phrases and len(text) < 400 else frozenset()
        broken = break_lines(
            text, self.widths[start:end], width, preferred=preferred, balanced=style.phrases
        )
        return [Line(line.start + start, line.end + start, line.width) for line in broken]

    def cut(self, line: Line, width: float) -> Line:
        """Shorten `line` so that the mark of what is left out fits behind it."""
        mark = left_out_mark(self.text[line.start : line.end])
        room = width - self.typesetter.width(mark, self.style.size, bold=self.style.bold)
        end, used = line.end, line.width
        while end > line.start and used > room:
            end -= 1
            used -= self.widths[end]
        return Line(line.start, end, used)


class Paragraph(Block):
    r"""Text in one style; "\n" begins a new line."""

    def __init__(
        self,
        text: str | Sequence[Span],
        style: TextStyle,
        typesetter: Typesetter,
        *,
        space_before: float = 0.0,
        keeps_next: bool = False,
    ) -> None:
        spans = [Span(text)] if isinstance(text, str) else text
        self._body = _Body(spans, style, typesetter)
        self._start, self._end = 0, len(self._body.text)
        self._broken: tuple[float, list[Line], bool] | None = None
        self.space_before = space_before
        self.keeps_next = keeps_next

    def lines(self, width: float) -> list[str]:
        """Return the text of each line at `width`."""
        return [self._body.text[line.start : line.end] for line in self._lines(width)[0]]

    def natural_width(self) -> float:
        """Measure the text set in one line."""
        return sum(self._body.widths[self._start : self._end])

    def height(self, width: float) -> float:
        """Return as many leadings as there are lines."""
        return len(self._lines(width)[0]) * self._body.style.leading

    def least(self, width: float) -> float:
        """Return two lines, or all of a paragraph of three."""
        count = len(self._lines(width)[0])
        return (count if count <= 3 else 2) * self._body.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part between lines, with no single line on either page."""
        lines, _ = self._lines(width)
        count = int(room / self._body.style.leading + 1e-6)
        if len(lines) - count == 1:
            count -= 1
        if count < 2 or count >= len(lines):
            return None
        return self._part(width, lines[:count]), self._part(width, lines[count:])

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Set the lines."""
        style = self._body.style
        lines, is_cut = self._lines(width)
        y = top - style.leading / 2 - style.size * _BASELINE
        is_part = pen.canvas.is_heard
        with pen.canvas.content(style.role, key=self._body):
            code = TextCode(pen.canvas, pen.palette)
            index = 0
            pieces = self._body.pieces
            for line in lines:
                code.move(x + self._indent(line, width), y)
                y -= style.leading
                while index < len(pieces) and pieces[index].end <= line.start:
                    index += 1
                for piece in pieces[index:]:
                    if piece.start >= line.end:
                        break
                    code.style(piece.font, style.size, piece.ink)
                    start, end = max(piece.start, line.start), min(piece.end, line.end)
                    code.show(self._body.text[start:end])
                if line.end > line.start and self._body.text[line.end : line.end + 1].isspace():
                    # Unseen at the line's end; without it who hears the text hears one word.
                    code.show(" ")
            if is_cut:
                code.style(font_for(bold=style.bold), style.size, style.color)
                code.show(left_out_mark(self._body.text[lines[-1].start : lines[-1].end]))
            elif is_part and lines and lines[-1].end > lines[-1].start:
                code.show(" ")  # another paragraph may follow in the same cell
            code.finish()

    def _indent(self, line: Line, width: float) -> float:
        align = self._body.style.align
        if align == "left":
            return 0.0
        return (width - line.width) / (2 if align == "center" else 1)

    def _lines(self, width: float) -> tuple[list[Line], bool]:
        width = min(width, self._body.style.measure)
        if self._broken is None or self._broken[0] != width:
            lines = self._body.lines(self._start, self._end, width)
            most = self._body.style.max_lines
            is_cut = most is not None and len(lines) > most
            if is_cut:
                lines = [*lines[: (most or 1) - 1], self._body.cut(lines[(most or 1) - 1], width)]
            self._broken = (width, lines, is_cut)
        return self._broken[1], self._broken[2]

    def _part(self, width: float, lines: list[Line]) -> Paragraph:
        part = object.__new__(Paragraph)
        part._body = self._body
        part._start, part._end = lines[0].start, lines[-1].end
        part._broken = (min(width, self._body.style.measure), lines, False)
        return part
