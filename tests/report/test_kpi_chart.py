"""What the chart of a KPI shows, read back from the page."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from decimal import Decimal
from itertools import pairwise

import pytest

from csdesk.i18n import Translator
from csdesk.queries.customer_rows import KpiLine, MeasureRow, SeriesPoint
from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.kpi_chart import KpiChart
from csdesk.report.pen import Pen
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words
from tests.report.reading import page_texts, pieces, structure
from tests.report.sample_plans import kpi_line, month


def drawn(
    kpi: KpiLine, measure: MeasureRow | None = None, language: str = "en", width: float = 220
) -> bytes:
    glyphs(REGULAR)
    canvas = TaggedCanvas(None, pagesize=(width, 140), initialFontName=REGULAR, invariant=1)
    chart = KpiChart(kpi, measure, Words(Translator(language)))
    chart.draw(Pen(canvas, Typesetter()), 0, 130, width)
    canvas.showPage()
    return canvas.finished()


def text(data: bytes) -> str:
    return " ".join(page_texts(data)[0].split())


def measure_of(kpi: KpiLine, **fields: object) -> MeasureRow:
    known = {
        "baseline": Decimal(58),
        "baseline_on": dt.date(2024, 11, 1),
        "target": Decimal(80),
        "target_on": dt.date(2026, 3, 31),
    }
    return dataclasses.replace(MeasureRow(kpi, "higher"), **{**known, **fields})  # type: ignore[arg-type]


def test_months_are_named_in_the_documents_language() -> None:
    line = kpi_line("KPI", "%", "percent", first=50, last=70)
    assert "10月 2024年 11月 12月 1月 2025年 2月" in text(drawn(line, language="ja", width=480))
    assert "Oct 2024 Nov Dec Jan 2025 Feb" in text(drawn(line, width=480))


@pytest.mark.parametrize("width", [120, 160, 220, 300, 480])
@pytest.mark.parametrize("months", [1, 2, 7, 12, 24])
def test_month_labels_never_touch(width: float, months: int) -> None:
    line = kpi_line("KPI", "%", "percent", first=50, last=70, months=months)
    places = _label_places(drawn(line, width=width))
    assert places
    for (end, _), (_, start) in pairwise(places):
        assert start - end >= 2


def _label_places(data: bytes) -> list[tuple[float, float]]:
    """Return where each month's label ends and begins, from left to right."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(data) as document:
        page = document[0].get_textpage()
        boxes = [page.get_rect(index) for index in range(page.count_rects())]
        months = [
            (right, left)
            for left, bottom, right, top in boxes
            if re.fullmatch(r"[A-Z][a-z]{2}", page.get_text_bounded(left, bottom, right, top))
        ]
    return sorted(months, key=lambda pair: pair[1])


def test_the_target_stands_in_the_chart_with_its_number() -> None:
    line = kpi_line("Usage", "%", "percent", first=58, last=74.8)
    assert "Target 80%" in text(drawn(line, measure_of(line)))


def test_a_figure_says_in_words_what_it_shows() -> None:
    line = kpi_line("Usage", "%", "percent", first=58, last=74.8)
    (figure,) = [one for one in structure(drawn(line, measure_of(line))) if one.role == "Figure"]
    assert figure.alternative == "Usage, 74.8%, as of Sep 2025, Target 80%"


def _actual_strokes(data: bytes) -> list[str]:
    """Return the drawing of the actual line: the one in the accent colour, 1.5 wide."""
    code = b"\n".join(piece for piece in pieces(data) if b" Tf" in piece).decode("latin-1")
    return [
        part
        for part in code.split("q\n")
        if "1.5 w" in part and ".168627 .372549 .85098 RG" in part
    ]


def test_a_missing_month_is_a_gap_in_the_line() -> None:
    whole = kpi_line("KPI", "%", "percent", first=50, last=70)
    (line,) = _actual_strokes(drawn(whole))
    assert line.count(" m") == 1
    (gap,) = _actual_strokes(drawn(kpi_line("KPI", "%", "percent", first=50, last=70, gap=5)))
    assert gap.count(" m") == 2


@pytest.mark.parametrize(("frequency", "days"), [("weekly", 7), ("quarterly", 92)])
def test_periods_of_other_lengths_make_one_line(frequency: str, days: int) -> None:
    values = tuple(
        SeriesPoint(dt.date(2025, 1, 6) + dt.timedelta(days * index), Decimal(index))
        for index in range(5)
    )
    (line,) = _actual_strokes(drawn(KpiLine("KPI", "", "count", "higher", frequency, values)))
    assert line.count(" m") == 1


def test_no_more_than_two_years_are_shown() -> None:
    values = tuple(SeriesPoint(month(2020, one), Decimal(one)) for one in range(1, 61))
    line = KpiLine("KPI", "", "count", "higher", "monthly", values)
    found = text(drawn(line))
    assert "2023" in found
    assert "2022" not in found


@pytest.mark.parametrize(
    "numbers",
    [("5",), ("0", "0"), ("-5", "5"), ("1e300", "2e300"), ("-1e400", "1"), ("0.001", "0.002")],
)
def test_any_values_can_be_drawn(numbers: tuple[str, ...]) -> None:
    values = tuple(
        SeriesPoint(month(2025, index), Decimal(number)) for index, number in enumerate(numbers, 1)
    )
    assert drawn(KpiLine("KPI", "%", "percent", "higher", "monthly", values))
