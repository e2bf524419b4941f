"""What waits for a decision after copies met: both values, who wrote them, one press to choose."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QFocusEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from csdesk.queries.review_items import ReviewItem
from csdesk.store.touching import Change
from csdesk.team.standing import Fate, FileKind
from ui.desk import Desk
from ui.pages.copies.folder_look import FolderLook, FolderView
from ui.pages.page import Page
from ui.pages.review.card import Card
from ui.pages.review.card_list import CardList
from ui.pages.review.copy_card import CopyQuestion
from ui.pages.review.copy_questions import CopyQuestions
from ui.pages.review.decisions import can_stay, decide, keep_them_all
from ui.pages.review.found_copies import FoundCopies
from ui.pages.review.item_cards import card_for, show_subject
from ui.widgets.empty_state import EmptyState
from ui.widgets.wrapped_label import WrappedLabel

ReviewRow = ReviewItem | CopyQuestion

FIRST_READ = 100
"""So many items of each kind are put into words at first."""

COPIES = (FileKind.CERTAIN_COPY, FileKind.AMBIGUOUS_COPY)


class ReviewPage(Page):
    """Cards to decide, and below them the copies that were found and what became of them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._items: tuple[ReviewItem, ...] = ()
        self._total = 0
        self._stale = True
        self._build()
        self._connect()

    @property
    def cards(self) -> CardList[ReviewRow]:
        """The cards."""
        return self._cards

    @property
    def found(self) -> FoundCopies:
        """The copies found beside the team file."""
        return self._found

    @property
    def keep_all_button(self) -> QPushButton:
        """The button that decides everything at once."""
        return self._keep_all

    @Slot()
    def keep_all(self) -> None:
        """Settle everything as it is in the plan now, in one step."""
        keep_them_all(self._desk)

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Read again what waits; at once where the page is in view."""
        self._stale = True
        if self.isVisible():
            self.refresh()
            self._look.look_soon()

    @Slot(object, str)
    def _on_decided(self, row: ReviewRow, choice: str) -> None:
        if isinstance(row, CopyQuestion):
            self._questions.answer(row, choice)
        elif not decide(self._desk, row, choice):
            self.refresh()  # it changed since it was read: show how it is now

    @Slot(object)
    def _on_opened(self, row: ReviewRow) -> None:
        if isinstance(row, ReviewItem):
            show_subject(self._desk, row)

    @Slot(object)
    def _on_seen(self, view: FolderView) -> None:
        copies = [file for file in view.files if file.kind in COPIES]
        self._found.show_files(copies)
        self._questions.ask([file for file in copies if file.fate is Fate.ASKS])
        self._show_right_part()

    @Slot()
    def _show_cards(self) -> None:
        """Show the questions of copies first, then what people wrote differently."""
        rows: list[ReviewRow] = [*self._questions.rows(), *self._items]
        self._cards.show_rows(rows, len(self._questions.rows()) + self._total)
        self._show_right_part()

    @Slot(object)
    def _on_card_focused(self, card: Card) -> None:
        self._scroll.ensureWidgetVisible(card, 0, 12)

    def _show_right_part(self) -> None:
        waits = bool(self._items) or bool(self._questions.rows())
        self._cards.setVisible(waits)
        self._words.setVisible(bool(self._items))
        self._hint.setVisible(waits)
        some_can_stay = any(can_stay(item) for item in self._items)
        self._keep_all.setVisible(some_can_stay and not self._desk.workspace.read_only)
        self._all_done.setVisible(not waits)
        copies = self._found.has_files
        self._found.setVisible(copies)
        self._parts.setCurrentWidget(self._scroll if waits or copies else self._nothing)

    def _build(self) -> None:
        # So that the keyboard comes to the cards, not to the button that decides about all.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("To review"))
        title = QLabel(_("To review"), self)
        title.setProperty("kind", "title")
        self._words = WrappedLabel(
            _(
                "Two people changed the same thing while apart. Nothing was lost: the newer value "
                "is in the plan, the other is kept here."
            ),
            self,
        )
        self._keep_all = QPushButton(_("Keep all as they are"), self)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._keep_all)
        self._questions = CopyQuestions(self._desk, self)
        self._look = FolderLook(self._desk, self)
        self._cards: CardList[ReviewRow] = CardList(partial(card_for, self._desk.look), self)
        self._all_done = WrappedLabel(
            _("Nothing waits for a decision. What became of the copies stands below."), self
        )
        self._found = FoundCopies(self._desk.look, self)
        self._hint = QLabel(
            _("↑ ↓: next item · Enter or 1: use the other · K: keep · J: joined text · O: show it"),
            self,
        )
        self._hint.setProperty("kind", "small")
        self._build_parts()
        self._nothing = self._empty_state()
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self._scroll)
        self._parts.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 10)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._words)
        layout.addSpacing(8)
        layout.addWidget(self._parts, 1)
        layout.addWidget(self._hint)

    def _build_parts(self) -> None:
        inside = QWidget(self)
        inside.setProperty("kind", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(12)
        for part in (self._cards, self._all_done, self._found):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)

    def _empty_state(self) -> EmptyState:
        copies = QAction(self)
        copies.triggered.connect(self._on_copies)
        return EmptyState(
            self._desk.look,
            "arrow-left-right",
            _("Nothing to review"),
            _(
                "When two people change the same thing while apart, both values come here: the "
                "newer one is in the plan, and one press takes the other. What people change in "
                "different places comes together by itself."
            ),
            ((_("People and copies"), copies),),
        )

    @Slot()
    def _on_copies(self) -> None:
        self._desk.command_asked.emit("page.copies")

    def _connect(self) -> None:
        self._desk.changed.connect(self.on_changed)
        self._look.seen.connect(self._on_seen)
        self._questions.changed.connect(self._show_cards)
        self._questions.answered.connect(self._look.look)
        self._keep_all.clicked.connect(self.keep_all)
        self._cards.decided.connect(self._on_decided)
        self._cards.more_wanted.connect(self.refresh)
        self._cards.opened.connect(self._on_opened)
        self._cards.came_into_focus.connect(self._on_card_focused)

    @Slot()
    def refresh(self) -> None:
        self._stale = False
        # Putting into words takes longer than finding: only what can come into view is read.
        self._items = self._desk.reviews.read(max(FIRST_READ, self._cards.most))
        self._total = self._desk.reviews.number
        self._show_cards()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        self._look.look_soon()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.focusPreviousChild()
        else:
            self._cards.focus_place(0)
