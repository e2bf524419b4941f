"""A desk on which pages lie below each other: how large they are, and which part is in view.

What is drawn on it is another's business (page_view.py).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.pages.document.page_layout import PageLayout, lay_out
from ui.pages.document.zoom import SCREEN, STEPS, Zoom, stepped

PageSizes = tuple[tuple[float, float], ...]
"""Width and height of each page in points."""


class PageDesk(QAbstractScrollArea):
    """Scrolls and enlarges pages of known sizes; tells which one is in view."""

    page_changed = Signal(int)
    """The page now in view, from 0."""
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = PageLayout((), QSize(), 1.0)
        self._sizes: PageSizes = ()
        self._zoom = Zoom()
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Always there: pages that fit the width would make it come and go, and themselves narrow.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(220, 160)

    @property
    def zoom(self) -> Zoom:
        """How large pages are wanted."""
        return self._zoom

    @property
    def percent(self) -> float:
        """How large pages are, in percent of their real size."""
        return self._layout.scale / self.devicePixelRatioF() / SCREEN * 100

    @property
    def page(self) -> int:
        """The page in view, from 0."""
        return self._page

    def set_zoom(self, zoom: Zoom, at: QPointF | None = None) -> None:
        """Show pages in another size; the point `at` of the view stays where it is."""
        self._zoom = zoom
        self._place_again(at or QPointF(0, 0))
        self.zoom_changed.emit()

    def step_zoom(self, by: int, at: QPointF | None = None) -> None:
        """Go to the next size above (1) or below (-1)."""
        self.set_zoom(stepped(self.percent, by), at or QPointF(self.viewport().rect().center()))

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page into view."""
        if 0 <= page < len(self._layout.pages):
            top = self._layout.pages[page].top() - round(8 * self.devicePixelRatioF())
            self.verticalScrollBar().setValue(top)

    def _laid_out(self, sizes: PageSizes) -> PageLayout:
        """Place pages of these sizes as they would lie here."""
        ratio = self.devicePixelRatioF()
        room = self.viewport().size()
        scale = self._zoom.scale(sizes, room.width(), room.height())
        return lay_out(sizes, scale, ratio, room * ratio)

    def _view(self) -> QRect:
        """Return the part of the desk in view."""
        corner = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRect(corner, self.viewport().size() * self.devicePixelRatioF())

    def _view_of(self, layout: PageLayout, at: QPointF | None = None) -> QRect:
        """Return the part of another layout that shows the same, seen from the point `at`."""
        point = (at or QPointF(0, 0)) * self.devicePixelRatioF()
        view = self._view()
        if not self._layout.pages or not layout.pages:
            return QRect(QPoint((layout.size.width() - view.width()) // 2, 0), view.size())
        where = QPointF(view.topLeft()) + point
        page = self._layout.page_at(round(where.y()))
        old, new = self._layout.pages[page], layout.pages[min(page, len(layout.pages) - 1)]
        x = new.x() + (where.x() - old.x()) / old.width() * new.width() - point.x()
        y = new.y() + (where.y() - old.y()) / old.height() * new.height() - point.y()
        if self._layout.size.width() <= view.width():
            x = (layout.size.width() - view.width()) / 2
        furthest = layout.size - view.size()
        corner = QPoint(
            round(min(max(0, x), max(0, furthest.width()))),
            round(min(max(0, y), max(0, furthest.height()))),
        )
        return QRect(corner, view.size())

    def _place_again(self, at: QPointF) -> None:
        """Lay the pages out anew; the point `at` of the view stays where it is."""
        if self._sizes:
            layout = self._laid_out(self._sizes)
            self._take_layout(layout, self._view_of(layout, at).topLeft())
        self._moved()

    def _take_layout(self, layout: PageLayout, corner: QPoint) -> None:
        """Show another layout from this corner on."""
        self._layout = layout
        view = self.viewport().size() * self.devicePixelRatioF()
        pairs = (
            (self.horizontalScrollBar(), self._layout.size.width(), view.width(), corner.x()),
            (self.verticalScrollBar(), self._layout.size.height(), view.height(), corner.y()),
        )
        for bar, whole, part, value in pairs:
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(round(part * 0.9))
            bar.setSingleStep(max(1, round(part / 16)))
            bar.setValue(value)
        self._tell_page()

    def _bring_into_view(self, place: QRectF) -> None:
        view = QRectF(self._view())
        if not view.contains(place):
            self.verticalScrollBar().setValue(round(place.center().y() - view.height() / 3))
            if place.left() < view.left() or place.right() > view.right():
                self.horizontalScrollBar().setValue(round(place.left() - view.width() / 4))

    def _moved(self) -> None:
        """Another part is in view, or in another size."""
        self.viewport().update()

    def _tell_page(self) -> None:
        view = self._view()
        page = self._layout.page_at(view.top() + view.height() // 3)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def _point_on_page(self, point: QPointF) -> tuple[int, float, float] | None:
        """Return the page at a point of the view, and the point on it from its upper left."""
        where = QPointF(self._view().topLeft()) + point * self.devicePixelRatioF()
        if not self._layout.pages:
            return None
        page = self._layout.page_at(round(where.y()))
        place = self._layout.pages[page]
        if not QRectF(place).contains(where):
            return None
        scale = self._layout.scale
        return page, (where.x() - place.x()) / scale, (where.y() - place.y()) / scale

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_again(QPointF(0, 0))
        self.zoom_changed.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._tell_page()
        self._moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                percent = self.percent * (1.1 if turned > 0 else 1 / 1.1) ** (abs(turned) / 120)
                size = round(min(max(percent, STEPS[0]), STEPS[-1]))
                self.set_zoom(Zoom(None, size), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            up = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar.setValue(bar.value() + (-1 if up else 1) * bar.pageStep())
        else:
            super().keyPressEvent(event)
