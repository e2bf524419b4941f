"""Changes of a template's items; an item is named by its path, the places on the way to it.

The path (0, 2) is the third item below the first. Every function returns a new template.
"""

from __future__ import annotations

from dataclasses import replace

from csdesk.insight.plan_template import PlanTemplate, TemplateItem
from csdesk.model.items import ItemKind

Path = tuple[int, ...]

_BELOW = {ItemKind.GOAL: ItemKind.MILESTONE, ItemKind.MILESTONE: ItemKind.ACTION}
Items = tuple[TemplateItem, ...]


def item_at(content: PlanTemplate, path: Path) -> TemplateItem:
    """Return the item of a path. Raises IndexError where there is none."""
    items, found = content.items, None
    for place in path:
        found = items[place]
        items = found.children
    if found is None:
        raise IndexError("an empty path names no item")
    return found


def replace_item(content: PlanTemplate, path: Path, item: TemplateItem) -> PlanTemplate:
    """Put another item in the place of one."""
    return replace(content, items=_spliced(content.items, path, (item,)))


def delete_item(content: PlanTemplate, path: Path) -> PlanTemplate:
    """Take an item away with all below it; nothing waits for it any more."""
    gone = {item_at(content, path).key, *_keys(item_at(content, path).children)} - {""}
    left = _spliced(content.items, path, ())
    return replace(content, items=_without_waits(left, gone))


def insert_after(content: PlanTemplate, path: Path, title: str) -> tuple[PlanTemplate, Path]:
    """Add an item of the same kind right after one; an empty path adds a goal at the end.

    It takes over side, owners and days of the one before it. Returns the path of the new item.
    """
    if not path:
        goal = TemplateItem(ItemKind.GOAL, title)
        return replace(content, items=(*content.items, goal)), (len(content.items),)
    before = item_at(content, path)
    fresh = TemplateItem(
        before.kind,
        title,
        start=before.start,
        due=before.due,
        owner=before.owner,
        customer_owner=before.customer_owner,
        side=before.side,
        visibility=before.visibility,
    )
    items = _spliced(content.items, path, (before, fresh))
    return replace(content, items=items), (*path[:-1], path[-1] + 1)


def insert_below(content: PlanTemplate, path: Path, title: str) -> tuple[PlanTemplate, Path]:
    """Add an item last below one: a milestone below a goal, an action item below a milestone.

    Returns the path of the new item. Raises KeyError for an action item: nothing stands below.
    """
    above = item_at(content, path)
    fresh = TemplateItem(_BELOW[above.kind], title, due=above.due, visibility=above.visibility)
    if fresh.kind is ItemKind.ACTION:
        fresh = replace(fresh, side="us", owner="csm")
    grown = replace(above, children=(*above.children, fresh))
    return replace_item(content, path, grown), (*path, len(above.children))


def move(content: PlanTemplate, path: Path, by: int) -> tuple[PlanTemplate, Path]:
    """Move an item up (-1) or down (+1) among its siblings; at the end it stays."""
    siblings = content.items if len(path) == 1 else item_at(content, path[:-1]).children
    place, target = path[-1], path[-1] + by
    if not 0 <= target < len(siblings):
        return content, path
    order = list(siblings)
    order.insert(target, order.pop(place))
    moved = tuple(order)
    if len(path) == 1:
        return replace(content, items=moved), (target,)
    parent = replace(item_at(content, path[:-1]), children=moved)
    return replace_item(content, path[:-1], parent), (*path[:-1], target)


def _spliced(items: Items, path: Path, wanted: Items) -> Items:
    place, rest = path[0], path[1:]
    if not rest:
        return items[:place] + wanted + items[place + 1 :]
    above = items[place]
    grown = replace(above, children=_spliced(above.children, rest, wanted))
    return (*items[:place], grown, *items[place + 1 :])


def _keys(items: Items) -> set[str]:
    return {key for item in items for key in (item.key, *_keys(item.children))}


def _without_waits(items: Items, gone: set[str]) -> Items:
    return tuple(
        replace(
            item,
            after=tuple(key for key in item.after if key not in gone),
            children=_without_waits(item.children, gone),
        )
        for item in items
    )
