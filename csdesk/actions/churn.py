"""What can be done when a customer leaves, and when one comes back.

A churn is kept for good: winning a customer back changes the account, not what happened.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.numbers import is_currency
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import edit, get, today
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Account, ChurnEvent, Contract
from csdesk.model.vocabulary import AccountStatus, ChurnReason, ContractStatus

_LARGEST = 2**62


def churn_account(
    session: Session,
    account_id: str,
    churned_on: dt.date | None,
    reason: ChurnReason | None,
    **details: Any,
) -> str:
    """Note that a customer left, and end its running contracts; return the id of the event.

    `details` are further fields of the event: sub_reason, evidence, competitor, lost_mrr (a
    month, in minor units of `currency`), voluntary. Raises UserError where the customer left
    already, the day or the reason is missing, the day lies ahead, or the amount is none.
    """
    account = get(session, Account, account_id)
    if account.status == AccountStatus.CHURNED:
        raise UserError(
            _("{name} has left already.").format(name=account.name),
            _("Correct what was noted then, or win the customer back first."),
        )
    event = ChurnEvent(account_id=account_id)
    session.add(event)
    session.flush()
    correct_churn(session, event.id, churned_on=churned_on, reason=reason, **details)
    account.status = AccountStatus.CHURNED
    for contract in _running(session, account_id):
        contract.status = ContractStatus.ENDED
    return event.id


def correct_churn(session: Session, churn_id: str, **fields: Any) -> None:
    """Change what was noted of a churn; the account and its contracts stay as they are.

    Raises UserError as `churn_account` does.
    """
    event = edit(session, ChurnEvent, churn_id, fields)
    if event.lost_mrr is None:
        event.currency = None  # a currency alone says nothing
    elif event.currency is None:
        event.currency = "JPY"
    _check(event)
    session.flush()


def win_back(session: Session, account_id: str) -> None:
    """Make a customer who left ours again, out of the archive too.

    What was noted of the churn stays, and its contracts stay ended. Raises UserError where the
    customer has not left.
    """
    account = get(session, Account, account_id)
    if account.status != AccountStatus.CHURNED:
        raise UserError(
            _("{name} has not left.").format(name=account.name),
            _("Only a customer who left can be won back."),
        )
    account.status = AccountStatus.ACTIVE
    account.archived_on = None


def _check(churn: ChurnEvent) -> None:
    if churn.churned_on is None:
        raise UserError(
            _("The day on which the customer left is missing."), _("Type it, such as 12/5.")
        )
    if churn.churned_on > today():
        raise UserError(
            _("The day lies ahead: until then the customer is yours."),
            _("Note a risk now, and the churn when it has happened."),
        )
    if churn.reason is None:
        raise UserError(
            _("Why the customer left is missing."),
            _("Choose a reason; “Unknown” is one of them."),
        )
    if churn.lost_mrr is None:
        return
    if not 0 <= churn.lost_mrr <= _LARGEST:
        raise UserError(
            _("The lost MRR is out of range."), _("Type an amount of 0 or more, or none.")
        )
    if not is_currency(churn.currency or ""):
        raise UserError(
            _("“{value}” is not a currency code.").format(value=churn.currency),
            _("Write one such as JPY, USD or EUR."),
        )


def _running(session: Session, account_id: str) -> list[Contract]:
    return list(
        session.scalars(
            select(Contract).where(
                Contract.account_id == account_id,
                Contract.deleted_at.is_(None),
                Contract.status == ContractStatus.RUNNING,
            )
        )
    )
