"""What draws on a page: text in the document's fonts, rules, boxes and the small marks of state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from csdesk.report.page_shape import A4, PageShape
from csdesk.report.palette import Palette
from csdesk.report.places import Place, Places
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.text_code import TextCode
from csdesk.report.theme import ACCENT, INK, TRACK, Align, Tone
from csdesk.report.typesetting import Typesetter

Point = tuple[float, float]


class Pen:
    """One document's canvas, typesetter, colours and page; y grows upwards, in points."""

    def __init__(
        self,
        canvas: TaggedCanvas,
        typesetter: Typesetter,
        palette: Palette | None = None,
        page: PageShape = A4,
    ) -> None:
        self.canvas = canvas
        self.typesetter = typesetter
        self.palette = palette or Palette()
        self.page = page
        self.places = Places()

    def note_place(self, entity: str, item: str, box: tuple[float, float, float, float]) -> None:
        """Remember that `box` (left, bottom, right, top) of this page shows the item `item`."""
        page = self.canvas.getPageNumber() - 1
        self.places.add(Place(page, *box, entity, item))

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
        """Set `text` in one line with its baseline at `y`; return its width.

        `x` is its left end, its middle or its right end, as `align` says.
        """
        width = self.typesetter.width(text, size, bold=bold)
        if align != "left":
            x -= width / 2 if align == "center" else width
        code = TextCode(self.canvas, self.palette)
        code.move(x, y)
        for run in self.typesetter.runs(text.replace("\n", " "), bold=bold):
            code.style(run.font, size, ink)
            code.show(run.text)
        if self.canvas.is_heard and text.strip():
            # Unseen; without it the next text would be heard as part of the same word.
            code.show(" ")
        code.finish()
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
        """Draw a straight line."""
        self.canvas.saveState()
        self.canvas.setStrokeColor(self.palette.color(ink))
        self.canvas.setLineWidth(width)
        if dash:
            self.canvas.setDash(list(dash))
        self.canvas.line(*(round(one, 2) for one in (*start, *end)))
        self.canvas.restoreState()

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        radius: float = 0.0,
        weight: float = 0.7,
    ) -> None:
        """Draw a rectangle with its lower left corner at x, y."""
        self._paint(fill, stroke, weight)
        x, y, width, height = (round(one, 2) for one in (x, y, width, height))
        radius = round(min(radius, width / 2, height / 2), 2)
        flags = {"fill": int(fill is not None), "stroke": int(stroke is not None)}
        if radius > 0:
            self.canvas.roundRect(x, y, width, height, radius, **flags)
        else:
            self.canvas.rect(x, y, width, height, **flags)

    def polygon(
        self,
        points: Sequence[Point],
        *,
        fill: str | None = None,
        stroke: str | None = None,
        weight: float = 1.0,
        closed: bool = True,
    ) -> None:
        """Draw a figure, or with `closed` False an open line, through `points`."""
        self._paint(fill, stroke, weight)
        path = self.canvas.beginPath()
        path.moveTo(round(points[0][0], 2), round(points[0][1], 2))
        for x, y in points[1:]:
            path.lineTo(round(x, 2), round(y, 2))
        if closed:
            path.close()
        self.canvas.setLineJoin(1)
        self.canvas.drawPath(path, fill=int(fill is not None), stroke=int(stroke is not None))

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str,
        stroke: str | None = None,
        weight: float = 1.0,
    ) -> None:
        """Draw a disc around x, y."""
        self._paint(fill, stroke, weight)
        self.canvas.circle(x, y, radius, fill=1, stroke=int(stroke is not None))

    def diamond(self, x: float, y: float, radius: float, *, fill: str, stroke: str) -> None:
        """Draw a milestone's mark around x, y."""
        points = [(x, y + radius), (x + radius, y), (x, y - radius), (x - radius, y)]
        self.polygon(points, fill=fill, stroke=stroke, weight=1.1)

    def pill(
        self, x: float, y: float, text: str, tone: Tone, *, size: float = 7.4, align: Align = "left"
    ) -> float:
        """Draw a state's word on its soft colour; `y` is the word's baseline. Return its width."""
        width = self.pill_width(text, size)
        if align != "left":
            x -= width / 2 if align == "center" else width
        height = size * 1.9
        self.box(x, y - size * 0.58, width, height, fill=tone.soft, radius=height / 2)
        self.text(x + width / 2, y, text, size, ink=tone.strong, bold=True, align="center")
        return width

    def pill_width(self, text: str, size: float = 7.4) -> float:
        """Measure a pill."""
        return self.typesetter.width(text, size, bold=True) + size * 1.7

    def progress_bar(
        self, x: float, y: float, width: float, share: float | None, *, ink: str = ACCENT
    ) -> None:
        """Draw how much is done, 0 to 1; more or less than that is drawn full or empty."""
        height = 4.4
        self.box(x, y, width, height, fill=TRACK, radius=height / 2)
        if share is not None and share > 0:
            self.box(x, y, max(width * min(share, 1.0), height), height, fill=ink, radius=height)

    def clipped(self, x: float, y: float, width: float, height: float) -> None:
        """Let nothing be drawn outside a rectangle until the state is restored."""
        path = self.canvas.beginPath()
        path.rect(x, y, width, height)
        self.canvas.clipPath(path, stroke=0, fill=0)

    def _paint(self, fill: str | None, stroke: str | None, weight: float) -> None:
        canvas: Any = self.canvas
        if fill is not None:
            canvas.setFillColor(self.palette.color(fill))
        if stroke is not None:
            canvas.setStrokeColor(self.palette.color(stroke))
            canvas.setLineWidth(weight)
