"""How the document is to be: kind, plan, language, paper, recipient, password, and its sections.

What the user chooses is told at once; filling the form tells nothing, so nothing is ever stored
just because it was shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import LANGUAGES, _
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.queries.accounts import PlanRow
from ui.icons import icon
from ui.pages.document.section_list import SectionList
from ui.theme import Look
from ui.widgets.choice_box import ChoiceBox, ElidedBox, NameBox

KINDS = (DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE, DocumentKind.INTERNAL)
"""The documents of one account."""

WIDTHS = (250, 330)
"""The least and most logical pixels of the panel."""


class OptionsPanel(QFrame):
    """Shows the options of one kind of document of one account, and tells what is changed."""

    kind_chosen = Signal(object)
    """A DocumentKind."""
    plan_chosen = Signal(object)
    """The id of another plan."""
    edited = Signal()
    """Language or setup are others now."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._build()
        self._connect()

    @property
    def language(self) -> str:
        """The document's language."""
        return str(self._language.currentData())

    @property
    def setup(self) -> Setup:
        """The document's setup."""
        size = self._size.code
        return Setup(
            page_size=size if isinstance(size, PageSize) else PageSize.A4,
            has_cover=self._cover.isChecked(),
            left_out=self._sections.left_out,
            marks_unagreed=self._marks.isChecked(),
            is_archival=self._archival.isChecked(),
        )

    @property
    def recipient(self) -> str:
        """Whom the document is for; empty where nobody said."""
        return self._recipient.currentText().strip()

    @property
    def password(self) -> str:
        """The password the file gets; empty for none."""
        return self._password.text()

    @property
    def sections(self) -> SectionList:
        """The list of sections."""
        return self._sections

    def show_kind(self, kind: DocumentKind) -> None:
        """Show a kind, with the options it has."""
        self._kind.setCurrentIndex(self._kind.findData(kind.value))
        is_plan, is_internal = kind == DocumentKind.CUSTOMER, kind == DocumentKind.INTERNAL
        self._cover.setVisible(is_plan)
        self._section_box.setVisible(is_plan)
        self._marks.setVisible(not is_internal)
        self._recipient_box.setVisible(not is_internal)

    def show_plans(self, plans: Sequence[PlanRow], plan_id: str | None) -> None:
        """Offer the account's plans, where there is more than one."""
        self._plan.offer([(plan.id, plan.title) for plan in plans], plan_id)
        self._plan_box.setVisible(len(plans) > 1)

    def show_options(self, language: str, setup: Setup) -> None:
        """Show what is remembered; tells nothing."""
        self._language.setCurrentIndex(self._language.findData(language))
        self._size.show_code(setup.page_size)
        self._cover.setChecked(setup.has_cover)
        self._marks.setChecked(setup.marks_unagreed)
        self._archival.setChecked(setup.is_archival)
        self._sections.show_left_out(setup.left_out)

    def choose_language(self, language: str) -> None:
        """Choose another language as the user would."""
        if language != self.language:
            self._language.setCurrentIndex(self._language.findData(language))
            self.edited.emit()

    def offer_recipients(self, names: Iterable[str]) -> None:
        """Offer the people at the customer; what stands in the field stays."""
        wanted = ["", *dict.fromkeys(name for name in names if name)]
        shown = [self._recipient.itemText(at) for at in range(self._recipient.count())]
        if shown != wanted:
            text = self._recipient.currentText()
            self._recipient.clear()
            self._recipient.addItems(wanted)
            self._recipient.setEditText(text)

    def clear_personal(self) -> None:
        """Empty what belongs to one account and is not remembered: recipient and password."""
        self._recipient.setEditText("")
        self._password.clear()

    def typed_state(self) -> dict[str, Any] | None:
        """Return what `clear_personal` would empty; None where that is nothing."""
        if not (self.recipient or self.password):
            return None
        return {"recipient": self._recipient.currentText(), "password": self.password}

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Put recipient and password back."""
        self._recipient.setEditText(state["recipient"])
        self._password.setText(state["password"])

    def take_focus(self) -> None:
        """Let the keyboard work here."""
        self._kind.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_kind(self) -> None:
        self.kind_chosen.emit(DocumentKind(self._kind.currentData()))

    @Slot(bool)
    def _show_password(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self._password.setEchoMode(mode.Normal if is_shown else mode.Password)
        self._peek.setIcon(icon(self._look, "eye-off" if is_shown else "eye"))

    def _build(self) -> None:
        self._kind = ElidedBox(self)
        for kind in KINDS:
            self._kind.addItem(kind.label(), kind.value)
        self._plan = NameBox("", self)
        self._language = ElidedBox(self)
        names = {"ja": _("Japanese"), "en": _("English")}
        for language in sorted(LANGUAGES, reverse=True):
            self._language.addItem(names[language], language)
        self._size = ChoiceBox(PageSize, self)
        self._recipient = QComboBox(self)
        self._recipient.setEditable(True)
        self._recipient.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self._recipient.lineEdit()
        if line is not None:
            line.setAccessibleName(_("Recipient"))
        self._password = QLineEdit(self)
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setPlaceholderText(_("None"))
        self._password.setToolTip(
            _("Whoever opens the PDF needs it. It is not kept anywhere: tell it to the recipient.")
        )
        self._peek = QAction(icon(self._look, "eye"), _("Show the password"), self._password)
        self._peek.setCheckable(True)
        self._password.addAction(self._peek, QLineEdit.ActionPosition.TrailingPosition)
        self._cover = QCheckBox(_("Cover page"), self)
        self._marks = QCheckBox(_("Mark what is not agreed yet"), self)
        self._marks.setToolTip(_("What changed since the customer agreed last gets a mark."))
        self._archival = QCheckBox(_("For archives (PDF/A)"), self)
        self._archival.setToolTip(
            _("PDF/A-2b instead of the form that screen readers like best (PDF/UA-1).")
        )
        self._sections = SectionList(self)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget(self)
        inside.setProperty("kind", "plain")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(13, 8, 8, 12)
        layout.setSpacing(9)
        self._plan_box = _named(_("Success plan"), self._plan)
        self._recipient_box = _named(_("Recipient"), self._recipient)
        self._section_box = _named(_("Sections"), self._sections)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(_named(_("Language"), self._language), 3)
        pair.addWidget(_named(_("Page size"), self._size), 4)
        layout.addWidget(_named(_("Document"), self._kind))
        layout.addWidget(self._plan_box)
        layout.addLayout(pair)
        layout.addWidget(self._recipient_box)
        layout.addWidget(_named(_("Password"), self._password))
        for box in (self._cover, self._marks, self._archival):
            layout.addWidget(box)
        layout.addSpacing(4)
        layout.addWidget(self._section_box)
        layout.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setProperty("kind", "plain")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 6, 1, 6)
        whole.addWidget(scroll)
        self.setProperty("kind", "card")
        self.setMinimumWidth(WIDTHS[0])
        self.setMaximumWidth(WIDTHS[1])

    def _connect(self) -> None:
        # Only what the user does: none of these is emitted while the form is filled.
        self._kind.activated.connect(self._on_kind)
        self._plan.id_chosen.connect(self.plan_chosen)
        self._language.activated.connect(self.edited)
        self._size.code_chosen.connect(self.edited)
        for box in (self._cover, self._marks, self._archival):
            box.clicked.connect(self.edited)
        self._sections.edited.connect(self.edited)
        self._peek.toggled.connect(self._show_password)


def _named(name: str, field: QWidget) -> QWidget:
    """Put a field below its name."""
    whole = QWidget(field.parentWidget())
    label = QLabel(name, whole)
    label.setProperty("kind", "small")
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(name)
    field.setMinimumWidth(40)
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addWidget(label)
    layout.addWidget(field)
    return whole
