"""The gate between the workspace and a customer document, and the rows next to a plan.

Every column passes `read_customer`, which lets only those through that the model marks as the
customer's; nothing here or above it reads whole records.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from csdesk.actions.desk import COMPANY_NAME
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import (
    Account,
    Contact,
    Feedback,
    Kpi,
    KpiValue,
    Member,
    Plan,
    PlanRevision,
    Risk,
    WorkspaceSetting,
)
from csdesk.model.vocabulary import KpiCategory, RiskStage
from csdesk.queries.customer_rows import FeedbackRow, KpiLine, Person, SeriesPoint

_CUSTOMERS_OWN = (
    KpiCategory.USAGE,
    KpiCategory.OUTCOME,
    KpiCategory.SATISFACTION,
    KpiCategory.SUPPORT,
)
"""KPIs that may be shown though nobody agreed on them as a measure. Revenue is ours to know."""

_SETTLED_RISKS = (RiskStage.RECOVERED, RiskStage.LOST)


def read_customer(*columns: InstrumentedAttribute[Any]) -> Select[Any]:
    """Select columns that are the customer's or an id; raise ValueError for any other.

    This is the gate: a new internal column cannot get into a document by mistake.
    """
    for column in columns:
        if column.key != "id" and not column.info.get("customer"):
            raise ValueError(f"{column} is internal")
    return select(*columns)


class CustomerReader:
    """Reads the visible rows around one account."""

    def __init__(self, session: Session, account_id: str, today: dt.date) -> None:
        self.session = session
        self.today = today
        self._account_id = account_id

    def account(self) -> Row[Any]:
        """Return the account's row; raises UserError where it is gone."""
        wanted = read_customer(Account.name, Account.name_en, Account.owner_id)
        row = self.session.execute(
            wanted.where(Account.id == self._account_id, Account.deleted_at.is_(None))
        ).one_or_none()
        if row is None:
            raise UserError(_("This account does not exist any more."))
        return row

    def plan(self, plan_id: str) -> Row[Any]:
        """Return the plan's row; raises UserError where it is gone or another account's."""
        wanted = read_customer(
            Plan.title,
            Plan.status,
            Plan.start_on,
            Plan.end_on,
            Plan.background,
            Plan.to_be,
            Plan.success_statement,
            Plan.review_cadence,
            Plan.next_review_on,
            Plan.owner_id,
            Plan.customer_owner_id,
        )
        row = self.session.execute(
            wanted.where(
                Plan.id == plan_id,
                Plan.account_id == self._account_id,
                Plan.deleted_at.is_(None),
            )
        ).one_or_none()
        if row is None:
            raise UserError(_("This plan does not exist any more."))
        return row

    def next_version(self, plan_id: str) -> int:
        """Return the number the next revision of the plan will have."""
        newest = self.session.execute(
            select(func.max(PlanRevision.number)).where(
                PlanRevision.plan_id == plan_id, PlanRevision.deleted_at.is_(None)
            )
        ).scalar_one()
        return int(newest or 0) + 1

    def our_company(self) -> str:
        """Return our own company's name as the workspace's settings have it."""
        name = self.session.execute(
            read_customer(WorkspaceSetting.value).where(
                WorkspaceSetting.id == COMPANY_NAME, WorkspaceSetting.deleted_at.is_(None)
            )
        ).scalar_one_or_none()
        return str(name or "")

    def risks(self, plan_id: str | None) -> tuple[str, ...]:
        """Return the customer's wording of risks that still stand, of the account or the plan."""
        rows = self.session.execute(
            read_customer(Risk.customer_wording)
            .where(
                Risk.account_id == self._account_id,
                Risk.deleted_at.is_(None),
                Risk.stage.is_(None) | Risk.stage.not_in(_SETTLED_RISKS),
                Risk.plan_id.is_(None) | (Risk.plan_id == plan_id),
            )
            .order_by(Risk.id)
        ).scalars()
        return tuple(wording.strip() for wording in rows if wording and wording.strip())

    def feedback(self) -> tuple[FeedbackRow, ...]:
        """Return what the customer said and was answered, where both are worded for them."""
        rows = self.session.execute(
            read_customer(Feedback.id, Feedback.customer_wording, Feedback.customer_answer)
            .where(
                Feedback.account_id == self._account_id,
                Feedback.deleted_at.is_(None),
                Feedback.customer_wording.is_not(None),
                Feedback.customer_answer.is_not(None),
            )
            .order_by(Feedback.answered_on, Feedback.id)
        )
        return tuple(
            FeedbackRow(said, did, id=row.id)
            for row in rows
            if (said := row.customer_wording.strip()) and (did := row.customer_answer.strip())
        )

    def own_kpis(self) -> tuple[KpiLine, ...]:
        """Return the account's KPIs that may be shown without an agreement on them."""
        return tuple(
            line
            for line in self._kpi_lines(Kpi.category.in_(_CUSTOMERS_OWN)).values()
            if line.values
        )

    def kpis(self, ids: Iterable[str]) -> dict[str, KpiLine]:
        """Return KPIs by id with the account's values."""
        return self._kpi_lines(Kpi.id.in_(sorted(set(ids))))

    def members(self) -> dict[str, Person]:
        """Return our people by id."""
        rows = self.session.execute(
            read_customer(Member.id, Member.name, Member.email, Member.role).where(
                Member.deleted_at.is_(None)
            )
        )
        return {
            row.id: Person(row.name or "", row.role or "", email=row.email or "", id=row.id)
            for row in rows
        }

    def contacts(self) -> dict[str, Person]:
        """Return the customer's people by id; never those of another customer."""
        rows = self.session.execute(
            read_customer(
                Contact.id, Contact.name, Contact.title, Contact.department, Contact.email
            ).where(Contact.account_id == self._account_id, Contact.deleted_at.is_(None))
        )
        return {
            row.id: Person(
                row.name or "", row.title or "", row.department or "", row.email or "", id=row.id
            )
            for row in rows
        }

    def _kpi_lines(self, which: Any) -> dict[str, KpiLine]:
        kpis = self.session.execute(
            read_customer(
                Kpi.id, Kpi.name, Kpi.name_en, Kpi.unit, Kpi.kind, Kpi.direction, Kpi.frequency
            )
            .where(which, Kpi.deleted_at.is_(None))
            .order_by(Kpi.position, Kpi.name, Kpi.id)
        ).all()
        values: dict[str, list[SeriesPoint]] = defaultdict(list)
        rows = self.session.execute(
            read_customer(KpiValue.kpi_id, KpiValue.period, KpiValue.value, KpiValue.is_estimate)
            .where(
                KpiValue.account_id == self._account_id,
                KpiValue.kpi_id.in_([kpi.id for kpi in kpis]),
                KpiValue.deleted_at.is_(None),
                KpiValue.value.is_not(None),
                KpiValue.period <= self.today,
            )
            .order_by(KpiValue.period)
        )
        for row in rows:
            values[row.kpi_id].append(SeriesPoint(row.period, row.value, bool(row.is_estimate)))
        return {
            kpi.id: KpiLine(
                id=kpi.id,
                name=kpi.name or "",
                name_en=kpi.name_en or "",
                unit=kpi.unit or "",
                kind=kpi.kind or "",
                direction=kpi.direction or "",
                frequency=kpi.frequency or "monthly",
                values=tuple(values[kpi.id]),
            )
            for kpi in kpis
        }


