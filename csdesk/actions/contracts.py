"""What can be done with contracts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.errors import UserError
from csdesk.i18n import _
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
    """Set fields of a contract; raises UserError where it would renew before it starts."""
    contract = edit(session, Contract, contract_id, fields)
    _check_dates(contract.start_on, contract.renewal_on)


def delete_contracts(session: Session, contract_ids: list[str]) -> None:
    """Delete contracts."""
    delete(session, "contract", contract_ids)


def _check_dates(start: dt.date | None, renewal: dt.date | None) -> None:
    if start is not None and renewal is not None and renewal < start:
        raise UserError(
            _("The renewal date lies before the start of the contract."),
            _("Correct one of the two dates."),
        )
