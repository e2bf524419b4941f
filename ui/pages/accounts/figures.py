"""The figures above the accounts table; a click on one shows the accounts it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import AccountStatus
from csdesk.queries.portfolio import RENEWAL_SOON_DAYS, AccountRow
from csdesk.queries.portfolio_figures import portfolio_figures
from ui.pages.accounts.table import money_text
from ui.widgets.figure_card import FigureCard

Accepts = Callable[[AccountRow], bool]


class AccountsFigures(QWidget):
    """Four cards: ARR, renewals, accounts without a plan, late actions."""

    filter_changed = Signal(object)
    """Which accounts to show, as a function of a row; None for all."""

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._build()

    def show_rows(self, rows: Sequence[AccountRow]) -> None:
        """Add up these rows and show the figures."""
        figures = portfolio_figures(rows, today=self._today)
        language = current()
        amounts = sorted(figures.arr.items(), key=lambda pair: -pair[1])
        main = money_text(amounts[0][1], amounts[0][0]) if amounts else "—"
        others = [money_text(amount, currency) for currency, amount in amounts[1:]]
        count = ngettext("{n} account", "{n} accounts", figures.accounts).format(n=figures.accounts)
        self._arr.show_figure(main, " · ".join([*others, count]))
        self._renewals.show_figure(
            language.number(figures.renewals_soon),
            _("until {date}").format(date=language.date(self._soon())),
        )
        self._no_plan.show_figure(
            language.number(figures.without_plan),
            _("of {n}").format(n=language.number(figures.accounts)),
        )
        late = sum(row.late_actions > 0 and _counts(row) for row in rows)
        self._late.show_figure(
            language.number(figures.late_actions),
            ngettext("at {n} account", "at {n} accounts", late).format(n=late),
        )

    @Slot(bool)
    def _on_pressed(self, on: bool) -> None:
        card = self.sender()
        for other in self._filters:
            if other is not card:
                other.set_on(False)
        accepts = self._filters.get(card) if isinstance(card, FigureCard) and on else None
        self.filter_changed.emit(accepts)

    def _soon(self) -> dt.date:
        return self._today + dt.timedelta(days=RENEWAL_SOON_DAYS)

    def _renews_soon(self, row: AccountRow) -> bool:
        return _counts(row) and row.renewal_on is not None and row.renewal_on <= self._soon()

    def _build(self) -> None:
        self._arr = FigureCard(
            _("ARR"),
            _(
                "Annual recurring revenue: twelve times the MRR of the running contracts of all "
                "accounts that have not left. Different currencies are never added up."
            ),
            counts_rows=False,
        )
        self._renewals = FigureCard(
            _("Renewals within {n} days").format(n=RENEWAL_SOON_DAYS),
            _(
                "Accounts with a running contract that renews within {n} days. "
                "Click to show just these."
            ).format(n=RENEWAL_SOON_DAYS),
            counts_rows=True,
        )
        self._no_plan = FigureCard(
            _("Accounts without a plan"),
            _(
                "Accounts that have neither a plan in force nor one being prepared. "
                "Click to show just these."
            ),
            counts_rows=True,
        )
        self._late = FigureCard(
            _("Late actions"),
            _(
                "Open action items of current plans whose date has passed. "
                "Click to show the accounts that have some."
            ),
            counts_rows=True,
        )
        self._filters: dict[FigureCard, Accepts] = {
            self._renewals: self._renews_soon,
            self._no_plan: lambda row: _counts(row) and row.plan_id is None,
            self._late: lambda row: _counts(row) and row.late_actions > 0,
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        for card in (self._arr, self._renewals, self._no_plan, self._late):
            layout.addWidget(card, 1)
        for card in self._filters:
            card.pressed.connect(self._on_pressed)


def _counts(row: AccountRow) -> bool:
    return row.status != AccountStatus.CHURNED
