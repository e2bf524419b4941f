"""A KPI chart as SVG, drawn by matplotlib: what the makers without charts of their own place."""

from __future__ import annotations

import io

from csdesk.queries.customer_rows import MeasureRow

WIDTH, HEIGHT = 240.0, 118.0
"""Points."""


def chart_svg(measure: MeasureRow) -> bytes:
    """Draw actual values, the line from baseline to target, and the target."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72)
    axes = figure.add_axes((0.12, 0.18, 0.84, 0.76))
    values = measure.kpi.values
    days = [point.period.toordinal() for point in values]
    numbers = [float(point.value) for point in values]
    axes.plot(days, numbers, color="#2B5FD9", linewidth=1.5, marker="o", markersize=3)
    axes.fill_between(days, numbers, min(numbers), color="#2B5FD9", alpha=0.09, linewidth=0)
    if measure.target is not None:
        axes.axhline(float(measure.target), color="#9A5B00", linestyle="--", linewidth=1)
        if measure.baseline is not None and measure.baseline_on and measure.target_on:
            ends = [measure.baseline_on.toordinal(), measure.target_on.toordinal()]
            axes.plot(ends, [float(measure.baseline), float(measure.target)], color="#8A95A5")
    axes.set_xticks(days[::3], [f"{point.period:%y/%m}" for point in values[::3]])
    axes.tick_params(labelsize=6.8, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    svg = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None})
    return svg.getvalue()
