"""What the portfolio report tells: all accounts, their figures, and every late action item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from csdesk.model.records import (
    Account,
    Action,
    Contact,
    Goal,
    Member,
    Milestone,
    Plan,
    WorkspaceSetting,
)
from csdesk.model.vocabulary import (
    CLOSED_ACTIONS,
    CLOSED_GOALS,
    LIVE_PLANS,
    AccountStatus,
    GoalStatus,
    PlanStatus,
    ProgressRag,
)
from csdesk.queries.portfolio import (
    RENEWAL_SOON_DAYS,
    AccountRow,
    portfolio_rows,
)
from csdesk.queries.portfolio_figures import PortfolioFigures, portfolio_figures


@dataclass(frozen=True, slots=True)
class LateAction:
    """An open action item of a live plan whose day has passed."""

    account: str
    title: str
    due_on: dt.date
    days: int
    status: str | None
    owner: str
    customer_owner: str


@dataclass(frozen=True, slots=True)
class GoalTally:
    """How many goals of plans that are not canceled stand how; canceled goals do not count."""

    counts: Mapping[tuple[str, str | None], int]
    """By status and, for those still open, standing."""

    def closed(self, status: GoalStatus) -> int:
        """Count the goals that ended so."""
        return sum(count for (one, _rag), count in self.counts.items() if one == status)

    def running(self, rag: ProgressRag | None) -> int:
        """Count the open goals that stand so; None: nobody said."""
        return sum(
            count
            for (status, one), count in self.counts.items()
            if status not in CLOSED_GOALS and one == rag
        )

    @property
    def result(self) -> Decimal | None:
        """The mean result of the closed goals: reached 1, partly 0.5, missed 0."""
        reached = self.closed(GoalStatus.ACHIEVED)
        partly, missed = self.closed(GoalStatus.PARTIALLY), self.closed(GoalStatus.MISSED)
        ended = reached + partly + missed
        return (Decimal(reached) + Decimal(partly) / 2) / ended if ended else None


NO_GOALS = GoalTally({})


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """All that one portfolio report is made of; churned and archived accounts are left out."""

    our_company: str
    today: dt.date
    accounts: tuple[AccountRow, ...]
    figures: PortfolioFigures
    late: tuple[LateAction, ...]
    goals: GoalTally = NO_GOALS

    @property
    def renewals(self) -> tuple[AccountRow, ...]:
        """The accounts that renew within 90 days, the next first."""
        soon = self.today + dt.timedelta(days=RENEWAL_SOON_DAYS)
        rows = [row for row in self.accounts if row.renewal_on and row.renewal_on <= soon]
        return tuple(sorted(rows, key=lambda row: (row.renewal_on or self.today, row.name)))

    @property
    def without_plan(self) -> tuple[AccountRow, ...]:
        """The accounts that have no live plan."""
        return tuple(row for row in self.accounts if row.plan_id is None)


def portfolio_report(session: Session, *, today: dt.date) -> PortfolioReport:
    """Return the portfolio as it stands on `today`."""
    rows = portfolio_rows(session, today=today)
    setting = session.get(WorkspaceSetting, "company_name")
    return PortfolioReport(
        our_company=(setting.value or "") if setting is not None else "",
        today=today,
        accounts=tuple(row for row in rows if row.is_counted),
        figures=portfolio_figures(rows, today=today),
        late=tuple(late_actions(session, today=today)),
        goals=goal_tally(session),
    )


def goal_tally(session: Session) -> GoalTally:
    """Count the goals of all plans of accounts that count, by how they stand."""
    rag = case((Goal.status.in_(CLOSED_GOALS), None), else_=Goal.progress_rag)
    status = func.coalesce(Goal.status, GoalStatus.NOT_STARTED)
    found = session.execute(
        select(status, rag, func.count())
        .join(Plan, Plan.id == Goal.plan_id)
        .join(Account, Account.id == Plan.account_id)
        .where(Goal.deleted_at.is_(None), Plan.deleted_at.is_(None), Account.deleted_at.is_(None))
        .where(Account.status.is_distinct_from(AccountStatus.CHURNED))
        .where(Account.archived_on.is_(None))
        .where(Plan.status.is_distinct_from(PlanStatus.CANCELED))
        .where(Goal.status.is_distinct_from(GoalStatus.CANCELED))
        .group_by(status, rag)
    )
    return GoalTally({(str(status), rag): count for status, rag, count in found})


def late_actions(session: Session, *, today: dt.date) -> list[LateAction]:
    """Return the open action items of live plans that were due before `today`, the latest first.

    Items of churned and archived accounts, and below what was deleted, do not count.
    """
    found = session.execute(
        select(Action, Account.name, Member.name, Contact.name)
        .join(Plan, Plan.id == Action.plan_id)
        .join(Account, Account.id == Plan.account_id)
        .outerjoin(Goal, Goal.id == Action.goal_id)
        .outerjoin(Milestone, Milestone.id == Action.milestone_id)
        .outerjoin(Member, (Member.id == Action.owner_id) & Member.deleted_at.is_(None))
        .outerjoin(Contact, (Contact.id == Action.customer_owner_id) & Contact.deleted_at.is_(None))
        .where(Action.deleted_at.is_(None), Plan.deleted_at.is_(None))
        .where(Account.deleted_at.is_(None), Account.status.is_not(AccountStatus.CHURNED))
        .where(Account.archived_on.is_(None))
        .where(Goal.deleted_at.is_(None), Milestone.deleted_at.is_(None))
        .where(Action.due_on < today, Action.status.not_in(CLOSED_ACTIONS))
        .where(Plan.status.in_(LIVE_PLANS))
        .order_by(Action.due_on, Account.name, Action.title, Action.id)
    )
    return [
        LateAction(
            account=account or "",
            title=action.title or "",
            due_on=action.due_on,
            days=(today - action.due_on).days,
            status=action.status,
            owner=owner or "",
            customer_owner=customer_owner or "",
        )
        for action, account, owner, customer_owner in found
        if action.due_on is not None
    ]
