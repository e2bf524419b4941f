"""A KPI's card says value, change and target in few words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.i18n import Translator
from csdesk.queries.customer_rows import KpiLine, MeasureRow, SeriesPoint
from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.kpi_card import KpiCards
from csdesk.report.page_shape import A4, WIDE, PageShape
from csdesk.report.palette import Palette
from csdesk.report.pen import Pen
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words
from tests.report.drawn_boxes import WatchedPen
from tests.report.reading import page_texts, pieces
from tests.report.sample_plans import month

GOOD_RED_PART, BAD_RED_PART = b".082 .451 .278 rg", b".729 .176 .2 rg"


def kpi(*numbers: str, unit: str = "%", direction: str = "higher") -> KpiLine:
    values = tuple(
        SeriesPoint(month(2025, index), Decimal(number)) for index, number in enumerate(numbers, 1)
    )
    return KpiLine("Active usage", unit, "percent", direction, "monthly", values)


def drawn(*kpis: KpiLine, measure: MeasureRow | None = None) -> bytes:
    glyphs(REGULAR)
    canvas = TaggedCanvas(None, pagesize=(500, 120), initialFontName=REGULAR, invariant=1)
    cards = KpiCards([(one, measure) for one in kpis], Words(Translator("en")))
    cards.draw(Pen(canvas, Typesetter()), 0, 110, 500)
    canvas.showPage()
    return canvas.finished()


def text(data: bytes) -> str:
    return " ".join(page_texts(data)[0].split())


def test_a_card_names_value_change_and_day() -> None:
    assert text(drawn(kpi("70", "74.8"))) == "Active usage 74.8% ▲ 4.8pt as of Feb 2025"


def test_a_target_takes_the_place_of_the_day() -> None:
    line = kpi("70", "74.8")
    found = text(drawn(line, measure=MeasureRow(line, "higher", target=Decimal(80))))
    assert "Target 80%" in found


def test_a_first_value_has_no_change() -> None:
    assert text(drawn(kpi("70"))) == "Active usage 70% as of Jan 2025"


def test_an_unchanged_value_says_so() -> None:
    assert "±0" in text(drawn(kpi("70", "70")))


@pytest.mark.parametrize(
    ("numbers", "direction", "colour"),
    [
        (("70", "75"), "higher", GOOD_RED_PART),
        (("75", "70"), "higher", BAD_RED_PART),
        (("70", "75"), "lower", BAD_RED_PART),
        (("75", "70"), "lower", GOOD_RED_PART),
    ],
)
def test_whether_a_change_is_good_depends_on_the_direction(
    numbers: tuple[str, ...], direction: str, colour: bytes
) -> None:
    code = b"".join(
        piece for piece in pieces(drawn(kpi(*numbers, direction=direction))) if b" Tf" in piece
    )
    other = BAD_RED_PART if colour == GOOD_RED_PART else GOOD_RED_PART
    assert colour in code
    assert other not in code


def test_no_more_than_four_cards_stand_side_by_side() -> None:
    assert text(drawn(*[kpi("1", "2")] * 6)).count("Active usage") == 4


def test_a_long_value_is_set_smaller_to_fit() -> None:
    line = kpi("1", "123456789012", unit="円")
    assert "123,456,789,012円" in text(drawn(*[line] * 4))


numbers = st.one_of(
    st.integers(-100, 100).map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([Decimal("1e15"), Decimal("-1e400"), Decimal("0.0004"), Decimal(123456789012)]),
)


@settings(max_examples=40)
@given(
    values=st.lists(st.lists(numbers, min_size=1, max_size=14), min_size=1, max_size=4),
    unit=st.sampled_from(["%", "円", "$", "h", "", "件／月・店舗", "長い単位" * 9]),
    language=st.sampled_from(["en", "ja"]),
    page=st.sampled_from([A4, WIDE]),
    has_target=st.booleans(),
)
def test_words_of_cards_touch_neither_each_other_nor_the_frame(
    values: list[list[Decimal]], unit: str, language: str, page: PageShape, has_target: bool
) -> None:
    kpis = [kpi(*map(str, some), unit=unit) for some in values]
    pairs = [
        (one, MeasureRow(one, "higher", target=Decimal(80)) if has_target else None) for one in kpis
    ]
    pen = WatchedPen(page)
    cards = KpiCards(pairs, Words(Translator(language)))
    cards.draw(pen, page.margin, page.top, page.content_width)
    for index, one in enumerate(pen.texts):
        assert not any(one.touches(other, 0.5) for other in pen.texts[index + 1 :])
    count = max(len(kpis), 2)
    step = (page.content_width + 9) / count
    for one in pen.texts:
        place = (one.left - page.margin) % step
        assert place >= 9.9
        assert place + one.right - one.left <= step - 9 - 9.9
        assert page.top - cards.height(page.content_width) < one.bottom
        assert one.top < page.top


def test_the_colours_of_a_card_follow_the_accent() -> None:
    pen = WatchedPen(A4)
    pen.palette = Palette("#AA3355")
    KpiCards([(kpi("1", "5", "3"), None)], Words(Translator("en"))).draw(pen, 50, 700, 400)
    pen.canvas.showPage()
    code = b"".join(pieces(pen.canvas.finished()))
    assert b".917647 .941176 .988235" not in code
    assert b".666667 .2 .333333 RG" in code


@pytest.mark.parametrize(("frequency", "days"), [("weekly", 7), ("monthly", 30), ("quarterly", 91)])
def test_a_missing_period_is_a_gap_whatever_the_period(frequency: str, days: int) -> None:
    def lines(missing: int | None) -> int:
        values = tuple(
            SeriesPoint(dt.date(2025, 2, 3) + dt.timedelta(days * index), Decimal(index))
            for index in range(9)
            if index != missing
        )
        one = KpiLine("Usage", "", "count", "higher", frequency, values)
        code = b"".join(piece for piece in pieces(drawn(one)) if b" Tf" in piece)
        return code.count(b"1.2 w")

    assert lines(4) == lines(None) + 1
