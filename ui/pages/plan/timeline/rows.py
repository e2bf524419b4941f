"""The rows of a timeline: what is unfolded of an outline, how each item stands, who waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from csdesk.actions.plan_items import ItemKind
from csdesk.insight.schedule import PlannedItem, Standing, standings, tight_waits
from csdesk.model.vocabulary import MilestoneStatus, ProgressRag
from csdesk.queries.outline import OutlineItem, PlanOutline
from csdesk.queries.schedule import planned_items

_TONES = {
    ProgressRag.ON_TRACK: "good",
    ProgressRag.AT_RISK: "warning",
    ProgressRag.OFF_TRACK: "bad",
}


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One item with its place in the outline and its standing in the schedule."""

    item: OutlineItem
    depth: int
    number: int
    """Which goal of the plan it is, counted from 1; 0 for other kinds."""
    standing: Standing
    tone: str
    """good, warning, bad, accent; quiet for what is closed."""
    is_tight: bool = False
    """Whether it begins before something it waits for can be done."""

    @property
    def is_undated(self) -> bool:
        """Whether there is nothing to draw a bar from."""
        return self.item.start_on is None and self.item.due_on is None


@dataclass(frozen=True, slots=True)
class Link:
    """A milestone that waits for another; `is_tight` where it cannot begin as planned."""

    after: str
    item: str
    is_tight: bool


@dataclass(frozen=True, slots=True)
class TimelineRows:
    """All rows of a plan, and what leads from one to another."""

    rows: tuple[TimelineRow, ...] = ()
    links: tuple[Link, ...] = ()
    """Those between two rows that are not folded away."""
    planned: tuple[PlannedItem, ...] = ()
    """All items of the plan, folded away or not."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Which row an item stands in."""

    def row(self, item_id: str) -> TimelineRow | None:
        """Return the row of an item; None where it is folded away or gone."""
        place = self.places.get(item_id)
        return None if place is None else self.rows[place]

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of all items; None where none has a date."""
        days = [day for one in self.planned for day in (one.start_on, one.due_on) if day]
        return (min(days), max(days)) if days else None


def rows_of(outline: PlanOutline, folded: Collection[str], today: dt.date) -> TimelineRows:
    """Make the rows of a plan without what stands below folded items."""
    planned = planned_items(outline)
    standing = standings(planned, today, outline.end_on)
    tight = tight_waits(planned, today)
    early = {waiting for _awaited, waiting in tight}
    rows: list[TimelineRow] = []
    queue = [(item, 0) for item in reversed(outline.items)]
    number = 0
    while queue:
        item, depth = queue.pop()
        is_goal = item.ref.kind is ItemKind.GOAL
        number += is_goal
        own = standing[item.ref.id]
        tone, is_early = _tone(item, own), item.ref.id in early
        rows.append(TimelineRow(item, depth, number if is_goal else 0, own, tone, is_early))
        if item.ref.id not in folded:
            queue += [(child, depth + 1) for child in reversed(item.children)]
    places = {row.item.ref.id: place for place, row in enumerate(rows)}
    links = tuple(
        Link(after, row.item.ref.id, (after, row.item.ref.id) in tight)
        for row in rows
        for after in row.item.depends_on
        if after in places and not rows[places[after]].is_undated and not row.is_undated
    )
    return TimelineRows(tuple(rows), links, planned, places)


def _tone(item: OutlineItem, standing: Standing) -> str:
    if item.is_closed:
        return "quiet"
    if standing.late:
        return "bad"
    if item.standing in _TONES:
        return _TONES[ProgressRag(item.standing)]
    is_at_risk = item.status == MilestoneStatus.AT_RISK or standing.pushed > 0
    return "warning" if is_at_risk else "accent"
