"""The first rows of a file that is about to be imported, with what each column was taken for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from csdesk.exchange.fields import Kind, field_label, kind_fields
from csdesk.exchange.importer import Source
from csdesk.exchange.tables import Table, cell_text
from csdesk.i18n import _, current
from csdesk.queries.fields import field_of
from ui.dialogs.import_work import PREVIEWED
from ui.tables import Index

COLUMNS = 200
"""How many columns are shown; a table of thousands of them is not read by eye."""


class PreviewModel(QAbstractTableModel):
    """A table's first rows; the head of a column has its header and, below, its field."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._fields: dict[int, str] = {}

    def show_table(self, table: Table | None, source: Source | None) -> None:
        """Show a table; `source` says what its columns were taken for."""
        self.beginResetModel()
        self._table = table
        self._fields = column_fields(source) if source is not None else {}
        self.endResetModel()

    def header(self, column: int) -> str:
        """Return the header of a column as the file has it."""
        return self._table.header[column] if self._table is not None else ""

    def field(self, column: int) -> str:
        """Say what a column was taken for; empty for nothing."""
        return self._fields.get(column, "")

    def rowCount(self, parent: Index | None = None) -> int:
        if self._table is None or (parent is not None and parent.isValid()):
            return 0
        return min(PREVIEWED, len(self._table.rows))

    def columnCount(self, parent: Index | None = None) -> int:
        if self._table is None or (parent is not None and parent.isValid()):
            return 0
        return min(COLUMNS, len(self._table.header))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None or not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            _line, cells = self._table.rows[index.row()]
            column = index.column()
            text = cell_text(cells[column]) if column < len(cells) else ""
            return text.replace("\n", " ")
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if self._table is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._table.rows[section][0])
        taken_for = self._fields.get(section, "")
        mark = f"→ {taken_for}" if taken_for else _("not imported")
        return f"{self._table.header[section]}\n{mark}"


def column_fields(source: Source) -> dict[int, str]:
    """Say in the user's words what each column of a source was taken for."""
    binding = source.binding
    known = {
        index: field_label(binding.kind.fields[name]) for name, index in binding.columns.items()
    }
    if binding.own_id is not None:
        known[binding.own_id] = field_of(binding.kind.entity, "id").label()
    for column in binding.kpi_columns:
        words = [column.kpi or _("Value")]
        if column.period is not None:
            words.append(current().month(column.period.first))
        known[column.index] = " · ".join(words)
    return known


class PreviewTable(QTableView):
    """Shows the preview; a click on a head, or Enter in a column, asks what the column holds."""

    column_named = Signal(str, str)
    """Header and field; an empty field leaves the column out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = PreviewModel(self)
        self._kind: Kind | None = None
        self.setModel(self._model)
        self.setProperty("kind", "plain")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setAccessibleName(_("First rows of the file"))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumHeight(self.fontMetrics().height() * 2 + 18)
        header.setDefaultSectionSize(150)
        header.sectionClicked.connect(self._on_head)

    @property
    def preview(self) -> PreviewModel:
        """The rows shown."""
        return self._model

    def show_table(self, table: Table | None, source: Source | None, kind: Kind | None) -> None:
        """Show a table of some kind; columns can be named where the kind is known."""
        self._kind = source.kind if source is not None else kind
        self._model.show_table(table, source)

    @Slot(int)
    def _on_head(self, column: int) -> None:
        if self._kind is None:
            return
        menu = self._field_menu(column, self._kind)
        header = self.horizontalHeader()
        spot = QPoint(header.sectionViewportPosition(column), header.height())
        ticked = (action for action in menu.actions() if action.isChecked())
        menu.setActiveAction(next(ticked, menu.actions()[0]))
        menu.popup(header.mapToGlobal(spot))

    def _field_menu(self, column: int, kind: Kind) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        header = self._model.header(column)
        nothing = menu.addAction(_("Leave this column out"))
        nothing.setData((header, ""))
        menu.addSeparator()
        # In the order of a profile, the name first: in Japanese, sorted signs say nothing.
        for field in kind_fields(kind).fields.values():
            action = menu.addAction(field_label(field))
            action.setData((header, field.name))
            action.setCheckable(True)
            action.setChecked(self._model.field(column) == field_label(field))
        menu.triggered.connect(self._on_field)
        return menu

    @Slot(QAction)
    def _on_field(self, action: QAction) -> None:
        header, field = action.data()
        self.column_named.emit(header, field)

    def sizeHint(self) -> QSize:
        return QSize(760, 260)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Menu)
        if event.key() in keys and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
            self._on_head(self.currentIndex().column())
        else:
            super().keyPressEvent(event)
