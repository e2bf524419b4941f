"""The plans of a workspace as an import sees them: items by parent and title, with places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.ordering import place_last
from csdesk.errors import UserError
from csdesk.exchange.changes import Changes
from csdesk.exchange.directories import existing_rows, name_key
from csdesk.exchange.tables import shorten
from csdesk.i18n import _
from csdesk.model.base import entity_table
from csdesk.model.vocabulary import LIVE_PLANS

ITEMS = ("plan", "goal", "milestone", "action", "measure")
Parent = tuple[str, str]
"""What an item stands below: the entity and the id."""


class Outline:
    """All living plans and their items, those about to be added among them."""

    def __init__(self, session: Session, changes: Changes) -> None:
        self._changes = changes
        self._rows: dict[str, dict[str, dict[str, Any]]] = {}
        self._by_title: dict[tuple[Parent, str, str], list[str]] = {}
        self._places: dict[Parent, list[str | None]] = {}
        for entity in ITEMS:
            columns = [column.name for column in entity_table(entity).columns]
            self._rows[entity] = existing_rows(session, changes, entity, columns)
            for row_id, row in self._rows[entity].items():
                self._index(entity, row_id, row)

    def row(self, entity: str, row_id: str) -> dict[str, Any]:
        """Return the fields of an item as they are, or are about to be."""
        return self._rows[entity][row_id]

    def find(self, entity: str, parent: Parent, title: str) -> str | None:
        """Return the item of this title below a parent; raises UserError where several are."""
        found = self._by_title.get((parent, entity, name_key(title)), [])
        if len(found) > 1:
            raise UserError(
                _("There are {n} items called “{title}” in the same place.").format(
                    n=len(found), title=shorten(title)
                ),
                _("Rename one of them in CSDesk first."),
            )
        return found[0] if found else None

    def only_live_plan(self, account_id: str) -> str | None:
        """Return the one plan of an account that is not closed; raises UserError for several."""
        live = [
            row_id
            for row_id, row in self._rows["plan"].items()
            if row["account_id"] == account_id and row.get("status", "draft") in LIVE_PLANS
        ]
        if len(live) > 1:
            raise UserError(
                _("The account has {n} running plans.").format(n=len(live)),
                _("Add a column with the title of the plan."),
            )
        return live[0] if live else None

    def measure(self, goal_id: str, kpi_id: str) -> str | None:
        """Return the measure of a goal by a KPI."""
        found = self._by_title.get((("goal", goal_id), "measure", kpi_id), [])
        return found[0] if found else None

    def add(self, entity: str, parent: Parent, values: dict[str, Any]) -> str:
        """Add an item last below its parent and return its id."""
        values = {**self._references(entity, parent), **values}
        if entity != "plan":
            places = self._places.setdefault(self._siblings(entity, parent), [])
            values["position"] = place_last(places)
        row_id = self._changes.add(entity, values)
        self._rows[entity][row_id] = {"id": row_id, **values}
        self._index(entity, row_id, values)
        return row_id

    def change(self, entity: str, row_id: str, values: dict[str, Any]) -> bool:
        """Set fields of an item; return whether any of them was different."""
        known = self._rows[entity][row_id]
        new = {name: value for name, value in values.items() if known.get(name) != value}
        if new:
            self._changes.change(entity, row_id, new)
            known.update(new)
        return bool(new)

    def _references(self, entity: str, parent: Parent) -> dict[str, Any]:
        """Say by which fields an item hangs below its parent."""
        kind, parent_id = parent
        if kind == "account":
            return {"account_id": parent_id}
        if entity != "action":
            return {f"{kind}_id": parent_id}
        if kind == "plan":
            return {"plan_id": parent_id}
        goal_id = parent_id if kind == "goal" else self._rows["milestone"][parent_id]["goal_id"]
        references = {"plan_id": self._rows["goal"][goal_id]["plan_id"], "goal_id": goal_id}
        return references | ({"milestone_id": parent_id} if kind == "milestone" else {})

    def _index(self, entity: str, row_id: str, row: dict[str, Any]) -> None:
        for parent in self._parents(entity, row):
            if entity != "plan":
                siblings = self._siblings(entity, parent)
                self._places.setdefault(siblings, []).append(row.get("position"))
            title = row["kpi_id"] if entity == "measure" else name_key(row["title"] or "")
            self._by_title.setdefault((parent, entity, title), []).append(row_id)

    @staticmethod
    def _siblings(entity: str, parent: Parent) -> Parent:
        """Tell which list an item's place is in: measures have one of their own."""
        return (f"measures of {parent[0]}", parent[1]) if entity == "measure" else parent

    @staticmethod
    def _parents(entity: str, row: dict[str, Any]) -> Iterator[Parent]:
        """Tell what a row stands below; nothing for a row whose parent is not known."""
        order = {
            "plan": ("account",),
            "goal": ("plan",),
            "milestone": ("goal",),
            "measure": ("goal",),
            "action": ("milestone", "goal", "plan"),
        }[entity]
        for kind in order:
            if row.get(f"{kind}_id"):
                yield (kind, row[f"{kind}_id"])
                return
