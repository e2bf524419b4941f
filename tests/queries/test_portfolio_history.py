"""What accounts paid in the past: from contracts, what they cost then, and when they ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from csdesk.actions.accounts import add_account, delete_accounts, edit_account
from csdesk.actions.churn import churn_account
from csdesk.actions.contracts import add_contract, delete_contracts, edit_contract
from csdesk.model.vocabulary import AccountStatus, ChurnReason, ContractStatus
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.portfolio_figures import portfolio_figures
from csdesk.queries.portfolio_history import ArrHistory, arr_history
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)
DAYS = (
    *(dt.date(2025, 11, 30), dt.date(2025, 12, 31), dt.date(2026, 1, 31), dt.date(2026, 2, 28)),
    *(dt.date(2026, 3, 31), dt.date(2026, 4, 30), dt.date(2026, 5, 31), dt.date(2026, 6, 30)),
    *(dt.date(2026, 7, 31), dt.date(2026, 8, 31), dt.date(2026, 9, 30), dt.date(2026, 10, 31)),
    TODAY,
)


class Book:
    """A workspace in which things are written down on days of one's choice."""

    def __init__(self, workspace: Workspace, now: list[dt.datetime]) -> None:
        self.workspace = workspace
        self._now = now
        self.account = self.write(dt.date(2025, 10, 1), add_account, "Aoba")

    def write(self, day: dt.date, action: Any, *args: Any, **fields: Any) -> Any:
        """Write something down at noon of a day."""
        self._now[0] = dt.datetime.combine(day, dt.time(12), dt.UTC)
        return self.workspace.write("Note", action, *args, **fields).result

    def contract(self, noted: dt.date, **fields: Any) -> str:
        """Note a contract of the account that began long ago, for 100 a month."""
        values = {"start_on": dt.date(2024, 1, 1), "mrr": 100, "currency": "JPY", **fields}
        return str(self.write(noted, add_contract, self.account, **values))

    def past(self) -> ArrHistory:
        """Return the past as it is told today."""
        return self.workspace.read(arr_history, today=TODAY)

    def amounts(self, currency: str = "JPY") -> dict[dt.date, int]:
        """Return what the account paid on which day, in months' MRR."""
        history = self.past()
        paid = history.total([self.account]).get(currency, (0,) * 13)
        return {day: amount // 12 for day, amount in zip(history.days, paid, strict=True)}


@pytest.fixture
def book(tmp_path: Path, home: Home) -> Iterator[Book]:
    """Open a workspace whose clock can be set."""
    now = [dt.datetime(2025, 10, 1, 12, tzinfo=dt.UTC)]
    file = tmp_path / "team.csdesk"
    with Workspace.create(file, home=home, author="Yui", clock=lambda: now[0]) as workspace:
        yield Book(workspace, now)


def since(day: dt.date, amount: int = 100) -> dict[dt.date, int]:
    """Return an amount from a day on, and nothing before."""
    return {one: amount if one >= day else 0 for one in DAYS}


def until(day: dt.date, amount: int = 100) -> dict[dt.date, int]:
    """Return an amount before a day, and nothing from then on."""
    return {one: amount if one < day else 0 for one in DAYS}


def test_the_past_is_told_at_the_ends_of_twelve_months_and_today(book: Book) -> None:
    assert book.past().days == DAYS


def test_a_contract_counts_from_its_start_also_where_it_was_noted_later(book: Book) -> None:
    book.contract(TODAY, start_on=dt.date(2026, 3, 31))
    assert book.amounts() == since(dt.date(2026, 3, 31))


def test_a_price_counts_from_when_it_was_noted_and_the_first_one_before(book: Book) -> None:
    contract = book.contract(dt.date(2026, 1, 10))
    book.write(dt.date(2026, 6, 15), edit_contract, contract, mrr=150)
    book.write(dt.date(2026, 9, 1), edit_contract, contract, mrr=120)
    amounts = book.amounts()
    assert [amounts[day] for day in DAYS] == [100] * 7 + [150] * 3 + [120] * 3


def test_an_ended_contract_counts_until_its_renewal_date(book: Book) -> None:
    contract = book.contract(dt.date(2025, 11, 1), renewal_on=dt.date(2026, 4, 30))
    book.write(dt.date(2026, 8, 1), edit_contract, contract, status=ContractStatus.ENDED)
    assert book.amounts() == until(dt.date(2026, 4, 30))


def test_one_that_ended_before_its_renewal_counts_until_that_was_noted(book: Book) -> None:
    contract = book.contract(dt.date(2025, 11, 1), renewal_on=dt.date(2027, 4, 30))
    book.write(dt.date(2026, 8, 1), edit_contract, contract, status=ContractStatus.ENDED)
    assert book.amounts() == until(dt.date(2026, 8, 1))


def test_a_customer_who_left_counts_until_then_though_it_was_noted_later(book: Book) -> None:
    book.contract(dt.date(2025, 11, 1), renewal_on=dt.date(2027, 4, 30))
    left = dt.date(2026, 6, 30)
    book.write(dt.date(2026, 9, 1), churn_account, book.account, left, ChurnReason.PRODUCT)
    assert book.amounts() == until(left)


def test_one_who_left_on_an_unknown_day_counts_no_longer_today(book: Book) -> None:
    book.contract(dt.date(2025, 11, 1))
    book.write(TODAY, edit_account, book.account, status=AccountStatus.CHURNED)
    assert book.amounts() == until(TODAY)


def test_currencies_stand_apart_and_what_was_deleted_never_was(book: Book) -> None:
    book.contract(TODAY)
    book.contract(TODAY, currency="USD", mrr=7)
    gone = book.contract(TODAY, mrr=999)
    book.write(TODAY, delete_contracts, [gone])
    assert book.amounts() == since(DAYS[0])
    assert book.amounts("USD") == since(DAYS[0], 7)
    book.write(TODAY, delete_accounts, [book.account])
    assert book.past().accounts == {}


@pytest.mark.parametrize("status", [ContractStatus.RUNNING, ContractStatus.UPCOMING])
def test_today_is_what_the_figure_says(book: Book, status: ContractStatus) -> None:
    book.contract(TODAY, status=status)
    book.contract(TODAY, start_on=TODAY + dt.timedelta(days=1))
    book.contract(TODAY, start_on=TODAY)
    rows = book.workspace.read(portfolio_rows, today=TODAY)
    figures = portfolio_figures(rows, today=TODAY)
    assert figures.arr == {"JPY": book.amounts()[TODAY] * 12}
