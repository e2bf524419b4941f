"""The head of the Today page: the day, a sentence, and whose things are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.queries.accounts import member_choices
from ui.desk import Desk
from ui.widgets.choice_box import NameBox


class TodayHead(QWidget):
    """Says what day it is; switches between what is mine and everyone's."""

    everyone_chosen = Signal(bool)
    """Whether everyone's things are to be shown."""
    me_chosen = Signal(str)
    """The id of the team member who says to sit here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build()
        self._connect()

    @property
    def who(self) -> NameBox:
        """The choice of who sits here, while nobody said so."""
        return self._who

    @property
    def sentence(self) -> str:
        """What there is to do, as shown."""
        return self._sentence.text()

    def show_day(self, day: str, sentence: str) -> None:
        """Say the day, and how much there is."""
        self._day.setText(day)
        self._sentence.setText(sentence)

    def show_scope(self, me: str | None, everyone: bool) -> None:
        """Show whose things are in view; without `me` one can say who sits here."""
        members = [(one.id, one.name) for one in self._desk.read(member_choices)]
        self._mine.setVisible(me is not None)
        self._all.setVisible(me is not None)
        self._mine.setChecked(not everyone)
        self._all.setChecked(everyone)
        asks = me is None and bool(members)
        self._ask.setVisible(asks)
        self._who.setVisible(asks)
        if asks:
            self._who.offer(members, None)

    @Slot()
    def switch_scope(self) -> None:
        """Show the other of the two."""
        if self._mine.isVisible():
            self.everyone_chosen.emit(self._mine.isChecked())

    @Slot()
    def _on_mine(self) -> None:
        self.everyone_chosen.emit(False)

    @Slot()
    def _on_all(self) -> None:
        self.everyone_chosen.emit(True)

    @Slot(object)
    def _on_who(self, member_id: str | None) -> None:
        if member_id:
            self.me_chosen.emit(member_id)

    def _build(self) -> None:
        self._day = QLabel(self)
        self._day.setProperty("kind", "title")
        self._sentence = QLabel(self)
        self._sentence.setProperty("kind", "muted")
        self._mine = self._segment(_("Mine"))
        self._all = self._segment(_("Everyone's"))
        self._ask = QLabel(_("Who are you?"), self)
        self._ask.setProperty("kind", "muted")
        self._who = NameBox(_("Choose your name"), self)
        self._who.setAccessibleName(_("Who are you?"))
        self._who.setMinimumWidth(200)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._day)
        words.addWidget(self._sentence)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(words, 1)
        for widget in (self._ask, self._who, self._mine, self._all):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _segment(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("kind", "segment")
        button.setCheckable(True)
        return button

    def _connect(self) -> None:
        self._mine.clicked.connect(self._on_mine)
        self._all.clicked.connect(self._on_all)
        self._who.id_chosen.connect(self._on_who)
