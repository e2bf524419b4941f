"""The fields of a touchpoint that is not logged yet, in one column or two."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.vocabulary import Channel, TouchpointType
from ui.pages.touchpoints.draft import Draft
from ui.pages.touchpoints.moment_line import MomentLine
from ui.pages.touchpoints.next_actions_field import DraftText, NextActionsField
from ui.pages.touchpoints.people_field import PeopleField
from ui.theme import Look
from ui.widgets.choice_box import ChoiceBox

COLUMNS = ((860, 3), (560, 2), (0, 1))
"""Pixels of width from which texts stand in so many columns."""

_LINES = {"summary": 3, "private_note": 3, "decisions": 1, "reaction": 1}
"""The texts, with the lines each has at least."""


class LogForm(QWidget):
    """Channel, purpose, when, who, what was said, decided and felt, and what comes next."""

    edited = Signal()
    """Something in it is another than before, by whomever."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = 0
        self.setProperty("kind", "plain")
        self.channel = ChoiceBox(Channel, self, none=_("Not said"))
        self.purpose = ChoiceBox(TouchpointType, self, none=_("Not said"))
        self.when = MomentLine(look, self)
        self.who = PeopleField(look, self)
        self.texts = {name: DraftText(lines, self) for name, lines in _LINES.items()}
        self.next_actions = NextActionsField(self)
        self._summary_label, self._who_label = QLabel(self), QLabel(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._blocks = self._make_blocks()
        self._arrange(2)
        self._connect()
        self.tell_kind(is_ahead=False)

    def draft(self) -> Draft:
        """Return all that stands here."""
        return Draft(
            channel=self.channel.code,
            type=self.purpose.code,
            when=self.when.typed if self.when.is_typing else "",
            people=self.who.people,
            name=self.who.typed,
            actions=self.next_actions.text.typed,
            **{name: field.typed for name, field in self.texts.items()},
        )

    def show_draft(self, draft: Draft, now: dt.datetime | None) -> None:
        """Show a draft; where it has no moment of its own, `now` is proposed."""
        self.channel.show_code(draft.channel)
        self.purpose.show_code(draft.type)
        self.when.set_moment(now, force=True)
        if draft.when:
            self.when.setText(draft.when)
            self.when.setModified(True)
        self.who.show_people(draft.people)
        self.who.line.setText(draft.name)
        for name, field in self.texts.items():
            field.set_value(getattr(draft, name), force=True)
        self.next_actions.text.set_value(draft.actions, force=True)

    def read_moment(self) -> dt.datetime:
        """Return the moment, with whoever is half typed taken in.

        Raises UserError, and puts the cursor there, where something typed cannot be logged.
        """
        self.who.take_meant()
        if self.who.typed:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            raise UserError(
                _("“{name}” is not among those who were there.").format(name=self.who.typed),
                _("Press Enter in that field to add a new contact, or empty it."),
            )
        try:
            return self.when.read()
        except UserError:
            self.when.setFocus(Qt.FocusReason.OtherFocusReason)
            raise

    def tell_kind(self, *, is_ahead: bool) -> None:
        """Call the text for the customer what it is: of a meeting that lies ahead, its agenda."""
        label = _("Agenda for the customer") if is_ahead else _("Summary for the customer")
        self._summary_label.setText(label)
        self.texts["summary"].setAccessibleName(label)
        who = _("Who will be there") if is_ahead else _("Who was there")
        self._who_label.setText(who)
        self.who.setAccessibleName(who)

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    def _make_blocks(self) -> list[QWidget]:
        """Make the parts of the form in the order of the keyboard."""
        first = QWidget(self)
        first.setProperty("kind", "plain")
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        fields: list[tuple[str, QWidget, int]] = [
            (_("Channel"), self.channel, 3),
            (_("Purpose"), self.purpose, 3),
            (_("When"), self.when, 5),
        ]
        for words, field, share in fields:
            field.setMinimumWidth(70)
            row.addWidget(self._block(QLabel(words, first), field), share)
        note = QLabel(_("Private note – stays inside"), self)
        return [
            first,
            self._block(self._who_label, self.who),
            self._block(self._summary_label, self.texts["summary"]),
            self._block(note, self.texts["private_note"], is_internal=True),
            self._block(QLabel(_("Decisions"), self), self.texts["decisions"]),
            self._block(QLabel(_("Reaction"), self), self.texts["reaction"]),
            self._block(QLabel(_("Next actions"), self), self.next_actions),
        ]

    def _block(self, label: QLabel, field: QWidget, *, is_internal: bool = False) -> QFrame:
        """Put a field below its label; what stays inside gets a ground of its own."""
        block = QFrame(self)
        if is_internal:
            block.setProperty("kind", "internal")
            field.setProperty("kind", "internal")
        label.setParent(block)
        label.setProperty("kind", "internal" if is_internal else "small")
        label.setBuddy(field)
        field.setAccessibleName(label.text())
        layout = QVBoxLayout(block)
        margin = 8 if is_internal else 0
        layout.setContentsMargins(margin, margin // 2, margin, margin // 2)
        layout.setSpacing(3)
        layout.addWidget(label)
        layout.addWidget(field)
        layout.addStretch(1)
        return block

    def _arrange(self, columns: int) -> None:
        """Put the parts into one column, into two, or the next actions into a third."""
        if columns == self._columns:
            return
        self._columns = columns
        first, who, summary, private, decisions, reaction, actions = self._blocks
        below = 2 if columns > 1 else 3
        places = {
            first: (0, 0, 1, columns),
            who: (1, 0, 1, columns),
            summary: (2, 0, 1, 1),
            private: (2, 1, 1, 1) if columns > 1 else (3, 0, 1, 1),
            decisions: (below + 1, 0, 1, 1),
            reaction: (below + 1, 1, 1, 1) if columns > 1 else (5, 0, 1, 1),
            actions: (2, 2, 2, 1) if columns == 3 else (6, 0, 1, columns),
        }
        for block, place in places.items():
            self._grid.removeWidget(block)
            self._grid.addWidget(block, *place)
        for number in range(3):
            self._grid.setColumnStretch(number, int(number < columns))

    def _connect(self) -> None:
        for field in (*self.texts.values(), self.next_actions.text):
            field.textChanged.connect(self._on_edited)
        self.when.textChanged.connect(self._on_edited)
        self.who.changed.connect(self._on_edited)
        self.who.line.textChanged.connect(self._on_edited)
        self.channel.code_chosen.connect(self._on_edited)
        self.purpose.code_chosen.connect(self._on_edited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(next(number for width, number in COLUMNS if self.width() >= width))
