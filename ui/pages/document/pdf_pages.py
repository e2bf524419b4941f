"""A PDF in memory, opened by PDFium: its pages as pictures, its text, and where words stand."""

from __future__ import annotations

import threading
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QImage

PDFIUM = threading.RLock()
"""PDFium serves one thread at a time in the whole program; whoever calls it holds this."""

KEPT_PAGES = 6
"""Pages that stay loaded for the next piece or search."""

MOST_HITS = 2_000
"""Places found beyond which a search stops; nobody walks through more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where words were found: the page from 0, and boxes in points from the top left."""

    page: int
    boxes: tuple[QRectF, ...]


class PdfPages:
    """The pages of one PDF. Any thread may ask; they take turns.

    After `close` pictures are empty, texts are "", and nothing is found: what was asked for a
    moment before does no harm. Opening raises ValueError for bytes that are no PDF.
    """

    def __init__(self, data: bytes) -> None:
        # Loaded with the first document only; the program's start has no time for it.
        import pypdfium2

        with PDFIUM:
            try:
                self._pdf: Any = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError as error:
                raise ValueError("not a PDF that can be shown") from error
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._pdf.get_page_size(number) for number in range(len(self._pdf))
            )
            """Width and height of each page in points."""
        self._loaded: OrderedDict[int, Any] = OrderedDict()
        self._letters: dict[int, _Letters] = {}

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    @property
    def is_closed(self) -> bool:
        """Tell whether the memory was given back."""
        return self._pdf is None

    def picture(self, page: int, whole: QSize, piece: QRect) -> QImage:
        """Draw a piece of a page that is `whole` pixels large, white below."""
        from pypdfium2 import PdfBitmap, raw

        with PDFIUM:
            if self._pdf is None:
                return QImage()
            bitmap = PdfBitmap.new_native(piece.width(), piece.height(), format=raw.FPDFBitmap_BGRx)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, piece.width(), piece.height())
            raw.FPDF_RenderPageBitmap(
                bitmap,
                self._page(page),
                -piece.x(),
                -piece.y(),
                whole.width(),
                whole.height(),
                0,
                raw.FPDF_ANNOT,
            )
            image = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            ).copy()  # its own memory: the bitmap's goes with the bitmap
            bitmap.close()
            return image

    def text(self, page: int) -> str:
        """Return a page's text in reading order, one line for each line."""
        with PDFIUM:
            if self._pdf is None:
                return ""
            text = self._page(page).get_textpage()
            lines = str(text.get_text_range()).replace("\r\n", "\n")
            text.close()
            return lines

    def find(self, words: str) -> tuple[Hit, ...]:
        """Find words on all pages, in order; blanks, line ends, case and width do not count."""
        wanted = _folded(words)
        found: list[Hit] = []
        if not wanted:
            return ()
        for page in range(self.count):
            with PDFIUM:
                if self._pdf is None:
                    return ()
                if page not in self._letters:
                    self._letters[page] = _letters(self._page(page))
                spans = self._letters[page].spans(wanted)
                if spans:
                    found += self._hits(page, spans)
            if len(found) >= MOST_HITS:
                break
        return tuple(found[:MOST_HITS])

    def close(self) -> None:
        """Give the memory back; twice does no harm."""
        with PDFIUM:
            if self._pdf is None:
                return
            for page in self._loaded.values():
                page.close()
            self._loaded.clear()
            self._letters.clear()
            self._pdf.close()
            self._pdf = None

    def __del__(self) -> None:
        # Should nobody have closed it: PDFium's own clean-up would not wait for its turn.
        if getattr(self, "_pdf", None) is not None:
            self.close()

    def _page(self, number: int) -> Any:
        page = self._loaded.get(number)
        if page is None:
            while len(self._loaded) >= KEPT_PAGES:
                self._loaded.popitem(last=False)[1].close()
            page = self._loaded[number] = self._pdf[number]
        self._loaded.move_to_end(number)
        return page

    def _hits(self, number: int, spans: list[tuple[int, int]]) -> list[Hit]:
        height = self.sizes[number][1]
        text = self._page(number).get_textpage()
        text.count_rects()  # PDFium wants to have been asked for all first
        found = []
        for first, count in spans:
            boxes = [text.get_rect(at) for at in range(text.count_rects(first, count))]
            found.append(
                Hit(
                    number,
                    tuple(
                        QRectF(left, height - top, right - left, top - bottom)
                        for left, bottom, right, top in boxes
                    ),
                )
            )
        text.close()
        return found


@dataclass(frozen=True, slots=True)
class _Letters:
    """A page's letters as they are compared, and the character of the page each comes from."""

    text: str
    origins: tuple[int, ...]

    def spans(self, wanted: str) -> list[tuple[int, int]]:
        """Return first character and number of characters of each place."""
        found = []
        at = self.text.find(wanted)
        while at >= 0:
            first, last = self.origins[at], self.origins[at + len(wanted) - 1]
            found.append((first, last - first + 1))
            at = self.text.find(wanted, at + len(wanted))
        return found


def _letters(page: Any) -> _Letters:
    from pypdfium2 import raw

    text = page.get_textpage()
    letters: list[str] = []
    origins: list[int] = []
    high = 0
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        folded = _folded(chr(code))
        letters.append(folded)
        origins += [at] * len(folded)
    text.close()
    return _Letters("".join(letters), tuple(origins))


def _folded(text: str) -> str:
    """Return text as it is compared: composed, without case, blanks and invisible signs."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isprintable() and not letter.isspace())
