"""The chosen touchpoint whole, edited in place: what was said, what stays inside, what came."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.actions.plan_items import ItemRef
from csdesk.actions.touchpoints import add_next_actions, edit_touchpoint, set_attendees
from csdesk.i18n import _
from csdesk.insight.typed_actions import Person, typed_actions
from csdesk.model.vocabulary import Channel, TouchpointType
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.touchpoints import TouchpointRow, action_places
from csdesk.store.words import fold
from ui.desk import Desk
from ui.editing import Place
from ui.icons import icon
from ui.pages.touchpoints.led_to_list import LedToList
from ui.pages.touchpoints.moment_line import MomentLine
from ui.pages.touchpoints.people_field import PeopleField
from ui.pages.touchpoints.touchpoint_words import title_words
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.inline_fields import INSIDE, NoteField, TextField
from ui.widgets.pill import Pill

LEAST = 250
"""Pixels of width below which it does not shrink."""


class TouchpointPanel(QFrame):
    """Shows one touchpoint and stores each field when one leaves it."""

    edited = Signal()
    delete_asked = Signal(str)
    """The id of the touchpoint to delete."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: TouchpointRow | None = None
        self._account = ""
        self._people: tuple[Person, ...] = ()
        self.setProperty("kind", "card")
        self._build()
        self._connect()

    @property
    def row(self) -> TouchpointRow | None:
        """The touchpoint shown."""
        return self._row

    @property
    def first_field(self) -> QWidget:
        """Where the cursor goes when one comes here."""
        return self._texts["summary"]

    @Slot()
    def enter(self) -> None:
        """Put the cursor into the field that is written in most."""
        self.first_field.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def who(self) -> PeopleField:
        """The field of those who were there."""
        return self._who

    @property
    def when(self) -> MomentLine:
        """The field of the moment."""
        return self._when

    @property
    def led_to(self) -> LedToList:
        """The action items it led to."""
        return self._led_to

    @property
    def new_action(self) -> TextField:
        """The line in which one more action is typed."""
        return self._new_action

    def text(self, name: str) -> NoteField:
        """Return the field of a text, such as "decisions". Raises KeyError for no such text."""
        return self._texts[name]

    def show_row(
        self,
        row: TouchpointRow | None,
        detail: AccountDetail,
        people: Sequence[Person],
        *,
        is_planned: bool,
    ) -> None:
        """Show a touchpoint, or nothing; what somebody is typing here stays."""
        other = row is None or self._row is None or row.id != self._row.id
        if other:
            # What was typed belongs to the touchpoint before.
            for field in self._texts.values():
                field.flush()
            self._new_action.flush()
        self._row, self._people = row, tuple(people)
        self._account = detail.row.name
        self._parts.setCurrentIndex(0 if row is not None else 1)
        if row is None:
            return
        self._planned.show_words(_("Planned") if is_planned else "", "accent")
        self._title.setText(title_words(row.channel, row.type))
        self._when.looking_back = not is_planned
        self._when.set_moment(row.held_at, force=other)
        self._channel.show_code(row.channel)
        self._type.show_code(row.type)
        self._plan.offer([(one.id, one.title) for one in detail.plans], row.plan_id)
        self._who.know(people)
        self._who.show_people(row.attendees)
        if other:
            self._who.line.clear()
        for name, field in self._texts.items():
            field.set_value(getattr(row, name), force=other)
        if other:
            self._new_action.set_value("", force=True)
        self._led_to.show_actions(row.actions)

    def _place(self, field: str) -> Place | None:
        """Tell which field of which row an editor here stands for."""
        return None if self._row is None else Place("touchpoint", self._row.id, field)

    def _set(self, **fields: Any) -> None:
        row = self._row
        if row is None:
            return
        label = _("Change “{title}”").format(title=title_words(row.channel, row.type))
        if self._desk.write(label, edit_touchpoint, row.id, **fields) is None:
            # What was refused makes place for what is stored.
            self._when.set_moment(row.held_at, force="held_at" in fields)
            for name in fields.keys() & self._texts.keys():
                self._texts[name].set_value(getattr(row, name), force=True)
        self.edited.emit()

    @Slot()
    def _on_people(self) -> None:
        row = self._row
        if row is not None:
            label = _("Who was at “{title}”").format(title=title_words(row.channel, row.type))
            self._desk.write(label, set_attendees, row.id, self._who.people)
            self.edited.emit()

    @Slot(str)
    def _on_action(self, text: str) -> None:
        row = self._row
        actions = typed_actions(text, today(), self._people, fold)
        if row is None or not actions:
            return
        own = ItemRef(None, row.plan_id) if row.plan_id else None
        refs = [place.ref for place in self._desk.read(action_places, row.account_id)]
        usual = refs[0] if refs else None
        new_plan = _("Success plan for {account}").format(account=self._account)
        step = self._desk.write(
            _("Add action “{title}”").format(title=actions[0].title[:40]),
            add_next_actions,
            row.id,
            actions,
            below=own if own in refs else usual,
            new_plan=new_plan,
        )
        if step is not None:
            self._new_action.set_value("", force=True)
            if not refs:
                self._desk.offer_undo(_("“{title}” was made.").format(title=new_plan))
        self.edited.emit()

    @Slot()
    def _on_delete(self) -> None:
        if self._row is not None:
            self.delete_asked.emit(self._row.id)

    def _build(self) -> None:
        inside = QWidget(self)
        inside.setProperty("kind", "plain")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(14 - INSIDE, 10, 14, 14)
        layout.setSpacing(6)
        layout.addLayout(self._head(inside))
        layout.addWidget(self._form(inside))
        self._texts = {
            "summary": NoteField(2, inside),
            "private_note": NoteField(2, inside),
            "decisions": NoteField(1, inside),
            "reaction": NoteField(1, inside),
        }
        self._add_text(layout, _("Summary for the customer"), "summary")
        layout.addLayout(_level(self._private(inside)))
        self._add_text(layout, _("Decisions"), "decisions")
        self._add_text(layout, _("Reaction"), "reaction")
        led_to = QLabel(_("What it led to"), inside)
        led_to.setProperty("kind", "small")
        self._led_to = LedToList(self._desk, inside)
        self._new_action = TextField(inside)
        self._new_action.setPlaceholderText(_("Add an action: Send the plan @name 12/5"))
        self._new_action.setAccessibleName(_("Add an action"))
        self._new_action.setProperty("kind", "below")
        layout.addSpacing(4)
        layout.addLayout(_level(led_to))
        layout.addLayout(_level(self._led_to))
        layout.addWidget(self._new_action)
        layout.addStretch(1)
        nothing = QLabel(_("Choose a touchpoint to see it whole."), self)
        nothing.setProperty("kind", "muted")
        nothing.setWordWrap(True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll = QScrollArea(self)
        scroll.setProperty("kind", "plain")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self._parts = QStackedWidget(self)
        self._parts.addWidget(scroll)
        self._parts.addWidget(nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 4, 1, 4)
        outer.addWidget(self._parts)
        self.setMinimumWidth(LEAST)

    def _head(self, parent: QWidget) -> QHBoxLayout:
        self._title = QLabel(parent)
        self._title.setProperty("kind", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._planned = Pill(parent)
        self._delete = QToolButton(parent)
        self._delete.setIcon(icon(self._desk.look, "trash-2"))
        self._delete.setIconSize(QSize(16, 16))
        self._delete.setToolTip(_("Delete the touchpoint"))
        self._delete.setAccessibleName(_("Delete the touchpoint"))
        head = QHBoxLayout()
        head.setContentsMargins(INSIDE, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._planned)
        head.addWidget(self._delete)
        return head

    def _form(self, parent: QWidget) -> QWidget:
        holder = QWidget(parent)
        holder.setProperty("kind", "plain")
        form = QFormLayout(holder)
        form.setContentsMargins(INSIDE, 2, 0, 4)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._when = MomentLine(self._desk.look, holder)
        self._channel = ChoiceBox(Channel, holder, none=_("Not said"))
        self._type = ChoiceBox(TouchpointType, holder, none=_("Not said"))
        self._plan = NameBox(_("None"), holder)
        self._who = PeopleField(self._desk.look, holder)
        rows: list[tuple[str, QWidget]] = [
            (_("When"), self._when),
            (_("Channel"), self._channel),
            (_("Purpose"), self._type),
            (_("Plan"), self._plan),
            (_("Who was there"), self._who),
        ]
        for words, widget in rows:
            label = QLabel(words, holder)
            label.setProperty("kind", "muted")
            label.setBuddy(widget)
            label.setContentsMargins(0, 7, 0, 0)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            widget.setAccessibleName(words)
            widget.setMinimumWidth(60)
            if widget is self._who:  # chips take the whole width
                form.addRow(label)
                form.addRow(widget)
            else:
                widget.setProperty("kind", "inline")
                form.addRow(label, widget)
        self._who.line.setProperty("kind", "below")
        return holder

    def _add_text(self, layout: QVBoxLayout, words: str, name: str) -> None:
        field = self._texts[name]
        label = QLabel(words, field.parentWidget())
        label.setProperty("kind", "small")
        label.setBuddy(field)
        field.setAccessibleName(words)
        field.setProperty("kind", "below")
        field.setPlaceholderText("–")
        layout.addLayout(_level(label))
        layout.addWidget(field)

    def _private(self, parent: QWidget) -> QFrame:
        frame = QFrame(parent)
        frame.setProperty("kind", "internal")
        label = QLabel(_("Private note – stays inside"), frame)
        label.setProperty("kind", "internal")
        field = self._texts["private_note"]
        field.setProperty("kind", "internal")
        field.setAccessibleName(label.text())
        label.setBuddy(field)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(10 - INSIDE, 6, 10, 6)
        layout.setSpacing(3)
        layout.addLayout(_level(label))
        layout.addWidget(field)
        return frame

    def _connect(self) -> None:
        watch = self._desk.editing.watch
        for name, field in self._texts.items():
            watch(field, field, partial(self._place, name))
            field.entered.connect(partial(self._on_text, name))
        watch(self._when, self._when, partial(self._place, "held_at"), self._when.read)
        watch(self._new_action, self._new_action, lambda: None)
        self._when.moment_entered.connect(self._on_when)
        self._when.refused.connect(self._desk.messages.error)
        self._channel.code_chosen.connect(partial(self._on_term, "channel"))
        self._type.code_chosen.connect(partial(self._on_term, "type"))
        self._plan.id_chosen.connect(partial(self._on_term, "plan_id"))
        self._who.changed.connect(self._on_people)
        self._new_action.entered.connect(self._on_action)
        self._delete.clicked.connect(self._on_delete)

    def _on_text(self, name: str, text: str) -> None:
        self._set(**{name: text})

    def _on_term(self, name: str, value: str | None) -> None:
        self._set(**{name: value})

    @Slot(object)
    def _on_when(self, moment: Any) -> None:
        self._set(held_at=moment)


def _level(widget: QWidget) -> QHBoxLayout:
    """Let a widget begin where the texts of the fields begin."""
    row = QHBoxLayout()
    row.setContentsMargins(INSIDE, 0, 0, 0)
    row.addWidget(widget)
    return row
