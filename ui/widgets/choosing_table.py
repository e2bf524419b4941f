"""A table of whole rows of which several can be chosen, copied, and something done with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from csdesk.exchange.shown_table import ShownColumn, ShownTable, shown_html, shown_text
from ui.tables import RowsModel

MakeShown = Callable[[Sequence[Any]], ShownTable]
"""Makes a table to hand on of rows, with the columns in view."""


class ChoosingTable(QTableView):
    """Enter or a double click opens a row, Delete asks to delete, Ctrl+C copies as a table.

    Shift with the arrows, Ctrl+Space, Ctrl+A and clicks with Ctrl or Shift choose several rows;
    Escape leaves one of them.
    """

    opened = Signal(str)
    """The id of the row to open."""
    delete_asked = Signal(list)
    """The ids of the chosen rows."""
    menu_asked = Signal(QPoint)
    """A menu of what can be done with the chosen rows is wanted, here on the screen."""

    def __init__(self, rows: RowsModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._make_shown: MakeShown = self._texts
        self.setModel(rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.activated.connect(self._on_activated)

    def chosen_rows(self) -> list[Any]:
        """Return the chosen rows, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.row(place) for place in places if self._can_be_chosen(place)]

    def chosen_ids(self) -> list[str]:
        """Return the ids of the chosen rows, from the top."""
        return [row.id for row in self.chosen_rows()]

    def choose(self, row_id: str) -> None:
        """Choose a row and scroll to it, where it is shown."""
        place = self._rows.place_of(row_id)
        if place >= 0:
            self.choose_place(place)
            self.scrollTo(self._rows.index(place, 0))

    def choose_place(self, place: int) -> None:
        """Choose the row at a place alone, whatever keys are held: Qt would toggle it with Ctrl."""
        index = self._rows.index(place, max(0, self.currentIndex().column()))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def put_cursor(self, ids: Collection[str]) -> bool:
        """Put the cursor on the first of these rows that is shown; False where none is."""
        here = self.currentIndex()
        if here.isValid() and self._rows.row(here.row()).id in ids:
            return True
        found = next((row.id for row in self._rows.rows() if row.id in ids), None)
        if found is not None:
            self.choose(found)
        return found is not None

    def visible_columns(self) -> list[int]:
        """Return the numbers of the columns shown, from the left."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(len(self._rows.columns))]
        return [number for number in order if not self.isColumnHidden(number)]

    def copy_as(self, make: MakeShown) -> None:
        """Let `make` say how rows are copied; without it they are copied as they are written."""
        self._make_shown = make

    @Slot()
    def copy_rows(self) -> None:
        """Copy the chosen rows as a table, all that are shown where none is chosen."""
        table = self._make_shown(self.chosen_rows() or self._rows.rows())
        copied = QMimeData()
        copied.setText(shown_text(table))
        copied.setHtml(shown_html(table))
        QGuiApplication.clipboard().setMimeData(copied)

    def menu_place(self) -> QPoint:
        """Return where on the screen a menu about the row opens that the keyboard is at."""
        index = self.currentIndex()
        if index.isValid():
            self.scrollTo(index)
        place = self.visualRect(index.siblingAtColumn(self.visible_columns()[0])).bottomLeft()
        return self.viewport().mapToGlobal(place + QPoint(24, 0))

    @Slot()
    def ask_menu(self) -> None:
        """Ask for the menu below the row the keyboard is at."""
        if self.chosen_ids():
            self.menu_asked.emit(self.menu_place())

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if self._can_be_chosen(index.row()):
            self.opened.emit(self._rows.row(index.row()).id)

    def _can_be_chosen(self, place: int) -> bool:
        """Tell whether there is a row at a place, and not the head of a group."""
        return bool(self._rows.index(place, 0).flags() & Qt.ItemFlag.ItemIsSelectable)

    def _texts(self, rows: Sequence[Any]) -> ShownTable:
        columns = [self._rows.columns[number] for number in self.visible_columns()]
        return ShownTable(
            self.accessibleName(),
            tuple(ShownColumn(column.title) for column in columns),
            [tuple(column.text(row) for column in columns) for row in rows],
        )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # One goes from row to row with Ctrl and the arrows, to choose here and there.
            arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
            held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if held and event.key() in arrows:
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            if self.chosen_ids():
                self.menu_asked.emit(event.globalPos())
        else:
            self.ask_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        elif key == Qt.Key.Key_Delete and self.chosen_ids():
            self.delete_asked.emit(self.chosen_ids())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif key == Qt.Key.Key_F10 and held == Qt.KeyboardModifier.ShiftModifier:
            self.ask_menu()
        elif key == Qt.Key.Key_Escape and len(self.chosen_ids()) > 1:
            self.choose_place(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
