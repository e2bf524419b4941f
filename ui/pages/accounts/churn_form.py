"""The form in which is noted when and why a customer left; a part of the page, no dialog."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.churn import churn_account, correct_churn
from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.exchange.typed_money import typed_price
from csdesk.i18n import _, current, minor_digits, ngettext
from csdesk.model.vocabulary import AccountStatus, ChurnReason, Term
from csdesk.queries.churn import ChurnOutlook, ChurnRow, churn_outlook
from ui.desk import Desk
from ui.typed_forms import field_values, set_field_values
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.date_line import DateLine
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.inline_fields import NoteField
from ui.widgets.wrapped_label import WrappedLabel

_YES, _NO = "yes", "no"


class ChurnForm(QFrame):
    """Asks for day, reason and evidence of a churn; Ctrl+Enter notes it, Escape closes.

    For a customer who left already it shows what was noted last, to be corrected.
    """

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._outlook: ChurnOutlook | None = None
        self._noted: ChurnRow | None = None
        self.setProperty("kind", "card")
        self.hide()

    @property
    def account_id(self) -> str:
        """The account it is about; empty while it is closed."""
        return self._outlook.account_id if self._outlook else ""

    @Slot(str)
    def start(self, account_id: str) -> None:
        """Show the form for an account and put the cursor into it."""
        outlook = self._desk.read(churn_outlook, account_id)
        if outlook is None:
            return
        if self.layout() is None:  # most pages are closed before it is asked for
            self._build()
            self._connect()
        self._outlook = outlook
        has_left = outlook.status == AccountStatus.CHURNED
        self._noted = outlook.churns[0] if has_left and outlook.churns else None
        self._show_words(outlook)
        self._fill(outlook, self._noted)
        self.show()
        self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def store(self) -> None:
        """Note the churn, or correct what was noted, as one step."""
        if self._outlook is None:
            return
        try:
            price = typed_price(self._mrr.text(), self._currency.text().strip().upper() or "JPY")
            day = self._day.read()
        except UserError as error:
            self._desk.messages.error(error)
            return
        fields = {
            "churned_on": day,
            "reason": self._reason.code,
            "sub_reason": self._detail.text().strip(),
            "evidence": self._evidence.typed.strip(),
            "competitor": self._competitor.text().strip(),
            "lost_mrr": price[0] if price else None,
            "currency": price[1] if price else None,
            "voluntary": {_YES: True, _NO: False}.get(self._voluntary.currentData()),
        }
        name = self._outlook.name
        if self._noted is not None:
            label = _("Correct the churn of {name}").format(name=name)
            done = self._desk.write(label, correct_churn, self._noted.id, **fields) is not None
        else:
            label = _("Churn of {name}").format(name=name)
            step = self._desk.write(label, churn_account, self._outlook.account_id, **fields)
            done = step is not None
        if done:
            self.close_form()
            self._desk.offer_undo(_("{label} was noted.").format(label=label))

    @Slot()
    def close_form(self) -> None:
        """Close the form, forgetting what is typed."""
        self._outlook = self._noted = None
        self.hide()
        self.closed.emit()

    def typed_state(self) -> dict[str, Any] | None:
        """Return what stands in the form; None where it is closed."""
        if self._outlook is None:
            return None
        return {"account": self._outlook.account_id, "fields": field_values(self)}

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Open for the same account with what stood in the form."""
        self.start(state["account"])
        if self._outlook is not None:
            set_field_values(self, state["fields"])

    @Slot(object)
    def _on_reason(self, reason: Term | None) -> None:
        """Who does not pay is let go; everybody else goes. Either can be changed."""
        if reason is not None:
            own = _NO if reason == ChurnReason.INVOLUNTARY else _YES
            self._voluntary.setCurrentIndex(self._voluntary.findData(own))

    def _fill(self, outlook: ChurnOutlook, noted: ChurnRow | None) -> None:
        """Show what was noted, or propose what is known of a churn of today."""
        proposed = outlook.running[0] if outlook.running else (None, None)
        currency = noted.currency if noted else proposed[0] or current().usual_currency
        mrr = noted.lost_mrr if noted else proposed[1]
        self._day.set_day(noted.churned_on if noted else today(), force=True)
        self._reason.show_code(noted.reason if noted else None)
        self._detail.setText(noted.sub_reason if noted else "")
        self._competitor.setText(noted.competitor if noted else "")
        self._evidence.set_value(noted.evidence if noted else "", force=True)
        amount = None if mrr is None else Decimal(mrr).scaleb(-minor_digits(currency))
        self._mrr.setText("" if amount is None else current().number(amount))
        self._currency.setText(currency)
        voluntary = noted.voluntary if noted else None
        own = None if voluntary is None else _YES if voluntary else _NO
        self._voluntary.setCurrentIndex(max(0, self._voluntary.findData(own)))

    def _show_words(self, outlook: ChurnOutlook) -> None:
        if self._noted is not None:
            self._title.show_text(_("Churn of {name}").format(name=outlook.name))
            self._hint.setText(_("What was noted when the customer left. Correct it here."))
            self._store.setText(_("Correct"))
            return
        self._title.show_text(_("{name} leaves").format(name=outlook.name))
        self._store.setText(_("Note churn"))
        parts = [_("The account is marked as churned and counts in no figure any more.")]
        if outlook.contracts:
            parts.append(
                ngettext(
                    "{n} running contract ends.", "{n} running contracts end.", outlook.contracts
                ).format(n=outlook.contracts)
            )
        if len(outlook.running) > 1:
            others = [current().money(amount, unit) for unit, amount in outlook.running[1:]]
            parts.append(
                _("Not in the lost MRR, for it is other money: {amounts}.").format(
                    amounts=" + ".join(others)
                )
            )
        self._hint.setText(" ".join(parts))

    def _build(self) -> None:
        self._title = ElidedLabel(self)
        self._title.setProperty("kind", "strong")
        self._hint = WrappedLabel("", self)
        self._day = DateLine(self._desk.look, self)
        self._reason = ChoiceBox(ChurnReason, self, none=_("Choose…"))
        self._detail = QLineEdit(self)
        self._mrr = QLineEdit(self)
        self._mrr.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._currency = QLineEdit(self)
        self._currency.setMaxLength(3)
        self._currency.setFixedWidth(self.fontMetrics().horizontalAdvance("MMMM") + 24)
        self._competitor = QLineEdit(self)
        self._voluntary = NameBox(_("Not known"), self)
        self._voluntary.offer(((_YES, _("Yes")), (_NO, _("No"))), None)
        self._evidence = NoteField(2, self)
        self._evidence.setPlaceholderText(_("How we know: a mail, a call, figures…"))
        self._store = QPushButton(self)
        self._store.setProperty("kind", "primary")
        self._cancel = QPushButton(_("Cancel"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 11, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addLayout(self._fields())
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._store)
        layout.addLayout(buttons)

    def _fields(self) -> QGridLayout:
        """Lay the fields out in rows of three, in the order in which one goes through them."""
        amount = QWidget(self)
        pair = QHBoxLayout(amount)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(6)
        pair.addWidget(self._mrr, 1)
        pair.addWidget(self._currency)
        self._currency.setAccessibleName(_("Currency of the lost MRR"))
        fields: tuple[tuple[str, QWidget, QWidget], ...] = (
            (_("Why"), self._reason, self._reason),
            (_("When it left"), self._day, self._day),
            (_("Detail"), self._detail, self._detail),
            (_("Lost MRR"), amount, self._mrr),
            (_("Competitor"), self._competitor, self._competitor),
            (_("By its own decision"), self._voluntary, self._voluntary),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        for number, (title, cell, field) in enumerate(fields):
            row, column = divmod(number, 3)
            grid.addWidget(self._label(title, field), 2 * row, column)
            grid.addWidget(cell, 2 * row + 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._label(_("Evidence"), self._evidence), 4, 0)
        grid.addWidget(self._evidence, 5, 0, 1, 3)
        before = None
        order = (
            *(self._reason, self._day, self._detail, self._mrr, self._currency),
            *(self._competitor, self._voluntary, self._evidence, self._cancel, self._store),
        )
        for widget in order:
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget
        return grid

    def _label(self, title: str, field: QWidget) -> QLabel:
        label = QLabel(title, self)
        label.setProperty("kind", "small")
        label.setBuddy(field)
        field.setAccessibleName(title)
        return label

    def _connect(self) -> None:
        self._reason.code_chosen.connect(self._on_reason)
        self._day.refused.connect(self._desk.messages.error)
        self._store.clicked.connect(self.store)
        self._cancel.clicked.connect(self.close_form)
        self._evidence.installEventFilter(self)  # it would keep Ctrl+Enter and Escape to itself

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._evidence and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.type() == QEvent.Type.KeyPress and enter and held:
                self.store()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                self.close_form()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.store()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)
