"""Searching and filtering an outline: what was found stands with what holds it, dimmed."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QObject, Signal, Slot

from csdesk.queries.outline_filter import Found, Sought, find_items
from ui.pages.plan.outline_tree import TITLE, Node
from ui.pages.plan.outline_tree_view import OutlineTreeView

NOTHING = Found(frozenset(), frozenset(), 0)


class OutlineFinding(QObject):
    """Hides the rows of an outline that are not sought.

    A row that was shown once stays until something else is sought: what one ticks off or renames
    does not vanish from under one's hands, and neither does what one adds.
    """

    changed = Signal(object)
    """A Found; None where nothing is sought any more."""

    def __init__(self, view: OutlineTreeView) -> None:
        super().__init__(view)
        self._view = view
        self._model = view.outline_model
        self._sought = Sought()
        self._kept: set[str] = set()
        self._known: set[str] = set()
        self._model.shown.connect(self._on_shown)

    @property
    def sought(self) -> Sought:
        """What is looked for."""
        return self._sought

    def seek(self, sought: Sought) -> None:
        """Show what is sought, with what holds it; all of it where nothing is."""
        before, self._sought = self._sought, sought
        if before.is_all and sought.is_all:
            return
        self._kept = set()
        self._known = {node.id for node in self._model.all_nodes()}
        self._apply()

    def go_to_found(self) -> None:
        """Put the cursor on the first row that was found, unless it is on one."""
        current = self._model.node(self._view.currentIndex())
        if current.id not in self._kept:
            self._choose_first(self._kept)

    @Slot()
    def _on_shown(self) -> None:
        if self._sought.is_all:
            return
        ids = {node.id for node in self._model.all_nodes()}
        outline = self._model.outline
        if outline is not None and not ids & self._known:
            self._kept = set()  # another plan
        self._kept |= ids - self._known
        self._known = ids
        self._apply()

    def _apply(self) -> None:
        outline = self._model.outline
        if self._sought.is_all or outline is None:
            for node in self._model.all_nodes():
                self._hide(node, False)
            self._view.dim("found", frozenset())
            self._view.keep_open(None)
            self.changed.emit(None)
            return
        found = find_items(outline, self._sought)
        self._kept |= found.matches
        shown = self._kept | found.holders
        for node in self._model.all_nodes():
            if node.id in self._kept or node.item is None:
                shown.update(self._ids_above(node))
        for node in self._model.all_nodes():
            self._hide(node, node.item is not None and node.id not in shown)
        self._view.dim("found", frozenset(shown - self._kept))
        self._view.keep_open(shown)
        self._stay_in_sight(found)
        self.changed.emit(found)

    def _stay_in_sight(self, found: Found) -> None:
        """Put the cursor on the first row found where its own row is hidden now."""
        current = self._view.currentIndex()
        if current.isValid() and not self._view.isRowHidden(current.row(), current.parent()):
            return
        self._choose_first(found.matches)

    def _choose_first(self, ids: Collection[str]) -> None:
        for node in self._model.all_nodes():
            if node.id in ids:
                self._view.choose(node.id, max(self._view.currentIndex().column(), TITLE))
                return

    def _hide(self, node: Node, hidden: bool) -> None:
        if node.parent is None:
            return
        holder = self._model.index_of(node.parent.id) if node.parent.parent else QModelIndex()
        if self._view.isRowHidden(node.row, holder) != hidden:
            self._view.setRowHidden(node.row, holder, hidden)

    @staticmethod
    def _ids_above(node: Node) -> set[str]:
        ids = set()
        while node.parent is not None:
            node = node.parent
            ids.add(node.id)
        return ids
