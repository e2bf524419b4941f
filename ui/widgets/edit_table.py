"""A table edited in place: each cell has the editor of its kind and is stored when left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from csdesk.errors import UserError
from csdesk.i18n import _, current
from ui.desk import Desk
from ui.editing import Place
from ui.tables import ROW_ROLE, Column, Index, Row, RowsModel
from ui.widgets.cell_typing import (
    CellTyping,
    begins,
    choose_in_cell,
    fill,
    is_editing,
    is_touched,
    keep_filled,
)
from ui.widgets.cells import CellDelegate, Ink, Paint
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.column_room import shared_room
from ui.widgets.composing import forward_composed
from ui.widgets.date_line import DateLine
from ui.widgets.entries import Entry, EntryKind
from ui.widgets.group_header import ColumnGroup, GroupHeader
from ui.widgets.typing_line import TypingLine

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 3
"""How a cell is edited."""


class EditRowsModel(RowsModel[Row]):
    """Rows whose cells can be edited; what is entered goes to `store`."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        entries: Mapping[str, Entry[Row]],
        store: Callable[[Row, str, Any], bool],
        parent: QObject | None = None,
        *,
        entity: str = "",
        groups: Sequence[ColumnGroup] = (),
    ) -> None:
        """`entity` is what the rows are, so that somebody typing can be told who else wrote.

        `groups` are the columns that stand under a heading. A search looks at all cells.
        """
        super().__init__(columns, self._in_words, parent)
        self.entity = entity
        self.groups = tuple(groups)
        self._entries = entries
        self._store = store

    def entry(self, column: int) -> Entry[Row] | None:
        """Return how a column is edited; None where it is not."""
        return self._entries.get(self.columns[column].key)

    def _in_words(self, row: Row) -> str:
        return "\n".join(column.text(row) for column in self.columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = super().headerData(section, orientation)
            named = [
                group.label
                for group in self.groups
                if title is not None and self.columns[section].key in group.keys
            ]
            return f"{title} ({named[0]})" if named else title
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.entry(index.column()) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.EditRole, ENTRY_ROLE):
            entry = self.entry(index.column())
            if entry is None or role == ENTRY_ROLE:
                return entry
            return entry.value(self.row(index.row()))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry = self.entry(index.column()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or entry is None:
            return False
        row = self.row(index.row())
        before = entry.value(row)
        if value == before or (not value and before in (None, "")):
            return False
        return self._store(row, entry.field, value)


class EditDelegate(CellDelegate):
    """Draws a cell like every table does and gives it the editor of its kind."""

    def __init__(
        self, desk: Desk, paint: Paint | None, width: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.look, paint, width, parent)
        self._desk = desk

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        entry: Entry[Any] = index.data(ENTRY_ROLE)
        title = index.model().headerData(
            index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
        )
        editor: QWidget
        if entry.kind is EntryKind.CHOICE and entry.vocabulary is not None:
            box = ChoiceBox(entry.vocabulary, parent, none=_("None"))
            choose_in_cell(self, box)
            editor = box
        elif entry.kind is EntryKind.NAME and entry.choices is not None:
            names = NameBox(entry.none or _("Nobody"), parent)
            row = index.data(ROW_ROLE)
            names.offer(entry.choices(row), entry.value(row))
            choose_in_cell(self, names)
            editor = names
        elif entry.kind is EntryKind.DAY:
            editor = self._watched(DateLine(self._desk.look, parent), index)
        else:
            editor = self._watched(TypingLine(parent), index)
        editor.setAccessibleName(str(title))
        return editor

    def _watched(self, line: TypingLine, index: Index) -> TypingLine:
        """Let the desk look after what is typed here while others write."""
        typing = CellTyping(self, line, index, _stored_text)
        place = QPersistentModelIndex(index)
        entry: Entry[Any] = index.data(ENTRY_ROLE)

        def where() -> Place | None:
            model = place.model()
            if not (place.isValid() and isinstance(model, EditRowsModel) and model.entity):
                return None
            return Place(model.entity, place.data(ROW_ROLE).id, entry.field)

        def value() -> Any:
            if isinstance(line, DateLine):
                return line.read()
            return entry.read_field(place.data(ROW_ROLE), line.typed)

        self._desk.editing.watch(line, typing, where, value)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not begins(editor):
            return
        entry: Entry[Any] = index.data(ENTRY_ROLE)
        row = index.data(ROW_ROLE)
        if isinstance(editor, ChoiceBox):
            editor.show_code(entry.value(row))
        elif isinstance(editor, DateLine):
            editor.set_day(entry.value(row))
            keep_filled(editor)
        elif isinstance(editor, TypingLine):
            fill(editor, entry.typed(row))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        entry: Entry[Any] = index.data(ENTRY_ROLE)
        place = model.index(index.row(), index.column())
        if not is_touched(editor):
            return
        try:
            if isinstance(editor, ChoiceBox):
                model.setData(place, editor.code)
            elif isinstance(editor, NameBox):
                model.setData(place, editor.currentData())
            elif isinstance(editor, DateLine):
                model.setData(place, editor.read())
            elif isinstance(editor, TypingLine):
                model.setData(place, entry.read(index.data(ROW_ROLE), editor.text()))
        except UserError as error:
            self._desk.messages.error(error)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect.adjusted(1, 2, -1, -3)
        rect.setWidth(max(rect.width(), 130))
        editor.setGeometry(rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.colour("accent_fill"), 1.5))
            painter.drawRoundedRect(option.rect.adjusted(2, 2, -2, -3), 5, 5)
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._width, row_height(self.ink(option.font)))


