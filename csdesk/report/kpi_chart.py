"""The chart of one KPI: actual values, the line from baseline to target, the target itself.

Gaps in the data stay gaps; values worse than the baseline or better than the target stay where
they are. The course is drawn by matplotlib, words and grid by the pen: matplotlib's own axes take
ten times as long as all the rest of a chart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csdesk.queries.customer_rows import KpiLine, MeasureRow
from csdesk.report.blocks import Block
from csdesk.report.kpi_chart_layout import LABEL_SIZE, ChartLayout, chart_layout
from csdesk.report.pen import Pen, Point
from csdesk.report.theme import ACCENT, LINE, MUTED, TRACK, WARNING, WHITE
from csdesk.report.words import Words

if TYPE_CHECKING:
    from matplotlib.artist import Artist

_PLANNED_DASH = (1.2, 1.8)
_TARGET_DASH = (3.0, 2.4)


class KpiChart(Block):
    """A KPI over time in a fixed height."""

    def __init__(
        self, kpi: KpiLine, measure: MeasureRow | None, words: Words, *, height: float = 118.0
    ) -> None:
        """Take a KPI with at least one value; `measure` adds baseline and target."""
        self._kpi = kpi
        self._measure = measure
        self._words = words
        self._height = height

    def height(self, width: float) -> float:
        """Return the height chosen."""
        return self._height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw grid, course and words as one figure with a text for those who cannot see it."""
        from csdesk.report.matplotlib_canvas import draw_artists

        size = (width, self._height)
        layout = chart_layout(self._kpi, self._measure, size, self._words, pen.typesetter)
        bottom = top - self._height
        box = (x, bottom, x + width, top)
        with pen.canvas.content("Figure", alternative=self._alternative(), box=box):
            _draw_grid(pen, layout, x, bottom)
            course = _course(layout, pen.palette.code(ACCENT))
            draw_artists(pen, course, size, x, bottom)
            for label in layout.labels:
                pen.text(
                    x + label.x,
                    bottom + label.y,
                    label.text,
                    LABEL_SIZE,
                    ink=label.ink,
                    align=label.align,
                )

    def _alternative(self) -> str:
        latest = self._kpi.values[-1]
        said = [
            self._kpi.name,
            self._words.value(latest.value, self._kpi),
            self._words.as_of(latest.period, self._kpi.frequency),
        ]
        if self._measure and self._measure.target is not None:
            target = self._words.value(self._measure.target, self._kpi)
            said.append(self._words.t("Target {value}").format(value=target))
        return ", ".join(said)


def _draw_grid(pen: Pen, layout: ChartLayout, x: float, bottom: float) -> None:
    """Draw a thin line at each value of the axis, leaving out what labels it would cross."""
    plot = layout.plot
    for y in layout.grid:
        start = plot.left
        crossed = [area for area in layout.taken if area.bottom - 1 < y < area.top + 1]
        for area in sorted(crossed, key=lambda one: one.left):
            _draw_level(pen, x, bottom + y, start, area.left - 1.5)
            start = max(start, area.right + 1.5)
        _draw_level(pen, x, bottom + y, start, plot.right)
    y = bottom + plot.bottom
    pen.line((x + plot.left, y), (x + plot.right, y), ink=LINE, width=0.9)


def _draw_level(pen: Pen, x: float, y: float, start: float, end: float) -> None:
    if end > start:
        pen.line((x + start, y), (x + end, y), ink=TRACK)


def _course(layout: ChartLayout, ink: str) -> list[Artist]:
    """Make the lines and marks of what the values did and should do."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon
    from matplotlib.transforms import IdentityTransform

    made: list[Artist] = []
    in_points = IdentityTransform()

    def add_line(points: list[Point], **style: Any) -> None:
        across, up = [point[0] for point in points], [point[1] for point in points]
        made.append(Line2D(across, up, transform=in_points, **style))

    floor = layout.plot.bottom
    for stretch in layout.stretches:
        if len(stretch) > 1:
            area = [(stretch[0][0], floor), *stretch, (stretch[-1][0], floor)]
            made.append(
                Polygon(area, closed=True, color=ink, alpha=0.09, linewidth=0, transform=in_points)
            )
    if layout.as_of is not None:
        add_line(list(layout.as_of), color=ink, linewidth=0.5, dashes=(1, 2), alpha=0.7)
    if layout.target is not None:
        ends = [(layout.plot.left, layout.target), (layout.plot.right, layout.target)]
        add_line(ends, color=WARNING.strong, linewidth=0.9, dashes=_TARGET_DASH)
    if layout.planned is not None:
        add_line(list(layout.planned), color=MUTED, linewidth=0.9, dashes=_PLANNED_DASH)
    course: list[Point] = []
    for stretch in layout.stretches:
        course += [*stretch, (float("nan"), float("nan"))]
    add_line(course[:-1], color=ink, linewidth=1.5, solid_joinstyle="round")
    marks = {"linestyle": "none", "markeredgecolor": ink, "markeredgewidth": 0.9}
    for is_estimate, face in ((False, ink), (True, WHITE)):
        some = [
            (dot.x, dot.y)
            for dot in layout.dots
            if dot.is_estimate == is_estimate and not dot.is_latest
        ]
        if some:
            add_line(some, marker="o", markersize=2.6, markerfacecolor=face, **marks)
    latest = layout.dots[-1]
    face = WHITE if latest.is_estimate else ink
    add_line([(latest.x, latest.y)], marker="o", markersize=4.4, markerfacecolor=face, **marks)
    if layout.target_mark is not None:
        add_line(
            [layout.target_mark],
            marker="D",
            markersize=4.4,
            color=WARNING.strong,
            markeredgewidth=0,
        )
    return made
