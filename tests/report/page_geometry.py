"""Where the words of a PDF stand, to find what touches or leaves the page."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium


@dataclass(frozen=True, slots=True)
class Words:
    """Letters that stand in one line, with the box of their ink in points."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Words) -> bool:
        """Tell whether two boxes share more than letters beside each other may."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > 1.0 and up > 1.0


def words_of(data: bytes) -> list[list[Words]]:
    """Return the boxes of each page's words."""
    found: list[list[Words]] = []
    with pdfium.PdfDocument(data) as document:
        for number, page in enumerate(document):
            texts = page.get_textpage()
            boxes = [texts.get_rect(index) for index in range(texts.count_rects())]
            found.append([Words(number, texts.get_text_bounded(*box), *box) for box in boxes])
    return found


def collisions(data: bytes) -> list[tuple[int, str, str]]:
    """Return the words that stand on others, with the number of their page from 1."""
    return [
        (one.page + 1, one.text, other.text)
        for words in words_of(data)
        for index, one in enumerate(words)
        for other in words[index + 1 :]
        if one.overlaps(other)
    ]


def outside(data: bytes, margin: float) -> list[tuple[int, str]]:
    """Return the words nearer to an edge of their page than `margin`."""
    found: list[tuple[int, str]] = []
    with pdfium.PdfDocument(data) as document:
        sizes = [page.get_size() for page in document]
    for words in words_of(data):
        for one in words:
            width, height = sizes[one.page]
            if min(one.left, one.bottom, width - one.right, height - one.top) < margin:
                found.append((one.page + 1, one.text))
    return found
