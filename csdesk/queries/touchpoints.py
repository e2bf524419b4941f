"""The touchpoints of an account: who was there, what was said, and the action items they led to."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from csdesk.insight.typed_actions import Person
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Contact, Goal, Member, Milestone, Plan, Touchpoint
from csdesk.model.vocabulary import CLOSED_ACTIONS, ActionStatus, PlanStatus, Side


@dataclass(frozen=True, slots=True)
class SourcedAction:
    """An action item that came of a touchpoint."""

    id: str
    title: str
    status: str | None
    due_on: dt.date | None
    owner: str
    customer_owner: str

    @property
    def is_done(self) -> bool:
        """Whether it is ticked off."""
        return self.status == ActionStatus.DONE

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.status in CLOSED_ACTIONS


@dataclass(frozen=True, slots=True)
class TouchpointRow:
    """One touchpoint whole; texts are empty where there is none."""

    id: str
    account_id: str
    plan_id: str | None
    held_at: dt.datetime | None
    channel: str | None
    type: str | None
    summary: str
    private_note: str
    decisions: str
    reaction: str
    attendees: tuple[Person, ...]
    """Ours first, each side by name."""
    actions: tuple[SourcedAction, ...]

    def is_planned(self, now: dt.datetime) -> bool:
        """Tell whether it lies ahead."""
        return self.held_at is not None and self.held_at > now


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """Where next actions can go: a living plan of the account, or a goal or milestone of it."""

    ref: ItemRef
    title: str
    plan_title: str
    depth: int
    """0 for a plan, 1 for a goal, 2 for a milestone."""


_COLUMNS = (
    Touchpoint.id,
    Touchpoint.account_id,
    Touchpoint.plan_id,
    Touchpoint.held_at,
    Touchpoint.channel,
    Touchpoint.type,
    Touchpoint.summary,
    Touchpoint.private_note,
    Touchpoint.decisions,
    Touchpoint.reaction,
)
_ATTENDEES = """
SELECT a.touchpoint_id, m.id, m.name, c.id, c.name, c.name_kana
FROM touchpoint_attendee a
LEFT JOIN member m ON m.id = a.member_id AND m.deleted_at IS NULL
LEFT JOIN contact c ON c.id = a.contact_id AND c.deleted_at IS NULL
WHERE a.deleted_at IS NULL AND a.touchpoint_id IN (SELECT value FROM json_each(:ids))
"""
# Found by the plans of the account, which an index knows; those of a deleted plan are gone too.
_ACTIONS = """
SELECT x.source_id, x.id, x.title, x.status, x.due_on, m.name, c.name
FROM action x JOIN plan p ON p.id = x.plan_id AND p.deleted_at IS NULL
LEFT JOIN member m ON m.id = x.owner_id AND m.deleted_at IS NULL
LEFT JOIN contact c ON c.id = x.customer_owner_id AND c.deleted_at IS NULL
WHERE x.deleted_at IS NULL AND p.account_id = :account
  AND x.source_id IN (SELECT value FROM json_each(:ids))
ORDER BY x.position, x.id
"""
_RANKS = (PlanStatus.ACTIVE, PlanStatus.AGREED, PlanStatus.PROPOSED, PlanStatus.DRAFT)


def touchpoints_of(
    session: Session,
    account_id: str,
    *,
    limit: int | None = None,
    before: dt.datetime | None = None,
) -> tuple[TouchpointRow, ...]:
    """Return the touchpoints of an account, the newest first, those without a moment last.

    With `before` only those held until then, with `limit` no more than so many.
    """
    query = select(*_COLUMNS).where(
        Touchpoint.account_id == account_id, Touchpoint.deleted_at.is_(None)
    )
    if before is not None:
        query = query.where(Touchpoint.held_at <= before)
    query = query.order_by(Touchpoint.held_at.desc().nulls_last(), Touchpoint.id.desc())
    return _whole(session, account_id, session.execute(query.limit(limit)).all())


def next_meeting(session: Session, account_id: str, now: dt.datetime) -> TouchpointRow | None:
    """Return the nearest planned meeting of an account; None where nothing is planned."""
    query = (
        select(*_COLUMNS)
        .where(Touchpoint.account_id == account_id, Touchpoint.deleted_at.is_(None))
        .where(Touchpoint.held_at > now)
        .order_by(Touchpoint.held_at, Touchpoint.id)
        .limit(1)
    )
    return next(iter(_whole(session, account_id, session.execute(query).all())), None)


def people_of(session: Session, account_id: str) -> list[Person]:
    """Return those who may meet: our team, then the customer's people who have not left."""
    ours = session.execute(
        select(Member.id, Member.name).where(Member.deleted_at.is_(None)).order_by(Member.name)
    )
    theirs = session.execute(
        select(Contact.id, Contact.name, Contact.name_kana)
        .where(Contact.account_id == account_id, Contact.deleted_at.is_(None))
        .where(Contact.left_on.is_(None))
        .order_by(Contact.name)
    )
    return [
        *(Person(Side.US, row_id, name or "") for row_id, name in ours),
        *(Person(Side.CUSTOMER, row_id, name or "", kana or "") for row_id, name, kana in theirs),
    ]


