"""The person's options on this computer, and what all who share the workspace decide on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from ui import languages, theme
from ui.commands import Command
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.settings_backups import Backups
from ui.pages.settings_documents import DocumentSettings
from ui.pages.settings_holidays import Holidays
from ui.pages.settings_team import Team
from ui.pages.settings_words import InternalWords
from ui.widgets.wrapped_label import WrappedLabel

WIDTH = 620
"""Pixels of a card at most."""
BESIDE = 960
"""Pixels of the page from which its cards stand in two columns."""
LABEL, FIELD = 130, 260
"""Pixels for the labels, so that the fields of all cards stand in one line."""


class SettingsPage(Page):
    """Language, theme, who one is, the team, backups; documents, inner words, days off."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._build()
        self._connect()

    @property
    def team(self) -> Team:
        """The people of our team."""
        return self._team

    @Slot()
    def _on_author(self) -> None:
        name = self._author.text().strip()
        if name and name != self._desk.preferences.author:
            self._desk.preferences.name_author(name)
        self._author.setText(self._desk.preferences.author)

    @Slot(int)
    def _on_language(self, place: int) -> None:
        self._desk.preferences.choose_language(self._language.itemData(place))

    @Slot(int)
    def _on_theme(self, place: int) -> None:
        self._desk.preferences.choose_theme(self._theme.itemData(place))

    @Slot()
    def _on_preferences(self) -> None:
        self._theme.setCurrentIndex(self._theme.findData(self._desk.preferences.theme))

    def _build(self) -> None:
        preferences = self._desk.preferences
        title = QLabel(_("Settings"), self)
        title.setProperty("kind", "title")
        names = {"system": _("As the system"), **languages.NAMES}
        self._language = self._choice(_("Language"), names, preferences.language)
        words = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
        chosen = {key: words[key] for key in theme.CHOICES}
        self._theme = self._choice(_("Theme"), chosen, preferences.theme)
        self._author = QLineEdit(preferences.author, self)
        self._author.setFixedWidth(FIELD)
        self._author.setAccessibleName(_("Your name"))
        look_card, look_form = self._card(_("Look"))
        look_form.addRow(self._label(_("Language")), self._language)
        look_form.addRow(self._label(_("Theme")), self._theme)
        you_card, you_form = self._card(_("You"))
        you_form.addRow(self._label(_("Your name")), self._author)
        you_form.addRow(
            "",
            self._hint(
                _(
                    "Stands beside your changes in the history, from the next "
                    "time a workspace is opened."
                )
            ),
        )
        team_card, team_form = self._card(_("Team members"))
        self._team = Team(self._desk, self)
        team_form.addRow(self._team)
        file_card, file_form = self._card(_("Backups of this workspace"))
        file_form.addRow(Backups(self._desk, self))
        documents_card, documents_form = self._card(_("Documents"))
        self._documents = DocumentSettings(self._desk, LABEL - 20, self)
        documents_form.addRow(self._documents)
        words_card, words_form = self._card(_("Internal words"))
        self._words = InternalWords(self._desk, self)
        words_form.addRow(self._words)
        days_card, days_form = self._card(_("Days off"))
        days_form.addRow(Holidays(self._desk, self))
        first = (look_card, you_card, team_card, file_card)
        self._lay_out(title, (first, (documents_card, days_card, words_card)))

    def _lay_out(self, title: QLabel, cards: tuple[tuple[QFrame, ...], ...]) -> None:
        """Put the cards into columns, side by side or one below the other, in what scrolls."""
        inside = QWidget(self)
        inside.setProperty("kind", "page")
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(14)
        for column in cards:
            held = QVBoxLayout()
            held.setSpacing(14)
            for card in column:
                held.addWidget(card)
            held.addStretch(1)
            self._columns.addLayout(held, 1)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(22, 12, 22, 18)
        layout.setSpacing(14)
        layout.addWidget(title)
        layout.addLayout(self._columns)
        layout.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._scroll = scroll
        self._entrance: QWidget = self._language
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self._language.activated.connect(self._on_language)
        self._theme.activated.connect(self._on_theme)
        self._author.editingFinished.connect(self._on_author)
        self._desk.preferences.changed.connect(self._on_preferences)

    def _card(self, title: str) -> tuple[QFrame, QFormLayout]:
        card = QFrame(self)
        card.setProperty("kind", "card")
        card.setMaximumWidth(WIDTH)
        heading = QLabel(title, card)
        heading.setProperty("kind", "heading")
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 16, 20, 18)
        inside.setSpacing(12)
        inside.addWidget(heading)
        inside.addLayout(form)
        return card, form

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setMinimumWidth(LABEL)
        return label

    def _choice(self, label: str, names: dict[str, str], chosen: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(label)
        for value, name in names.items():
            box.addItem(name, value)
        box.setCurrentIndex(box.findData(chosen))
        box.setMinimumWidth(FIELD)
        return box

    def _hint(self, text: str) -> QLabel:
        label = WrappedLabel(text, self, "small")
        label.setMinimumWidth(FIELD)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return label

    def show_item(self, entity: str, item_id: str) -> None:
        """Show a person of our team; without an id, the team."""
        if entity == "member":
            self._team.start(item_id)
            self._entrance = self._team.entrance
            self._scroll.ensureWidgetVisible(self._team)

    def entrance(self) -> QWidget | None:
        return self._entrance

    def commands(self) -> tuple[Command, ...]:
        return self._team.commands()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= BESIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
