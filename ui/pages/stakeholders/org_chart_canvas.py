"""The organisation chart as it is drawn: cards and lines at a scale, and where each card is.

It is painted, card by card, so that hundreds of people scroll and zoom at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from csdesk.i18n import _
from csdesk.insight.org_chart import Card, OrgChart, Sizes, org_chart
from csdesk.queries.stakeholders import Stakeholder
from ui.pages.stakeholders.org_chart_card import card_sizes, card_words, paint_card
from ui.theme import Look
from ui.widgets.cells import Ink, InkPot

MARGIN = 24
"""Pixels around the cards."""

SMALLEST, LARGEST = 0.15, 2.0
"""The scales one can zoom to."""

READABLE = 0.6
"""The scale below which a chart is not shrunk by itself."""

STEP = 1.2
"""One step of zooming."""


class OrgChartCanvas(QAbstractScrollArea):
    """Draws people as cards in trees, one of them the current one."""

    chosen = Signal(str)
    """The id of the person whose card is the current one."""
    zoomed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._people: dict[str, Stakeholder] = {}
        self._sizes = card_sizes(self.font())
        self._chart = org_chart([], self._sizes)
        self._links: tuple[tuple[str, str | None], ...] = ()
        self._current = ""
        self._scale = 1.0
        self._is_own_scale = True
        """Whether the scale follows the room there is, until the user zooms."""
        self._pot = InkPot(look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName(_("Organisation chart"))
        look.changed.connect(self.viewport().update)

    @property
    def chart(self) -> OrgChart:
        """Where the cards stand, at a scale of 1."""
        return self._chart

    @property
    def current(self) -> str:
        """The id of the person whose card is the current one."""
        return self._current

    @property
    def scale(self) -> float:
        """How large the chart is drawn; 1 is its natural size."""
        return self._scale

    def show_people(self, people: Sequence[Stakeholder]) -> None:
        """Show people, in their order from left to right; scale and place stay where they can."""
        self._people = {person.id: person for person in people}
        links = tuple((person.id, person.reports_to_id) for person in people)
        if links != self._links:
            self._links = links
            self._chart = org_chart(links, self._sizes)
            self._fit_bars()
        if self._current not in self._people:
            self._current = next(iter(self._people), "")
        self._tell()
        self._follow_room()
        self.viewport().update()

    def choose(self, person_id: str) -> None:
        """Make a card the current one and bring it into view."""
        if person_id in self._people and person_id != self._current:
            self._current = person_id
            self._tell()
            self.viewport().update()
            self.chosen.emit(person_id)
        self.show_current()

    def show_current(self) -> None:
        """Scroll until the current card is seen whole."""
        if self._current not in self._chart.cards:
            return
        card = self.card_rect(self._current).toRect()
        seen = self.viewport().rect().adjusted(8, 8, -8, -8)
        for bar, low, high in (
            (self.horizontalScrollBar(), card.left() - seen.left(), card.right() - seen.right()),
            (self.verticalScrollBar(), card.top() - seen.top(), card.bottom() - seen.bottom()),
        ):
            bar.setValue(bar.value() + (min(low, 0) or max(high, 0)))

    def card_rect(self, person_id: str) -> QRectF:
        """Return where a card is drawn in the viewport. Raises KeyError for somebody unknown."""
        card, place = self._chart.cards[person_id], self.origin
        size = self._scale
        return QRectF(
            place.x() + card.x * size,
            place.y() + card.y * size,
            self._sizes.width * size,
            self._sizes.height * size,
        )

    def person_at(self, place: QPoint) -> str:
        """Return the id of the person whose card is at a place of the viewport, or nothing."""
        return next((one for one in self._people if self.card_rect(one).contains(place)), "")

    @Slot()
    def zoom_in(self) -> None:
        """Draw the chart larger."""
        self.zoom(self._scale * STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Draw the chart smaller."""
        self.zoom(self._scale / STEP)

    @Slot()
    def fit(self) -> None:
        """Draw the whole chart as large as the window lets it, at most in its natural size."""
        self._is_own_scale = False
        self._scale_to(self._fitting())
        self.show_current()

    def zoom(self, scale: float, around: QPointF | None = None) -> None:
        """Draw the chart at a scale, within bounds; the place `around` stays under the mouse."""
        self._is_own_scale = False
        self._scale_to(scale, around)

    def _fitting(self) -> float:
        """Return the scale at which the whole chart is seen."""
        room = self.viewport().size()
        wide = (room.width() - 2 * MARGIN) / max(1.0, self._chart.width)
        high = (room.height() - 2 * MARGIN) / max(1.0, self._chart.height)
        return min(1.0, wide, high)

    def _scale_to(self, scale: float, around: QPointF | None = None) -> None:
        scale = max(SMALLEST, min(LARGEST, scale))
        middle = around or QPointF(self.viewport().rect().center())
        at = (middle - self.origin) / self._scale
        self._scale = scale
        self._fit_bars()
        shift = self.origin + at * scale - middle
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + round(shift.x()))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(shift.y()))
        self.viewport().update()
        self.zoomed.emit()

    @property
    def origin(self) -> QPointF:
        """Where the left upper corner of the chart is in the viewport."""
        room = self.viewport().width() - self._chart.width * self._scale
        left = max(float(MARGIN), room / 2)
        return QPointF(
            left - self.horizontalScrollBar().value(), MARGIN - self.verticalScrollBar().value()
        )

    def _follow_room(self) -> None:
        """Show as much as can still be read, unless the user chose a scale."""
        if self._people and self.isVisible() and self._is_own_scale:
            self._scale_to(max(READABLE, self._fitting()))
            self.show_current()

    def _fit_bars(self) -> None:
        room = self.viewport().size()
        for bar, whole, seen in (
            (self.horizontalScrollBar(), self._chart.width, room.width()),
            (self.verticalScrollBar(), self._chart.height, room.height()),
        ):
            bar.setRange(0, max(0, round(whole * self._scale) + 2 * MARGIN - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(24)

    def _tell(self) -> None:
        """Let a screen reader know the current card."""
        person = self._people.get(self._current)
        reports = len(self._chart.reports.get(self._current, ()))
        self.setAccessibleDescription(card_words(person, reports) if person else "")

    def paint_over(self, painter: QPainter, ink: Ink) -> None:
        """Draw what lies above the cards, in their coordinates."""

    def _paint_links(self, painter: QPainter, seen: QRectF) -> None:
        painter.setPen(QPen(self._look.colour("control"), 1.4))
        half, height = self._sizes.width / 2, self._sizes.height
        for boss, reports in self._chart.reports.items():
            above = self._chart.cards[boss]
            cards = [self._chart.cards[report] for report in reports]
            if self._chart.is_stacked(boss):
                _paint_trunk(painter, self._sizes, above, cards)
                continue
            turn = above.y + height + self._sizes.rise / 2
            left, right = cards[0].x + half, cards[-1].x + half
            reach = QRectF(left, above.y + height, right - left + 1, self._sizes.rise)
            if not reach.intersects(seen):
                continue
            middle = above.x + half
            painter.drawLine(QPointF(middle, above.y + height), QPointF(middle, turn))
            painter.drawLine(QPointF(left, turn), QPointF(right, turn))
            for card in cards:
                x = card.x + half
                painter.drawLine(QPointF(x, turn), QPointF(x, card.y))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._sizes = card_sizes(self.font())
            self._chart = org_chart(self._links, self._sizes)
            self._fit_bars()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bars()
        self._follow_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._pot.ink(self.font())
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.colour("background"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        origin = self.origin
        painter.translate(origin)
        painter.scale(self._scale, self._scale)
        corner = (QPointF(event.rect().topLeft()) - origin) / self._scale
        size = QPointF(event.rect().width(), event.rect().height()) / self._scale
        seen = QRectF(corner, corner + size)
        self._paint_links(painter, seen)
        for person in self._people.values():
            place = self._chart.cards[person.id]
            card = QRectF(place.x, place.y, self._sizes.width, self._sizes.height)
            if card.intersects(seen):
                is_current = person.id == self._current
                paint_card(
                    ink,
                    painter,
                    card,
                    person,
                    is_current=is_current,
                    has_focus=is_current and self.hasFocus(),
                    scale=self._scale,
                )
        self.paint_over(painter, ink)
        painter.end()


def _paint_trunk(painter: QPainter, sizes: Sizes, above: Card, cards: Sequence[Card]) -> None:
    """Draw a line down between two columns of reports, with a branch to each."""
    middle, half = above.x + sizes.width / 2, sizes.height / 2
    lowest = QPointF(middle, cards[-1].y + half)
    painter.drawLine(QPointF(middle, above.y + sizes.height), lowest)
    for card in cards:
        edge = card.x if card.x > above.x else card.x + sizes.width
        painter.drawLine(QPointF(middle, card.y + half), QPointF(edge, card.y + half))
