"""What can be done with contracts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.errors import UserError
from csdesk.i18n import _, current, minor_digits
from csdesk.model.records import Account, Contract


def add_contract(session: Session, account_id: str, **fields: Any) -> str:
    """Add a contract to an account and return its id; `mrr` is in minor units of `currency`."""
    get(session, Account, account_id)
    values = {field: clean(field, value) for field, value in fields.items()}
    contract = Contract(account_id=account_id, **values)
    _check_dates(contract.start_on, contract.renewal_on)
    session.add(contract)
    session.flush()
    return contract.id


def edit_contract(session: Session, contract_id: str, **fields: Any) -> None:
    """Set fields of a contract.

    Where the currency changes and no amount is given, the amount stays: 1,000 yen become 1,000
    dollars. Raises UserError where it would renew before it starts, or where the new currency
    has no room for the decimals of the amount.
    """
    before = get(session, Contract, contract_id).currency
    contract = edit(session, Contract, contract_id, fields)
    _check_dates(contract.start_on, contract.renewal_on)
    if "mrr" not in fields and contract.mrr is not None:
        contract.mrr = in_currency(contract.mrr, before, contract.currency)


def delete_contracts(session: Session, contract_ids: list[str]) -> None:
    """Delete contracts."""
    delete(session, "contract", contract_ids)


def in_currency(minor: int, before: str | None, after: str | None) -> int:
    """Give an amount in the minor units of another currency; the number itself stays.

    Raises UserError where that currency has no room for the decimals.
    """
    more = minor_digits(after or "JPY") - minor_digits(before or "JPY")
    amount = Decimal(minor).scaleb(more)
    if amount != int(amount):
        raise UserError(
            _("“{text}” has more decimals than {currency} has.").format(
                text=current().money(minor, before or "JPY"), currency=after or "JPY"
            ),
            _("Write it without decimals."),
        )
    return int(amount)


def _check_dates(start: dt.date | None, renewal: dt.date | None) -> None:
    if start is not None and renewal is not None and renewal < start:
        raise UserError(
            _("The renewal date lies before the start of the contract."),
            _("Correct one of the two dates."),
        )
