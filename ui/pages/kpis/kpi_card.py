"""One KPI of an account: its name, baseline, value and target in words, and its chart."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _, current
from csdesk.insight.progress import measure_progress, pace
from csdesk.queries.kpis import KpiPoint, KpiSeries
from ui.pages.kpis.kpi_chart import KpiChart
from ui.pages.kpis.periods import next_period, period_title
from ui.theme import Look
from ui.widgets.inline_fields import TextField
from ui.widgets.pill import Pill

NAME_FRAME = 18
"""Pixels of the name's field around its text."""

BESIDE_NAME = 250
"""Pixels kept free for unit and verdict."""

LEAST_NAME = 120


def verdict(series: KpiSeries) -> tuple[str, str]:
    """Say how a KPI stands against its target, with a tone; nothing where none is aimed at.

    Its newest value is held against the straight line from baseline to target at the end of
    that value's period.
    """
    target, latest = series.target, series.latest
    if target is None or target.target is None:
        return "", ""
    if latest is None:
        return _("No value yet"), "neutral"
    reached = measure_progress(target.baseline, target.target, latest.value, series.direction)
    if reached is None:
        return "", ""
    if reached >= 1:
        return _("Target reached"), "good"
    expected = _expected(series, latest)
    if expected is None:
        return f"{current().number(round(reached * 100))}%", "neutral"
    return (_("On pace"), "good") if reached >= expected else (_("Behind pace"), "warning")


def _expected(series: KpiSeries, latest: KpiPoint) -> Decimal | None:
    """Return the share of the way that should be done when the newest value's period ends."""
    target = series.target
    assert target is not None
    last_day = next_period(latest.period, series.frequency) - dt.timedelta(days=1)
    line = pace(target.baseline, target.target, target.baseline_on, target.target_on, last_day)
    return measure_progress(target.baseline, target.target, line, series.direction)


class KpiCard(QFrame):
    """Shows one KPI; its name and unit are edited in place."""

    changed = Signal(object)
    """The fields of the KPI to set, by name."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._name = TextField(self)
        self._name.setProperty("kind", "inlineHeading")
        self._name.setAccessibleName(_("Name of the KPI"))
        self._unit = TextField(self)
        self._unit.setProperty("kind", "inlineSmall")
        self._unit.setAccessibleName(_("Unit"))
        self._unit.setPlaceholderText(_("Unit"))
        self._unit.setFixedWidth(96)
        self._verdict = Pill(self)
        self._figures = QLabel(self)
        self._figures.setProperty("kind", "muted")
        self._chart = KpiChart(look, self)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._name)
        head.addWidget(self._unit)
        head.addStretch(1)
        head.addWidget(self._verdict)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 10, 8)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addWidget(self._figures)
        layout.addSpacing(4)
        layout.addWidget(self._chart)
        self._name.textChanged.connect(self._fit_name)
        self._name.entered.connect(lambda text: self.changed.emit({"name": text}))
        self._unit.entered.connect(lambda text: self.changed.emit({"unit": text}))

    @property
    def name(self) -> TextField:
        """The field of the name."""
        return self._name

    @property
    def unit(self) -> TextField:
        """The field of the unit."""
        return self._unit

    @property
    def chart(self) -> KpiChart:
        """The chart."""
        return self._chart

    @property
    def words(self) -> str:
        """The verdict as shown."""
        return self._verdict.text()

    @Slot()
    def _fit_name(self) -> None:
        """Keep the unit right behind the name."""
        wanted = self._name.fontMetrics().horizontalAdvance(self._name.text()) + NAME_FRAME
        most = self.width() - BESIDE_NAME
        self._name.setFixedWidth(max(LEAST_NAME, min(wanted, most)))

    def show_series(self, series: KpiSeries, since: dt.date, until: dt.date) -> None:
        """Show a KPI with its values from `since` on."""
        self._name.set_value(series.name)
        self._unit.set_value(series.unit)
        text, tone = verdict(series)
        self._verdict.show_words(text, tone)
        self._figures.setText(figures_line(series))
        self._chart.show_series(series, since, until)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()


def figures_line(series: KpiSeries) -> str:
    """Write baseline, newest value and target with its date in one line."""
    parts = []
    target, latest = series.target, series.latest
    if target is not None and target.baseline is not None:
        parts.append(_("Baseline {n}").format(n=current().number(target.baseline)))
    if latest is not None:
        words = _("Now {n} ({period})")
        period = period_title(latest.period, series.frequency)
        parts.append(words.format(n=current().number(latest.value), period=period))
    if target is not None and target.target is not None:
        number = current().number(target.target)
        if target.target_on is not None:
            words = _("Target {n} by {date}")
            parts.append(words.format(n=number, date=current().date(target.target_on)))
        else:
            parts.append(_("Target {n}").format(n=number))
    return "   ".join(parts) or _("No value yet")
