"""Putting many items into an outline at once: new ones, copies, and items from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean
from csdesk.actions.ordering import make_places
from csdesk.actions.plan_items import (
    Item,
    ItemKind,
    ItemRef,
    check_dates,
    children,
    fits,
    follow_status,
    plan_of,
    put_below,
    record_of,
)
from csdesk.model.identity import new_id
from csdesk.model.records import Action, Milestone
from csdesk.progress import SILENT, Progress

REPORTED = 200
"""Items between two reports of progress."""


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to be made: below another one of the same block, or where the block goes."""

    kind: ItemKind
    title: str
    above: int | None = None
    """The place in the block of the item that holds it; one before it."""
    fields: Mapping[str, Any] = field(default_factory=dict)


def paste_items(
    session: Session,
    parent: ItemRef,
    after: ItemRef | None,
    rows: Sequence[NewItem],
    progress: Progress = SILENT,
) -> list[ItemRef]:
    """Make items below a parent, after a sibling or first, and return them in their order.

    One statement writes them all, so that thousands take no longer than a moment. Raises
    UserError where one of them cannot stand where it is to stand, CancelledError where
    `progress` was told to stop.
    """
    made: list[Item] = []
    top: list[Item] = []
    below: dict[int, list[Item]] = defaultdict(list)
    plan_id = plan_of(session, parent)
    first: dict[ItemKind, Item] = {}
    for row in rows:
        values = {name: clean(name, value) for name, value in row.fields.items()}
        if row.kind is ItemKind.MILESTONE:
            values.setdefault("original_due_on", values.get("due_on"))
        item = record_of(row.kind)(id=new_id(), title=clean("title", row.title), **values)
        check_dates(item)
        if row.above is None:
            if row.kind in first:
                _stand_like(item, first[row.kind])
            else:
                put_below(session, item, parent)
                first[row.kind] = item
            top.append(item)
        else:
            _put_into(item, made[row.above], plan_id)
            below[row.above].append(item)
        follow_status(item, values.get("done_on") or values.get("achieved_on"))
        made.append(item)
        if len(made) % REPORTED == 0:
            progress.report(len(made), len(rows))
    _give_places(children(session, parent), after, top)
    for siblings in below.values():
        _give_places([], None, siblings)
    session.add_all(made)
    session.flush()
    return [ItemRef(row.kind, item.id) for row, item in zip(rows, made, strict=True)]


def _stand_like(row: Item, other: Item) -> None:
    """Let an item stand below what another one of its kind stands below."""
    for name in ("plan_id", "goal_id", "milestone_id"):
        if hasattr(row, name):
            setattr(row, name, getattr(other, name))


def _put_into(row: Item, holder: Item, plan_id: str) -> None:
    """Say what a new item stands below, where that is new too."""
    kind, above = ItemKind(row.__tablename__), ItemKind(holder.__tablename__)
    if not fits(kind, above):
        raise ValueError(f"a {kind} does not stand below a {above}")
    if isinstance(row, Milestone):
        row.goal_id = holder.id
    if isinstance(row, Action):
        row.plan_id = plan_id
        row.goal_id = holder.goal_id if isinstance(holder, Milestone) else holder.id
        row.milestone_id = holder.id if isinstance(holder, Milestone) else None


def _give_places(siblings: list[Item], after: ItemRef | None, new: list[Item]) -> None:
    """Put new items after a sibling, or first, each after the one before it."""
    index = 0
    if after is not None:
        index = next((i + 1 for i, one in enumerate(siblings) if one.id == after.id), len(siblings))
    places, moved = make_places([one.position for one in siblings], index, len(new))
    for one, place in zip(siblings, moved or (), strict=False):
        one.position = place
    for one, place in zip(new, places, strict=True):
        one.position = place
