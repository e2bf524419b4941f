"""The cells of an outline at work: painted, ticked with a click, edited in place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from csdesk.actions.plan_items import ItemKind
from csdesk.errors import UserError
from csdesk.exchange.pasted_cells import STATUSES
from csdesk.i18n import _, current
from csdesk.model.vocabulary import Priority, Side
from ui.desk import Desk
from ui.editing import Place
from ui.pages.plan.outline_cells import (
    ROW_HEIGHT,
    paint_cell,
    tick_box,
    title_left,
)
from ui.pages.plan.outline_model import NODE_ROLE, UNAGREED_ROLE
from ui.pages.plan.outline_tree import (
    DUE,
    OWNER,
    PRIORITY,
    STATUS,
    TITLE,
    VISIBILITY,
    Node,
    plain_index,
)
from ui.pages.plan.outline_tree_view import OutlineTreeView
from ui.pages.plan.people_choice import Owner, People
from ui.pages.plan.person_picker import PersonPicker
from ui.tables import Index
from ui.widgets.cell_typing import (
    CellTyping,
    begins,
    choose_in_cell,
    fill,
    is_touched,
    keep_filled,
)
from ui.widgets.cells import PADDING, Ink, InkPot
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_line import DateLine
from ui.widgets.typing_line import TypingLine

_ENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
"""Keys that store what was typed in a cell."""


class OutlineDelegate(QStyledItemDelegate):
    """Paints the cells and gives each column its editor."""

    entered = Signal(bool)
    """Enter was pressed in a title; whether there was text."""
    level_asked = Signal(int)
    """Tab (+1) or Shift+Tab (-1) was pressed in a title."""
    shift_asked = Signal(int)
    """Ctrl+Up (-1) or Ctrl+Down (+1) was pressed in a title."""
    tick_asked = Signal(QModelIndex)
    visibility_asked = Signal(QModelIndex)
    several_set = Signal(int, object)
    """A column and what was entered there while several items are chosen."""
    block_pasted = Signal(str)
    """A text of several lines was pasted into a title."""

    def __init__(self, desk: Desk, people: People, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._people = people
        self._pot = InkPot(desk.look)

    def ink(self, font: QFont) -> Ink:
        """Return the ink for the view's font, made once."""
        return self._pot.ink(font)

    def _title_rect(self, index: Index, rect: QRect) -> QRect:
        node: Node = index.data(NODE_ROLE)
        return rect.adjusted(PADDING + title_left(node) - 6, 3, -2, -3)

    def _key_in_title(self, editor: QLineEdit, event: QKeyEvent) -> bool:
        """Carry out the keys that mean more in a title than in other fields."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if "\n" not in text.strip("\r\n"):
                return False  # one line is typed like any other
            self.block_pasted.emit(text)
            return True
        up_down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            filled = bool(editor.text().strip())
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.entered.emit(filled)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.level_asked.emit(1 if key == Qt.Key.Key_Tab else -1)
        elif key in up_down and control:
            self.shift_asked.emit(up_down[Qt.Key(key)])
        else:
            return False
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column, node = index.column(), index.data(NODE_ROLE)
        if column == OWNER:
            return self._person_picker(parent, index)
        if column in (STATUS, PRIORITY):
            words = STATUSES[node.kind] if column == STATUS else Priority
            none = _("No priority") if column == PRIORITY else ""
            chooser = ChoiceBox(words, parent, none=none)
            chooser.setAccessibleName(_("Status") if column == STATUS else _("Priority"))
            choose_in_cell(self, chooser)
            return chooser
        if column == DUE:
            day = DateLine(self._desk.look, parent)
            day.setAccessibleName(_("Due date"))
            return self._watched(day, index, "due_on")
        line = TypingLine(parent)
        line.setAccessibleName(_("Title"))
        line.setMaxLength(500)
        return self._watched(line, index, "title")

    def _watched(self, line: TypingLine, index: Index, field: str) -> TypingLine:
        """Let the desk look after what is typed here while others write."""
        typing = CellTyping(self, line, index, _stored_text)

        def where() -> Place | None:
            node: Node | None = typing.index.data(NODE_ROLE) if typing.index.isValid() else None
            if node is None or node.item is None or node.kind is None:
                return None
            return Place(node.kind.value, node.id, field)

        def value() -> Any:
            return line.read() if isinstance(line, DateLine) else line.typed

        self._desk.editing.watch(line, typing, where, value)
        return line

    def _person_picker(self, parent: QWidget, index: Index) -> PersonPicker:
        picker = PersonPicker(self._people.known.people, parent)
        at = QPersistentModelIndex(index)

        def done() -> None:
            self.closeEditor.emit(picker, QStyledItemDelegate.EndEditHint.NoHint)

        def pick(owner: Owner) -> None:
            if at.isValid():
                self._store(at.model(), plain_index(at), owner)
            done()

        def add(side: Side, name: str) -> None:
            item = at.data(NODE_ROLE).item if at.isValid() else None
            done()
            if item is not None and name:
                self._people.named.emit(item, side, name)
            elif item is not None:
                self._people.asked.emit(item, side)

        picker.picked.connect(pick)
        picker.newcomer.connect(add)
        picker.given_up.connect(done)
        return picker

    def _store(self, model: QAbstractItemModel, index: QModelIndex, value: Any) -> None:
        """Set a cell, or that of every chosen item where several are chosen."""
        view = self.parent()
        assert isinstance(view, QTreeView)
        choice = view.selectionModel()
        is_one_of = choice.isRowSelected(index.row(), index.parent())
        if index.column() != TITLE and is_one_of and len(choice.selectedRows()) > 1:
            self.several_set.emit(index.column(), value)
        elif isinstance(value, Owner):
            model.setData(index, value.fields(index.data(NODE_ROLE).kind))
        else:
            model.setData(index, value)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not begins(editor):
            return
        value: Any = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, PersonPicker):
            editor.show_owners(*value)
        elif isinstance(editor, ChoiceBox):
            editor.show_code(value)
        elif isinstance(editor, DateLine):
            editor.set_day(value)
            keep_filled(editor)
        elif isinstance(editor, TypingLine):
            fill(editor, value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        target = plain_index(index)
        if isinstance(editor, PersonPicker) or not is_touched(editor):
            return
        if isinstance(editor, ChoiceBox):
            self._store(model, target, editor.code)
        elif isinstance(editor, DateLine):
            try:
                self._store(model, target, editor.read())
            except UserError as error:
                self._desk.messages.error(error)
        elif isinstance(editor, QLineEdit):
            self._store(model, target, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect
        if index.column() == TITLE:
            rect = self._title_rect(index, rect)
        else:
            # Choices and the day one's words come to need more room than a narrow cell has.
            rect = rect.adjusted(1, 3, -1, -3)
            rect.setWidth(max(rect.width(), _ROOM.get(index.column(), 150)))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if isinstance(editor, PersonPicker):
                # All of its keys are its own; Tab chooses, as Enter does.
                if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                    editor.pick_marked()
                    return True
                return False
            if isinstance(editor, DateLine):
                if event.key() in _ENDING and editor.refuses():
                    return True
            elif isinstance(editor, QLineEdit) and self._key_in_title(editor, event):
                return True
        return super().eventFilter(editor, event)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            place = event.position().toPoint()
            column = index.column()
            on_box = column == TITLE and self._is_tick(index, option.rect, place)
            if on_box or column == VISIBILITY:
                if event.type() == QEvent.Type.MouseButtonRelease:
                    asked = self.tick_asked if on_box else self.visibility_asked
                    asked.emit(plain_index(index))
                return event.type() != QEvent.Type.MouseButtonPress
        return False

    def _is_tick(self, index: Index, rect: QRect, place: QPoint) -> bool:
        node: Node = index.data(NODE_ROLE)
        box = tick_box(rect.adjusted(PADDING, 0, 0, 0)).adjusted(-5, -8, 4, 8)
        return node.kind is ItemKind.ACTION and node.item is not None and box.contains(place)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink = self.ink(option.font)
        view = option.widget
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        node: Node = index.data(NODE_ROLE)
        folded = (
            index.column() == TITLE
            and isinstance(view, QTreeView)
            and bool(node.children)
            and not view.isExpanded(plain_index(index))
        )
        inside = rect.adjusted(PADDING, 0, -PADDING, -1)
        marked = index.column() == TITLE and bool(index.data(UNAGREED_ROLE))
        is_dim = isinstance(view, OutlineTreeView) and view.is_dim(node.id)
        paint_cell(
            ink,
            painter,
            inside,
            node,
            index.column(),
            folded=folded,
            is_unagreed=marked,
            is_dim=is_dim,
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._desk.look.colour("accent_fill"), 1.5))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 5, 5)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        ink = self.ink(option.font)
        height = max(ROW_HEIGHT, ink.metrics(ink.plain).height() + 16)
        return QSize(80, height)


_ROOM = {DUE: 250, OWNER: 200}
"""Pixels that an editor needs at least."""


def _stored_text(index: Index) -> str:
    """Write what a title or a due date holds as its editor would show it."""
    value: Any = index.data(Qt.ItemDataRole.EditRole)
    return current().date(value) if index.column() == DUE else str(value or "")
