"""The check before a document leaves the house: what is in it that may not be meant for them.

What one looked at and found fine is remembered with its text; another text is asked about again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csdesk.actions.leak_guard import acknowledge, take_back
from csdesk.i18n import _, current, ngettext
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.leak_guard import Finding, leak_findings
from csdesk.queries.leak_guard_matches import FindingKind, Gravity
from ui.desk import Desk
from ui.pages.document.finding_words import kind_hint, kind_title, line_title
from ui.pages.document.looking_panel import LookingPanel
from ui.pages.document.marked_text import MarkedText
from ui.pages.document.places import place_of
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.flow import Flow
from ui.widgets.pill import Pill
from ui.widgets.wrapped_label import WrappedLabel


class CheckPanel(LookingPanel):
    """Lists the findings by kind, the serious ones first; each can be followed or acknowledged."""

    counted = Signal(int)
    """How many serious findings nobody has acknowledged; told after every check."""

    first = 6

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Before it goes out"), _("Checking the document"), parent)
        self._is_unfolded = False
        desk.changed.connect(self.on_changed)
        self._rebuild()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the last check came to."""
        return self._found or ()

    @property
    def serious_open(self) -> int:
        """How many serious findings nobody has acknowledged."""
        return sum(_is_serious(one) for one in self._open())

    def show_document(self, document: CustomerDocument | None) -> None:
        if document is None or document.view.account_id != self.account_id:
            # What was found belongs to another customer's document.
            self._forget()
            self._is_unfolded = False
            self._document = document
            self._rebuild()
        super().show_document(document)

    @Slot()
    def refresh(self) -> None:
        document, workspace = self._document, self._desk.workspace
        if document is None:
            self._looking.forget()
            return
        self._looking.ask(lambda: workspace.read(leak_findings, document))

    @Slot()
    def on_changed(self) -> None:
        """Check again while the document is in view; else it is checked when it comes into view."""
        beside = self.parentWidget()
        if self.isVisible() or (beside is not None and beside.isVisible()):
            self.refresh()

    def _open(self) -> list[Finding]:
        return [one for one in self.findings if not one.is_acknowledged]

    @Slot(object)
    def _on_found(self, found: Iterable[Finding]) -> None:
        super()._on_found(found)
        self.counted.emit(self.serious_open)

    def _follow(self, finding: Finding) -> None:
        self._lead_to(finding.entity, finding.id)

    def _acknowledge(self, findings: Sequence[Finding]) -> None:
        words = ngettext(
            "Fine in the customer's document: “{title}”",
            "Fine in the customer's document: {n} places",
            len(findings),
        ).format(title=findings[0].title, n=len(findings))
        keys = [one.key for one in findings]
        if self._desk.write(words, acknowledge, keys) is not None:
            self._desk.offer_undo(words)

    def _take_back(self, findings: Sequence[Finding]) -> None:
        words = _("Look again at “{title}”").format(title=findings[0].title)
        self._desk.write(words, take_back, [one.key for one in findings])

    def _fold(self, unfolded: bool) -> None:
        self._is_unfolded = unfolded
        self._rebuild()

    def _build_list(self) -> None:
        was = self._take_out()
        still_open = self._open()
        self._show_count(still_open)
        if self._document is None:
            self._say(_("Choose a document for a customer, and what is in it is checked here."))
        elif self._trouble:
            self._say(self._trouble, "bad")
        elif self._found is None:
            self._say(_("Checking the document…"))
        elif not still_open:
            self._add_reassurance()
        for kind, found in groupby(sorted(still_open, key=_rank), key=lambda one: one.kind):
            self._add_group(kind, list(found))
        self._add_acknowledged([one for one in self.findings if one.is_acknowledged])
        self._put_focus(was)

    def _show_count(self, still_open: Sequence[Finding]) -> None:
        serious = sum(map(_is_serious, still_open))
        if serious:
            words = ngettext("{n} serious", "{n} serious", serious)
            self._count.show_words(words.format(n=current().number(serious)), "bad")
        elif still_open:
            words = ngettext("{n} to look at", "{n} to look at", len(still_open))
            self._count.show_words(words.format(n=current().number(len(still_open))), "warning")
        else:
            self._count.show_words(_("All clear") if self._found is not None else "", "good")

    def _add_reassurance(self) -> None:
        if self.findings:
            self._say(_("Everything that was found has been looked at."), "strong")
        else:
            self._say(_("Nothing internal was found in this document."), "strong")
        self._say(
            _(
                "Checked were: what the customer has not seen before, internal words, names of "
                "other customers, texts that repeat an internal note, and revenue figures."
            ),
            "small",
        )

    def _add_group(self, kind: FindingKind, found: list[Finding]) -> None:
        holder = QWidget(self._inside)
        head = QHBoxLayout(holder)
        head.setContentsMargins(0, 6, 0, 0)
        head.setSpacing(8)
        title = ElidedLabel(holder)
        title.setProperty("kind", "strong")
        title.show_text(kind_title(kind))
        count = Pill(holder)
        tone = "bad" if any(map(_is_serious, found)) else "warning"
        count.show_words(current().number(len(found)), tone)
        head.addWidget(title)
        head.addWidget(count)
        head.addStretch(1)
        self._add(holder)
        self._say(kind_hint(kind), "small")
        if len(found) > 1:
            every = self._link(_("All of these are fine"), f"all:{kind}", self._inside, kind="link")
            every.setAccessibleName(
                _("{kind}: all of these are fine").format(kind=kind_title(kind))
            )
            every.clicked.connect(partial(self._acknowledge, found))
            line = QWidget(self._inside)
            aside = QHBoxLayout(line)
            aside.setContentsMargins(0, 0, 0, 0)
            aside.addWidget(every)
            aside.addStretch(1)
            self._add(line)
        self._add_cards(str(kind), found)

    def _add_cards(self, kind: str, found: Sequence[Finding]) -> None:
        """Add a card for each place; what was found in one text stands in one card."""
        places: dict[tuple[str, ...], list[Finding]] = {}
        for one in found:
            places.setdefault((one.kind, one.entity, one.id, one.field, one.title), []).append(one)
        cards = list(places.values())
        shown = self._shown_of(kind)
        for together in cards[:shown]:
            self._add(self._card(together))
        self._add_more(kind, len(cards) - shown)

    def _add_more(self, kind: str, left: int) -> None:
        if left <= 0:
            return
        words = ngettext("Show {n} more", "Show {n} more", left).format(n=current().number(left))
        more = self._link(words, f"more:{kind}", self._inside, kind="link")
        more.clicked.connect(partial(self._show_more, kind))
        self._add(more)

    def _card(self, found: Sequence[Finding]) -> QFrame:
        card = QFrame(self._inside)
        card.setProperty("kind", "inset")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(10, 7, 8, 8)
        layout.setSpacing(5)
        layout.addWidget(WrappedLabel(line_title(found[0]), card, "small"))
        spans: dict[str, list[tuple[int, int]]] = {}
        for finding in found:
            spans.setdefault(finding.excerpt, []).append((finding.start, finding.end))
        for excerpt, marks in spans.items():
            if excerpt:
                layout.addWidget(MarkedText(self._desk.look, excerpt, marks, card))
        for finding in found:
            self._add_source(finding, layout)
        layout.addWidget(self._card_buttons(found, card))
        return card

    def _card_buttons(self, found: Sequence[Finding], card: QFrame) -> Flow:
        finding = found[0]
        title, key = finding.title, finding.key
        view = self._document.view if self._document is not None else None
        go = self._link(_("Go there"), f"go:{key}", card)
        go.setAccessibleName(_("Go to “{title}”").format(title=title))
        go.clicked.connect(partial(self._follow, finding))
        go.setVisible(bool(view and place_of(view, finding.entity, finding.id)))
        if finding.is_acknowledged:
            decide = self._link(_("Take back"), f"back:{key}", card)
            decide.setAccessibleName(_("Look again at “{title}”").format(title=title))
            decide.clicked.connect(partial(self._take_back, found))
        else:
            decide = self._link(_("It is fine"), f"fine:{key}", card)
            decide.setAccessibleName(_("“{title}” is fine").format(title=title))
            decide.clicked.connect(partial(self._acknowledge, found))
        decide.setEnabled(not self._desk.workspace.read_only)
        buttons = Flow(card)
        buttons.add(go)
        buttons.add(decide)
        return buttons

    def _add_source(self, finding: Finding, layout: QVBoxLayout) -> None:
        """Say what else the text stands for: how many there are, or whose name it is."""
        words = ""
        if finding.count > 1:
            words = ngettext("{n} text in all", "{n} texts in all", finding.count)
            words = words.format(n=current().number(finding.count))
        elif finding.kind is FindingKind.OTHER_ACCOUNT:
            words = _("This is the customer “{name}”.").format(name=finding.word)
        if words:
            layout.addWidget(WrappedLabel(words, self._inside, "small"))

    def _add_acknowledged(self, found: list[Finding]) -> None:
        if not found:
            return
        words = ngettext("{n} looked at and fine", "{n} looked at and fine", len(found))
        fold = self._link(
            words.format(n=current().number(len(found))), "fold:", self._inside, kind="link"
        )
        fold.setCheckable(True)
        fold.setChecked(self._is_unfolded)
        fold.setToolTip(_("Hide them") if self._is_unfolded else _("Show them"))
        fold.toggled.connect(self._fold)
        self._add(fold)
        if self._is_unfolded:
            self._add_cards("", found)


def _is_serious(finding: Finding) -> bool:
    return finding.severity is Gravity.SERIOUS


def _rank(finding: Finding) -> tuple[bool, int]:
    return not _is_serious(finding), list(FindingKind).index(finding.kind)
