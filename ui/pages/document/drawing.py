"""Draws pieces of pages off the interface thread, what is wanted most first.

One piece is drawn at a time, and the list of what is wanted is asked for anew before each: what
was scrolled out of sight meanwhile is never drawn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QSize, Signal, Slot
from PySide6.QtGui import QImage

from csdesk.i18n import _
from csdesk.progress import Progress
from ui.pages.document.page_layout import Piece
from ui.pages.document.pdf_pages import PdfPages
from ui.tasks import Tasks

KEPT_PIXELS = 32_000_000
"""Pixels of drawn pieces that are kept, four bytes each."""


class Drawing(QObject):
    """Asks for what is wanted, draws it on a worker, and hands it over."""

    drawn = Signal(object, object, object)
    """The PdfPages, the Piece, and its QImage."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._wanted: Sequence[tuple[PdfPages, Piece]] = ()
        self._now: tuple[PdfPages, Piece] | None = None

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being drawn."""
        return self._now is not None

    def want(self, wanted: Sequence[tuple[PdfPages, Piece]]) -> None:
        """Draw these, the first first, in place of what was wanted before."""
        self._wanted = wanted
        self._draw_next()

    def _draw_next(self) -> None:
        if self._now is not None or not self._wanted:
            return
        (pages, piece), *rest = self._wanted
        self._wanted = rest

        def draw(progress: Progress) -> QImage:
            return pages.picture(piece.page, QSize(*piece.whole), QRect(*piece.part))

        task = self._tasks.prepare(_("Drawing a page"), draw)
        task.succeeded.connect(self._on_drawn)
        task.finished.connect(self._on_finished)
        self._now = (pages, piece)
        self._tasks.start(task)

    @Slot(object)
    def _on_drawn(self, image: QImage) -> None:
        if self._now is not None and not image.isNull():
            self.drawn.emit(*self._now, image)

    @Slot()
    def _on_finished(self) -> None:
        self._now = None
        self._draw_next()


class Pictures:
    """The pieces drawn of one document, as many as memory is meant for."""

    def __init__(self, pages: PdfPages) -> None:
        self.pages = pages
        self._kept: OrderedDict[Piece, QImage] = OrderedDict()
        self._latest: dict[int, QImage] = {}
        self._pixels = 0

    def add(self, piece: Piece, image: QImage) -> None:
        """Keep what was drawn, and let go of what nobody looked at for longest."""
        if piece not in self._kept:
            self._pixels += image.width() * image.height()
        self._kept[piece] = image
        if piece.part[2:] == piece.whole:
            self._latest[piece.page] = image
        while self._pixels > KEPT_PIXELS and len(self._kept) > 1:
            gone, old = self._kept.popitem(last=False)
            self._pixels -= old.width() * old.height()
            if self._latest.get(gone.page) is old:
                del self._latest[gone.page]

    def find(self, piece: Piece) -> QImage | None:
        """Return a piece as it was drawn; it counts as looked at."""
        image = self._kept.get(piece)
        if image is not None:
            self._kept.move_to_end(piece)
        return image

    def stand_in(self, page: int) -> QImage | None:
        """Return the whole page as it was drawn in another size, until the right one is there."""
        return self._latest.get(page)

    def missing(self, pieces: Sequence[Piece]) -> list[tuple[PdfPages, Piece]]:
        """Return those of the pieces that are not drawn yet."""
        return [(self.pages, piece) for piece in pieces if piece not in self._kept]
