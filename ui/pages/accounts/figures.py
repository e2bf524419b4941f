"""The figures above the accounts table; a click on one shows the accounts it counts.

They count what the filter lets through, whichever of them is pressed: with the filter "Owner: me"
they are one's own. Churned and archived accounts never count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csdesk.i18n import _, current, ngettext
from csdesk.queries.account_filter import Counted
from csdesk.queries.at_risk import SERIOUS_RISK
from csdesk.queries.portfolio import RENEWAL_SOON_DAYS, AccountRow
from csdesk.queries.portfolio_figures import PortfolioFigures, portfolio_figures
from csdesk.queries.portfolio_history import ArrHistory
from csdesk.queries.recorded_figures import RecordedFigures
from ui.pages.accounts.facets import counted_labels
from ui.pages.accounts.further_columns import accounts_text
from ui.pages.accounts.table import money_text, short_money_text, whole_money_text
from ui.theme import Look
from ui.widgets.card_row import CardRow
from ui.widgets.figure_card import FigureCard

LEAST_ENDS = 2
"""Ends of months that a line needs: with one and today it would only say more or less."""


class AccountsFigures(CardRow):
    """Five cards: ARR, ARR at risk, renewals, accounts without a plan, late actions."""

    counted_chosen = Signal(str)
    """A Counted: the accounts of one figure are to be shown; nothing: all again."""

    def __init__(self, look: Look, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._figures = portfolio_figures((), today=today)
        labels, ways = counted_labels(), _ways()
        self.cards: Mapping[Counted, FigureCard] = {
            counted: FigureCard(look, labels[counted.value], ways[counted]) for counted in Counted
        }
        for counted, card in self.cards.items():
            card.pressed.connect(partial(self._on_pressed, counted))
            self.add(card)

    def show_rows(self, rows: Sequence[AccountRow]) -> None:
        """Add up these rows and show the figures."""
        self._figures = figures = portfolio_figures(rows, today=self._today)
        language = current()
        of_all = _("of {n}").format(n=language.number(figures.accounts))
        self._show_money(Counted.ARR, figures.arr, accounts_text(figures.accounts))
        self._show_money(Counted.AT_RISK, figures.arr_at_risk, accounts_text(figures.at_risk))
        soon = self._today + dt.timedelta(days=RENEWAL_SOON_DAYS)
        self.cards[Counted.RENEWALS].show_figure(
            language.number(figures.renewals_soon),
            _("until {date}").format(date=language.date(soon)),
        )
        self.cards[Counted.NO_PLAN].show_figure(language.number(figures.without_plan), of_all)
        self.cards[Counted.LATE].show_figure(
            language.number(figures.late_actions), _late_note(figures)
        )

    def show_history(self, history: ArrHistory, account_ids: Sequence[str]) -> None:
        """Draw the ARR of these accounts over the last months, in the currency of the figure."""
        arr = self._figures.arr
        currency = _most(arr)
        amounts = history.total(account_ids).get(currency, ())[:-1]
        if any(amounts):
            write = partial(whole_money_text, currency=currency)
            self._show_line(Counted.ARR, history.days[0], (*amounts, arr[currency]), write)
        else:
            self.cards[Counted.ARR].show_line((), "")

    def show_record(self, record: RecordedFigures, account_ids: Sequence[str]) -> None:
        """Draw the other figures of these accounts as they were on record, up to what they are."""
        past, now = record.total(account_ids), self._figures
        currency = _most(now.arr_at_risk) or _most(now.arr) or next(iter(past.arr_at_risk), "JPY")
        at_risk = past.arr_at_risk.get(currency, (0,) * len(past.days))
        lines = {
            Counted.AT_RISK: (*at_risk, now.arr_at_risk.get(currency, 0)),
            Counted.RENEWALS: (*past.renewals_soon, now.renewals_soon),
            Counted.NO_PLAN: (*past.without_plan, now.without_plan),
            Counted.LATE: (*past.late_actions, now.late_actions),
        }
        for counted, amounts in lines.items():
            if len(past.days) < LEAST_ENDS:
                self.cards[counted].show_line((), _("No line yet: two ends of months are needed."))
                continue
            is_money = counted is Counted.AT_RISK
            write = partial(whole_money_text, currency=currency) if is_money else current().number
            self._show_line(counted, past.days[0], amounts, write, is_whole=past.is_whole)

    def show_counted(self, chosen: Sequence[str]) -> None:
        """Let the cards look pressed whose accounts are shown."""
        for counted, card in self.cards.items():
            card.set_on(counted.value in chosen)

    def _on_pressed(self, counted: Counted, on: bool) -> None:
        self.counted_chosen.emit(counted.value if on else "")

    def _show_line(
        self,
        counted: Counted,
        first: dt.date,
        amounts: Sequence[int],
        write: Callable[[int], str],
        *,
        is_whole: bool = True,
    ) -> None:
        words = _("{date}: {then}; now: {now}.")
        if not is_whole:
            words = _("{date}: {then}; now: {now}. No earlier month is on record.")
        told = words.format(
            date=current().month(first), then=write(amounts[0]), now=write(amounts[-1])
        )
        self.cards[counted].show_line(amounts, told)

    def _show_money(self, counted: Counted, total: Mapping[str, int], note: str) -> None:
        amounts = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
        others = [whole_money_text(amount, one) for one, amount in amounts[1:]]
        whole, short, exact = "—", "", ""
        if amounts:
            currency, most = amounts[0]
            whole, short = whole_money_text(most, currency), short_money_text(most, currency)
            exact = money_text(most, currency)
        self.cards[counted].show_figure(whole, " · ".join([*others, note]), short, exact)


def _most(amounts: Mapping[str, int]) -> str:
    """Return the currency of the largest number; empty where there is none."""
    return max(sorted(amounts), key=lambda one: amounts[one], default="")


def _late_note(figures: PortfolioFigures) -> str:
    count = figures.late_accounts
    return ngettext("at {n} account", "at {n} accounts", count).format(n=current().number(count))


def _ways() -> Mapping[Counted, str]:
    """Say how each figure is computed."""
    counts = _(
        "It counts what the filter lets through, without churned and archived accounts. "
        "Click to show just the accounts it counts."
    )
    on_record = _(
        "The line shows the ends of the last twelve months as they were on record then, and now."
    )
    ways = {
        Counted.ARR: _(
            "Annual recurring revenue: twelve times the MRR of the running contracts. Different "
            "currencies are never added up. The line shows the ends of the last twelve months, "
            "worked out from when contracts began and ended and what their MRR was; customers "
            "who have left since are in it as long as they paid."
        ),
        Counted.AT_RISK: _(
            "The ARR of accounts whose CSM's view is red, whose plan is off track, or that renew "
            "within {n} days (or are overdue) while the CSM's view is amber, the plan is at risk, "
            "or an open risk has {score} or more of 25 points (probability × impact)."
        ).format(n=RENEWAL_SOON_DAYS, score=SERIOUS_RISK),
        Counted.RENEWALS: _("Accounts with a running contract that renews within {n} days.").format(
            n=RENEWAL_SOON_DAYS
        ),
        Counted.NO_PLAN: _("Accounts that have neither a plan in force nor one being prepared."),
        Counted.LATE: _("Open action items of current plans whose date has passed."),
    }
    return {
        counted: "\n".join((way, *((on_record,) if counted is not Counted.ARR else ()), counts))
        for counted, way in ways.items()
    }
