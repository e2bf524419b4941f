"""KPIs of an account: its values oldest first, and what its plans aim at."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.plan_items import add_item, delete_items, edit_item
from csdesk.actions.plans import add_measure, add_plan, delete_measure, delete_plan, edit_plan
from csdesk.model.identity import kpi_value_id
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Account, KpiValue
from csdesk.model.vocabulary import (
    Direction,
    Frequency,
    GoalStatus,
    KpiCategory,
    KpiKind,
    PlanStatus,
    TargetMode,
)
from csdesk.queries.kpis import KpiTarget, account_kpis, kpi_catalogue
from csdesk.workspace.workspace import Workspace

JANUARY = dt.date(2026, 1, 1)


@pytest.fixture
def account(workspace: Workspace) -> str:
    """Add an account and return its id."""
    return workspace.write("Add", add_account, "青葉物流").result


@pytest.fixture
def kpi(workspace: Workspace) -> str:
    """Add a KPI and return its id."""
    return workspace.write("KPI", add_kpi, "Logins").result


def aim(workspace: Workspace, account: str, kpi: str, **fields: Any) -> tuple[str, ItemRef, str]:
    """Measure a goal of a new plan by the KPI; return plan, goal and measure."""
    plan_fields = {
        "status": fields.pop("status", PlanStatus.ACTIVE),
        "end_on": fields.pop("end", None),
    }

    def add(session: Session) -> tuple[str, ItemRef, str]:
        plan = add_plan(session, account, "P", **plan_fields)
        goal = add_item(session, ItemKind.GOAL, ItemRef(None, plan), "G")
        return plan, goal, add_measure(session, goal.id, kpi, **fields)

    return workspace.write("Aim", add).result


def target(workspace: Workspace, account: str) -> KpiTarget | None:
    """Return what is aimed at for the account's only KPI."""
    (series,) = workspace.read(account_kpis, account)
    return series.target


def test_a_kpi_without_values_and_targets_is_not_shown(
    workspace: Workspace, account: str, kpi: str
) -> None:
    assert workspace.read(account_kpis, account) == []
    assert [row.id for row in workspace.read(kpi_catalogue)] == [kpi]


def test_values_stand_by_period_with_their_gaps(
    workspace: Workspace, account: str, kpi: str
) -> None:
    for month in (11, 2, 7):
        workspace.write("Set", set_kpi_value, account, kpi, dt.date(2026, month, 9), Decimal(month))
    (series,) = workspace.read(account_kpis, account)
    assert [point.period for point in series.points] == [
        dt.date(2026, month, 1) for month in (2, 7, 11)
    ]
    assert series.latest == series.points[-1]
    assert series.target is None


def test_only_the_values_from_a_day_on_are_read_where_asked_and_the_kpi_stays(
    workspace: Workspace, account: str, kpi: str
) -> None:
    for month in (1, 2, 3):
        workspace.write("Set", set_kpi_value, account, kpi, dt.date(2026, month, 1), Decimal(month))
    (series,) = workspace.read(account_kpis, account, since=dt.date(2026, 2, 1))
    assert [point.value for point in series.points] == [Decimal(2), Decimal(3)]
    (empty,) = workspace.read(account_kpis, account, since=dt.date(2027, 1, 1))
    assert (empty.points, empty.latest) == ((), None)


def test_a_kpi_says_what_it_is(workspace: Workspace, account: str) -> None:
    kpi = workspace.write(
        "KPI",
        add_kpi,
        "解約率",
        name_en="Churn",
        unit="%",
        kind=KpiKind.PERCENT,
        direction=Direction.LOWER,
        frequency=Frequency.QUARTERLY,
        category=KpiCategory.OUTCOME,
    ).result
    workspace.write("Set", set_kpi_value, account, kpi, dt.date(2026, 5, 5), Decimal("1.5"))
    (series,) = workspace.read(account_kpis, account)
    assert (series.name, series.name_en, series.unit) == ("解約率", "Churn", "%")
    assert (series.kind, series.direction) == (KpiKind.PERCENT, Direction.LOWER)
    assert (series.frequency, series.category) == (Frequency.QUARTERLY, KpiCategory.OUTCOME)
    assert series.points[0].period == dt.date(2026, 4, 1)


