"""The outline of a plan on the screen: everything in it works from the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QWidget

from csdesk.actions.plan_items import ItemKind
from csdesk.queries.outline import OutlineItem
from ui.desk import Desk
from ui.pages.plan.outline_doings import OutlineDoings
from ui.pages.plan.outline_dropping import DroppingView
from ui.pages.plan.outline_editing import OutlineDelegate
from ui.pages.plan.outline_finding import OutlineFinding
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_pasting import OutlinePasting
from ui.pages.plan.outline_tree import (
    DUE,
    OWNER,
    PRIORITY,
    STATUS,
    TITLE,
    VISIBILITY,
    Draft,
    Node,
)
from ui.pages.plan.people_choice import People
from ui.pages.plan.plan_edits import PlanEdits
from ui.widgets.cell_typing import is_editing
from ui.widgets.composing import forward_composed


class OutlineView(DroppingView):
    """Shows the items of a plan; type, Enter, Tab, Space, Ctrl+arrows and Delete work on them."""

    chosen = Signal(str)
    """The id of the row the cursor is in; empty for the draft or none."""

    def __init__(
        self, desk: Desk, model: OutlineModel, people: People, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.look, model, parent)
        edits = PlanEdits(desk)
        self.doings = OutlineDoings(desk, self, model, edits)
        """What can be done to the chosen items."""
        self.pasting = OutlinePasting(desk, self, self.doings, edits)
        """What the clipboard holds, and what it takes."""
        self.finding = OutlineFinding(self)
        """What is looked for."""
        self._cells = OutlineDelegate(desk, people, self)
        self.setItemDelegate(self._cells)
        self._connect()

    @property
    def current_item(self) -> OutlineItem | None:
        """The item the cursor is in."""
        return self._outline.node(self.currentIndex()).item

    def add(self, kind: ItemKind) -> None:
        """Begin a row of this kind near the cursor."""
        self._store_typed()
        node = self._outline.node(self.currentIndex())
        draft = _place_for(kind, node)
        if draft is not None:
            self._begin(draft)

    def can_add(self, kind: ItemKind) -> bool:
        """Tell whether an item of this kind has a place near the cursor."""
        return _place_for(kind, self._outline.node(self.currentIndex())) is not None

    def open_editor(self, index: QModelIndex) -> None:
        """Edit a cell, where it is one that can be."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    @Slot(bool)
    def on_entered(self, filled: bool) -> None:
        """Begin the next row after Enter in a title that has text."""
        if filled:
            self.add_next()

    @Slot()
    def add_next(self) -> None:
        """Begin a row right below the cursor's."""
        self._store_typed()
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
        self.doings.level(by)
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
        self.doings.shift(by)

    @Slot(QModelIndex)
    def on_tick_asked(self, index: QModelIndex) -> None:
        """Tick an item off or reopen it, and all that is chosen with it."""
        self._choose_row(index)
        self.doings.tick()

    @Slot(QModelIndex)
    def on_visibility_asked(self, index: QModelIndex) -> None:
        """Show an item, and all that is chosen with it, to the customer, or keep it inside."""
        self._choose_row(index)
        self.doings.turn_visibility()

    @Slot(str)
    def on_block_pasted(self, text: str) -> None:
        """Make rows of a text of several lines that was pasted into a title."""
        node = self._outline.node(self.currentIndex())
        editor = self._title_editor()
        if editor is not None:
            if not editor.text().strip():
                node = self._above_draft() or node
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.pasting.paste_text(text, node)

    def _above_draft(self) -> Node | None:
        """Return the row that an empty draft stands below."""
        draft = self._outline.draft
        if draft is None or draft.parent is None:
            return None
        return draft.parent.children[draft.row - 1] if draft.row else draft.parent

    def _choose_row(self, index: QModelIndex) -> None:
        """Choose a row, unless it is chosen among others."""
        if index.isValid() and not self.selectionModel().isRowSelected(index.row(), index.parent()):
            self.choose(self._outline.node(index).id, index.column())

    def _store_typed(self) -> None:
        """Store what is being typed, here or in another field, before a draft is begun.

        Stored any later, it would be shown by reading the plan anew, with the draft gone.
        """
        editor: QWidget | None = self.indexWidget(self.currentIndex())
        if editor is not None:
            # A list that is open keeps the focus; its cell, closing later, would end the draft.
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            editor.hide()  # it goes later, and its list is not to open before that
        self.setFocus()  # what is typed elsewhere is stored by losing the focus

    def _begin(self, draft: Draft) -> None:
        index = self._outline.begin_draft(draft)
        if index.isValid():
            self.open_above(index)
            self.choose("")
            self.setFocus()
            index = self._outline.index_of("")
            if index.isValid():
                self.edit(index)

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
        self._cells.several_set.connect(self.doings.set_for_all)
        self._cells.block_pasted.connect(self.on_block_pasted)
        self.selectionModel().currentRowChanged.connect(self._on_current)

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
            if index.column() in (OWNER, DUE, STATUS, PRIORITY) and key != keys.Key_Insert:
                self.open_editor(index)
            elif index.column() == VISIBILITY:
                self.on_visibility_asked(index)
            else:
                self.add_next()
        elif key == keys.Key_Space and index.column() == VISIBILITY:
            self.on_visibility_asked(index)
        elif key == keys.Key_Space:
            self.on_tick_asked(index)
        elif key in (keys.Key_Up, keys.Key_Down) and control:
            self.doings.shift(-1 if key == keys.Key_Up else 1)
        elif key == keys.Key_D and control:
            self.doings.duplicate()
        elif key in (keys.Key_Delete, keys.Key_Backspace):
            self.doings.delete()
        elif key == keys.Key_Escape and self._give_up():
            return
        elif not self._clipboard_key(event):
            super().keyPressEvent(event)

    def _clipboard_key(self, event: QKeyEvent) -> bool:
        standard = QKeySequence.StandardKey
        for wanted, run in (
            (standard.Copy, self.pasting.copy),
            (standard.Cut, self.pasting.cut_out),
            (standard.Paste, self.pasting.paste),
        ):
            if event.matches(wanted):
                run()
                return True
        return False

    def _give_up(self) -> bool:
        """Take back what waits: a cut, then a search; False where nothing does."""
        if self.pasting.forget_cut():
            return True
        if self.finding.sought.is_all:
            return False
        self.search_given_up.emit()
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        forward_composed(self, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab belongs to the outline while the cursor is in it; F6 leads out.
        if self.current_item is None:
            return super().focusNextPrevChild(forward)
        self.doings.level(1 if forward else -1)
        return True


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
