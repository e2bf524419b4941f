"""A card that asks for a decision: what it is about, what there is to see, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.widgets.elided_button import ElidedButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.wrapped_label import WrappedLabel

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OPEN_KEY = "O"


class TitleButton(KeyButton, ElidedButton):
    """The title of a card; a press shows what the card is about."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to decide: its name in the program, its label, and the key that presses it.

    `name` is what the card's `decided` tells; `spoken` says to a screen reader what is chosen.
    """

    name: str
    label: str
    key: str
    spoken: str = ""
    main: bool = False
    """Whether Enter on the card makes this choice."""


class Card(QFrame):
    """Up and Down go from card to card, letters and Enter decide, O opens what it is about."""

    decided = Signal(str)
    """The name of the choice made."""
    opened = Signal()
    """What the card is about is to be shown."""
    step_asked = Signal(int)
    """-1 or 1: the keyboard goes to the card above or below."""
    focused = Signal()
    """The keyboard came here."""

    def __init__(
        self,
        title: str,
        source: str = "",
        parent: QWidget | None = None,
        *,
        can_open: bool = True,
    ) -> None:
        """`title` says what the card is about, `source` where that came from.

        `can_open` tells whether there is a page that shows it.
        """
        super().__init__(parent)
        self._can_open = can_open
        self._keys: dict[str, str] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._main = ""
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 10, 16, 12)
        self._inside.setSpacing(8)
        self._inside.addLayout(self._head(title, source))

    @property
    def inside(self) -> QVBoxLayout:
        """Where the card's content goes, below its head."""
        return self._inside

    def button(self, choice: str) -> QPushButton:
        """Return the button of a choice. Raises KeyError where the card does not offer it."""
        return self._buttons[choice]

    def choices(self) -> tuple[str, ...]:
        """Return the names of what can be chosen."""
        return tuple(self._keys.values())

    def take_key(self, choice: Choice, button: QPushButton) -> None:
        """Let a button and its key make a choice; of several main ones the first counts."""
        self._buttons[choice.name] = button
        self._keys[choice.key.upper()] = choice.name
        if choice.main and not self._main:
            self._main = choice.name
        button.setAccessibleName(choice.spoken or choice.label)
        said = choice.spoken or choice.label
        keys = _("Enter") if self._main == choice.name else choice.key.upper()
        button.setToolTip(f"{said} ({keys})")
        button.clicked.connect(partial(self.decide, choice.name))

    def add_choices(self, choices: Sequence[Choice]) -> None:
        """Add a line of buttons."""
        line = QHBoxLayout()
        line.setSpacing(8)
        for choice in choices:
            button = KeyButton(choice.label.replace("&", "&&"), self)
            button.setProperty("kind", "small")
            line.addWidget(button)
            self.take_key(choice, button)
        line.addStretch(1)
        self._inside.addLayout(line)

    def add_note(self, words: str, kind: str = "muted") -> None:
        """Add a paragraph, where there are words."""
        if words:
            self._inside.addWidget(WrappedLabel(words, self, kind))

    def decide(self, choice: str, checked: bool = False) -> None:
        """Tell that a choice was made; `checked` is what Qt's buttons say beside."""
        self.decided.emit(choice)

    @Slot()
    def _on_title(self) -> None:
        self.opened.emit()

    def _head(self, title: str, source: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._title(title), 3)
        if source:
            label = ElidedLabel(self)
            label.setProperty("kind", "small")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.show_text(source)
            # Aligned, for else the row would be no higher than the small text.
            head.addWidget(label, 2, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _title(self, title: str) -> QWidget:
        if not self._can_open:
            label = ElidedLabel(self)
            label.setProperty("kind", "strong")
            label.show_text(title)
            return label
        button = TitleButton(title, self)
        button.setProperty("kind", "cardTitle")
        button.setToolTip(_("Show it ({key})").format(key=OPEN_KEY))
        button.clicked.connect(self._on_title)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = Qt.Key(event.key()), event.text().upper()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            super().keyPressEvent(event)
        elif key in STEPS:
            self.step_asked.emit(STEPS[key])
        elif key in ENTER and self._main:
            self.decide(self._main)
        elif typed in self._keys:
            self.decide(self._keys[typed])
        elif typed == OPEN_KEY and self._can_open:
            self.opened.emit()
        elif key == Qt.Key.Key_Escape and self.focusWidget() is not self:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
