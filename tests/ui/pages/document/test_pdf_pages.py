"""A PDF in memory gives pictures, texts and places, and gives its memory back."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage

from ui.pages.document.pdf_pages import PdfPages


@pytest.fixture
def pages(rich_pdf: bytes) -> Iterator[PdfPages]:
    pages = PdfPages(rich_pdf)
    yield pages
    pages.close()


def test_pieces_together_are_the_page(pages: PdfPages) -> None:
    whole = QSize(360, 510)
    page = pages.picture(1, whole, QRect(0, 0, 360, 510))
    piece = pages.picture(1, whole, QRect(90, 200, 150, 120))
    assert page.size() == whole
    part = page.copy(90, 200, 150, 120)
    same = sum(
        abs(part.pixelColor(x, y).lightness() - piece.pixelColor(x, y).lightness()) < 60
        for x in range(0, 150, 3)
        for y in range(0, 120, 3)
    )
    assert same > 0.98 * 50 * 40


def test_a_picture_is_in_colour_and_not_blank(pages: PdfPages) -> None:
    cover = pages.picture(0, QSize(300, 424), QRect(0, 0, 300, 424))
    assert cover.format() == QImage.Format.Format_RGB32
    top = cover.pixelColor(20, 20)
    assert top.blue() > top.red() + 40, "the cover is blue, not orange: the channels are in order"


@pytest.mark.parametrize(
    "words", ["目標", "NPS", "nps", "ＮＰＳ", " n p s ", "2025年10月15日", "サクセスプラン株式会社"]
)
def test_words_are_found_whatever_their_width_case_and_blanks(pages: PdfPages, words: str) -> None:
    hits = pages.find(words)
    assert hits
    for hit in hits:
        wide, high = pages.sizes[hit.page]
        assert hit.boxes
        assert all(0 <= box.left() < box.right() <= wide for box in hit.boxes)
        assert all(0 <= box.top() < box.bottom() <= high for box in hit.boxes)


def test_words_that_go_over_the_end_of_a_line_are_found_in_two_boxes(pages: PdfPages) -> None:
    lines = pages.text(1).split("\n")
    pairs = [
        (above.strip(), below.strip())
        for above, below in itertools.pairwise(lines)
        if len(above) > 30 and len(below) > 4 and not above.isascii()
    ]
    above, below = pairs[0]
    hits = [hit for hit in pages.find(above[-4:] + below[:4]) if hit.page == 1]
    assert hits
    assert len(hits[0].boxes) >= 2


@pytest.mark.parametrize("words", ["", "   ", "not in there 𩸽"])
def test_what_is_not_there_is_not_found(pages: PdfPages, words: str) -> None:
    assert pages.find(words) == ()


def test_after_closing_nothing_is_shown_and_nothing_breaks(rich_pdf: bytes) -> None:
    pages = PdfPages(rich_pdf)
    pages.close()
    pages.close()
    assert pages.is_closed
    assert pages.picture(0, QSize(10, 10), QRect(0, 0, 10, 10)).isNull()
    assert pages.text(0) == ""
    assert pages.find("目標") == ()


def test_several_threads_take_turns(pages: PdfPages) -> None:
    wanted = {page: pages.text(page) for page in range(pages.count)}
    got: list[bool] = []

    def look(start: int) -> None:
        for step in range(12):
            page = (start + 5 * step) % pages.count
            image = pages.picture(page, QSize(60, 85), QRect(0, 0, 60, 85))
            got.append(not image.isNull() and pages.text(page) == wanted[page])

    threads = [threading.Thread(target=look, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True] * 48


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing more", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="PDF"):
        PdfPages(data)