def action_places(session: Session, account_id: str) -> list[ActionPlace]:
    """Return where next actions can go: the current plan first, below each its goals and more."""
    plans = list(
        session.execute(
            select(Plan.id, Plan.title, Plan.status, Plan.start_on)
            .where(Plan.account_id == account_id, Plan.deleted_at.is_(None))
            .where(Plan.status.in_(_RANKS))
        )
    )
    # As the accounts page chooses: the one in force, of several the one that starts last.
    plans.sort(key=lambda plan: (plan.start_on or dt.date.min, plan.id), reverse=True)
    plans.sort(key=lambda plan: [str(one) for one in _RANKS].index(str(plan.status)))
    ids = [plan.id for plan in plans]
    goals = session.execute(
        select(Goal.id, Goal.plan_id, Goal.title)
        .where(Goal.plan_id.in_(ids), Goal.deleted_at.is_(None))
        .order_by(Goal.position, Goal.id)
    ).all()
    milestones = session.execute(
        select(Milestone.id, Milestone.goal_id, Milestone.title)
        .where(Milestone.goal_id.in_([goal.id for goal in goals]))
        .where(Milestone.deleted_at.is_(None))
        .order_by(Milestone.position, Milestone.id)
    ).all()
    places = []
    for plan in plans:
        name = plan.title or ""
        places.append(ActionPlace(ItemRef(None, plan.id), name, name, 0))
        for goal in (goal for goal in goals if goal.plan_id == plan.id):
            ref = ItemRef(ItemKind.GOAL, goal.id)
            places.append(ActionPlace(ref, goal.title or "", name, 1))
            places += [
                ActionPlace(ItemRef(ItemKind.MILESTONE, one.id), one.title or "", name, 2)
                for one in milestones
                if one.goal_id == goal.id
            ]
    return places


def _whole(session: Session, account_id: str, found: Sequence[Any]) -> tuple[TouchpointRow, ...]:
    """Add people and action items to touchpoints, with one query for each."""
    if not found:
        return ()
    ids = json.dumps([row.id for row in found])
    people: dict[str, list[Person]] = defaultdict(list)
    for touchpoint, member, name, contact, customer, kana in session.execute(
        text(_ATTENDEES), {"ids": ids}
    ):
        if member is not None:
            people[touchpoint].append(Person(Side.US, member, name or ""))
        elif contact is not None:
            people[touchpoint].append(Person(Side.CUSTOMER, contact, customer or "", kana or ""))
    actions: dict[str, list[SourcedAction]] = defaultdict(list)
    asked = {"ids": ids, "account": account_id}
    for touchpoint, row_id, title, status, due_on, owner, customer in session.execute(
        text(_ACTIONS), asked
    ):
        due = None if due_on is None else dt.date.fromisoformat(due_on)
        actions[touchpoint].append(
            SourcedAction(row_id, title or "", status, due, owner or "", customer or "")
        )
    return tuple(
        TouchpointRow(
            id=row.id,
            account_id=row.account_id,
            plan_id=row.plan_id,
            held_at=row.held_at,
            channel=row.channel,
            type=row.type,
            summary=row.summary or "",
            private_note=row.private_note or "",
            decisions=row.decisions or "",
            reaction=row.reaction or "",
            attendees=tuple(sorted(people[row.id], key=_by_side)),
            actions=tuple(actions[row.id]),
        )
        for row in found
    )


def _by_side(person: Person) -> tuple[bool, str]:
    return person.side is not Side.US, person.name
