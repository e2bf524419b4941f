"""The accounts: figures on top, one table below, and a line to add another account.

How the table is looked at (filter, groups, columns, saved views) is the business of its
ViewControl; this page keeps the rows up to date and does things with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.accounts import add_account
from csdesk.i18n import _
from csdesk.insight.account_view import AccountFilter, view_of
from csdesk.queries.portfolio import AccountRow, portfolio_rows
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.grouped_tables import GroupedRowsModel
from ui.pages.accounts.cells import account_paints
from ui.pages.accounts.figures import AccountsFigures
from ui.pages.accounts.head import AccountsHead
from ui.pages.accounts.live_figures import LiveFigures
from ui.pages.accounts.table import (
    ELASTIC,
    FIRST_TO_GO,
    account_columns,
    account_widths,
    least_account_widths,
    searched_text,
)
from ui.pages.accounts.table_card import TableCard
from ui.pages.accounts.table_doing import TableDoing
from ui.pages.accounts.view_commands import view_commands
from ui.pages.accounts.view_control import ViewControl
from ui.pages.page import Page
from ui.widgets.grouped_table import GroupedTable
from ui.widgets.new_line import NewLine
from ui.widgets.row_table import TableLooks
from ui.widgets.tab_order import in_order

MANY = 300
"""Touched accounts above which reading all of them again is the shorter way."""


class AccountsPage(Page):
    """Every account in one table, with what a CSM has to know of each."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._today = dt.datetime.now().astimezone().date()
        self._awaited = ""
        self._build()
        self._connect()
        self.refresh()

    @property
    def model(self) -> GroupedRowsModel[AccountRow]:
        """The rows of the table."""
        return self._model

    @property
    def table(self) -> GroupedTable:
        """The table."""
        return self._table

    @property
    def control(self) -> ViewControl:
        """How the table is looked at."""
        return self._control

    @property
    def doing(self) -> TableDoing:
        """What is done with the accounts chosen in the table."""
        return self._doing

    @property
    def figures(self) -> AccountsFigures:
        """The figures above the table."""
        return self._live.cards

    @Slot()
    def new_account(self) -> None:
        """Ask for the name of a new account, in a line above the table."""
        self._new_line.start()
        self._show_right_part()

    @Slot(str)
    def add(self, name: str) -> None:
        """Add an account, choose it, and be ready for the next."""
        step = self._desk.write(_("Add {name}").format(name=name), add_account, name)
        if step is not None:
            self._awaited = step.result
            self._new_line.clear()

    @Slot(str)
    def await_account(self, account_id: str) -> None:
        """Choose an account as soon as it is in the table."""
        self._awaited = account_id

    def show_filter(self, wanted: AccountFilter) -> None:
        """Show the accounts a filter lets through, with the columns as they are."""
        self._control.set_filter(wanted)

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Read again what was touched, and only that."""
        # The names of segments and members stand in many rows.
        if change.touches("segment", "member") or len(change.accounts) > MANY:
            self.refresh()
            self._control.refresh_names()
        elif change.accounts:
            touched = sorted(change.accounts)
            rows = self._desk.read(portfolio_rows, today=self._today, account_ids=touched)
            self._model.update_rows(touched, rows)
        if change.touches("saved_view", "member"):
            self._control.views.reload()
        self._live.follow(change)
        if self._awaited and self._model.place_of(self._awaited) >= 0:
            self._table.choose(self._awaited)
            self._awaited = ""

    @Slot()
    def start_filter(self) -> None:
        """Put the cursor into the filter field."""
        self._control.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._control.bar.field.selectAll()

    @Slot()
    def start_table(self) -> None:
        """Let the keyboard work in the table, in a row of it."""
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._table.currentIndex().isValid() and self._model.rowCount():
            self._table.setCurrentIndex(self._model.index(0, 0))

    @Slot()
    def _on_line_closed(self) -> None:
        self._show_right_part()
        self.start_table()

    @Slot()
    def _show_right_part(self) -> None:
        """Show the table, or what to do where there is nothing in it."""
        shown, total = len(self._model.rows()), self._model.total
        self._card.show_part(shown, total)
        self._head.show_count(shown, total)
        self._live.cards.setVisible(total > 0)
        self._tools.setVisible(total > 0)

    def _build(self) -> None:
        columns = account_columns(self._today)
        self._model = GroupedRowsModel(columns, searched_text, self)
        look = self._desk.look
        self._new_line = NewLine(
            _("New account"), _("Name of the company, as it stands on the contract"), self
        )
        looks = TableLooks(
            account_paints(self._today),
            account_widths(columns, self.font()),
            ELASTIC,
            least_account_widths(columns, self.font()),
            FIRST_TO_GO,
        )
        self._table = GroupedTable(look, self._model, looks)
        self._table.setAccessibleName(_("Accounts"))
        self._tools = QWidget(self)
        self._control = ViewControl(self._desk, self._model, self._table, self._today, self)
        tools = self._control.tools()
        tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setLayout(tools)
        self._live = LiveFigures(self._desk, self._model, self._control, self._today, self)
        self._card = TableCard(look, self._table, self)
        self._head = AccountsHead(look, self._control.views.button, self)
        self._doing = TableDoing(self._desk, self._model, self._table, self._today, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 14)
        layout.setSpacing(11)
        line = self._control.views.line
        above = (self._head, self._live.cards, self._new_line, line, self._tools)
        for part in (*above, *self._doing.above):
            layout.addWidget(part)
        layout.addWidget(self._card, 1)
        in_order((*above, self._table))

    def _connect(self) -> None:
        self._desk.changed.connect(self.on_changed)
        self._model.shown_changed.connect(self._show_right_part)
        self._control.bar.left_down.connect(self._on_line_closed)
        self._control.views.line.closed.connect(self._on_line_closed)
        self._new_line.entered.connect(self.add)
        self._new_line.closed.connect(self._on_line_closed)
        for part in (self._head, self._card):
            part.new_asked.connect(self.new_account)
            part.import_asked.connect(partial(self._desk.command_asked.emit, "file.import"))
        self._card.clear_asked.connect(self._control.bar.clear_filter)
        self._card.clear_asked.connect(self.start_table)
        self._table.opened.connect(partial(self._desk.show, "account"))
        self._doing.accounts.added.connect(self.await_account)
        self._doing.left.connect(self._on_line_closed)

    def entrance(self) -> QWidget | None:
        return self._card.front

    def refresh(self) -> None:
        rows = self._desk.read(portfolio_rows, today=self._today)
        if self._model.total:
            self._model.show_rows(rows)  # what is chosen stays chosen, and the table where it is
        else:
            self._model.set_rows(rows)
        self._live.read()

    def show_item(self, entity: str, item_id: str) -> None:
        """Show a saved view, or accounts filtered as `item_id` says.

        For "account_filter" that is the id of a view of the program's own, such as "renewals", or
        a view as csdesk.insight.account_view writes it.
        """
        if entity == "saved_view" or item_id in self._control.views.names():
            self._control.views.choose(item_id)
        elif entity == "account_filter":
            self._control.set_filter(view_of(item_id).filter)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"accounts.new": self.new_account}

    def commands(self) -> tuple[Command, ...]:
        find = Command(
            "accounts.filter", lambda: _("&Filter the table"), self.start_filter, "Ctrl+F", "search"
        )
        looking = view_commands(self._control, self.start_table)
        return (find, *self._doing.commands(), *looking)

    def further(self) -> tuple[Command, ...]:
        return self._doing.further()

    def state(self) -> dict[str, Any]:
        chosen = self._table.chosen_ids()
        return {**self._control.state(), "chosen": chosen[0] if chosen else ""}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._control.restore(state)
        self._table.choose(str(state.get("chosen", "")))
