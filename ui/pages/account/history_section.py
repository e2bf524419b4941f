"""The tab that tells what happened to an account, who did it and where, and leads back there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _, current
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.row_story import RowStory, account_stories
from ui.commands import Command
from ui.desk import Desk
from ui.pages.account.history_actions import HistoryActions
from ui.pages.account.restore_panel import RestorePanel
from ui.pages.account.story_words import story_lines
from ui.pages.section import Section
from ui.tables import Column, RowsModel
from ui.widgets.cells import Ink
from ui.widgets.row_table import RowTable, TableLooks

STEPS = 200
"""How far back the list goes at first, and by how much further each time."""

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
        self._most = STEPS
        self._build()
        self._connect()
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
    def actions_shown(self) -> HistoryActions:
        """What can be done about the chosen step."""
        return self._actions

    @property
    def more_button(self) -> QPushButton:
        """The button that shows older steps."""
        return self._more

    @property
    def restore_button(self) -> QPushButton:
        """The button that offers the moment of the chosen step."""
        return self._actions.restore_button

    @Slot()
    def offer_restore(self) -> None:
        """Show what going back to the moment of the chosen step would change."""
        story = self._chosen_story()
        if story is not None and self._detail is not None:
            self._panel.offer(story, self.account_id, self._detail.row.name)

    @Slot()
    def show_older(self) -> None:
        """Go further back in the list."""
        self._most += STEPS
        self.refresh()
        self._table.setFocus()

    @Slot()
    def start_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(
                "history.search",
                lambda: _("Search the history"),
                self.start_search,
                "Ctrl+F",
                "search",
            ),
            *self._actions.commands(),
        )

    def state(self) -> dict[str, Any]:
        return {"columns": self._table.layout_state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._table.restore_layout(str(state.get("columns", "")))

    def entrance(self) -> QWidget | None:
        return self._table

    def show_account(self, detail: AccountDetail) -> None:
        if detail.row.id != self.account_id:
            self._panel.close_panel()
            self._most = STEPS
            self._search.clear()
        super().show_account(detail)

    @Slot()
    def _on_chosen(self) -> None:
        self._actions.show_story(self._chosen_story())

    @Slot(QPoint)
    def _on_menu(self, spot: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self._actions.commands():
            action = menu.addAction(command.text(), command.run)
            action.setEnabled(command.is_enabled is None or command.is_enabled())
        menu.popup(self._table.viewport().mapToGlobal(spot))

    def _chosen_story(self) -> RowStory | None:
        """Return the step that is chosen alone."""
        chosen = self._table.chosen_ids()
        if len(chosen) != 1:
            return None
        return self._model.row(self._model.place_of(chosen[0])).story

    def refresh(self) -> None:
        stories = self._desk.read(account_stories, self.account_id, limit=self._most)
        # What is chosen stays chosen while others write.
        self._model.show_rows(StoryRow(_row_id(story), story) for story in stories)
        self._more.setVisible(len({story.key for story in stories}) >= self._most)
        self._on_chosen()

    @Slot(str)
    def _on_opened(self, row_id: str) -> None:
        story = self._model.row(self._model.place_of(row_id)).story
        self._desk.show(story.entity, story.row_id)

    def _build(self) -> None:
        self._model: RowsModel[StoryRow] = RowsModel(_columns(), _searched, self)
        card = QFrame(self)
        card.setProperty("kind", "card")
        paints = {"what": _paint_what, "who": _paint_who}
        looks = TableLooks(paints, _WIDTHS, ("what", "change"))
        self._table = RowTable(self._desk.look, self._model, looks, card)
        self._table.setAccessibleName(_("History of the account"))
        self._table.setSortingEnabled(False)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._more = QPushButton(_("Show older changes"), card)
        self._more.setProperty("kind", "link")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._table)
        inside.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._actions = HistoryActions(self._desk, self)
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(_("Search the history…"))
        self._search.setAccessibleName(_("Search the history"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(
            self.fontMetrics().horizontalAdvance(self._search.placeholderText()) + 40
        )
        self._panel = RestorePanel(self._desk, self)
        head = QHBoxLayout()
        head.setSpacing(10)
        title = QLabel(_("History of the account"), self)
        title.setProperty("kind", "heading")
        head.addWidget(title)
        head.addWidget(self._search)
        head.addWidget(self._actions, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._panel)
        layout.addWidget(card, 1)

    def _connect(self) -> None:
        self._table.opened.connect(self._on_opened)
        self._table.selectionModel().selectionChanged.connect(self._on_chosen)
        self._model.modelReset.connect(self._on_chosen)
        self._table.customContextMenuRequested.connect(self._on_menu)
        self._search.textChanged.connect(self._model.set_search)
        self._more.clicked.connect(self.show_older)
        self._actions.restore_asked.connect(self.offer_restore)


def _columns() -> list[Column[StoryRow]]:
    return [
        Column(
            "when",
            _("When"),
            lambda row: current().moment(row.story.at),
            lambda row: row.story.at,
        ),
        Column(
            "who", _("Who"), lambda row: row.story.author, lambda row: row.story.author, tip=_who
        ),
        Column("what", _("Item"), _what, _what),
        Column("change", _("Change"), _change, _change, tip=_change_lines),
    ]


def _searched(row: StoryRow) -> str:
    """Return all that the search looks at."""
    story = row.story
    parts = (story.author, story.computer, story.kind, story.name, story.step, _change(row))
    return " ".join(parts)


def _row_id(story: RowStory) -> str:
    return f"{story.at.isoformat()} {story.entity} {story.row_id} {story.computer}"


def _who(row: StoryRow) -> str:
    return "\n".join(part for part in (row.story.author, row.story.computer) if part)


def _paint_who(ink: Ink, painter: QPainter, rect: QRect, row: StoryRow) -> None:
    ink.two_texts(painter, rect, row.story.author, row.story.computer)


def _what(row: StoryRow) -> str:
    return _("{kind}: {title}").format(kind=row.story.kind, title=row.story.name)


def _change(row: StoryRow) -> str:
    return " · ".join(story_lines(row.story))


def _change_lines(row: StoryRow) -> str:
    return "\n".join(story_lines(row.story))


def _paint_what(ink: Ink, painter: QPainter, rect: QRect, row: StoryRow) -> None:
    ink.two_texts(painter, rect, row.story.name, row.story.kind)
