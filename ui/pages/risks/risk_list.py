"""The risks and issues of an account; only their customer wording may ever be printed."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QWidget

from csdesk.actions.risks import add_risk, delete_risks, edit_risk
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import RiskKind, RiskStage
from csdesk.queries.accounts import Choice, member_choices
from csdesk.queries.risks import UNPRINTED_RISKS, RiskRow, risks_of
from ui.desk import Desk
from ui.pages.risks.relation_cells import (
    paint_customer,
    paint_pill,
    paint_scale,
    paint_score,
    paint_text,
    paint_title,
)
from ui.pages.risks.relation_list import RelationList, Verbs, people
from ui.pages.risks.risk_panel import RiskPanel
from ui.pages.risks.texts_panel import Texts, TextsPanel
from ui.pages.rows_head import RowsWords
from ui.pages.rows_view import RowsLooks
from ui.row_columns import term_column, text_column
from ui.tables import Column
from ui.widgets.edit_table import EditRowsModel
from ui.widgets.entries import Entry, EntryKind
from ui.widgets.group_header import customer_group, internal_group

_STAGES: dict[str, str] = {
    RiskStage.IDENTIFIED: "warning",
    RiskStage.PLAN_IN_PLACE: "accent",
    RiskStage.SAVING: "accent",
    RiskStage.RECOVERED: "good",
    RiskStage.LOST: "bad",
}
_KINDS: dict[str, str] = {RiskKind.ISSUE: "bad"}
_WIDTHS = {
    "title": 210,
    "kind": 78,
    "probability": 102,
    "impact": 102,
    "score": 70,
    "stage": 126,
    "owner": 110,
    "mitigation": 150,
    "reason": 150,
    "customer_wording": 190,
}
_LEAST = {
    "title": 150,
    "kind": 70,
    "probability": 92,
    "impact": 74,
    "score": 62,
    "stage": 108,
    "owner": 86,
    "mitigation": 110,
    "reason": 110,
    "customer_wording": 140,
}


class RiskList(RelationList):
    """Risks by their score, the highest on top."""

    name = "risks"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._members: list[Choice] = []
        words = RowsWords(
            title=_("Risks and issues"),
            new=_("Add risk"),
            new_hint=_("What may go wrong"),
            icon="triangle-alert",
            nothing=_("No risk noted yet"),
            purpose=_(
                "A risk may happen, an issue has happened. Rate how probable it is and how much "
                "it would hurt: what weighs most stands on top. All of it is internal but the "
                "wording for the customer."
            ),
            closed=lambda count: ngettext("{n} closed", "{n} closed", count).format(n=count),
            only_closed=_("No risk is open"),
            is_titled=False,
        )
        verbs = Verbs(
            add_risk,
            edit_risk,
            delete_risks,
            _("Add risk “{name}”"),
            _("Change risk “{name}”"),
            lambda n: ngettext("Delete {n} risk", "Delete {n} risks", n).format(n=n),
            lambda n: ngettext("{n} risk was deleted.", "{n} risks were deleted.", n).format(n=n),
        )
        super().__init__(desk, words, verbs, parent)

    def _make_model(self) -> EditRowsModel[RiskRow]:
        columns: list[Column[RiskRow]] = [
            text_column("title", _("Risk")),
            term_column("kind", _("Kind")),
            _scale("probability", _("Probability"), _("From 1, hardly, to 5, almost certain")),
            _scale("impact", _("Impact"), _("From 1, hardly felt, to 5, the account is at stake")),
            Column(
                "score",
                _("Score"),
                lambda row: "" if row.score is None else current().number(row.score),
                lambda row: row.score,
                hint=_("Probability times impact: 15 and more is high, 8 and more considerable"),
            ),
            term_column("stage", _("Stage")),
            text_column("owner", _("Owner")),
            text_column("reason", _("Reason")),
            text_column("mitigation", _("Mitigation")),
            text_column(
                "customer_wording",
                _("Wording"),
                _("The only part of a risk that a document for the customer may say"),
            ),
        ]
        internal = [column.key for column in columns[:-1]]
        return EditRowsModel(
            columns,
            self._entries(),
            self._store,
            self,
            entity="risk",
            groups=(internal_group(*internal), customer_group("customer_wording")),
        )

    def _entries(self) -> dict[str, Entry[RiskRow]]:
        entries: dict[str, Entry[RiskRow]] = {
            "title": Entry("title", EntryKind.TEXT, attrgetter("title")),
            "kind": Entry("kind", EntryKind.CHOICE, attrgetter("kind"), RiskKind),
            "stage": Entry("stage", EntryKind.CHOICE, attrgetter("stage"), RiskStage),
            "owner": Entry(
                "owner_id",
                EntryKind.NAME,
                attrgetter("owner_id"),
                choices=lambda _row: people(self._members),
            ),
        }
        for field in ("probability", "impact"):
            entries[field] = Entry(field, EntryKind.WHOLE, attrgetter(field))
        for field in ("reason", "mitigation", "customer_wording"):
            entries[field] = Entry(field, EntryKind.NOTE, attrgetter(field))
        return entries

    def _make_panel(self) -> TextsPanel:
        texts = Texts(
            ("title", _("Risk")),
            (("reason", _("Reason")), ("mitigation", _("Mitigation"))),
            (("customer_wording", _("Wording for the customer")),),
            printed_words,
        )
        return RiskPanel(self._desk, texts, self._store, self._all, self)

    def _all(self) -> Sequence[RiskRow]:
        return self._model.all_rows()

    def _looks(self) -> RowsLooks:
        paints = {
            "title": paint_title("title"),
            "kind": paint_pill("kind", _KINDS),
            "probability": paint_scale("probability"),
            "impact": paint_scale("impact"),
            "score": paint_score,
            "stage": paint_pill("stage", _STAGES),
            "customer_wording": paint_customer("customer_wording", lambda row: row.is_printed),
            **{field: paint_text(field) for field in ("owner", "reason", "mitigation")},
        }
        spare = ("mitigation", "kind", "owner", "customer_wording", "impact", "probability")
        return RowsLooks(paints, _WIDTHS, _LEAST, "title", spare, frozenset({"reason"}))

    def _rows(self) -> Sequence[RiskRow]:
        self._members = self._desk.read(member_choices)
        return self._desk.read(risks_of, self.account_id)


def printed_words(row: RiskRow) -> str:
    """Say what a document for the customer tells of a risk."""
    if row.is_printed:
        return _("The PDF for the customer says this, and nothing else of the risk.")
    if row.stage in UNPRINTED_RISKS:
        return _("Not in the PDF: the risk is over.")
    return _("Not in the PDF. What you write here may be said to the customer.")


def _scale(field: str, title: str, hint: str) -> Column[Any]:
    read = attrgetter(field)
    return Column(
        field,
        title,
        lambda row: "" if read(row) is None else current().number(read(row)),
        read,
        hint=hint,
    )
