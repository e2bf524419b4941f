"""The short fields of the chosen item, one below the other: status, dates, people, weight."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QPushButton, QWidget

from csdesk.actions.plan_items import ItemKind
from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.model.vocabulary import (
    ActionStatus,
    Channel,
    GoalStatus,
    MilestoneStatus,
    Priority,
    ProgressRag,
    Side,
    Term,
    TouchpointType,
    Visibility,
)
from csdesk.queries.item_details import ItemDetails
from csdesk.queries.outline import OutlineItem
from ui.desk import Desk
from ui.editing import Place
from ui.pages.plan.outline_words import customer_name, visibility_words
from ui.pages.plan.people_choice import People
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.date_line import DateLine
from ui.widgets.number_line import NumberLine

NEW = "+"
"""The choice of somebody who is not known yet."""

HEAVIEST = 1_000_000
"""The largest weight of a milestone."""

_DONE_FIELDS = {ItemKind.MILESTONE: "achieved_on", ItemKind.ACTION: "done_on"}


class ItemFields(QWidget):
    """Shows the fields that items of a kind have, and tells what is entered."""

    changed = Signal(object)
    """The fields to set, by name."""
    person_asked = Signal(object)
    """The Side on which somebody new is to be in charge."""
    source_asked = Signal(str)
    """The id of the touchpoint an action item came of."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item: OutlineItem | None = None
        self._source_id = ""
        self.setProperty("kind", "plain")
        self._build()
        self._connect()

    @property
    def statuses(self) -> dict[ItemKind, ChoiceBox]:
        """The boxes of the status, one for each kind of item."""
        return self._statuses

    @property
    def due(self) -> DateLine:
        """The field of the due date."""
        return self._due

    def show_item(
        self, item: OutlineItem, details: ItemDetails, people: People, *, other: bool
    ) -> None:
        """Show an item; what somebody is typing stays, unless it is for an `other` item."""
        self._item = item
        kind = item.ref.kind or ItemKind.ACTION
        for own, box in self._statuses.items():
            self._form.setRowVisible(box, own is kind)
        self._statuses[kind].show_code(item.status)
        is_action, is_milestone = kind is ItemKind.ACTION, kind is ItemKind.MILESTONE
        for widget, shown in (
            (self._standing, kind is ItemKind.GOAL),
            (self._side, is_action),
            (self._priority, is_action),
            (self._weight, is_milestone),
            (self._done, item.is_done and kind in _DONE_FIELDS),
            (self._source, details.source_id is not None),
        ):
            self._form.setRowVisible(widget, shown)
        self._standing.show_code(item.standing)
        self._side.show_code(item.side)
        self._priority.show_code(item.priority)
        for line, day in (
            (self._start, item.start_on),
            (self._due, item.due_on),
            (self._done, details.done_on),
        ):
            line.set_day(day, force=other)
        self._weight.set_number(
            None if details.weight is None else Decimal(details.weight), force=other
        )
        ours = [(one.id, one.name) for one in people.ours]
        theirs = [(one.id, customer_name(one.name)) for one in people.theirs]
        self._owner.offer([*ours, (NEW, _("New team member…"))], item.owner_id)
        self._customer_owner.offer([*theirs, (NEW, _("New contact…"))], item.customer_owner_id)
        self._visible.setChecked(item.visibility == Visibility.CUSTOMER)
        self._visible.setText(visibility_words(item))
        self._source_id = details.source_id or ""
        self._source.setText(_source_words(details))

    def flush(self) -> None:
        """Store what is typed, before another item is shown."""
        for line in (self._start, self._due, self._done, self._weight):
            if line.isModified():
                line.editingFinished.emit()

    def show_stored(self) -> None:
        """Give up what was refused for what is stored."""
        if self._item is not None:
            self._start.set_day(self._item.start_on, force=True)
            self._due.set_day(self._item.due_on, force=True)

    def _place(self, field: str) -> Place | None:
        """Tell which field of which row an editor here stands for."""
        kind = self._item.ref.kind if self._item else None
        if self._item is None or kind is None:
            return None
        return Place(kind.value, self._item.ref.id, field)

    def _done_place(self) -> Place | None:
        kind = self._item.ref.kind if self._item else None
        return self._place(_DONE_FIELDS[kind]) if kind in _DONE_FIELDS else None

    def _store(self, field: str, value: Any) -> None:
        self.changed.emit({field: value})

    @Slot(object)
    def _on_done(self, day: dt.date | None) -> None:
        kind = self._item.ref.kind if self._item else None
        if kind in _DONE_FIELDS:
            self.changed.emit({_DONE_FIELDS[kind]: day})

    @Slot(object)
    def _on_weight(self, number: Any) -> None:
        if number is not None and not 0 <= number <= HEAVIEST:
            self._desk.messages.error(
                UserError(
                    _("{value} is out of range.").format(value=number),
                    _("It must be from {low} to {high}.").format(low=0, high=HEAVIEST),
                )
            )
            self.changed.emit({})
            return
        self.changed.emit({"weight": None if number is None else round(number)})

    @Slot(bool)
    def _on_visible(self, shown: bool) -> None:
        wanted = Visibility.CUSTOMER if shown else Visibility.INTERNAL
        self.changed.emit({"visibility": wanted})

    @Slot()
    def _on_source(self) -> None:
        self.source_asked.emit(self._source_id)

    def _on_person(self, side: Side, field: str, row_id: str | None) -> None:
        if row_id == NEW:
            self.person_asked.emit(side)
        else:
            self.changed.emit({field: row_id})

    def _build(self) -> None:
        look = self._desk.look
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 2, 0, 6)
        self._form.setVerticalSpacing(6)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._statuses = {
            ItemKind.GOAL: ChoiceBox(GoalStatus, self),
            ItemKind.MILESTONE: ChoiceBox(MilestoneStatus, self),
            ItemKind.ACTION: ChoiceBox(ActionStatus, self),
        }
        self._standing = ChoiceBox(ProgressRag, self, none=_("Not said"))
        self._start, self._due = DateLine(look, self), DateLine(look, self)
        self._done = DateLine(look, self)
        self._owner = NameBox(_("Nobody"), self)
        self._customer_owner = NameBox(_("Nobody"), self)
        self._side = ChoiceBox(Side, self)
        self._priority = ChoiceBox(Priority, self, none=_("None"))
        self._weight = NumberLine(self)
        self._weight.setToolTip(
            _("How much the milestone counts in the progress of its goal; 1 where nothing is said")
        )
        self._source = QPushButton(self)
        self._visible = QCheckBox(self)
        rows: list[tuple[str, QWidget]] = [
            *((_("Status"), box) for box in self._statuses.values()),
            (_("Standing"), self._standing),
            (_("Start"), self._start),
            (_("Due"), self._due),
            (_("Done on"), self._done),
            (_("Our side"), self._owner),
            (_("Customer"), self._customer_owner),
            (_("Who acts"), self._side),
            (_("Priority"), self._priority),
            (_("Weight"), self._weight),
            (_("Came of"), self._source),
        ]
        for text, widget in rows:
            label = QLabel(text, self)
            label.setProperty("kind", "muted")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            # The panel may be narrower than the longest choice.
            widget.setMinimumWidth(60)
            widget.setProperty("kind", "inline")
            self._form.addRow(label, widget)
        self._visible.setAccessibleName(_("Shown to the customer"))
        self._form.addRow(self._visible)

    def _connect(self) -> None:
        watch = self._desk.editing.watch
        for line, name in ((self._start, "start_on"), (self._due, "due_on")):
            watch(line, line, partial(self._place, name), line.read)
            line.day_entered.connect(partial(self._store, name))
        watch(self._done, self._done, self._done_place, self._done.read)
        self._done.day_entered.connect(self._on_done)
        watch(self._weight, self._weight, partial(self._place, "weight"), self._weight.read)
        self._weight.number_entered.connect(self._on_weight)
        for refusing in (self._start, self._due, self._done, self._weight):
            refusing.refused.connect(self._desk.messages.error)
        for box in self._statuses.values():
            box.code_chosen.connect(partial(self._store, "status"))
        self._standing.code_chosen.connect(partial(self._store, "progress_rag"))
        self._side.code_chosen.connect(partial(self._store, "side"))
        self._priority.code_chosen.connect(partial(self._store, "priority"))
        self._owner.id_chosen.connect(partial(self._on_person, Side.US, "owner_id"))
        self._customer_owner.id_chosen.connect(
            partial(self._on_person, Side.CUSTOMER, "customer_owner_id")
        )
        self._visible.clicked.connect(self._on_visible)
        self._source.clicked.connect(self._on_source)


def _source_words(details: ItemDetails) -> str:
    """Name the touchpoint an action item came of, by its day and type."""
    if details.source_id is None:
        return ""
    day = ""
    if details.source_held_at is not None:
        day = current().date(details.source_held_at.astimezone().date())
    kind = details.source_type or ""
    terms: list[Term] = [*Channel, *TouchpointType]
    known = {str(one): one.label() for one in terms}
    return " ".join(part for part in (day, known.get(kind, kind)) if part) or _("Touchpoint")
