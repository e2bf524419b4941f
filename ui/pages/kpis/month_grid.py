"""The values of KPIs as a grid of periods: typed like a spreadsheet, pasted as a block."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from csdesk.errors import UserError
from csdesk.exchange.numerals import read_number
from csdesk.i18n import _, current, ngettext
from csdesk.queries.kpis import KpiPoint, KpiSeries, kpi_value_id
from ui.editing import Editing, Place
from ui.pages.kpis.periods import period_title
from ui.tables import Index
from ui.theme import Look
from ui.widgets.cell_typing import CellTyping, begins, fill, is_editing, is_touched
from ui.widgets.composing import forward_composed
from ui.widgets.typing_line import TypingLine

Values = Sequence[tuple[str, dt.date, Decimal | None]]
"""KPI ids, periods and numbers to store; None takes a value away."""

Store = Callable[[str, Values], bool]
"""Stores values as one step with a label."""

COLUMN_WIDTH = 88

PLACE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Which field of which row a cell stands for."""


class MonthGridModel(QAbstractTableModel):
    """KPIs of one frequency down, their periods across."""

    def __init__(self, look: Look, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._store = store
        self._rows: list[KpiSeries] = []
        self._points: list[dict[dt.date, KpiPoint]] = []
        self._periods: list[dt.date] = []
        self._frequency: str | None = None
        self.account_id = ""

    @property
    def periods(self) -> list[dt.date]:
        """The first days of the periods, oldest first."""
        return list(self._periods)

    @property
    def rows(self) -> list[KpiSeries]:
        """The KPIs from the top."""
        return list(self._rows)

    def show(
        self, rows: Sequence[KpiSeries], periods: Sequence[dt.date], frequency: str | None
    ) -> None:
        """Show KPIs and periods; what was shown before stays where it is, with its open editor."""
        points = [{point.period: point for point in row.points} for row in rows]
        if frequency != self._frequency:
            self.beginResetModel()
            self._rows, self._points = list(rows), points
            self._periods, self._frequency = list(periods), frequency
            self.endResetModel()
            return
        self._fit_periods(list(periods))
        self._fit_rows(list(rows))
        before, self._rows, self._points = self._points, list(rows), points
        for row, (old, new) in enumerate(zip(before, points, strict=True)):
            if old != new and self._periods:
                last = len(self._periods) - 1
                self.dataChanged.emit(self.index(row, 0), self.index(row, last))
        if rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)

    def _fit_periods(self, periods: list[dt.date]) -> None:
        """Take columns out and put columns in; both lists are in the order of time."""
        for place in range(len(self._periods) - 1, -1, -1):
            if self._periods[place] not in periods:
                self.beginRemoveColumns(QModelIndex(), place, place)
                del self._periods[place]
                self.endRemoveColumns()
        for place, period in enumerate(periods):
            if place >= len(self._periods) or self._periods[place] != period:
                self.beginInsertColumns(QModelIndex(), place, place)
                self._periods.insert(place, period)
                self.endInsertColumns()

    def _fit_rows(self, rows: list[KpiSeries]) -> None:
        """Take rows out, put rows in and bring them into order."""
        wanted = [row.id for row in rows]
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].id not in wanted:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place], self._points[place]
                self.endRemoveRows()
        known = {row.id for row in self._rows}
        new = [row for row in rows if row.id not in known]
        if new:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._rows += new
            self._points += [{} for _row in new]
            self.endInsertRows()
        if [row.id for row in self._rows] != wanted:
            self._reorder(wanted)

    def _reorder(self, wanted: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        places = {row_id: place for place, row_id in enumerate(wanted)}
        old = self.persistentIndexList()
        moved = [self.index(places[self._rows[one.row()].id], one.column()) for one in old]
        pairs = sorted(
            zip(self._rows, self._points, strict=True), key=lambda pair: places[pair[0].id]
        )
        self._rows = [row for row, _points in pairs]
        self._points = [points for _row, points in pairs]
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def value_id(self, row: int, column: int) -> str:
        """Return the id that the value of a cell has, or would have."""
        return kpi_value_id(self.account_id, self._rows[row].id, self._periods[column])

    def cell_text(self, row: int, column: int) -> str:
        """Return a value as it stands in its cell."""
        point = self._points[row].get(self._periods[column])
        return "" if point is None else current().number(point.value)

    def store(self, label: str, values: Values) -> bool:
        """Store values as one step."""
        return self._store(label, values)

    def block(self, text: str, row: int, column: int) -> Values:
        """Read a block as a spreadsheet copies it, to be put with its corner into a cell.

        An empty cell of the block takes the value away. Raises UserError where a cell is no
        number, or the block is larger than what is left of the grid.
        """
        lines = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
        width = max(map(len, lines), default=0)
        if row + len(lines) > len(self._rows) or column + width > len(self._periods):
            raise UserError(
                _("The block has {rows} rows and {columns} columns; it does not fit here.").format(
                    rows=len(lines), columns=width
                ),
                _("Choose the cell where its first number belongs, or show more months."),
            )
        values: list[tuple[str, dt.date, Decimal | None]] = []
        for down, line in enumerate(lines):
            for across, cell in enumerate(line):
                kpi, period = self._rows[row + down], self._periods[column + across]
                try:
                    read = read_number(cell)
                except UserError as error:
                    where = f"{kpi.name}, {period_title(period, self._frequency)}"
                    raise UserError(f"{where}: {error.message}", error.advice) from error
                values.append((kpi.id, period, read.value if read else None))
        return values

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._periods)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        point = self._points[index.row()].get(self._periods[index.column()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.cell_text(index.row(), index.column())
        if role == PLACE_ROLE:
            kpi = self._rows[index.row()].id
            row_id = kpi_value_id(self.account_id, kpi, self._periods[index.column()])
            return Place("kpi_value", row_id, "value", holder=("kpi", kpi))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and point is not None and point.is_estimate:
            font = QFont(QGuiApplication.font())
            font.setItalic(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole and point is not None:
            parts = (_("Estimate") if point.is_estimate else "", point.note)
            return "\n".join(part for part in parts if part) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self._rows[index.row()]
            period = period_title(self._periods[index.column()], self._frequency)
            value = self.cell_text(index.row(), index.column()) or _("no value")
            return f"{row.name}, {period}: {value}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Store a Decimal, or None to take the value away."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row, period = self._rows[index.row()], self._periods[index.column()]
        point = self._points[index.row()].get(period)
        if (point.value if point else None) == value:
            return False
        label = _("{kpi} of {period}").format(
            kpi=row.name, period=period_title(period, self._frequency)
        )
        return self._store(label, [(row.id, period, value)])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if across and section < len(self._periods):
            return period_title(self._periods[section], self._frequency)
        if not across and section < len(self._rows):
            row = self._rows[section]
            return f"{row.name}  {row.unit}".strip()
        return None


class NumberDelegate(QStyledItemDelegate):
    """Edits a cell as a number; what is none stays out, with a word about it."""

    refused = Signal(object)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = TypingLine(parent)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        typing = CellTyping(self, line, index, _stored_text)

        def where() -> Place | None:
            place: Place | None = typing.index.data(PLACE_ROLE)
            return place

        def value() -> Decimal | None:
            read = read_number(line.text())
            return read.value if read else None

        self._editing.watch(line, typing, where, value)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, TypingLine) and begins(editor):
            fill(editor, _stored_text(index))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if not isinstance(editor, TypingLine) or not is_touched(editor):
            return
        try:
            read = read_number(editor.text())
        except UserError as error:
            self.refused.emit(error)
        else:
            model.setData(index, read.value if read else None)


def _stored_text(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.EditRole) or "")


class MonthGrid(QTableView):
    """The grid: arrows, typing, Enter goes down, Tab right; copy, paste and clear blocks."""

    refused = Signal(object)
    """A UserError: what was typed or pasted cannot be taken."""

    def __init__(
        self, model: MonthGridModel, editing: Editing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = model
        self._numbers = NumberDelegate(editing, self)
        self._numbers.refused.connect(self.refused)
        self.setModel(model)
        self.setItemDelegate(self._numbers)
        self.setAccessibleName(_("KPI values by month"))
        self.setProperty("kind", "grid")
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().setDefaultSectionSize(COLUMN_WIDTH)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)
        self.verticalHeader().setMaximumWidth(280)

    def put_cursor(self, ids: Collection[str]) -> bool:
        """Put the cursor on the first cell of these values, or of these KPIs; False where none is.

        A value that is gone has its cell still.
        """
        here = self.currentIndex()
        if here.isValid() and self._grid.value_id(here.row(), here.column()) in ids:
            return True
        cells = product(range(self._grid.rowCount()), range(self._grid.columnCount()))
        found = next((cell for cell in cells if self._grid.value_id(*cell) in ids), None)
        if found is None:
            kpis = (row.id for row in self._grid.rows)
            row = next((at for at, kpi_id in enumerate(kpis) if kpi_id in ids), -1)
            found = (row, max(0, here.column())) if row >= 0 else None
        if found is not None:
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect  # whatever keys are held
            self.selectionModel().setCurrentIndex(self._grid.index(*found), select)
        return found is not None

    @Slot()
    def copy(self) -> None:
        """Put the chosen block on the clipboard, as spreadsheets take it."""
        places = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in places:
            lines.setdefault(row, []).append(self._grid.cell_text(row, column).replace("−", "-"))
        text = "\n".join("\t".join(cells) for cells in lines.values())
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def paste(self) -> None:
        """Put a block from the clipboard into the grid, its corner at the first chosen cell."""
        places = [(index.row(), index.column()) for index in self.selectedIndexes()]
        text = QGuiApplication.clipboard().text()
        if not places or not text.strip("\r\n"):
            return
        row, column = min(place[0] for place in places), min(place[1] for place in places)
        try:
            values = self._grid.block(text, row, column)
        except UserError as error:
            self.refused.emit(error)
            return
        count = len(values)
        label = ngettext("Paste {n} KPI value", "Paste {n} KPI values", count).format(n=count)
        self._grid.store(label, values)

    @Slot()
    def clear_chosen(self) -> None:
        """Take the chosen values away."""
        rows, periods = self._grid.rows, self._grid.periods
        values: Values = [
            (rows[index.row()].id, periods[index.column()], None)
            for index in self.selectedIndexes()
            if self._grid.cell_text(index.row(), index.column())
        ]
        if values:
            count = len(values)
            label = ngettext("Clear {n} KPI value", "Clear {n} KPI values", count)
            self._grid.store(label.format(n=count), values)

    def fit_height(self) -> None:
        """Be as high as the rows, so that the page scrolls rather than the grid."""
        rows = self._grid.rowCount() * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + bar + 4)

    def _step_down(self) -> None:
        index = self.currentIndex()
        below = self._grid.index(index.row() + 1, index.column())
        if below.isValid():
            self.setCurrentIndex(below)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._step_down()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        forward_composed(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_editing(self):
            event.ignore()  # a key that an open editor let through
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():  # there may be no KPI yet
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
