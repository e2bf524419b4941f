"""Short ways to build a plan's outline in a test and to look at it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.plan_items import add_item
from csdesk.model.items import ItemKind, ItemRef
from csdesk.queries.outline import OutlineItem, PlanOutline, plan_outline
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)


Shape = dict[str, "Shape"]
"""Titles with what stands below them; their first letters say what they are."""

_KINDS = {"G": ItemKind.GOAL, "M": ItemKind.MILESTONE, "A": ItemKind.ACTION}


def fill(session: Session, below: ItemRef, shape: Shape) -> None:
    """Add items of this shape below a plan or an item."""
    for title, inside in shape.items():
        fill(session, add_item(session, _KINDS[title[0]], below, title), inside)


class Outline:
    """The outline of one plan: items are named by their titles, which no two share."""

    def __init__(self, workspace: Workspace, plan_id: str) -> None:
        self.workspace = workspace
        self.plan = ItemRef(None, plan_id)

    def read(self) -> PlanOutline:
        """Return the outline as the desk sees it."""
        found = self.workspace.read(plan_outline, self.plan.id, today=TODAY)
        assert found is not None
        return found

    def tree(self) -> Shape:
        """Return the titles, each with what stands below it, in their order."""
        return {item.title: _below(item) for item in self.read().items}

    def item(self, title: str) -> OutlineItem:
        """Return the item of this title."""
        found = [item for item in self.all() if item.title == title]
        assert len(found) == 1, f"{len(found)} items are called {title!r}"
        return found[0]

    def ref(self, title: str) -> ItemRef:
        """Return what stands for the item of this title."""
        return self.item(title).ref

    def all(self) -> list[OutlineItem]:
        """Return all items, each before what stands below it."""
        return [item for top in self.read().items for item in _walk(top)]

    def kinds(self) -> dict[str, str]:
        """Return the kind of each item by its title."""
        return {item.title: str(item.ref.kind) for item in self.all()}

    def add(self, kind: ItemKind, title: str, parent: str = "", **fields: Any) -> ItemRef:
        """Add an item last below the one called `parent`, or at the plan."""
        below = self.ref(parent) if parent else self.plan
        return self.workspace.write("Add", add_item, kind, below, title, **fields).result

    def goal(self, title: str, **fields: Any) -> ItemRef:
        """Add a goal."""
        return self.add(ItemKind.GOAL, title, **fields)

    def milestone(self, title: str, parent: str, **fields: Any) -> ItemRef:
        """Add a milestone below a goal."""
        return self.add(ItemKind.MILESTONE, title, parent, **fields)

    def action(self, title: str, parent: str = "", **fields: Any) -> ItemRef:
        """Add an action item below a goal, a milestone or the plan."""
        return self.add(ItemKind.ACTION, title, parent, **fields)

    def do(self, action: Any, title: str, /, *args: Any, **kwargs: Any) -> Any:
        """Write an action on the item of this title and return what came of it."""
        return self.workspace.write("Do", action, self.ref(title), *args, **kwargs).result


def _below(item: OutlineItem) -> Shape:
    return {child.title: _below(child) for child in item.children}


def _walk(item: OutlineItem) -> list[OutlineItem]:
    return [item, *(below for child in item.children for below in _walk(child))]
