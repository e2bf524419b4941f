"""The form that records that the customer agreed to a version: who, when, how, and a note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.actions.revisions import agree_to_plan, record_agreement
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.vocabulary import SignOffMethod
from csdesk.queries.revisions import Version
from ui.desk import Desk
from ui.pages.document.version_words import number_words
from ui.pages.plan.outline_words import customer_name
from ui.typed_forms import set_field_values
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.date_line import DateLine


class SignOffForm(QFrame):
    """Stands below the version it is about; Enter records, Escape closes it."""

    closed = Signal()
    """Nothing more is asked; whoever shows the form takes it away."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._subject: Version | str | None = None
        self._contact_id: str | None = None
        self.setProperty("kind", "inset")
        # A list that is built anew leaves the form where somebody is filling it in.
        self.setProperty("stays", True)
        self._build()
        self._connect()
        self.hide()

    @property
    def version_id(self) -> str:
        """The version it asks about; empty while it asks about none."""
        return self._subject.id if isinstance(self._subject, Version) else ""

    @property
    def is_open(self) -> bool:
        """Whether it asks about anything."""
        return self._subject is not None

    @property
    def is_about_today(self) -> bool:
        """Whether it asks about the plan as it is today."""
        return isinstance(self._subject, str)

    @property
    def contact(self) -> NameBox:
        """Who agreed."""
        return self._contact

    @property
    def day(self) -> DateLine:
        """When."""
        return self._day

    @property
    def how(self) -> ChoiceBox:
        """How."""
        return self._how

    @property
    def note(self) -> QLineEdit:
        """What else is worth keeping."""
        return self._note

    def ask(
        self,
        subject: Version | str,
        contacts: Sequence[tuple[str, str]],
        lead_id: str,
    ) -> None:
        """Ask about a version, or about a plan (its id) as it is today.

        `contacts` are ids with names, `lead_id` is offered first.
        """
        self._subject = subject
        self._title.setText(self._label())
        self._contact_id = lead_id if lead_id in dict(contacts) else None
        self.offer(contacts)
        self._day.set_day(today(), force=True)
        self._how.show_code(SignOffMethod.SPOKEN)
        self._note.clear()
        self.show()

    def take_up(self, answers: object) -> None:
        """Show again what stood in the fields, as `field_values` returned it."""
        set_field_values(self, answers)
        self._contact_id = self._contact.currentData()

    def offer(self, contacts: Sequence[tuple[str, str]]) -> None:
        """Offer these contacts; who was chosen stays chosen."""
        named = [(row_id, customer_name(name)) for row_id, name in contacts]
        if self._contact_id not in dict(named):
            self._contact_id = None
        self._contact.offer(named, self._contact_id)

    @Slot()
    def record(self) -> None:
        """Record what the form says, as one step that Undo takes back."""
        if self._subject is None:
            return
        try:
            day = self._day.read()
        except UserError as error:
            self._desk.messages.error(error)
            self._day.setFocus()
            return
        label, how = self._label(), self._how.code or SignOffMethod.SPOKEN
        said = (self._contact_id, day or today(), how, self._note.text())
        if isinstance(self._subject, Version):
            step = self._desk.write(label, record_agreement, self._subject.id, *said)
        else:
            step = self._desk.write(label, agree_to_plan, self._subject, *said, today=today())
        if step is not None:
            self._desk.offer_undo(label)
            self.close_form()

    @Slot()
    def close_form(self) -> None:
        """Ask nothing more."""
        self._subject = None
        self.hide()
        self.closed.emit()

    def _label(self) -> str:
        if isinstance(self._subject, Version):
            version = number_words(self._subject)
            return _("The customer agreed to {version}").format(version=version)
        return _("The customer agreed to the plan as it is")

    @Slot(object)
    def _on_contact(self, contact_id: str | None) -> None:
        self._contact_id = contact_id

    def _build(self) -> None:
        self._title = QLabel(self)
        self._title.setProperty("kind", "strong")
        self._title.setWordWrap(True)
        self._contact = NameBox(_("Not noted"), self)
        self._day = DateLine(self._desk.look, self)
        self._how = ChoiceBox(SignOffMethod, self)
        self._note = QLineEdit(self)
        self._note.setPlaceholderText(_("Such as the subject of the e-mail"))
        form = QFormLayout()
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in (
            (_("Who agreed"), self._contact),
            (_("Agreed on"), self._day),
            (_("How"), self._how),
            (_("Note"), self._note),
        ):
            label = QLabel(text, self)
            label.setProperty("kind", "muted")
            label.setBuddy(field)
            field.setAccessibleName(text)
            field.setMinimumWidth(80)
            form.addRow(label, field)
        self._record = QPushButton(_("Record it"), self)
        self._record.setProperty("kind", "primary")
        self._cancel = QPushButton(_("Cancel"), self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._record)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addLayout(form)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self._contact.id_chosen.connect(self._on_contact)
        self._record.clicked.connect(self.record)
        self._cancel.clicked.connect(self.close_form)
        self._note.returnPressed.connect(self.record)
        self._day.refused.connect(self._desk.messages.error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)
