"""A document to look through: its pages, small pages beside them, size, search.

It needs the bytes of a PDF and nothing else. Opening, searching and reading text happen on a
worker; what is shown stays until the next document is ready to be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.pages.document.find_bar import FindBar
from ui.pages.document.page_search import PageSearch
from ui.pages.document.page_view import PageView
from ui.pages.document.pdf_pages import PdfPages
from ui.pages.document.place_map import PlaceMap
from ui.pages.document.preview_bar import PreviewBar
from ui.pages.document.thumbnails import Thumbnails
from ui.pages.document.zoom import Zoom
from ui.tasks import Task, Tasks
from ui.theme import Look

READ_ALOUD = 4_000
"""Characters of a page that a screen reader is given."""


class Preview(QFrame):
    """Shows one document at a time."""

    place_clicked = Signal(str, str)
    """Entity and id of the item of the plan that was clicked."""
    arrived = Signal()
    """The document given last is in view."""

    def __init__(self, look: Look, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._open: list[PdfPages] = []
        self._reading: Task | None = None
        self._build(look)
        self._connect()
        self._shortcuts()

    @property
    def view(self) -> PageView:
        """The pages."""
        return self._view

    @property
    def bar(self) -> PreviewBar:
        """The line above the pages."""
        return self._bar

    @property
    def find_bar(self) -> FindBar:
        """The line of the search."""
        return self._find

    @property
    def strip(self) -> Thumbnails:
        """The small pages."""
        return self._strip

    @property
    def search(self) -> PageSearch:
        """What was found in the document."""
        return self._search

    @property
    def open_documents(self) -> int:
        """How many documents hold memory: the one in view, and one that is coming."""
        return sum(not pages.is_closed for pages in self._open)

    def show_document(self, pages: PdfPages, places: PlaceMap) -> None:
        """Show a document opened on a worker, at the place and size where one is.

        The preview closes it when it is no longer shown.
        """
        self._open.append(pages)
        self._view.show_pages(pages, places)

    @Slot()
    def close_documents(self) -> None:
        """Give all memory back; what is in view stays as it is drawn."""
        close_all(self._open)

    def state(self) -> dict[str, Any]:
        """Return how it looks; plain values only."""
        return {"zoom": self._view.zoom.storable, "strip": not self._strip.isHidden()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what `state` returned."""
        self._view.set_zoom(Zoom.stored(state.get("zoom")))
        self._switch_strip(state.get("strip") is True)

    @Slot()
    def fit_width(self) -> None:
        """Make pages as wide as there is room."""
        self._view.set_zoom(Zoom())

    @Slot()
    def _on_arrived(self) -> None:
        pages = self._view.pages
        if pages is not None:
            self._strip.show_pages(pages)
        if self._find.words:
            self._search.again()
        self._tell_place()
        self.arrived.emit()

    @Slot()
    def _tell_place(self) -> None:
        pages, page = self._view.pages, self._view.page
        count = pages.count if pages else 0
        self._bar.show_page(page, count)
        self._strip.follow(page)
        self._view.setAccessibleName(
            _("Page {n} of {count}").format(n=page + 1, count=count) if count else _("Pages")
        )
        self._bar.show_zoom(self._view.zoom, self._view.percent)
        self._read_aloud()

    def _read_aloud(self) -> None:
        """Give a screen reader the text of the page in view."""
        pages, page = self._view.pages, self._view.page
        if pages is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._tasks.prepare(_("Reading a page"), lambda progress: pages.text(page))
        self._reading.succeeded.connect(self._on_read)
        self._reading.finished.connect(self._on_reading_ended)
        self._tasks.start(self._reading)

    @Slot(object)
    def _on_read(self, text: str) -> None:
        self._view.setAccessibleDescription(text[:READ_ALOUD])

    @Slot()
    def _on_reading_ended(self) -> None:
        if self.sender() is self._reading:
            self._reading = None

    @Slot(bool)
    def _switch_strip(self, is_on: bool) -> None:
        self._strip.setVisible(is_on)
        self._line.setVisible(is_on)
        self._bar.show_strip(is_on)

    @Slot(object)
    def _let_go(self, pages: PdfPages) -> None:
        """Close a document on the worker: the interface never waits for a page being drawn."""
        task = self._tasks.prepare(_("Closing a document"), lambda progress: pages.close())
        self._tasks.start(task)
        self._open[:] = [one for one in self._open if not one.is_closed]

    def _build(self, look: Look) -> None:
        self.setProperty("kind", "card")
        self._bar = PreviewBar(look, self)
        self._find = FindBar(look, self)
        self._strip = Thumbnails(look, self._tasks, self)
        self._line = QFrame(self)
        self._line.setFixedWidth(1)
        self._line.setProperty("kind", "rule")
        self._view = PageView(look, self._tasks, self)
        self._view.setAccessibleName(_("Pages"))
        self._search = PageSearch(self._view, self._find, self._tasks, self)
        pages = QHBoxLayout()
        pages.setSpacing(0)
        pages.addWidget(self._strip)
        pages.addWidget(self._line)
        pages.addWidget(self._view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._find)
        layout.addLayout(pages, 1)
        self._switch_strip(False)
        # Whoever takes the preview away takes its documents away; there is nobody left to ask.
        self.destroyed.connect(partial(close_all, self._open))

    def _connect(self) -> None:
        self._view.page_changed.connect(self._tell_place)
        self._view.zoom_changed.connect(self._on_zoom_changed)
        self._view.place_clicked.connect(self.place_clicked)
        self._view.arrived.connect(self._on_arrived)
        self._view.replaced.connect(self._let_go)
        self._strip.page_chosen.connect(self._view.go_to_page)
        self._bar.page_asked.connect(self._view.go_to_page)
        self._bar.zoom_asked.connect(self._view.set_zoom)
        self._bar.step_asked.connect(self._view.step_zoom)
        self._bar.strip_switched.connect(self._switch_strip)
        self._bar.find_asked.connect(self._find.start)
        self._find.closed.connect(self._on_find_closed)

    def _shortcuts(self) -> None:
        steps: tuple[tuple[str, QObject, Any], ...] = (
            ("Ctrl++", self, lambda: self._view.step_zoom(1)),
            ("Ctrl+=", self, lambda: self._view.step_zoom(1)),
            ("Ctrl+-", self, lambda: self._view.step_zoom(-1)),
            ("Ctrl+0", self, self.fit_width),
            ("Ctrl+F", self, self._find.start),
            ("F3", self, lambda: self._search.step(1)),
            ("Shift+F3", self, lambda: self._search.step(-1)),
        )
        for keys, _owner, act in steps:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @Slot()
    def _on_zoom_changed(self) -> None:
        self._bar.show_zoom(self._view.zoom, self._view.percent)

    @Slot()
    def _on_find_closed(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)


def close_all(documents: list[PdfPages]) -> None:
    """Close documents; twice does no harm."""
    for pages in documents:
        pages.close()
