"""What changed since a version, by default the one the customer has: in sentences, by kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from csdesk.i18n import _, current, ngettext
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan, in_language
from csdesk.queries.entity_words import entity_label
from csdesk.queries.plan_changes import ChangeKind, PlanChange, plan_changes
from csdesk.queries.revisions import Version, plan_versions, version_content
from csdesk.report.change_words import change_sentence
from csdesk.report.words import Words
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk
from ui.pages.document.looking_panel import LookingPanel
from ui.pages.document.places import place_of
from ui.pages.document.side_panel import FOCUS
from ui.pages.document.version_words import choice_words, number_words
from ui.widgets.choice_box import NameBox
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.pill import Pill
from ui.widgets.sentence_button import SentenceButton

_ORDER = (
    ChangeKind.ADDED,
    ChangeKind.FINISHED,
    ChangeKind.REOPENED,
    ChangeKind.MOVED,
    ChangeKind.CHANGED,
    ChangeKind.REMOVED,
)
"""The kinds as they are listed: what is new first, what went last."""

SHOWN = ("plan_revision", "export_receipt", "sign_off")
"""Entities whose changes can make another version the one to compare with."""


class ChangesPanel(LookingPanel):
    """Compares the plan as the document has it with a version of it."""

    more = 120

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("What changed"), _("Comparing versions"), parent)
        self._versions: tuple[Version, ...] = ()
        self._chosen_id = ""
        self._build_choice()
        desk.changed.connect(self.on_changed)
        self._rebuild()

    @property
    def changes(self) -> tuple[PlanChange, ...]:
        """What changed, as last found out."""
        return self._found or ()

    @property
    def version(self) -> Version | None:
        """The version compared with: the one chosen, else the customer's, else the newest."""
        chosen = next((one for one in self._versions if one.id == self._chosen_id), None)
        customers = next((one for one in self._versions if one.has_customer), None)
        return chosen or customers or next(iter(self._versions), None)

    @property
    def version_box(self) -> NameBox:
        """The box that chooses the version."""
        return self._box

    def show_document(self, document: CustomerDocument | None) -> None:
        if document is None or document.view.plan_id != self.plan_id:
            if self.plan_id:  # else the version was chosen before its plan came into view
                self._chosen_id = ""
            self._versions = ()
            self._forget()
            self._document = document
            self._rebuild()
        super().show_document(document)

    @Slot(str)
    def choose(self, version_id: str) -> None:
        """Compare with this version from now on."""
        self._chosen_id = version_id
        self._forget()
        self.refresh()
        self._rebuild()

    @Slot()
    def refresh(self) -> None:
        if self._document is None or not self.plan_id:
            self._looking.forget()
            self._offer()
            return
        self._versions = self._desk.read(plan_versions, self.plan_id)
        self._offer()
        version, workspace, now = self.version, self._desk.workspace, self._document.view
        if version is None:
            self._looking.forget()
            self._found = None
            self._rebuild()
            return
        version_id = version.id
        self._looking.ask(lambda: changes_since(workspace, version_id, now))

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Look again where another version may be the customer's now."""
        if self.plan_id and change.touches(*SHOWN):
            self.refresh()

    @Slot(object)
    def _on_chosen(self, version_id: str | None) -> None:
        self.choose(version_id or "")

    def _follow(self, change: PlanChange) -> None:
        self._lead_to(change.entity, change.id)

    def _offer(self) -> None:
        version = self.version
        self._choice.setVisible(version is not None)
        if version is not None:
            self._box.offer([(one.id, choice_words(one)) for one in self._versions], version.id)
            self._hint.setText(self._standing(version))
            self._hint.show()
        else:
            self._hint.hide()

    def _standing(self, version: Version) -> str:
        customers = next((one for one in self._versions if one.has_customer), None)
        if customers is not None and version.id == customers.id:
            return _("The version the customer has.")
        if version.sign_offs:
            return _("A version the customer agreed to.")
        return _("Not the version the customer has.")

    def _build_list(self) -> None:
        was = self._take_out()
        version, items = self.version, _by_item(self.changes)
        self._count.show_words(current().number(len(items)) if items else "")
        if self._document is None:
            self._say(_("Choose a document for the customer to see what changed in its plan."))
        elif not self.plan_id:
            self._say(_("Once the account has a success plan, its changes are listed here."))
        elif version is None:
            self._say(_("There is no version to compare with yet."), "strong")
            self._say(
                _(
                    "Export the plan for the customer, or keep a version by hand: from then on "
                    "this lists what was added, finished, moved and changed since."
                ),
                "small",
            )
        elif self._trouble:
            self._say(self._trouble, "bad")
        elif self._found is None:
            self._say(_("Comparing…"))
        elif not items:
            words = _("Nothing changed since {version}.").format(version=number_words(version))
            self._say(words, "strong")
            self._say(_("The plan is as this version has it."), "small")
        for kind in _ORDER:
            self._add_group(kind, [item for item in items if item[0].kind == kind])
        self._put_focus(was)

    def _add_group(self, kind: ChangeKind, items: list[list[PlanChange]]) -> None:
        if not items:
            return
        holder = QWidget(self._inside)
        head = QHBoxLayout(holder)
        head.setContentsMargins(0, 4, 0, 0)
        head.setSpacing(8)
        title = ElidedLabel(holder)
        title.setProperty("kind", "strong")
        title.show_text(_kind_title(kind))
        count = Pill(holder)
        count.show_words(current().number(len(items)))
        head.addWidget(title)
        head.addWidget(count)
        head.addStretch(1)
        self._add(holder)
        shown = self._shown_of(kind)
        for item in items[:shown]:
            self._add(self._line(item))
        left = len(items) - shown
        if left > 0:
            words = ngettext("Show {n} more", "Show {n} more", left)
            more = self._link(
                words.format(n=current().number(left)), f"more:{kind}", self._inside, kind="link"
            )
            more.clicked.connect(partial(self._show_more, kind))
            self._add(more)

    def _line(self, item: list[PlanChange]) -> SentenceButton:
        change = item[0]
        words = Words(current())
        what = entity_label(change.entity)
        where = f"{what} · {change.parent}" if change.parent else what
        plain = change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED)
        day = self._document.view.today if self._document is not None else None
        sentence = "" if plain else "\n".join(change_sentence(one, words, day) for one in item)
        line = SentenceButton(self._desk.look, change.title, sentence, where, self._inside)
        line.setProperty(FOCUS, f"line:{change.kind}:{change.entity}:{change.id}")
        view = self._document.view if self._document is not None else None
        gone = change.kind is ChangeKind.REMOVED
        line.setEnabled(not gone and bool(view and place_of(view, change.entity, change.id)))
        line.clicked.connect(partial(self._follow, change))
        return line

    def _build_choice(self) -> None:
        self._choice = QWidget(self)
        line = QHBoxLayout(self._choice)
        line.setContentsMargins(14, 0, 12, 0)
        line.setSpacing(8)
        label = QLabel(_("since"), self._choice)
        label.setProperty("kind", "muted")
        self._box = NameBox(_("The version the customer has"), self._choice)
        self._box.setAccessibleName(_("Compare with"))
        self._box.setMinimumWidth(120)
        label.setBuddy(self._box)
        line.addWidget(label)
        line.addWidget(self._box, 1)
        self._hint = QLabel(self)
        self._hint.setProperty("kind", "small")
        self._hint.setContentsMargins(14, 0, 12, 0)
        self._head.addWidget(self._choice)
        self._head.addWidget(self._hint)
        self._box.id_chosen.connect(self._on_chosen)


def changes_since(
    workspace: Workspace, version_id: str, now: CustomerPlan
) -> tuple[PlanChange, ...]:
    """Return what changed since a version, in the interface's words.

    Raises UserError where the version is gone or cannot be read.
    """
    language = current().language
    before = workspace.read(version_content, version_id)
    return plan_changes(in_language(before, language), in_language(now, language))


def _by_item(changes: Iterable[PlanChange]) -> list[list[PlanChange]]:
    """Put what happened to one item in one way together, in the order of the plan."""
    found: dict[tuple[str, str, str, str], list[PlanChange]] = {}
    for change in changes:
        key = (change.kind.value, change.entity, change.id, change.title)
        found.setdefault(key, []).append(change)
    return list(found.values())


def _kind_title(kind: ChangeKind) -> str:
    return {
        ChangeKind.ADDED: _("Added"),
        ChangeKind.FINISHED: _("Finished"),
        ChangeKind.REOPENED: _("Taken up again"),
        ChangeKind.MOVED: _("Moved"),
        ChangeKind.CHANGED: _("Changed"),
        ChangeKind.REMOVED: _("Taken out"),
    }[kind]
