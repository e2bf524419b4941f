"""The outline of a plan on the screen: everything in it works from the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QMenu, QWidget

from csdesk.actions.plan_items import ItemKind, ItemRef
from csdesk.i18n import _
from csdesk.model.vocabulary import Visibility
from csdesk.queries.outline import OutlineItem
from ui.desk import Desk
from ui.pages.plan.outline_editing import OutlineDelegate
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_tree import DUE, OWNER, STATUS, TITLE, VISIBILITY, Draft, Node
from ui.pages.plan.outline_tree_view import OutlineTreeView
from ui.pages.plan.people_choice import People
from ui.pages.plan.plan_edits import PlanEdits
from ui.widgets.cell_typing import is_editing
from ui.widgets.composing import forward_composed


class OutlineView(OutlineTreeView):
    """Shows the items of a plan; type, Enter, Tab, Space, Ctrl+arrows and Delete work on them."""

    chosen = Signal(str)
    """The id of the row the cursor is in; empty for the draft or none."""

    def __init__(
        self, desk: Desk, model: OutlineModel, people: People, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.look, model, parent)
        self._edits = PlanEdits(desk)
        self._cells = OutlineDelegate(desk, people, self)
        self.setItemDelegate(self._cells)
        self._connect()

    @property
    def current_item(self) -> OutlineItem | None:
        """The item the cursor is in."""
        return self._outline.node(self.currentIndex()).item

    def add(self, kind: ItemKind) -> None:
        """Begin a row of this kind near the cursor."""
        node = self._outline.node(self.currentIndex())
        draft = _place_for(kind, node)
        if draft is not None:
            self._begin(draft)

    def can_add(self, kind: ItemKind) -> bool:
        """Tell whether an item of this kind has a place near the cursor."""
        return _place_for(kind, self._outline.node(self.currentIndex())) is not None

    @Slot(bool)
    def on_entered(self, filled: bool) -> None:
        """Begin the next row after Enter in a title that has text."""
        if filled:
            self.add_next()

    @Slot()
    def add_next(self) -> None:
        """Begin a row right below the cursor's."""
        index = self.currentIndex().siblingAtColumn(TITLE)
        node = self._outline.node(index)
        if node.parent is None or node.kind is None:
            self._begin(Draft(ItemKind.GOAL, node.ref, None))
        elif node.children and self.isExpanded(index):
            first = node.children[0].kind or ItemKind.ACTION
            self._begin(Draft(first, node.ref, None))
        else:
            self._begin(Draft(node.kind, node.parent.ref, node.id))

    @Slot(int)
    def on_level_asked(self, by: int) -> None:
        """Move the row being typed a level in or out and go on typing in it."""
        if self._outline.draft is not None:
            moved = self._outline.indent_draft() if by > 0 else self._outline.outdent_draft()
            if moved:
                self.open_above(self._outline.index_of(""))
                self.updateEditorGeometries()
            return
        editor = self._title_editor()
        cursor = editor.cursorPosition() if editor else 0
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._level(by)
        self.edit(self.currentIndex().siblingAtColumn(TITLE))
        again = self._title_editor()
        if again is not None:
            again.deselect()
            again.setCursorPosition(cursor)

    @Slot(int)
    def on_shift_asked(self, by: int) -> None:
        """Store the title being typed and move its row up or down."""
        editor = self._title_editor()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._shift(by)

    @Slot(QModelIndex)
    def on_tick_asked(self, index: QModelIndex) -> None:
        """Tick an item off or reopen it."""
        item = self._outline.node(index).item
        if item is not None and self._edits.tick(item):
            self._outline.edited.emit()

    @Slot(QModelIndex)
    def on_visibility_asked(self, index: QModelIndex) -> None:
        """Show an item to the customer, or keep it inside."""
        item = self._outline.node(index).item
        if item is not None:
            inside = item.visibility == Visibility.CUSTOMER
            wanted = Visibility.INTERNAL if inside else Visibility.CUSTOMER
            self._edits.edit(item, {"visibility": wanted})
            self._outline.edited.emit()

    @Slot()
    def delete_chosen(self) -> None:
        """Delete the chosen items; those below a chosen one go with it."""
        nodes = [self._outline.node(index) for index in self.selectionModel().selectedRows()]
        chosen = set(map(id, nodes))
        items = [
            node.item
            for node in nodes
            if node.item is not None and not any(id(one) in chosen for one in _above(node))
        ]
        if items and self._edits.delete(items):
            self._outline.edited.emit()

    @Slot()
    def duplicate_current(self) -> None:
        """Copy the item of the cursor, with what stands below it."""
        item = self.current_item
        if item is not None:
            self._follow(self._edits.duplicate(item))

    def _level(self, by: int) -> None:
        item = self.current_item
        if item is not None:
            self._follow(self._edits.indent(item) if by > 0 else self._edits.outdent(item))

    def _shift(self, by: int) -> None:
        item = self.current_item
        if item is not None:
            self._follow(self._edits.shift(item, by))

    def _follow(self, ref: ItemRef | None) -> None:
        """Read again after a move and keep the cursor on what was moved."""
        if ref is not None:
            column = self.currentIndex().column()
            self._outline.edited.emit()
            self.open_above(self._outline.index_of(ref.id))
            self.choose(ref.id, max(column, TITLE))

    def _begin(self, draft: Draft) -> None:
        index = self._outline.begin_draft(draft)
        if index.isValid():
            self.open_above(index)
            self.choose("")
            self.setFocus()
            self.edit(self._outline.index_of(""))

    def _title_editor(self) -> QLineEdit | None:
        index = self.currentIndex().siblingAtColumn(TITLE)
        widget = self.indexWidget(index) if index.isValid() else None
        return widget if isinstance(widget, QLineEdit) else None

    @Slot()
    def _on_current(self) -> None:
        item = self.current_item
        self.chosen.emit(item.ref.id if item else "")

    def _connect(self) -> None:
        self._cells.entered.connect(self.on_entered)
        self._cells.level_asked.connect(self.on_level_asked)
        self._cells.shift_asked.connect(self.on_shift_asked)
        self._cells.tick_asked.connect(self.on_tick_asked)
        self._cells.visibility_asked.connect(self.on_visibility_asked)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def _menu(self) -> QMenu:
        """Build the menu of what can be done with the row of the cursor."""
        menu = QMenu(self)
        entries: tuple[tuple[str, str, Callable[[], object]] | None, ...] = (
            (_("New row below"), "Enter", self.add_next),
            (_("Edit the title"), "F2", lambda: self.edit(self.currentIndex().siblingAtColumn(0))),
            (_("Tick off or reopen"), "Space", lambda: self.on_tick_asked(self.currentIndex())),
            None,
            (_("Indent"), "Tab", lambda: self._level(1)),
            (_("Outdent"), "Shift+Tab", lambda: self._level(-1)),
            (_("Move up"), "Ctrl+Up", lambda: self._shift(-1)),
            (_("Move down"), "Ctrl+Down", lambda: self._shift(1)),
            None,
            (_("Duplicate"), "Ctrl+D", self.duplicate_current),
            (_("Delete"), "Del", self.delete_chosen),
        )
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            text, keys, run = entry
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{text}\t{shown}", run)
        return menu

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        draft = self._outline.draft
        if (
            draft is not None
            and draft.parent is not None
            and self._title_editor() in (None, editor)
        ):
            above = draft.parent.children[draft.row - 1].id if draft.row else draft.parent.id
            self._outline.drop_draft()
            self.choose(above)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        keys, control = Qt.Key, event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if is_editing(self):
            event.ignore()  # a key that an open editor let through
        elif key in (keys.Key_Return, keys.Key_Enter, keys.Key_Insert):
            if index.column() in (OWNER, DUE, STATUS) and key != keys.Key_Insert:
                self.edit(index)
            elif index.column() == VISIBILITY:
                self.on_visibility_asked(index)
            else:
                self.add_next()
        elif key == keys.Key_Space and index.column() == VISIBILITY:
            self.on_visibility_asked(index)
        elif key == keys.Key_Space:
            self.on_tick_asked(index)
        elif key in (keys.Key_Up, keys.Key_Down) and control:
            self._shift(-1 if key == keys.Key_Up else 1)
        elif key == keys.Key_D and control:
            self.duplicate_current()
        elif key in (keys.Key_Delete, keys.Key_Backspace):
            self.delete_chosen()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        forward_composed(self, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab belongs to the outline while the cursor is in it; F6 leads out.
        if self.current_item is None:
            return super().focusNextPrevChild(forward)
        self._level(1 if forward else -1)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self._menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def _above(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _place_for(kind: ItemKind, node: Node) -> Draft | None:
    """Find the place of a new item of a kind near a row: beside it, below it, or further out."""
    last = node.children[-1].id if node.children else None
    if node.kind is None:
        return None if kind is ItemKind.MILESTONE else Draft(kind, node.ref, last)
    if kind is ItemKind.ACTION and node.kind is ItemKind.MILESTONE:
        return Draft(kind, node.ref, last)
    if kind is ItemKind.MILESTONE and node.kind is ItemKind.GOAL:
        return Draft(kind, node.ref, last)
    if kind is ItemKind.ACTION and node.kind is ItemKind.GOAL:
        return Draft(kind, node.ref, last)
    wanted = {ItemKind.GOAL: (None,), ItemKind.MILESTONE: (ItemKind.GOAL,)}.get(kind)
    below = node
    while below.parent is not None:
        holder = below.parent
        if wanted is None or holder.kind in wanted:
            return Draft(kind, holder.ref, below.id)
        below = holder
    return None
