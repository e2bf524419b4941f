"""The chart of one KPI: actual values, the line from baseline to target, the target itself.

Gaps in the data stay gaps; values worse than the baseline or better than the target stay where
they are.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from csdesk.queries.customer_rows import KpiLine, MeasureRow, SeriesPoint
from csdesk.report.blocks import Block
from csdesk.report.pen import Pen
from csdesk.report.theme import ACCENT, LINE, MUTED, TRACK, WARNING, WHITE
from csdesk.report.words import Words, drawable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LABEL_SIZE = 6.8
_LONGEST_HISTORY = 24
_LONGEST_OUTLOOK = 18
_LONGEST_STEP = {"weekly": 10, "monthly": 31, "quarterly": 92}
"""Days between the first days of two periods that follow each other, at most."""


@dataclass(frozen=True, slots=True)
class _Course:
    """What the chart shows, with dates as day numbers."""

    points: tuple[SeriesPoint, ...]
    start: dt.date
    end: dt.date
    low: float
    high: float


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
        self._course = _course(kpi, measure)

    def height(self, width: float) -> float:
        """Return the height chosen."""
        return self._height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw axes, lines and points as one figure with a text for those who cannot see it."""
        from matplotlib.figure import Figure

        from csdesk.report.matplotlib_canvas import draw_figure

        figure = Figure(figsize=(width / 72, self._height / 72), dpi=72, frameon=False)
        low, high = self._limits()
        ticks = _round_values(low, high)
        labels = [self._words.compact(tick, self._kpi) for tick in ticks]
        widest = max((pen.typesetter.width(label, _LABEL_SIZE) for label in labels), default=0.0)
        plot = (width - widest - 14, self._height - 33)
        axes = figure.add_axes(
            ((widest + 5) / width, 22 / self._height, plot[0] / width, plot[1] / self._height)
        )
        axes.set_axis_off()
        days = max((self._course.end - self._course.start).days, 1)
        margin = max(days * 0.03, 2)
        axes.set_xlim(
            self._course.start.toordinal() - margin, self._course.end.toordinal() + margin
        )
        axes.set_ylim(low, high)
        self._label_values(axes, ticks, labels, plot)
        self._label_months(pen, axes, plot)
        self._draw_target(axes)
        self._draw_actual(axes, pen.palette.code(ACCENT))
        with pen.canvas.content("Figure", alternative=self._alternative()):
            draw_figure(pen, figure, x, top - self._height)

    def _limits(self) -> tuple[float, float]:
        """Return the lowest and highest value on the upright axis, with room at both ends."""
        course = self._course
        span = course.high - course.low or abs(course.high) or 1.0
        low = course.low - span * 0.18
        return (0.0 if course.low >= 0 > low else low), course.high + span * 0.16

    def _label_values(
        self, axes: Axes, ticks: list[float], labels: list[str], plot: tuple[float, float]
    ) -> None:
        """Put values and thin lines on the upright axis.

        The axis' own ticks would do the same in five times the time.
        """
        across = axes.get_yaxis_transform()
        axes.hlines(ticks, 0, 1, transform=across, colors=TRACK, linewidths=0.6, zorder=0)
        axes.hlines(
            [axes.get_ylim()[0]], 0, 1, transform=across, colors=LINE, linewidths=0.9, zorder=0
        )
        for tick, label in zip(ticks, labels, strict=True):
            axes.text(
                -4 / plot[0],
                tick,
                label,
                transform=across,
                ha="right",
                va="center",
                fontsize=_LABEL_SIZE,
                color=MUTED,
                parse_math=False,
            )

    def _label_months(self, pen: Pen, axes: Axes, plot: tuple[float, float]) -> None:
        """Name as many months as can stand side by side; years under the first and each January."""
        course, words = self._course, self._words
        months = _months(course.start, course.end)
        widest = max(pen.typesetter.width(words.month_name(one), _LABEL_SIZE) for one in months)
        step = next(
            (step for step in (1, 2, 3, 6) if len(months) / step * (widest + 5) <= plot[0]), 12
        )
        shown = [month for month in months if (month.month - 1) % step == 0] or months[:1]
        first, last = axes.get_xlim()
        taken = float("-inf")
        for index, month in enumerate(shown):
            name = words.month_name(month)
            day = max(month, course.start).toordinal()
            if index == 0 or month.year != shown[index - 1].year:
                year = words.year_name(month)
                half = pen.typesetter.width(year, _LABEL_SIZE) / 2
                place = (day - first) / (last - first) * plot[0]
                if place - half > taken:
                    name += f"\n{year}"
                    taken = place + half + 3
            axes.text(
                day,
                -5 / plot[1],
                name,
                transform=axes.get_xaxis_transform(),
                ha="center",
                va="top",
                fontsize=_LABEL_SIZE,
                color=MUTED,
                linespacing=1.15,
                parse_math=False,
            )

    def _draw_target(self, axes: Axes) -> None:
        measure = self._measure
        if measure is None or measure.target is None:
            return
        target = drawable(measure.target)
        axes.axhline(target, color=WARNING.strong, linewidth=0.9, dashes=(3, 2.4), zorder=2)
        if measure.baseline is not None and measure.baseline_on and measure.target_on:
            axes.plot(
                [measure.baseline_on.toordinal(), measure.target_on.toordinal()],
                [drawable(measure.baseline), target],
                color=MUTED,
                linewidth=0.9,
                dashes=(1.2, 1.8),
                zorder=2,
            )
        if measure.target_on and self._course.start <= measure.target_on <= self._course.end:
            axes.plot(
                [measure.target_on.toordinal()],
                [target],
                marker="D",
                markersize=4.4,
                color=WARNING.strong,
                markeredgewidth=0,
                zorder=4,
                clip_on=False,
            )
        label = self._words.t("Target {value}").format(
            value=self._words.value(measure.target, self._kpi)
        )
        beneath = any(target < drawable(point.value) for point in self._course.points[:4])
        axes.annotate(
            label,
            xy=(0.0, target),
            xycoords=("axes fraction", "data"),
            xytext=(3, -3 if beneath else 2.5),
            textcoords="offset points",
            va="top" if beneath else "bottom",
            fontsize=_LABEL_SIZE,
            color=WARNING.strong,
            parse_math=False,
        )

    def _draw_actual(self, axes: Axes, ink: str) -> None:
        days: list[float] = []
        values: list[float] = []
        longest = _LONGEST_STEP.get(self._kpi.frequency, 31)
        for index, point in enumerate(self._course.points):
            if index and (point.period - self._course.points[index - 1].period).days > longest:
                days.append(float("nan"))
                values.append(float("nan"))
            days.append(point.period.toordinal())
            values.append(drawable(point.value))
        floor = axes.get_ylim()[0]
        axes.fill_between(days, values, floor, color=ink, alpha=0.09, linewidth=0, zorder=1)
        axes.plot(days, values, color=ink, linewidth=1.5, solid_joinstyle="round", zorder=3)
        for is_estimate, face in ((False, ink), (True, WHITE)):
            some = [point for point in self._course.points if point.is_estimate == is_estimate]
            axes.plot(
                [point.period.toordinal() for point in some],
                [drawable(point.value) for point in some],
                linestyle="none",
                marker="o",
                markersize=3.4,
                markerfacecolor=face,
                markeredgecolor=ink,
                markeredgewidth=0.9,
                zorder=4,
                clip_on=False,
            )

    def _alternative(self) -> str:
        latest = self._course.points[-1]
        said = [
            self._kpi.name,
            self._words.value(latest.value, self._kpi),
            self._words.as_of(latest.period, self._kpi.frequency),
        ]
        if self._measure and self._measure.target is not None:
            target = self._words.value(self._measure.target, self._kpi)
            said.append(self._words.t("Target {value}").format(value=target))
        return ", ".join(said)


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


def _round_values(low: float, high: float) -> list[float]:
    """Choose up to five round values between `low` and `high`."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return [float(tick) for tick in ticks if low <= tick <= high]


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
