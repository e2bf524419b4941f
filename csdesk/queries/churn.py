"""What a churn would cost, and what was noted of those that happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csdesk.model.records import Account, ChurnEvent, Contract
from csdesk.model.vocabulary import ContractStatus


@dataclass(frozen=True, slots=True)
class ChurnRow:
    """One churn of an account; `lost_mrr` is in minor units of `currency`, a month."""

    id: str
    churned_on: dt.date | None
    reason: str | None
    sub_reason: str
    evidence: str
    competitor: str
    lost_mrr: int | None
    currency: str
    voluntary: bool | None


@dataclass(frozen=True, slots=True)
class ChurnOutlook:
    """What leaves with a customer, and what was noted before, the latest churn first."""

    account_id: str
    name: str
    status: str | None
    is_archived: bool
    running: tuple[tuple[str, int], ...]
    """The MRR of the running contracts: currency and minor units, the largest number first."""
    contracts: int
    """How many contracts run."""
    churns: tuple[ChurnRow, ...]


def churn_outlook(session: Session, account_id: str) -> ChurnOutlook | None:
    """Return what a churn of this account means; None where the account was deleted."""
    account = session.get(Account, account_id)
    if account is None or account.deleted_at is not None:
        return None
    runs = (
        Contract.account_id == account_id,
        Contract.deleted_at.is_(None),
        Contract.status == ContractStatus.RUNNING,
    )
    currency = func.coalesce(Contract.currency, "JPY")
    sums = session.execute(
        select(currency, func.sum(Contract.mrr))
        .where(*runs, Contract.mrr.is_not(None))
        .group_by(currency)
        .order_by(func.sum(Contract.mrr).desc(), currency)
    )
    return ChurnOutlook(
        account_id=account_id,
        name=account.name or "",
        status=account.status,
        is_archived=account.archived_on is not None,
        running=tuple((unit, int(amount or 0)) for unit, amount in sums),
        contracts=session.scalar(select(func.count()).select_from(Contract).where(*runs)) or 0,
        churns=churns_of(session, account_id),
    )


def churns_of(session: Session, account_id: str) -> tuple[ChurnRow, ...]:
    """Return what was noted of an account's churns, the latest first."""
    found = session.scalars(
        select(ChurnEvent)
        .where(ChurnEvent.account_id == account_id, ChurnEvent.deleted_at.is_(None))
        .order_by(ChurnEvent.churned_on.desc().nulls_last(), ChurnEvent.id.desc())
    )
    return tuple(
        ChurnRow(
            id=row.id,
            churned_on=row.churned_on,
            reason=row.reason,
            sub_reason=row.sub_reason or "",
            evidence=row.evidence or "",
            competitor=row.competitor or "",
            lost_mrr=row.lost_mrr,
            currency=row.currency or "JPY",
            voluntary=row.voluntary,
        )
        for row in found
    )