class NamedPeople:
    """Names people by id and remembers who was named: they are the people of the plan."""

    def __init__(self, reader: CustomerReader) -> None:
        self._members = reader.members()
        self._contacts = reader.contacts()
        self._named: dict[str, None] = {}

    def member(self, member_id: str | None) -> str:
        """Name one of us; nothing where there is nobody."""
        return self._name(self._members, member_id)

    def contact(self, contact_id: str | None) -> str:
        """Name one of the customer's people; nothing where there is nobody."""
        return self._name(self._contacts, contact_id)

    def ours(self, lead_id: str | None) -> tuple[Person, ...]:
        """Return those of us who were named, the lead first."""
        return self._those_of(self._members, lead_id)

    def theirs(self, lead_id: str | None) -> tuple[Person, ...]:
        """Return the customer's people who were named, the lead first."""
        return self._those_of(self._contacts, lead_id)

    def _name(self, side: dict[str, Person], person_id: str | None) -> str:
        person = side.get(person_id or "")
        if person is None or person_id is None:
            return ""
        self._named[person_id] = None
        return person.name

    def _those_of(self, side: dict[str, Person], lead_id: str | None) -> tuple[Person, ...]:
        ids = sorted((one for one in self._named if one in side), key=lambda one: one != lead_id)
        return tuple(replace(side[one], is_lead=one == lead_id) for one in ids if side[one].name)
