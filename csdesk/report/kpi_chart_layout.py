"""Where everything in the chart of a KPI stands: a pure plan in points, drawn by kpi_chart.py."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from csdesk.queries.customer_rows import KpiLine, MeasureRow, SeriesPoint
from csdesk.report.label_places import Area, Obstacles
from csdesk.report.pen import Point
from csdesk.report.theme import MUTED, WARNING, Align
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words, drawable

LABEL_SIZE = 6.8
_UP, _DOWN = 5.2, 1.2
"""How far a label reaches above and below its baseline."""
_LONGEST_HISTORY = 24
_LONGEST_OUTLOOK = 18
LONGEST_STEP = {"weekly": 10, "monthly": 31, "quarterly": 92}
"""Days between the first days of two periods that follow each other, at most."""
_FOOT = 22.0
_STRIP = 10.0
"""Room above the plot for labels that found none in it."""
_EDGE = 5.0
"""From the sides of the plot to its first and last day."""
_LEAST_TICK = 13.0
_YEAR_MOVES = 12.0
"""How far a year may stand from its month, in points."""
_NEAR_AXIS = 4.0
"""A round value closer to the end of its axis than this is not named."""
_DENSE = 4.6
"""Points closer than this are drawn as a line only."""


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text with its baseline at y; x is its left end, middle or right end."""

    text: str
    x: float
    y: float
    align: Align = "left"
    ink: str = MUTED


@dataclass(frozen=True, slots=True)
class Dot:
    """A value's mark."""

    x: float
    y: float
    is_estimate: bool
    is_latest: bool


@dataclass(slots=True)
class ChartLayout:
    """The parts of a chart, from the lower left corner of its block."""

    plot: Area
    stretches: list[list[Point]] = field(default_factory=list)
    """The actual values: a list of points for each stretch without a gap."""
    dots: list[Dot] = field(default_factory=list)
    grid: list[float] = field(default_factory=list)
    planned: tuple[Point, Point] | None = None
    """The straight line from the baseline to the target."""
    target: float | None = None
    """The height of the target's line."""
    target_mark: Point | None = None
    as_of: tuple[Point, Point] | None = None
    """From the newest value down to its day."""
    labels: list[Label] = field(default_factory=list)
    taken: list[Area] = field(default_factory=list)
    """Where labels stand on the plot; the grid leaves them out."""


@dataclass(frozen=True, slots=True)
class _Course:
    """What the chart shows of a KPI."""

    points: tuple[SeriesPoint, ...]
    start: dt.date
    end: dt.date
    low: float
    high: float


