"""A list with all around it: head, line for a new row, table, and the chosen row whole beside it.

Rows that are over are folded away until asked for. Another view of the same rows may take the
table's place, such as a chart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.pages.detail_panel import DetailPanel
from ui.pages.rows_front import RowsFront
from ui.pages.rows_head import RowsHead, RowsWords
from ui.widgets.cells import Paint
from ui.widgets.edit_table import EditRowsModel, EditTable
from ui.widgets.new_line import NewLine


@dataclass(frozen=True, slots=True)
class RowsLooks:
    """How cells are drawn, and how the columns share the room (pixels by column key).

    `elastic` takes what is left; columns give way down to `least`, those in `spare` leave one
    after the other where that is not enough, and those in `rare` are there when asked for.
    """

    paints: Mapping[str, Paint]
    widths: Mapping[str, int]
    least: Mapping[str, int]
    elastic: str
    spare: Sequence[str] = ()
    rare: frozenset[str] = frozenset()


class RowsView(QWidget):
    """Shows rows and lets them be filtered, folded, chosen and edited."""

    chosen_changed = Signal(str)
    """The id of the row that is chosen now."""

    def __init__(
        self,
        desk: Desk,
        words: RowsWords,
        model: EditRowsModel[Any],
        looks: RowsLooks,
        is_closed: Callable[[Any], bool],
        make_panel: Callable[[], DetailPanel] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`make_panel` makes what shows the chosen row whole, when it is first asked for."""
        super().__init__(parent)
        self._desk = desk
        self._words = words
        self._model = model
        self._looks = looks
        self._is_closed = is_closed
        self._make_panel = make_panel
        self._panel: DetailPanel | None = None
        self._chosen = ""
        self.awaited = ""
        """The id of a row to choose as soon as it is among those shown."""
        self._build()
        self._connect()
        self._on_filter()

    @property
    def table(self) -> EditTable:
        """The table."""
        return self._table

    @property
    def head(self) -> RowsHead:
        """The line above the table."""
        return self._head

    @property
    def new_line(self) -> NewLine:
        """The line in which a new row is named."""
        return self._new_line

    @property
    def panel(self) -> DetailPanel | None:
        """What shows the chosen row whole; None for a list that has no such thing."""
        if self._panel is None and self._make_panel is not None:
            self._panel = self._make_panel()
            self._panel.setVisible(self._head.is_details_shown)
            self._splitter.addWidget(self._panel)
            self._splitter.setStretchFactor(1, 0)
            self._splitter.setSizes([730, 340])
        return self._panel

    @property
    def front(self) -> RowsFront:
        """The table, or what is shown in its place."""
        return self._front

    @property
    def chosen(self) -> str:
        """The id of the chosen row; empty before the first."""
        return self._chosen

    def show_rows(self, rows: Sequence[Any], *, is_other: bool) -> None:
        """Show rows; `is_other` says that they are another account's than before."""
        if is_other:
            if self._table.isAncestorOf(self._table.window().focusWidget()):
                self._table.setFocus()  # what is typed in a cell is stored before its row goes
            self._chosen = ""
            self._head.find_line.clear()
            self._model.set_rows(rows)
        else:
            self._model.show_rows(rows)
        self._head.show_count(len(rows), sum(map(self._is_closed, rows)))
        if self._model.place_of(self.awaited) >= 0:
            self.choose(self.awaited)
            self.awaited = ""
        elif self._model.rowCount() and not self._table.currentIndex().isValid():
            self.choose(self._model.row(0).id)
        self._settle()
        self._show_chosen()

    def choose(self, row_id: str) -> None:
        """Choose a row; one that is folded away is shown in the panel alone."""
        column = self._table.currentIndex().column()
        if self._table.isColumnHidden(max(0, column)):
            column = 0
        self._table.choose(row_id, max(0, column))
        self._take(row_id)

    def bring_up(self, row_id: str) -> None:
        """Bring a row into view, whatever folds or filters it away, and give it the keyboard."""
        row = next((one for one in self._model.all_rows() if one.id == row_id), None)
        if row is None:
            return
        if self._model.place_of(row_id) < 0:
            self._head.find_line.clear()
            self._head.show_closed(on=self._head.is_closed_shown or self._is_closed(row))
        self.choose(row_id)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Give the keyboard to what shows the rows."""
        (self._front.rows_view or self._table).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def state(self) -> dict[str, Any]:
        """Return what the user has chosen here; plain values only."""
        columns = self._table.chosen_columns
        return {
            "row": self._chosen,
            "closed": self._head.is_closed_shown,
            "panel": self._head.is_details_shown,
            "split": self._splitter.sizes(),
            "columns": None if columns is None else sorted(columns),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what `state` returned; what cannot be read changes nothing."""
        columns, split = state.get("columns"), state.get("split")
        if isinstance(columns, list):
            self.choose_columns({str(key) for key in columns})
        self._head.show_closed(on=state.get("closed") is True)
        self._head.show_details(on=state.get("panel") is True and self._make_panel is not None)
        if (
            isinstance(split, list)
            and len(split) == 2
            and all(isinstance(one, int) and one > 0 for one in split)
        ):
            self._splitter.setSizes(split)
        if self._model.place_of(str(state.get("row", ""))) >= 0:
            self.choose(str(state["row"]))

    @Slot(object)
    def choose_columns(self, keys: Collection[str] | None) -> None:
        """Show these columns, or the usual ones."""
        self._table.choose_columns(keys)
        self.offer_columns()

    @Slot()
    def offer_columns(self) -> None:
        """Offer the columns in the head, those seen ticked."""
        columns = [(one.key, one.title) for one in self._model.columns[1:]]
        usual = self._table.chosen_columns is None
        rare = bool(self._looks.rare)
        self._head.offer_columns(columns if rare else (), self._table.shown_columns, is_usual=usual)

    @Slot(str, str)
    def write_in_panel(self, row_id: str, field: str) -> None:
        """Put the cursor into a text of a row, in the panel."""
        panel = self.panel
        if panel is not None:
            self.choose(row_id)
            self._head.show_details(on=True)
            panel.go_to(field)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self._take(self._model.row(index.row()).id)

    @Slot()
    def _on_filter(self) -> None:
        chosen = self._chosen
        self._model.set_search(self._head.find_line.text())
        shown = self._head.is_closed_shown
        self._model.set_filter(None if shown else lambda row: not self._is_closed(row))
        if self._model.place_of(chosen) >= 0:
            self.choose(chosen)
        elif self._model.rowCount():
            self.choose(self._model.row(0).id)
        self._settle()

    @Slot(bool)
    def _on_details_shown(self, on: bool) -> None:
        panel = self.panel
        if panel is None:
            return
        if not on and panel.isAncestorOf(QApplication.focusWidget() or self):
            self.take_keyboard()
        panel.setVisible(on)
        self._show_chosen()

    @Slot()
    def go_on(self) -> None:
        """Go from the rows into the panel and back."""
        panel = self.panel
        if panel is None or panel.isAncestorOf(QApplication.focusWidget() or self):
            self.take_keyboard()
            return
        self._head.show_details(on=True)
        panel.first_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self, row_id: str) -> None:
        if row_id != self._chosen:
            self._chosen = row_id
            self._show_chosen()
            self.chosen_changed.emit(row_id)

    def _show_chosen(self) -> None:
        """Show the chosen row in the panel as it is now."""
        if self._panel is not None and self._head.is_details_shown:
            known = {row.id: row for row in self._model.all_rows()}
            self._panel.show_row(known.get(self._chosen))

    def _settle(self) -> None:
        is_filtered = bool(self._head.find_line.text().strip())
        self._front.settle(bool(self._model.total), bool(self._model.rowCount()) or is_filtered)

    def _build(self) -> None:
        words, looks = self._words, self._looks
        card = QFrame(self)
        card.setProperty("kind", "card")
        self._table = EditTable(
            self._desk,
            self._model,
            looks.paints,
            looks.widths,
            looks.elastic,
            card,
            least=looks.least,
            spare=looks.spare,
        )
        self._table.setAccessibleName(words.title)
        self._table.offer_columns(
            {one.key for one in self._model.columns if one.key not in looks.rare}
        )
        self._head = RowsHead(self._desk.look, words, self)
        self._new_line = NewLine(words.new, words.new_hint, self)
        self._front = RowsFront(
            self._desk.look, words, self._table, self._new_line.start, self._head.unfold, card
        )
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._front)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        self._splitter.addWidget(card)
        self._splitter.setStretchFactor(0, 1)
        if self._make_panel is not None:
            self._head.offer_details()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._head)
        layout.addWidget(self._new_line)
        layout.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        head = self._head
        head.new_asked.connect(self._new_line.start)
        head.searched.connect(self._on_filter)
        head.search_left.connect(self.take_keyboard)
        head.closed_shown.connect(self._on_filter)
        head.details_shown.connect(self._on_details_shown)
        head.columns_chosen.connect(self.choose_columns)
        head.columns_button.pressed.connect(self.offer_columns)
        self.offer_columns()
        self._new_line.closed.connect(self.take_keyboard)
        self._table.note_asked.connect(self.write_in_panel)
        self._table.selectionModel().currentChanged.connect(self._on_current)
