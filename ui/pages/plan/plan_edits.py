"""What one can do to a plan on its page, each as one step with a name the user understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csdesk.actions.appointing import appoint_newcomer
from csdesk.actions.indenting import indent_item, outdent_item
from csdesk.actions.plan_items import (
    ItemKind,
    ItemRef,
    add_item,
    delete_items,
    duplicate_item,
    edit_item,
    move_item,
    shift_item,
    tick_item,
)
from csdesk.i18n import _, ngettext
from csdesk.model.vocabulary import Side
from csdesk.queries.outline import OutlineItem
from ui.desk import Desk


class PlanEdits:
    """Writes to the outline of plans; each method tells what it came to, None where refused."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self, kind: ItemKind, parent: ItemRef, title: str, after: ItemRef | None
    ) -> ItemRef | None:
        """Add an item after a sibling, or first."""
        label = {
            ItemKind.GOAL: _("Add goal “{title}”"),
            ItemKind.MILESTONE: _("Add milestone “{title}”"),
            ItemKind.ACTION: _("Add action “{title}”"),
        }[kind].format(title=_short(title))
        step = self._desk.write(
            label, add_item, kind, parent, title, after=after, first=after is None
        )
        return step.result if step else None

    def edit(self, item: OutlineItem, fields: Mapping[str, Any]) -> bool:
        """Set fields of an item; a change of nothing is no step."""
        label = _LABELS.get(next(iter(fields)), lambda: _("Change “{title}”"))()
        step = self._desk.write(
            label.format(title=_short(item.title)), edit_item, item.ref, **fields
        )
        return step is not None

    def add_owner(self, item: OutlineItem, side: Side, account_id: str, name: str) -> bool:
        """Add somebody to our team or to the customer's people, and put them in charge."""
        label = _("Add {name}").format(name=_short(name))
        return (
            self._desk.write(label, appoint_newcomer, item.ref, side, account_id, name) is not None
        )

    def tick(self, item: OutlineItem) -> bool:
        """Tick an item off, or take the tick back."""
        label = _("Reopen “{title}”") if item.is_done else _("Tick off “{title}”")
        done = not item.is_done
        label = label.format(title=_short(item.title))
        return self._desk.write(label, tick_item, item.ref, done) is not None

    def indent(self, item: OutlineItem) -> ItemRef | None:
        """Move an item below the one before it."""
        label = _("Indent “{title}”").format(title=_short(item.title))
        step = self._desk.write(label, indent_item, item.ref)
        return step.result if step else None

    def outdent(self, item: OutlineItem) -> ItemRef | None:
        """Move an item out of the one that holds it."""
        label = _("Outdent “{title}”").format(title=_short(item.title))
        step = self._desk.write(label, outdent_item, item.ref)
        return step.result if step else None

    def shift(self, item: OutlineItem, by: int) -> ItemRef | None:
        """Move an item up or down among its siblings."""
        label = _("Move “{title}”").format(title=_short(item.title))
        step = self._desk.write(label, shift_item, item.ref, by)
        return step.result if step else None

    def move(self, item: OutlineItem, parent: ItemRef, after: ItemRef | None) -> ItemRef | None:
        """Move an item below a parent, after a sibling or to the top."""
        label = _("Move “{title}”").format(title=_short(item.title))
        step = self._desk.write(label, move_item, item.ref, parent, after=after)
        return step.result if step else None

    def duplicate(self, item: OutlineItem) -> ItemRef | None:
        """Copy an item with what stands below it."""
        label = _("Duplicate “{title}”").format(title=_short(item.title))
        step = self._desk.write(label, duplicate_item, item.ref)
        return step.result if step else None

    def delete(self, items: list[OutlineItem]) -> bool:
        """Delete items with what stands below them, and offer to undo it."""
        count = len(items)
        if count == 1:
            title = _short(items[0].title)
            label = _("Delete “{title}”").format(title=title)
            said = _("“{title}” was deleted.").format(title=title)
        else:
            label = ngettext("Delete {n} item", "Delete {n} items", count).format(n=count)
            said = ngettext("{n} item was deleted.", "{n} items were deleted.", count).format(
                n=count
            )
        if self._desk.write(label, delete_items, [item.ref for item in items]) is None:
            return False
        self._desk.offer_undo(said)
        return True


_LABELS = {
    "title": lambda: _("Rename “{title}”"),
    "due_on": lambda: _("Due date of “{title}”"),
    "start_on": lambda: _("Start of “{title}”"),
    "owner_id": lambda: _("Owner of “{title}”"),
    "customer_owner_id": lambda: _("Customer owner of “{title}”"),
    "status": lambda: _("Status of “{title}”"),
    "progress_rag": lambda: _("Standing of “{title}”"),
    "visibility": lambda: _("Visibility of “{title}”"),
    "internal_note": lambda: _("Internal note on “{title}”"),
}


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"