def test_kpis_stand_in_the_order_of_the_catalogue(workspace: Workspace, account: str) -> None:
    names = ["B", "C", "A"]
    kpis = [workspace.write("KPI", add_kpi, name).result for name in names]
    for kpi in reversed(kpis):
        workspace.write("Set", set_kpi_value, account, kpi, JANUARY, Decimal(1))
    assert [series.name for series in workspace.read(account_kpis, account)] == names


def test_a_value_that_a_merge_left_empty_is_a_gap(
    workspace: Workspace, account: str, kpi: str
) -> None:
    def merge(session: Session) -> None:
        row_id = kpi_value_id(account, kpi, JANUARY)
        session.add(
            KpiValue(id=row_id, account_id=account, kpi_id=kpi, period=JANUARY, note="asked twice")
        )

    workspace.write("Merge", merge)
    assert workspace.read(account_kpis, account) == []


@pytest.mark.parametrize(
    ("mode", "given", "number"),
    [
        (TargetMode.ABSOLUTE, "96", "96"),
        (TargetMode.PERCENT_OF_BASELINE, "120", "96"),
        (TargetMode.PERCENT_INCREASE, "20", "96"),
        (TargetMode.PERCENT_INCREASE, "-25", "60"),
    ],
)
def test_a_target_is_the_number_it_stands_for_whatever_its_mode(
    workspace: Workspace, account: str, kpi: str, mode: TargetMode, given: str, number: str
) -> None:
    day = dt.date(2026, 12, 31)
    aim(
        workspace,
        account,
        kpi,
        baseline=Decimal(80),
        baseline_on=JANUARY,
        target_mode=mode,
        target=Decimal(given),
        target_on=day,
    )
    assert target(workspace, account) == KpiTarget(Decimal(80), JANUARY, Decimal(number), day)


def test_a_percentage_of_an_unknown_baseline_is_no_number(
    workspace: Workspace, account: str, kpi: str
) -> None:
    aim(workspace, account, kpi, target_mode=TargetMode.PERCENT_INCREASE, target=Decimal(20))
    found = target(workspace, account)
    assert found is not None
    assert found.target is None


def test_the_plan_that_ends_last_says_what_is_aimed_at(
    workspace: Workspace, account: str, kpi: str
) -> None:
    for year, number in ((2027, 3), (2028, 7), (2026, 5)):
        aim(workspace, account, kpi, end=dt.date(year, 3, 31), target=Decimal(number))
    found = target(workspace, account)
    assert found is not None
    assert found.target == 7


def test_what_is_closed_given_up_or_deleted_aims_at_nothing(
    workspace: Workspace, account: str, kpi: str
) -> None:
    write = workspace.write
    plan, goal, measure = aim(workspace, account, kpi, target=Decimal(1))
    ways = [
        lambda session: edit_plan(session, plan, status=PlanStatus.COMPLETED),
        lambda session: edit_plan(session, plan, status=PlanStatus.CANCELED),
        lambda session: edit_item(session, goal, status=GoalStatus.CANCELED),
        lambda session: delete_items(session, [goal]),
        lambda session: delete_measure(session, measure),
        lambda session: delete_plan(session, plan),
    ]
    for way in ways:
        assert target(workspace, account) is not None
        write("End", way)
        assert workspace.read(account_kpis, account) == []
        workspace.undo()


def test_a_goal_that_was_reached_still_shows_what_it_aimed_at(
    workspace: Workspace, account: str, kpi: str
) -> None:
    _plan, goal, _measure = aim(workspace, account, kpi, target=Decimal(1))
    workspace.write("Reach", edit_item, goal, status=GoalStatus.ACHIEVED)
    assert target(workspace, account) is not None


def test_accounts_whose_ids_begin_alike_keep_their_values_apart(
    workspace: Workspace, kpi: str
) -> None:
    def add(session: Session) -> None:
        for row_id in ("a", "a-b", "ab", "a;"):
            session.add(Account(id=row_id, name=row_id))
        session.flush()
        for number, row_id in enumerate(("a", "a-b", "ab", "a;")):
            set_kpi_value(session, row_id, kpi, JANUARY, Decimal(number))

    workspace.write("Add", add)
    for number, row_id in enumerate(("a", "a-b", "ab", "a;")):
        (series,) = workspace.read(account_kpis, row_id)
        assert [point.value for point in series.points] == [Decimal(number)]
