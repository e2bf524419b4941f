"""What can be done in an outline just now, so that menus and the palette offer nothing in vain."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from csdesk.actions.plan_items import ItemKind
from ui.pages.plan.outline_clipboard import carried_by
from ui.pages.plan.outline_tree import Node, outermost
from ui.pages.plan.outline_view import OutlineView


class OutlineCan:
    """Answers for one outline, about the chosen items and the row with the cursor."""

    def __init__(self, view: OutlineView) -> None:
        self._view = view

    def see_plan(self) -> bool:
        """Tell whether there is a plan at all."""
        return self._view.outline_model.outline is not None

    def see_items(self) -> bool:
        """Tell whether the plan has any items."""
        outline = self._view.outline_model.outline
        return outline is not None and bool(outline.items)

    def add(self, kind: ItemKind) -> bool:
        """Tell whether an item of a kind has a place near the cursor."""
        return self.see_plan() and self._view.can_add(kind)

    def act(self) -> bool:
        """Tell whether the cursor is in the row of an item."""
        return self._view.current_item is not None

    def edit(self, column: int) -> bool:
        """Tell whether a cell of the cursor's row can be edited."""
        index = self._view.currentIndex().siblingAtColumn(column)
        return self.act() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)

    def paste(self) -> bool:
        """Tell whether the clipboard holds items, or a text that would become some."""
        data = QGuiApplication.clipboard().mimeData() if self.see_plan() else None
        if data is None:
            return False
        return carried_by(data) is not None or bool(data.text().strip())

    def level(self, by: int) -> bool:
        """Tell whether the chosen items can go a level in (+1) or out (-1)."""
        nodes = self._nodes()
        if by < 0:
            return bool(nodes) and all(_holder(node).kind is not None for node in nodes)
        return bool(nodes) and all(_has_host(node, nodes) for node in nodes)

    def shift(self, by: int) -> bool:
        """Tell whether any of the chosen items can go up (-1) or down (+1) among its siblings."""
        nodes = self._nodes()
        return any(
            any(one.item is not None and one not in nodes for one in _siblings(node, by))
            for node in nodes
        )

    def fold(self) -> bool:
        """Tell whether any row has others below it."""
        return any(node.children for node in self._view.outline_model.all_nodes())

    def _nodes(self) -> list[Node]:
        model = self._view.outline_model
        chosen = (model.index_of(item.ref.id) for item in self._view.doings.outermost)
        return outermost(model.node(index) for index in chosen)


def _holder(node: Node) -> Node:
    assert node.parent is not None
    return node.parent


def _siblings(node: Node, by: int) -> list[Node]:
    """Return what stands above (-1) or below (+1) a row, under the same holder."""
    beside = _holder(node).children
    return beside[: node.row] if by < 0 else beside[node.row + 1 :]


def _has_host(node: Node, chosen: list[Node]) -> bool:
    """Tell whether a row above can hold this one: a goal at the top, else a milestone."""
    at_top = node.kind is ItemKind.GOAL or _holder(node).kind is None
    wanted = ItemKind.GOAL if at_top else ItemKind.MILESTONE
    return any(one.kind is wanted and one not in chosen for one in _siblings(node, -1))
