"""The tab of an account's contracts."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from csdesk.actions.contracts import add_contract, delete_contracts
from csdesk.actions.rows import change_row
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import ContractStatus, label_of
from csdesk.queries.accounts import ContractRow
from ui.desk import Desk
from ui.pages.rows_head import RowsWords
from ui.pages.rows_section import RowsSection
from ui.pages.rows_view import RowsLooks
from ui.row_columns import day_column, name_column, term_column
from ui.tables import Column
from ui.widgets.cells import Ink
from ui.widgets.edit_table import EditRowsModel
from ui.widgets.entries import Entry, EntryKind

_WIDTHS = {
    "product": 180,
    "plan_name": 110,
    "status": 94,
    "start_on": 104,
    "renewal_on": 104,
    "notice_on": 110,
    "auto_renew": 144,
    "seats": 66,
    "mrr": 106,
    "currency": 84,
    "arr": 112,
}
_LEAST = {"product": 120, "plan_name": 98, "status": 84, "seats": 62, "mrr": 92, "arr": 98}
_TONES: dict[str, str] = {
    ContractStatus.RUNNING: "good",
    ContractStatus.UPCOMING: "accent",
    ContractStatus.ENDED: "neutral",
}


class ContractsSection(RowsSection):
    """The subscriptions of an account; ARR is twelve times the MRR."""

    name = "contracts"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = RowsWords(
            title=_("Contracts"),
            new=_("Add contract"),
            new_hint=_("Product"),
            icon="file-text",
            nothing=_("No contract yet"),
            purpose=_(
                "A contract has a start, a renewal date and a monthly amount. ARR and the days "
                "until the renewal come from here."
            ),
        )
        super().__init__(desk, words, parent)

    @Slot(str)
    def add(self, name: str) -> None:
        """Add a contract about a product."""
        known = self._rows()
        currency = known[-1].currency if known else current().usual_currency
        label = _("Add contract “{product}”").format(product=name)
        step = self._desk.write(
            label, add_contract, self.account_id, product=name, currency=currency
        )
        if step is not None:
            self._added(step.result)

    @Slot(list)
    def delete(self, row_ids: list[str]) -> None:
        """Delete contracts and offer to undo it."""
        count = len(row_ids)
        label = ngettext("Delete {n} contract", "Delete {n} contracts", count).format(n=count)
        if self._desk.write(label, delete_contracts, row_ids) is not None:
            said = ngettext("{n} contract was deleted.", "{n} contracts were deleted.", count)
            self._desk.offer_undo(said.format(n=count))
            self.edited.emit()

    def _store(self, row: ContractRow, field: str, value: Any) -> bool:
        label = _("Change contract “{product}”").format(product=row.product)
        if field == "currency":
            value = str(value).strip().upper()
        fields = {field: value}
        done = self._desk.write(label, change_row, "contract", row.id, fields) is not None
        self.edited.emit()
        return done

    def _make_model(self) -> EditRowsModel[ContractRow]:
        columns: list[Column[ContractRow]] = [
            name_column("product", _("Product")),
            name_column("plan_name", _("Price plan")),
            term_column("status", _("Status")),
            day_column("start_on", _("Start")),
            day_column("renewal_on", _("Renewal")),
            day_column("notice_on", _("Notice until")),
            Column(
                "auto_renew",
                _("Renews by itself"),
                lambda row: (
                    "" if row.auto_renew is None else _("yes") if row.auto_renew else _("no")
                ),
                lambda row: row.auto_renew,
            ),
            Column(
                "seats",
                _("Seats"),
                lambda row: "" if row.seats is None else current().number(row.seats),
                lambda row: row.seats,
                right=True,
            ),
            Column(
                "mrr",
                _("MRR"),
                lambda row: current().money(row.mrr, row.currency),
                lambda row: row.mrr,
                right=True,
                hint=_("Monthly recurring revenue"),
            ),
            name_column("currency", _("Currency")),
            Column(
                "arr",
                _("ARR"),
                lambda row: current().money(row.mrr * 12 if row.mrr else row.mrr, row.currency),
                lambda row: row.mrr,
                right=True,
                hint=_("Twelve times the MRR"),
            ),
        ]
        return EditRowsModel(columns, _entries(), self._store, self, entity="contract")

    def _looks(self) -> RowsLooks:
        paints = {"status": _paint_status, "product": _paint_product}
        return RowsLooks(paints, _WIDTHS, _LEAST, "product")

    def _rows(self) -> Sequence[ContractRow]:
        return self._detail.contracts if self._detail else ()


def _entries() -> dict[str, Entry[ContractRow]]:
    """Return how the columns are edited."""
    entries: dict[str, Entry[ContractRow]] = {
        name: Entry(name, kind, attrgetter(name))
        for name, kind in (
            ("product", EntryKind.TEXT),
            ("plan_name", EntryKind.TEXT),
            ("start_on", EntryKind.DAY),
            ("renewal_on", EntryKind.DAY),
            ("notice_on", EntryKind.DAY),
            ("auto_renew", EntryKind.FLAG),
            ("seats", EntryKind.WHOLE),
            ("currency", EntryKind.TEXT),
        )
    }
    entries["status"] = Entry("status", EntryKind.CHOICE, lambda row: row.status, ContractStatus)
    entries["mrr"] = Entry(
        "mrr", EntryKind.MONEY, lambda row: row.mrr, currency=lambda row: row.currency
    )
    return entries


def _paint_product(ink: Ink, painter: QPainter, rect: QRect, row: ContractRow) -> None:
    ink.text(painter, rect, row.product, font=ink.bold)


def _paint_status(ink: Ink, painter: QPainter, rect: QRect, row: ContractRow) -> None:
    if row.status:
        ink.pill(painter, rect, label_of(row.status), _TONES.get(str(row.status), "neutral"))
