"""What the chart of a KPI shows, read back from the page."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.i18n import Translator
from csdesk.queries.customer_rows import KpiLine, MeasureRow, SeriesPoint
from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.kpi_chart import KpiChart
from csdesk.report.kpi_chart_layout import chart_layout
from csdesk.report.label_places import Area
from csdesk.report.page_shape import A4
from csdesk.report.pen import Pen
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words
from tests.report.drawn_boxes import WatchedPen
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


def touching(
    kpi: KpiLine, measure: MeasureRow | None, size: tuple[float, float], language: str
) -> list[str]:
    """Return which texts of a chart touch another, or a line or mark of the course."""
    words, pen = Words(Translator(language)), WatchedPen(A4)
    width, height = size
    KpiChart(kpi, measure, words, height=height).draw(pen, 0, height, width)
    layout = chart_layout(kpi, measure, size, words, pen.typesetter)
    lines = [pair for stretch in layout.stretches for pair in pairwise(stretch)]
    lines += [line for line in (layout.planned, layout.as_of) if line]
    if layout.target is not None:
        lines.append(((layout.plot.left, layout.target), (layout.plot.right, layout.target)))
    lines += [((one.left, one.bottom), (one.right, one.bottom)) for one in pen.lines]
    marks = [(dot.x, dot.y) for dot in layout.dots]
    marks += [layout.target_mark] if layout.target_mark else []
    found = []
    for index, one in enumerate(pen.texts):
        area = Area(one.left, one.bottom, one.right, one.top)
        if any(one.touches(other, 0.4) for other in pen.texts[index + 1 :]):
            found.append(f"{one.what}: another text")
        if any(area.is_crossed(*line) for line in lines):
            found.append(f"{one.what}: a line")
        if any(area.overlaps(Area(x - 1.3, y - 1.3, x + 1.3, y + 1.3)) for x, y in marks):
            found.append(f"{one.what}: a mark")
        if not (one.left >= -0.01 and one.right <= width + 0.01 and one.top <= height + 0.01):
            found.append(f"{one.what}: outside")
    return found


series = st.one_of(
    st.lists(st.integers(0, 100).map(Decimal), min_size=1, max_size=30),
    st.lists(st.decimals(-5, 5, places=2), min_size=1, max_size=13),
    st.lists(st.integers(10**15, 10**15 + 9).map(Decimal), min_size=1, max_size=9),
    st.lists(st.integers(1, 9).map(lambda one: Decimal(one) / 10000), min_size=1, max_size=9),
    st.lists(st.just(Decimal(42)), min_size=1, max_size=12),
    st.lists(st.integers(40_000_000, 60_000_000).map(Decimal), min_size=1, max_size=24),
)
units = st.sampled_from(
    [("%", "percent"), ("円", "money"), ("$", "money"), ("h", "duration"), ("", "score")]
)


@st.composite
def charts(draw: st.DrawFn) -> tuple[KpiLine, MeasureRow | None]:
    numbers = draw(series)
    frequency, days = draw(st.sampled_from([("weekly", 7), ("monthly", 31), ("quarterly", 92)]))
    gaps = draw(st.sets(st.integers(1, 30), max_size=4))
    first = dt.date(2025, 1, 6)
    kept = [
        SeriesPoint(first + dt.timedelta(days * index), number, is_estimate=draw(st.booleans()))
        for index, number in enumerate(numbers)
        if index not in gaps
    ]
    unit, kind = draw(units)
    line = KpiLine("KPI", unit, kind, "higher", frequency, tuple(kept))
    near = st.sampled_from([*numbers, numbers[0] * 2, numbers[0] - abs(numbers[-1])])
    day = st.none() | st.integers(-800, 1500).map(lambda add: first + dt.timedelta(add))
    measure = MeasureRow(
        line,
        "higher",
        baseline=draw(st.none() | near),
        baseline_on=draw(day),
        target=draw(st.none() | near),
        target_on=draw(day),
    )
    return line, draw(st.sampled_from([measure, None]))


@settings(max_examples=80)
@given(
    chart=charts(),
    width=st.sampled_from([150.0, 222.0, 229.0, 340.0, 478.0]),
    height=st.sampled_from([84.0, 104.0, 168.0]),
    language=st.sampled_from(["en", "ja"]),
)
def test_labels_touch_neither_each_other_nor_the_course(
    chart: tuple[KpiLine, MeasureRow | None], width: float, height: float, language: str
) -> None:
    assert touching(*chart, (width, height), language) == []


def test_two_hundred_weeks_are_one_line_with_few_marks() -> None:
    values = tuple(
        SeriesPoint(dt.date(2022, 1, 3) + dt.timedelta(7 * week), Decimal(week % 17))
        for week in range(200)
    )
    line = KpiLine("KPI", "件", "count", "higher", "weekly", values)
    layout = chart_layout(line, None, (222.0, 104.0), Words(Translator("ja")), Typesetter())
    assert [len(stretch) for stretch in layout.stretches] == [104]
    assert len(layout.dots) == 1
    assert touching(line, None, (222.0, 104.0), "ja") == []


def test_a_regression_and_an_over_achievement_stay_in_the_picture() -> None:
    line = kpi_line("KPI", "%", "percent", first=20, last=140)
    measure = measure_of(line, baseline=Decimal(58), target=Decimal(80))
    layout = chart_layout(line, measure, (222.0, 104.0), Words(Translator("en")), Typesetter())
    heights = [y for stretch in layout.stretches for _, y in stretch]
    assert layout.target is not None
    assert layout.planned is not None
    assert layout.plot.bottom < min(heights) < layout.planned[0][1]
    assert layout.target < max(heights) < layout.plot.top


def test_the_planned_line_leads_from_the_baseline_to_the_target() -> None:
    line = kpi_line("KPI", "%", "percent", first=58, last=70)
    measure = measure_of(line)
    layout = chart_layout(line, measure, (222.0, 104.0), Words(Translator("en")), Typesetter())
    assert layout.planned is not None
    assert layout.planned[1] == layout.target_mark
    assert layout.planned[0][1] == pytest.approx(layout.stretches[0][0][1])


@pytest.mark.parametrize(
    ("numbers", "unit", "named"),
    [
        (("0.0001", "0.0009"), "", {"0", "0.00025", "0.0005", "0.00075", "0.001"}),
        (("40", "60"), "%", {"40%", "50%", "60%"}),
        (("42000000", "47000000"), "円", {"4200万円", "4400万円", "4600万円"}),
        (("-20", "20"), "", {"−20", "0", "20"}),
        (("7", "7"), "", {"6", "6.5", "7", "7.5", "8"}),
    ],
)
def test_the_axis_names_round_values(numbers: tuple[str, ...], unit: str, named: set[str]) -> None:
    values = tuple(
        SeriesPoint(month(2025, index), Decimal(number)) for index, number in enumerate(numbers, 1)
    )
    line = KpiLine("KPI", unit, "count", "higher", "monthly", values)
    layout = chart_layout(line, None, (222.0, 104.0), Words(Translator("ja")), Typesetter())
    assert {label.text for label in layout.labels if label.align == "right"} == named


def test_the_day_of_the_newest_value_stands_in_the_chart() -> None:
    line = kpi_line("Usage", "%", "percent", first=58, last=74.8)
    assert "as of Sep 2025" in text(drawn(line, measure_of(line)))
