"""The accounts: figures on top, one table below, and a line to add another account.

How the table is looked at (filter, groups, columns, saved views) is the business of its
ViewControl; this page keeps the rows up to date and does things with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.accounts import add_account
from csdesk.i18n import _, current, ngettext
from csdesk.insight.account_view import AccountFilter, view_of
from csdesk.progress import Progress
from csdesk.queries.portfolio import AccountRow, portfolio_rows
from csdesk.queries.portfolio_history import ArrHistory, arr_history
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.grouped_tables import GroupedRowsModel
from ui.icons import icon
from ui.pages.accounts.cells import account_paints
from ui.pages.accounts.figures import AccountsFigures
from ui.pages.accounts.table import (
    ELASTIC,
    account_columns,
    account_widths,
    least_account_widths,
    searched_text,
)
from ui.pages.accounts.table_doing import TableDoing
from ui.pages.accounts.view_commands import view_commands
from ui.pages.accounts.view_control import ViewControl
from ui.pages.page import Page
from ui.widgets.empty_state import EmptyState
from ui.widgets.grouped_table import GroupedTable
from ui.widgets.new_line import NewLine

MANY = 300
"""Touched accounts above which reading all of them again is the shorter way."""

ADDING_DELAY = 60
"""Milliseconds after which the figures follow: never between a key and the painted table."""

HISTORY_DELAY = 300
"""Milliseconds after which the figures' past is worked out, once nothing changes any more."""


