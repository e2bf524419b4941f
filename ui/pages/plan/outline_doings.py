"""What one does to the chosen items of an outline, by whatever key, menu or drag."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    Slot,
)

from csdesk.actions.plan_items import ItemKind, ItemRef
from csdesk.exchange.pasted_cells import STATUSES, in_words_of
from csdesk.model.vocabulary import Visibility
from csdesk.queries.outline import OutlineItem
from ui.desk import Desk
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_tree import OWNER, PRIORITY, STATUS, TITLE, Node, outermost
from ui.pages.plan.outline_tree_view import OutlineTreeView
from ui.pages.plan.people_choice import Owner
from ui.pages.plan.plan_edits import PlanEdits


class OutlineDoings(QObject):
    """Carries out what is asked of the items chosen in a view, each time as one undo step."""

    def __init__(
        self, desk: Desk, view: OutlineTreeView, model: OutlineModel, edits: PlanEdits
    ) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._model = model
        self._edits = edits
        model.dropped.connect(self.choose_all)

    @property
    def chosen(self) -> list[OutlineItem]:
        """The chosen items in their order, those below a chosen one too."""
        nodes = (node for node in self._chosen_nodes() if node.item is not None)
        return [node.item for node in nodes if node.item is not None]

    @property
    def outermost(self) -> list[OutlineItem]:
        """The chosen items without those that go along with another chosen one."""
        return [node.item for node in outermost(self._chosen_nodes()) if node.item is not None]

    def tick(self) -> None:
        """Tick the chosen items off; where all of them are done already, reopen them."""
        items = self.chosen
        if items:
            self._wrote(self._edits.tick_all(items, not all(item.is_done for item in items)))

    def turn_visibility(self) -> None:
        """Keep the chosen items inside; where all of them are already, show them."""
        items = self.chosen
        inside = any(item.visibility == Visibility.CUSTOMER for item in items)
        wanted = Visibility.INTERNAL if inside else Visibility.CUSTOMER
        self._set(items, lambda _item: {"visibility": wanted})

    def set_for_all(self, column: int, value: Any) -> None:
        """Set a cell of all chosen items: an Owner, a day, a status, a priority."""
        items = self.chosen
        if column == PRIORITY:
            items = [item for item in items if item.ref.kind is ItemKind.ACTION]
        self._set(items, lambda item: _fields(item, column, value))

    def delete(self) -> None:
        """Delete the chosen items; those below a chosen one go with it."""
        items = self.outermost
        beside = self._beside(items) if items else None
        if items and self._edits.delete(items):
            if beside is not None:
                self.choose_all([beside])  # before the rows go: Qt would lead elsewhere first
            self._model.edited.emit()

    def duplicate(self) -> None:
        """Copy the chosen items, with what stands below them, and choose the copies."""
        if items := self.outermost:
            self.follow(self._edits.duplicate(items))

    def level(self, by: int) -> None:
        """Move the chosen items a level in (+1) or out (-1)."""
        if items := self.outermost:
            self.follow(self._edits.level(items, by))

    def shift(self, by: int) -> None:
        """Move the chosen items up or down among their siblings."""
        if items := self.outermost:
            self.follow(self._edits.shift(items, by))

    def follow(self, refs: list[ItemRef] | None) -> None:
        """Read again after a move and keep choosing what was moved."""
        if refs is not None:
            self._model.edited.emit()
            self.choose_all(refs)

    @Slot(list)
    def choose_all(self, refs: Iterable[ItemRef]) -> None:
        """Choose items, the cursor in the first of them, all that holds them unfolded."""
        rows = [index for ref in refs if (index := self._model.index_of(ref.id)).isValid()]
        if not rows:
            return
        column = max(self._view.currentIndex().column(), TITLE)
        for holder in {row.parent(): row for row in rows}.values():
            self._view.open_above(holder)
        flags = QItemSelectionModel.SelectionFlag
        choice = self._view.selectionModel()
        choice.setCurrentIndex(rows[0].siblingAtColumn(column), flags.NoUpdate)
        # All at once: Qt looks at the whole selection again for each row that is added to it.
        choice.select(_ranges(rows), flags.ClearAndSelect | flags.Rows)
        self._view.scrollTo(rows[-1])
        self._view.scrollTo(rows[0])

    def _set(
        self, items: list[OutlineItem], fields_of: Callable[[OutlineItem], dict[str, Any]]
    ) -> None:
        changes = {item.ref: fields for item in items if (fields := fields_of(item))}
        if len(changes) == 1:
            (item,) = (one for one in items if one.ref in changes)
            self._wrote(self._edits.edit(item, changes[item.ref]))
        elif changes:
            self._wrote(self._edits.edit_all(changes))

    def _beside(self, items: list[OutlineItem]) -> ItemRef | None:
        """Find where the cursor goes when items go: the row below, else above, else their parent.

        Qt would go up, and Delete pressed twice would take what nobody looked at.
        """
        going = {item.ref.id for item in items}
        index = self._model.index_of(items[-1].ref.id)
        for step in (1, -1):
            near = index.siblingAtRow(index.row() + step)
            while near.isValid():
                item = self._model.node(near).item
                hidden = self._view.isRowHidden(near.row(), near.parent())
                if item is not None and item.ref.id not in going and not hidden:
                    return item.ref
                near = near.siblingAtRow(near.row() + step)
        holder = self._model.node(index.parent()).item if index.parent().isValid() else None
        return holder.ref if holder is not None else None

    def _wrote(self, done: bool) -> None:
        if done:
            self._model.edited.emit()

    def _chosen_nodes(self) -> list[Node]:
        rows = self._view.selectionModel().selectedRows()
        if not rows and self._view.currentIndex().isValid():
            rows = [self._view.currentIndex()]
        nodes = {id(node): node for node in map(self._model.node, rows)}
        order = {id(node): at for at, node in enumerate(self._model.all_nodes())}
        return sorted(nodes.values(), key=lambda node: order.get(id(node), -1))


def _ranges(rows: list[QModelIndex]) -> QItemSelection:
    """Write rows as a selection, those side by side as one range."""
    selection = QItemSelection()
    first = last = rows[0]
    for row in rows[1:]:
        if row.row() == last.row() + 1 and row.parent() == last.parent():
            last = row
            continue
        selection.append(QItemSelectionRange(first, last))
        first = last = row
    selection.append(QItemSelectionRange(first, last))
    return selection


def _fields(item: OutlineItem, column: int, value: Any) -> dict[str, Any]:
    """Write a cell's value as the fields of one item; nothing where it has them already."""
    kind = item.ref.kind or ItemKind.ACTION
    if column == OWNER:
        assert isinstance(value, Owner)
        fields = value.fields(kind)
    elif column == STATUS:
        fields = {"status": in_words_of(str(value), STATUSES[kind])}
    else:
        fields = {"priority" if column == PRIORITY else "due_on": value}
    is_new = any(getattr(item, name) != one for name, one in fields.items())
    return fields if is_new else {}
