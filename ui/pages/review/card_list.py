"""A column of cards for rows that come and go: each row's card stays as long as the row does.

Cards are made of widgets, for they hold text to select and buttons that a screen reader finds. So
only the first are made; more follow when the keyboard or a press asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import ngettext
from ui.pages.review.card import Card

PAGE = 20
"""How many cards are made at a time."""


class HasId(Protocol):
    """A row that can be told from others and compared."""

    @property
    def id(self) -> str:
        """Return what tells the row from others."""
        ...


Row = TypeVar("Row", bound=HasId)


class CardList(QWidget, Generic[Row]):
    """Shows rows as cards; keeps the keyboard's place when cards go."""

    decided = Signal(object, str)
    """A row, and the name of the choice made for it."""
    opened = Signal(object)
    """A row that is to be shown where it belongs."""
    came_into_focus = Signal(object)
    """A card that has the keyboard and is to be in view."""
    more_wanted = Signal()
    """More rows than were given may be shown now."""

    def __init__(self, make: Callable[[Row], Card], parent: QWidget | None = None) -> None:
        """`make` builds the card of a row."""
        super().__init__(parent)
        self._make = make
        self._rows: tuple[Row, ...] = ()
        self._total = 0
        self._made: dict[str, tuple[Row, Card]] = {}
        self._cards: list[Card] = []
        self._most = PAGE
        self._more = QPushButton(self)
        self._more.setProperty("kind", "link")
        self._more.clicked.connect(self.show_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._more.hide()

    def cards(self) -> list[Card]:
        """Return the cards made, from the top."""
        return list(self._cards)

    def card(self, row_id: str) -> Card | None:
        """Return the card of a row, where it is made."""
        made = self._made.get(row_id)
        return made[1] if made else None

    @property
    def most(self) -> int:
        """How many cards are made where there are so many rows."""
        return self._most

    def show_rows(self, rows: Sequence[Row], total: int) -> None:
        """Show these rows; cards of rows that are as they were stay as they are.

        `total` is how many there are, should these be the first of more.
        """
        place = self.focused_place()
        self._rows, self._total = tuple(rows), total
        self._fill()
        if place is not None:
            self.focus_place(min(place, len(self._rows) - 1))

    def focused_place(self) -> int | None:
        """Return which card the keyboard is in, counted from 0; None where in none."""
        cards = self.cards()
        return next((at for at, card in enumerate(cards) if _has_focus(card)), None)

    def focus_place(self, place: int) -> None:
        """Bring the keyboard to a card, making more of them where it is needed."""
        if place >= self._most:
            self.show_more()
        cards = self.cards()
        if 0 <= place < len(cards) and not _has_focus(cards[place]):
            cards[place].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_more(self) -> None:
        """Make the cards of the next rows."""
        self._most += PAGE
        self._fill()
        if self._most > len(self._rows) and self._total > len(self._rows):
            self.more_wanted.emit()

    def _fill(self) -> None:
        shown = self._rows[: self._most]
        before = dict(self._made)
        for place, row in enumerate(shown):
            if row.id not in before or before[row.id][0] != row:
                self._made[row.id] = row, self._new_card(row)
            card = self._made[row.id][1]
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
                card.show()  # at once: one that the layout has yet to show takes no keyboard
        staying = {row.id for row in shown}
        self._made = {row_id: made for row_id, made in self._made.items() if row_id in staying}
        self._cards = [self._made[row.id][1] for row in shown]
        # The last thing: where the keyboard is in one of these, Qt looks for another place for it.
        for _row, card in before.values():
            if card not in self._cards:
                self._column.removeWidget(card)
                card.hide()
                card.deleteLater()
        left = max(self._total, len(self._rows)) - len(shown)
        self._more.setText(
            ngettext("Show more ({n} is left)", "Show more ({n} are left)", left).format(n=left)
        )
        self._more.setVisible(left > 0)

    def _new_card(self, row: Row) -> Card:
        card = self._make(row)
        card.setParent(self)
        card.decided.connect(partial(self.decided.emit, row))
        card.opened.connect(partial(self.opened.emit, row))
        card.step_asked.connect(partial(self._on_step, row.id))
        card.focused.connect(partial(self.came_into_focus.emit, card))
        return card

    def _on_step(self, row_id: str, step: int) -> None:
        places = [row.id for row in self._rows]
        self.focus_place(places.index(row_id) + step)


def _has_focus(card: Card) -> bool:
    focused = QApplication.focusWidget()
    return card is focused or (focused is not None and card.isAncestorOf(focused))
