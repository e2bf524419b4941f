"""What the customer told us and what became of it: “you said” and “we did” alone are printed."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtWidgets import QWidget

from csdesk.actions.feedback import add_feedback, delete_feedback, edit_feedback
from csdesk.i18n import _, ngettext
from csdesk.model.vocabulary import FeedbackKind, FeedbackState
from csdesk.queries.accounts import Choice, contact_choices
from csdesk.queries.risks import GivenFeedback, feedback_of
from ui.desk import Desk
from ui.pages.risks.relation_cells import (
    paint_customer,
    paint_pill,
    paint_text,
    paint_title,
)
from ui.pages.risks.relation_list import RelationList, Verbs, people
from ui.pages.risks.texts_panel import Texts, TextsPanel
from ui.pages.rows_head import RowsWords
from ui.pages.rows_view import RowsLooks
from ui.row_columns import day_column, term_column, text_column
from ui.tables import Column
from ui.widgets.edit_table import EditRowsModel
from ui.widgets.entries import Entry, EntryKind
from ui.widgets.group_header import customer_group, internal_group

_STATES: dict[str, str] = {
    FeedbackState.NEW: "warning",
    FeedbackState.PASSED_ON: "accent",
    FeedbackState.ANSWERED: "accent",
    FeedbackState.DONE: "good",
}
_KINDS: dict[str, str] = {
    FeedbackKind.COMPLAINT: "bad",
    FeedbackKind.PROBLEM: "warning",
    FeedbackKind.PRAISE: "good",
}
_CUSTOMER = ("customer_wording", "customer_answer")
_WIDTHS = {
    "text": 200,
    "kind": 104,
    "contact": 110,
    "product_area": 110,
    "state": 100,
    "sent_to": 104,
    "answered_on": 104,
    "told_customer_on": 110,
    "customer_wording": 150,
    "customer_answer": 150,
}
_LEAST = {
    "text": 140,
    "kind": 100,
    "contact": 84,
    "product_area": 84,
    "state": 88,
    "sent_to": 84,
    "answered_on": 104,
    "told_customer_on": 104,
    "customer_wording": 110,
    "customer_answer": 110,
}


class FeedbackList(RelationList):
    """Feedback by how far it is, what is new on top."""

    name = "feedback"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._contacts: list[Choice] = []
        words = RowsWords(
            title=_("Feedback"),
            new=_("Add feedback"),
            new_hint=_("What they said, in their words"),
            icon="message-square",
            nothing=_("No feedback noted yet"),
            purpose=_(
                "Note what the customer wishes, praises or complains of, whom you passed it on to "
                "and what came of it. “You said” and “we did” are for the customer's document."
            ),
            closed=lambda count: ngettext("{n} closed", "{n} closed", count).format(n=count),
            only_closed=_("No feedback is open"),
            is_titled=False,
        )
        verbs = Verbs(
            add_feedback,
            edit_feedback,
            delete_feedback,
            _("Add feedback “{name}”"),
            _("Change feedback “{name}”"),
            lambda n: ngettext(
                "Delete {n} piece of feedback", "Delete {n} pieces of feedback", n
            ).format(n=n),
            lambda n: ngettext(
                "{n} piece of feedback was deleted.", "{n} pieces of feedback were deleted.", n
            ).format(n=n),
        )
        super().__init__(desk, words, verbs, parent)

    def name_of(self, row: GivenFeedback) -> str:
        return row.text

    def _make_model(self) -> EditRowsModel[GivenFeedback]:
        columns: list[Column[GivenFeedback]] = [
            text_column("text", _("Feedback")),
            term_column("kind", _("Kind")),
            text_column("contact", _("From whom")),
            text_column("product_area", _("Product area")),
            term_column("state", _("State")),
            text_column("sent_to", _("Passed on to")),
            day_column("answered_on", _("Answered on")),
            day_column("told_customer_on", _("Customer told")),
            text_column("customer_wording", _("You said")),
            text_column("customer_answer", _("We did")),
        ]
        internal = [column.key for column in columns if column.key not in _CUSTOMER]
        return EditRowsModel(
            columns,
            self._entries(),
            self._store,
            self,
            entity="feedback",
            groups=(internal_group(*internal), customer_group(*_CUSTOMER)),
        )

    def _entries(self) -> dict[str, Entry[GivenFeedback]]:
        entries: dict[str, Entry[GivenFeedback]] = {
            field: Entry(field, EntryKind.NOTE, attrgetter(field)) for field in ("text", *_CUSTOMER)
        }
        for field in ("product_area", "sent_to"):
            entries[field] = Entry(field, EntryKind.TEXT, attrgetter(field))
        for field in ("answered_on", "told_customer_on"):
            entries[field] = Entry(field, EntryKind.DAY, attrgetter(field))
        entries["kind"] = Entry("kind", EntryKind.CHOICE, attrgetter("kind"), FeedbackKind)
        entries["state"] = Entry("state", EntryKind.CHOICE, attrgetter("state"), FeedbackState)
        entries["contact"] = Entry(
            "contact_id", EntryKind.NAME, attrgetter("contact_id"), choices=self._people
        )
        return entries

    def _people(self, row: GivenFeedback) -> list[tuple[str, str]]:
        """Return who may have said it: those who are there, and who did say it."""
        known = people(self._contacts)
        gone = row.contact_id is not None and row.contact_id not in dict(known)
        return [*known, (row.contact_id or "", row.contact)] if gone else known

    def _make_panel(self) -> TextsPanel:
        texts = Texts(
            None,
            (("text", _("Feedback")),),
            (("customer_wording", _("You said")), ("customer_answer", _("We did"))),
            printed_words,
        )
        return TextsPanel(self._desk, "feedback", texts, self._store, self)

    def _looks(self) -> RowsLooks:
        paints = {
            "text": paint_title("text"),
            "kind": paint_pill("kind", _KINDS),
            "state": paint_pill("state", _STATES),
            **{field: paint_text(field) for field in ("contact", "product_area", "sent_to")},
            **{field: paint_customer(field, lambda row: row.is_printed) for field in _CUSTOMER},
        }
        spare = (
            *("told_customer_on", "answered_on", "sent_to", "product_area", "contact"),
            *("customer_answer", "customer_wording"),
        )
        return RowsLooks(paints, _WIDTHS, _LEAST, "text", spare)

    def _rows(self) -> Sequence[GivenFeedback]:
        self._contacts = self._desk.read(contact_choices, self.account_id)
        return self._desk.read(feedback_of, self.account_id)


def printed_words(row: GivenFeedback) -> str:
    """Say what a document for the customer tells of a piece of feedback."""
    if row.is_printed:
        return _("The PDF for the customer says this, and nothing else of the feedback.")
    return _("Not in the PDF until there are both: what they said and what we did.")