class AccountsPage(Page):
    """Every account in one table, with what a CSM has to know of each."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._today = dt.datetime.now().astimezone().date()
        self._awaited = ""
        self._history: ArrHistory | None = None
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
        return self._figures

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

    def add_above_table(self, widget: QWidget) -> None:
        """Put a bar between the filter and the table, such as what to do with chosen rows."""
        self._above.addWidget(widget)

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
            self._adding.start()
        if change.touches("saved_view", "member"):
            self._control.views.reload()
        if change.touches("contract", "churn_event", "account"):
            self._looking_back.start()
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

    @Slot(str)
    def _on_opened(self, account_id: str) -> None:
        self._desk.show("account", account_id)

    @Slot()
    def _on_import(self) -> None:
        self._desk.command_asked.emit("file.import")

    @Slot()
    def _on_clear(self) -> None:
        self._control.bar.clear_filter()
        self.start_table()

    @Slot()
    def _on_line_closed(self) -> None:
        self._show_right_part()
        self.start_table()

    @Slot()
    def _show_right_part(self) -> None:
        """Show the table, or what to do where there is nothing in it."""
        shown, total = len(self._model.rows()), self._model.total
        if total == 0:
            self._parts.setCurrentWidget(self._nothing)
        else:
            self._parts.setCurrentWidget(self._table if shown else self._no_match)
        self._figures.setVisible(total > 0)
        self._tools.setVisible(total > 0)
        count = current().number(shown)
        if shown != total:
            count = _("{shown} of {total}").format(shown=count, total=current().number(total))
        self._count.setText(count)

    @Slot()
    def _on_filtered(self) -> None:
        self._figures.show_counted(self._control.filter.values("counted"))
        self._adding.start()

    @Slot()
    def _look_back(self) -> None:
        """Work the figures' past out on a worker: nobody waits for it."""
        task = self._desk.drawing.prepare(_("Working out the past"), self._past)
        task.succeeded.connect(self._on_past)
        self._desk.drawing.start(task)

    def _past(self, progress: Progress) -> ArrHistory:
        return self._desk.read(arr_history, today=self._today)

    @Slot(object)
    def _on_past(self, history: ArrHistory) -> None:
        self._history = history
        self._show_past()

    def _show_past(self) -> None:
        if self._history is not None:
            ids = [row.id for row in self._control.past_rows()]
            self._figures.show_history(self._history, ids)

    @Slot()
    def _show_figures(self) -> None:
        self._figures.show_rows(self._control.counted_rows())
        self._show_past()
        self._desk.counts_changed.emit(
            ngettext("{n} account", "{n} accounts", self._model.total).format(
                n=current().number(self._model.total)
            )
        )

    def _build(self) -> None:
        self._adding, self._looking_back = QTimer(self), QTimer(self)
        self._adding.setInterval(ADDING_DELAY)
        self._looking_back.setInterval(HISTORY_DELAY)
        columns = account_columns(self._today)
        self._model = GroupedRowsModel(columns, searched_text, self)
        look = self._desk.look
        self._figures = AccountsFigures(look, self._today, self)
        self._new_line = NewLine(
            _("New account"), _("Name of the company, as it stands on the contract"), self
        )
        self._table = GroupedTable(
            look,
            self._model,
            account_paints(self._today),
            account_widths(columns, self.font()),
            ELASTIC,
            least=least_account_widths(columns, self.font()),
        )
        self._table.setAccessibleName(_("Accounts"))
        self.setFocusProxy(self._table)
        self._tools = QWidget(self)
        self._control = ViewControl(self._desk, self._model, self._table, self._today, self)
        tools = self._control.tools()
        tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setLayout(tools)
        card = self._card()
        self._above = QVBoxLayout()
        self._doing = TableDoing(self._desk, self._model, self._table, self._today, self)
        for widget in self._doing.above:
            self.add_above_table(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 14)
        layout.setSpacing(11)
        layout.addLayout(self._head())
        layout.addWidget(self._figures)
        layout.addWidget(self._new_line)
        layout.addWidget(self._control.views.line)
        layout.addWidget(self._tools)
        layout.addLayout(self._above)
        layout.addWidget(card, 1)

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("kind", "card")
        self._nothing = self._empty_state()
        clear = QAction(self)
        clear.triggered.connect(self._on_clear)
        self._no_match = EmptyState(
            self._desk.look,
            "search",
            _("No account matches"),
            _("No account is let through by what you typed and the filters you chose."),
            ((_("Clear filters"), clear),),
        )
        self._parts = QStackedWidget(card)
        for part in (self._table, self._nothing, self._no_match):
            self._parts.addWidget(part)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._parts)
        return card

    def _head(self) -> QHBoxLayout:
        title = QLabel(_("Accounts"), self)
        title.setProperty("kind", "title")
        self._count = QLabel(self)
        self._count.setProperty("kind", "pill")
        self._import = QPushButton(_("Import…"), self)
        self._new = QPushButton(_("New account"), self)
        self._new.setIcon(icon(self._desk.look, "plus", "text"))
        self._new.setIconSize(QSize(16, 16))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self._control.views.button, 0)
        head.addWidget(self._import)
        head.addWidget(self._new)
        return head

    def _empty_state(self) -> EmptyState:
        new = QAction(self)
        new.triggered.connect(self.new_account)
        bring = QAction(self)
        bring.triggered.connect(self._on_import)
        return EmptyState(
            self._desk.look,
            "building-2",
            _("Your accounts will stand here"),
            _(
                "An account is a customer company: its contracts, its people, its success plan "
                "and its KPIs. Add the first by name, or import the spreadsheet you have."
            ),
            ((_("New account"), new), (_("Import a spreadsheet…"), bring)),
        )

    def _connect(self) -> None:
        self._desk.changed.connect(self.on_changed)
        self._model.shown_changed.connect(self._show_right_part)
        self._figures.counted_chosen.connect(self._control.show_counted)
        self._control.filtered.connect(self._on_filtered)
        self._control.bar.left_down.connect(self._on_line_closed)
        self._control.views.line.closed.connect(self._on_line_closed)
        for timer, run in (
            (self._adding, self._show_figures),
            (self._looking_back, self._look_back),
        ):
            timer.setSingleShot(True)
            timer.timeout.connect(run)
        self._new_line.entered.connect(self.add)
        self._new_line.closed.connect(self._on_line_closed)
        self._new.clicked.connect(self.new_account)
        self._import.clicked.connect(self._on_import)
        self._table.opened.connect(self._on_opened)
        self._doing.accounts.added.connect(self.await_account)
        self._doing.left.connect(self._on_line_closed)

    def refresh(self) -> None:
        rows = self._desk.read(portfolio_rows, today=self._today)
        if self._model.total:
            self._model.show_rows(rows)  # what is chosen stays chosen, and the table where it is
        else:
            self._model.set_rows(rows)
        self._show_figures()
        self._looking_back.start()

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

    def state(self) -> dict[str, Any]:
        chosen = self._table.chosen_ids()
        return {**self._control.state(), "chosen": chosen[0] if chosen else ""}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._control.restore(state)
        self._table.choose(str(state.get("chosen", "")))
