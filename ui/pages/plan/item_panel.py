"""The chosen item whole: what the customer sees of it, what stays inside, and its history."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.actions.plan_items import ItemKind, set_dependencies
from csdesk.i18n import _
from csdesk.model.vocabulary import Side
from csdesk.queries.item_details import ItemDetails, item_details
from csdesk.queries.outline import OutlineItem, PlanOutline
from ui.desk import Desk
from ui.editing import Place
from ui.pages.plan.internal_note import InternalNote
from ui.pages.plan.item_fields import ItemFields
from ui.pages.plan.item_history import ItemHistory
from ui.pages.plan.measures_block import MeasuresBlock
from ui.pages.plan.outline_words import kind_words, unagreed_words
from ui.pages.plan.people_choice import People
from ui.pages.plan.plan_edits import PlanEdits
from ui.pages.plan.plan_strip import ProgressLine
from ui.pages.plan.waits_field import WaitsField
from ui.widgets.inline_fields import NoteField
from ui.widgets.pill import Pill

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
    def fields(self) -> ItemFields:
        """Status, dates, people and the other short fields."""
        return self._fields

    @property
    def measures(self) -> MeasuresBlock:
        """The success measures of a goal."""
        return self._measures

    @property
    def waits(self) -> WaitsField:
        """What a milestone waits for."""
        return self._waits

    @property
    def history(self) -> ItemHistory:
        """What happened to the item."""
        return self._history

    @property
    def note(self) -> NoteField:
        """The field of the internal note."""
        return self._internal.field

    @property
    def closing(self) -> NoteField:
        """The field in which the result of a goal is told."""
        return self._closing

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
            for field in (self._title, self._text, self._closing, self.note):
                field.flush()
            self._fields.flush()
        self._item, self._outline = item, outline
        self._parts.setCurrentIndex(0 if item is not None else 1)
        if item is None:
            return
        details = self._desk.read(item_details, item.ref, today=today())
        self._kind.setText(kind_words(item.ref.kind))
        self._unagreed.show_words(unagreed_words() if unagreed else "", "warning")
        self._unagreed.setToolTip(unagreed)
        self._unagreed.setAccessibleName(unagreed)
        self._title.set_value(item.title, force=other)
        self._text.set_value(item.text, force=other)
        self.note.set_value(item.internal_note, force=other)
        self._fields.show_item(item, details, people, other=other)
        self._show_progress(item)
        self._show_parts(item, details, other)
        kind = item.ref.kind
        assert kind is not None
        rows = [(kind.value, item.ref.id), *(("measure", one.id) for one in item.measures)]
        self._history.show_rows(rows)

    def _show_progress(self, item: OutlineItem) -> None:
        """Show how far a goal or milestone is, and say by what that is told."""
        self._progress.setVisible(item.progress is not None)
        self._progress.show_share(item.progress)
        if item.ref.kind is ItemKind.MILESTONE:
            words = _("The share of its action items that are done.")
        elif item.measures:
            words = _("The mean of its success measures, by their newest values.")
        else:
            words = _("The mean of its milestones, by their weight.")
        self._progress.setToolTip(words)

    def _show_parts(self, item: OutlineItem, details: ItemDetails, other: bool) -> None:
        """Show the larger parts that items of this kind have."""
        kind = item.ref.kind
        self._measures.setVisible(kind is ItemKind.GOAL)
        if kind is ItemKind.GOAL:
            self._measures.show_goal(item, details.measures)
        self._waits.setVisible(kind is ItemKind.MILESTONE)
        if kind is ItemKind.MILESTONE:
            self._waits.show_waits(self._milestones(item), item.depends_on)
        for widget in (self._text, self._text_label):
            widget.setVisible(kind is not ItemKind.ACTION)
        why = _("Why the customer wants it")
        self._text_label.setText(why if kind is ItemKind.GOAL else _("Definition of done"))
        self._text.setAccessibleName(self._text_label.text())
        self._closing.set_value(details.closing_note, force=other)
        is_told = kind is ItemKind.GOAL and (item.is_closed or bool(details.closing_note))
        for widget in (self._closing, self._closing_label):
            widget.setVisible(is_told or (kind is ItemKind.GOAL and self._closing.is_typing))

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

    @Slot(object)
    def _on_changed(self, fields: dict[str, Any]) -> None:
        if self._item is None:
            return
        if not fields or not self._edits.edit(self._item, fields):
            # What was refused makes place for what is stored.
            self._fields.show_stored()
            self._title.set_value(self._item.title, force=True)
        self.edited.emit()

    def _on_text_field(self, field: str, text: str) -> None:
        self._on_changed({field: text})

    @Slot(object)
    def _on_person_asked(self, side: Side) -> None:
        item = self._item
        self.edited.emit()  # shows the owner of the moment again
        self.person_asked.emit(item, side)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if self._item is not None and self._item.ref.kind in _TEXT_FIELDS:
            self._on_changed({_TEXT_FIELDS[self._item.ref.kind]: text})

    @Slot(object)
    def _on_waits(self, wanted: set[str]) -> None:
        if self._item is not None:
            label = _("What “{title}” waits for").format(title=self._item.title)
            self._desk.write(label, set_dependencies, self._item.ref.id, wanted)
            self.edited.emit()

    @Slot(str)
    def _on_source(self, touchpoint_id: str) -> None:
        self._desk.show("touchpoint", touchpoint_id)

    def _build(self) -> None:
        self._parts = QStackedWidget(self)
        scroll = _scroll_area(self._parts)
        inside = QWidget(scroll.viewport())
        inside.setProperty("kind", "plain")
        self._kind = _small("", inside)
        self._unagreed = Pill(inside)
        self._progress = ProgressLine(self._desk.look, inside)
        self._title = NoteField(1, inside, enter_stores=True)
        self._title.setProperty("kind", "inlineHeading")
        self._title.document().setDocumentMargin(0)  # its text stands above the others
        self._title.setAccessibleName(_("Title"))
        self._fields = ItemFields(self._desk, inside)
        self._text_label = _small("", inside)
        self._text = NoteField(3, inside)
        self._text_label.setBuddy(self._text)
        self._measures = MeasuresBlock(self._desk, inside)
        self._waits = WaitsField(self._desk.look, inside)
        self._closing_label = _small(_("Result, as the customer will read it"), inside)
        self._closing = NoteField(2, inside)
        self._closing.setAccessibleName(self._closing_label.text())
        self._closing_label.setBuddy(self._closing)
        self._internal = InternalNote(inside)
        self._history = ItemHistory(self._desk, inside)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._kind)
        head.addWidget(self._unagreed)
        head.addStretch(1)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(10, 10, 9, 14)
        layout.setSpacing(6)
        layout.addLayout(head)
        for widget in (
            *(self._title, self._progress, self._fields, self._text_label, self._text),
            *(self._measures, self._waits, self._closing_label, self._closing),
        ):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addWidget(self._internal)
        layout.addSpacing(4)
        layout.addWidget(self._history)
        layout.addStretch(1)
        scroll.setWidget(inside)
        nothing = QLabel(_("Choose an item to see it whole."), self._parts)
        nothing.setProperty("kind", "muted")
        nothing.setWordWrap(True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._parts.addWidget(scroll)
        self._parts.addWidget(nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 4, 1, 4)
        outer.addWidget(self._parts)
        self.setMinimumWidth(302)

    def _connect(self) -> None:
        watch = self._desk.editing.watch
        for field, name in (
            (self._title, "title"),
            (self._closing, "closing_note"),
            (self.note, "internal_note"),
        ):
            watch(field, field, partial(self._place, name))
            field.entered.connect(partial(self._on_text_field, name))
        watch(self._text, self._text, self._text_place)
        self._text.entered.connect(self._on_text)
        self._fields.changed.connect(self._on_changed)
        self._fields.person_asked.connect(self._on_person_asked)
        self._fields.source_asked.connect(self._on_source)
        self._waits.changed.connect(self._on_waits)
        self._measures.edited.connect(self.edited)


def _small(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("kind", "small")
    return label


def _scroll_area(parent: QWidget) -> QScrollArea:
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scroll
