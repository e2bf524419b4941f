"""The lines of the accounts table."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.insight.cadence import cadence_of
from csdesk.model.vocabulary import (
    AccountStatus,
    CsmView,
    Phase,
    PlanStatus,
    ProgressRag,
    Term,
    TouchModel,
)
from csdesk.queries.plan_progress import plan_progress
from csdesk.queries.summaries import KeptColumn, kept_summaries, newest_step
from csdesk.store.words import fold

RENEWAL_SOON_DAYS = 90
"""How near a renewal is to count among the figures."""


_CHURNED = AccountStatus.CHURNED


class AccountRow(NamedTuple):
    """One line of the accounts table; money is in minor units of `currency`.

    A named tuple, for thousands of them are made whenever the table is shown.
    """

    id: str
    reading: str
    """How its name is read, folded: what accounts are sorted by."""
    name: str
    name_kana: str
    name_en: str
    external_id: str
    industry: str
    segment_id: str | None
    segment: str
    region: str
    employees: int | None
    touch_model: str | None
    phase: str | None
    status: str | None
    csm_view: str | None
    owner_id: str | None
    owner: str
    arr: int | None
    currency: str
    other_arr: tuple[tuple[str, int], ...]
    """What it pays in further currencies: the currency and minor units."""
    renewal_on: dt.date | None
    """The next renewal among the running contracts, today's included."""
    overdue_renewal: dt.date | None
    """The oldest renewal date that has passed while its contract still runs."""
    notice_on: dt.date | None
    """The next day by which a running contract can be given notice of."""
    seats: int | None
    plan_id: str | None
    plan_title: str
    plan_status: str | None
    progress: Decimal | None
    """Share of the current plan, 1 for all of it; None without a plan or anything to count."""
    standing: str | None
    """The worst standing among the plan's open goals."""
    next_action: str
    next_action_due: dt.date | None
    late_actions: int
    last_touch: dt.date | None
    cadence_days: int | None
    """How many days may lie between two touches, by its segment or touch model."""
    risk_score: int | None
    """Probability times impact (1 to 25) of its worst open risk."""
    churned_on: dt.date | None
    """When it left, where it has and somebody noted the day."""
    archived_on: dt.date | None
    tags: tuple[str, ...]

    @property
    def is_counted(self) -> bool:
        """Whether it counts in figures: it has neither left nor been put away."""
        return self.status != _CHURNED and self.archived_on is None

    @property
    def amounts(self) -> tuple[tuple[str, int], ...]:
        """What it pays a year in each of its currencies, the largest number first."""
        own = () if self.arr is None else ((self.currency, self.arr),)
        return own + self.other_arr[::-1]


_ACCOUNTS = """
SELECT a.id, a.name, a.name_kana, a.name_en, a.external_id, a.industry, s.id, s.name, a.region,
  a.employees, a.touch_model, a.phase, a.status, a.csm_view, m.id, m.name, a.archived_on,
  s.cadence_days
FROM account a
LEFT JOIN segment s ON s.id = a.segment_id AND s.deleted_at IS NULL
LEFT JOIN member m ON m.id = a.owner_id AND m.deleted_at IS NULL
WHERE a.deleted_at IS NULL {only}
"""
# ARR = 12 × MRR of running contracts; the currency an account pays most in comes last.
_CONTRACTS = """
SELECT c.account_id, coalesce(c.currency, 'JPY'), 12 * sum(coalesce(c.mrr, 0)), count(c.mrr),
  min(CASE WHEN c.renewal_on >= :today THEN c.renewal_on END),
  min(CASE WHEN c.renewal_on < :today THEN c.renewal_on END),
  min(CASE WHEN c.notice_on >= :today THEN c.notice_on END), sum(c.seats)
FROM contract c
WHERE c.deleted_at IS NULL AND c.status = 'running' AND (c.start_on IS NULL OR c.start_on <= :today)
  {only}
GROUP BY c.account_id, coalesce(c.currency, 'JPY') ORDER BY 3
"""
_PLANS = """
SELECT p.account_id, p.id, p.title, p.status FROM plan p
WHERE p.deleted_at IS NULL AND p.status IN ('draft', 'proposed', 'agreed', 'active') {only}
ORDER BY CASE p.status WHEN 'active' THEN 3 WHEN 'agreed' THEN 2 WHEN 'proposed' THEN 1 ELSE 0 END,
  p.start_on, p.id
"""
_NEXT_ACTIONS = """
SELECT p.account_id, sum(x.due_on < :today), min(x.due_on || char(31) || x.title)
FROM action x JOIN plan p ON p.id = x.plan_id
WHERE x.deleted_at IS NULL AND p.deleted_at IS NULL AND x.due_on IS NOT NULL
  AND p.status IN ('draft', 'proposed', 'agreed', 'active')
  AND coalesce(x.status, 'open') NOT IN ('done', 'canceled') {only}
GROUP BY p.account_id
"""
_STANDINGS = """
SELECT g.plan_id, max(CASE g.progress_rag WHEN 'off_track' THEN 3 WHEN 'at_risk' THEN 2
  WHEN 'on_track' THEN 1 ELSE 0 END)
FROM goal g WHERE g.deleted_at IS NULL
  AND coalesce(g.status, 'not_started') NOT IN ('achieved', 'partially', 'missed', 'canceled')
  AND g.plan_id IN (SELECT value FROM json_each(:plans))
GROUP BY g.plan_id
"""
_TOUCHES = """
SELECT t.account_id, max(t.held_at) FROM touchpoint t
WHERE t.deleted_at IS NULL AND t.held_at <= :now {only} GROUP BY t.account_id
"""
_RISKS = """
SELECT r.account_id, max(r.probability * r.impact) FROM risk r
WHERE r.deleted_at IS NULL
  AND coalesce(r.stage, 'identified') NOT IN ('recovered', 'lost', 'accepted') {only}
GROUP BY r.account_id
"""
_CHURNS = """
SELECT e.account_id, max(e.churned_on) FROM churn_event e
WHERE e.deleted_at IS NULL {only} GROUP BY e.account_id
"""
_TAGS = """
SELECT t.account_id, t.tag FROM account_tag t WHERE t.deleted_at IS NULL {only} ORDER BY t.tag
"""
_RAG = {
    3: ProgressRag.OFF_TRACK,
    2: ProgressRag.AT_RISK,
    1: ProgressRag.ON_TRACK,
    0: None,
}


