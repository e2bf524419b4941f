"""Rows that may be the same thing, side by side: one makes them one, or says they are several."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _, ngettext
from csdesk.queries.review_items import Candidate, DuplicateItem
from ui.pages.review.card import Card, Choice
from ui.pages.review.item_words import decided_words, title_of, who_when
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.wrapped_label import WrappedLabel

ONE, SEVERAL = "one", "several"

BESIDE = 3
"""How many stand in a line."""


class DuplicateCard(Card):
    """Shows what each of them has."""

    def __init__(self, item: DuplicateItem, parent: QWidget | None = None) -> None:
        source = _("the same {field} twice").format(field=_within(item.label))
        made = _("Made on different computers · {field}: {value}").format(
            field=item.label, value=item.value
        )
        if item.entity == "churn_event":
            source = _("the same churn twice")
            made = _("Two people noted that this customer left, not knowing of each other.")
        super().__init__(title_of(item), source, parent)
        self.add_note(made)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for place, candidate in enumerate(item.candidates):
            beside = _CandidatePart(candidate, stays=place == 0, parent=self)
            grid.addWidget(beside, place // BESIDE, place % BESIDE)
        for place in range(min(BESIDE, len(item.candidates))):
            grid.setColumnStretch(place, 1)
        self.inside.addLayout(grid)
        if item.clashes:
            kept = _("Both have a value here; the oldest keeps its own, the others wait here then:")
            self.add_note("\n".join((kept, *item.clashes)))
        self.add_note(decided_words(item))
        several = _("These are two") if len(item.candidates) == 2 else _("These are different")
        spoken = _("Everything that belongs to the others goes to the oldest; nothing is lost")
        joined = any(candidate.is_gone for candidate in item.candidates)
        one = _("Leave them one") if joined else _("Make these one")
        self.add_choices(
            (Choice(ONE, one, "M", f"{one}: {spoken}", main=True), Choice(SEVERAL, several, "T"))
        )


class _CandidatePart(QFrame):
    """One of them: its name, who made it, and its fields."""

    def __init__(self, candidate: Candidate, *, stays: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "inset")
        name = WrappedLabel(candidate.name, self, "strong")
        by = ElidedLabel(self)
        by.setProperty("kind", "small")
        if candidate.is_gone:
            head = _("was made one with the oldest")
        else:
            head = _("the oldest; stays") if stays else _("would go into the oldest")
        by.show_text(who_when(head, candidate.who))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(3)
        layout.addWidget(name)
        layout.addWidget(by)
        fields = QGridLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(2)
        for line, (label, value) in enumerate(candidate.details):
            shown = QLabel(label, self)
            shown.setProperty("kind", "small")
            fields.addWidget(shown, line, 0)
            fields.addWidget(WrappedLabel(value, self, "text"), line, 1)
        fields.setColumnStretch(1, 1)
        layout.addLayout(fields)
        belongs = _belongings(candidate.belongings)
        layout.addWidget(WrappedLabel(belongs, self, "small"))
        layout.addStretch(1)
        self.setAccessibleName(f"{candidate.name}. {by.whole}. {belongs}")


def _belongings(count: int) -> str:
    if not count:
        return _("Nothing belongs to it")
    return ngettext("{n} item belongs to it", "{n} items belong to it", count).format(n=count)


def _within(label: str) -> str:
    """Write a label as it stands within a sentence: account name, but KPI name."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
