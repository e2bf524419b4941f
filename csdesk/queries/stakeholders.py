"""The people at a customer as their tab shows them: who reports to whom, when last spoken to.

All of it is for ourselves: role, influence, sentiment and notes never reach a document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from csdesk.model.records import (
    Action,
    Contact,
    Goal,
    Milestone,
    Plan,
    Touchpoint,
    TouchpointAttendee,
)
from csdesk.model.vocabulary import CLOSED_ACTIONS, CLOSED_GOALS, CLOSED_MILESTONES
from csdesk.store.words import fold


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person at the customer; texts are empty where there is none.

    `reports_to_id` names nobody who was deleted. `last_contact` is the day of the last touchpoint
    they attended, in the time zone of this computer.
    """

    id: str
    name: str
    name_kana: str
    title: str
    department: str
    role: str | None
    influence: str | None
    sentiment: str | None
    email: str
    phone: str
    reports_to_id: str | None
    reports_to: str
    preferred_channel: str | None
    last_contact: dt.date | None
    left_on: dt.date | None
    internal_note: str


@dataclass(frozen=True, slots=True)
class Attended:
    """A touchpoint somebody was at; one that is still ahead is a planned meeting."""

    id: str
    held_at: dt.datetime | None
    channel: str | None
    type: str | None
    summary: str


@dataclass(frozen=True, slots=True)
class OwnedItem:
    """A goal, milestone or action item of which somebody at the customer is in charge."""

    entity: str
    id: str
    title: str
    plan_title: str
    due_on: dt.date | None
    status: str | None
    is_closed: bool


def stakeholders_of(
    session: Session, account_id: str, *, now: dt.datetime
) -> tuple[Stakeholder, ...]:
    """Return the people at a customer by name (in Japanese by kana), those who left last.

    Touchpoints after `now` are planned and do not count as contact.
    """
    boss = aliased(Contact)
    found = session.execute(
        select(
            Contact.id,
            Contact.name,
            Contact.name_kana,
            Contact.title,
            Contact.department,
            Contact.role,
            Contact.influence,
            Contact.sentiment,
            Contact.email,
            Contact.phone,
            boss.id.label("boss_id"),
            boss.name.label("boss_name"),
            Contact.preferred_channel,
            Contact.left_on,
            Contact.internal_note,
        )
        .outerjoin(boss, (boss.id == Contact.reports_to_id) & boss.deleted_at.is_(None))
        .where(Contact.account_id == account_id, Contact.deleted_at.is_(None))
    ).all()
    spoken = _last_contacts(session, account_id, now)
    rows = [
        Stakeholder(
            id=row.id,
            name=row.name or "",
            name_kana=row.name_kana or "",
            title=row.title or "",
            department=row.department or "",
            role=row.role,
            influence=row.influence,
            sentiment=row.sentiment,
            email=row.email or "",
            phone=row.phone or "",
            reports_to_id=row.boss_id,
            reports_to=row.boss_name or "",
            preferred_channel=row.preferred_channel,
            last_contact=spoken.get(row.id),
            left_on=row.left_on,
            internal_note=row.internal_note or "",
        )
        for row in found
    ]
    rows.sort(
        key=lambda row: (row.left_on is not None, fold(row.name_kana or row.name), row.name, row.id)
    )
    return tuple(rows)


def touchpoints_attended(session: Session, contact_id: str) -> tuple[Attended, ...]:
    """Return the touchpoints somebody attended or is to attend, the latest first."""
    found = session.execute(
        select(
            Touchpoint.id,
            Touchpoint.held_at,
            Touchpoint.channel,
            Touchpoint.type,
            Touchpoint.summary,
        )
        .join(TouchpointAttendee, TouchpointAttendee.touchpoint_id == Touchpoint.id)
        .where(
            TouchpointAttendee.contact_id == contact_id,
            TouchpointAttendee.deleted_at.is_(None),
            Touchpoint.deleted_at.is_(None),
        )
        .order_by(Touchpoint.held_at.desc().nulls_last(), Touchpoint.id)
    )
    return tuple(
        Attended(row_id, held_at, channel, kind, summary or "")
        for row_id, held_at, channel, kind, summary in found
    )


def items_owned_by(session: Session, contact_id: str) -> tuple[OwnedItem, ...]:
    """Return what somebody at the customer is in charge of: open items first, then by due date."""
    goals = select(Goal.id, Goal.title, Plan.title, Goal.due_on, Goal.status)
    milestones = select(
        Milestone.id, Milestone.title, Plan.title, Milestone.due_on, Milestone.status
    )
    actions = select(Action.id, Action.title, Plan.title, Action.due_on, Action.status)
    queries: list[tuple[str, type[Goal | Milestone | Action], Collection[str], Any]] = [
        ("goal", Goal, CLOSED_GOALS, goals.join(Plan, Plan.id == Goal.plan_id)),
        (
            "milestone",
            Milestone,
            CLOSED_MILESTONES,
            milestones.join(Goal, Goal.id == Milestone.goal_id).join(Plan, Plan.id == Goal.plan_id),
        ),
        ("action", Action, CLOSED_ACTIONS, actions.join(Plan, Plan.id == Action.plan_id)),
    ]
    items = [
        OwnedItem(entity, row_id, title or "", plan or "", due_on, status, status in closed)
        for entity, record, closed, query in queries
        for row_id, title, plan, due_on, status in session.execute(
            query.where(
                record.customer_owner_id == contact_id,
                record.deleted_at.is_(None),
                Plan.deleted_at.is_(None),
            )
        )
    ]
    items.sort(key=lambda item: (item.is_closed, item.due_on or dt.date.max, item.title, item.id))
    return tuple(items)


def _last_contacts(session: Session, account_id: str, now: dt.datetime) -> dict[str, dt.date]:
    """Return when each person was last spoken to."""
    found = session.execute(
        select(TouchpointAttendee.contact_id, func.max(Touchpoint.held_at))
        .join(Touchpoint, Touchpoint.id == TouchpointAttendee.touchpoint_id)
        .where(
            Touchpoint.account_id == account_id,
            Touchpoint.deleted_at.is_(None),
            Touchpoint.held_at <= now,
            TouchpointAttendee.deleted_at.is_(None),
            TouchpointAttendee.contact_id.is_not(None),
        )
        .group_by(TouchpointAttendee.contact_id)
    )
    return {
        contact: held_at.astimezone().date()
        for contact, held_at in found
        if contact is not None and held_at is not None
    }