def portfolio_rows(
    session: Session, *, today: dt.date, account_ids: Collection[str] | None = None
) -> list[AccountRow]:
    """Return the accounts, all or just `account_ids`, each with its contract, plan and next steps.

    An account's plan is the one in force, else the agreed, proposed or drafted one that starts
    last. Sorted by how the name is read. Where all are asked for, ready summaries are used as
    far as they hold.
    """
    if account_ids is not None:
        return _sorted(_compute(session, today, account_ids))
    kept = kept_summaries(session, today)
    if kept is None:
        return _sorted(_compute(session, today, None))
    rows = _rows_of(kept.columns)
    if kept.stale:
        rows = [row for row in rows if row.id not in kept.stale]
        some = kept.stale if rows else None
        rows = _sorted(rows + _compute(session, today, some))
    return rows


def ready_summaries(
    session: Session, *, today: dt.date
) -> tuple[dt.date, int, list[tuple[Any, ...]]]:
    """Return what `keep_summaries` keeps, so that `portfolio_rows` is at once next time."""
    step = newest_step(session)
    rows = portfolio_rows(session, today=today)
    columns: Sequence[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(_FIELDS)
    return today, step, [tuple(map(_plain, column)) for column in columns]


_ORDER = attrgetter("reading", "name", "id")


def _sorted(rows: list[AccountRow]) -> list[AccountRow]:
    return sorted(rows, key=_ORDER)


def _compute(
    session: Session, today: dt.date, account_ids: Collection[str] | None
) -> list[AccountRow]:
    """Work the rows out from the tables, with one query for each kind of fact."""
    run = _Runner(session, today, account_ids)
    facts = _Facts(session, run, today)
    return [facts.row(account) for account in run(_ACCOUNTS, "a.id")]


class _Facts:
    """What is known of each account from the tables around it."""

    def __init__(self, session: Session, run: _Runner, today: dt.date) -> None:
        self._money: dict[str, list[tuple[str, int]]] = {}
        self._renewals: dict[str, dt.date] = {}
        self._overdue: dict[str, dt.date] = {}
        self._notices: dict[str, dt.date] = {}
        self._seats: dict[str, int] = {}
        for account, currency, arr, priced, *terms, seats in run(_CONTRACTS, "c.account_id"):
            if priced:
                self._money.setdefault(account, []).append((currency, arr))
            if seats is not None:
                self._seats[account] = self._seats.get(account, 0) + seats
            kept = (self._renewals, self._overdue, self._notices)
            for days, stored in zip(kept, terms, strict=True):
                if stored is not None:
                    day = dt.date.fromisoformat(stored)
                    days[account] = min(day, days.get(account, day))
        self._plans = {row[0]: row[1:] for row in run(_PLANS, "p.account_id")}
        plan_ids = [plan[0] for plan in self._plans.values()]
        self._progress = plan_progress(session, plan_ids, today=today)
        found = session.execute(text(_STANDINGS), {"plans": json.dumps(plan_ids)})
        self._standings: dict[str, int] = {row[0]: row[1] for row in found}
        self._actions = {row[0]: row[1:] for row in run(_NEXT_ACTIONS, "p.account_id")}
        self._touches = {row[0]: row[1] for row in run(_TOUCHES, "t.account_id")}
        self._risks: dict[str, int | None] = {row[0]: row[1] for row in run(_RISKS, "r.account_id")}
        self._churns = {row[0]: row[1] for row in run(_CHURNS, "e.account_id")}
        self._tags: dict[str, list[str]] = {}
        for account, tag in run(_TAGS, "t.account_id"):
            self._tags.setdefault(account, []).append(tag)

    def row(self, account: Any) -> AccountRow:
        """Put the facts of one account together; `account` is a row of `_ACCOUNTS`."""
        account_id = account[0]
        amounts = self._money.get(account_id, [])
        currency, arr = amounts[-1] if amounts else ("JPY", None)
        plan_id, title, status = self._plans.get(account_id, (None, "", None))
        late, upcoming = self._actions.get(account_id, (0, None))
        due, _sep, next_title = (upcoming or "").partition("\x1f")
        status_of_account = _term(AccountStatus, account[12])
        has_left = status_of_account == AccountStatus.CHURNED
        return AccountRow(
            id=account_id,
            reading=fold(account[2] or account[1] or ""),
            name=account[1] or "",
            name_kana=account[2] or "",
            name_en=account[3] or "",
            external_id=account[4] or "",
            industry=account[5] or "",
            segment_id=account[6],
            segment=account[7] or "",
            region=account[8] or "",
            employees=account[9],
            touch_model=_term(TouchModel, account[10]),
            phase=_term(Phase, account[11]),
            status=status_of_account,
            csm_view=_term(CsmView, account[13]),
            owner_id=account[14],
            owner=account[15] or "",
            arr=arr,
            currency=currency,
            other_arr=tuple(amounts[:-1]),
            renewal_on=self._renewals.get(account_id),
            overdue_renewal=self._overdue.get(account_id),
            notice_on=self._notices.get(account_id),
            seats=self._seats.get(account_id),
            plan_id=plan_id,
            plan_title=title or "",
            plan_status=_term(PlanStatus, status),
            progress=self._progress[plan_id].whole if plan_id else None,
            standing=_RAG[self._standings.get(plan_id or "", 0)],
            next_action=next_title,
            next_action_due=_day(due or None),
            late_actions=late or 0,
            last_touch=_local_day(self._touches.get(account_id)),
            cadence_days=cadence_of(account[10], account[17]),
            risk_score=self._risks.get(account_id),
            churned_on=_day(self._churns.get(account_id)) if has_left else None,
            archived_on=_day(account[16]),
            tags=tuple(self._tags.get(account_id, ())),
        )


def _term(vocabulary: type[Term], code: str | None) -> str | None:
    try:
        return None if code is None else vocabulary(code)
    except ValueError:
        return code


def _pairs(stored: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(map(tuple, stored))


_FIELDS = AccountRow._fields
_TERMS: dict[str, type[Term]] = {
    "touch_model": TouchModel,
    "phase": Phase,
    "status": AccountStatus,
    "csm_view": CsmView,
    "plan_status": PlanStatus,
    "standing": ProgressRag,
}
_READING: dict[str, Callable[[Any], Any]] = {
    "progress": Decimal,
    "tags": tuple,
    "other_arr": _pairs,
    **{name: partial(_term, vocabulary) for name, vocabulary in _TERMS.items()},
    **dict.fromkeys(
        ("renewal_on", "overdue_renewal", "notice_on", "next_action_due"), dt.date.fromisoformat
    ),
    **dict.fromkeys(("last_touch", "churned_on", "archived_on"), dt.date.fromisoformat),
}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | Term) else value


def _rows_of(columns: Sequence[KeptColumn]) -> list[AccountRow]:
    """Make the lines of what was kept; what many of them say alike is read once."""
    read = [
        column.of_all(_read(column.values, _READING.get(name)))
        for name, column in zip(_FIELDS, columns, strict=True)
    ]
    return list(map(AccountRow._make, zip(*read, strict=True)))


def _read(values: list[Any], reader: Callable[[Any], Any] | None) -> list[Any]:
    if reader is None:
        return values
    return [None if value is None else reader(value) for value in values]


class _Runner:
    """Runs the queries above for all accounts, or for some of them."""

    def __init__(
        self, session: Session, today: dt.date, account_ids: Collection[str] | None
    ) -> None:
        self._session = session
        self._asked = {
            "today": today.isoformat(),
            "now": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        }
        self._some = account_ids is not None
        if account_ids is not None:
            self._asked["accounts"] = json.dumps(list(account_ids))

    def __call__(self, sql: str, account_column: str) -> list[Any]:
        only = ""
        if self._some:
            only = f"AND {account_column} IN (SELECT value FROM json_each(:accounts))"
        return list(self._session.execute(text(sql.format(only=only)), self._asked))


def _day(stored: str | None) -> dt.date | None:
    return None if stored is None else dt.date.fromisoformat(stored)


def _local_day(stored: str | None) -> dt.date | None:
    return None if stored is None else dt.datetime.fromisoformat(stored).astimezone().date()