def _limits(course: _Course) -> tuple[float, float]:
    """Return the lowest and highest value on the upright axis, with room at both ends."""
    span = course.high - course.low or abs(course.high) or 1.0
    low = course.low - span * 0.18
    return (0.0 if course.low >= 0 > low else low), course.high + span * 0.16


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and values to points."""

    plot: Area
    course: _Course

    def x(self, day: dt.date) -> float:
        """Return where a day stands, also beyond the plot."""
        course, plot = self.course, self.plot
        days = max((course.end - course.start).days, 1)
        room = plot.right - plot.left - 2 * _EDGE
        return plot.left + _EDGE + (day - course.start).days / days * room

    def y(self, value: float) -> float:
        """Return where a value stands."""
        low, high = _limits(self.course)
        return self.plot.bottom + (value - low) / (high - low) * (self.plot.top - self.plot.bottom)


def chart_layout(
    kpi: KpiLine,
    measure: MeasureRow | None,
    size: tuple[float, float],
    words: Words,
    typesetter: Typesetter,
) -> ChartLayout:
    """Lay out the chart of a KPI that has a value; `size` is its width and height in points.

    Labels that find no clear place in the plot stand above it.
    """
    planner = _Planner(kpi, measure, size, words, typesetter)
    layout, is_whole = planner.layout(0.0)
    return layout if is_whole else planner.layout(_STRIP)[0]


@dataclass(frozen=True, slots=True)
class _Planner:
    """Places one chart's parts."""

    kpi: KpiLine
    measure: MeasureRow | None
    size: tuple[float, float]
    words: Words
    typesetter: Typesetter

    def layout(self, strip: float) -> tuple[ChartLayout, bool]:
        """Lay out with `strip` free above the plot; tell whether every label found its place."""
        course = _course(self.kpi, self.measure)
        width, height = self.size
        top = height - _UP - 3 - strip
        ticks = _ticks(course, max(int((top - _FOOT) / _LEAST_TICK), 2))
        low, high = _limits(course)
        near = (high - low) * _NEAR_AXIS / (top - _FOOT)
        ticks = [one for one in ticks if one == low or one - low > near] or ticks
        names = self._tick_names(ticks)
        widest = max((self._width(name) for name in names), default=0.0)
        plot = Area(min(widest + 6, width / 2), _FOOT, width - 2, top)
        scale = _Scale(plot, course)
        made = ChartLayout(plot)
        for tick, name in zip(ticks, names, strict=True):
            y = scale.y(tick)
            made.grid.append(y)
            if name:
                made.labels.append(Label(name, plot.left - 4, y - _UP / 2 + 0.2, "right"))
        made.labels += self._months(course, scale)
        obstacles = Obstacles()
        self._add_actual(made, scale, obstacles)
        self._add_target(made, scale, obstacles)
        return made, self._add_words(made, scale, obstacles)

    def _add_actual(self, made: ChartLayout, scale: _Scale, obstacles: Obstacles) -> None:
        """Place the values; a missing period ends a stretch."""
        longest = LONGEST_STEP.get(self.kpi.frequency, 31)
        points = scale.course.points
        places = [(scale.x(one.period), scale.y(drawable(one.value))) for one in points]
        for index, place in enumerate(places):
            if index == 0 or (points[index].period - points[index - 1].period).days > longest:
                made.stretches.append([])
            made.stretches[-1].append(place)
        long = places[-1][0] - places[0][0]
        is_dense = long < _DENSE * (len(places) - 1)
        for one, (x, y) in zip(points, places, strict=True):
            is_latest = one is points[-1]
            is_alone = any(stretch == [(x, y)] for stretch in made.stretches)
            if is_latest or one.is_estimate or is_alone or not is_dense:
                made.dots.append(Dot(x, y, one.is_estimate, is_latest))
                obstacles.areas.append(Area(x, y, x, y).grown(2.4))
        for stretch in made.stretches:
            obstacles.add_course(stretch)

    def _add_target(self, made: ChartLayout, scale: _Scale, obstacles: Obstacles) -> None:
        measure, plot = self.measure, made.plot
        if measure is None or measure.target is None:
            return
        y = made.target = scale.y(drawable(measure.target))
        obstacles.lines.append(((plot.left, y), (plot.right, y)))
        if measure.target_on and scale.course.start <= measure.target_on <= scale.course.end:
            made.target_mark = (scale.x(measure.target_on), y)
            obstacles.areas.append(Area(*made.target_mark, *made.target_mark).grown(3.0))
        if measure.baseline is None or not measure.baseline_on or not measure.target_on:
            return
        start = (scale.x(measure.baseline_on), scale.y(drawable(measure.baseline)))
        made.planned = _cut((start, (scale.x(measure.target_on), y)), plot.left, plot.right)
        if made.planned is not None:
            obstacles.lines.append(made.planned)

    def _add_words(self, made: ChartLayout, scale: _Scale, obstacles: Obstacles) -> bool:
        """Place the target's words and those of the newest value's period; False if one failed."""
        plot = made.plot
        strip = Area(plot.left, plot.top + 3, plot.right, self.size[1])
        newest = scale.course.points[-1]
        x, y = scale.x(newest.period), scale.y(drawable(newest.value))
        made.as_of = ((x, y - 3), (x, plot.bottom))
        axis = ((plot.left, plot.bottom), (plot.right, plot.bottom))
        obstacles.lines += [made.as_of, axis]
        is_whole = True
        if made.target is not None and self.measure is not None:
            value = self.words.value(self.measure.target, self.kpi)
            text = self.words.t("Target {value}").format(value=value)
            text = self.typesetter.shortened(text, LABEL_SIZE, plot.right - plot.left - 4)
            places = self._beside(text, made.target, plot)
            if not self._put(made, text, places, obstacles, WARNING.strong):
                is_whole = False
                wide = self._width(text)
                above = [self._area(wide, plot.left, strip.bottom + _DOWN)]
                self._put(made, text, above, obstacles, WARNING.strong, within=strip)
        text = self.words.as_of(newest.period, self.kpi.frequency)
        wide = self._width(text)
        places = [
            self._area(wide, left, base)
            for base in (plot.bottom + 3 + _DOWN, y - 8, y + 6, plot.top - _UP)
            for left in (x - wide - 4, x + 4)
        ]
        if not self._put(made, text, places, obstacles, MUTED):
            is_whole = False
            above = [self._area(wide, plot.right - wide, strip.bottom + _DOWN)]
            self._put(made, text, above, obstacles, MUTED, within=strip)
        return is_whole

    def _put(
        self,
        made: ChartLayout,
        text: str,
        places: Sequence[Area],
        obstacles: Obstacles,
        ink: str,
        *,
        within: Area | None = None,
    ) -> bool:
        """Set a label at the first free place; tell whether there was one."""
        plot = made.plot
        whole = Area(plot.left, plot.bottom, plot.right, self.size[1])
        place = obstacles.first_free(places, within or whole)
        if place is None:
            return False
        made.labels.append(Label(text, place.left, place.bottom + _DOWN, ink=ink))
        made.taken.append(place)
        return True

    def _beside(self, text: str, y: float, plot: Area) -> list[Area]:
        """List places above and below a level line, from its ends to its middle."""
        wide = self._width(text)
        room = plot.right - plot.left - wide - 4
        shares = (0.0, 1.0, 0.25, 0.75, 0.5)
        return [
            self._area(wide, plot.left + 2 + room * share, base)
            for share in shares
            for base in (y + 2.2 + _DOWN, y - 2.2 - _UP)
        ]

    def _months(self, course: _Course, scale: _Scale) -> list[Label]:
        """Name as many months as can stand side by side; years under the first and each January."""
        words, plot = self.words, scale.plot
        months = _months(course.start, course.end)
        widest = max(self._width(words.month_name(one)) for one in months)
        room = plot.right - plot.left - 2 * _EDGE
        steps = (1, 2, 3, 6)
        step = next((one for one in steps if len(months) / one * (widest + 5) <= room), 12)
        shown = [month for month in months if (month.month - 1) % step == 0] or months[:1]
        named_months: list[tuple[Label, str]] = []
        years: list[tuple[float, str]] = []
        month_end = float("-inf")
        named = 0
        for month in shown:
            middle = scale.x(max(month, course.start))
            name = words.month_name(month)
            left = min(max(middle - self._width(name) / 2, 0), self.size[0] - self._width(name))
            if left <= month_end + 2:
                continue
            month_end = left + self._width(name)
            year = words.year_name(month) if month.year != named else ""
            if year:
                years.append((middle, year))
            named = month.year
            named_months.append((Label(name, left, _FOOT - 5 - _UP), year))
        placed = self._years(years)
        return [
            label
            for month_label, year in named_months
            for label in (month_label, placed.get(year))
            if label is not None
        ]

    def _years(self, years: Sequence[tuple[float, str]]) -> dict[str, Label]:
        """Place each year under its first month, a little to the left where the next one needs it.

        A year that would have to stand far from its month is left out.
        """
        made: dict[str, Label] = {}
        end = self.size[0]
        for middle, name in reversed(years):
            wide = self._width(name)
            left = max(min(middle - wide / 2, end - wide), 0.0)
            if left + wide <= end and abs(left + wide / 2 - middle) <= _YEAR_MOVES:
                made[name] = Label(name, left, _FOOT - 13.2 - _UP)
                end = left - 3
        return made

    def _tick_names(self, ticks: Sequence[float]) -> list[str]:
        """Write each value of the axis; values that a short form cannot tell apart once only."""
        names = [self.words.compact(tick, self.kpi) for tick in ticks]
        if len(set(names)) < len(names):
            exact = [self.words.t.number(Decimal(f"{tick:.6g}")) for tick in ticks]
            longest = max(self._width(name) for name in exact)
            if len(set(exact)) == len(exact) and longest <= self.size[0] * 0.3:
                return exact
        return ["" if name in names[:index] else name for index, name in enumerate(names)]

    def _area(self, wide: float, left: float, base: float) -> Area:
        return Area(left, base - _DOWN, left + wide, base + _UP)

    def _width(self, text: str) -> float:
        return self.typesetter.width(text, LABEL_SIZE)


