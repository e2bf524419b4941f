"""The opportunities of an account: chances of growth, which never leave our own company."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QWidget

from csdesk.actions.opportunities import (
    add_opportunity,
    delete_opportunities,
    edit_opportunity,
)
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import OpportunityStage, OpportunityType
from csdesk.queries.risks import OpportunityRow, opportunities_of
from ui.desk import Desk
from ui.pages.risks.relation_cells import (
    paint_pill,
    paint_text,
    paint_title,
)
from ui.pages.risks.relation_list import RelationList, Verbs
from ui.pages.risks.texts_panel import Texts, TextsPanel
from ui.pages.rows_head import RowsWords
from ui.pages.rows_view import RowsLooks
from ui.row_columns import day_column, term_column, text_column
from ui.tables import Column
from ui.widgets.edit_table import EditRowsModel
from ui.widgets.entries import Entry, EntryKind
from ui.widgets.group_header import internal_group

_STAGES: dict[str, str] = {
    OpportunityStage.RAISED: "accent",
    OpportunityStage.QUOTED: "accent",
    OpportunityStage.WON: "good",
    OpportunityStage.LOST: "bad",
}
_WIDTHS = {
    "title": 220,
    "type": 116,
    "product": 130,
    "amount": 120,
    "stage": 150,
    "expected_on": 110,
    "note": 180,
}
_LEAST = {
    "title": 150,
    "type": 96,
    "product": 96,
    "amount": 104,
    "stage": 120,
    "expected_on": 104,
    "note": 110,
}


class OpportunityList(RelationList):
    """Opportunities by the day they are expected."""

    name = "opportunities"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = RowsWords(
            title=_("Opportunities"),
            new=_("Add opportunity"),
            new_hint=_("What the customer may want next"),
            icon="target",
            nothing=_("No opportunity noted yet"),
            purpose=_(
                "More seats, another product, a recommendation: what may come of this account, "
                "how much and when. Opportunities are always internal."
            ),
            closed=lambda count: ngettext("{n} closed", "{n} closed", count).format(n=count),
            only_closed=_("No opportunity is open"),
            is_titled=False,
        )
        verbs = Verbs(
            add_opportunity,
            edit_opportunity,
            delete_opportunities,
            _("Add opportunity “{name}”"),
            _("Change opportunity “{name}”"),
            lambda n: ngettext("Delete {n} opportunity", "Delete {n} opportunities", n).format(n=n),
            lambda n: ngettext(
                "{n} opportunity was deleted.", "{n} opportunities were deleted.", n
            ).format(n=n),
        )
        super().__init__(desk, words, verbs, parent)

    def first_values(self) -> dict[str, Any]:
        known = self._model.all_rows()
        own = current().usual_currency
        contracts = self._detail.contracts if self._detail else ()
        return {"currency": next((one.currency for one in (*known, *contracts)), own)}

    def fields_of(self, field: str, value: Any) -> dict[str, Any]:
        if field != "amount" or value is None:
            return {field: value}
        amount, currency = value
        return {"amount": amount, "currency": currency}

    def name_of(self, row: OpportunityRow) -> str:
        return row.title or row.product

    def _make_model(self) -> EditRowsModel[OpportunityRow]:
        columns: list[Column[OpportunityRow]] = [
            text_column("title", _("Opportunity")),
            term_column("type", _("Type")),
            text_column("product", _("Product")),
            Column(
                "amount",
                _("Amount"),
                lambda row: current().money(row.amount, row.currency),
                lambda row: row.amount,
                right=True,
                hint=_("Type it with its currency where it is another one: $5,000, 500万円, €1.2M"),
            ),
            term_column("stage", _("Stage")),
            day_column("expected_on", _("Expected on")),
            text_column("note", _("Note")),
        ]
        return EditRowsModel(
            columns,
            _entries(),
            self._store,
            self,
            entity="opportunity",
            groups=(internal_group(*(column.key for column in columns)),),
        )

    def _make_panel(self) -> TextsPanel:
        texts = Texts(("title", _("Opportunity")), (("note", _("Note")),))
        return TextsPanel(self._desk, "opportunity", texts, self._store, self)

    def _looks(self) -> RowsLooks:
        paints = {
            "title": paint_title("title"),
            "product": paint_text("product"),
            "note": paint_text("note"),
            "type": paint_pill("type", {}),
            "stage": paint_pill("stage", _STAGES),
        }
        spare = ("note", "product", "type", "expected_on")
        return RowsLooks(paints, _WIDTHS, _LEAST, "title", spare)

    def _rows(self) -> Sequence[OpportunityRow]:
        return self._desk.read(opportunities_of, self.account_id)


def _entries() -> dict[str, Entry[OpportunityRow]]:
    entries: dict[str, Entry[OpportunityRow]] = {
        field: Entry(field, EntryKind.TEXT, attrgetter(field)) for field in ("title", "product")
    }
    entries["type"] = Entry("type", EntryKind.CHOICE, attrgetter("type"), OpportunityType)
    entries["stage"] = Entry("stage", EntryKind.CHOICE, attrgetter("stage"), OpportunityStage)
    entries["expected_on"] = Entry("expected_on", EntryKind.DAY, attrgetter("expected_on"))
    entries["note"] = Entry("note", EntryKind.NOTE, attrgetter("note"))
    entries["amount"] = Entry(
        "amount",
        EntryKind.PRICE,
        lambda row: None if row.amount is None else (row.amount, row.currency),
        currency=attrgetter("currency"),
    )
    return entries
