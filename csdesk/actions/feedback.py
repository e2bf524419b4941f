"""What can be done with what customers told us: note it, pass it on, answer it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get, today
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Account, Contact, Feedback
from csdesk.model.vocabulary import FeedbackState

_WAITING = (None, FeedbackState.NEW, FeedbackState.PASSED_ON)
"""States in which the answer is still to come."""


def add_feedback(session: Session, account_id: str, text: str, **fields: Any) -> str:
    """Add what a customer said and return its id; raises UserError where it says nothing."""
    get(session, Account, account_id)
    said = clean("text", text, Feedback)
    if said is None or not said.strip():
        raise UserError(_("A text is needed."), _("Type at least one character."))
    _check_contact(session, account_id, fields)
    values = {field: clean(field, value, Feedback) for field, value in fields.items()}
    feedback = Feedback(account_id=account_id, text=said, **values)
    session.add(feedback)
    session.flush()
    return feedback.id


def edit_feedback(session: Session, feedback_id: str, **fields: Any) -> None:
    """Set fields of a piece of feedback, and what follows from them.

    Naming whom it was sent to passes new feedback on; an answer's date makes it answered, and
    what becomes answered or done without a date gets today's. What is given together counts as
    given. Raises UserError where the contact belongs to another account.
    """
    feedback = get(session, Feedback, feedback_id)
    _check_contact(session, feedback.account_id, fields)
    follows: dict[str, Any] = {}
    if "state" not in fields:
        if fields.get("answered_on") is not None and feedback.state in _WAITING:
            follows["state"] = FeedbackState.ANSWERED
        elif fields.get("sent_to") and feedback.state in (None, FeedbackState.NEW):
            follows["state"] = FeedbackState.PASSED_ON
    elif (
        fields["state"] in (FeedbackState.ANSWERED, FeedbackState.DONE)
        and "answered_on" not in fields
        and feedback.answered_on is None
    ):
        follows["answered_on"] = today()
    edit(session, Feedback, feedback_id, {**fields, **follows})


def delete_feedback(session: Session, feedback_ids: list[str]) -> None:
    """Delete pieces of feedback."""
    delete(session, "feedback", feedback_ids)


def _check_contact(session: Session, account_id: str, fields: dict[str, Any]) -> None:
    contact_id = fields.get("contact_id")
    if contact_id is not None and get(session, Contact, contact_id).account_id != account_id:
        raise UserError(
            _("This contact belongs to another customer."),
            _("Name people, plans and items of one account only."),
        )
