"""The chosen item whole: what the customer sees of it, what stays inside, and its history."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.plan_items import ItemKind, set_dependencies
from csdesk.i18n import _
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    Priority,
    ProgressRag,
    Side,
    Visibility,
)
from csdesk.queries.outline import OutlineItem, PlanOutline
from csdesk.queries.row_story import row_stories
from ui.desk import Desk
from ui.editing import Place
from ui.pages.account.story_list import StoryList
from ui.pages.plan.measures_block import MeasuresBlock
from ui.pages.plan.outline_words import (
    customer_name,
    kind_words,
    unagreed_words,
    visibility_words,
)
from ui.pages.plan.people_choice import People
from ui.pages.plan.plan_edits import PlanEdits
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.date_line import DateLine
from ui.widgets.inline_fields import NoteField
from ui.widgets.pill import Pill

NEW = "+"
"""The choice of somebody who is not known yet."""

_TEXT_FIELDS = {ItemKind.GOAL: "why", ItemKind.MILESTONE: "done_definition"}


class ItemPanel(QFrame):
    """Shows one item and stores each field when one leaves it."""

    edited = Signal()
    person_asked = Signal(object, object)
    """The item that wants an owner who is not known yet, and the Side."""

    def __init__(self, desk: Desk, edits: PlanEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._edits = edits
        self._item: OutlineItem | None = None
        self._outline: PlanOutline | None = None
        self.setProperty("kind", "card")
        self._build()
        self._connect()

    @property
    def item(self) -> OutlineItem | None:
        """The item shown."""
        return self._item

    @property
    def first_field(self) -> QWidget:
        """Where the cursor goes when one comes here."""
        return self._title

    @property
    def measures(self) -> MeasuresBlock:
        """The success measures of a goal."""
        return self._measures

    @property
    def history(self) -> StoryList:
        """What happened to the item."""
        return self._history

    @property
    def note(self) -> NoteField:
        """The field of the internal note."""
        return self._note

    def show_item(
        self,
        item: OutlineItem | None,
        outline: PlanOutline | None,
        people: People,
        unagreed: str = "",
    ) -> None:
        """Show an item, or nothing; what somebody is typing here stays.

        `unagreed` says that it is not as the customer agreed, where that is so.
        """
        other = item is None or self._item is None or item.ref != self._item.ref
        if other:
            # What was typed belongs to the item before.
            for field in (self._title, self._text, self._note):
                field.flush()
        self._item, self._outline = item, outline
        self._parts.setCurrentIndex(0 if item is not None else 1)
        if item is None:
            return
        self._kind.setText(kind_words(item.ref.kind))
        self._unagreed.show_words(unagreed_words() if unagreed else "", "warning")
        self._unagreed.setToolTip(unagreed)
        self._unagreed.setAccessibleName(unagreed)
        self._title.set_value(item.title, force=other)
        self._text.set_value(item.text, force=other)
        self._note.set_value(item.internal_note, force=other)
        for line, day in ((self._start, item.start_on), (self._due, item.due_on)):
            line.set_day(day, force=other)
        self._show_rows(item)
        self._show_people(item, people)
        self._visible.setChecked(item.visibility == Visibility.CUSTOMER)
        self._visible.setText(visibility_words(item))
        if item.ref.kind is ItemKind.GOAL:
            self._measures.show_goal(item)
        self._show_dependencies(item)
        kind = item.ref.kind
        assert kind is not None
        rows = [(kind.value, item.ref.id), *(("measure", one.id) for one in item.measures)]
        self._history.show_stories(self._desk.read(row_stories, rows, limit=30), kind.value)

    def _show_rows(self, item: OutlineItem) -> None:
        """Show the fields that items of this kind have."""
        kind = item.ref.kind
        for own, box in self._statuses.items():
            self._form.setRowVisible(box, own is kind)
        self._statuses[kind or ItemKind.ACTION].show_code(item.status)
        self._form.setRowVisible(self._standing, kind is ItemKind.GOAL)
        self._form.setRowVisible(self._side, kind is ItemKind.ACTION)
        self._form.setRowVisible(self._priority, kind is ItemKind.ACTION)
        self._form.setRowVisible(self._waits, kind is ItemKind.MILESTONE)
        self._standing.show_code(item.standing)
        self._side.show_code(item.side)
        self._priority.show_code(item.priority)
        self._measures.setVisible(kind is ItemKind.GOAL)
        for widget in (self._text, self._text_label):
            widget.setVisible(kind is not ItemKind.ACTION)
        why = _("Why the customer wants it")
        self._text_label.setText(why if kind is ItemKind.GOAL else _("Definition of done"))
        self._text.setAccessibleName(self._text_label.text())

    def _show_people(self, item: OutlineItem, people: People) -> None:
        ours = [(one.id, one.name) for one in people.ours]
        theirs = [(one.id, customer_name(one.name)) for one in people.theirs]
        self._owner.offer([*ours, (NEW, _("New team member…"))], item.owner_id)
        self._customer_owner.offer([*theirs, (NEW, _("New contact…"))], item.customer_owner_id)

    def _show_dependencies(self, item: OutlineItem) -> None:
        names = [title for row_id, title in self._milestones(item) if row_id in item.depends_on]
        self._waits.setText(", ".join(names) or _("Nothing"))

    def _milestones(self, item: OutlineItem) -> list[tuple[str, str]]:
        """List the other milestones of the plan."""
        goals = self._outline.items if self._outline else ()
        return [
            (one.ref.id, one.title)
            for goal in goals
            for one in goal.children
            if one.ref.kind is ItemKind.MILESTONE and one.ref != item.ref
        ]

    def _place(self, field: str) -> Place | None:
        """Tell which field of which row an editor here stands for."""
        kind = self._item.ref.kind if self._item else None
        if self._item is None or kind is None:
            return None
        return Place(kind.value, self._item.ref.id, field)

    def _text_place(self) -> Place | None:
        kind = self._item.ref.kind if self._item else None
        return self._place(_TEXT_FIELDS[kind]) if kind in _TEXT_FIELDS else None

    def _set(self, **fields: Any) -> None:
        if self._item is None:
            return
        done = self._edits.edit(self._item, fields)
        if not done:
            # What was refused makes place for what is stored.
            self._start.set_day(self._item.start_on)
            self._due.set_day(self._item.due_on)
            self._title.set_value(self._item.title, force=True)
        self.edited.emit()

    @Slot(object)
    def _on_owner(self, row_id: str | None) -> None:
        self._on_person(Side.US, "owner_id", row_id)

    @Slot(object)
    def _on_customer_owner(self, row_id: str | None) -> None:
        self._on_person(Side.CUSTOMER, "customer_owner_id", row_id)

    def _on_person(self, side: Side, field: str, row_id: str | None) -> None:
        if row_id == NEW:
            item = self._item
            self.edited.emit()  # shows the owner of the moment again
            self.person_asked.emit(item, side)
        else:
            self._set(**{field: row_id})

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if self._item is not None and self._item.ref.kind in _TEXT_FIELDS:
            self._set(**{_TEXT_FIELDS[self._item.ref.kind]: text})

    @Slot(bool)
    def _on_visible(self, shown: bool) -> None:
        self._set(visibility=Visibility.CUSTOMER if shown else Visibility.INTERNAL)

    @Slot()
    def _on_waits(self) -> None:
        """Offer the milestones this one may wait for, those it waits for ticked."""
        item = self._item
        if item is None:
            return
        menu = QMenu(self._waits)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row_id, title in self._milestones(item):
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(row_id in item.depends_on)
            action.toggled.connect(lambda on, row=row_id: self._on_wait(row, on))
        menu.popup(self._waits.mapToGlobal(self._waits.rect().bottomLeft()))

    def _on_wait(self, milestone_id: str, on: bool) -> None:
        if self._item is None:
            return
        wanted = set(self._item.depends_on)
        wanted = wanted | {milestone_id} if on else wanted - {milestone_id}
        label = _("What “{title}” waits for").format(title=self._item.title)
        self._desk.write(label, set_dependencies, self._item.ref.id, wanted)
        self.edited.emit()

    def _build(self) -> None:
        inside = QWidget(self)
        inside.setProperty("kind", "plain")
        self._kind = QLabel(inside)
        self._kind.setProperty("kind", "small")
        self._title = NoteField(1, inside, enter_stores=True)
        self._title.setProperty("kind", "inlineHeading")
        self._title.setAccessibleName(_("Title"))
        self._text_label = QLabel(inside)
        self._text_label.setProperty("kind", "small")
        self._text = NoteField(3, inside)
        self._text.setAccessibleName(_("Definition of done"))
        self._text_label.setBuddy(self._text)
        self._measures = MeasuresBlock(self._desk, inside)
        self._history = StoryList(inside)
        history = QLabel(_("History"), inside)
        history.setProperty("kind", "small")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(14, 10, 14, 14)
        layout.setSpacing(6)
        self._unagreed = Pill(inside)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._kind)
        head.addWidget(self._unagreed)
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(self._title)
        layout.addWidget(self._build_form(inside))
        layout.addWidget(self._text_label)
        layout.addWidget(self._text)
        layout.addWidget(self._measures)
        layout.addSpacing(4)
        layout.addWidget(self._build_note(inside))
        layout.addSpacing(4)
        layout.addWidget(history)
        layout.addWidget(self._history)
        layout.addStretch(1)
        nothing = QLabel(_("Choose an item to see it whole."), self)
        nothing.setProperty("kind", "muted")
        nothing.setWordWrap(True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._parts = QStackedWidget(self)
        self._parts.addWidget(_scrolling(inside, self))
        self._parts.addWidget(nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 4, 1, 4)
        outer.addWidget(self._parts)
        self.setMinimumWidth(250)

    def _build_form(self, parent: QWidget) -> QWidget:
        holder = QWidget(parent)
        holder.setProperty("kind", "plain")
        self._form = QFormLayout(holder)
        self._form.setContentsMargins(0, 2, 0, 6)
        self._form.setVerticalSpacing(6)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._statuses = {
            ItemKind.GOAL: ChoiceBox(GoalStatus, holder),
            ItemKind.MILESTONE: ChoiceBox(MilestoneStatus, holder),
            ItemKind.ACTION: ChoiceBox(ActionStatus, holder),
        }
        self._standing = ChoiceBox(ProgressRag, holder, none=_("Not said"))
        self._start, self._due = (
            DateLine(self._desk.look, holder),
            DateLine(self._desk.look, holder),
        )
        self._owner = NameBox(_("Nobody"), holder)
        self._customer_owner = NameBox(_("Nobody"), holder)
        self._side = ChoiceBox(Side, holder)
        self._priority = ChoiceBox(Priority, holder, none=_("None"))
        self._waits = QPushButton(holder)
        self._waits.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._visible = QCheckBox(holder)
        rows: list[tuple[str, QWidget]] = [
            *((_("Status"), box) for box in self._statuses.values()),
            (_("Standing"), self._standing),
            (_("Start"), self._start),
            (_("Due"), self._due),
            (_("Our side"), self._owner),
            (_("Customer"), self._customer_owner),
            (_("Who acts"), self._side),
            (_("Priority"), self._priority),
            (_("Waits for"), self._waits),
        ]
        for text, widget in rows:
            label = QLabel(text, holder)
            label.setProperty("kind", "muted")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            # The panel may be narrower than the longest choice.
            widget.setMinimumWidth(60)
            widget.setProperty("kind", "inline")
            self._form.addRow(label, widget)
        self._visible.setAccessibleName(_("Shown to the customer"))
        self._form.addRow(self._visible)
        return holder

    def _build_note(self, parent: QWidget) -> QFrame:
        frame = QFrame(parent)
        frame.setProperty("kind", "internal")
        label = QLabel(_("Internal note – never in the PDF"), frame)
        label.setProperty("kind", "internal")
        self._note = NoteField(2, frame)
        self._note.setProperty("kind", "internal")
        self._note.setAccessibleName(_("Internal note, never in the PDF"))
        label.setBuddy(self._note)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addWidget(self._note)
        return frame

    def _connect(self) -> None:
        watch = self._desk.editing.watch
        watch(self._title, self._title, partial(self._place, "title"))
        watch(self._text, self._text, self._text_place)
        watch(self._note, self._note, partial(self._place, "internal_note"))
        watch(self._start, self._start, partial(self._place, "start_on"), self._start.read)
        watch(self._due, self._due, partial(self._place, "due_on"), self._due.read)
        self._title.entered.connect(lambda text: self._set(title=text))
        self._text.entered.connect(self._on_text)
        self._note.entered.connect(lambda text: self._set(internal_note=text))
        for box in self._statuses.values():
            box.code_chosen.connect(lambda code: self._set(status=code))
        self._standing.code_chosen.connect(lambda code: self._set(progress_rag=code))
        self._side.code_chosen.connect(lambda code: self._set(side=code))
        self._priority.code_chosen.connect(lambda code: self._set(priority=code))
        self._start.day_entered.connect(lambda day: self._set(start_on=day))
        self._due.day_entered.connect(lambda day: self._set(due_on=day))
        for line in (self._start, self._due):
            line.refused.connect(self._desk.messages.error)
        self._owner.id_chosen.connect(self._on_owner)
        self._customer_owner.id_chosen.connect(self._on_customer_owner)
        self._visible.clicked.connect(self._on_visible)
        self._waits.clicked.connect(self._on_waits)
        self._measures.edited.connect(self.edited)


def _scrolling(inside: QWidget, parent: QWidget) -> QScrollArea:
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll
