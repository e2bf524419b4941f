"""Customers: accounts, the people on both sides, contracts and segments."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from csdesk.i18n import P_
from csdesk.model.base import Record, choice, day, flag, reference, text, whole
from csdesk.model.vocabulary import (
    AccountStatus,
    Channel,
    ContactRole,
    ContractStatus,
    CsmView,
    DocumentLanguage,
    Fit,
    Influence,
    Phase,
    ReferenceStatus,
    Sentiment,
    TouchModel,
)


class Account(Record):
    """A customer company."""

    __tablename__ = "account"

    name: Mapped[str] = text(P_("field", "Account name"), customer=True)
    name_kana: Mapped[str | None] = text(P_("field", "Account name (kana)"))
    name_en: Mapped[str | None] = text(P_("field", "Account name (English)"), customer=True)
    external_id: Mapped[str | None] = text(P_("field", "External ID"))
    website: Mapped[str | None] = text(P_("field", "Website"), customer=True)
    industry: Mapped[str | None] = text(P_("field", "Industry"), customer=True)
    employees: Mapped[int | None] = whole(P_("field", "Employees"))
    region: Mapped[str | None] = text(P_("field", "Region"), customer=True)
    segment_id: Mapped[str | None] = reference("segment", P_("field", "Segment"))
    touch_model: Mapped[TouchModel | None] = choice(TouchModel, P_("field", "Touch model"))
    phase: Mapped[Phase | None] = choice(Phase, P_("field", "Phase"))
    fit: Mapped[Fit | None] = choice(Fit, P_("field", "Fit"))
    business_summary: Mapped[str | None] = text(P_("field", "Business"))
    org_notes: Mapped[str | None] = text(P_("field", "Organisation"))
    market_trends: Mapped[str | None] = text(P_("field", "Market trends"))
    competitors: Mapped[str | None] = text(P_("field", "Competitors"))
    products: Mapped[str | None] = text(P_("field", "Products in use"))
    fiscal_year_start_month: Mapped[int | None] = whole(P_("field", "First month of fiscal year"))
    busy_periods: Mapped[str | None] = text(P_("field", "Busy periods"))
    preferred_channel: Mapped[Channel | None] = choice(Channel, P_("field", "Preferred channel"))
    owner_id: Mapped[str | None] = reference("member", P_("field", "Owner"), customer=True)
    sales_owner_id: Mapped[str | None] = reference("member", P_("field", "Sales owner"))
    status: Mapped[AccountStatus | None] = choice(
        AccountStatus, P_("field", "Status"), default=AccountStatus.ACTIVE
    )
    go_live_on: Mapped[dt.date | None] = day(P_("field", "Go-live"), customer=True)
    self_running_since: Mapped[dt.date | None] = day(P_("field", "Self-running since"))
    first_value_on: Mapped[dt.date | None] = day(P_("field", "First value"), customer=True)
    reference_status: Mapped[ReferenceStatus | None] = choice(
        ReferenceStatus, P_("field", "Reference")
    )
    referred_by: Mapped[str | None] = text(P_("field", "Referred by"))
    csm_view: Mapped[CsmView | None] = choice(CsmView, P_("field", "CSM's view"))
    csm_view_reason: Mapped[str | None] = text(P_("field", "Reason for the view"))
    document_language: Mapped[DocumentLanguage | None] = choice(
        DocumentLanguage, P_("field", "Document language"), customer=True
    )
    logo: Mapped[str | None] = text(P_("field", "Logo"), customer=True)
    archived_on: Mapped[dt.date | None] = day(P_("field", "Archived on"))


class AccountTag(Record):
    """A tag on an account; its id is made from both, so the same tag set twice is one row."""

    __tablename__ = "account_tag"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    tag: Mapped[str] = text(P_("field", "Tag"))


class Contact(Record):
    """A person at the customer."""

    __tablename__ = "contact"

    account_id: Mapped[str] = reference(
        "account", P_("field", "Account"), customer=True, index=True
    )
    name: Mapped[str] = text(P_("field", "Name"), customer=True)
    name_kana: Mapped[str | None] = text(P_("field", "Name (kana)"))
    external_id: Mapped[str | None] = text(P_("field", "External ID"))
    title: Mapped[str | None] = text(P_("field", "Job title"), customer=True)
    department: Mapped[str | None] = text(P_("field", "Department"), customer=True)
    reports_to_id: Mapped[str | None] = reference("contact", P_("field", "Reports to"))
    email: Mapped[str | None] = text(P_("field", "E-mail"), customer=True)
    phone: Mapped[str | None] = text(P_("field", "Phone"))
    role: Mapped[ContactRole | None] = choice(ContactRole, P_("field", "Role"))
    influence: Mapped[Influence | None] = choice(Influence, P_("field", "Influence"))
    sentiment: Mapped[Sentiment | None] = choice(Sentiment, P_("field", "Sentiment"))
    preferred_channel: Mapped[Channel | None] = choice(Channel, P_("field", "Preferred channel"))
    left_on: Mapped[dt.date | None] = day(P_("field", "Left on"))
    internal_note: Mapped[str | None] = text(P_("field", "Internal note"))


class Member(Record):
    """A person of our own team."""

    __tablename__ = "member"

    name: Mapped[str] = text(P_("field", "Name"), customer=True)
    name_kana: Mapped[str | None] = text(P_("field", "Name (kana)"))
    external_id: Mapped[str | None] = text(P_("field", "External ID"))
    email: Mapped[str | None] = text(P_("field", "E-mail"), customer=True)
    role: Mapped[str | None] = text(P_("field", "Job title"), customer=True)


class Contract(Record):
    """A subscription of an account; ARR is computed, never stored."""

    __tablename__ = "contract"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    external_id: Mapped[str | None] = text(P_("field", "External ID"))
    product: Mapped[str | None] = text(P_("field", "Product"))
    plan_name: Mapped[str | None] = text(P_("field", "Price plan"))
    start_on: Mapped[dt.date | None] = day(P_("field", "Start"))
    renewal_on: Mapped[dt.date | None] = day(P_("field", "Renewal"))
    notice_on: Mapped[dt.date | None] = day(P_("field", "Notice deadline"))
    auto_renew: Mapped[bool | None] = flag(P_("field", "Renews by itself"))
    seats: Mapped[int | None] = whole(P_("field", "Seats"))
    mrr: Mapped[int | None] = whole(P_("field", "MRR"))
    currency: Mapped[str | None] = text(P_("field", "Currency"), default="JPY")
    status: Mapped[ContractStatus | None] = choice(
        ContractStatus, P_("field", "Status"), default=ContractStatus.RUNNING
    )


class Segment(Record):
    """Accounts treated alike, with a shared definition of success."""

    __tablename__ = "segment"

    name: Mapped[str] = text(P_("field", "Segment name"))
    description: Mapped[str | None] = text(P_("field", "Description"))
    success_definition: Mapped[str | None] = text(P_("field", "Definition of success"))
    touch_model: Mapped[TouchModel | None] = choice(TouchModel, P_("field", "Touch model"))
    cadence_days: Mapped[int | None] = whole(P_("field", "Days between touchpoints"))
    position: Mapped[str | None] = text(P_("field", "Position"))
