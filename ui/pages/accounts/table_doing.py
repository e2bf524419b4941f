"""What one does with the accounts of the table: its bar, its menus, its forms and its commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from csdesk.exchange.shown_table import ShownTable
from csdesk.i18n import _
from csdesk.queries.portfolio import AccountRow
from ui.commands import Command, in_submenu
from ui.desk import Desk
from ui.grouped_tables import GroupedRowsModel
from ui.pages.account.from_afar import far_commands
from ui.pages.account.page_commands import TAB_NAMES
from ui.pages.accounts.account_menu import AccountMenu, FieldMenu, field_menus, tag_menus
from ui.pages.accounts.bulk_bar import BulkBar
from ui.pages.accounts.chosen import ChosenAccounts
from ui.pages.accounts.churn_form import ChurnForm
from ui.pages.accounts.doing import AccountsDoing
from ui.pages.accounts.shown import shown_accounts
from ui.pages.accounts.table_files import TableFiles
from ui.pages.accounts.tag_line import TagLine
from ui.widgets.choosing_table import ChoosingTable


class TableDoing(QObject):
    """Serves the accounts that are chosen in the table."""

    left = Signal()
    """What was open above the table is closed; the keyboard goes back to the rows."""

    def __init__(
        self,
        desk: Desk,
        model: GroupedRowsModel[AccountRow],
        table: ChoosingTable,
        today: dt.date,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._model = model
        self._table = table
        self._today = today
        self.chosen = ChosenAccounts(table)
        self.accounts = AccountsDoing(desk, self)
        self.bar = BulkBar(self.accounts, table)
        self.churn_form = ChurnForm(desk, page)
        self.tag_line = TagLine(self.accounts, page)
        self.files = TableFiles(desk, self.shown, page)
        self._fields = [
            FieldMenu(title, fill, self.accounts, self.chosen.rows, table)
            for title, fill in (*field_menus(), *tag_menus())
        ]
        self.menu = AccountMenu(
            self.accounts,
            self.chosen.rows,
            table,
            with_fields=True,
            further=(self._copy(), *self._exports()),
        )
        self._connect()

    @property
    def above(self) -> tuple[QWidget, ...]:
        """What opens above the table when it is asked for."""
        return self.churn_form, self.tag_line

    def shown(self) -> ShownTable:
        """Return the whole table as it is shown, rows of closed groups included."""
        return self._as_shown(self._model.rows())

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done with the accounts of the table."""
        doing, chosen = self.accounts, self.chosen
        with_chosen = (
            chosen.command_of_one("open", _open_words, self._open, "Return", heard=True),
            chosen.command_of_one(
                "duplicate", lambda: _("Duplicate"), doing.duplicate, "Ctrl+D", "copy"
            ),
            *(self._field(number, menu) for number, menu in enumerate(self._fields)),
            chosen.command_of_any(
                "archive", lambda: _("Archive"), doing.archive, "archive", chosen.to_archive
            ),
            chosen.command_of_any(
                "bring_back",
                lambda: _("Bring back from the archive"),
                doing.bring_back,
                "archive-restore",
                chosen.archived,
            ),
            chosen.command_of_one(
                "churn", lambda: _("Note churn…"), doing.ask_churn, None, "unplug"
            ),
            Command(
                "accounts.win_back",
                lambda: _("Win back"),
                partial(chosen.with_one, doing.win_back),
                icon="handshake",
                is_enabled=chosen.has_left,
            ),
            Command(
                "accounts.delete",
                lambda: _("Delete"),
                partial(chosen.with_all, doing.delete),
                "Del",
                "trash-2",
                is_enabled=chosen.is_any,
                heard=True,
            ),
        )
        return (
            *in_submenu(lambda: _("Chosen accounts"), with_chosen),
            self._copy(),
            *self._exports(),
            Command("accounts.next_part", lambda: _("Next part of the page"), self._go_on, "F6"),
        )

    def further(self) -> tuple[Command, ...]:
        """Return what can be done in the tabs of the one account that is chosen."""
        row = self.chosen.alone()
        return far_commands(self.accounts.desk, row, TAB_NAMES, from_outside=True)

    @Slot(QPoint)
    def open_menu(self, place: QPoint) -> None:
        """Open the menu of the chosen accounts at a place of the screen."""
        if self.menu.isHidden() and self.chosen.is_any():
            self.menu.popup(place)

    @Slot(list)
    def delete(self, account_ids: Sequence[str]) -> None:
        """Delete accounts of the table."""
        wanted = set(account_ids)
        self.accounts.delete([row for row in self._model.all_rows() if row.id in wanted])

    def _connect(self) -> None:
        self._table.copy_as(self._as_shown)
        self._table.menu_asked.connect(self.open_menu)
        self._table.delete_asked.connect(self.delete)
        self.accounts.churn_asked.connect(self.churn_form.start)
        self.accounts.tag_asked.connect(self.tag_line.start_for)
        for closed in (self.bar.left, self.churn_form.closed, self.tag_line.closed):
            closed.connect(self.left)

    def _as_shown(self, rows: Sequence[AccountRow]) -> ShownTable:
        columns = [self._model.columns[number] for number in self._table.visible_columns()]
        groups = None
        if self._model.is_grouped:
            heads = (self._model.head_at(place) for place in self._model.head_places())
            group_of = {row.id: head.title for head in heads if head for row in head.rows}
            groups = (_("Group"), [group_of.get(row.id, "") for row in rows])
        return shown_accounts(columns, rows, self._today, groups=groups)

    def _open(self, row: AccountRow) -> None:
        self._table.opened.emit(row.id)

    def _go_on(self) -> None:
        """Lead the keyboard from the rows to the bar of the chosen ones, and back."""
        if self._table.hasFocus() and not self.bar.isHidden():
            self.bar.enter()
        else:
            self.left.emit()

    def _open_field(self, menu: FieldMenu) -> None:
        menu.popup(self._table.menu_place())

    def _field(self, number: int, menu: FieldMenu) -> Command:
        """Make the command that opens the menu of a field."""
        chosen = self.chosen
        names = ("owner", "phase", "touch_model", "segment", "add_tag", "remove_tag")
        return Command(
            f"accounts.set_{names[number]}",
            lambda: _("{field} of the chosen accounts…").format(field=menu.title()),
            partial(self._open_field, menu),
            is_enabled=chosen.has_tags if names[number] == "remove_tag" else chosen.is_any,
        )

    def _copy(self) -> Command:
        run = self._table.copy_rows
        return Command(
            "accounts.copy",
            lambda: _("Copy as a table"),
            run,
            "Ctrl+C",
            "table-2",
            is_enabled=self._shows_any,
            heard=True,
        )

    def _shows_any(self) -> bool:
        return bool(self._model.rowCount())

    def _exports(self) -> tuple[Command, ...]:
        return (
            Command(
                "accounts.export_xlsx",
                lambda: _("Export what is shown as a workbook…"),
                self.files.export_xlsx,
                icon="file-spreadsheet",
                is_enabled=self._shows_any,
            ),
            Command(
                "accounts.export_csv",
                lambda: _("Export what is shown as CSV…"),
                self.files.export_csv,
                icon="file-down",
                is_enabled=self._shows_any,
            ),
        )


def _open_words() -> str:
    return _("Open")
