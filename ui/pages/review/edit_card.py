"""Several people gave one field different values: all of them side by side, one press to choose."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.insight.text_join import Clash, Join, Origin, Span
from csdesk.queries.review_items import EditItem, WrittenValue
from csdesk.queries.value_words import short
from ui.pages.review.card import Card, Choice
from ui.pages.review.folding import folded_runs, folded_texts
from ui.pages.review.item_words import decided_words, from_computer, name_of, title_of, who_when
from ui.pages.review.value_column import NOTHING, ValueColumn
from ui.theme import Look
from ui.widgets.key_button import KeyButton
from ui.widgets.pill import Pill
from ui.widgets.tinted_text import Run, Tint, TintedText
from ui.widgets.wrapped_label import WrappedLabel

KEEP, JOIN, TAKE = "keep", "join", "take:"
"""Names of choices; the number of the other value follows the last one."""

COLUMNS = 3

_TINTS: dict[Origin, Tint] = {
    Origin.BEFORE: "",
    Origin.BOTH: "",
    Origin.NOW: "good",
    Origin.OTHER: "accent",
}


class EditCard(Card):
    """Shows what the field held before, what shows now, and what else was written."""

    def __init__(self, look: Look, item: EditItem, parent: QWidget | None = None) -> None:
        super().__init__(title_of(item, item.label), _source(item), parent)
        self._item = item
        join = item.join
        if join is not None and join.is_clean:
            self._add_joined(look, join)
        else:
            if join is not None:
                self._add_clashes(join)
            self._add_columns()
        self.add_note(item.note)
        self.add_note(decided_words(item))

    def _add_columns(self) -> None:
        item = self._item
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        before = ValueColumn(_("Before"), item.before, strong=False, parent=self)
        now = ValueColumn(who_when(_("In the plan now"), item.now.who), item.now.words, parent=self)
        now.mark_kept()
        keep = _keep_choice(item, _("Keep"))
        self.take_key(keep, now.offer(keep.label))
        grid.addWidget(before, 0, 0)
        grid.addWidget(now, 0, 1, len(item.others), 1, Qt.AlignmentFlag.AlignTop)
        others: list[ValueColumn] = []
        for number, other in enumerate(item.others):
            column = ValueColumn(who_when(_("Also written"), other.who), other.words, parent=self)
            take = _take_choice(item, number, other, _("Use this"))
            self.take_key(take, column.offer(take.label))
            grid.addWidget(column, number, 2)
            others.append(column)
        for place in range(COLUMNS):
            grid.setColumnStretch(place, 1)
            grid.setColumnMinimumWidth(place, 1)
        self.inside.addLayout(grid)
        columns = (before, now, *others)
        whole = (item.before, item.now.words, *(other.words for other in item.others))
        folded = folded_texts(whole)
        if folded != whole:

            def show(is_whole: bool) -> None:
                for column, value in zip(columns, whole if is_whole else folded, strict=True):
                    column.show_value(value or NOTHING)

            self._add_fold(show)

    def _add_joined(self, look: Look, join: Join) -> None:
        item, other = self._item, self._item.others[0]
        authors = {Origin.NOW: name_of(item.now.who), Origin.OTHER: name_of(other.who)}
        text = TintedText(look, self)
        whole = tuple(_run(span, authors) for span in join.spans)
        folded = folded_runs(whole)
        text.show_runs(folded)
        legend = QHBoxLayout()
        legend.setSpacing(8)
        for origin, who in ((Origin.NOW, item.now.who), (Origin.OTHER, other.who)):
            pill = Pill(self)
            pill.show_words(who_when("", who), _TINTS[origin])
            pill.setProperty("underlined", origin is Origin.OTHER)
            legend.addWidget(pill)
        legend.addStretch(1)
        self.inside.addLayout(legend)
        self.inside.addWidget(text)
        if folded != whole:
            self._add_fold(lambda is_whole: text.show_runs(whole if is_whole else folded))
        self.add_choices(
            (
                Choice(JOIN, _("Use the joined text"), "J", main=True),
                _keep_choice(item, _("Keep {author}’s alone").format(author=authors[Origin.NOW])),
                _take_choice(
                    item,
                    0,
                    other,
                    _("Use {author}’s alone").format(author=authors[Origin.OTHER]),
                    main=False,
                ),
            )
        )

    def _add_fold(self, show: Callable[[bool], None]) -> None:
        """Begin with what `show` shows for False; a button asks for the whole and back."""
        show(False)
        button = KeyButton(_("Show all"), self)
        button.setProperty("kind", "link")
        button.setCheckable(True)

        def turn(is_whole: bool) -> None:
            show(is_whole)
            button.setText(_("Show less") if is_whole else _("Show all"))

        button.toggled.connect(turn)
        self.inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_clashes(self, join: Join) -> None:
        now, other = self._item.now.who, self._item.others[0].who
        words = [
            _("Both changed the same place, so the two texts cannot be joined:"),
            *(_clash_words(clash, name_of(now), name_of(other)) for clash in join.clashes),
        ]
        self.inside.addWidget(WrappedLabel("\n".join(words), self, "muted"))


def _source(item: EditItem) -> str:
    if item.join is not None:
        if item.join.is_clean:
            return _("both edited the text; joined without overlap")
        return _("both edited the text at the same place")
    return from_computer(item.others[0].who) if item.others else ""


def _run(span: Span, authors: dict[Origin, str]) -> Run:
    author = authors.get(span.origin, "")
    return Run(span.text, _TINTS[span.origin], author, span.is_removed)


def _keep_choice(item: EditItem, label: str) -> Choice:
    spoken = _("Keep {value}").format(value=short(item.now.words) or "–")
    return Choice(KEEP, label, "K", spoken)


def _take_choice(
    item: EditItem, number: int, other: WrittenValue, label: str, *, main: bool = True
) -> Choice:
    spoken = _("Use {value}").format(value=short(other.words) or "–")
    only = len(item.others) == 1
    return Choice(f"{TAKE}{number}", label, str(number + 1), spoken, main=main and only)


def _clash_words(clash: Clash, now: str, other: str) -> str:
    words = _("“{before}” became “{mine}” ({now}) and “{theirs}” ({other})")
    if not clash.before.strip():
        words = _("Both wrote at the same place: “{mine}” ({now}) and “{theirs}” ({other})")
    return words.format(
        before=short(clash.before),
        mine=short(clash.now) or "–",
        now=now,
        theirs=short(clash.other) or "–",
        other=other,
    )
