"""The versions of a plan: first of all which one the customer has, then every other with its files.

What a version keeps is never changed here: files are made again from it, today's plan is compared
with it, and that the customer agreed is recorded beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csdesk.actions.editing import today
from csdesk.actions.revisions import record_version, take_back_agreement
from csdesk.i18n import _, current, ngettext
from csdesk.queries.accounts import contact_choices
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.revisions import Version, plan_versions
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.pages.document.note_line import NoteLine
from ui.pages.document.side_panel import SidePanel
from ui.pages.document.sign_off_form import SignOffForm
from ui.pages.document.version_card import VersionCard
from ui.pages.document.version_words import day_words, document_words, number_words
from ui.pages.plan.outline_words import customer_name
from ui.prompts import Message
from ui.typed_forms import field_values
from ui.widgets.wrapped_label import WrappedLabel

FIRST = 4
"""Versions that are shown before one asks for older ones."""

SHOWN = ("plan_revision", "export_receipt", "sign_off", "contact")
"""Entities whose changes show here."""


class VersionsPanel(SidePanel):
    """Shows what the customer has on top, and every version below, newest first."""

    again_asked = Signal(str)
    """The id of an export receipt: its file is to be written again."""
    compare_asked = Signal(str)
    """The id of a version that is to be compared with today."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("What the customer has"), parent)
        self._versions: tuple[Version, ...] | None = None
        self._shown = FIRST
        self._waiting: Mapping[str, Any] | None = None  # for the document it belongs to
        self._form = SignOffForm(desk, self._inside)
        self._note = NoteLine(self._inside)
        self._form.closed.connect(self._on_form_closed)
        self._note.kept.connect(self.keep_version)
        self._note.allow(not desk.workspace.read_only)
        self._note.agreed.connect(self.ask_agreement_today)
        desk.changed.connect(self.on_changed)
        self._rebuild()

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions shown, newest first."""
        return self._versions or ()

    @property
    def form(self) -> SignOffForm:
        """The form that records an agreement."""
        return self._form

    @property
    def note_line(self) -> NoteLine:
        """The line that asks for the note of a version kept by hand."""
        return self._note

    @property
    def customers(self) -> Version | None:
        """The version the customer has."""
        return next((one for one in self.versions if one.has_customer), None)

    def show_document(self, document: CustomerDocument | None) -> None:
        if document is None or document.view.plan_id != self.plan_id:
            self._versions = None
            self._shown = FIRST
            self._form.close_form()
            self._note.close_line()
        super().show_document(document)
        if self._waiting is not None and self.plan_id:
            self._take_up(self._waiting)

    def typed_state(self) -> dict[str, Any] | None:
        """Return what stands in the form and in the line of a note; None where both are closed."""
        if self._waiting is not None:
            return dict(self._waiting)
        if not self._form.is_open and self._note.typed is None:
            return None
        return {
            "plan": self.plan_id,
            "asks": self._form.is_open,
            "version": self._form.version_id,
            "answers": field_values(self._form),
            "note": self._note.typed,
        }

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Open form and line again, as soon as the document they belong to is there."""
        self._waiting = state
        if self.plan_id:
            self._take_up(state)

    def _take_up(self, state: Mapping[str, Any]) -> None:
        self._waiting = None
        versions = {one.id: one for one in self.versions}
        if state["plan"] != self.plan_id:
            return
        if state["note"] is not None:
            self._note.open_with(state["note"])
        subject = versions.get(state["version"]) if state["version"] else self.plan_id
        if state["asks"] and subject is not None:
            self._ask(subject)
            self._form.take_up(state["answers"])

    @Slot()
    def refresh(self) -> None:
        versions = self._desk.read(plan_versions, self.plan_id) if self.plan_id else ()
        if versions == self._versions:
            return
        self._versions = versions
        if self._form.version_id and self._form.version_id not in [one.id for one in versions]:
            self._form.close_form()
        elif self._form.is_open:
            self._form.offer(self._contacts())
        self._rebuild()

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Show again what a change may have touched."""
        if self.plan_id and change.touches(*SHOWN):
            self.refresh()

    @Slot(str)
    def ask_agreement(self, version_id: str) -> None:
        """Ask who agreed to a version, when and how, right below it."""
        version = next((one for one in self.versions if one.id == version_id), None)
        if version is not None:
            self._ask(version)
            self._form.contact.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def ask_agreement_today(self) -> None:
        """Ask who agreed to the plan as it is, when and how."""
        if self.plan_id:
            self._ask(self.plan_id)
            self._form.contact.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask(self, subject: Version | str) -> None:
        assert self._document is not None
        lead = next((one.id for one in self._document.view.customer_people if one.is_lead), "")
        self._form.ask(subject, self._contacts(), lead)
        self._rebuild()

    @Slot(str)
    def keep_version(self, note: str) -> None:
        """Keep the plan as it is now as a version, by hand."""
        before = {one.id for one in self.versions}
        step = self._desk.write(
            _("Keep a version of the plan"), record_version, self.plan_id, note, today=today()
        )
        if step is None:
            return
        self._note.close_line()
        if step.result in before:
            same = next(one for one in self.versions if one.id == step.result)
            words = _("{version} has the plan as it is now already.")
            self._desk.messages.say(Message(words.format(version=number_words(same)), "accent"))
        else:
            self._desk.offer_undo(_("The plan was kept as a version."))

    @Slot(str)
    def _on_taken_back(self, sign_off_id: str) -> None:
        label = _("Take the customer’s agreement back")
        if self._desk.write(label, take_back_agreement, sign_off_id) is not None:
            self._desk.offer_undo(_("The customer’s agreement was taken back."))

    @Slot()
    def _on_form_closed(self) -> None:
        if self._list.indexOf(self._form) >= 0:
            self._list.removeWidget(self._form)

    @Slot()
    def _on_more(self) -> None:
        self._shown += 4 * FIRST
        self._rebuild()

    def _contacts(self) -> list[tuple[str, str]]:
        return [(one.id, one.name) for one in self._desk.read(contact_choices, self.account_id)]

    def _build_list(self) -> None:
        was = self._take_out()
        count = len(self.versions)
        self._count.show_words(current().number(count) if count else "")
        if self._document is None:
            self._say(_("Choose a document for the customer to see its versions."))
            return
        if not self.plan_id:
            self._say(
                _(
                    "Once the account has a success plan, each export to the customer is kept "
                    "here as a version."
                )
            )
            return
        self._add(self._customers_card())
        self._add(self._note)
        if self._form.is_about_today:
            self._add(self._form)
        if not self.versions:
            self._say(
                _(
                    "Each export to the customer keeps the plan as a version, with a receipt: "
                    "when, to whom, which file. You can also keep one by hand."
                ),
                "small",
            )
        customers = self.customers
        for version in self.versions[: self._shown]:
            self._add(self._card(version, is_customers=version is customers))
            if version.id == self._form.version_id:
                self._add(self._form)
        left = count - self._shown
        if left > 0:
            words = ngettext("{n} older version", "{n} older versions", left)
            more = self._link(
                words.format(n=current().number(left)), "more:", self._inside, kind="link"
            )
            more.clicked.connect(self._on_more)
            self._add(more)
        self._put_focus(was)

    def _card(self, version: Version, *, is_customers: bool) -> VersionCard:
        card = VersionCard(self._desk, version, self._inside, is_customers=is_customers)
        card.again_asked.connect(self.again_asked)
        card.compare_asked.connect(self.compare_asked)
        card.agreed_asked.connect(self.ask_agreement)
        card.taken_back.connect(self._on_taken_back)
        return card

    def _customers_card(self) -> QFrame:
        """Make the card that says which version the customer has."""
        card = QFrame(self._inside)
        card.setProperty("kind", "message")
        card.setProperty("tone", "accent" if self.customers else "neutral")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 9, 10, 10)
        layout.setSpacing(2)
        version = self.customers
        if version is None:
            layout.addWidget(WrappedLabel(_("The customer has no version yet"), card, "strong"))
            card.setAccessibleName(_("The customer has no version yet"))
            return card
        receipt = next(one for one in version.receipts if one.is_customers)
        layout.addWidget(WrappedLabel(_("The customer has"), card, "small"))
        number = QLabel(number_words(version), card)
        number.setProperty("kind", "figure")
        layout.addWidget(number)
        to = customer_name(receipt.recipient)
        day = day_words(receipt.exported_at)
        when = (
            _("exported on {date} for {name}").format(date=day, name=to)
            if to
            else _("exported on {date}").format(date=day)
        )
        lines = [when, document_words(receipt), receipt.file_name]
        if version.is_ambiguous:
            lines.insert(1, _("made by {name}").format(name=version.author))
        for line in filter(None, lines):
            layout.addWidget(WrappedLabel(line, card, "body"))
        card.setAccessibleName(
            ". ".join((_("The customer has"), number_words(version), *filter(None, lines)))
        )
        return card
