"""The outline of a plan as an item model: what stands in its cells, and what editing them does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal

from csdesk.actions.plan_items import ItemKind, fits
from csdesk.i18n import _, current
from csdesk.model.vocabulary import label_of
from csdesk.queries.outline import OutlineItem
from ui.pages.plan.outline_clipboard import MIME, carried_by, mime_of
from ui.pages.plan.outline_tree import (
    DUE,
    OWNER,
    PRIORITY,
    STATUS,
    TITLE,
    VISIBILITY,
    Node,
    OutlineTree,
    indented,
    outdented,
    outermost,
)
from ui.pages.plan.outline_words import (
    kind_words,
    owner_words,
    row_in_words,
    status_words,
    unagreed_words,
    visibility_words,
)
from ui.pages.plan.plan_edits import PlanEdits
from ui.tables import Index

NODE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The Node behind a cell."""

UNAGREED_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the item changed since the customer agreed to the plan; of a title's cell."""

LONG = 30
"""Signs of a title from which it is shown whole as a tooltip."""


class OutlineModel(OutlineTree):
    """The rows of one plan; editing a cell writes through `PlanEdits`."""

    edited = Signal()
    """Something was written through this model; whoever fills it reads the plan again."""
    dropped = Signal(list)
    """The ItemRefs of what was dropped here, after it was read again."""

    def __init__(self, edits: PlanEdits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._unagreed: frozenset[str] = frozenset()

    def is_unagreed(self, item_id: str) -> bool:
        """Tell whether an item, or a measure of it, changed since the customer agreed."""
        if item_id in self._unagreed:
            return True
        node = self._nodes.get(item_id)
        measures = node.item.measures if node is not None and node.item is not None else ()
        return any(measure.id in self._unagreed for measure in measures)

    def mark_unagreed(self, ids: frozenset[str]) -> None:
        """Mark the rows of what changed since the customer agreed, and no others.

        Where a measure changed, the goal it stands for is marked.
        """
        before = {item_id for item_id in self._nodes if self.is_unagreed(item_id)}
        self._unagreed = ids
        for item_id in list(self._nodes):
            if self.is_unagreed(item_id) != (item_id in before):
                index = self.index_of(item_id)
                self.dataChanged.emit(index, index)

    def indent_draft(self) -> bool:
        """Move the draft a level in; False where nothing above can hold it."""
        return self.draft is not None and self.move_draft(indented(self.draft))

    def outdent_draft(self) -> bool:
        """Move the draft a level out; False where it is a goal already."""
        return self.draft is not None and self.move_draft(outdented(self.draft))

    def _store_draft(self, title: str) -> bool:
        draft = self._draft
        if draft is None or not title.strip():
            return False
        after = self._nodes.get(draft.after or "")
        made = self._edits.add(draft.kind, draft.parent, title, after.ref if after else None)
        if made is None:
            return False
        self._keep_draft(made)
        self.edited.emit()
        return True

    def _tip(self, item: OutlineItem, column: int) -> str | None:
        tip = _TIPS.get(column, _no_tip)(item)
        if column == TITLE and self.is_unagreed(item.ref.id):
            words = _("Not agreed yet: changed since the customer agreed to the plan.")
            return f"{tip}\n{words}" if tip else words
        return tip

    def _known(self, node: Node) -> OutlineItem:
        found = self._outline.find(node.id) if self._outline else None
        assert found is not None
        return found

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if orientation != Qt.Orientation.Horizontal or role not in shown:
            return None
        return (
            _("Goals, milestones, actions"),
            _("In charge"),
            _("Due"),
            _("Status"),
            _("Priority"),
            _("Visible"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if role == NODE_ROLE:
            return node
        if role == UNAGREED_ROLE:
            return bool(self._unagreed) and self.is_unagreed(node.id)
        item = node.item
        column = index.column()
        if item is None:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return kind_words(node.kind)
            return "" if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _TEXTS[column](item)
        if role == Qt.ItemDataRole.EditRole:
            return _VALUES[column](item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(item, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TITLE:
            words = row_in_words(item)
            return f"{words}, {unagreed_words()}" if self.is_unagreed(node.id) else words
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        node, column = self.node(index), index.column()
        if node.item is None:
            return column == TITLE and self._store_draft(str(value))
        if column == TITLE and not str(value).strip():
            return False
        changes = value if column == OWNER else {_FIELDS[column]: value}
        if all(getattr(node.item, name) == given for name, given in changes.items()):
            return False
        if column == TITLE:
            # What is shown at once is what was typed; the reading that follows agrees.
            node.item = replace(node.item, title=str(value))
        done = self._edits.edit(self._known(node), changes)
        self.edited.emit()
        return done

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemIsDropEnabled
        )
        node, column = self.node(index), index.column()
        is_cell = node.item is not None and column != VISIBILITY
        if column == PRIORITY:
            is_cell = is_cell and node.kind is ItemKind.ACTION
        if column == TITLE or is_cell:
            flags |= Qt.ItemFlag.ItemIsEditable
        if node.kind is ItemKind.ACTION:
            flags |= Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        outline = self._outline
        items = outermost([self.node(index) for index in indexes])
        if outline is None or not items:
            return QMimeData()
        known = [self._known(node) for node in items]
        return mime_of(self._edits.workspace_id, outline, known)

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        carried, holder = carried_by(data), self.node(parent)
        if carried is None or self._outline is None:
            return False
        home = (carried.workspace, carried.account)
        if home != (self._edits.workspace_id, self._outline.account_id):
            return False
        return bool(carried.refs) and all(fits(ref.kind, holder.kind) for ref in carried.refs)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        carried = carried_by(data)
        if carried is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        holder = self.node(parent)
        before = holder.children[:row] if row >= 0 else holder.children
        after = next((one.ref for one in reversed(before) if one.item is not None), None)
        put = self._edits.copy if action == Qt.DropAction.CopyAction else self._edits.move
        made = put(carried.refs, carried.title, holder.ref, after)
        if made is not None:
            self.edited.emit()
            self.dropped.emit(made)
        # False: the rows were moved already, the view must not take them away.
        return False


def _no_tip(_item: OutlineItem) -> None:
    return None


_FIELDS = {
    TITLE: "title",
    DUE: "due_on",
    STATUS: "status",
    PRIORITY: "priority",
    VISIBILITY: "visibility",
}
_TEXTS: dict[int, Callable[[OutlineItem], str]] = {
    TITLE: lambda item: item.title,
    OWNER: owner_words,
    DUE: lambda item: current().date(item.due_on),
    STATUS: status_words,
    PRIORITY: lambda item: label_of(item.priority),
    VISIBILITY: visibility_words,
}
_TIPS: dict[int, Callable[[OutlineItem], str | None]] = {
    TITLE: lambda item: item.title if len(item.title) > LONG else None,
    OWNER: owner_words,
    DUE: lambda item: current().date(item.due_on),
    STATUS: status_words,
    PRIORITY: lambda item: label_of(item.priority),
    VISIBILITY: visibility_words,
}
_VALUES: dict[int, Callable[[OutlineItem], Any]] = {
    TITLE: lambda item: item.title,
    OWNER: lambda item: (item.owner_id, item.customer_owner_id),
    DUE: lambda item: item.due_on,
    STATUS: lambda item: item.status,
    PRIORITY: lambda item: item.priority,
    VISIBILITY: lambda item: item.visibility,
}
