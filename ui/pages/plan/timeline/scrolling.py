"""A stretch of days and rows that scrolls and zooms: where everything on a timeline stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QNativeGestureEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QGestureEvent, QPinchGesture, QWidget

from ui.pages.plan.timeline.painting import HEADING_LINE, MARKS_LINE, Mark
from ui.pages.plan.timeline.rows import TimelineRows
from ui.pages.plan.timeline.scale import (
    DAY_WIDTHS,
    LEAST_WIDTH,
    MOST_WIDTH,
    Heading,
    Scale,
    Zoom,
    heading,
)
from ui.theme import Look
from ui.widgets.cells import Ink

ROW_HEIGHT = 26
"""Pixels of a row, at the plain size of text."""
PLAIN_LINE = 15
"""Pixels of a line of small text at the plain size."""
MARGIN_DAYS = 21
"""Days before the first and after the last date that can always be scrolled to."""
_WHEEL_STEP = 1.25
"""How many times wider a day is after one step of the wheel."""


class TimelineScroll(QAbstractScrollArea):
    """Knows where rows and days are; Ctrl with the wheel or two fingers zoom where they point."""

    zoomed = Signal()
    """A day is another number of pixels wide now."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._ink = Ink(look, self.font())
        self._rows = TimelineRows()
        self._marks: tuple[Mark, ...] = ()
        self._today = dt.date.min
        self._day_width = DAY_WIDTHS[Zoom.MONTH]
        self._first_day = 0
        self._fitted: Scale | None = None
        self._named: tuple[tuple[Scale, int, Ink], Heading] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    @property
    def rows(self) -> TimelineRows:
        """The rows shown."""
        return self._rows

    @property
    def day_width(self) -> float:
        """Pixels of a day."""
        return self._day_width

    @property
    def plain_day_width(self) -> float:
        """Pixels a day would have at the plain size of text."""
        return self._day_width / self._growth

    @property
    def today(self) -> dt.date:
        """The day it is."""
        return self._today

    @property
    def scale(self) -> Scale:
        """Where days stand at this moment."""
        first = self._first_day + self.horizontalScrollBar().value() / self._day_width
        return Scale(first, self._day_width)

    @property
    def row_height(self) -> int:
        """Pixels of a row."""
        return round(ROW_HEIGHT * self._growth)

    @property
    def heading_height(self) -> int:
        """Pixels above the first row."""
        lines = 2 if self._heading().upper else 1
        return round((HEADING_LINE * lines + MARKS_LINE) * self._growth)

    def show_rows(self, rows: TimelineRows, marks: Sequence[Mark], today: dt.date) -> None:
        """Show the rows of a plan as read just now; what one looks at stays in place."""
        self._rows, self._marks, self._today = rows, tuple(marks), today
        self._set_ranges(keep=self.scale.first)
        self.viewport().update()

    def set_day_width(self, width: float, at: float | None = None) -> None:
        """Zoom so that the day at the place `at` (the middle) stays where it is."""
        at = self.viewport().width() / 2 if at is None else at
        scale = self.scale
        anchor = scale.first + at / scale.day_width
        growth = self._growth
        self._day_width = min(max(width, LEAST_WIDTH * growth), MOST_WIDTH * growth)
        self._set_ranges(keep=anchor - at / self._day_width)
        self.viewport().update()
        self.zoomed.emit()

    def zoom_to(self, zoom: Zoom) -> None:
        """Look as closely as a zoom says; today stays in place while it is in view."""
        at = self.scale.middle(self._today)
        inside = 0 <= at <= self.viewport().width()
        self.set_day_width(DAY_WIDTHS[zoom] * self._growth, at if inside else None)

    def fit(self) -> None:
        """Zoom so that all items, the plan's end and today can be seen at once."""
        span = self._rows.span or (self._today, self._today)
        days = [*span, *(mark.day for mark in self._marks if not mark.is_far)]
        first, last = min(days), max(days)
        room = max(self.viewport().width() - 40, 100)
        width = room / ((last - first).days + 1)
        most = DAY_WIDTHS[Zoom.WEEK] * self._growth
        self.set_day_width(min(width, most))
        spare = self.viewport().width() - ((last - first).days + 1) * self._day_width
        self._set_ranges(keep=first.toordinal() - spare / 2 / self._day_width)
        self._fitted = self.scale

    def go_to(self, day: dt.date) -> None:
        """Scroll so that a day stands in the first third."""
        offset = self.viewport().width() / 3 / self._day_width
        self._set_ranges(keep=day.toordinal() - offset)
        self.viewport().update()

    def begin_at(self, first: float) -> None:
        """Scroll so that a day, by its ordinal number, stands at the left."""
        self._set_ranges(keep=first)

    def row_top(self, place: int) -> int:
        """Return where a row begins, in pixels from the top of what can be seen."""
        return self.heading_height + place * self.row_height - self.verticalScrollBar().value()

    def place_at(self, y: float) -> int | None:
        """Return which row stands at a height; None above or below all."""
        heading_height = self.heading_height
        if y < heading_height:
            return None
        place = int((y - heading_height + self.verticalScrollBar().value()) // self.row_height)
        return place if 0 <= place < len(self._rows.rows) else None

    @property
    def _growth(self) -> float:
        """How much larger than plain the text is."""
        return max(self._ink.metrics(self._ink.small).height() / PLAIN_LINE, 1.0)

    def _heading(self) -> Heading:
        """Return the periods named above; found once for each place one looks at."""
        looked = (self.scale, self.viewport().width(), self._ink)
        if self._named is None or self._named[0] != looked:
            self._named = looked, heading(self.scale, self.viewport().width(), self._measure)
        return self._named[1]

    def _measure(self, words: str) -> float:
        return self._ink.width(words, self._ink.small)

    def _set_ranges(self, *, keep: float) -> None:
        """Let the scroll bars reach all rows and days; `keep` stays the first day seen."""
        span = self._rows.span or (self._today, self._today)
        days = [*span, self._today, *(mark.day for mark in self._marks if not mark.is_far)]
        view = self.viewport().width()
        margin = max(MARGIN_DAYS, view / 2 / self._day_width)
        first = int(max(min(days).toordinal() - margin, 1 - margin))
        last = max(days).toordinal() + margin
        # Where one looks is never cut off, as far out as that is.
        first = min(first, int(keep)) if keep > -4_000_000 else first
        last = max(last, keep + view / self._day_width)
        self._first_day = first
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(round((last - first) * self._day_width) - view, 0))
        bar.setPageStep(max(view, 1))
        bar.setSingleStep(24)
        bar.setValue(round((keep - first) * self._day_width))
        down = self.verticalScrollBar()
        page = max(self.viewport().height() - self.heading_height, 1)
        down.setRange(0, max(len(self._rows.rows) * self.row_height - page, 0))
        down.setPageStep(page)
        down.setSingleStep(self.row_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted is not None and self._fitted == self.scale:
            self.fit()  # nobody looked elsewhere since: all of the plan stays in view
        else:
            self._set_ranges(keep=self.scale.first)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = (turned.y() or turned.x()) / 120
            self.set_day_width(self._day_width * _WHEEL_STEP**steps, event.position().x())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turned.y() or turned.x()))
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                growth = max(1 + event.value(), 0.2)
                self.set_day_width(self._day_width * growth, event.position().x())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.pinched(pinch.scaleFactor(), pinch.centerPoint())
                return True
        return super().viewportEvent(event)

    def pinched(self, factor: float, centre: QPointF) -> None:
        """Zoom by what two fingers spread, around the place between them."""
        at = self.viewport().mapFromGlobal(centre.toPoint()).x()
        self.set_day_width(self._day_width * max(factor, 0.2), at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._ink = Ink(self._look, self.font())
            self.viewport().update()
