"""A customer leaves, comes back, and what happened stays on record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csdesk.actions.accounts import archive_accounts, delete_accounts
from csdesk.actions.churn import churn_account, correct_churn, win_back
from csdesk.actions.contracts import add_contract
from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.model.vocabulary import AccountStatus, ChurnReason, ContractStatus
from csdesk.queries.accounts import contracts_of
from csdesk.queries.churn import ChurnOutlook, churn_outlook
from csdesk.queries.portfolio import portfolio_rows
from csdesk.workspace.workspace import Workspace


@pytest.fixture
def customer(workspace: Workspace, account: str) -> str:
    """Give the account two running contracts in yen, one in dollars, one to come, one ended."""
    for mrr, currency, status in (
        (100_000, "JPY", ContractStatus.RUNNING),
        (50_000, "JPY", ContractStatus.RUNNING),
        (12_345, "USD", ContractStatus.RUNNING),
        (70_000, "JPY", ContractStatus.UPCOMING),
        (90_000, "JPY", ContractStatus.ENDED),
    ):
        workspace.write(
            "Contract", add_contract, account, mrr=mrr, currency=currency, status=status
        )
    return account


def outlook(workspace: Workspace, account: str) -> ChurnOutlook:
    """Return what is known of the account's churns."""
    found = workspace.read(churn_outlook, account)
    assert found is not None
    return found


def churn(workspace: Workspace, account: str, **fields: Any) -> str:
    """Note a churn of yesterday."""
    day = fields.pop("churned_on", today() - dt.timedelta(days=1))
    reason = fields.pop("reason", ChurnReason.PRODUCT)
    return workspace.write("Churn", churn_account, account, day, reason, **fields).result


def states(workspace: Workspace, account: str) -> list[str | None]:
    """Return the states of the contracts, by name."""
    return sorted(str(row.status) for row in workspace.read(contracts_of, account))


def test_what_would_be_lost_is_the_sum_of_running_contracts_by_currency(
    workspace: Workspace, customer: str
) -> None:
    found = outlook(workspace, customer)
    assert found.running == (("JPY", 150_000), ("USD", 12_345))
    assert (found.contracts, found.churns) == (3, ())


def test_a_churn_is_one_step_that_marks_the_account_and_ends_what_runs(
    workspace: Workspace, customer: str
) -> None:
    before = states(workspace, customer)
    churn(
        workspace,
        customer,
        sub_reason="予算削減",
        evidence="メール\n2026-11-20",
        competitor="社内開発",
        lost_mrr=150_000,
        currency="JPY",
        voluntary=True,
    )
    found = outlook(workspace, customer)
    assert found.status == AccountStatus.CHURNED
    assert (found.running, found.contracts) == ((), 0)
    assert states(workspace, customer) == ["ended"] * 4 + ["upcoming"]
    [event] = found.churns
    assert event.churned_on == today() - dt.timedelta(days=1)
    assert (event.reason, event.sub_reason) == (ChurnReason.PRODUCT, "予算削減")
    assert event.evidence == "メール\n2026-11-20"
    assert (event.lost_mrr, event.currency, event.voluntary) == (150_000, "JPY", True)
    [row] = workspace.read(portfolio_rows, today=today())
    assert (row.status, row.arr) == (AccountStatus.CHURNED, None)
    workspace.undo()
    assert states(workspace, customer) == before
    assert outlook(workspace, customer).churns == ()
    assert outlook(workspace, customer).status == AccountStatus.ACTIVE


def test_who_comes_back_is_ours_again_and_the_churn_stays_on_record(
    workspace: Workspace, customer: str
) -> None:
    churn(workspace, customer)
    workspace.write("Archive", archive_accounts, [customer])
    workspace.write("Win back", win_back, customer)
    found = outlook(workspace, customer)
    assert (found.status, found.is_archived) == (AccountStatus.ACTIVE, False)
    assert len(found.churns) == 1
    assert states(workspace, customer) == ["ended"] * 4 + ["upcoming"]
    with pytest.raises(UserError, match="has not left"):
        workspace.write("Win back", win_back, customer)
    churn(workspace, customer, churned_on=today())
    assert [one.churned_on for one in outlook(workspace, customer).churns] == [
        today(),
        today() - dt.timedelta(days=1),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"churned_on": None}, "day on which"),
        ({"churned_on": today() + dt.timedelta(days=1)}, "lies ahead"),
        ({"reason": None}, "Why"),
        ({"lost_mrr": -1}, "out of range"),
        ({"lost_mrr": 2**63}, "out of range"),
        ({"lost_mrr": 1, "currency": "YENS"}, "currency"),
        ({"evidence": "x" * 200_001}, "too long"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_changed(
    workspace: Workspace, customer: str, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        churn(workspace, customer, **fields)
    assert outlook(workspace, customer).status == AccountStatus.ACTIVE
    assert outlook(workspace, customer).churns == ()


def test_nobody_leaves_twice(workspace: Workspace, customer: str) -> None:
    churn(workspace, customer)
    with pytest.raises(UserError, match="has left already"):
        churn(workspace, customer)
    assert len(outlook(workspace, customer).churns) == 1


def test_what_was_noted_can_be_corrected(workspace: Workspace, customer: str) -> None:
    event = churn(workspace, customer, lost_mrr=150_000, currency="JPY", evidence="電話")
    fields = {"reason": ChurnReason.COMPETITOR, "lost_mrr": None}
    workspace.write("Correct", correct_churn, event, **fields)
    [row] = outlook(workspace, customer).churns
    assert (row.reason, row.lost_mrr, row.evidence) == (ChurnReason.COMPETITOR, None, "電話")
    with pytest.raises(UserError, match="Why"):
        workspace.write("Correct", correct_churn, event, reason=None)


def test_the_churn_goes_with_its_account(workspace: Workspace, customer: str) -> None:
    churn(workspace, customer)
    workspace.write("Delete", delete_accounts, [customer])
    assert workspace.read(churn_outlook, customer) is None
    workspace.undo()
    assert len(outlook(workspace, customer).churns) == 1
