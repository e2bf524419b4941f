"""Shifting more than one item: what follows one that moved, or a whole schedule.

An item that was moved is stored at once, like every edit. What follows it is shown where it would
go, and moves as one step of its own when one says so; to leave it alone changes nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from csdesk.actions.schedule import ItemDates, shift_items
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.insight.schedule import Move, PlannedItem, Shift, followers, moves
from csdesk.queries.outline import OutlineItem, PlanOutline
from csdesk.queries.schedule import planned_items
from ui.desk import Desk
from ui.pages.plan.timeline.holding import Grip, Hold
from ui.pages.plan.timeline.shift_bar import ShiftBar
from ui.pages.plan.timeline.view import TimelineView
from ui.pages.plan.timeline.words import days_words

MOST_REASON = 60
"""Signs of a reason that a step's name holds; the whole is kept beside it."""


@dataclass(frozen=True, slots=True)
class _Cause:
    """The item that moved: from which day to which, and whether what is below it follows."""

    item: OutlineItem
    before: dt.date
    after: dt.date
    below: bool


class Shifting(QObject):
    """Keeps the preview of a shift right while it is asked about, and carries it out."""

    edited = Signal()
    """Something was written."""
    closed = Signal()
    """Nothing is asked any more."""

    def __init__(self, desk: Desk, view: TimelineView, bar: ShiftBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._bar = bar
        self._outline: PlanOutline | None = None
        self._planned: tuple[PlannedItem, ...] = ()
        self._cause: _Cause | None = None
        self._moving = ""
        self._moves: tuple[Move, ...] = ()
        bar.changed.connect(self.preview)
        bar.applied.connect(self.apply)
        bar.left.connect(self.leave)
        view.answered.connect(self._on_answered)

    @property
    def moves(self) -> tuple[Move, ...]:
        """What would move."""
        return self._moves

    def show_plan(self, outline: PlanOutline | None) -> None:
        """Take a plan as read just now; a question that makes no sense any more is dropped."""
        is_other = outline is None or self._outline is None or outline.id != self._outline.id
        self._outline = outline
        self._planned = planned_items(outline) if outline else ()
        if self._bar.isHidden():
            return
        if is_other or not self._is_still_right():
            self.leave()
        else:
            self.preview()

    def expect(self, hold: Hold) -> None:
        """Hear that an item is about to be stored where it was put down."""
        self._moving = hold.item.ref.id

    def offer(self, hold: Hold) -> None:
        """Offer to shift what follows an item that was moved and stored."""
        self._moving = ""
        before = hold.item.due_on or hold.item.start_on
        start, due = hold.dates
        after = due or start
        if before is None or after is None or hold.grip not in (Grip.MOVE, Grip.END):
            self.leave()
            return
        known = self._cause
        if known is not None and known.item.ref == hold.item.ref and not self._bar.isHidden():
            before = known.before  # moved on: what follows goes all the way
        self._ask_about_followers(_Cause(hold.item, before, after, hold.grip is Grip.MOVE))

    def typed_state(self) -> dict[str, Any] | None:
        """Return what is asked, with what was typed; None where nothing is."""
        if self._bar.isHidden() or self._outline is None:
            return None
        cause = self._cause
        moved = (cause.item.ref.id, cause.before, cause.after, cause.below) if cause else None
        return {"plan": self._outline.id, "moved": moved, **self._bar.typed()}

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Ask the same again, where the item that moved is still where it was put."""
        outline = self._outline
        if outline is None or outline.id != state["plan"]:
            return
        if state["moved"] is None:
            self._ask_about_schedule()
        else:
            item = outline.find(state["moved"][0])
            cause = _Cause(item, *state["moved"][1:]) if item is not None else None
            if cause is None or (cause.item.due_on or cause.item.start_on) != cause.after:
                return
            self._ask_about_followers(cause)
        if not self._bar.isHidden():
            self._bar.take_up(state)
            self.preview()

    def _ask_about_followers(self, cause: _Cause) -> None:
        self._cause = cause
        count = len(self._followers())
        if not count or cause.before == cause.after:
            self.leave()
            return
        days = (cause.after - cause.before).days
        words = ngettext(
            "“{title}” was moved by {days}. Shift the {n} item that follows too?",
            "“{title}” was moved by {days}. Shift the {n} items that follow too?",
            count,
        ).format(title=cause.item.title, days=days_words(days), n=count)
        self._bar.ask_about_followers(words)
        self._view.ask(True)
        self.preview()

    @Slot()
    def begin(self) -> None:
        """Ask by how much to shift the plan, or the goal or milestone that is chosen."""
        if self._outline is not None:
            self._ask_about_schedule()
            self._bar.take_keyboard()

    def _ask_about_schedule(self) -> None:
        assert self._outline is not None
        self._cause = None
        row = self._view.current_row
        scopes = [(_("The whole plan"), "")]
        scopes += [(goal.title, goal.ref.id) for goal in self._outline.items if goal.children]
        if row is not None and row.item.children and row.depth:
            scopes.append((row.item.title, row.item.ref.id))
        self._bar.set_since(self._view.today)
        self._bar.ask_about_schedule(scopes, row.item.ref.id if row is not None else "")
        self._view.ask(True)
        self.preview()

    @Slot()
    def preview(self) -> None:
        """Show where everything would go."""
        note = ""
        try:
            self._moves = self._wanted()
        except UserError as error:
            self._moves, note = (), error.message
        except OverflowError:
            self._moves, note = (), _("These dates lie beyond the end of the calendar.")
        if self._moves:
            last = max(day for one in self._moves if (day := one.due_on or one.start_on))
            note = _("The last of them would be on {date}.").format(date=current().date(last))
        end = self._end_moved() if self._moves else None
        if end is not None:
            note += " " + _("The plan would end on {date}.").format(date=current().date(end))
        self._bar.offer_end(is_there=self._can_move_end())
        self._bar.show_count(len(self._moves), note)
        self._view.show_ghosts({one.id: one for one in self._moves})

    @Slot()
    def apply(self) -> None:
        """Shift what is shown, as one step with its reason."""
        outline, dates = self._outline, []
        for move in self._moves:
            item = outline.find(move.id) if outline else None
            if item is not None:
                dates.append(ItemDates(item.ref, move.start_on, move.due_on))
        if not dates:
            return
        days = self._days()
        count, reason = len(dates), self._bar.reason
        label = ngettext("Shift {n} item by {days}", "Shift {n} items by {days}", count).format(
            n=count, days=self._days_words(days)
        )
        if reason:
            short = reason if len(reason) <= MOST_REASON else f"{reason[: MOST_REASON - 1]}…"
            label = _("{what}: {reason}").format(what=label, reason=short)
        cause = self._cause.item.title if self._cause else ""
        step = self._desk.write(
            label,
            shift_items,
            dates,
            days=days,
            reason=reason,
            cause=cause,
            plan_end=self._end_moved(),
        )
        if step is not None:
            self.leave()
            self.edited.emit()
            said = ngettext("{n} item was shifted.", "{n} items were shifted.", step.result)
            self._desk.offer_undo(said.format(n=step.result))

    @Slot()
    def leave(self) -> None:
        """Ask no more; what was moved itself stays where it is."""
        was_open = not self._bar.isHidden()
        self._moves, self._cause = (), None
        self._bar.close_bar()
        self._view.ask(False)
        self._view.show_ghosts({})
        if was_open:
            self.closed.emit()

    @Slot(bool)
    def _on_answered(self, is_yes: bool) -> None:
        if is_yes:
            self._bar.apply()
        else:
            self.leave()

    def _is_still_right(self) -> bool:
        """Tell whether the item that moved is still where it was put."""
        if self._cause is None:
            return True
        item = self._outline.find(self._cause.item.ref.id) if self._outline else None
        if item is not None and item.ref.id == self._moving:
            return True  # it moves on, and so does the question
        stands = item is not None and (item.due_on or item.start_on) == self._cause.after
        return stands and bool(self._followers())

    def _followers(self) -> tuple[str, ...]:
        if self._cause is None:
            return ()
        return followers(self._planned, self._cause.item.ref.id, below=self._cause.below)

    def _can_move_end(self) -> bool:
        """Tell whether the whole plan is shifted and has an end that would move with it."""
        end = self._outline.end_on if self._outline else None
        if self._cause is not None or self._bar.scope or end is None or not self._moves:
            return False
        since = self._bar.since
        return since is None or end >= since

    def _end_moved(self) -> dt.date | None:
        """Return when the plan would end, where its end moves too."""
        end = self._outline.end_on if self._outline else None
        if end is None or not (self._can_move_end() and self._bar.takes_end_along):
            return None
        return self._shift().days_of([end])[end]

    def _shift(self) -> Shift:
        calendar = self._view.calendar if self._bar.keeps_working_days else None
        return Shift(self._days(), calendar)

    def _days(self) -> int:
        """By how many days to shift: as the item moved, or as typed."""
        if self._cause is None:
            return self._bar.days
        before, after = self._cause.before, self._cause.after
        if self._bar.keeps_working_days:
            return self._view.calendar.count(before, after)
        return (after - before).days

    def _days_words(self, days: int) -> str:
        if not self._bar.keeps_working_days:
            return days_words(days)
        sign = "+" if days > 0 else "−" if days < 0 else ""
        words = ngettext("{n} working day", "{n} working days", abs(days))
        return words.format(n=f"{sign}{abs(days)}")

    def _wanted(self) -> tuple[Move, ...]:
        shift = self._shift()
        if self._cause is not None:
            wanted = set(self._followers())
            return moves([one for one in self._planned if one.id in wanted], shift)
        if self._outline is None:
            return ()
        top = self._outline.find(self._bar.scope) if self._bar.scope else None
        ids = _below(top) if top is not None else {one.id for one in self._planned}
        items = [one for one in self._planned if one.id in ids]
        return moves(items, shift, since=self._bar.since)


def _below(item: OutlineItem) -> set[str]:
    """Return the ids of an item and of all that stands below it."""
    found = {item.ref.id}
    for child in item.children:
        found |= _below(child)
    return found
