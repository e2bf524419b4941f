"""The columns of the people at the customer: what each shows, how it is edited and drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter

from csdesk.i18n import _, current
from csdesk.model.vocabulary import Channel, ContactRole, Influence, Sentiment, label_of
from csdesk.queries.stakeholders import Stakeholder
from csdesk.store.words import fold
from ui.pages.plan.outline_cells import paint_initial
from ui.pages.rows_view import RowsLooks
from ui.pages.stakeholders.stakeholder_marks import (
    ROLE_TONES,
    paint_influence,
    paint_sentiment,
)
from ui.row_columns import day_column, name_column, term_column
from ui.tables import Column
from ui.widgets.cells import Ink
from ui.widgets.edit_table import EditRowsModel
from ui.widgets.entries import Entry, EntryKind
from ui.widgets.group_header import internal_group

INTERNAL = ("role", "influence", "sentiment", "internal_note")
_WIDTHS = {
    "name": 170,
    "title": 124,
    "department": 124,
    "role": 150,
    "influence": 104,
    "sentiment": 106,
    "internal_note": 180,
    "last_contact": 108,
    "email": 190,
    "phone": 116,
    "reports_to": 130,
    "preferred_channel": 110,
    "name_kana": 120,
    "left_on": 106,
}
_LEAST = {
    "name": 150,
    "title": 98,
    "department": 96,
    "role": 112,
    "influence": 98,
    "sentiment": 98,
    "internal_note": 100,
    "last_contact": 104,
    "email": 110,
    "reports_to": 100,
    "preferred_channel": 84,
}
_SPARE = ("reports_to", "email", "department", "last_contact", "title", "influence", "sentiment")
"""What leaves first where there is little room; the panel beside the table shows all of it."""
_RARE = frozenset({"internal_note", "phone", "preferred_channel", "name_kana", "left_on"})


def stakeholder_model(
    store: Callable[[Stakeholder, str, Any], bool],
    bosses: Callable[[Stakeholder], Sequence[tuple[str, str]]],
    parent: QObject,
) -> EditRowsModel[Stakeholder]:
    """Return the model of the people; `bosses` gives whom somebody may report to."""
    columns = [
        Column(
            "name", _("Name"), lambda row: row.name, lambda row: fold(row.name), tip=_whole_name
        ),
        name_column("title", _("Job title")),
        name_column("department", _("Department")),
        term_column("role", _("Role")),
        term_column("influence", _("Influence")),
        term_column("sentiment", _("Sentiment")),
        Column(
            "internal_note",
            _("Internal note"),
            lambda row: " ".join(row.internal_note.split()),
            lambda row: row.internal_note,
            tip=lambda row: row.internal_note,
        ),
        day_column("last_contact", _("Last contact"), _("The last touchpoint they attended")),
        name_column("email", _("E-mail")),
        name_column("phone", _("Phone")),
        name_column("reports_to", _("Reports to")),
        term_column("preferred_channel", _("Preferred channel")),
        name_column("name_kana", _("Kana")),
        day_column("left_on", _("Left on")),
    ]
    return EditRowsModel(
        columns,
        _entries(bosses),
        store,
        parent,
        entity="contact",
        groups=(internal_group(*INTERNAL),),
    )


def stakeholder_looks() -> RowsLooks:
    """Return how the people are drawn; the reading of names is a usual column in Japanese."""
    paints = {
        "name": _paint_name,
        "role": _paint_role,
        "influence": lambda ink, painter, rect, row: paint_influence(
            ink, painter, rect, row.influence
        ),
        "sentiment": lambda ink, painter, rect, row: paint_sentiment(
            ink, painter, rect, row.sentiment
        ),
        **{
            field: _fading(field)
            for field in ("title", "department", "email", "phone", "reports_to", "name_kana")
        },
    }
    return RowsLooks(paints, _WIDTHS, _LEAST, "name", _SPARE, _RARE)


def _whole_name(row: Stakeholder) -> str:
    """Tell what the cell of a name may have no room for."""
    gone = _("Left on {date}").format(date=current().date(row.left_on)) if row.left_on else ""
    return "\n".join(part for part in (row.name, row.name_kana, gone) if part)


def _entries(
    bosses: Callable[[Stakeholder], Sequence[tuple[str, str]]],
) -> dict[str, Entry[Stakeholder]]:
    entries: dict[str, Entry[Stakeholder]] = {
        field: Entry(field, EntryKind.TEXT, attrgetter(field))
        for field in ("name", "name_kana", "title", "department", "email", "phone")
    }
    for field, vocabulary in (
        ("role", ContactRole),
        ("influence", Influence),
        ("sentiment", Sentiment),
        ("preferred_channel", Channel),
    ):
        entries[field] = Entry(field, EntryKind.CHOICE, attrgetter(field), vocabulary)
    entries["left_on"] = Entry("left_on", EntryKind.DAY, attrgetter("left_on"))
    entries["internal_note"] = Entry("internal_note", EntryKind.NOTE, attrgetter("internal_note"))
    entries["reports_to"] = Entry(
        "reports_to_id", EntryKind.NAME, attrgetter("reports_to_id"), choices=bosses
    )
    return entries


def _paint_name(ink: Ink, painter: QPainter, rect: QRect, row: Stakeholder) -> None:
    used = paint_initial(ink, painter, rect, row.name, "neutral" if row.left_on else "warning")
    inside = rect.adjusted(used + 8, 0, 0, 0)
    if row.left_on is None:
        ink.text(painter, inside, row.name, "text", ink.bold)
        return
    words = _("Left")
    room = ink.width(words, ink.small) + 24
    name = inside.adjusted(0, 0, -min(room, max(0, inside.width() - 40)), 0)
    width = ink.text(painter, name, row.name, "faint", ink.bold)
    ink.pill(painter, inside.adjusted(width + 6, 0, 0, 0), words, "neutral")


def _paint_role(ink: Ink, painter: QPainter, rect: QRect, row: Stakeholder) -> None:
    if row.role:
        tone = "neutral" if row.left_on else ROLE_TONES.get(str(row.role), "neutral")
        ink.pill(painter, rect, label_of(row.role), tone)


def _fading(field: str) -> Callable[[Ink, QPainter, QRect, Stakeholder], None]:
    read = attrgetter(field)

    def paint(ink: Ink, painter: QPainter, rect: QRect, row: Stakeholder) -> None:
        ink.text(painter, rect, read(row), "faint" if row.left_on else "text")

    return paint
