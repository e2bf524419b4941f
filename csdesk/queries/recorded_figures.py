"""What the figures above the accounts were at the ends of the last months, by what was on record.

Unlike ARR, whose past follows from contracts, these tell what the program would have shown at
that moment: a plan, a date or a view that was changed since counts as it was then. What was
brought in from elsewhere counts from the moment it came in, and before the first step of the
workspace nothing is told.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.insight.looking_back import Stretch
from csdesk.model.vocabulary import (
    CLOSED_ACTIONS,
    CLOSED_GOALS,
    AccountStatus,
    ContractStatus,
    PlanStatus,
    ProgressRag,
    RiskStage,
)
from csdesk.progress import SILENT, Progress
from csdesk.queries.at_risk import renews_soon, risk_reasons
from csdesk.queries.portfolio_history import month_ends
from csdesk.queries.recorded_rows import Asked, recorded_rows
from csdesk.store.stamps import stamp_of

Line = tuple[int, ...]
"""A number for each of some days."""
Lines = Mapping[str, Line]
"""The lines of accounts that have anything to tell, by id."""

AT_ONCE = 10
"""Accounts after which the work is reported: about a millisecond of it."""

CURRENT_PLANS = (PlanStatus.DRAFT, PlanStatus.PROPOSED, PlanStatus.AGREED, PlanStatus.ACTIVE)
"""The plans that are an account's now, the one that comes before all others last."""
_CLOSED_RISKS = (RiskStage.RECOVERED, RiskStage.LOST, RiskStage.ACCEPTED)
_STANDINGS = (ProgressRag.ON_TRACK, ProgressRag.AT_RISK, ProgressRag.OFF_TRACK)
"""How goals stand, the worst last."""
_STEPS = "SELECT min(hlc), count(*) FILTER (WHERE hlc < :end) FROM txn"


@dataclass(frozen=True, slots=True)
class PastFigures:
    """The figures of some accounts at the ends of months, from the first that is on record."""

    days: tuple[dt.date, ...]
    renewals_soon: Line
    without_plan: Line
    late_actions: Line
    arr_at_risk: Mapping[str, Line]
    """By currency, in minor units."""
    is_whole: bool
    """Whether nothing is missing of the last twelve months."""


@dataclass(frozen=True, slots=True)
class RecordedFigures:
    """The figures of each account on `days`, the ends of the months that are on record."""

    days: tuple[dt.date, ...]
    since: Mapping[str, int]
    """By account, the place among `days` of the first one on which it was on record."""
    renewals_soon: Lines = field(default_factory=dict)
    without_plan: Lines = field(default_factory=dict)
    late_actions: Lines = field(default_factory=dict)
    arr_at_risk: Mapping[str, Lines] = field(default_factory=dict)
    """By currency, in minor units."""
    is_whole: bool = False
    """Whether nothing is missing of the last twelve months."""
    steps: int = 0
    """How many steps made before the end of the last day were known."""

    def total(self, account_ids: Collection[str]) -> PastFigures:
        """Add up these accounts, from the first day on which any of them was on record."""
        known = [self.since[one] for one in account_ids if one in self.since]
        first = min(known, default=len(self.days))
        days = self.days[first:]

        def added(lines: Lines) -> Line:
            mine = [line for one in account_ids if (line := lines.get(one)) is not None]
            return tuple(map(sum, zip(*mine, strict=True)))[first:] if mine else (0,) * len(days)

        return PastFigures(
            days,
            added(self.renewals_soon),
            added(self.without_plan),
            added(self.late_actions),
            {currency: added(lines) for currency, lines in self.arr_at_risk.items()},
            self.is_whole and first == 0,
        )


def recorded_figures(
    session: Session,
    *,
    today: dt.date,
    known: RecordedFigures | None = None,
    progress: Progress = SILENT,
) -> RecordedFigures:
    """Tell what the figures of each account were at the ends of the last twelve months.

    Each is what `portfolio_figures` said on that day, when it ended where this computer is:
    months before the first step of the workspace are left out. `known` is returned as it is
    where no step of those months came in since. `progress` hears of every few rows and may
    cancel it.
    """
    ends = month_ends(today)
    begun, steps = session.execute(text(_STEPS), {"end": _end_of(ends[-1])}).one()
    days = tuple(day for day in ends if begun is not None and begun < _end_of(day))
    if known is not None and (known.days, known.steps) == (days, steps):
        return known
    if not days:
        return RecordedFigures((), {}, steps=steps)
    look = _LookingBack(session, days, progress)
    return replace(look.figures(), is_whole=len(days) == len(ends), steps=steps)


