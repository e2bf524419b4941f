"""What one can do to a plan on its page, each as one step with a name the user understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from csdesk.actions.appointing import appoint_newcomer
from csdesk.actions.pasting import NewItem, paste_items
from csdesk.actions.plan_items import ItemKind, ItemRef, add_item, delete_items, edit_item
from csdesk.actions.several_items import (
    copy_items,
    duplicate_items,
    edit_items,
    indent_items,
    move_items,
    outdent_items,
    shift_items,
    tick_items,
)
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import Side
from csdesk.progress import Progress
from csdesk.queries.outline import OutlineItem
from ui.desk import Desk
from ui.tasks import Task


class PlanEdits:
    """Writes to the outline of plans; each method tells what it came to, None where refused."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def workspace_id(self) -> str:
        """The id of the workspace written to."""
        return self._desk.workspace.id

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

    def edit_all(self, changes: Mapping[ItemRef, Mapping[str, Any]]) -> bool:
        """Set fields of several items in one step."""
        label = _of_many(len(changes), _("Change {n} items"))
        return self._desk.write(label, edit_items, changes) is not None

    def tick(self, item: OutlineItem) -> bool:
        """Tick an item off, or take the tick back."""
        return self.tick_all([item], not item.is_done)

    def tick_all(self, items: Sequence[OutlineItem], done: bool) -> bool:
        """Tick items off, or take their ticks back, in one step."""
        if done:
            label = _label(items, _("Tick off “{title}”"), _("Tick off {n} items"))
        else:
            label = _label(items, _("Reopen “{title}”"), _("Reopen {n} items"))
        return self._desk.write(label, tick_items, _refs(items), done) is not None

    def level(self, items: Sequence[OutlineItem], by: int) -> list[ItemRef] | None:
        """Move items a level in (+1) or out (-1); they may come back under new ids."""
        if by > 0:
            label = _label(items, _("Indent “{title}”"), _("Indent {n} items"))
            step = self._desk.write(label, indent_items, _refs(items))
        else:
            label = _label(items, _("Outdent “{title}”"), _("Outdent {n} items"))
            step = self._desk.write(label, outdent_items, _refs(items))
        return step.result if step else None

    def shift(self, items: Sequence[OutlineItem], by: int) -> list[ItemRef] | None:
        """Move items up or down among their siblings."""
        label = _label(items, _("Move “{title}”"), _("Move {n} items"))
        step = self._desk.write(label, shift_items, _refs(items), by)
        return step.result if step else None

    def move(
        self, refs: Sequence[ItemRef], title: str, parent: ItemRef, after: ItemRef | None
    ) -> list[ItemRef] | None:
        """Move items below a parent, after a sibling or to the top; `title` is the first one's."""
        label = _named(len(refs), title, _("Move “{title}”"), _("Move {n} items"))
        step = self._desk.write(label, move_items, refs, parent, after)
        return step.result if step else None

    def copy(
        self, refs: Sequence[ItemRef], title: str, parent: ItemRef, after: ItemRef | None
    ) -> list[ItemRef] | None:
        """Copy items, with all they say, below a parent; `title` is the first one's."""
        label = _named(len(refs), title, _("Paste “{title}”"), _("Paste {n} items"))
        step = self._desk.write(label, copy_items, refs, parent, after)
        return step.result if step else None

    def paste(
        self, items: Sequence[NewItem], parent: ItemRef, after: ItemRef | None
    ) -> list[ItemRef] | None:
        """Make items below a parent, after a sibling or first."""
        label = _named(len(items), items[0].title, _("Paste “{title}”"), _("Paste {n} items"))
        step = self._desk.write(label, paste_items, parent, after, items)
        return step.result if step else None

    def paste_aside(self, items: Sequence[NewItem], parent: ItemRef, after: ItemRef | None) -> Task:
        """Prepare the making of very many items by the worker; it succeeds with their refs.

        Connect its signals, then start it: `desk.tasks.start(task)`.
        """
        label = _named(len(items), items[0].title, _("Paste “{title}”"), _("Paste {n} items"))
        write = self._desk.workspace.write

        def make(progress: Progress) -> list[ItemRef]:
            return write(label, paste_items, parent, after, items, progress).result

        return self._desk.work(_("Pasting"), make)

    def duplicate(self, items: Sequence[OutlineItem]) -> list[ItemRef] | None:
        """Copy items with what stands below them."""
        label = _label(items, _("Duplicate “{title}”"), _("Duplicate {n} items"))
        step = self._desk.write(label, duplicate_items, _refs(items))
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
    "priority": lambda: _("Priority of “{title}”"),
    "visibility": lambda: _("Visibility of “{title}”"),
    "internal_note": lambda: _("Internal note on “{title}”"),
}


def _refs(items: Sequence[OutlineItem]) -> list[ItemRef]:
    return [item.ref for item in items]


def _label(items: Sequence[OutlineItem], one: str, many: str) -> str:
    """Name a step by the one item it is about, or by how many there are."""
    return _named(len(items), items[0].title, one, many)


def _named(count: int, title: str, one: str, many: str) -> str:
    return one.format(title=_short(title)) if count == 1 else _of_many(count, many)


def _of_many(count: int, many: str) -> str:
    return many.format(n=current().number(count))


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"