def _stored_text(index: Index) -> str:
    """Write what a cell holds as its editor would show it."""
    entry: Entry[Any] = index.data(ENTRY_ROLE)
    row = index.data(ROW_ROLE)
    if entry.kind is EntryKind.DAY:
        return current().date(entry.value(row))
    return entry.typed(row)


def row_height(ink: Ink) -> int:
    """Return the height of a row with one line of text."""
    return ink.metrics(ink.plain).height() + 18


class EditTable(QTableView):
    """Cells one moves through with the arrows; Enter or typing edits, Delete asks to delete."""

    delete_asked = Signal(list)
    """The ids of the chosen rows."""
    note_asked = Signal(str, str)
    """The id of a row and the field in which a text longer than a cell is to be written."""

    def __init__(
        self,
        desk: Desk,
        model: EditRowsModel[Any],
        paints: Mapping[str, Paint],
        widths: Mapping[str, int],
        elastic: str,
        parent: QWidget | None = None,
        *,
        least: Mapping[str, int] | None = None,
        spare: Sequence[str] = (),
    ) -> None:
        """`widths` (pixels) go by column key; the column `elastic` takes the room that is left.

        Where there is too little, columns give way down to their width in `least`; one the user
        has sized keeps the user's width. Where that is not enough, those in `spare` leave one
        after the other, unless the user chose the columns.
        """
        super().__init__(parent)
        self._rows = model
        self._widths = widths
        self._elastic = [column.key for column in model.columns].index(elastic)
        self._least = least or {}
        self._spare = tuple(spare)
        self._chosen: frozenset[str] | None = None
        self._usual = frozenset(column.key for column in model.columns)
        self._given: dict[int, int] = {}
        self.hovered_row = -1
        self.setModel(model)
        self._build(desk, paints)
        desk.look.changed.connect(self.viewport().update)

    def chosen_ids(self) -> list[str]:
        """Return the ids of the chosen rows, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.row(place).id for place in places]

    @property
    def chosen_columns(self) -> frozenset[str] | None:
        """The columns the user chose to see; None for the usual ones."""
        return self._chosen

    @property
    def shown_columns(self) -> list[str]:
        """The columns that are seen, in their order."""
        return [
            column.key
            for number, column in enumerate(self._rows.columns)
            if not self.isColumnHidden(number)
        ]

    def offer_columns(self, usual: Collection[str]) -> None:
        """Show these columns as long as the user chooses no others."""
        self._usual = frozenset(usual)
        self._share_room()

    def choose_columns(self, keys: Collection[str] | None) -> None:
        """Show the columns the user wants, all of them whatever room they take; None the usual.

        The first column is always shown; keys that no column has are passed over.
        """
        known = {column.key for column in self._rows.columns}
        self._chosen = None if keys is None else frozenset(keys) & known
        self._share_room()

    def choose(self, row_id: str, column: int = 0) -> None:
        """Put the cursor into a row, where it is shown, and choose that row alone.

        Whatever keys are held: with Ctrl, as in Ctrl+Z, Qt would choose it beside the others.
        """
        place = self._rows.place_of(row_id)
        if place >= 0:
            flags = QItemSelectionModel.SelectionFlag
            index = self._rows.index(place, column)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def put_cursor(self, ids: Collection[str]) -> bool:
        """Put the cursor on the first of these rows that is shown; False where none is."""
        here = self.currentIndex()
        if here.isValid() and self._rows.row(here.row()).id in ids:
            return True
        found = next((row.id for row in self._rows.rows() if row.id in ids), None)
        if found is not None:
            self.choose(found, max(0, here.column()))
        return found is not None

    def _build(self, desk: Desk, paints: Mapping[str, Paint]) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        if self._rows.groups:
            keys = [column.key for column in self._rows.columns]
            self.setHorizontalHeader(GroupHeader(desk.look, keys, self._rows.groups, self))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        height = 36
        for number, column in enumerate(self._rows.columns):
            width = self._widths.get(column.key, 110)
            delegate = EditDelegate(desk, paints.get(column.key), width, self)
            self.setItemDelegateForColumn(number, delegate)
            self._give(number, width)
            height = row_height(delegate.ink(self.font()))
        self.verticalHeader().setDefaultSectionSize(height)

    def _toggle(self, index: QModelIndex) -> bool:
        entry: Entry[Any] | None = index.data(ENTRY_ROLE)
        if entry is None or entry.kind is not EntryKind.FLAG:
            return False
        self._rows.setData(index, not entry.value(self._rows.row(index.row())))
        return True

    def edit(self, index: Index, trigger: Any = None, event: Any = None) -> Any:
        """Edit a cell; a yes or no changes at once and needs no editor."""
        if trigger is None:
            trigger = QAbstractItemView.EditTrigger.EditKeyPressed
            return self.edit(index, trigger, None) if index.data(ENTRY_ROLE) else None
        wanted = trigger & (self.editTriggers() | QAbstractItemView.EditTrigger.EditKeyPressed)
        entry: Entry[Any] | None = index.data(ENTRY_ROLE)
        if wanted and entry is not None and entry.is_beside(self._rows.row(index.row())):
            self.note_asked.emit(self._rows.row(index.row()).id, entry.field)
            return False
        if wanted and entry is not None and entry.kind is EntryKind.FLAG:
            if trigger != QAbstractItemView.EditTrigger.AnyKeyPressed:
                self._toggle(self._rows.index(index.row(), index.column()))
            return False
        return super().edit(index, trigger, event)

    def _share_room(self) -> None:
        """Show the columns there is room for, and share the room among them."""
        self._show_columns()
        keys = {
            number: column.key
            for number, column in enumerate(self._rows.columns)
            if not self.isColumnHidden(number)
        }
        ours = [
            number
            for number in keys
            if number == self._elastic or self._given[number] == self.columnWidth(number)
        ]
        others = sum(self.columnWidth(number) for number in keys if number not in ours)
        wanted = {number: self._wanted(number) for number in ours}
        least = {number: self._narrowest(number) for number in ours}
        room = self.viewport().width() - others
        for number, width in shared_room(room, wanted, least, [self._elastic]).items():
            self._give(number, width)

    def _wanted(self, number: int) -> int:
        """Return how wide a column should be: where columns can leave, its title is never cut."""
        width = self._widths.get(self._rows.columns[number].key, 110)
        return max(width, self._titled(number)) if self._spare else width

    def _narrowest(self, number: int) -> int:
        """Return how wide a column is at least."""
        width = self._least.get(self._rows.columns[number].key, self._wanted(number))
        return max(width, self._titled(number)) if self._spare else width

    def _titled(self, number: int) -> int:
        header = self.horizontalHeader()
        header.ensurePolished()  # the style sheet has a say in the size of its letters
        return header.sectionSizeHint(number)

    def _show_columns(self) -> None:
        """Hide the columns that are not wanted, and where all are usual those without room."""
        wanted = set(self._usual if self._chosen is None else self._chosen)
        first = self._rows.columns[0].key
        if self._chosen is None:
            narrow = {
                column.key: self._narrowest(number)
                for number, column in enumerate(self._rows.columns)
                if column.key in wanted
            }
            for key in self._spare:
                if sum(narrow.values()) <= self.viewport().width():
                    break
                narrow.pop(key, None)
            wanted = set(narrow)
        for number, column in enumerate(self._rows.columns):
            is_hidden = column.key not in wanted and column.key != first
            if self.isColumnHidden(number) != is_hidden:
                self.setColumnHidden(number, is_hidden)

    def _give(self, number: int, width: int) -> None:
        self.setColumnWidth(number, width)
        self._given[number] = self.columnWidth(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        forward_composed(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        if is_editing(self):
            event.ignore()  # a key that an open editor let through
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if not self._toggle(index):
                self.edit(index)
        elif key == Qt.Key.Key_Space and index.isValid() and self._toggle(index):
            return
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen_ids():
            self.delete_asked.emit(self.chosen_ids())
        else:
            super().keyPressEvent(event)
