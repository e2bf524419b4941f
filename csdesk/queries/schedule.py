"""A plan's outline as what its schedule is computed from."""

from __future__ import annotations

from csdesk.insight.schedule import PlannedItem
from csdesk.model.items import ItemKind
from csdesk.queries.outline import OutlineItem, PlanOutline


def planned_items(outline: PlanOutline) -> tuple[PlannedItem, ...]:
    """Return the items of a plan for `insight.schedule`, each before what stands below it."""
    return tuple(planned for item in outline.items for planned in _with_those_below(item))


def _with_those_below(item: OutlineItem) -> list[PlannedItem]:
    is_top = item.parent.kind is None
    found = [
        PlannedItem(
            item.ref.id,
            item.start_on,
            item.due_on,
            "" if is_top else item.parent.id,
            item.depends_on if item.ref.kind is ItemKind.MILESTONE else (),
            item.is_closed,
        )
    ]
    for child in item.children:
        found += _with_those_below(child)
    return found
