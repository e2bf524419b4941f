"""Opportunities keep their amount when the currency changes."""

from __future__ import annotations

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.opportunities import (
    add_opportunity,
    delete_opportunities,
    edit_opportunity,
)
from csdesk.errors import UserError
from csdesk.queries.risks import OpportunityRow, opportunities_of
from csdesk.workspace.workspace import Workspace


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.write("Account", add_account, "Fuji").result


def only(workspace: Workspace, account: str) -> OpportunityRow:
    (row,) = workspace.read(opportunities_of, account)
    return row


def test_the_number_stays_in_another_currency(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_opportunity, account, "Seats").result
    for amount, before, after, expected in (
        (1000, "JPY", "USD", 100000),
        (100000, "USD", "JPY", 1000),
        (1000, "JPY", "BHD", 1000000),
        (None, "JPY", "USD", None),
    ):
        workspace.write("Price", edit_opportunity, row, amount=amount, currency=before)
        workspace.write("Currency", edit_opportunity, row, currency=after)
        assert only(workspace, account).amount == expected


def test_amount_and_currency_given_together_are_taken_as_given(
    workspace: Workspace, account: str
) -> None:
    row = workspace.write("Add", add_opportunity, account, "Seats", amount=5, currency="JPY").result
    workspace.write("Price", edit_opportunity, row, amount=500000, currency="USD")
    assert (only(workspace, account).amount, only(workspace, account).currency) == (500000, "USD")


def test_cents_do_not_fit_into_yen(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_opportunity, account, "Seats", amount=1, currency="USD").result
    with pytest.raises(UserError, match="more decimals"):
        workspace.write("Currency", edit_opportunity, row, currency="JPY")
    assert only(workspace, account).currency == "USD"


def test_an_unknown_currency_is_refused(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_opportunity, account, "Seats").result
    for code in ("yen", "XXQ", "円"):
        with pytest.raises(UserError, match="not a currency code"):
            workspace.write("Add", add_opportunity, account, "Seats", currency=code)
        with pytest.raises(UserError, match="not a currency code"):
            workspace.write("Edit", edit_opportunity, row, currency=code)


def test_deleted_ones_are_not_listed(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_opportunity, account, "Seats").result
    workspace.write("Delete", delete_opportunities, [row])
    assert workspace.read(opportunities_of, account) == ()
