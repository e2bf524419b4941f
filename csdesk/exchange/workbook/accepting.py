"""Takes over what somebody accepted of a returned workbook."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from csdesk.actions.customer_answers import (
    add_customers_action,
    answer_field,
    answer_status,
    answer_value,
    note_comment,
)
from csdesk.errors import UserError
from csdesk.exchange.tables import shorten
from csdesk.exchange.workbook.differences import (
    CommentAnswer,
    Difference,
    FieldAnswer,
    NewAction,
    StatusAnswer,
    ValueAnswer,
)
from csdesk.i18n import _


def accept_differences(session: Session, differences: Sequence[Difference]) -> int:
    """Take over differences, all or none of them; return how many.

    Raises UserError, with the item's title, where one of them cannot be taken over any more.
    """
    for difference in differences:
        try:
            _accept(session, difference)
        except UserError as error:
            raise UserError(
                _("“{title}”: {reason}").format(
                    title=shorten(difference.title), reason=error.message
                ),
                error.advice,
            ) from error
    session.flush()
    return len(differences)


def _accept(session: Session, difference: Difference) -> None:
    answer, row_id = difference.answer, difference.id
    match answer:
        case FieldAnswer():
            answer_field(session, row_id, answer.field, answer.value, expected=answer.expected)
        case StatusAnswer():
            answer_status(session, row_id, answer.status, answer.done_on, expected=answer.expected)
        case CommentAnswer():
            note_comment(session, difference.entity, row_id, answer.entry)
        case ValueAnswer():
            answer_value(
                session,
                answer.account_id,
                answer.kpi_id,
                answer.first,
                answer.value,
                expected=answer.expected,
            )
        case NewAction():
            add_customers_action(
                session,
                answer.plan_id,
                row_id,
                answer.title,
                status=answer.status,
                due_on=answer.due_on,
                done_on=answer.done_on,
                customer_owner_id=answer.customer_owner_id,
                internal_note=answer.note,
            )
