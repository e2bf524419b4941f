"""A KPI over time: its values, the way from baseline to target, and what the mouse is over.

Painted by Qt itself: a page of charts is there at once, without loading a plotting library.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from csdesk.actions.kpis import period_start
from csdesk.i18n import _, current
from csdesk.queries.kpis import KpiPoint, KpiSeries
from ui.pages.kpis.periods import next_period, period_title, periods_between
from ui.theme import Look
from ui.widgets.cells import Ink

HEIGHT = 178
LINES = 4
"""How many steps the value axis has, about."""


class KpiChart(QWidget):
    """One KPI's chart; the mouse, or Left and Right, reads a value."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._series: KpiSeries | None = None
        self._points: tuple[KpiPoint, ...] = ()
        self._since = dt.date.min
        self._until = dt.date.max
        self._low, self._step, self._high = 0.0, 1.0, 1.0
        self._read = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @property
    def reading(self) -> str:
        """The period and value now read out; empty where none is."""
        if self._series is None or not 0 <= self._read < len(self._points):
            return ""
        point = self._points[self._read]
        words = f"{period_title(point.period, self._series.frequency)}: "
        words += f"{current().number(point.value)} {self._series.unit}".strip()
        return words + (f" ({_('estimate')})" if point.is_estimate else "")

    def show_series(self, series: KpiSeries, since: dt.date, until: dt.date) -> None:
        """Show the values from `since` on; the axis ends at `until` or the target's date."""
        self._series = series
        self._points = tuple(point for point in series.points if point.period >= since)
        self._since, self._until = since, until
        target = series.target
        if target is not None and target.target_on is not None:
            self._until = max(until, min(target.target_on, until + dt.timedelta(days=400)))
        if self._points:
            self._since = max(since, min(self._points[0].period, until - dt.timedelta(days=150)))
        self._since = period_start(self._since, series.frequency)
        self._scale()
        self._read = -1
        self.setAccessibleName(self._in_words())
        self.update()

    def read_at(self, x: float) -> None:
        """Read the value nearest to a place along the chart."""
        area = self._area()
        distances = [abs(self._x(point.period, area) - x) for point in self._points]
        nearest = distances.index(min(distances)) if distances else -1
        if nearest != self._read:
            self._read = nearest
            self.update()

    def segments(self) -> list[list[KpiPoint]]:
        """Return the values as runs of periods without a gap between them."""
        runs: list[list[KpiPoint]] = []
        frequency = self._series.frequency if self._series else None
        for point in self._points:
            if runs and next_period(runs[-1][-1].period, frequency) == point.period:
                runs[-1].append(point)
            else:
                runs.append([point])
        return runs

    def _in_words(self) -> str:
        series = self._series
        if series is None:
            return ""
        values = ", ".join(
            f"{period_title(point.period, series.frequency)} {current().number(point.value)}"
            for point in self._points[-12:]
        )
        return _("Chart of {kpi}: {values}").format(kpi=series.name, values=values or "–")

    def _scale(self) -> None:
        """Choose round steps for the value axis that hold all that is drawn."""
        values = [float(point.value) for point in self._points]
        target = self._series.target if self._series else None
        if target is not None:
            values += [float(n) for n in (target.baseline, target.target) if n is not None]
        self._low, self._step, self._high = axis(values)

    def _area(self) -> QRectF:
        ink = Ink(self._look, self.font())
        metrics = ink.metrics(ink.small)
        labels = [self._label(value) for value in (self._low, self._high, self._high - self._step)]
        left = max(metrics.horizontalAdvance(label) for label in labels) + 12
        height = metrics.height()
        return QRectF(
            left, height / 2 + 4, self.width() - left - 16, self.height() - height * 2 - 6
        )

    def _label(self, value: float) -> str:
        places = max(0, -math.floor(math.log10(self._step))) if self._step < 1 else 0
        return current().number(Decimal(repr(value)), places=places)

    def _x(self, day: dt.date, area: QRectF) -> float:
        days = max((self._until - self._since).days, 1)
        return area.left() + area.width() * (day - self._since).days / days

    def _y(self, value: float | Decimal, area: QRectF) -> float:
        share = (float(value) - self._low) / (self._high - self._low)
        return area.bottom() - area.height() * share

    def _paint_axes(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        height = ink.metrics(ink.small).height()
        painter.setFont(ink.small)
        steps = round((self._high - self._low) / self._step)
        for number in range(steps + 1):
            value = self._low + number * self._step
            y = self._y(value, area)
            painter.setPen(QPen(self._look.colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(self._look.colour("faint"))
            label = QRectF(0, y - height / 2, area.left() - 8, height)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, int(side), self._label(value))
        self._paint_periods(painter, ink, area, height)

    def _paint_periods(self, painter: QPainter, ink: Ink, area: QRectF, height: int) -> None:
        """Write as many periods below the chart as have room, a year with its first."""
        frequency = self._series.frequency if self._series else None
        metrics = ink.metrics(ink.small)
        days = periods_between(self._since, self._until, frequency)
        widest = max(metrics.horizontalAdvance(period_title(day, frequency)) for day in days)
        room = max(1, int(area.width() / (widest + 14)))
        every = next((n for n in (1, 2, 3, 4, 6) if len(days) <= n * room), 12)
        year = 0
        for day in days[:: max(every, -(-len(days) // room))]:
            text = period_title(day, frequency, with_year=day.year != year)
            year = day.year
            width = metrics.horizontalAdvance(text) + 4
            left = max(0.0, min(self._x(day, area) - width / 2, self.width() - width))
            place = QRectF(left, area.bottom() + 5, width, height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_aim(self, painter: QPainter, area: QRectF) -> None:
        """Draw the straight way from baseline to target, and the target as a mark."""
        target = self._series.target if self._series else None
        if target is None or target.target is None:
            return
        y = self._y(target.target, area)
        end = min(target.target_on or self._until, self._until)
        x = self._x(end, area)
        if target.baseline is not None and target.baseline_on is not None and target.target_on:
            pen = QPen(self._look.colour("faint"), 1.2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.save()
            painter.setClipRect(area.adjusted(0, -6, 8, 6))
            painter.drawLine(
                QPointF(self._x(target.baseline_on, area), self._y(target.baseline, area)),
                QPointF(self._x(target.target_on, area), y),
            )
            painter.restore()
        pen = QPen(self._look.colour("good_fill"), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x - 9, y), QPointF(x + 9, y))

    def _paint_values(self, painter: QPainter, area: QRectF) -> None:
        colour = self._look.colour("accent_fill")
        line = QPen(colour, 2)
        line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for run in self.segments():
            places = [QPointF(self._x(p.period, area), self._y(p.value, area)) for p in run]
            painter.setPen(line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if len(places) > 1:
                painter.drawPolyline(QPolygonF(places))
            for point, place in zip(run, places, strict=True):
                newest = point is self._points[-1]
                painter.setBrush(self._look.colour("surface") if point.is_estimate else colour)
                painter.setPen(QPen(colour, 1.5))
                size = 4.5 if newest else 2.2
                if newest or point.is_estimate or len(self._points) <= 26:
                    painter.drawEllipse(place, size, size)

    def _paint_reading(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        if not self.reading:
            return
        point = self._points[self._read]
        place = QPointF(self._x(point.period, area), self._y(point.value, area))
        painter.setPen(QPen(self._look.colour("control"), 1))
        painter.drawLine(QPointF(place.x(), area.top()), QPointF(place.x(), area.bottom()))
        painter.setPen(QPen(self._look.colour("surface"), 2))
        painter.setBrush(self._look.colour("accent_fill"))
        painter.drawEllipse(place, 5.5, 5.5)
        metrics = ink.metrics(ink.small)
        width, height = metrics.horizontalAdvance(self.reading) + 16, metrics.height() + 8
        left = min(max(place.x() - width / 2, 2.0), self.width() - width - 2)
        top = place.y() - height - 10
        top = top if top >= 0 else place.y() + 12
        box = QRectF(left, top, width, height)
        painter.setPen(QPen(self._look.colour("control"), 1))
        painter.setBrush(self._look.colour("surface"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self._look.colour("text"))
        painter.setFont(ink.small)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.reading)

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = Ink(self._look, self.font())
        if self._series is not None:
            area = self._area()
            self._paint_axes(painter, ink, area)
            self._paint_aim(painter, area)
            self._paint_values(painter, area)
            self._paint_reading(painter, ink, area)
            if not self._points:
                painter.setPen(self._look.colour("faint"))
                painter.drawText(
                    area, int(Qt.AlignmentFlag.AlignCenter), _("No value in this time yet")
                )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("accent_fill"), 1.2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.read_at(event.position().x())

    def leaveEvent(self, event: object) -> None:
        self._read = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if by and self._points:
            at = self._read if self._read >= 0 else len(self._points) - (1 if by < 0 else 0)
            self._read = min(max(at + by, 0), len(self._points) - 1)
            self.setAccessibleDescription(self.reading)
            self.update()
        else:
            super().keyPressEvent(event)


def axis(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the low end, a round step (1, 2 or 5 × 10ⁿ) and the high end for some values."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if high == low:
        spread = abs(high) * 0.1 or 1.0
        low, high = low - spread, high + spread
    rough = (high - low) * 1.1 / LINES
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * round_one for round_one in (1, 2, 5, 10) if power * round_one >= rough)
    floor = math.floor(low / step) * step
    # A number of things, however few, begins at nothing rather than below it.
    if floor < 0 <= low:
        floor = 0.0
    return floor, step, math.ceil(high / step) * step
