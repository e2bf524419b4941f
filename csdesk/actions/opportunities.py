"""What can be done with the opportunities of an account; they are always internal."""

from __future__ import annotations

from typing import Any

from babel.numbers import is_currency
from sqlalchemy.orm import Session

from csdesk.actions.contracts import in_currency
from csdesk.actions.editing import clean, delete, edit, get
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Account, Opportunity


def add_opportunity(session: Session, account_id: str, title: str, **fields: Any) -> str:
    """Add an opportunity and return its id; `amount` is in minor units of `currency`.

    Raises UserError for a missing account or an unknown currency.
    """
    get(session, Account, account_id)
    _check_currency(fields)
    values = {field: clean(field, value, Opportunity) for field, value in fields.items()}
    chance = Opportunity(account_id=account_id, title=clean("title", title, Opportunity), **values)
    session.add(chance)
    session.flush()
    return chance.id


def edit_opportunity(session: Session, opportunity_id: str, **fields: Any) -> None:
    """Set fields of an opportunity.

    Where the currency changes and no amount is given, the amount stays: 1,000 yen become 1,000
    dollars. Raises UserError for an unknown currency, or one without room for the decimals of
    the amount.
    """
    _check_currency(fields)
    before = get(session, Opportunity, opportunity_id).currency
    chance = edit(session, Opportunity, opportunity_id, fields)
    if "currency" in fields and "amount" not in fields and chance.amount is not None:
        chance.amount = in_currency(chance.amount, before, chance.currency)


def delete_opportunities(session: Session, opportunity_ids: list[str]) -> None:
    """Delete opportunities."""
    delete(session, "opportunity", opportunity_ids)


def _check_currency(fields: dict[str, Any]) -> None:
    value = fields.get("currency")
    if value is not None and not is_currency(value):
        raise UserError(
            _("“{value}” is not a currency code.").format(value=value),
            _("Write one such as JPY, USD or EUR."),
        )
