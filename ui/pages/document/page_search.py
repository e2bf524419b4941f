"""Searching the document in view, and going from one place found to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from csdesk.i18n import _
from csdesk.progress import Progress
from ui.pages.document.find_bar import FindBar
from ui.pages.document.page_view import PageView
from ui.pages.document.pdf_pages import Hit
from ui.tasks import Task, Tasks


class PageSearch(QObject):
    """Finds on the worker what the bar asks for, and marks it on the pages."""

    def __init__(self, view: PageView, bar: FindBar, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._bar = bar
        self._tasks = tasks
        self._hits: tuple[Hit, ...] = ()
        self._at = 0
        self._is_moving = False
        self._running: Task | None = None
        bar.words_entered.connect(self.search)
        bar.step_asked.connect(self.step)
        bar.closed.connect(self.again)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The places found."""
        return self._hits

    @property
    def at(self) -> int:
        """Which of them one looks at, from 0."""
        return self._at

    @Slot()
    def again(self) -> None:
        """Search another document for what the bar says; one stays where one is."""
        self._is_moving = False
        self._start(self._bar.words)

    @Slot(str)
    def search(self, words: str) -> None:
        """Find words and show the first place in view or below; without words nothing is marked."""
        self._is_moving = True
        self._start(words)

    def _start(self, words: str) -> None:
        pages = self._view.pages
        if self._running is not None:
            self._running.cancel()
            self._running = None
        if not words or pages is None:
            self._show(())
            return

        def find(progress: Progress) -> tuple[Hit, ...]:
            return pages.find(words)

        self._running = self._tasks.prepare(_("Searching the document"), find)
        self._running.succeeded.connect(self._on_found)
        self._tasks.start(self._running)

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next place found, or the one before; around at the ends."""
        if self._hits:
            self._is_moving = True
            self._at = (self._at + by) % len(self._hits)
            self._mark()

    @Slot(object)
    def _on_found(self, hits: tuple[Hit, ...]) -> None:
        if self.sender() is self._running:
            self._running = None
            self._show(hits)

    def _show(self, hits: tuple[Hit, ...]) -> None:
        page = self._view.page
        self._hits = hits
        if self._is_moving or self._at >= len(hits):
            self._at = next((at for at, hit in enumerate(hits) if hit.page >= page), 0)
        self._mark()

    def _mark(self) -> None:
        now = self._hits[self._at] if self._hits else None
        self._view.show_hits(self._hits, now, reveal=self._is_moving)
        self._bar.show_count(self._at + 1, len(self._hits))
