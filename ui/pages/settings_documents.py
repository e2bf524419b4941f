"""How our documents look, for everybody who shares the workspace: name, colour, logo."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from csdesk.actions.desk import COMPANY_NAME, set_setting
from csdesk.actions.documents import set_accent, set_company_logo
from csdesk.i18n import _
from csdesk.queries.document_request import branding
from csdesk.queries.rows import row_of
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.editing import Place
from ui.pages.document.logo import KeptLogo
from ui.widgets.accent_choice import AccentChoice
from ui.widgets.inline_fields import TextField
from ui.widgets.wrapped_label import WrappedLabel


class DocumentSettings(QWidget):
    """Each choice is stored at once as a step of its own, which Undo takes back."""

    def __init__(self, desk: Desk, label_width: int, parent: QWidget | None = None) -> None:
        """`label_width` is how wide the labels of the page are, in pixels."""
        super().__init__(parent)
        self._desk = desk
        self._is_named = False
        self._build(label_width)
        self._connect()
        self.refresh()

    @property
    def company(self) -> TextField:
        """The field of our company's name."""
        return self._company

    @property
    def accent(self) -> AccentChoice:
        """The choice of our colour."""
        return self._accent

    @property
    def logo(self) -> KeptLogo:
        """Our logo."""
        return self._logo

    @Slot()
    def refresh(self) -> None:
        """Show what is stored now."""
        look = self._desk.read(branding, "")
        company = self._desk.read(row_of, "workspace_setting", COMPANY_NAME)
        if company is not None and company.values["deleted_at"] is not None:
            company = None  # undone: nobody has named it
        self._is_named = company is not None
        self._company.set_value(str(company.values["value"] or "") if company else "")
        self._accent.show_accent(look.accent)
        self._logo.show_logo(look.logo)
        self._logo.show_accent(look.accent)
        writable = not self._desk.workspace.read_only
        for part in (self._company, self._accent):
            part.setEnabled(writable)
        self._logo.allow(writable)

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Show again what somebody may have changed."""
        if change.touches("workspace_setting"):
            self.refresh()

    @Slot(str)
    def _on_company(self, name: str) -> None:
        self._desk.write(_("Our company's name"), set_setting, COMPANY_NAME, name)
        self.refresh()

    @Slot(str)
    def _on_accent(self, code: str) -> None:
        self._desk.write(_("Colour of our documents"), set_accent, code or None)
        self.refresh()

    def _store_logo(self, data: bytes) -> None:
        label = _("Our logo") if data else _("Take our logo away")
        self._desk.write(label, set_company_logo, data or None)
        self.refresh()

    def _place(self) -> Place | None:
        return Place("workspace_setting", COMPANY_NAME, "value") if self._is_named else None

    def _build(self, label_width: int) -> None:
        self._company = TextField(self)
        self._company.setPlaceholderText(_("As it stands on documents"))
        self._company.setAccessibleName(_("Our company"))
        self._accent = AccentChoice(self._desk.look, self)
        self._logo = KeptLogo(self._desk, _("Our logo"), self._store_logo, self)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(14)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in (
            (_("Our company"), self._company),
            (_("Colour"), self._accent),
            (_("Our logo"), self._logo),
        ):
            label = QLabel(text, self)
            label.setMinimumWidth(label_width)
            label.setContentsMargins(0, 7, 0, 0)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            form.addRow(label, field)
        note = _("Everybody who shares this workspace makes documents with these.")
        form.addRow("", WrappedLabel(note, self, "small"))

    def _connect(self) -> None:
        self._company.entered.connect(self._on_company)
        self._accent.chosen.connect(self._on_accent)
        self._accent.refused.connect(self._desk.messages.error)
        self._desk.changed.connect(self.on_changed)
        self._desk.editing.watch(self._company, self._company, self._place)
