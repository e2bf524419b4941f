"""Puts blocks on pages: margins, running header and footer, page n of N, the outline."""

from __future__ import annotations

from dataclasses import dataclass

from csdesk.progress import Progress
from csdesk.report.blocks import Block, over_pages
from csdesk.report.pen import Pen
from csdesk.report.theme import FAINT, INK, LINE, MUTED

_FOLIO_WIDTH = 80.0
_RUNNING_SIZE = 7.6


@dataclass(frozen=True, slots=True)
class RunningWords:
    """What stands at the edges of every page after the cover."""

    header_left: str
    header_right: str
    footer: str
    version: str = ""
    """Printed before the page number, so that two printed versions are never mixed up."""


class Pages:
    """The pages of one document, in order."""

    def __init__(self, pen: Pen, words: RunningWords) -> None:
        fitted = pen.typesetter.shortened
        page = pen.page
        half = page.content_width * 0.48
        self._pen = pen
        self._words = RunningWords(
            fitted(words.header_left, _RUNNING_SIZE, half, bold=True),
            fitted(words.header_right, _RUNNING_SIZE, half),
            fitted(words.footer, _RUNNING_SIZE, page.content_width - _FOLIO_WIDTH - 10),
            words.version,
        )
        self._count = 0
        self._numbered: list[int] = []

    @property
    def count(self) -> int:
        """How many pages were begun."""
        return self._count

    def begin(self, *, is_cover: bool = False) -> None:
        """Begin a page; the cover has no header and footer."""
        if self._count:
            self._pen.canvas.showPage()
        self._count += 1
        if not is_cover:
            self._numbered.append(self._count)
            self._draw_edges()

    def flow(self, story: Block, progress: Progress) -> None:
        """Set `story` on as many pages as it takes.

        Reports each page, so a user may cancel a long document.
        """
        page = self._pen.page
        for block in over_pages(story, page.content_width, page.content_height):
            self.begin()
            progress.report(self._count, None)
            block.draw(self._pen, page.margin, page.top, page.content_width)

    def finish(self) -> None:
        """Write version and "n / N" where each page left room for it, now that N is known."""
        pen = self._pen
        pen.canvas.showPage()
        for number in self._numbered:
            pen.canvas.beginForm(f"folio-{number}", 0, -4, _FOLIO_WIDTH, 12)
            text = f"{self._words.version}   {number} / {self._count}".strip()
            pen.text(_FOLIO_WIDTH, 0, text, _RUNNING_SIZE, ink=MUTED, align="right")
            pen.canvas.endForm()

    def _draw_edges(self) -> None:
        pen, words = self._pen, self._words
        page, right = pen.page, pen.page.right
        y = page.top + 28
        pen.text(page.margin, y, words.header_left, _RUNNING_SIZE, ink=INK, bold=True)
        pen.text(right, y, words.header_right, _RUNNING_SIZE, ink=MUTED, align="right")
        pen.line((page.margin, y - 9), (right, y - 9), ink=LINE)
        pen.line((page.margin, page.bottom - 18), (right, page.bottom - 18), ink=LINE)
        pen.text(page.margin, page.bottom - 30, words.footer, _RUNNING_SIZE, ink=FAINT)
        pen.canvas.saveState()
        pen.canvas.translate(right - _FOLIO_WIDTH, page.bottom - 30)
        pen.canvas.doForm(f"folio-{self._count}")
        pen.canvas.restoreState()
