"""All that we know of one account and its plan, for ourselves: the ground of the internal brief."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from csdesk.actions.desk import COMPANY_NAME
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import WorkspaceSetting
from csdesk.queries.accounts import AccountDetail, account_detail
from csdesk.queries.kpis import KpiSeries, account_kpis
from csdesk.queries.outline import PlanOutline, plan_outline
from csdesk.queries.rows import Row, row_of, rows_of


@dataclass(frozen=True, slots=True)
class InternalBrief:
    """One account whole, internal fields and all; never to be given to a customer."""

    our_company: str
    today: dt.date
    account: Row
    detail: AccountDetail
    contacts: tuple[Row, ...]
    plan: PlanOutline | None
    kpis: tuple[KpiSeries, ...]
    risks: tuple[Row, ...]
    opportunities: tuple[Row, ...]
    touchpoints: tuple[Row, ...]
    """The newest first."""
    feedback: tuple[Row, ...]
    enquiries: tuple[Row, ...]


def internal_brief(
    session: Session, account_id: str, plan_id: str | None, *, today: dt.date
) -> InternalBrief:
    """Return all about an account and one of its plans; raises UserError where it is gone."""
    account = row_of(session, "account", account_id)
    detail = account_detail(session, account_id, today=today)
    if account is None or detail is None:
        raise UserError(_("This account was deleted."), _("Undo the deletion to work on it again."))

    def belonging(entity: str) -> tuple[Row, ...]:
        return tuple(rows_of(session, entity, account_id=account_id))

    setting = session.get(WorkspaceSetting, COMPANY_NAME)
    return InternalBrief(
        our_company=(setting.value or "") if setting is not None else "",
        today=today,
        account=account,
        detail=detail,
        contacts=belonging("contact"),
        plan=None if plan_id is None else plan_outline(session, plan_id, today=today),
        kpis=tuple(account_kpis(session, account_id)),
        risks=belonging("risk"),
        opportunities=belonging("opportunity"),
        touchpoints=belonging("touchpoint")[::-1],
        feedback=belonging("feedback"),
        enquiries=belonging("enquiry"),
    )
