"""References that would have run in a circle: which one gave way, and the others."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from csdesk.i18n import _
from csdesk.queries.review_items import CircleItem
from csdesk.queries.value_words import short
from ui.pages.review.card import Card, Choice
from ui.pages.review.item_words import decided_words, from_computer, name_of, title_of, who_when

KEEP, TAKE = "keep", "take:"
"""Names of choices; the number of the reference that gives way instead follows the second."""


class CircleCard(Card):
    """Names all references of the circle; one keeps what shows, or lets another one give way."""

    def __init__(self, item: CircleItem, parent: QWidget | None = None) -> None:
        super().__init__(title_of(item, item.label), from_computer(item.who), parent)
        self.add_note(
            _(
                "{who} wrote “{wanted}” here. Together with what others wrote that would make a "
                "circle, so the latest gave way."
            ).format(who=name_of(item.who), wanted=item.wanted),
            "text",
        )
        self.add_note("\n".join(who_when(link.words, link.who) for link in item.links))
        shown = _("In the plan now: {value}").format(value=item.now or _("nothing"))
        self.add_note(shown, "strong")
        self.add_note(decided_words(item))
        choices = [Choice(KEEP, _("Keep it so"), "K", main=True)]
        for number, link in enumerate(item.links):
            label = _("Use “{wanted}”").format(wanted=short(item.wanted))
            if len(item.links) > 1:
                label = _("Instead of: {link}").format(link=short(link.words))
            spoken = _("Use “{wanted}” and clear: {link}").format(
                wanted=item.wanted, link=link.words
            )
            choices.append(Choice(f"{TAKE}{number}", label, str(number + 1), spoken))
        self.add_choices(choices)
