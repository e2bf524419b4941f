"""A KPI in a small card: value, change since the period before, a line of its last year, target."""

from __future__ import annotations

from collections.abc import Sequence

from csdesk.model.vocabulary import Direction
from csdesk.queries.customer_rows import KpiLine, MeasureRow
from csdesk.report.blocks import Block
from csdesk.report.kpi_chart_layout import LONGEST_STEP
from csdesk.report.pen import Pen
from csdesk.report.theme import ACCENT, ACCENT_WASH, BAD, GOOD, INK, LINE, MUTED, QUIET, WHITE, Tone
from csdesk.report.words import Words, drawable

_HEIGHT = 88.0
_GAP = 9.0
_LAST = 13
_SMALLEST = 9.0
"""The smallest size of a value, in points; it stands alone where its change has no room left."""
_COMPACT_FROM = 10_000
"""Changes from this on are rounded to what a reader can take in: 96万, 1.2M."""


class KpiCards(Block):
    """Up to four KPIs side by side."""

    def __init__(
        self,
        kpis: Sequence[tuple[KpiLine, MeasureRow | None]],
        words: Words,
        *,
        space_before: float = 0.0,
    ) -> None:
        """Take KPIs that have a value each."""
        self._kpis = list(kpis[:4])
        self._words = words
        self.space_before = space_before

    def height(self, width: float) -> float:
        """Return one card's height."""
        return _HEIGHT

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the cards; two at least share the width, so that a lonely one is no banner."""
        count = max(len(self._kpis), 2)
        own = (width - _GAP * (count - 1)) / count
        for index, (kpi, measure) in enumerate(self._kpis):
            self._draw_card(pen, kpi, measure, x + index * (own + _GAP), top, own)

    def _draw_card(
        self, pen: Pen, kpi: KpiLine, measure: MeasureRow | None, x: float, top: float, width: float
    ) -> None:
        words, inner = self._words, width - 20
        latest = kpi.values[-1]
        pen.box(x, top - _HEIGHT, width, _HEIGHT, stroke=LINE, radius=6)
        x += 10
        with pen.canvas.content("P"):
            name = pen.typesetter.shortened(kpi.name, 8.0, inner)
            pen.text(x, top - 16, name, 8.0, ink=MUTED)
            change, tone = _change(kpi, measure, words)
            value = words.value(latest.value, kpi)
            room = inner - (pen.pill_width(change, 7.0) + 6 if change else 0)
            if pen.typesetter.width(value, _SMALLEST, bold=True) > room:
                change, room = "", inner
            size = _largest(pen, value, room)
            value = pen.typesetter.shortened(value, size, room + 0.01, bold=True)
            pen.text(x, top - 37, value, size, ink=INK, bold=True)
            if change:
                pen.pill(x + inner, top - 34, change, tone, size=7.0, align="right")
            note = words.as_of(latest.period, kpi.frequency)
            if measure is not None and measure.target is not None:
                note = words.t("Target {value}").format(value=words.value(measure.target, kpi))
            pen.text(
                x, top - _HEIGHT + 9, pen.typesetter.shortened(note, 7.4, inner), 7.4, ink=MUTED
            )
        _draw_line(pen, kpi, x, top - 66, inner - 3, 19)


def _largest(pen: Pen, text: str, room: float) -> float:
    """Find the largest size from 18 down to 9 points at which `text` fits into `room`."""
    needed = pen.typesetter.width(text, 18, bold=True)
    return max(min(18.0, 18 * room / needed), _SMALLEST) if needed else 18.0


def _change(kpi: KpiLine, measure: MeasureRow | None, words: Words) -> tuple[str, Tone]:
    """Say how much the last value differs from the one before; nothing for the first."""
    if len(kpi.values) < 2:
        return "", QUIET
    difference = kpi.values[-1].value - kpi.values[-2].value
    number = words.number(abs(difference))
    if number == "0":
        return "±0", QUIET
    direction = measure.direction if measure is not None else kpi.direction
    if direction not in (Direction.HIGHER, Direction.LOWER):
        tone = QUIET
    else:
        tone = GOOD if (difference > 0) == (direction == Direction.HIGHER) else BAD
    unit = "pt" if kpi.unit in ("%", "％") else ""
    if abs(difference) >= _COMPACT_FROM:
        number, unit = words.compact(drawable(abs(difference)), kpi), ""
    return f"{'▲' if difference > 0 else '▼'} {number}{unit}", tone


def _draw_line(
    pen: Pen, kpi: KpiLine, x: float, bottom: float, width: float, height: float
) -> None:
    """Draw the course of the last values; a single one is a point, a missing one a gap."""
    values = kpi.values[-_LAST:]
    numbers = [drawable(point.value) for point in values]
    low, high = min(numbers), max(numbers)
    days = [point.period.toordinal() for point in values]
    long = (days[-1] - days[0]) or 1
    points = [
        (
            x + width * (day - days[0]) / long if len(days) > 1 else x + width,
            bottom + height * ((number - low) / (high - low) if high > low else 0.5),
        )
        for day, number in zip(days, numbers, strict=True)
    ]
    longest = LONGEST_STEP.get(kpi.frequency, 31)
    stretch = [points[0]]
    for index in range(1, len(points) + 1):
        if index < len(points) and days[index] - days[index - 1] <= longest:
            stretch.append(points[index])
            continue
        if len(stretch) > 1:
            area = [(stretch[0][0], bottom - 3), *stretch, (stretch[-1][0], bottom - 3)]
            pen.polygon(area, fill=ACCENT_WASH)
            pen.polygon(stretch, stroke=ACCENT, weight=1.2, closed=False)
        elif index < len(points) or len(points) == 1:
            pen.disc(*stretch[0], 1.1, fill=ACCENT)
        stretch = points[index : index + 1]
    pen.disc(*points[-1], 2.2, fill=WHITE, stroke=ACCENT, weight=1.2)
