"""The tab of the people at the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from csdesk.actions.people import add_contact, delete_contacts, edit_contact
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import ContactRole, Influence, Sentiment, label_of
from csdesk.queries.accounts import ContactRow
from csdesk.store.words import fold
from ui.desk import Desk
from ui.pages.plan.outline_cells import paint_initial
from ui.pages.rows_section import RowsSection, RowsWords
from ui.tables import Column
from ui.widgets.cells import Ink, Paint
from ui.widgets.edit_table import EditRowsModel
from ui.widgets.entries import Entry, EntryKind

_WIDTHS = {
    "name": 170,
    "name_kana": 120,
    "title": 120,
    "department": 120,
    "email": 170,
    "phone": 116,
    "role": 150,
    "influence": 130,
    "sentiment": 132,
    "left_on": 106,
}
_LEAST = {
    "name": 140,
    "name_kana": 100,
    "title": 92,
    "department": 92,
    "email": 104,
    "role": 136,
    "left_on": 72,
}
_NO_KANA = {"name_kana": 60}
"""Where names are not Japanese, the column of their reading takes little."""
_TONES: dict[str, str] = {
    ContactRole.DETRACTOR: "bad",
    ContactRole.CHAMPION: "good",
    Sentiment.POSITIVE: "good",
    Sentiment.NEGATIVE: "bad",
    Influence.HIGH: "accent",
}


class StakeholdersSection(RowsSection):
    """The people at the customer, with what we think of their part kept inside."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = RowsWords(
            title=_("People at the customer"),
            new=_("Add person"),
            new_hint=_("Name, without a title"),
            icon="contact",
            nothing=_("Nobody here yet"),
            purpose=_(
                "The people you work with at the customer. Action items and milestones can be "
                "theirs, and the success plan names them."
            ),
            note=_("Role, influence and sentiment are internal: they are never in the PDF."),
        )
        super().__init__(desk, words, parent)

    @Slot(str)
    def add(self, name: str) -> None:
        """Add a person."""
        label = _("Add {name}").format(name=name)
        step = self._desk.write(label, add_contact, self.account_id, name)
        if step is not None:
            self._added(step.result)

    @Slot(list)
    def delete(self, row_ids: list[str]) -> None:
        """Delete people and offer to undo it."""
        names = [row.name for row in self._model.rows() if row.id in set(row_ids)]
        count = len(row_ids)
        if count == 1:
            label = _("Delete {name}").format(name=names[0])
            said = _("{name} was deleted.").format(name=names[0])
        else:
            label = ngettext("Delete {n} person", "Delete {n} people", count).format(n=count)
            said = ngettext("{n} person was deleted.", "{n} people were deleted.", count)
            said = said.format(n=count)
        if self._desk.write(label, delete_contacts, row_ids) is not None:
            self._desk.offer_undo(said)
            self.edited.emit()

    def _store(self, row: ContactRow, field: str, value: Any) -> bool:
        label = _("Change {name}").format(name=row.name)
        done = self._desk.write(label, edit_contact, row.id, **{field: value}) is not None
        self.edited.emit()
        return done

    def _make_model(self) -> EditRowsModel[ContactRow]:
        inside = _("Internal: never in a document for the customer.")
        columns: list[Column[ContactRow]] = [
            Column("name", _("Name"), lambda row: row.name, lambda row: fold(row.name)),
            Column("title", _("Job title"), lambda row: row.title, lambda row: row.title),
            Column(
                "department",
                _("Department"),
                lambda row: row.department,
                lambda row: row.department,
            ),
            Column(
                "role",
                _("Role (internal)"),
                lambda row: label_of(row.role),
                lambda row: row.role,
                hint=inside,
            ),
            Column(
                "influence",
                _("Influence (internal)"),
                lambda row: label_of(row.influence),
                lambda row: row.influence,
                hint=inside,
            ),
            Column(
                "sentiment",
                _("Sentiment (internal)"),
                lambda row: label_of(row.sentiment),
                lambda row: row.sentiment,
                hint=inside,
            ),
            Column("email", _("E-mail"), lambda row: row.email, lambda row: row.email),
            Column("phone", _("Phone"), lambda row: row.phone, lambda row: row.phone),
            Column("name_kana", _("Kana"), lambda row: row.name_kana, lambda row: row.name_kana),
            Column(
                "left_on",
                _("Left on"),
                lambda row: current().date(row.left_on),
                lambda row: row.left_on,
            ),
        ]
        entries: dict[str, Entry[ContactRow]] = {
            name: Entry(name, EntryKind.TEXT, attrgetter(name))
            for name in ("name", "name_kana", "title", "department", "email", "phone")
        }
        choice = EntryKind.CHOICE
        entries["role"] = Entry("role", choice, lambda row: row.role, ContactRole)
        entries["influence"] = Entry("influence", choice, lambda row: row.influence, Influence)
        entries["sentiment"] = Entry("sentiment", choice, lambda row: row.sentiment, Sentiment)
        entries["left_on"] = Entry("left_on", EntryKind.DAY, lambda row: row.left_on)
        return EditRowsModel(columns, entries, self._store, self, entity="contact")

    def _looks(self) -> tuple[Mapping[str, Paint], Mapping[str, int], Mapping[str, int], str]:
        paints: dict[str, Paint] = {
            "name": _paint_name,
            **{field: _pill_painter(field) for field in ("role", "influence", "sentiment")},
        }
        rarely = {} if current().language == "ja" else _NO_KANA
        return paints, _WIDTHS | rarely, _LEAST | rarely, "name"

    def _rows(self) -> Sequence[ContactRow]:
        return self._detail.contacts if self._detail else ()


def _paint_name(ink: Ink, painter: QPainter, rect: QRect, row: ContactRow) -> None:
    used = paint_initial(ink, painter, rect, row.name, "neutral" if row.left_on else "warning")
    role = "faint" if row.left_on else "text"
    ink.text(painter, rect.adjusted(used + 8, 0, 0, 0), row.name, role, ink.bold)


def _pill_painter(field: str) -> Paint:
    def paint(ink: Ink, painter: QPainter, rect: QRect, row: ContactRow) -> None:
        code = getattr(row, field)
        if code:
            ink.pill(painter, rect, label_of(code), _TONES.get(str(code), "neutral"))

    return paint
