"""The enquiries of an account: what they came to us with, how grave it is, how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtWidgets import QWidget

from csdesk.actions.editing import today
from csdesk.actions.enquiries import add_enquiry, delete_enquiries, edit_enquiry
from csdesk.i18n import _, ngettext
from csdesk.model.vocabulary import Severity
from csdesk.queries.risks import EnquiryRow, enquiries_of
from ui.commands import Command
from ui.desk import Desk
from ui.pages.risks.relation_cells import (
    paint_pill,
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

_SEVERITIES: dict[str, str] = {
    Severity.CRITICAL: "bad",
    Severity.HIGH: "warning",
    Severity.MEDIUM: "accent",
}
_WIDTHS = {"subject": 340, "severity": 110, "opened_on": 124, "closed_on": 124, "open_days": 130}
_LEAST = {"subject": 180, "severity": 84, "opened_on": 104, "closed_on": 104, "open_days": 100}


class EnquiryList(RelationList):
    """Enquiries by gravity and age, closed ones after them."""

    name = "enquiries"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = RowsWords(
            title=_("Enquiries"),
            new=_("Add enquiry"),
            new_hint=_("What they ask or report"),
            icon="info",
            nothing=_("No enquiry noted yet"),
            purpose=_(
                "Questions and trouble the customer came to us with. How many are open, and for "
                "how long, tells how things go. Enquiries are internal."
            ),
            closed=lambda count: ngettext("{n} closed", "{n} closed", count).format(n=count),
            only_closed=_("No enquiry is open"),
            is_titled=False,
        )
        verbs = Verbs(
            add_enquiry,
            edit_enquiry,
            delete_enquiries,
            _("Add enquiry “{name}”"),
            _("Change enquiry “{name}”"),
            lambda n: ngettext("Delete {n} enquiry", "Delete {n} enquiries", n).format(n=n),
            lambda n: ngettext("{n} enquiry was deleted.", "{n} enquiries were deleted.", n).format(
                n=n
            ),
        )
        super().__init__(desk, words, verbs, parent)

    def name_of(self, row: EnquiryRow) -> str:
        return row.subject

    def close_today(self) -> None:
        """Close the chosen enquiry today, or open it again."""
        row = next((one for one in self._model.all_rows() if one.id == self.view.chosen), None)
        if row is not None and self._store(row, "closed_on", None if row.is_closed else today()):
            said = _("The enquiry is open again.") if row.is_closed else _("The enquiry is closed.")
            self._desk.offer_undo(said)

    def commands(self) -> tuple[Command, ...]:
        close = Command(
            "enquiries.close",
            lambda: _("Close the enquiry today, or open it again"),
            self.close_today,
            "Ctrl+Shift+D",
            "circle-check",
            is_enabled=lambda: bool(self.view.chosen),
        )
        return (*super().commands(), close)

    def _make_model(self) -> EditRowsModel[EnquiryRow]:
        columns: list[Column[EnquiryRow]] = [
            text_column("subject", _("Enquiry")),
            term_column("severity", _("Severity")),
            day_column("opened_on", _("Opened on")),
            day_column("closed_on", _("Closed on")),
            Column("open_days", _("Days open"), days_words, lambda row: row.open_days),
        ]
        entries: dict[str, Entry[EnquiryRow]] = {
            "subject": Entry("subject", EntryKind.NOTE, attrgetter("subject")),
            "severity": Entry("severity", EntryKind.CHOICE, attrgetter("severity"), Severity),
        }
        for field in ("opened_on", "closed_on"):
            entries[field] = Entry(field, EntryKind.DAY, attrgetter(field))
        return EditRowsModel(
            columns,
            entries,
            self._store,
            self,
            entity="enquiry",
            groups=(internal_group(*(column.key for column in columns)),),
        )

    def _make_panel(self) -> TextsPanel:
        texts = Texts(None, (("subject", _("Enquiry")),))
        return TextsPanel(self._desk, "enquiry", texts, self._store, self)

    def _looks(self) -> RowsLooks:
        paints = {
            "subject": paint_title("subject"),
            "severity": paint_pill("severity", _SEVERITIES),
        }
        return RowsLooks(paints, _WIDTHS, _LEAST, "subject", ("opened_on",))

    def _rows(self) -> Sequence[EnquiryRow]:
        return self._desk.read(enquiries_of, self.account_id, today=today())


def days_words(row: EnquiryRow) -> str:
    """Say for how long an enquiry has been open, or how long it took."""
    if row.open_days is None:
        return ""
    days = ngettext("{n} day", "{n} days", row.open_days).format(n=row.open_days)
    return _("took {days}").format(days=days) if row.is_closed else days
