"""The plans a new one can be a copy of: those of its account, and those of all others."""

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


def plan_sources(
    session: Session, account_id: str, *, of_others: bool = False
) -> tuple[PlanSource, ...]:
    """Return the plans of an account, or those of all others by account; newest starts first."""
    whose = Plan.account_id != account_id if of_others else Plan.account_id == account_id
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
        .where(whose, Plan.deleted_at.is_(None), Account.deleted_at.is_(None))
        .order_by(Account.name, Account.id, Plan.start_on.desc().nulls_last(), Plan.id)
    )
    return tuple(
        PlanSource(plan, title or "", type, status, start, end, account, name or "", kana or "")
        for plan, title, type, status, start, end, account, name, kana in rows
    )
