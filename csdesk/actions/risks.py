"""What can be done with the risks and issues of an account."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Account, Risk

HIGHEST = 5
"""Probability and impact go from 1 to this."""


def add_risk(session: Session, account_id: str, title: str, **fields: Any) -> str:
    """Add a risk to an account and return its id.

    Raises UserError for a missing account, an empty title, or a number that is not from 1 to 5.
    """
    get(session, Account, account_id)
    _check_scale(fields)
    values = {field: clean(field, value, Risk) for field, value in fields.items()}
    risk = Risk(account_id=account_id, title=clean("title", title, Risk), **values)
    session.add(risk)
    session.flush()
    return risk.id


def edit_risk(session: Session, risk_id: str, **fields: Any) -> None:
    """Set fields of a risk; raises UserError where a number is not from 1 to 5."""
    _check_scale(fields)
    edit(session, Risk, risk_id, fields)


def delete_risks(session: Session, risk_ids: list[str]) -> None:
    """Delete risks."""
    delete(session, "risk", risk_ids)


def _check_scale(fields: dict[str, Any]) -> None:
    for name in ("probability", "impact"):
        value = fields.get(name)
        if value is not None and not 1 <= value <= HIGHEST:
            raise UserError(
                _("{value} is out of range.").format(value=value),
                _("It must be from {low} to {high}.").format(low=1, high=HIGHEST),
            )
