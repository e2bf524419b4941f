"""What the tabs that are lists share: one table edited in place, a line for a new row."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.commands import Command
from ui.desk import Desk
from ui.pages.detail_panel import DetailPanel
from ui.pages.rows_head import RowsHead, RowsWords
from ui.pages.rows_view import RowsLooks, RowsView
from ui.pages.section import Section
from ui.widgets.edit_table import EditRowsModel, EditTable
from ui.widgets.new_line import NewLine


class RowsSection(Section):
    """A tab with one table whose cells are edited in place."""

    name = "rows"
    """What the commands of this tab are called after."""
    has_panel = False
    """Shows the chosen row whole beside the table."""

    def __init__(self, desk: Desk, words: RowsWords, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._words = words
        self._shown_account = ""
        self._model = self._make_model()
        looks, make_panel = self._looks(), self._make_panel if self.has_panel else None
        self._view = RowsView(desk, words, self._model, looks, self._is_closed, make_panel, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.addWidget(self._view)
        self._view.new_line.entered.connect(self.add)
        self._view.table.delete_asked.connect(self.delete)

    @property
    def view(self) -> RowsView:
        """The list with all around it."""
        return self._view

    @property
    def table(self) -> EditTable:
        """The table."""
        return self._view.table

    @property
    def model(self) -> EditRowsModel[Any]:
        """The rows."""
        return self._model

    @property
    def head(self) -> RowsHead:
        """The line above the table."""
        return self._view.head

    @property
    def new_line(self) -> NewLine:
        """The line in which a new row is named."""
        return self._view.new_line

    @property
    def panel(self) -> DetailPanel | None:
        """The panel of the chosen row, where this list has one."""
        return self._view.panel

    @abstractmethod
    def add(self, name: str) -> None:
        """Add a row called `name`."""

    @abstractmethod
    def delete(self, row_ids: list[str]) -> None:
        """Delete rows and offer to undo it."""

    @abstractmethod
    def _make_model(self) -> EditRowsModel[Any]:
        """Make the model of the table."""

    @abstractmethod
    def _looks(self) -> RowsLooks:
        """Return how cells are drawn and how columns share the room."""

    @abstractmethod
    def _rows(self) -> Sequence[Any]:
        """Return the rows of the account shown."""

    def _make_panel(self) -> DetailPanel:
        """Make the panel of the chosen row, for a list that has one."""
        raise NotImplementedError

    def _is_closed(self, row: Any) -> bool:
        """Tell whether a row is over and folded away until asked for."""
        return False

    def refresh(self) -> None:
        other = self.account_id != self._shown_account
        self._shown_account = self.account_id
        self._view.show_rows(self._rows(), is_other=other)

    def show_item(self, entity: str, item_id: str) -> None:
        self._view.bring_up(item_id)

    def entrance(self) -> QWidget | None:
        return self._view.front.rows_view

    def commands(self) -> tuple[Command, ...]:
        words, head, name = self._words, self.head, self.name
        add = Command(f"{name}.new", lambda: words.new, self.start_new, "Ins", "plus")
        find = Command(
            f"{name}.filter",
            lambda: _("Filter the rows of “{title}”").format(title=words.title),
            head.start_search,
            "Ctrl+F",
            "search",
        )
        details = Command(
            f"{name}.details",
            lambda: _("Details beside the table"),
            lambda: head.show_details(on=not head.is_details_shown),
            icon="panel-right",
            checkable=True,
            is_checked=lambda: head.is_details_shown,
        )
        closed = Command(
            f"{name}.closed",
            lambda: _("Show what is over"),
            lambda: head.show_closed(on=not head.is_closed_shown),
            icon="eye",
            checkable=True,
            is_checked=lambda: head.is_closed_shown,
        )
        columns = Command(
            f"{name}.columns", lambda: _("Columns to show"), head.open_columns, icon="columns-3"
        )
        other = Command(
            f"{name}.next_part",
            lambda: _("Next part of the page"),
            self._view.go_on,
            "F6",
        )
        offered = (
            (add, True),
            (find, True),
            (details, self.has_panel),
            (other, self.has_panel),
            (closed, words.closed is not None),
            (columns, bool(self._looks().rare)),
        )
        return tuple(command for command, is_there in offered if is_there)

    def state(self) -> dict[str, Any]:
        return self._view.state()

    def restore(self, state: Mapping[str, Any]) -> None:
        self._view.restore(state)

    @Slot()
    def start_new(self) -> None:
        """Ask for the name of a new row."""
        self._view.new_line.start()

    def _added(self, row_id: str) -> None:
        """Show the new row and be ready for the next."""
        self._view.awaited = row_id
        self._view.new_line.clear()
        self.edited.emit()
