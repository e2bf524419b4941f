"""Two edits that do not go together: what happened, and what can be done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from csdesk.queries.review_clashes import NAMED
from csdesk.queries.review_items import ClashItem
from ui.pages.review.card import Card, Choice
from ui.pages.review.item_words import from_computer, title_of


class ClashCard(Card):
    """Offers the ways of a clash; the first is the main one."""

    def __init__(self, item: ClashItem, parent: QWidget | None = None) -> None:
        super().__init__(
            title_of(item), from_computer(item.who), parent, can_open=item.entity not in NAMED
        )
        self.add_note(item.happened, "text")
        self.add_note("\n".join(item.edits))
        self.add_choices(
            [
                Choice(way.id, way.words, way.key, main=place == 0)
                for place, way in enumerate(item.ways)
            ]
        )
