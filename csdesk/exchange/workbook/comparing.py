"""Compares a returned workbook with the plan as it is now, and with what was sent."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.exchange.workbook.compared_actions import ActionComparison
from csdesk.exchange.workbook.compared_measures import MeasureComparison
from csdesk.exchange.workbook.differences import Difference, WorkbookReview
from csdesk.exchange.workbook.returned import ReturnedWorkbook
from csdesk.exchange.workbook.sent import Sent, sent_in
from csdesk.i18n import _, current
from csdesk.model.document_setup import PLAIN_SETUP
from csdesk.model.records import Account, Action, Goal, Measure, Plan
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.revisions import version_content, version_of_customer


def workbook_review(
    session: Session, returned: ReturnedWorkbook, *, plan_id: str | None = None
) -> WorkbookReview:
    """Return what there is to decide about a workbook, and what was not understood.

    With `plan_id`, a workbook of another plan is refused. Raises UserError where the workbook's
    plan is not in this workspace, or was deleted.
    """
    plan = _plan(session, returned)
    if plan_id is not None and (plan is None or plan.id != plan_id):
        raise _of_another(session, plan, returned)
    account = _account(session, plan, returned)
    sent, notices = returned.sent, list(returned.notices)
    if sent is None:
        sent = _newest_sent(session, plan)
        notices.append(_how_compared(returned.name, sent))
    elif plan is not None:
        notices += _newer_version(session, plan, sent)
    found: list[Difference] = []
    if plan is not None:
        actions = ActionComparison(session, plan, sent, returned)
        found += actions.differences()
        notices += actions.notices
    measures = MeasureComparison(session, account, plan, sent, returned)
    found += measures.differences()
    notices += measures.notices
    return WorkbookReview(
        account_id=account.id,
        account_name=account.name or "",
        plan_id=plan.id if plan else "",
        plan_title=(plan.title or "") if plan else "",
        version=sent.version if sent else None,
        differences=tuple(found),
        notices=tuple(dict.fromkeys(notices)),
    )


def _plan(session: Session, returned: ReturnedWorkbook) -> Plan | None:
    """Find the plan: the file names it, else its items do. None where it is of an account alone."""
    if returned.sent is not None:
        if not returned.sent.plan_id:
            return None
        wanted = returned.sent.plan_id
    else:
        ids = _plans_of_items(session, returned)
        if len(ids) != 1:
            raise _unknown(returned)
        (wanted,) = ids
    plan = session.get(Plan, wanted)
    if plan is None:
        raise _unknown(returned)
    if plan.deleted_at is not None:
        raise UserError(
            _("{name} belongs to the plan “{plan}”, which was deleted.").format(
                name=returned.name, plan=plan.title
            ),
            _("Undo the deletion if you need it again."),
        )
    return plan


def _plans_of_items(session: Session, returned: ReturnedWorkbook) -> set[str]:
    actions = [action.id for action in returned.actions if action.id]
    measures = [one.measure_id for one in returned.values]
    measures += [one.measure_id for one in returned.comments]
    found = set(session.scalars(select(Action.plan_id).where(Action.id.in_(actions))))
    goals = select(Measure.goal_id).where(Measure.id.in_(measures))
    return found | set(session.scalars(select(Goal.plan_id).where(Goal.id.in_(goals))))


def _account(session: Session, plan: Plan | None, returned: ReturnedWorkbook) -> Account:
    account_id = plan.account_id if plan else returned.sent.account_id if returned.sent else ""
    account = session.get(Account, account_id)
    if account is None:
        raise _unknown(returned)
    if account.deleted_at is not None:
        raise UserError(
            _("{name} belongs to {account}, which was deleted.").format(
                name=returned.name, account=account.name
            ),
            _("Undo the deletion if you need it again."),
        )
    return account


def _unknown(returned: ReturnedWorkbook) -> UserError:
    return UserError(
        _("{name} does not belong to any plan of this workspace.").format(name=returned.name),
        _("Open the workspace that it was made with, and read it there."),
    )


def _of_another(session: Session, plan: Plan | None, returned: ReturnedWorkbook) -> UserError:
    account = _account(session, plan, returned)
    if plan is None:
        said = _("{name} belongs to {account}.")
    else:
        said = _("{name} belongs to the plan “{plan}” of {account}.")
    return UserError(
        said.format(name=returned.name, plan=plan.title if plan else "", account=account.name),
        _("Open that plan, and read the workbook there."),
    )


def _newest_sent(session: Session, plan: Plan | None) -> Sent | None:
    """Take the version the customer has for what was sent, where the file does not tell."""
    version = version_of_customer(session, plan.id) if plan is not None else None
    if version is None:
        return None
    view = version_content(session, version.id)
    kind = DocumentKind.CUSTOMER
    return sent_in(CustomerDocument(kind, current().language, view, PLAIN_SETUP))


def _how_compared(name: str, sent: Sent | None) -> str:
    """Say that the file lost what it was sent with, and what it is compared with instead."""
    lost = _("The hidden sheet of {name} is missing.").format(name=name)
    if sent is None:
        instead = _("So every answer that differs from the plan counts as a conflict.")
        return f"{lost} {instead}"
    instead = _("It was compared with version {n}, the newest the customer has.")
    return f"{lost} {instead.format(n=sent.version)}"


def _newer_version(session: Session, plan: Plan, sent: Sent) -> list[str]:
    newest = version_of_customer(session, plan.id)
    if newest is None or newest.number <= sent.version:
        return []
    said = _("It was filled in on version {n}; the customer has version {newest} by now.")
    return [said.format(n=sent.version, newest=newest.number)]
