"""The plans a new one can be a copy of: those of the account first, then everybody's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.records import Account, Plan


@dataclass(frozen=True, slots=True)
class PlanSource:
    """A plan to copy, with the account it is of."""

    id: str
    title: str
    type: str | None
    status: str | None
    start_on: dt.date | None
    end_on: dt.date | None
    account_id: str
    account: str
    account_kana: str


def plan_sources(session: Session, account_id: str) -> tuple[PlanSource, ...]:
    """Return all living plans: those of an account, the newest start first, then by account."""
    rows = session.execute(
        select(
            Plan.id,
            Plan.title,
            Plan.type,
            Plan.status,
            Plan.start_on,
            Plan.end_on,
            Account.id,
            Account.name,
            Account.name_kana,
        )
        .join(Account, Account.id == Plan.account_id)
        .where(Plan.deleted_at.is_(None), Account.deleted_at.is_(None))
        .order_by(Account.id != account_id, Account.name, Plan.start_on.desc().nulls_last())
    )
    return tuple(
        PlanSource(plan, title or "", type, status, start, end, account, name or "", kana or "")
        for plan, title, type, status, start, end, account, name, kana in rows
    )
