"""The pages of a document below each other on a desk: scrolled, enlarged, searched, clicked.

Pages are drawn elsewhere (drawing.py); this shows what is there. A newer document takes the place
of the older one only when all that is in view of it is drawn, so nothing ever flickers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from csdesk.report.places import Place
from ui.pages.document.drawing import Drawing, Pictures
from ui.pages.document.page_desk import PageDesk
from ui.pages.document.page_layout import PageLayout, Piece
from ui.pages.document.page_painting import PagePainting
from ui.pages.document.pdf_pages import Hit, PdfPages
from ui.pages.document.place_map import PlaceMap
from ui.tasks import Tasks
from ui.theme import Look


@dataclass(frozen=True, slots=True)
class _Shown:
    """A document with what was drawn of it and what can be clicked."""

    pictures: Pictures
    places: PlaceMap

    @property
    def pages(self) -> PdfPages:
        return self.pictures.pages


class PageView(PageDesk):
    """Shows pages; tells where one is and what was clicked."""

    place_clicked = Signal(str, str)
    """Entity and id of the item that was clicked."""
    replaced = Signal(object)
    """PdfPages that are no longer shown; whoever opened them may close them."""
    arrived = Signal()
    """The document given last is in view."""

    def __init__(self, look: Look, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: _Shown | None = None
        self._coming: _Shown | None = None
        self._hits: tuple[Hit, ...] = ()
        self._hit: Hit | None = None
        self._hovered: Place | None = None
        self._pressed: Place | None = None
        self._drawing = Drawing(tasks, self)
        self._painting = PagePainting(look)
        self._drawing.drawn.connect(self._on_drawn)
        look.changed.connect(self.viewport().update)

    @property
    def pages(self) -> PdfPages | None:
        """The document in view."""
        return self._shown.pages if self._shown else None

    @property
    def is_settled(self) -> bool:
        """Tell whether the newest document is in view with every piece of it that shows."""
        return self._coming is None and not self._drawing.is_busy and not self._missing()

    def show_pages(self, pages: PdfPages, places: PlaceMap) -> None:
        """Show a document at the place and size where one is, as soon as that much is drawn."""
        if self._coming is not None:
            self.replaced.emit(self._coming.pages)
        self._coming = _Shown(Pictures(pages), places)
        self._want()
        if not self.isVisible():
            self._take_over()

    def show_hits(self, hits: Sequence[Hit], now: Hit | None, *, reveal: bool) -> None:
        """Mark what was found; with `reveal` the one looked at is brought into view."""
        self._hits, self._hit = tuple(hits), now
        if reveal and now is not None and now.page < len(self._layout.pages) and now.boxes:
            place = self._painting.box(self._layout, now.page, now.boxes[0])
            self._bring_into_view(place)
        self.viewport().update()

    def place_at(self, point: QPoint) -> Place | None:
        """Return the item of the plan at a point of the view."""
        found = self._point_on_page(QPointF(point))
        if found is None or self._shown is None:
            return None
        page, x, y = found
        return self._shown.places.at(page, x, self._shown.pages.sizes[page][1] - y)

    @Slot(object, object, object)
    def _on_drawn(self, pages: PdfPages, piece: Piece, image: object) -> None:
        for shown in (self._coming, self._shown):
            if shown is not None and shown.pages is pages:
                shown.pictures.add(piece, image)  # type: ignore[arg-type]
        if self._coming is not None and self._coming.pages is pages:
            self._want()
        else:
            self.viewport().update()

    def _want(self) -> None:
        """Ask for what is in view and not drawn, then for what is next to it."""
        if self._coming is not None:
            layout = self._laid_out(self._coming.pages.sizes)
            missing = self._coming.pictures.missing(self._in_view(layout, self._view_of(layout)))
            if missing:
                self._drawing.want(missing)
                return
            self._take_over()
        self._drawing.want(self._missing(further=1))

    def _missing(self, further: float = 0) -> list[tuple[PdfPages, Piece]]:
        if self._shown is None:
            return []
        view = self._view()
        pieces = self._in_view(self._layout, view)
        if further:
            more = round(view.height() * further)
            pieces += self._in_view(self._layout, view.adjusted(0, -more, 0, more))
        return self._shown.pictures.missing(list(dict.fromkeys(pieces)))

    @staticmethod
    def _in_view(layout: PageLayout, view: QRect) -> list[Piece]:
        return [piece for page in layout.visible(view) for piece in layout.pieces(page, view)]

    def _take_over(self) -> None:
        """Put the document that was waited for in the place of the one before."""
        coming, self._coming = self._coming, None
        if coming is None:
            return
        layout = self._laid_out(coming.pages.sizes)
        corner = self._view_of(layout).topLeft()
        before, self._shown = self._shown, coming
        self._hits, self._hit, self._hovered, self._pressed = (), None, None, None
        self._sizes = coming.pages.sizes
        self._take_layout(layout, corner)
        self.viewport().update()
        if before is not None:
            self.replaced.emit(before.pages)
        self.arrived.emit()

    def _hover(self, place: Place | None) -> None:
        if place != self._hovered:
            self._hovered = place
            shape = (
                Qt.CursorShape.ArrowCursor if place is None else (Qt.CursorShape.PointingHandCursor)
            )
            self.viewport().setCursor(shape)
            self.viewport().update()

    def _moved(self) -> None:
        self._want()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        view = self._view()
        if self._shown is not None:
            self._painting.paint(painter, self._layout, view, self._shown.pictures)
            self._painting.paint_marks(painter, self._layout, self._hits, self._hit)
            if self._hovered is not None:
                self._painting.paint_place(
                    painter, self._layout, self._hovered, self._shown.pages.sizes
                )
        else:
            self._painting.paint_desk(painter, self.viewport().rect())
        if self.hasFocus():
            self._painting.paint_focus(painter, self.viewport().rect())
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.place_at(event.pos())
            name = self._shown.places.tip(place) if place and self._shown else ""
            QToolTip.showText(event.globalPos(), name, self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.place_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.place_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        place = self.place_at(event.position().toPoint())
        if place is not None and place == pressed:
            self.place_clicked.emit(place.entity, place.id)
