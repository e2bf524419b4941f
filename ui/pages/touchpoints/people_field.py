"""Who was there, as chips in front of a line in which the next name is typed.

Everything goes by keys: letters narrow the list of people, Enter or a comma takes the first,
Backspace in the empty line takes the last chip away, Left goes to the chips. A name nobody has
yet is offered as a new contact or a new colleague, right there.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QToolButton, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.insight.typed_actions import Person
from csdesk.model.vocabulary import Side
from csdesk.store.words import fold
from ui.icons import icon
from ui.pages.touchpoints.touchpoint_words import person_words
from ui.theme import Look
from ui.widgets.flow import Flow

MOST_OFFERED = 12
"""How many people the list offers at once."""

POPUP = 280
"""Pixels of width of the list of people, at least."""

SEPARATORS = ",，、;；\n"
"""What ends a name while one types."""


class PersonChip(QToolButton):
    """One person; Delete or Backspace takes the chip away, arrows go along the chips."""

    removed = Signal()
    stepped = Signal(int)
    """-1 to the chip before, 1 to the one after."""

    def __init__(self, look: Look, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        words = person_words(person)
        told = _("new") if person.id is None else ""
        text = f"{words} ({told})" if told else words
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 220)
        self.setText(shown.replace("&", "&&"))
        self.setIcon(icon(look, "x"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross after the name
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        ours = person.side is Side.US
        self.setProperty("kind", "personChip")
        self.setProperty("tone", "accent" if ours else "warning")
        side = _("our side") if ours else _("customer's side")
        self.setAccessibleName(f"{words}, {side}")
        self.setToolTip(
            _("{name} ({side}): click or Delete takes them out").format(name=words, side=side)
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clicked.connect(self.removed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class NameLine(QLineEdit):
    """The line in which a name is typed; what the field has to know of its keys it tells."""

    taken = Signal()
    """Enter or a separator: what is typed is a name."""
    went_back = Signal(bool)
    """Backspace (true) or Left (false) at the very beginning."""
    left = Signal()
    """The cursor goes elsewhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ends = enter or (event.text() and event.text() in SEPARATORS)
        if ends and plain and self.text().strip():
            self.taken.emit()
        elif at_start and event.key() == Qt.Key.Key_Backspace and not self.text():
            self.went_back.emit(True)
        elif at_start and event.key() == Qt.Key.Key_Left:
            self.went_back.emit(False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        away = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in away:  # a list that opens, another window: one comes back
            self.left.emit()


class PeopleField(QWidget):
    """The chips, and the line with its list of people."""

    changed = Signal()
    """Somebody was taken in or out by the user."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._known: tuple[Person, ...] = ()
        self._people: list[Person] = []
        self._offered: list[Person] = []
        self._chips: list[PersonChip] = []
        self._build()
        self._connect()

    @property
    def people(self) -> tuple[Person, ...]:
        """Who is chosen, in the order of the chips."""
        return tuple(self._people)

    @property
    def line(self) -> QLineEdit:
        """The line in which the next name is typed."""
        return self._line

    @property
    def offered(self) -> tuple[Person, ...]:
        """Whom the list offers for what is typed, the best first."""
        return tuple(self._offered)

    def know(self, people: Sequence[Person]) -> None:
        """Offer these people from now on."""
        self._known = tuple(people)

    def show_people(self, people: Sequence[Person]) -> None:
        """Show who is chosen; what is being typed stays."""
        if list(people) != self._people:
            self._people = list(people)
            self._show_chips()

    @property
    def known(self) -> tuple[Person, ...]:
        """Who can be chosen without being new."""
        return self._known

    @property
    def typed(self) -> str:
        """A name that is typed and not taken in yet."""
        return " ".join(self._line.text().split())

    @Slot()
    def take_typed(self) -> None:
        """Take in whom the list has in front, else whom what is typed most likely means."""
        typed = self.typed
        place = self._popup.currentIndex().row() if self._popup.isVisible() else -1
        if typed:
            self._offer(typed)
            self._take(self._offered[place if 0 <= place < len(self._offered) else 0])

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._offer(self.typed)
        if self._offered and self.typed:
            self._completer.complete()
        else:
            self._popup.hide()

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self._take(self._offered[index.row()])

    @Slot()
    def take_meant(self) -> None:
        """Take in the one known person that is meant; a name nobody has stays in the line."""
        self._offer(self.typed)
        known = [one for one in self._offered if one.id is not None]
        if self.typed and (len(known) == 1 or fold(self.typed) in map(_folded_name, known)):
            self._take(known[0])

    @Slot(bool)
    def _on_back(self, is_removing: bool) -> None:
        if not self._chips:
            return
        if is_removing:
            self._remove(self._chips[-1])
        else:
            self._chips[-1].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, PersonChip):
            self._remove(chip)

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        chip = self.sender()
        place = self._chips.index(chip) + by if isinstance(chip, PersonChip) else len(self._chips)
        goal: QWidget = self._line if place >= len(self._chips) else self._chips[max(place, 0)]
        goal.setFocus(Qt.FocusReason.TabFocusReason)

    def _offer(self, typed: str) -> None:
        """Fill the list with who may be meant, then with whoever would be new."""
        wanted = fold(typed)
        free = [one for one in self._known if one not in self._people]
        begins = [one for one in free if _begins(one, wanted)]
        holds = [one for one in free if one not in begins and wanted in fold(one.name + one.kana)]
        self._offered = (begins + holds)[:MOST_OFFERED]
        words = [person_words(one) for one in self._offered]
        same = any(fold(one.name) == wanted for one in self._known)
        if typed and not same:
            self._offered += [Person(Side.CUSTOMER, None, typed), Person(Side.US, None, typed)]
            words.append(_("New contact “{name}”").format(name=typed))
            words.append(_("New team member “{name}”").format(name=typed))
        self._names.setStringList(words)

    def _take(self, person: Person) -> None:
        self._line.clear()
        self._popup.hide()
        if person not in self._people:
            self._people.append(person)
            self._show_chips()
            self.changed.emit()

    def _remove(self, chip: PersonChip) -> None:
        self._people.remove(chip.person)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chips()
        self.changed.emit()

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._flow.remove(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for person in self._people:
            chip = PersonChip(self._look, person, self._flow)
            chip.removed.connect(self._on_removed)
            chip.stepped.connect(self._on_stepped)
            self._chips.append(chip)
            self._flow.insert(len(self._chips) - 1, chip)
            chip.show()

    def _build(self) -> None:
        self._line = NameLine(self)
        self._line.setMinimumWidth(110)
        self._line.setPlaceholderText(_("Name…"))
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(MOST_OFFERED + 2)
        self._popup = QListView(self)
        self._popup.setProperty("kind", "popup")
        self._popup.setMinimumWidth(POPUP)
        self._completer.setPopup(self._popup)
        self._completer.setWidget(self._line)
        self._flow = Flow(self, gap=4)
        self._flow.add(self._line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._flow)
        self.setFocusProxy(self._line)

    def _connect(self) -> None:
        self._line.textEdited.connect(self._on_typed)
        self._line.taken.connect(self.take_typed)
        self._line.went_back.connect(self._on_back)
        self._line.left.connect(self.take_meant)
        self._popup.clicked.connect(self._on_chosen)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)


def _folded_name(person: Person) -> str:
    return fold(person.name)


def _begins(person: Person, wanted: str) -> bool:
    """Tell whether any word of a name begins with what was typed."""
    parts = (person.name, *person.name.split(), person.kana, *person.kana.split())
    return any(fold(part).startswith(wanted) for part in parts if part)
