"""The tab that tells what happened to an account, and who did it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from csdesk.i18n import _, current
from csdesk.queries.row_story import RowStory, account_stories
from ui.desk import Desk
from ui.pages.account.section import Section
from ui.pages.account.story_list import story_lines
from ui.tables import Column, RowsModel
from ui.widgets.cells import Ink
from ui.widgets.row_table import RowTable

STEPS = 200
"""How far back the list goes."""

_WIDTHS = {"when": 176, "who": 120, "what": 240, "change": 320}


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story with an id of its own, as a table wants it."""

    id: str
    story: RowStory


class HistorySection(Section):
    """Every change of this account and of what belongs to it, newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        columns: list[Column[StoryRow]] = [
            Column(
                "when",
                _("When"),
                lambda row: current().moment(row.story.at),
                lambda row: row.story.at,
            ),
            Column("who", _("Who"), lambda row: row.story.author, lambda row: row.story.author),
            Column("what", _("Item"), _what, _what),
            Column("change", _("Change"), _change, _change, tip=_change_lines),
        ]
        self._model: RowsModel[StoryRow] = RowsModel(columns, _change, self)
        card = QFrame(self)
        card.setProperty("kind", "card")
        paints = {"what": _paint_what}
        self._table = RowTable(desk.look, self._model, paints, _WIDTHS, ("what", "change"), card)
        self._table.setAccessibleName(_("History of the account"))
        self._table.setSortingEnabled(False)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.addWidget(card)
        self._table.opened.connect(self._on_opened)

    @property
    def model(self) -> RowsModel[StoryRow]:
        """The rows."""
        return self._model

    def refresh(self) -> None:
        stories = self._desk.read(account_stories, self.account_id, limit=STEPS)
        self._model.set_rows(StoryRow(str(at), story) for at, story in enumerate(stories))

    @Slot(str)
    def _on_opened(self, row_id: str) -> None:
        story = self._model.row(self._model.place_of(row_id)).story
        self._desk.show(story.entity, story.row_id)


def _what(row: StoryRow) -> str:
    return f"{row.story.kind}: {row.story.name}"


def _change(row: StoryRow) -> str:
    return " · ".join(story_lines(row.story))


def _change_lines(row: StoryRow) -> str:
    return "\n".join(story_lines(row.story))


def _paint_what(ink: Ink, painter: QPainter, rect: QRect, row: StoryRow) -> None:
    ink.two_texts(painter, rect, row.story.name, row.story.kind)
