"""Our own people, and what each of them owns: whoever leaves the team leaves that behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from csdesk.model.records import Account, Action, Goal, Member, Milestone, Plan, Risk
from csdesk.model.vocabulary import CLOSED_ACTIONS, CLOSED_GOALS, CLOSED_MILESTONES, LIVE_PLANS
from csdesk.queries.risks import CLOSED_RISKS
from csdesk.store.words import fold

Owned = type[Account | Plan | Goal | Milestone | Action | Risk]

OWNED: tuple[tuple[str, Owned], ...] = (
    ("accounts", Account),
    ("plans", Plan),
    ("items", Goal),
    ("items", Milestone),
    ("items", Action),
    ("risks", Risk),
)
"""What can be owned, and the number of a TeamRow that counts it."""
OWNED_ENTITIES = ("account", "plan", "goal", "milestone", "action", "risk")
"""The entities whose changes may change those numbers."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A person of our team; the numbers are what they own and what is not over."""

    id: str
    name: str
    name_kana: str
    role: str
    email: str
    accounts: int = 0
    plans: int = 0
    items: int = 0
    """Goals, milestones and action items."""
    risks: int = 0

    @property
    def owns(self) -> int:
        """How much they own altogether."""
        return self.accounts + self.plans + self.items + self.risks


def team(session: Session) -> tuple[TeamRow, ...]:
    """Return the people of our team by name, by its reading where that is known."""
    owned: dict[str, dict[str, int]] = {}
    for number, record in OWNED:
        counts = session.execute(
            select(record.owner_id, func.count())
            .where(record.owner_id.is_not(None), *is_going_on(record))
            .group_by(record.owner_id)
        )
        for member_id, count in counts:
            numbers = owned.setdefault(str(member_id), {})
            numbers[number] = numbers.get(number, 0) + count
    rows = [
        TeamRow(
            one.id,
            one.name or "",
            one.name_kana or "",
            one.role or "",
            one.email or "",
            **owned.get(one.id, {}),
        )
        for one in session.scalars(select(Member).where(Member.deleted_at.is_(None)))
    ]
    return tuple(sorted(rows, key=lambda row: (fold(row.name_kana or row.name), row.id)))


def is_going_on(record: Owned) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for rows that are neither deleted nor over: those can be handed over."""
    over: dict[Any, ColumnElement[bool]] = {
        Plan: Plan.status.in_(LIVE_PLANS),
        Goal: Goal.status.not_in(CLOSED_GOALS),
        Milestone: Milestone.status.not_in(CLOSED_MILESTONES),
        Action: Action.status.not_in(CLOSED_ACTIONS),
        Risk: Risk.stage.not_in(CLOSED_RISKS),
    }
    living = record.deleted_at.is_(None)
    if record not in over:
        return (living,)
    status = Risk.stage if record is Risk else record.status  # type: ignore[union-attr]
    return living, status.is_(None) | over[record]
