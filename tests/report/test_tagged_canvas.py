"""Tagged pages: what is content, what is decoration, and how elements go on over pages."""

from __future__ import annotations

import datetime as dt
import io
import re

import pikepdf

from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.pen import Pen
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.typesetting import Typesetter
from tests.report.reading import outline, page_texts, pieces, structure


def canvas() -> TaggedCanvas:
    glyphs(REGULAR)
    return TaggedCanvas(None, pagesize=(200, 200), initialFontName=REGULAR, invariant=1)


def write(page: TaggedCanvas, text: str) -> None:
    Pen(page, Typesetter()).text(10, 100, text, 10)


def roles(data: bytes) -> list[tuple[str, int]]:
    return [(element.role, element.children) for element in structure(data)]


def test_content_becomes_an_element_and_the_rest_decoration() -> None:
    page = canvas()
    write(page, "running header")
    with page.content("P"):
        write(page, "a paragraph")
    page.showPage()
    data = page.finished()
    assert roles(data) == [("Document", 1), ("P", 1)]
    (code,) = [piece for piece in pieces(data) if b" Tf" in piece]
    assert code.index(b"/Artifact BMC") < code.index(b"Tj") < code.index(b"/P <<")
    assert code.index(b"/P <<") < code.rindex(b"Tj")
    assert code.count(b"BMC") + code.count(b"BDC") == code.count(b"EMC")


def test_content_within_content_belongs_to_the_outer_one() -> None:
    page = canvas()
    with page.content("TD"), page.content("P"), page.element("Sect"):
        write(page, "cell")
    page.showPage()
    assert roles(page.finished()) == [("Document", 1), ("TD", 1)]


def test_an_element_goes_on_over_pages() -> None:
    page = canvas()
    for text in ("begins", "goes on"):
        with page.element("Sect", key="section"), page.content("P", key="paragraph"):
            write(page, text)
        page.showPage()
    assert roles(page.finished()) == [("Document", 1), ("Sect", 1), ("P", 2)]


def test_decoration_is_seen_and_not_read() -> None:
    page = canvas()
    with page.decoration(), page.element("Table"), page.content("TH"):
        write(page, "repeated header")
    page.showPage()
    data = page.finished()
    assert roles(data) == [("Document", 0)]
    assert "repeated header" in page_texts(data)[0]


def test_every_mark_of_a_page_finds_its_element() -> None:
    page = canvas()
    for number in range(3):
        with page.content("P"):
            write(page, str(number))
    page.showPage()
    with pikepdf.open(io.BytesIO(page.finished())) as pdf:
        marks = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert [int(element.K[0]) for element in marks] == [0, 1, 2]
        assert pdf.Root.MarkInfo.Marked
        assert pdf.pages[0].StructParents == 0


def test_titles_in_the_outline_are_cleaned_and_unique() -> None:
    page = canvas()
    page.bookmark("目標\x00\ud800", 100)
    page.bookmark("目標\x00\ud800", 50)
    page.showPage()
    assert outline(page.finished()) == ["目標"]


def test_the_file_says_the_time_it_was_told() -> None:
    page = canvas()
    page.set_time(dt.datetime(2026, 3, 31, 12, 30, tzinfo=dt.UTC))
    page.showPage()
    with pikepdf.open(io.BytesIO(page.finished())) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260331123000+00'00'"


def test_decoration_in_which_nothing_is_drawn_leaves_no_mark() -> None:
    page = canvas()
    for _number in range(3):
        with page.content("P"):
            write(page, "words")
    page.showPage()
    (code,) = [piece for piece in pieces(page.finished()) if b" Tf" in piece]
    assert code.count(b"/Artifact BMC") == 1


def test_a_figure_nobody_described_is_decoration_and_a_quotation_holds_a_paragraph() -> None:
    page = canvas()
    with page.content("Figure", alternative=" \u200b"):
        write(page, "ornament")
    with page.content("BlockQuote", key="quotation"):
        write(page, "to be")
    page.showPage()
    with page.content("BlockQuote", key="quotation"):
        write(page, "or not")
    page.showPage()
    assert roles(page.finished()) == [("Document", 1), ("BlockQuote", 1), ("P", 2)]


def test_a_figure_on_one_page_says_where_it_stands() -> None:
    page = canvas()
    page.translate(5, 10)
    for key in ("alone", "parted"):
        with page.content("Figure", key=key, alternative=key, box=(10, 20, 60, 80)):
            page.line(10, 20, 60, 80)
    page.showPage()
    with page.content("Figure", key="parted", alternative="parted", box=(10, 20, 60, 80)):
        page.line(10, 20, 60, 80)
    page.showPage()
    with pikepdf.open(io.BytesIO(page.finished())) as pdf:
        alone, parted = pdf.Root.StructTreeRoot.K[0].K
        assert [int(part) for part in alone.A.BBox] == [15, 30, 65, 90]
        assert "/A" not in parted


def test_streams_end_as_they_should_whatever_their_last_byte_is() -> None:
    ends = set()
    for number in range(400):
        page = canvas()
        for height in range(number):
            page.line(0, number * height % 97, number, height)
        page.showPage()
        data = page.finished()
        for found in re.finditer(rb"/Length (\d+)\s[^>]*>>\s+stream\n", data):
            end = found.end() + int(found[1])
            assert re.match(rb"\r?\nendstream", data[end : end + 12])
            ends.add(data[end - 1 : end])
            assert (data[end - 1 : end] == b"\r") == (data[end : end + 2] == b"\r\n")
        if b"\r" in ends:
            break
    assert b"\r" in ends


def test_the_file_is_sound_and_small_objects_are_packed() -> None:
    page = canvas()
    for _number in range(600):
        with page.content("P"):
            pass
    page.showPage()
    data = page.finished()
    assert len(data) < 60_000
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.Root.StructTreeRoot.K[0].K) == 600
    assert data.startswith(b"%PDF-1.7")
