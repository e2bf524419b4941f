"""What lateness does to a plan: who waits for whom, what it pushes, and moving items in time.

Items form a network. A milestone waits for others; what stands below a goal or milestone has to
be done for it; the plan ends when all is done. Between two of them lie days that lateness uses
up before it goes on: from the end of one to the start of the next (its due date where it has no
start), or to the due date of what holds it. Those gaps are never negative, so that the shortest
way through the network says how much lateness is left at its end, and circles, which two copies
of a file can make together, do no harm.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from csdesk.insight.working_days import WorkCalendar

_END = ""
"""Stands for the end of the plan in the network; no item has this id."""


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """What counts of an item here: its dates, what holds it, what it waits for."""

    id: str
    start_on: dt.date | None = None
    due_on: dt.date | None = None
    holder: str = ""
    """The goal or milestone it stands below; empty at the plan itself."""
    after: tuple[str, ...] = ()
    is_closed: bool = False

    @property
    def finish(self) -> dt.date | None:
        """The day it should be done, or at least begun."""
        return self.due_on or self.start_on

    @property
    def begin(self) -> dt.date | None:
        """The day from which what it waits for is needed."""
        return self.start_on or self.due_on


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands; all numbers are days."""

    late: int = 0
    """How long it is overdue."""
    pushed: int = 0
    """By how much others that are late will move it beyond its own date."""
    slack: int | None = None
    """How late it may be before the plan's end moves; None where that has no date."""
    is_critical: bool = False
    """Whether its lateness pushes a milestone that waits for it, or the plan's end."""


@dataclass(frozen=True, slots=True)
class Move:
    """An item's dates before and after a shift."""

    id: str
    start_before: dt.date | None
    due_before: dt.date | None
    start_on: dt.date | None
    due_on: dt.date | None

    @property
    def is_none(self) -> bool:
        """Whether nothing moves after all."""
        return (self.start_before, self.due_before) == (self.start_on, self.due_on)


@dataclass(frozen=True, slots=True)
class Shift:
    """By how many days to move; with a calendar these are working days."""

    days: int
    calendar: WorkCalendar | None = None

    def days_of(self, days: Collection[dt.date]) -> Mapping[dt.date, dt.date]:
        """Tell where each day moves. Raises OverflowError where the calendar has no such day."""
        if self.calendar is not None:
            return self.calendar.shifted(days, self.days)
        by = dt.timedelta(days=self.days)
        return {day: day + by for day in days}


@dataclass(frozen=True, slots=True)
class _Edge:
    target: str
    gap: int
    is_wait: bool


def standings(
    items: Sequence[PlannedItem], today: dt.date, end_on: dt.date | None = None
) -> dict[str, Standing]:
    """Tell of each item how late it is, how far others push it, and what its lateness does.

    `end_on` is the plan's end; without it the plan ends with its last item. Closed items and
    those without a date take no part and stand well.
    """
    edges = _edges(items, end_on)
    late = {one.id: _late(one, today) for one in items}
    delays = _spread({one: days for one, days in late.items() if days}, edges)
    pushed: dict[str, int] = defaultdict(int)
    for one, leaving in edges.items():
        for edge in leaving:
            push = delays.get(one, 0) - edge.gap
            pushed[edge.target] = max(pushed[edge.target], push)
    slack = _slack(edges)
    return {
        one.id: Standing(
            late[one.id],
            pushed[one.id],
            slack.get(one.id),
            late[one.id] > 0 and _pushes(one.id, late[one.id], edges),
        )
        for one in items
    }


def tight_waits(items: Sequence[PlannedItem], today: dt.date) -> frozenset[tuple[str, str]]:
    """Return the pairs (awaited, waiting) where the waiting item cannot begin as planned.

    Either the plan itself says so, because what it waits for is due after it begins, or what it
    waits for will be late.
    """
    by_id = {one.id: one for one in items}
    late = {one.id: days for one in items if (days := _late(one, today))}
    delays = _spread(late, _edges(items, None))
    found = set()
    for one in items:
        for awaited in (by_id[name] for name in one.after if name in by_id):
            if one.is_closed or awaited.is_closed or awaited.finish is None or one.begin is None:
                continue
            if (one.begin - awaited.finish).days < delays.get(awaited.id, 0):
                found.add((awaited.id, one.id))
    return frozenset(found)


