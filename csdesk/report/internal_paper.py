"""A paper for ourselves: begun, marked internal on every page, and finished, whatever it tells."""

from __future__ import annotations

import datetime as dt

from csdesk.i18n import Translator
from csdesk.model.document_setup import Setup
from csdesk.progress import Progress
from csdesk.queries.customer_document import Branding
from csdesk.report.blocks import Block, Stack
from csdesk.report.document import Made, begin_canvas
from csdesk.report.page_shape import shape_of
from csdesk.report.pages import Pages, RunningWords
from csdesk.report.palette import Palette
from csdesk.report.pen import Pen
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words


class InternalPaper:
    """One paper in one language for one kind of page; each kind says its title and its story."""

    def __init__(self, language: str, setup: Setup, *, company: str, day: dt.date) -> None:
        """`company` is ours, `day` the day the paper speaks of."""
        self.words = Words(Translator(language))
        self.typesetter = Typesetter()
        self.page = shape_of(setup.page_size)
        self.day = day
        self.mark = self.words.t("Internal: not for customers")
        self._company = company
        self._is_archival = setup.is_archival

    @property
    def title(self) -> str:
        """The title by which programs and shelves know the file."""
        raise NotImplementedError

    def running_words(self) -> RunningWords:
        """Say on every page what it is, and that it is internal."""
        raise NotImplementedError

    def story(self) -> list[Block]:
        """Make all that the paper tells, from top to bottom."""
        raise NotImplementedError

    def made(self, branding: Branding, progress: Progress) -> Made:
        """Make the PDF in memory. Raises CancelledError where the user cancels."""
        canvas = begin_canvas(
            title=self.title,
            author=self._company,
            subject=self.mark,
            day=self.day,
            is_japanese=self.words.is_japanese,
            page=self.page,
            is_archival=self._is_archival,
        )
        pen = Pen(canvas, self.typesetter, Palette(branding.accent), self.page)
        pages = Pages(pen, self.running_words())
        pages.flow(Stack(self.story()), progress)
        pages.finish()
        return Made(canvas.finished(), pages.count, self.typesetter.unshown)
