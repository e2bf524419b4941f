"""Paragraphs keep their text whole over pages and measure what they draw."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from csdesk.report.blocks import Block
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.theme import TextStyle
from csdesk.report.typesetting import Typesetter

STYLE = TextStyle(10, 16)
texts = st.lists(
    st.sampled_from(
        ["新規拠点の", "初期設定と", "Enterprise Edition ", "への移行を", "\n", "完了。"]
    ),
    min_size=1,
    max_size=80,
).map("".join)


def parted(block: Block, width: float, room: float) -> list[Paragraph]:
    """Split a paragraph over as many pages of `room` as it takes."""
    parts = []
    while block.height(width) > room:
        split = block.split(width, room)
        assert split is not None
        first, block = split
        assert first.height(width) <= room
        parts.append(first)
    return [part for part in [*parts, block] if isinstance(part, Paragraph)]


@given(text=texts, lines=st.integers(3, 9), width=st.floats(100, 400))
def test_a_paragraph_split_over_pages_has_the_same_lines(
    text: str, lines: int, width: float
) -> None:
    whole = Paragraph(text, STYLE, Typesetter())
    parts = parted(Paragraph(text, STYLE, Typesetter()), width, lines * STYLE.leading)
    assert [line for part in parts for line in part.lines(width)] == whole.lines(width)


@given(text=texts, lines=st.integers(3, 9), width=st.floats(100, 400))
def test_no_page_has_a_single_line_of_a_longer_paragraph(
    text: str, lines: int, width: float
) -> None:
    parts = parted(Paragraph(text, STYLE, Typesetter()), width, lines * STYLE.leading)
    if len(parts) > 1:
        assert all(len(part.lines(width)) >= 2 for part in parts)


@given(text=texts, width=st.floats(100, 400))
def test_the_rest_of_a_split_paragraph_can_be_set_at_another_width(text: str, width: float) -> None:
    whole = Paragraph(text, STYLE, Typesetter())
    split = whole.split(width, 3 * STYLE.leading)
    if split is None:
        return
    first, rest = split
    assert isinstance(first, Paragraph)
    assert isinstance(rest, Paragraph)
    dropped = str.maketrans("", "", " \n")
    joined = "".join(first.lines(width)) + "".join(rest.lines(width * 0.8))
    assert joined.translate(dropped) == text.translate(dropped)


def test_a_paragraph_is_as_high_as_its_lines() -> None:
    paragraph = Paragraph("一\n二\n三", STYLE, Typesetter())
    assert paragraph.height(300) == 3 * 16


def test_a_paragraph_of_three_lines_is_never_split() -> None:
    assert Paragraph("一\n二\n三", STYLE, Typesetter()).split(300, 40) is None


def test_spans_share_lines() -> None:
    spans = [Span("基準値 "), Span("58%", bold=True), Span(" → "), Span("80%", ink="#000000")]
    assert Paragraph(spans, STYLE, Typesetter()).lines(300) == ["基準値 58% → 80%"]


def test_a_limited_paragraph_is_cut_to_its_lines() -> None:
    limited = TextStyle(10, 16, max_lines=2)
    paragraph = Paragraph("あ" * 100, limited, Typesetter())
    assert paragraph.height(200) == 2 * 16
    assert len(paragraph.lines(200)[1]) == 19


def test_ten_thousand_lines_are_measured_once_and_split_quickly() -> None:
    note = "\n".join(f"{number}行目のメモ" for number in range(10_000))
    parts = parted(Paragraph(note, STYLE, Typesetter()), 400, 700)
    lines = [line for part in parts for line in part.lines(400)]
    assert len(lines) == 10_000
    assert lines[9_999] == "9999行目のメモ"


def test_running_text_keeps_a_measure_that_the_eye_can_follow() -> None:
    narrow = Paragraph("あ" * 300, TextStyle(10, 16, measure=400), Typesetter())
    assert max(map(len, narrow.lines(750))) == 40
    assert narrow.lines(750) == narrow.lines(400)
    split = narrow.split(750, 64)
    assert split is not None
    assert isinstance(split[1], Paragraph)
    assert max(map(len, split[1].lines(750))) == 40


def test_what_is_left_out_is_marked_as_each_script_does() -> None:
    limited = TextStyle(10, 16, max_lines=1)
    typesetter = Typesetter()
    assert typesetter.shortened("長い名前の会社", 10, 50) == "長い名前…"
    assert typesetter.shortened("A company with a long name", 10, 60).endswith("...")
    assert Paragraph("あ" * 30, limited, typesetter).lines(100) == ["あ" * 9]
    assert len(Paragraph("word " * 30, limited, typesetter).lines(100)) == 1
