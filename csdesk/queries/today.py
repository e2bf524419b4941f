"""What needs somebody today, across all accounts: actions, meetings, renewals, silence, no plan.

`of` narrows everything to one team member: what is theirs to do, and the accounts they own.
Accounts that have left or were put away need nobody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.model.base import instant_text
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import (
    ActionStatus,
    Channel,
    CsmView,
    Phase,
    Priority,
    Term,
    TouchModel,
    TouchpointType,
)
from csdesk.queries.cadence import CadenceRow, cadences


class DueAction(NamedTuple):
    """An open action item that is late or due soon; `place` names what it stands below.

    A named tuple, for a team that is behind has thousands.
    """

    id: str
    title: str
    account_id: str
    account: str
    place: str
    due_on: dt.date
    status: str | None
    priority: str | None
    owner: str
    customer_owner: str
    late_days: int

    @property
    def ref(self) -> ItemRef:
        """What verbs call it."""
        return ItemRef(ItemKind.ACTION, self.id)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A planned meeting with a customer."""

    id: str
    account_id: str
    account: str
    held_at: dt.datetime
    type: str | None
    channel: str | None
    people: int
    """How many of both sides are down for it."""


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """The next renewal of an account: what is renewed then, in minor units of each currency."""

    account_id: str
    account: str
    csm_view: str | None
    renewal_on: dt.date
    notice_on: dt.date | None
    renews_by_itself: bool
    amounts: tuple[tuple[str, int], ...]
    """Currency and what it pays a year, the largest number first."""


@dataclass(frozen=True, slots=True)
class SilentAccount:
    """An account that should have heard from us by now."""

    account: str
    touch_model: str | None
    cadence: CadenceRow

    @property
    def account_id(self) -> str:
        """The account's id."""
        return self.cadence.account_id


@dataclass(frozen=True, slots=True)
class PlanlessAccount:
    """An account that has neither a plan in force nor one being prepared."""

    account_id: str
    account: str
    segment: str
    phase: str | None
    renewal_on: dt.date | None


_LOOKED_AFTER = (
    "a.deleted_at IS NULL AND a.archived_on IS NULL AND coalesce(a.status, 'active') <> 'churned'"
)
_OWN = "AND (:of IS NULL OR a.owner_id = :of)"
_RUNNING = (
    "c.deleted_at IS NULL AND c.status = 'running' AND (c.start_on IS NULL OR c.start_on <= :today)"
)
# An item nobody of us is named for is its account's owner's, a customer's item too.
_ACTIONS = f"""
SELECT x.id, x.title, a.id, a.name, coalesce(t.title, g.title, p.title), x.due_on, x.status,
  x.priority, m.name, k.name
FROM action x JOIN plan p ON p.id = x.plan_id JOIN account a ON a.id = p.account_id
LEFT JOIN goal g ON g.id = x.goal_id
LEFT JOIN milestone t ON t.id = x.milestone_id
LEFT JOIN member m ON m.id = x.owner_id AND m.deleted_at IS NULL
LEFT JOIN contact k ON k.id = x.customer_owner_id AND k.deleted_at IS NULL
WHERE x.deleted_at IS NULL AND x.due_on IS NOT NULL AND x.due_on <= :until
  AND coalesce(x.status, 'open') NOT IN ('done', 'canceled')
  AND p.deleted_at IS NULL AND p.status IN ('draft', 'proposed', 'agreed', 'active')
  AND {_LOOKED_AFTER}
  AND (:of IS NULL OR m.id = :of OR (m.id IS NULL AND a.owner_id = :of))
"""
_MEETINGS = f"""
SELECT t.id, a.id, a.name, t.held_at, t.type, t.channel,
  (SELECT count(*) FROM touchpoint_attendee w WHERE w.touchpoint_id = t.id
    AND w.deleted_at IS NULL)
FROM touchpoint t JOIN account a ON a.id = t.account_id
WHERE t.deleted_at IS NULL AND t.held_at > :now AND t.held_at < :until
  AND {_LOOKED_AFTER} AND (:of IS NULL OR a.owner_id = :of OR EXISTS (
    SELECT 1 FROM touchpoint_attendee w WHERE w.touchpoint_id = t.id AND w.member_id = :of
      AND w.deleted_at IS NULL))
ORDER BY t.held_at, a.name, t.id
"""
_RENEWALS = f"""
WITH coming AS (
  SELECT c.account_id, min(c.renewal_on) AS day FROM contract c
  WHERE {_RUNNING} AND c.renewal_on BETWEEN :today AND :until GROUP BY c.account_id)
SELECT a.id, a.name, a.csm_view, n.day, min(c.notice_on), min(coalesce(c.auto_renew, 0)),
  coalesce(c.currency, 'JPY'), 12 * sum(c.mrr)
FROM coming n JOIN account a ON a.id = n.account_id
JOIN contract c ON c.account_id = a.id AND c.renewal_on = n.day
WHERE {_RUNNING} AND {_LOOKED_AFTER} {_OWN}
GROUP BY a.id, coalesce(c.currency, 'JPY')
ORDER BY n.day, a.name, a.id
"""
_NAMES = f"SELECT a.id, a.name, a.touch_model FROM account a WHERE {_LOOKED_AFTER} {_OWN}"
_PLANLESS = f"""
SELECT a.id, a.name, s.name, a.phase, (
  SELECT min(c.renewal_on) FROM contract c
  WHERE c.account_id = a.id AND {_RUNNING} AND c.renewal_on >= :today) AS renewal
FROM account a LEFT JOIN segment s ON s.id = a.segment_id AND s.deleted_at IS NULL
WHERE {_LOOKED_AFTER} {_OWN} AND NOT EXISTS (
  SELECT 1 FROM plan p WHERE p.account_id = a.id AND p.deleted_at IS NULL
    AND p.status IN ('draft', 'proposed', 'agreed', 'active'))
ORDER BY renewal NULLS LAST, a.name, a.id
"""