def _course(kpi: KpiLine, measure: MeasureRow | None) -> _Course:
    latest = kpi.values[-1].period
    earliest = _month_shifted(latest, -_LONGEST_HISTORY + 1)
    points = tuple(point for point in kpi.values if point.period >= earliest)
    start, end = points[0].period, latest
    numbers: list[Decimal] = [point.value for point in points]
    if measure is not None:
        numbers += [number for number in (measure.baseline, measure.target) if number is not None]
        if measure.baseline_on:
            start = max(min(start, measure.baseline_on), earliest)
        if measure.target_on:
            end = max(end, min(measure.target_on, _month_shifted(latest, _LONGEST_OUTLOOK)))
    return _Course(points, start, end, drawable(min(numbers)), drawable(max(numbers)))


def _ticks(course: _Course, most: int) -> list[float]:
    """Choose up to `most` round values, five at most, between the ends of the axis."""
    low, high = _limits(course)
    least = (high - low) / min(most, 5)
    size = 10.0 ** math.floor(math.log10(least))
    step = next(one * size for one in (1, 2, 2.5, 5, 10) if one * size >= least * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, min(last, first + 6) + 1)]


def _cut(line: tuple[Point, Point], left: float, right: float) -> tuple[Point, Point] | None:
    """Cut a line to what lies between two upright ones; None where nothing does."""
    (x0, y0), (x1, y1) = line
    if x1 <= x0 or x1 < left or x0 > right:
        return None
    slope = (y1 - y0) / (x1 - x0)
    first, last = max(x0, left), min(x1, right)
    return (first, y0 + (first - x0) * slope), (last, y0 + (last - x0) * slope)


def _months(start: dt.date, end: dt.date) -> list[dt.date]:
    """Return the first days of the months from `start` to `end`, that of `start` included."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    first = start.replace(day=1)
    months = [_month_shifted(first, index) for index in range(count)]
    return months if start.day <= 15 or count == 1 else months[1:]


def _month_shifted(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that is `months` after that of `day`."""
    number = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    return dt.date(number // 12, number % 12 + 1, 1)
