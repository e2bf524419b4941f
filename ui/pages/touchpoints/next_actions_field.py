"""Next actions as one notes them down: a line each, with what the program makes of them below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csdesk.actions.editing import today
from csdesk.actions.plan_items import ItemKind, ItemRef
from csdesk.i18n import _, current, ngettext
from csdesk.insight.typed_actions import Person, TypedAction, typed_actions
from csdesk.queries.touchpoints import ActionPlace
from csdesk.store.words import fold
from ui.pages.touchpoints.touchpoint_words import person_words
from ui.widgets.choice_box import ElidedBox
from ui.widgets.inline_fields import NoteField
from ui.widgets.wrapped_label import WrappedLabel, keep_high_enough

MOST_PREVIEWED = 6
"""How many actions are told below the field; of more only the number."""


class DraftText(NoteField):
    """Text of something that is not stored yet: Escape and Ctrl+Enter are its form's business."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (
            enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)


class PlaceBox(ElidedBox):
    """Where next actions go: a plan, a goal or a milestone of it, or a plan made for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[ActionPlace, ...] = ()
        self._new_plan = ""
        self.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setAccessibleName(_("Where the next actions go"))

    @property
    def ref(self) -> ItemRef | None:
        """The place chosen; None for a new plan."""
        at = self.currentIndex()
        return self._places[at].ref if 0 <= at < len(self._places) else None

    @property
    def new_plan(self) -> str:
        """What the plan to be made is called; empty where one is chosen."""
        return self._new_plan if self.ref is None else ""

    def offer(self, places: Sequence[ActionPlace], account: str) -> None:
        """Offer these places and a new plan; what is chosen stays where it is still there."""
        new_plan = _("Success plan for {account}").format(account=account)
        if tuple(places) == self._places and new_plan == self._new_plan:
            return
        chosen = self.ref
        self._places, self._new_plan = tuple(places), new_plan
        self.clear()
        for place in places:
            marks = {None: "", ItemKind.GOAL: "    ", ItemKind.MILESTONE: "        ◆ "}
            self.addItem(f"{marks.get(place.ref.kind, '')}{place.title}")
        self.addItem(_("New plan “{title}”").format(title=new_plan))
        refs = [place.ref for place in places]
        self.setCurrentIndex(refs.index(chosen) if chosen in refs else 0)


class NextActionsField(QWidget):
    """The lines, what they come to, and the place of the action items."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Person, ...] = ()
        self.text = DraftText(2, self)
        self.text.setPlaceholderText(_("One per line: Send the plan @name 12/5"))
        self.place = PlaceBox(self)
        self._preview = WrappedLabel("", self, "small")
        self._no_plan = WrappedLabel(
            _("This account has no plan yet: one will be made for the actions."), self, "small"
        )
        self._into = QLabel(_("They go into"), self)
        self._into.setProperty("kind", "small")
        self._into.setBuddy(self.place)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._into)
        row.addWidget(self.place, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.text)
        layout.addWidget(self._preview)
        layout.addLayout(row)
        layout.addWidget(self._no_plan)
        self.setFocusProxy(self.text)
        self.text.textChanged.connect(self._on_changed)
        self._show()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.text.setAccessibleName(name)

    @property
    def typed_actions(self) -> list[TypedAction]:
        """The actions typed."""
        return typed_actions(self.text.typed, today(), self._people, fold)

    def know(self, people: Sequence[Person], places: Sequence[ActionPlace], account: str) -> None:
        """Take up whom an @ may mean, and where the actions may go."""
        self._people = tuple(people)
        self.place.offer(places, account)
        self._show()

    @Slot()
    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Tell what the lines come to; without any there is nothing to say about their place."""
        actions = self.typed_actions
        lines = [_in_words(action) for action in actions[:MOST_PREVIEWED]]
        if len(actions) > MOST_PREVIEWED:
            left = len(actions) - MOST_PREVIEWED
            lines.append(ngettext("and {n} more", "and {n} more", left).format(n=left))
        self._preview.setText("\n".join(lines))
        for widget in (self._preview, self._into, self.place):
            widget.setVisible(bool(actions))
        keep_high_enough(self._preview)
        self._no_plan.setVisible(bool(actions) and self.place.count() == 1)


def _in_words(action: TypedAction) -> str:
    owner = person_words(action.owner) if action.owner else ""
    due = current().date(action.due_on)
    return " · ".join(part for part in (f"☐ {action.title}", owner, due) if part)
