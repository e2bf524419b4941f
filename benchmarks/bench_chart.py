"""How long a KPI's chart of 36 months takes to be drawn again in the window."""

from __future__ import annotations

import datetime as dt
import os

from sqlalchemy.orm import Session

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench
from csdesk.model.records import Account
from csdesk.queries.kpis import KpiSeries, account_kpis

SIZE = (640, 180)
SINCE, UNTIL = dt.date(2023, 12, 1), dt.date(2026, 11, 22)


def measure(bench: Bench) -> list[Result]:
    """Draw the window's chart into an image, and the same line by matplotlib with Agg."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from ui.pages.kpis.kpi_chart import KpiChart
    from ui.theme import Look

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with bench.open() as workspace:
        account = workspace.read(first_account)
        series = workspace.read(account_kpis, account)[0]
    chart = KpiChart(Look(app))
    chart.resize(*SIZE)
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)

    def draw() -> None:
        chart.show_series(series, SINCE, UNTIL)
        chart.render(image)

    times, bare_times = in_turns(
        lambda: seconds(draw), lambda: seconds(lambda: draw_bare(series)), runs=bench.runs
    )
    return [
        Result(
            "KPI chart of 36 months",
            bench.size.name,
            "s",
            times,
            bare_times,
            "bare matplotlib (Agg)",
            Target(ratio=1.2),
        )
    ]


def first_account(session: Session) -> str:
    """Return the id of the first account."""
    return session.query(Account.id).order_by(Account.id).limit(1).scalar() or ""


def draw_bare(series: KpiSeries) -> None:
    """Draw the values as matplotlib does when nothing is asked of it but a line."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
    axes = figure.subplots()
    axes.plot(
        [point.period for point in series.points], [float(point.value) for point in series.points]
    )
    FigureCanvasAgg(figure).draw()
