"""The table of people: who was last seen when, on which computer, with which version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from csdesk.i18n import _, current
from csdesk.queries.copies import PersonSeen
from ui.pages.copies.files_table import GAP, LINE_ROOM, MOST_ROWS
from ui.tables import Column, RowsModel
from ui.theme import Look
from ui.widgets.cells import Ink
from ui.widgets.row_table import RowTable, TableLooks

_WIDTHS = {"who": 220, "computer": 200, "app": 130, "last": 160, "first": 160, "steps": 90}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person at a computer; `is_here` where it is this one."""

    id: str
    person: PersonSeen
    is_here: bool


class PeopleTable(RowTable):
    """Shows everybody who wrote into the file, the one seen last first; as high as its rows."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self._model: RowsModel[PersonRow] = RowsModel(_columns(), _who)
        least = {key: width * 2 // 3 for key, width in _WIDTHS.items()}
        looks = TableLooks({"who": _paint_who}, _WIDTHS, ("who", "computer"), least)
        super().__init__(look, self._model, looks, parent)
        self._model.setParent(self)
        self._model.sort(-1)
        self.setSortingEnabled(False)
        self.setAccessibleName(_("People on this file"))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + LINE_ROOM)

    @property
    def model_of_people(self) -> RowsModel[PersonRow]:
        """The rows."""
        return self._model

    def show_people(self, people: Sequence[PersonSeen], device: str) -> None:
        """Show these people; `device` is the id of this computer."""
        self._model.set_rows(
            PersonRow(f"{one.device}/{one.author}", one, one.device == device) for one in people
        )
        shown = min(len(people), MOST_ROWS)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + shown * self.verticalHeader().defaultSectionSize() + 2)


def _columns() -> list[Column[PersonRow]]:
    return [
        Column("who", _("Who"), _who, _who),
        Column("computer", _("Computer"), _computer, _computer),
        Column("app", _("Version"), lambda row: row.person.app, lambda row: row.person.app),
        Column(
            "last",
            _("Last seen"),
            lambda row: current().moment(row.person.last_at),
            lambda row: row.person.last_at,
            hint=_("When the newest change of this person was made that has arrived here"),
        ),
        Column(
            "first",
            _("First seen"),
            lambda row: current().moment(row.person.first_at),
            lambda row: row.person.first_at,
        ),
        Column(
            "steps",
            _("Steps"),
            lambda row: current().number(row.person.steps),
            lambda row: row.person.steps,
            right=True,
            hint=_("How many changes, each of which can be undone"),
        ),
    ]


def _who(row: PersonRow) -> str:
    name = row.person.author or _("somebody")
    return _("{name}, at this computer").format(name=name) if row.is_here else name


def _computer(row: PersonRow) -> str:
    return row.person.computer


def _paint_who(ink: Ink, painter: QPainter, rect: QRect, row: PersonRow) -> None:
    used = ink.text(painter, rect, row.person.author or _("somebody"), font=ink.bold)
    if row.is_here:
        ink.pill(painter, rect.adjusted(used + GAP, 0, 0, 0), _("this computer"), "accent")
