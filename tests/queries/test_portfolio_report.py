"""What the portfolio report tells, and what it leaves out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from csdesk.actions.rows import change_row, delete_row
from csdesk.actions.sample import add_sample
from csdesk.model.vocabulary import GoalStatus
from csdesk.queries.portfolio_report import PortfolioReport, portfolio_report
from csdesk.queries.rows import find_row, rows_of
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def workspace(tmp_path: Path, home: Home) -> Workspace:
    """Open a workspace with the English sample."""
    opened = Workspace.create(tmp_path / "w.csdesk", home=home, author="Kim")
    opened.write("Sample", add_sample, "en", TODAY)
    return opened


def report(workspace: Workspace) -> PortfolioReport:
    return workspace.read(portfolio_report, today=TODAY)


def test_late_items_come_oldest_first_with_their_people(workspace: Workspace) -> None:
    with workspace:
        late = report(workspace).late
    assert [(action.days, action.title) for action in late][:2] == [
        (16, "Make the table of product codes"),
        (9, "Fix the days of the visits"),
    ]
    assert late[0].customer_owner == "Kevin Doyle"
    assert [action.days for action in late] == [16, 9, 6, 5, 4, 2, 1]


def test_the_late_items_agree_with_the_figures(workspace: Workspace) -> None:
    with workspace:
        found = report(workspace)
    assert found.figures.late_actions == len(found.late)
    assert found.figures.accounts == len(found.accounts)
    assert found.figures.renewals_soon == len(found.renewals)
    assert found.figures.without_plan == len(found.without_plan)


def test_renewals_come_by_date_and_churned_accounts_not_at_all(workspace: Workspace) -> None:
    with workspace:
        found = report(workspace)
    assert [row.name for row in found.renewals] == ["Blue Larch Insurance", "Quillon Hotels"]
    assert "Cloudwell Bridge Builders" not in [row.name for row in found.accounts]
    assert found.our_company == "Lanternfield Cloud, Inc."


def test_done_items_and_those_of_deleted_plans_are_not_late(workspace: Workspace) -> None:
    with workspace:
        action = workspace.read(find_row, "action", "Make the table of product codes")
        workspace.write("Done", change_row, "action", action, {"status": "done"})
        plan = workspace.read(find_row, "plan", "Back to daily use in the branches")
        workspace.write("Delete", delete_row, "plan", plan)
        titles = [action.title for action in report(workspace).late]
    assert "Make the table of product codes" not in titles
    assert "Fix the days of the visits" not in titles
    assert len(titles) == 4


def test_goals_are_counted_by_their_end_and_the_open_ones_by_their_standing(
    workspace: Workspace,
) -> None:
    with workspace:
        before = report(workspace).goals
        goals = workspace.read(lambda session: [row.id for row in rows_of(session, "goal")])[:3]
        for goal, status in zip(goals, ("achieved", "partially", "canceled"), strict=True):
            workspace.write("End", change_row, "goal", goal, {"status": status})
        after = report(workspace).goals
    assert before.result is None
    assert (after.closed(GoalStatus.ACHIEVED), after.closed(GoalStatus.PARTIALLY)) == (1, 1)
    assert after.result == Decimal("0.75")
    assert sum(after.counts.values()) == sum(before.counts.values()) - 1


def test_goals_of_canceled_plans_and_churned_accounts_do_not_count(workspace: Workspace) -> None:
    with workspace:
        before = sum(report(workspace).goals.counts.values())
        plan = workspace.read(find_row, "plan", "Back to daily use in the branches")
        workspace.write("Stop", change_row, "plan", plan, {"status": "canceled"})
        stopped = sum(report(workspace).goals.counts.values())
        account = workspace.read(find_row, "account", "Quillon Hotels")
        workspace.write("Churn", change_row, "account", account, {"status": "churned"})
        churned = sum(report(workspace).goals.counts.values())
    assert before > stopped > churned
