"""The hand over a timeline: what it holds, where it draws to, and when it lets go."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QTimer, Signal, Slot

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _
from csdesk.queries.outline import OutlineItem
from ui.pages.plan.timeline.bars import Drawn
from ui.pages.plan.timeline.holding import Grip, Hold, later
from ui.pages.plan.timeline.pointing import Zone, zone_at
from ui.pages.plan.timeline.rows import TimelineRow, TimelineRows
from ui.pages.plan.timeline.surface import TimelineSurface
from ui.pages.plan.timeline.words import dates_words, days_words

DRAG_FROM = 4
"""Pixels after which a press is a drag."""
KEYS_REST_MS = 900
"""Milliseconds without a key after which an item moved by keys is put down."""
_EDGE_ZONE, _EDGE_STEP, _EDGE_MS = 18, 14, 30
"""Near an edge the view scrolls while one drags: pixels of the zone and of a step, its pace."""
_GRIPS = {Zone.MOVE: Grip.MOVE, Zone.START: Grip.START, Zone.END: Grip.END, Zone.EMPTY: Grip.NEW}


class Hand(QObject):
    """Holds an item of a timeline; it writes nothing, it tells where things were put down."""

    moved = Signal()
    """What is in the hand, or where, is another."""
    dropped = Signal(object)
    """A Hold that was put down where it changes something."""
    linked = Signal(str, str)
    """The ids of a milestone and of the one that is to wait for it."""
    fixed_touched = Signal(object)
    """An OutlineItem that is closed, and was to be moved."""
    lost = Signal(object)
    """An OutlineItem that was in the hand when somebody deleted or finished it."""

    def __init__(self, surface: TimelineSurface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._hold: Hold | None = None
        self._pressed: tuple[QPointF, Drawn, Zone] | None = None
        self._link: Drawn | None = None
        self._pointer = QPointF()
        self._rest = QTimer(self, singleShot=True, interval=KEYS_REST_MS)
        self._rest.timeout.connect(self.put_down)
        self._edge = QTimer(self, interval=_EDGE_MS)
        self._edge.timeout.connect(self._on_edge)

    @property
    def hold(self) -> Hold | None:
        """The item in the hand."""
        return self._hold

    @property
    def link(self) -> tuple[Drawn, QPointF] | None:
        """From which milestone a dependency is drawn, and where to by now."""
        return None if self._link is None else (self._link, self._pointer)

    @property
    def is_busy(self) -> bool:
        """Whether anything is in the hand."""
        return self._hold is not None or self._link is not None

    @property
    def is_pressed(self) -> bool:
        """Whether the mouse holds it, and not the keys."""
        return self._pressed is not None

    def words(self) -> str:
        """Say where what is in the hand is now, and how far that is from before."""
        if self._link is not None:
            source, target = self._link.row.item, self._target()
            words = _("“{title}” waits for “{other}”")
            return words.format(title=target.title if target else "…", other=source.title)
        if self._hold is None:
            return ""
        dates = dates_words(*self._hold.dates)
        if self._hold.grip is Grip.NEW:
            return dates
        return f"{dates}  ({days_words(self._hold.days)})"

    def press(self, drawn: Drawn, position: QPointF) -> None:
        """Take hold of a row where it was pressed; it moves once it is dragged."""
        self.put_down()
        self._pressed = (position, drawn, zone_at(drawn, position.x()))
        self._pointer = position

    def drag(self, position: QPointF) -> None:
        """Follow the mouse while it is pressed."""
        self._pointer = position
        if self._pressed is None:
            return
        start, drawn, zone = self._pressed
        far = (position - start).manhattanLength() >= DRAG_FROM
        if not (self.is_busy or far or zone is Zone.ROW):
            return
        if zone is Zone.ROW:
            self._pan(position - start)
            self._pressed = (position, drawn, zone)
            return
        if drawn.row.item.is_closed:
            self._pressed = None
            self.fixed_touched.emit(drawn.row.item)
            return
        if zone is Zone.LINK:
            self._link = drawn
        else:
            self._drag_hold(start, drawn, zone)
        width = self._surface.viewport().width()
        if not _EDGE_ZONE <= position.x() <= width - _EDGE_ZONE:
            if not self._edge.isActive():
                self._edge.start()
        else:
            self._edge.stop()
        self.moved.emit()

    def release(self) -> None:
        """Let go with the mouse: an item is put down, a dependency is made."""
        link, target = self._link, self._target()
        if link is None:
            self.put_down()
            return
        self.let_go()
        if target is not None:
            self.linked.emit(link.row.item.ref.id, target.ref.id)

    def nudge(self, row: TimelineRow, grip: Grip, days: int, today: dt.date) -> None:
        """Move an item by keys; it is put down when one pauses.

        An item without a date gets today's first.
        """
        if row.item.is_closed:
            self.fixed_touched.emit(row.item)
            return
        hold = self._hold
        wanted = Grip.NEW if row.is_undated else grip
        if hold is None or hold.item.ref != row.item.ref or hold.grip is not wanted:
            self.put_down()
            hold = Hold(row.item, wanted, begun_on=today if row.is_undated else None)
            days = 0 if row.is_undated else days
        if wanted is Grip.NEW and grip is Grip.MOVE:
            hold = replace(hold, begun_on=later(hold.begun_on, days))
        else:
            hold = hold.moved(hold.days + days)
        self._hold = hold
        self._rest.start()
        self.moved.emit()

    @Slot()
    def put_down(self) -> None:
        """Let go of the item in the hand where it is now."""
        hold = self._hold
        self.let_go()
        if hold is not None and hold.is_change:
            self.dropped.emit(hold)

    @Slot()
    def let_go(self) -> None:
        """Take what is in the hand back to where it was."""
        was_busy = self.is_busy
        self._rest.stop()
        self._edge.stop()
        self._hold = self._pressed = self._link = None
        if was_busy:
            self.moved.emit()

    def look(self, rows: TimelineRows) -> None:
        """Let go of what fresh rows no longer have, or have as done."""
        held: list[OutlineItem] = []
        if self._hold is not None:
            held.append(self._hold.item)
        if self._link is not None:
            held.append(self._link.row.item)
        for item in held:
            planned = next((one for one in rows.planned if one.id == item.ref.id), None)
            if planned is None or planned.is_closed:
                self.let_go()
                self.lost.emit(item)

    def _pan(self, by: QPointF) -> None:
        """Push the days and rows along with the mouse: where nothing stands, all of it moves."""
        for bar, pixels in (
            (self._surface.horizontalScrollBar(), by.x()),
            (self._surface.verticalScrollBar(), by.y()),
        ):
            bar.setValue(bar.value() - round(pixels))

    def _drag_hold(self, start: QPointF, drawn: Drawn, zone: Zone) -> None:
        scale, position = self._surface.scale, self._pointer
        if self._hold is None:
            begun = scale.day_at(start.x()) if zone is Zone.EMPTY else None
            self._hold = Hold(drawn.row.item, _GRIPS[zone], begun_on=begun)
        if self._hold.begun_on is not None:
            days = (scale.day_at(position.x()) - self._hold.begun_on).days
        else:
            days = round((position.x() - start.x()) / scale.day_width)
        self._hold = self._hold.moved(days)

    def _target(self) -> OutlineItem | None:
        """Return the milestone that a dependency is drawn to; None elsewhere."""
        place = self._surface.place_at(self._pointer.y())
        if self._link is None or place is None:
            return None
        item = self._surface.rows.rows[place].item
        fits = item.ref.kind is ItemKind.MILESTONE and item.ref != self._link.row.item.ref
        return item if fits else None

    @Slot()
    def _on_edge(self) -> None:
        """Scroll on while something is dragged along an edge."""
        bar = self._surface.horizontalScrollBar()
        before = bar.value()
        right = self._surface.viewport().width() - _EDGE_ZONE
        bar.setValue(before + (_EDGE_STEP if self._pointer.x() > right else -_EDGE_STEP))
        if self._pressed is not None and bar.value() != before:
            # The place where it was pressed moves along with the days.
            start, drawn, zone = self._pressed
            away = QPointF(start.x() - (bar.value() - before), start.y())
            self._pressed = (away, drawn, zone)
            self.drag(self._pointer)
