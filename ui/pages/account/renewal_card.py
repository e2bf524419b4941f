"""What an account pays and when that is decided again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QVBoxLayout, QWidget

from csdesk.actions.editing import today
from csdesk.i18n import _, current
from csdesk.model.vocabulary import ContractStatus
from csdesk.queries.accounts import AccountDetail
from ui.pages.accounts.table import (
    RENEWAL_IS_NEAR,
    days_left,
    money_text,
    whole_money_text,
)
from ui.theme import Look


class RenewalCard(QFrame):
    """ARR, the next renewal with the days left, and the deadline for notice."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        heading = QLabel(_("Contracts and renewal"), self)
        heading.setProperty("kind", "heading")
        self._form = QFormLayout()
        self._form.setVerticalSpacing(6)
        self._form.setHorizontalSpacing(14)
        self._values: list[QLabel] = []
        for text in (_("ARR"), _("Renewal"), _("Notice until"), _("Seats"), _("Products")):
            label = QLabel(text, self)
            label.setProperty("kind", "muted")
            value = QLabel(self)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._values.append(value)
            self._form.addRow(label, value)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addLayout(self._form)

    def show_account(self, detail: AccountDetail) -> None:
        """Show the running contracts of an account."""
        day, row = today(), detail.row
        running = [one for one in detail.contracts if one.status == ContractStatus.RUNNING]
        notices = [one.notice_on for one in running if one.notice_on and one.notice_on >= day]
        seats = [one.seats for one in running if one.seats is not None]
        products = dict.fromkeys(one.product for one in running if one.product)
        arr, renewal, notice, seat_count, names = self._values
        whole, exact = (
            " + ".join(write(amount, currency) for currency, amount in row.amounts)
            for write in (whole_money_text, money_text)
        )
        arr.setText(whole or "–")
        arr.setToolTip(exact if exact != whole else "")
        renewal.setText("–")
        near = False
        if row.renewal_on is not None:
            near = (row.renewal_on - day).days <= RENEWAL_IS_NEAR
            date, left = current().date(row.renewal_on), days_left(row.renewal_on, day)
            renewal.setText(_("{date} (in {left})").format(date=date, left=left))
        renewal.setProperty("kind", "bad" if near else "")
        renewal.style().unpolish(renewal)
        renewal.style().polish(renewal)
        notice.setText(current().date(min(notices)) if notices else "–")
        seat_count.setText(current().number(sum(seats)) if seats else "–")
        names.setText(", ".join(products) or "–")
