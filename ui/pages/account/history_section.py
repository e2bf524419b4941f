"""The tab that tells what happened to an account, who did it and where, and leads back there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import _, current
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.row_story import RowStory, account_stories
from ui.desk import Desk
from ui.icons import icon
from ui.pages.account.restore_panel import RestorePanel
from ui.pages.account.story_list import story_lines
from ui.pages.section import Section
from ui.tables import Column, RowsModel
from ui.widgets.cells import Ink
from ui.widgets.row_table import RowTable

STEPS = 200
"""How far back the list goes."""

_WIDTHS = {"when": 176, "who": 150, "what": 240, "change": 320}


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
            Column(
                "who",
                _("Who"),
                lambda row: row.story.author,
                lambda row: row.story.author,
                tip=_who,
            ),
            Column("what", _("Item"), _what, _what),
            Column("change", _("Change"), _change, _change, tip=_change_lines),
        ]
        self._model: RowsModel[StoryRow] = RowsModel(columns, _change, self)
        card = QFrame(self)
        card.setProperty("kind", "card")
        paints = {"what": _paint_what, "who": _paint_who}
        self._table = RowTable(desk.look, self._model, paints, _WIDTHS, ("what", "change"), card)
        self._table.setAccessibleName(_("History of the account"))
        self._table.setSortingEnabled(False)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._table)
        self._restore = QPushButton(_("Restore to this moment…"), self)
        self._restore.setIcon(icon(desk.look, "undo-2", "text"))
        self._restore.setIconSize(QSize(16, 16))
        self._restore.setToolTip(_("Show what it would take to go back to the chosen step"))
        self._panel = RestorePanel(desk, self)
        head = QHBoxLayout()
        title = QLabel(_("History of the account"), self)
        title.setProperty("kind", "heading")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._panel)
        layout.addWidget(card, 1)
        self._table.opened.connect(self._on_opened)
        self._table.selectionModel().selectionChanged.connect(self._on_chosen)
        self._restore.clicked.connect(self.offer_restore)
        self._on_chosen()

    @property
    def model(self) -> RowsModel[StoryRow]:
        """The rows."""
        return self._model

    @property
    def table(self) -> RowTable:
        """The table."""
        return self._table

    @property
    def panel(self) -> RestorePanel:
        """What going back to a moment would change."""
        return self._panel

    @property
    def restore_button(self) -> QPushButton:
        """The button that offers the moment of the chosen step."""
        return self._restore

    @Slot()
    def offer_restore(self) -> None:
        """Show what going back to the moment of the chosen step would change."""
        chosen = self._table.chosen_ids()
        if chosen and self._detail is not None:
            story = self._model.row(self._model.place_of(chosen[0])).story
            self._panel.offer(story, self.account_id, self._detail.row.name)

    def show_account(self, detail: AccountDetail) -> None:
        if detail.row.id != self.account_id:
            self._panel.close_panel()
        super().show_account(detail)

    @Slot()
    def _on_chosen(self) -> None:
        can = len(self._table.chosen_ids()) == 1 and not self._desk.workspace.read_only
        self._restore.setEnabled(can)

    def refresh(self) -> None:
        stories = self._desk.read(account_stories, self.account_id, limit=STEPS)
        # What is chosen stays chosen while others write.
        self._model.show_rows(StoryRow(_row_id(story), story) for story in stories)

    @Slot(str)
    def _on_opened(self, row_id: str) -> None:
        story = self._model.row(self._model.place_of(row_id)).story
        self._desk.show(story.entity, story.row_id)


def _row_id(story: RowStory) -> str:
    return f"{story.at.isoformat()} {story.entity} {story.row_id} {story.computer}"


def _who(row: StoryRow) -> str:
    return "\n".join(part for part in (row.story.author, row.story.computer) if part)


def _paint_who(ink: Ink, painter: QPainter, rect: QRect, row: StoryRow) -> None:
    ink.two_texts(painter, rect, row.story.author, row.story.computer)


def _what(row: StoryRow) -> str:
    return f"{row.story.kind}: {row.story.name}"


def _change(row: StoryRow) -> str:
    return " · ".join(story_lines(row.story))


def _change_lines(row: StoryRow) -> str:
    return "\n".join(story_lines(row.story))


def _paint_what(ink: Ink, painter: QPainter, rect: QRect, row: StoryRow) -> None:
    ink.two_texts(painter, rect, row.story.name, row.story.kind)
