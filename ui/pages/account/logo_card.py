"""The customer's logo, as documents for them show it beside ours."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csdesk.actions.documents import set_account_logo
from csdesk.i18n import _
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.document_request import branding
from ui.desk import Desk
from ui.pages.document.logo import KeptLogo


class LogoCard(QFrame):
    """Shows the logo of the account; another is stored as soon as it is chosen or dropped."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._account_id = ""
        self._account_name = ""
        self.setProperty("kind", "card")
        heading = QLabel(_("Customer’s logo"), self)
        heading.setProperty("kind", "heading")
        self._logo = KeptLogo(desk, _("Customer’s logo"), self._store, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(self._logo)

    @property
    def logo(self) -> KeptLogo:
        """The logo."""
        return self._logo

    def show_account(self, detail: AccountDetail) -> None:
        """Show the logo of an account."""
        if detail.row.id != self._account_id:
            self._logo.forget()
        self._account_id, self._account_name = detail.row.id, detail.row.name
        self._show()

    def _show(self) -> None:
        look = self._desk.read(branding, self._account_id)
        self._logo.show_logo(look.customer_logo)
        self._logo.show_accent(look.accent)
        self._logo.allow(not self._desk.workspace.read_only)

    def _store(self, data: bytes) -> None:
        label = _("Logo of {name}") if data else _("Take the logo of {name} away")
        label = label.format(name=self._account_name)
        self._desk.write(label, set_account_logo, self._account_id, data or None)
        self._show()
