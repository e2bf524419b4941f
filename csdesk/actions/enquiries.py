"""What can be done with the enquiries of an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get, today
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Account, Enquiry


def add_enquiry(
    session: Session,
    account_id: str,
    subject: str,
    opened_on: dt.date | None = None,
    **fields: Any,
) -> str:
    """Add an enquiry, opened today unless a date is given, and return its id.

    Raises UserError where it says nothing, or would be closed before it was opened.
    """
    get(session, Account, account_id)
    said = clean("subject", subject, Enquiry)
    if said is None or not said.strip():
        raise UserError(_("A text is needed."), _("Type at least one character."))
    values = {field: clean(field, value, Enquiry) for field, value in fields.items()}
    enquiry = Enquiry(account_id=account_id, subject=said, opened_on=opened_on or today(), **values)
    _check_dates(enquiry)
    session.add(enquiry)
    session.flush()
    return enquiry.id


def edit_enquiry(session: Session, enquiry_id: str, **fields: Any) -> None:
    """Set fields of an enquiry; raises UserError where it would close before it was opened."""
    _check_dates(edit(session, Enquiry, enquiry_id, fields))


def delete_enquiries(session: Session, enquiry_ids: list[str]) -> None:
    """Delete enquiries."""
    delete(session, "enquiry", enquiry_ids)


def _check_dates(enquiry: Enquiry) -> None:
    opened, closed = enquiry.opened_on, enquiry.closed_on
    if opened is not None and closed is not None and closed < opened:
        raise UserError(
            _("It cannot be closed before it was opened."), _("Correct one of the two dates.")
        )
