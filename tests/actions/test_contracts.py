"""Contracts: money in minor units, dates that follow each other."""

from __future__ import annotations

import datetime as dt

import pytest

from csdesk.actions.accounts import delete_accounts
from csdesk.actions.contracts import add_contract, delete_contracts, edit_contract
from csdesk.errors import UserError
from csdesk.model.vocabulary import ContractStatus
from csdesk.queries.accounts import ContractRow, contracts_of
from csdesk.workspace.workspace import Workspace

START = dt.date(2026, 4, 1)
END = dt.date(2027, 3, 31)


def only(workspace: Workspace, account: str) -> ContractRow:
    """Return the one contract of an account."""
    (row,) = workspace.read(contracts_of, account)
    return row


def test_a_contract_runs_in_yen_unless_it_says_otherwise(
    workspace: Workspace, account: str
) -> None:
    workspace.write("Add", add_contract, account, product="Desk", mrr=120_000, start_on=START)
    row = only(workspace, account)
    assert (row.currency, row.mrr, row.status) == ("JPY", 120_000, ContractStatus.RUNNING)


def test_cents_stay_exact(workspace: Workspace, account: str) -> None:
    workspace.write("Add", add_contract, account, mrr=9_007_199_254_740_993, currency="USD")
    assert only(workspace, account).mrr == 9_007_199_254_740_993


@pytest.mark.parametrize("renewal", [START, END, None])
def test_a_contract_may_renew_on_any_day_from_its_start_on(
    workspace: Workspace, account: str, renewal: dt.date | None
) -> None:
    workspace.write("Add", add_contract, account, start_on=START, renewal_on=renewal)
    assert only(workspace, account).renewal_on == renewal


def test_a_contract_that_renews_before_it_starts_is_refused(
    workspace: Workspace, account: str
) -> None:
    with pytest.raises(UserError, match="renewal date"):
        workspace.write("Add", add_contract, account, start_on=END, renewal_on=START)
    contract = workspace.write("Add", add_contract, account, start_on=START, renewal_on=END).result
    with pytest.raises(UserError, match="renewal date"):
        workspace.write("Edit", edit_contract, contract, renewal_on=dt.date(2026, 3, 31))
    assert only(workspace, account).renewal_on == END


def test_both_dates_can_move_together(workspace: Workspace, account: str) -> None:
    contract = workspace.write("Add", add_contract, account, start_on=START, renewal_on=END).result
    workspace.write("Edit", edit_contract, contract, start_on=END, renewal_on=END)
    assert only(workspace, account).start_on == END


@pytest.mark.parametrize(
    ("before", "minor", "after", "becomes"),
    [
        ("JPY", 1_000, "USD", 1_000_00),
        ("USD", 1_000_00, "JPY", 1_000),
        ("USD", 25_50, "EUR", 25_50),
        ("JPY", 5, "KWD", 5_000),
        ("JPY", 0, "USD", 0),
        ("JPY", -300, "USD", -300_00),
        (None, 1_000, "USD", 1_000_00),
    ],
)
def test_the_amount_stays_when_the_currency_is_corrected(
    workspace: Workspace, account: str, before: str | None, minor: int, after: str, becomes: int
) -> None:
    contract = workspace.write("Add", add_contract, account, mrr=minor, currency=before).result
    workspace.write("Edit", edit_contract, contract, currency=after)
    row = only(workspace, account)
    assert (row.mrr, row.currency) == (becomes, after)
    workspace.undo()
    assert only(workspace, account).mrr == minor


def test_an_amount_with_decimals_does_not_become_one_of_a_currency_without(
    workspace: Workspace, account: str
) -> None:
    contract = workspace.write("Add", add_contract, account, mrr=25_50, currency="USD").result
    with pytest.raises(UserError, match=r"25\.50.*JPY"):
        workspace.write("Edit", edit_contract, contract, currency="JPY")
    assert (only(workspace, account).mrr, only(workspace, account).currency) == (25_50, "USD")


def test_an_amount_given_with_its_currency_is_taken_as_it_is(
    workspace: Workspace, account: str
) -> None:
    contract = workspace.write("Add", add_contract, account, mrr=1_000).result
    workspace.write("Edit", edit_contract, contract, currency="USD", mrr=99)
    assert only(workspace, account).mrr == 99


def test_a_contract_without_an_amount_may_change_its_currency(
    workspace: Workspace, account: str
) -> None:
    contract = workspace.write("Add", add_contract, account).result
    workspace.write("Edit", edit_contract, contract, currency="USD")
    assert (only(workspace, account).mrr, only(workspace, account).currency) == (None, "USD")


def test_a_deleted_contract_comes_back_by_undo(workspace: Workspace, account: str) -> None:
    contract = workspace.write("Add", add_contract, account, mrr=1).result
    workspace.write("Delete", delete_contracts, [contract])
    assert workspace.read(contracts_of, account) == []
    with pytest.raises(UserError):
        workspace.write("Edit", edit_contract, contract, mrr=2)
    workspace.undo()
    assert only(workspace, account).id == contract


def test_a_contract_of_a_deleted_account_is_refused(workspace: Workspace, account: str) -> None:
    workspace.write("Delete", delete_accounts, [account])
    with pytest.raises(UserError, match="deleted"):
        workspace.write("Add", add_contract, account)