def _end_of(day: dt.date) -> int:
    """Give the first stamp after a day as it is told on this computer."""
    return stamp_of(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()).astimezone())


@dataclass(slots=True)
class _Account:
    """How an account that counts stood at the end of a day."""

    csm_view: str | None
    is_counted: bool = True
    plan: tuple[int, str, str] | None = None
    """The plan that comes before its others: its rank, start and id."""
    standing: str | None = None
    risk_score: int | None = None
    renewal_on: dt.date | None = None
    overdue_renewal: dt.date | None = None
    arr: dict[str, int] = field(default_factory=dict)
    late: int = 0


class _LookingBack:
    """Gathers what was on record on some days, one kind of row after the other."""

    def __init__(self, session: Session, days: tuple[dt.date, ...], progress: Progress) -> None:
        self._session = session
        self._days = days
        self._stored = [day.isoformat() for day in days]
        self._moments = [_end_of(day) for day in days]
        self._progress = progress
        self._late = self._late_actions()
        self._standings = self._worst_standings()
        self._contracts = self._by_account(
            "contract", "account_id status start_on renewal_on mrr currency", "e.status = 'running'"
        )
        self._risks = self._by_account(
            "risk", "account_id stage probability impact", "e.probability * e.impact > 0"
        )
        current = ", ".join(f"'{status}'" for status in CURRENT_PLANS)
        self._plans = self._by_account(
            "plan", "account_id status start_on", f"e.status IN ({current})"
        )

    def figures(self) -> RecordedFigures:
        """Add up what was gathered, account by account."""
        renewals, without, late = _Sheet(self._days), _Sheet(self._days), _Sheet(self._days)
        at_risk: dict[str, _Sheet] = {}
        since: dict[str, int] = {}
        found = self._read("account", "name status archived_on csm_view")
        for number, stretch in enumerate(found):
            if number % AT_ONCE == 0:
                self._progress.report(number, None)
            since.setdefault(stretch.row, stretch.first)
            for place, one in self._stood(stretch).items():
                day = self._days[place]
                renewals.add(stretch.row, place, renews_soon(one, day))
                without.add(stretch.row, place, one.plan is None)
                late.add(stretch.row, place, one.late)
                if one.arr and risk_reasons(one, day):
                    for currency, amount in one.arr.items():
                        sheet = at_risk.setdefault(currency, _Sheet(self._days))
                        sheet.add(stretch.row, place, amount)
        return RecordedFigures(
            days=self._days,
            since=since,
            renewals_soon=renewals.lines(),
            without_plan=without.lines(),
            late_actions=late.lines(),
            arr_at_risk={currency: sheet.lines() for currency, sheet in at_risk.items()},
        )

    def _read(self, entity: str, fields: str, matters: str = "true") -> Iterator[Stretch]:
        """Read the rows of an entity; `matters` says which living ones count as they are now."""
        asked = Asked(entity, tuple(fields.split()), matters)
        return recorded_rows(self._session, asked, self._moments, self._progress)

    def _by_account(self, entity: str, fields: str, matters: str) -> dict[str, list[Stretch]]:
        found: dict[str, list[Stretch]] = {}
        for one in self._read(entity, fields, matters):
            found.setdefault(one.values[0], []).append(one)
        return found

    def _stood(self, stretch: Stretch) -> dict[int, _Account]:
        """Tell how an account stood on each day of a stretch; nothing where it does not count."""
        _name, status, archived_on, view = stretch.values
        if status == AccountStatus.CHURNED or archived_on is not None:
            return {}
        days = {place: _Account(view) for place in range(stretch.first, stretch.end)}
        for contract in self._contracts.get(stretch.row, ()):
            self._add_contract(days, contract)
        for risk in self._risks.get(stretch.row, ()):
            _account, stage, probability, impact = risk.values
            if stage not in _CLOSED_RISKS and probability is not None and impact is not None:
                for one in _during(days, risk.first, risk.end):
                    one.risk_score = max(probability * impact, one.risk_score or 0)
        for plan in self._plans.get(stretch.row, ()):
            self._add_plan(days, plan)
        for place, one in days.items():
            worst = self._standings.get(one.plan[-1], place) if one.plan is not None else 0
            one.standing = _STANDINGS[worst] if worst else None
        return days

    def _add_contract(self, days: dict[int, _Account], contract: Stretch) -> None:
        _account, status, start, renewal, mrr, currency = contract.values
        if status != ContractStatus.RUNNING:
            return
        ends = None if renewal is None else dt.date.fromisoformat(renewal)
        begun = 0 if start is None else bisect.bisect_left(self._stored, start)
        for place in range(max(begun, contract.first), contract.end):
            one = days.get(place)
            if one is None:
                continue
            if mrr is not None:
                unit = currency or "JPY"
                one.arr[unit] = one.arr.get(unit, 0) + 12 * mrr
            if ends is not None and ends < self._days[place]:
                one.overdue_renewal = min(ends, one.overdue_renewal or ends)
            elif ends is not None:
                one.renewal_on = min(ends, one.renewal_on or ends)

    def _add_plan(self, days: dict[int, _Account], plan: Stretch) -> None:
        _account, status, start = plan.values
        if status not in CURRENT_PLANS:
            return
        rank = (CURRENT_PLANS.index(status), start or "", plan.row)
        for place in range(plan.first, plan.end):
            one = days.get(place)
            if one is not None:
                one.late += self._late.get(plan.row, place)
                one.plan = rank if one.plan is None else max(rank, one.plan)

    def _late_actions(self) -> _Sheet:
        """Count, by plan, the open action items whose date had passed."""
        late, closed = _Sheet(self._days), ", ".join(f"'{one}'" for one in CLOSED_ACTIONS)
        matters = (
            f"e.due_on < '{self._stored[-1]}' AND coalesce(e.status, 'open') NOT IN ({closed})"
        )
        for one in self._read("action", "plan_id status due_on", matters):
            plan_id, status, due = one.values
            if due is not None and status not in CLOSED_ACTIONS:
                first = max(one.first, bisect.bisect_right(self._stored, due))
                for place in range(first, one.end):
                    late.add(plan_id, place, 1)
        return late

    def _worst_standings(self) -> _Sheet:
        """Tell, by plan, the worst standing among open goals: its place among `_STANDINGS`."""
        worst = _Sheet(self._days)
        matters = "e.progress_rag IN ('at_risk', 'off_track')"
        for one in self._read("goal", "plan_id status progress_rag", matters):
            plan_id, status, standing = one.values
            if standing in _STANDINGS and status not in CLOSED_GOALS:
                for place in range(one.first, one.end):
                    worst.raise_to(plan_id, place, _STANDINGS.index(standing))
        return worst


def _during(days: dict[int, _Account], first: int, end: int) -> Iterator[_Account]:
    return (days[place] for place in range(first, end) if place in days)


class _Sheet:
    """Numbers by row and day, most of them 0."""

    def __init__(self, days: tuple[dt.date, ...]) -> None:
        self._count = len(days)
        self._numbers: dict[str, list[int]] = {}

    def add(self, row: str, place: int, number: int) -> None:
        """Add to the number of a row on a day."""
        if number:
            self._line(row)[place] += number

    def raise_to(self, row: str, place: int, number: int) -> None:
        """Let a number be no less than this."""
        line = self._line(row)
        line[place] = max(line[place], number)

    def get(self, row: str, place: int) -> int:
        """Return the number of a row on a day."""
        line = self._numbers.get(row)
        return 0 if line is None else line[place]

    def lines(self) -> Lines:
        """Return the numbers of all rows that have any."""
        return {row: tuple(line) for row, line in self._numbers.items()}

    def _line(self, row: str) -> list[int]:
        line = self._numbers.get(row)
        if line is None:
            line = self._numbers[row] = [0] * self._count
        return line
