"""The accounts: figures on top, one table below, and a line to add another account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.accounts import add_account, delete_accounts
from csdesk.i18n import _, current, ngettext
from csdesk.queries.portfolio import AccountRow, portfolio_rows
from csdesk.store.touching import Change
from ui.desk import Desk
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
from ui.pages.page import Page
from ui.tables import RowsModel
from ui.widgets.empty_state import EmptyState
from ui.widgets.new_line import NewLine
from ui.widgets.row_table import RowTable

MANY = 300
"""Touched accounts above which reading all of them again is the shorter way."""


class AccountsPage(Page):
    """Every account in one table, with what a CSM has to know of each."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._today = dt.datetime.now().astimezone().date()
        self._build()
        self._connect()
        self.refresh()

    @property
    def model(self) -> RowsModel[AccountRow]:
        """The rows of the table."""
        return self._model

    @property
    def table(self) -> RowTable:
        """The table."""
        return self._table

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

    @Slot(list)
    def delete(self, account_ids: list[str]) -> None:
        """Delete accounts with all that belongs to them, and offer to undo it."""
        names = [row.name for row in self._model.rows() if row.id in set(account_ids)]
        if len(names) == 1:
            label = _("Delete {name}").format(name=names[0])
            said = _("{name} was deleted.").format(name=names[0])
        else:
            count = len(account_ids)
            label = ngettext("Delete {n} account", "Delete {n} accounts", count).format(n=count)
            said = ngettext("{n} account was deleted.", "{n} accounts were deleted.", count).format(
                n=count
            )
        if self._desk.write(label, delete_accounts, account_ids) is not None:
            self._desk.offer_undo(said)

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Read again what was touched, and only that."""
        # The names of segments and members stand in many rows.
        if change.touches("segment", "member") or len(change.accounts) > MANY:
            self.refresh()
        elif change.accounts:
            touched = sorted(change.accounts)
            rows = self._desk.read(portfolio_rows, today=self._today, account_ids=touched)
            self._model.update_rows(touched, rows)
            self._show_figures()
        if self._awaited and self._model.place_of(self._awaited) >= 0:
            self._table.choose(self._awaited)
            self._awaited = ""

    @Slot()
    def start_filter(self) -> None:
        """Put the cursor into the filter field."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    @Slot(str)
    def _on_opened(self, account_id: str) -> None:
        self._desk.show("account", account_id)

    @Slot()
    def _on_import(self) -> None:
        self._desk.command_asked.emit("file.import")

    @Slot()
    def _on_line_closed(self) -> None:
        self._show_right_part()
        self._table.setFocus()

    @Slot()
    def _show_right_part(self) -> None:
        """Show the table, or what to do where there is nothing in it."""
        shown, total = self._model.rowCount(), self._model.total
        if total == 0:
            self._parts.setCurrentWidget(self._nothing)
        else:
            self._parts.setCurrentWidget(self._table if shown else self._no_match)
        self._figures.setVisible(total > 0)
        self._filter.setVisible(total > 0)
        count = current().number(shown)
        if shown != total:
            count = _("{shown} of {total}").format(shown=count, total=current().number(total))
        self._count.setText(count)

    def _show_figures(self) -> None:
        self._figures.show_rows(self._model.all_rows())
        self._desk.counts_changed.emit(
            ngettext("{n} account", "{n} accounts", self._model.total).format(
                n=current().number(self._model.total)
            )
        )

    def _build(self) -> None:
        self._awaited = ""
        columns = account_columns(self._today)
        self._model = RowsModel(columns, searched_text, self)
        look = self._desk.look
        self._figures = AccountsFigures(self._today, self)
        self._new_line = NewLine(
            _("New account"), _("Name of the company, as it stands on the contract"), self
        )
        card = QFrame(self)
        card.setProperty("kind", "card")
        self._table = RowTable(
            look,
            self._model,
            account_paints(self._today),
            account_widths(columns, self.font()),
            ELASTIC,
            least=least_account_widths(columns, self.font()),
        )
        self._table.setAccessibleName(_("Accounts"))
        self.setFocusProxy(self._table)
        self._table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._nothing = self._empty_state()
        self._no_match = EmptyState(
            look, "search", _("No account matches"), _("Change the filter or clear it."), ()
        )
        self._parts = QStackedWidget(card)
        for part in (self._table, self._nothing, self._no_match):
            self._parts.addWidget(part)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._parts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 14)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self._figures)
        layout.addWidget(self._new_line)
        layout.addWidget(card, 1)
        find = QAction(self)
        find.setShortcut("Ctrl+F")
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self.start_filter)
        self.addAction(find)

    def _head(self) -> QHBoxLayout:
        title = QLabel(_("Accounts"), self)
        title.setProperty("kind", "title")
        self._count = QLabel(self)
        self._count.setProperty("kind", "pill")
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText(_("Filter the table…"))
        self._filter.setAccessibleName(_("Filter the table"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setMinimumWidth(240)
        self._import = QPushButton(_("Import…"), self)
        self._new = QPushButton(_("New account"), self)
        self._new.setIcon(icon(self._desk.look, "plus", "text"))
        self._new.setIconSize(QSize(16, 16))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self._filter)
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
        self._figures.filter_changed.connect(self._model.set_filter)
        self._filter.textChanged.connect(self._model.set_search)
        self._new_line.entered.connect(self.add)
        self._new_line.closed.connect(self._on_line_closed)
        self._new.clicked.connect(self.new_account)
        self._import.clicked.connect(self._on_import)
        self._table.opened.connect(self._on_opened)
        self._table.delete_asked.connect(self.delete)

    def refresh(self) -> None:
        rows = self._desk.read(portfolio_rows, today=self._today)
        if self._model.total:
            self._model.show_rows(rows)  # what is chosen stays chosen, and the table where it is
        else:
            self._model.set_rows(rows)
        self._show_figures()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"accounts.new": self.new_account}

    def state(self) -> dict[str, Any]:
        chosen = self._table.chosen_ids()
        return {
            "columns": self._table.layout_state(),
            "filter": self._filter.text(),
            "chosen": chosen[0] if chosen else "",
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self._table.restore_layout(str(state.get("columns", "")))
        self._filter.setText(str(state.get("filter", "")))
        self._table.choose(str(state.get("chosen", "")))