def followers(
    items: Sequence[PlannedItem], moved_id: str, *, below: bool = True
) -> tuple[str, ...]:
    """Return what follows when an item moves, in the order of `items`.

    These are the milestones that wait for it, what stands below it (unless `below` is False, as
    where only its end moves), and in turn what waits for those or stands below them. Closed
    items stay where they are, and so does what follows only them. What has no date is left out.
    """
    by_id = {one.id: one for one in items}
    children: dict[str, list[str]] = defaultdict(list)
    waiting: dict[str, list[str]] = defaultdict(list)
    for one in items:
        children[one.holder].append(one.id)
        for awaited in one.after:
            waiting[awaited].append(one.id)
    seen = {moved_id}
    queue = [*waiting[moved_id], *(children[moved_id] if below else ())]
    while queue:
        name = queue.pop()
        if name in seen or by_id[name].is_closed:
            continue
        seen.add(name)
        queue += [*children[name], *waiting[name]]
    seen.discard(moved_id)
    return tuple(one.id for one in items if one.id in seen and one.finish is not None)


def moves(
    items: Iterable[PlannedItem], shift: Shift, since: dt.date | None = None
) -> tuple[Move, ...]:
    """Tell how items move; those that are closed, without a date, or stay are left out.

    With `since`, only dates from that day on move, and never to a day before it: what runs on
    that day keeps its start. Who came before whom stays so. Raises OverflowError where the
    calendar has no such day.
    """
    open_items = [one for one in items if not one.is_closed]
    dates = {day for one in open_items for day in (one.start_on, one.due_on) if day is not None}
    wanted = {day for day in dates if since is None or day >= since}
    places = {day: day for day in dates} | dict(shift.days_of(wanted))
    if since is not None:
        places |= {day: max(places[day], since) for day in wanted}
    found = [
        Move(
            one.id,
            one.start_on,
            one.due_on,
            one.start_on and places[one.start_on],
            one.due_on and places[one.due_on],
        )
        for one in open_items
    ]
    return tuple(move for move in found if not move.is_none)


def _late(one: PlannedItem, today: dt.date) -> int:
    if one.is_closed or one.due_on is None:
        return 0
    return max((today - one.due_on).days, 0)


def _edges(items: Sequence[PlannedItem], end_on: dt.date | None) -> dict[str, list[_Edge]]:
    """Build the network of what is open and has a date."""
    known = {one.id: one for one in items if not one.is_closed and one.finish is not None}
    finishes = [one.finish for one in known.values() if one.finish is not None]
    end = end_on or max(finishes, default=None)
    edges: dict[str, list[_Edge]] = {name: [] for name in known}
    for one in known.values():
        assert one.finish is not None
        assert one.begin is not None
        assert end is not None
        edges[one.id].append(_Edge(_END, max((end - one.finish).days, 0), is_wait=False))
        holder = known.get(one.holder)
        if holder is not None and holder.due_on is not None:
            gap = max((holder.due_on - one.finish).days, 0)
            edges[one.id].append(_Edge(holder.id, gap, is_wait=False))
        for awaited in (known[name] for name in one.after if name in known):
            assert awaited.finish is not None
            gap = max((one.begin - awaited.finish).days, 0)
            edges[awaited.id].append(_Edge(one.id, gap, is_wait=True))
    return edges


def _spread(late: Mapping[str, int], edges: Mapping[str, list[_Edge]]) -> dict[str, int]:
    """Let lateness run through the network: the most days that reach each place."""
    heap = [(-days, name) for name, days in late.items()]
    heapq.heapify(heap)
    reached: dict[str, int] = {}
    while heap:
        negative, name = heapq.heappop(heap)
        if name in reached:
            continue
        reached[name] = -negative
        for edge in edges.get(name, ()):
            left = -negative - edge.gap
            if left > 0 and edge.target not in reached:
                heapq.heappush(heap, (-left, edge.target))
    return reached


def _slack(edges: Mapping[str, list[_Edge]]) -> dict[str, int]:
    """Return the shortest way from each item to the plan's end, in days of gaps."""
    back: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, leaving in edges.items():
        for edge in leaving:
            back[edge.target].append((name, edge.gap))
    heap = [(0, _END)]
    found: dict[str, int] = {}
    while heap:
        days, name = heapq.heappop(heap)
        if name in found:
            continue
        found[name] = days
        for before, gap in back[name]:
            if before not in found:
                heapq.heappush(heap, (days + gap, before))
    return found


def _pushes(name: str, late: int, edges: Mapping[str, list[_Edge]]) -> bool:
    """Tell whether lateness reaches something that waits, or the plan's end."""
    heap = [(0, name)]
    seen: set[str] = set()
    while heap:
        used, here = heapq.heappop(heap)
        if here in seen:
            continue
        seen.add(here)
        for edge in edges.get(here, ()):
            spent = used + edge.gap
            if spent >= late or (edge.is_wait and edge.target == name):
                continue
            if edge.is_wait or edge.target == _END:
                return True
            heapq.heappush(heap, (spent, edge.target))
    return False
