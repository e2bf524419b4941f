"""When each account last heard from us, and when it should hear from us again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.insight.cadence import cadence_of, days_until_due
from csdesk.model.base import instant_text


@dataclass(frozen=True, slots=True)
class CadenceRow:
    """How contact with one account stands.

    `due_in` is the days until the next touchpoint is due (0 today, below 0 overdue), None where
    there is no cadence or no touchpoint yet.
    """

    account_id: str
    cadence_days: int | None
    last_touch: dt.date | None
    days_since: int | None
    due_in: int | None
    next_meeting: dt.datetime | None
    """The nearest meeting that is planned."""

    @property
    def is_overdue(self) -> bool:
        """Whether it should have heard from us by now; one with a cadence and no touch should."""
        if self.cadence_days is None:
            return False
        return self.due_in is None or self.due_in < 0

    @property
    def overdue_days(self) -> int:
        """The days beyond the cadence; 0 within it, and where there was no touchpoint yet."""
        return max(0, -(self.due_in or 0))


# A churned or archived account is nobody's to call; where ids are named, those are meant.
_CADENCES = """
SELECT a.id, a.touch_model, s.cadence_days, t.last_at, t.next_at
FROM account a
LEFT JOIN segment s ON s.id = a.segment_id AND s.deleted_at IS NULL
LEFT JOIN (
  SELECT account_id, max(CASE WHEN held_at <= :now THEN held_at END) AS last_at,
    min(CASE WHEN held_at > :now THEN held_at END) AS next_at
  FROM touchpoint WHERE deleted_at IS NULL AND held_at IS NOT NULL {of} GROUP BY account_id
) t ON t.account_id = a.id
WHERE a.deleted_at IS NULL {only}
ORDER BY a.id
"""
_LOOKED_AFTER = "AND coalesce(a.status, 'active') <> 'churned' AND a.archived_on IS NULL"
_NAMED = "AND {column} IN (SELECT value FROM json_each(:accounts))"


def cadences(
    session: Session, *, now: dt.datetime, account_ids: Collection[str] | None = None
) -> list[CadenceRow]:
    """Return how contact stands with all accounts we look after, or with just `account_ids`.

    `now` is aware; days are those of this computer's time zone. A touchpoint that lies ahead of
    it is a planned meeting and no touch yet.
    """
    asked: dict[str, str] = {"now": instant_text(now)}
    only, of = _LOOKED_AFTER, ""
    if account_ids is not None:
        asked["accounts"] = json.dumps(list(account_ids))
        only, of = _NAMED.format(column="a.id"), _NAMED.format(column="account_id")
    today = now.astimezone().date()
    found = session.execute(text(_CADENCES.format(only=only, of=of)), asked)
    rows = []
    for account_id, touch_model, segment_days, last_at, next_at in found:
        cadence = cadence_of(touch_model, segment_days)
        last = None if last_at is None else _moment(last_at).astimezone().date()
        rows.append(
            CadenceRow(
                account_id=account_id,
                cadence_days=cadence,
                last_touch=last,
                days_since=None if last is None else (today - last).days,
                due_in=days_until_due(cadence, last, today),
                next_meeting=None if next_at is None else _moment(next_at),
            )
        )
    return rows


def cadence_of_account(session: Session, account_id: str, *, now: dt.datetime) -> CadenceRow | None:
    """Return how contact stands with one account; None where it was deleted."""
    return next(iter(cadences(session, now=now, account_ids=[account_id])), None)


def _moment(stored: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stored)