def due_actions(
    session: Session, *, today: dt.date, days: int = 7, of: str | None = None
) -> list[DueAction]:
    """Return the open action items that are late or due within `days`, the longest due first.

    Those of one day stand by priority.
    """
    until = today + dt.timedelta(days=days)
    asked = {"until": until.isoformat(), "of": of}
    found = []
    for row in session.execute(text(_ACTIONS), asked).all():
        due = _stored_day(row[5])
        found.append(
            DueAction(
                id=row[0],
                title=row[1] or "",
                account_id=row[2],
                account=row[3] or "",
                place=row[4] or "",
                due_on=due,
                status=_term(ActionStatus, row[6]),
                priority=_term(Priority, row[7]),
                owner=row[8] or "",
                customer_owner=row[9] or "",
                late_days=max(0, (today - due).days),
            )
        )
    found.sort(key=lambda one: (one.due_on, _urgency(one.priority), one.account, one.id))
    return found


def due_today(session: Session, *, today: dt.date, of: str | None = None) -> int:
    """Count the action items that are late or due today."""
    asked = {"until": today.isoformat(), "of": of}
    counting = text(f"SELECT count(*) FROM ({_ACTIONS})")
    return int(session.execute(counting, asked).scalar_one())


def coming_meetings(
    session: Session, *, now: dt.datetime, days: int = 7, of: str | None = None
) -> list[MeetingRow]:
    """Return the meetings planned from `now` (aware) to the end of the day `days` from today.

    With `of` those at accounts they own, and those they take part in.
    """
    today = now.astimezone().date()
    last = today + dt.timedelta(days=days + 1)
    until = dt.datetime.combine(last, dt.time()).astimezone()  # the clocks may change till then
    asked = {"now": instant_text(now), "until": instant_text(until), "of": of}
    return [
        MeetingRow(
            id=row[0],
            account_id=row[1],
            account=row[2] or "",
            held_at=dt.datetime.fromisoformat(row[3]),
            type=_term(TouchpointType, row[4]),
            channel=_term(Channel, row[5]),
            people=row[6],
        )
        for row in session.execute(text(_MEETINGS), asked)
    ]


def coming_renewals(
    session: Session, *, today: dt.date, days: int = 120, of: str | None = None
) -> list[RenewalRow]:
    """Return the accounts whose next renewal falls within `days`, the nearest first."""
    until = today + dt.timedelta(days=days)
    asked = {"today": today.isoformat(), "until": until.isoformat(), "of": of}
    by_account: dict[str, list[Any]] = {}
    for row in session.execute(text(_RENEWALS), asked):
        by_account.setdefault(row[0], []).append(row)
    return [_renewal(rows) for rows in by_account.values()]


def silent_accounts(
    session: Session, *, now: dt.datetime, of: str | None = None
) -> list[SilentAccount]:
    """Return the accounts without a touch within their cadence, the longest overdue first.

    Those that never had one stand first. Those that meet us within one more cadence are left out:
    somebody sees to them. A meeting far ahead is no reason not to call.
    """
    today = now.astimezone().date()
    known = {row[0]: row for row in session.execute(text(_NAMES), {"of": of})}
    found = [
        SilentAccount(
            known[row.account_id][1] or "", _term(TouchModel, known[row.account_id][2]), row
        )
        for row in cadences(session, now=now)
        if row.is_overdue and not _meets_soon(row, today) and row.account_id in known
    ]
    found.sort(
        key=lambda one: (
            one.cadence.last_touch is not None,
            -one.cadence.overdue_days,
            one.account,
            one.account_id,
        )
    )
    return found


def planless_accounts(
    session: Session, *, today: dt.date, of: str | None = None
) -> list[PlanlessAccount]:
    """Return the accounts without a plan, those that renew next first."""
    return [
        PlanlessAccount(row[0], row[1] or "", row[2] or "", _term(Phase, row[3]), _day(row[4]))
        for row in session.execute(text(_PLANLESS), {"today": today.isoformat(), "of": of})
    ]


def _meets_soon(row: CadenceRow, today: dt.date) -> bool:
    if row.next_meeting is None:
        return False
    return (row.next_meeting.astimezone().date() - today).days <= (row.cadence_days or 0)


def _renewal(rows: list[Any]) -> RenewalRow:
    first = rows[0]
    notices = [row[4] for row in rows if row[4] is not None]
    amounts = [(row[6], int(row[7])) for row in rows if row[7] is not None]
    return RenewalRow(
        account_id=first[0],
        account=first[1] or "",
        csm_view=_term(CsmView, first[2]),
        renewal_on=dt.date.fromisoformat(first[3]),
        notice_on=_day(min(notices, default=None)),
        renews_by_itself=all(row[5] for row in rows),
        amounts=tuple(sorted(amounts, key=lambda pair: -pair[1])),
    )


def _urgency(priority: str | None) -> int:
    order = ("critical", "high", "medium", "low")
    return order.index(priority) if priority in order else order.index("medium")


@lru_cache(maxsize=1024)
def _stored_day(stored: str) -> dt.date:
    return dt.date.fromisoformat(stored)


@lru_cache(maxsize=64)
def _term(vocabulary: type[Term], code: str | None) -> str | None:
    """Return the term of a code; one that a newer version brought stays as it is."""
    try:
        return None if code is None else vocabulary(code)
    except ValueError:
        return code


def _day(stored: str | None) -> dt.date | None:
    return None if stored is None else dt.date.fromisoformat(stored)
