"""Which card shows which kind of item, and which page shows what the item is about."""

from __future__ import annotations

from csdesk.queries.review_items import (
    CircleItem,
    ClashItem,
    DeletionItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
    ReviewItem,
)
from ui.desk import Desk
from ui.pages.account.page import SHOWN_IN
from ui.pages.review.card import Card
from ui.pages.review.circle_card import CircleCard
from ui.pages.review.clash_card import ClashCard
from ui.pages.review.copy_card import CopyCard, CopyQuestion
from ui.pages.review.deletion_card import DeletionCard
from ui.pages.review.duplicate_card import DuplicateCard
from ui.pages.review.edit_card import EditCard
from ui.pages.review.recovered_card import RecoveredCard
from ui.theme import Look


def card_for(look: Look, row: ReviewItem | CopyQuestion) -> Card:
    """Build the card of a row. Raises TypeError for a kind that has none."""
    match row:
        case CopyQuestion():
            return CopyCard(row)
        case EditItem():
            return EditCard(look, row)
        case DeletionItem():
            return DeletionCard(row)
        case RecoveredItem():
            return RecoveredCard(row)
        case CircleItem():
            return CircleCard(row)
        case DuplicateItem():
            return DuplicateCard(row)
        case ClashItem():
            return ClashCard(row)
    raise TypeError(f"no card for {type(row).__name__}")


def show_subject(desk: Desk, item: ReviewItem) -> None:
    """Show what an item is about; the page of its account where it has none of its own."""
    if item.entity in SHOWN_IN:
        desk.show(item.entity, item.row_id)
    elif item.account_id:
        desk.show("account", item.account_id)
