"""The card of the timeline: its heading with zoom and today, the bar of a shift, the view."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csdesk.actions.editing import today
from csdesk.actions.plan_items import set_dependencies
from csdesk.actions.schedule import ItemDates, set_dates
from csdesk.i18n import _
from csdesk.insight.working_days import WorkCalendar
from csdesk.progress import Progress
from csdesk.queries.calendar import work_calendar
from csdesk.queries.outline import OutlineItem, PlanOutline
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.pages.plan.timeline.commands import timeline_commands
from ui.pages.plan.timeline.hand import Hand
from ui.pages.plan.timeline.head import TimelineHead
from ui.pages.plan.timeline.holding import Grip, Hold
from ui.pages.plan.timeline.painting import Mark
from ui.pages.plan.timeline.rows import TimelineRows, rows_of
from ui.pages.plan.timeline.scale import LEAST_WIDTH, MOST_WIDTH, nearest_zoom
from ui.pages.plan.timeline.shift_bar import ShiftBar
from ui.pages.plan.timeline.shifting import Shifting
from ui.pages.plan.timeline.view import TimelineView
from ui.pages.plan.timeline.words import dates_words, days_words
from ui.prompts import Message

FISCAL_YEARS = 12
"""Years before and after today whose beginnings are marked."""


class TimelineCard(QWidget):
    """Shows a plan over time and writes what is moved there."""

    chosen = Signal(str)
    """The id of the item the cursor went to."""
    open_asked = Signal(str)
    """The id of an item to show whole."""
    edited = Signal()
    """Something was written here; whoever shows the plan reads it again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._outline: PlanOutline | None = None
        self._folded: frozenset[str] = frozenset()
        self._fiscal_month: int | None = None
        self._is_placed = False
        self._build()
        self._connect()

    @property
    def head(self) -> TimelineHead:
        """What can be done by mouse."""
        return self._head

    @property
    def view(self) -> TimelineView:
        """The timeline itself."""
        return self._view

    @property
    def bar(self) -> ShiftBar:
        """The bar that asks about a shift."""
        return self._bar

    @property
    def hand(self) -> Hand:
        """What holds an item while it is moved."""
        return self._view.hand

    def show_plan(self, outline: PlanOutline | None, fiscal_month: int | None = None) -> None:
        """Show a plan as read just now; `fiscal_month` (1 to 12) begins the customer's year."""
        is_other = (outline and outline.id) != (self._outline and self._outline.id)
        if is_other:
            self._view.hand.put_down()
        self._outline, self._fiscal_month = outline, fiscal_month
        self._show_rows()
        self._shifting.show_plan(outline)
        self._head.shift.setEnabled(outline is not None)
        if is_other and outline is not None:
            self._read_days_off()
        if is_other and outline is not None and not self._is_placed:
            self._view.fit()
        self._is_placed = False

    def choose(self, item_id: str) -> None:
        """Put the cursor on an item."""
        self._view.choose(item_id)

    def fold(self, item_ids: Collection[str]) -> None:
        """Fold away what stands below these items, and nothing else."""
        folded = frozenset(item_ids)
        if folded != self._folded:  # an outline that is filled unfolds its items one by one
            self._folded = folded
            self._show_rows()

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done with the timeline."""
        return timeline_commands(self._view, self._shifting.begin, self._head.shift.isEnabled)

    def state(self) -> dict[str, Any]:
        """Return how one looks at it; plain values only."""
        scale = self._view.scale
        return {"day_width": scale.day_width, "first_day": scale.first}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Look at it as `state` returned; what cannot be read changes nothing."""
        width, first = state.get("day_width"), state.get("first_day")
        numbers = (int, float)
        if not (isinstance(width, numbers) and isinstance(first, numbers)):
            return
        if LEAST_WIDTH <= width <= MOST_WIDTH * 4 and abs(first) < 4_000_000:
            self._view.set_day_width(float(width))
            self._view.begin_at(float(first))
            self._is_placed = self._outline is None

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Read the days off again where somebody may have changed them."""
        if self._outline is not None and change.touches("holiday", "workspace_setting", "account"):
            self._read_days_off()

    @Slot(object)
    def _on_dropped(self, hold: Hold) -> None:
        """Store where an item was put down, and offer to shift what follows it."""
        item = hold.item
        if hold.grip is Grip.NEW:
            label = _("Dates of “{title}”: {dates}").format(
                title=_short(item.title), dates=dates_words(*hold.dates)
            )
        else:
            label = _("Move “{title}” by {days}").format(
                title=_short(item.title), days=days_words(hold.days)
            )
        self._shifting.expect(hold)
        done = self._desk.write(label, set_dates, ItemDates(item.ref, *hold.dates))
        self.edited.emit()
        if done is not None:
            self._shifting.offer(hold)

    @Slot(str, str)
    def _on_linked(self, after_id: str, item_id: str) -> None:
        """Let a milestone wait for another."""
        item = self._outline.find(item_id) if self._outline else None
        if item is None or after_id in item.depends_on:
            return
        label = _("What “{title}” waits for").format(title=item.title)
        wanted = {*item.depends_on, after_id}
        if self._desk.write(label, set_dependencies, item_id, wanted) is not None:
            self._desk.offer_undo(_("“{title}” waits now.").format(title=item.title))
        self.edited.emit()

    @Slot(object)
    def _on_fixed(self, item: OutlineItem) -> None:
        text = _("“{title}” is done and stays where it is.").format(title=item.title)
        self._desk.messages.say(Message(text, "accent", _("Reopen it to move it.")))

    @Slot(object)
    def _on_lost(self, item: OutlineItem) -> None:
        text = _("“{title}” was finished or deleted while you moved it.").format(title=item.title)
        self._desk.messages.say(Message(text, "warning", _("It stays as it is now.")))

    @Slot()
    def _on_zoomed(self) -> None:
        self._head.show_zoom(nearest_zoom(self._view.plain_day_width))

    @Slot(object)
    def _on_calendar(self, calendar: WorkCalendar) -> None:
        self._view.show_calendar(calendar)
        self._shifting.preview() if not self._bar.isHidden() else None

    @Slot()
    def _on_closed(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_days_off(self) -> None:
        """Read which days are off; what knows them is loaded beside the window the first time."""
        account_id = self._outline.account_id if self._outline else ""
        calendar = self._desk.read(work_calendar, account_id)
        if not calendar.country or "holidays.countries.japan" in sys.modules:
            self._on_calendar(calendar)
            return
        now = today()

        def load(_progress: Progress) -> WorkCalendar:
            calendar.holidays(now - dt.timedelta(days=370), now + dt.timedelta(days=740))
            return calendar

        task = self._desk.drawing.prepare(_("Loading the holidays"), load)
        task.succeeded.connect(self._on_calendar)
        self._desk.drawing.start(task)

    def _show_rows(self) -> None:
        outline, now = self._outline, today()
        rows = rows_of(outline, self._folded, now) if outline else TimelineRows()
        self._view.show_rows(rows, self._marks(now), now)

    def _marks(self, now: dt.date) -> list[Mark]:
        marks = [Mark(now, _("Today"), "bad_fill", is_dashed=True)]
        if self._outline is not None and self._outline.end_on is not None:
            marks.append(Mark(self._outline.end_on, _("End of the plan"), "text"))
        month = self._fiscal_month
        if month is not None and 1 <= month <= 12:
            for year in range(now.year - FISCAL_YEARS, now.year + FISCAL_YEARS + 1):
                words = _("FY start")
                if 1 <= year <= dt.MAXYEAR:
                    marks.append(Mark(dt.date(year, month, 1), words, "control", is_far=True))
        return marks

    def _build(self) -> None:
        self._head = TimelineHead(self._desk.look, self)
        self._view = TimelineView(self._desk.look, self)
        self._view.show_hint(
            _(
                "Goals, milestones and action items with dates stand here as bars over the days. "
                "Add the first goal in the outline above."
            )
        )
        self._bar = ShiftBar(self._desk.look, self)
        self._shifting = Shifting(self._desk, self._view, self._bar, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(13, 6, 7, 4)
        layout.setSpacing(4)
        layout.addWidget(self._head)
        layout.addWidget(self._bar)
        layout.addWidget(self._view, 1)

    def _connect(self) -> None:
        self._view.chosen.connect(self.chosen)
        self._view.open_asked.connect(self.open_asked)
        self._view.zoomed.connect(self._on_zoomed)
        hand = self._view.hand
        hand.dropped.connect(self._on_dropped)
        hand.linked.connect(self._on_linked)
        hand.fixed_touched.connect(self._on_fixed)
        hand.lost.connect(self._on_lost)
        self._shifting.edited.connect(self.edited)
        self._shifting.closed.connect(self._on_closed)
        self._head.zoom_asked.connect(self._view.zoom_to)
        self._head.whole_asked.connect(self._view.fit)
        self._head.today_asked.connect(self._view.show_today)
        self._head.shift.clicked.connect(self._shifting.begin)
        self._desk.changed.connect(self.on_changed)


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"
