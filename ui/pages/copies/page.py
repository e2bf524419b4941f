"""People and copies: who was last seen when, what lies in the folder, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.copies import people_seen
from csdesk.store.touching import Change
from csdesk.team.standing import Report
from ui.desk import Desk
from ui.icons import icon
from ui.pages.copies.files_table import FOLDER_WIDTHS, FilesTable, folder_columns
from ui.pages.copies.folder_look import FolderLook, FolderView
from ui.pages.copies.notices import Notices
from ui.pages.copies.people_table import PeopleTable
from ui.pages.copies.sharing import ShareOffer, report_words
from ui.pages.page import Page
from ui.prompts import Message
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.state_dot import StateDot


class CopiesPage(Page):
    """Tells everything about the exchange, and starts it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._build()
        self._connect()
        self._show_standing()

    @property
    def people(self) -> PeopleTable:
        """Who was seen."""
        return self._people

    @property
    def files(self) -> FilesTable:
        """What lies in the folder."""
        return self._files

    @property
    def offer(self) -> ShareOffer:
        """The first step of a workspace that is not shared."""
        return self._offer

    @property
    def exchange_button(self) -> QPushButton:
        """The button that exchanges changes now."""
        return self._exchange

    @property
    def notices(self) -> Notices:
        """What somebody should read."""
        return self._notices

    @Slot()
    def share(self) -> None:
        """Make the folder in which the team's computers meet."""
        team = self._desk.workspace.team
        self._run(_("Sharing the file"), lambda progress: team.share(), self._on_shared)

    @Slot()
    def exchange(self) -> None:
        """Take in what others left in the folder, and leave there what it lacks."""
        team = self._desk.workspace.team
        self._run(_("Exchanging changes"), team.sync, self._on_exchanged)

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Look again where the page is in view."""
        if self.isVisible():
            self.refresh()

    @Slot()
    def _on_shared(self) -> None:
        words = _("This file is shared now. Everybody who opens it in its folder works with you.")
        self._desk.messages.say(Message(words, "good"))

    @Slot(object)
    def _on_exchanged(self, report: Report) -> None:
        for notice in report.notices[:1]:
            self._desk.messages.say(Message(notice, "warning", report_words(report)))
        if not report.notices:
            self._desk.messages.say(Message(report_words(report), "good"))

    @Slot()
    def _on_folder(self) -> None:
        folder = self._desk.workspace.path.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot(object)
    def _on_seen(self, view: FolderView) -> None:
        self._offer.setVisible(not view.shared)
        self._exchange.setVisible(view.shared)
        self._files_card.setVisible(view.shared or bool(view.files))
        self._files.show_files(view.files)
        self._notices.show_notices(view.state.notices)

    @Slot()
    def _show_standing(self) -> None:
        words, tone = self._desk.publishing.state
        self._state.show_text(words)
        self._dot.set_tone(tone)

    @Slot()
    def _on_state(self) -> None:
        self._show_standing()
        if self.isVisible():
            self._look.look_soon()

    def _run(self, title: str, work: Callable[[Progress], Any], told: Callable[..., None]) -> None:
        task = self._desk.work(title, work)
        task.succeeded.connect(told)
        task.finished.connect(self._on_finished)
        self._let_press(False)
        self._desk.tasks.start(task)

    @Slot()
    def _on_finished(self) -> None:
        self._let_press(True)
        self.refresh()

    def _let_press(self, yes: bool) -> None:
        yes = yes and not self._desk.workspace.read_only
        for button in (self._exchange, self._offer.button):
            button.setEnabled(yes)

    def _build(self) -> None:
        look = self._desk.look
        self._look = FolderLook(self._desk, self)
        self._offer = ShareOffer(look, self._desk.workspace.path.stem, self)
        self._offer.hide()
        self._notices = Notices(look, self)
        self._people = PeopleTable(look, self)
        self._people_card = self._card(_("People on this file"), self._people)
        self._files = FilesTable(look, folder_columns(), FOLDER_WIDTHS, self)
        self._files.setAccessibleName(_("Files in the folder"))
        self._files_card = self._card(_("Files in the folder"), self._files)
        self._files_card.hide()
        inside = QWidget(self)
        inside.setProperty("kind", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(12)
        for part in (self._notices, self._offer, self._people_card, self._files_card):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 14)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(scroll, 1)
        self._let_press(True)

    def _head(self) -> QHBoxLayout:
        title = QLabel(_("People and copies"), self)
        title.setProperty("kind", "title")
        self._dot = StateDot(self._desk.look, self)
        self._state = ElidedLabel(self)
        self._state.setProperty("kind", "muted")
        self._folder = QPushButton(_("Open the folder"), self)
        self._exchange = QPushButton(_("Exchange now"), self)
        self._exchange.setIcon(icon(self._desk.look, "refresh-cw", "text"))
        self._exchange.setIconSize(QSize(16, 16))
        self._exchange.hide()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addSpacing(6)
        head.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._state, 1)
        head.addWidget(self._folder)
        head.addWidget(self._exchange)
        return head

    def _card(self, title: str, table: QWidget) -> QFrame:
        card = QFrame(self)
        card.setProperty("kind", "card")
        heading = QLabel(title, card)
        heading.setProperty("kind", "heading")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(heading)
        layout.addWidget(table)
        return card

    def _connect(self) -> None:
        self._desk.changed.connect(self.on_changed)
        self._desk.publishing.state_changed.connect(self._on_state)
        self._look.seen.connect(self._on_seen)
        self._offer.asked.connect(self.share)
        self._exchange.clicked.connect(self.exchange)
        self._folder.clicked.connect(self._on_folder)

    def entrance(self) -> QWidget | None:
        return self._people

    def refresh(self) -> None:
        people = self._desk.read(people_seen)
        self._people.show_people(people, self._desk.workspace.device)
        self._people_card.setVisible(bool(people))
        self._look.look_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_standing()
        self.refresh()
