"""One account whole: its profile, people, contracts and plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.records import Account, Contact, Contract, Member, Plan, Segment
from csdesk.queries.portfolio import AccountRow, portfolio_rows


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at the customer, with what is internal about them."""

    id: str
    name: str
    name_kana: str
    title: str
    department: str
    email: str
    phone: str
    role: str | None
    influence: str | None
    sentiment: str | None
    left_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract; `mrr` in minor units of `currency`."""

    id: str
    product: str
    plan_name: str
    start_on: dt.date | None
    renewal_on: dt.date | None
    notice_on: dt.date | None
    auto_renew: bool | None
    seats: int | None
    mrr: int | None
    currency: str
    status: str | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A success plan of an account, as a list shows it."""

    id: str
    title: str
    type: str | None
    status: str | None
    start_on: dt.date | None
    end_on: dt.date | None


@dataclass(frozen=True, slots=True)
class AccountDetail:
    """What the account page shows of an account itself; texts are empty where there is none."""

    row: AccountRow
    name_en: str
    website: str
    employees: int | None
    business_summary: str
    org_notes: str
    products: str
    competitors: str
    csm_view_reason: str
    market_trends: str
    busy_periods: str
    fiscal_year_start_month: int | None
    preferred_channel: str | None
    fit: str | None
    segment_id: str | None
    document_language: str | None
    go_live_on: dt.date | None
    contacts: tuple[ContactRow, ...]
    contracts: tuple[ContractRow, ...]
    plans: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be picked: an id and what to call it."""

    id: str
    name: str


def account_detail(session: Session, account_id: str, *, today: dt.date) -> AccountDetail | None:
    """Return an account with its people, contracts and plans; None where it was deleted."""
    account = session.get(Account, account_id)
    rows = portfolio_rows(session, today=today, account_ids=[account_id])
    if account is None or not rows:
        return None
    return AccountDetail(
        row=rows[0],
        name_en=account.name_en or "",
        website=account.website or "",
        employees=account.employees,
        business_summary=account.business_summary or "",
        org_notes=account.org_notes or "",
        products=account.products or "",
        competitors=account.competitors or "",
        csm_view_reason=account.csm_view_reason or "",
        market_trends=account.market_trends or "",
        busy_periods=account.busy_periods or "",
        fiscal_year_start_month=account.fiscal_year_start_month,
        preferred_channel=account.preferred_channel,
        fit=account.fit,
        segment_id=account.segment_id,
        document_language=account.document_language,
        go_live_on=account.go_live_on,
        contacts=tuple(contacts_of(session, account_id)),
        contracts=tuple(contracts_of(session, account_id)),
        plans=tuple(plans_of(session, account_id)),
    )


def contacts_of(session: Session, account_id: str) -> list[ContactRow]:
    """Return the people at a customer, those who left last."""
    found = session.execute(
        select(
            Contact.id,
            Contact.name,
            Contact.name_kana,
            Contact.title,
            Contact.department,
            Contact.email,
            Contact.phone,
            Contact.role,
            Contact.influence,
            Contact.sentiment,
            Contact.left_on,
        )
        .where(Contact.account_id == account_id, Contact.deleted_at.is_(None))
        .order_by(Contact.left_on.is_not(None), Contact.name, Contact.id)
    )
    return [
        ContactRow(
            id=row.id,
            name=row.name or "",
            name_kana=row.name_kana or "",
            title=row.title or "",
            department=row.department or "",
            email=row.email or "",
            phone=row.phone or "",
            role=row.role,
            influence=row.influence,
            sentiment=row.sentiment,
            left_on=row.left_on,
        )
        for row in found
    ]


def contracts_of(session: Session, account_id: str) -> list[ContractRow]:
    """Return the contracts of an account, by renewal date."""
    found = session.scalars(
        select(Contract)
        .where(Contract.account_id == account_id, Contract.deleted_at.is_(None))
        .order_by(Contract.renewal_on, Contract.start_on, Contract.id)
    )
    return [
        ContractRow(
            id=row.id,
            product=row.product or "",
            plan_name=row.plan_name or "",
            start_on=row.start_on,
            renewal_on=row.renewal_on,
            notice_on=row.notice_on,
            auto_renew=row.auto_renew,
            seats=row.seats,
            mrr=row.mrr,
            currency=row.currency or "JPY",
            status=row.status,
        )
        for row in found
    ]


def plans_of(session: Session, account_id: str) -> list[PlanRow]:
    """Return the plans of an account, the newest start first."""
    found = session.scalars(
        select(Plan)
        .where(Plan.account_id == account_id, Plan.deleted_at.is_(None))
        .order_by(Plan.start_on.desc().nulls_last(), Plan.id.desc())
    )
    return [
        PlanRow(row.id, row.title or "", row.type, row.status, row.start_on, row.end_on)
        for row in found
    ]


def member_choices(session: Session) -> list[Choice]:
    """Return our team members by name."""
    rows = session.execute(
        select(Member.id, Member.name).where(Member.deleted_at.is_(None)).order_by(Member.name)
    )
    return [Choice(row_id, name or "") for row_id, name in rows]


def contact_choices(session: Session, account_id: str) -> list[Choice]:
    """Return the people of an account who have not left, by name."""
    return [
        Choice(row.id, row.name) for row in contacts_of(session, account_id) if row.left_on is None
    ]


def segment_choices(session: Session) -> list[Choice]:
    """Return the segments by name."""
    rows = session.execute(
        select(Segment.id, Segment.name).where(Segment.deleted_at.is_(None)).order_by(Segment.name)
    )
    return [Choice(row_id, name or "") for row_id, name in rows]
