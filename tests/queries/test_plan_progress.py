"""How far plans are: measures first, then milestones by weight, then actions; hidden ones apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.plan_items import add_item, delete_items, edit_item
from csdesk.actions.plans import add_measure, add_plan, delete_measure
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import (
    ActionStatus,
    Direction,
    GoalStatus,
    MilestoneStatus,
    TargetMode,
    Visibility,
)
from csdesk.queries.plan_progress import PlanProgress, plan_progress
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)
INTERNAL = {"visibility": Visibility.INTERNAL}


class Desk:
    """One plan to fill, and how far it is."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.account: str = self.do(add_account, "Acme")
        self.plan = ItemRef(None, self.do(add_plan, self.account, "P"))

    def do(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Write one action and return what came of it."""
        return self.workspace.write("Do", action, *args, **kwargs).result

    def goal(self, **fields: Any) -> ItemRef:
        """Add a goal."""
        ref: ItemRef = self.do(add_item, ItemKind.GOAL, self.plan, "G", **fields)
        return ref

    def milestone(self, goal: ItemRef, **fields: Any) -> ItemRef:
        """Add a milestone below a goal."""
        ref: ItemRef = self.do(add_item, ItemKind.MILESTONE, goal, "M", **fields)
        return ref

    def actions(self, below: ItemRef, *statuses: ActionStatus, **fields: Any) -> list[ItemRef]:
        """Add action items of these statuses."""

        def add(session: Session) -> list[ItemRef]:
            return [
                add_item(session, ItemKind.ACTION, below, "A", status=status, **fields)
                for status in statuses
            ]

        refs: list[ItemRef] = self.do(add)
        return refs

    def measure(self, goal: ItemRef, *numbers: int, **fields: Any) -> str:
        """Measure a goal from a baseline to a target, with values of the last months."""
        baseline, wanted, *values = numbers

        def add(session: Session) -> str:
            kpi = add_kpi(session, f"KPI {goal.id} {numbers} {fields}")
            first = dt.date(2026, 11 - len(values) + 1, 1)
            for number, value in enumerate(values):
                day = dt.date(2026, first.month + number, 1)
                set_kpi_value(session, self.account, kpi, day, Decimal(value))
            return add_measure(
                session,
                goal.id,
                kpi,
                baseline=Decimal(baseline),
                target=Decimal(wanted),
                **fields,
            )

        return str(self.do(add))

    def progress(self, **options: Any) -> PlanProgress:
        """Return how far the plan is."""
        options.setdefault("today", TODAY)
        return self.workspace.read(plan_progress, [self.plan.id], **options)[self.plan.id]

    @property
    def whole(self) -> Decimal | None:
        """How far the whole plan is, for the desk."""
        return self.progress().whole


@pytest.fixture
def desk(shared: Workspace) -> Desk:
    """Add an account with a plan to the one workspace of this module."""
    return Desk(shared)


DONE, OPEN, DROPPED = ActionStatus.DONE, ActionStatus.OPEN, ActionStatus.CANCELED


def test_a_plan_without_goals_says_nothing(desk: Desk) -> None:
    assert desk.progress() == PlanProgress(None)
    desk.actions(desk.plan, DONE)
    assert desk.whole is None


def test_a_plan_that_is_not_there_says_nothing(desk: Desk) -> None:
    found = desk.workspace.read(plan_progress, ["unknown", desk.plan.id], today=TODAY)
    assert found == {"unknown": PlanProgress(None), desk.plan.id: PlanProgress(None)}
    assert desk.workspace.read(plan_progress, [], today=TODAY) == {}


@pytest.mark.parametrize(
    ("statuses", "share"),
    [
        ([DONE, OPEN, OPEN, OPEN], "0.25"),
        ([DONE, DROPPED, OPEN], "0.5"),
        ([DONE, DONE], "1"),
        ([OPEN, ActionStatus.DEFERRED, ActionStatus.WAITING_CUSTOMER], "0"),
        ([DROPPED], "0"),
        ([], "0"),
    ],
)
def test_a_milestone_is_the_share_of_its_actions_done_without_dropped_ones(
    desk: Desk, statuses: list[ActionStatus], share: str
) -> None:
    goal = desk.goal()
    milestone = desk.milestone(goal)
    desk.actions(milestone, *statuses)
    progress = desk.progress()
    assert progress.milestones == {milestone.id: Decimal(share)}
    assert progress.goals == {goal.id: Decimal(share)}
    assert progress.whole == Decimal(share)


def test_an_achieved_milestone_is_all_of_it_and_a_canceled_one_counts_nowhere(desk: Desk) -> None:
    goal = desk.goal()
    achieved = desk.milestone(goal, status=MilestoneStatus.ACHIEVED)
    canceled = desk.milestone(goal, status=MilestoneStatus.CANCELED)
    desk.milestone(goal)
    desk.actions(achieved, OPEN, OPEN)
    desk.actions(canceled, DONE)
    progress = desk.progress()
    assert progress.milestones[achieved.id] == 1
    assert progress.milestones[canceled.id] is None
    assert progress.whole == Decimal("0.5")


def test_milestones_count_by_their_weight(desk: Desk) -> None:
    goal = desk.goal()
    desk.milestone(goal, weight=3, status=MilestoneStatus.ACHIEVED)
    desk.milestone(goal, weight=1)
    desk.milestone(goal, weight=0, status=MilestoneStatus.ACHIEVED)
    assert desk.whole == Decimal("0.75")


def test_measures_come_before_milestones(desk: Desk) -> None:
    goal = desk.goal()
    desk.milestone(goal, status=MilestoneStatus.ACHIEVED)
    measure = desk.measure(goal, 1_000_000, 1_250_000, 900_000, 1_100_000)
    assert desk.whole == Decimal("0.4")
    desk.do(delete_measure, measure)
    assert desk.whole == 1


@pytest.mark.parametrize(
    ("numbers", "share"),
    [
        ((1_000_000, 1_250_000, 1_100_000), "0.4"),
        ((8, 2, 5), "0.5"),
        ((100, 200, 50), "-0.5"),
        ((100, 200, 250), "1.5"),
        ((0, 3, 1), str(Decimal(1) / 3)),
    ],
)
def test_a_measure_is_never_clamped_nor_rounded(
    desk: Desk, numbers: tuple[int, ...], share: str
) -> None:
    goal = desk.goal()
    measure = desk.measure(goal, *numbers)
    assert desk.progress().measures == {measure: Decimal(share)}


@pytest.mark.parametrize(
    ("mode", "given"),
    [
        (TargetMode.ABSOLUTE, 96),
        (TargetMode.PERCENT_OF_BASELINE, 120),
        (TargetMode.PERCENT_INCREASE, 20),
    ],
)
def test_every_way_to_give_a_target_comes_to_the_same(
    desk: Desk, mode: TargetMode, given: int
) -> None:
    desk.measure(desk.goal(), 80, given, 84, target_mode=mode)
    assert desk.whole == Decimal("0.25")


@pytest.mark.parametrize(
    ("direction", "value", "share"),
    [
        (Direction.HIGHER, 99, 0),
        (Direction.HIGHER, 101, 1),
        (Direction.LOWER, 101, 0),
        (Direction.KEEP, 100, 1),
        (Direction.KEEP, 101, 0),
    ],
)
def test_a_target_that_equals_the_baseline_means_to_keep_it(
    desk: Desk, direction: Direction, value: int, share: int
) -> None:
    desk.measure(desk.goal(), 100, 100, value, direction=direction)
    assert desk.whole == share


def test_a_measure_without_a_value_leaves_the_goal_to_its_milestones(desk: Desk) -> None:
    goal = desk.goal()
    desk.measure(goal, 0, 10)
    desk.milestone(goal, status=MilestoneStatus.ACHIEVED)
    assert desk.whole == 1


def test_values_after_the_day_do_not_count(desk: Desk) -> None:
    desk.measure(desk.goal(), 0, 10, 2, 8)
    assert desk.progress(today=dt.date(2026, 10, 31)).whole == Decimal("0.2")
    assert desk.progress(today=dt.date(2026, 11, 1)).whole == Decimal("0.8")
    assert desk.progress(today=dt.date(2026, 9, 30)).whole is None


def test_a_goal_with_neither_counts_its_own_actions(desk: Desk) -> None:
    desk.actions(desk.goal(), DONE, OPEN, DROPPED)
    assert desk.whole == Decimal("0.5")


def test_actions_beside_milestones_do_not_count_twice(desk: Desk) -> None:
    goal = desk.goal()
    desk.actions(desk.milestone(goal), DONE)
    desk.actions(goal, OPEN, OPEN, OPEN)
    assert desk.whole == 1


@pytest.mark.parametrize(
    ("status", "share"),
    [(GoalStatus.NOT_STARTED, None), (GoalStatus.ACHIEVED, 1), (GoalStatus.CANCELED, None)],
)
def test_a_goal_with_nothing_below_is_done_when_it_is_achieved(
    desk: Desk, status: GoalStatus, share: int | None
) -> None:
    goal = desk.goal()
    desk.do(edit_item, goal, status=status)
    assert desk.progress().goals == {goal.id: share}


def test_a_plan_is_the_mean_of_the_goals_that_are_known(desk: Desk) -> None:
    desk.actions(desk.goal(), DONE)
    desk.actions(desk.goal(), OPEN)
    desk.goal()
    canceled = desk.goal(status=GoalStatus.CANCELED)
    desk.actions(canceled, DONE)
    assert desk.whole == Decimal("0.5")


def test_what_was_deleted_does_not_count(desk: Desk) -> None:
    kept, gone = desk.goal(), desk.goal()
    refs = desk.actions(kept, DONE, OPEN)
    desk.actions(gone, OPEN)
    desk.do(delete_items, [gone, refs[1]])
    assert desk.progress().goals == {kept.id: Decimal(1)}


def test_plans_read_together_keep_apart(desk: Desk) -> None:
    other = Desk(desk.workspace)
    desk.actions(desk.goal(), DONE)
    other.actions(other.goal(), OPEN)
    found = desk.workspace.read(plan_progress, [desk.plan.id, other.plan.id], today=TODAY)
    assert (found[desk.plan.id].whole, found[other.plan.id].whole) == (1, 0)


class TestForTheCustomer:
    def test_internal_goals_do_not_count(self, desk: Desk) -> None:
        desk.actions(desk.goal(), DONE)
        hidden = desk.goal(**INTERNAL)
        desk.actions(hidden, OPEN)
        assert desk.whole == Decimal("0.5")
        seen = desk.progress(customer_only=True)
        assert seen.whole == 1
        assert hidden.id not in seen.goals

    def test_internal_milestones_hide_their_actions(self, desk: Desk) -> None:
        goal = desk.goal()
        hidden = desk.milestone(goal, **INTERNAL)
        desk.actions(hidden, DONE)
        shown = desk.milestone(goal)
        desk.actions(shown, OPEN)
        seen = desk.progress(customer_only=True)
        assert (seen.milestones, seen.whole) == ({shown.id: Decimal(0)}, 0)

    def test_internal_actions_do_not_count(self, desk: Desk) -> None:
        milestone = desk.milestone(desk.goal())
        desk.actions(milestone, DONE)
        desk.actions(milestone, OPEN, **INTERNAL)
        assert desk.whole == Decimal("0.5")
        assert desk.progress(customer_only=True).whole == 1

    def test_what_says_nothing_about_who_may_see_it_is_internal(self, desk: Desk) -> None:
        goal = desk.goal()
        desk.actions(goal, DONE)
        desk.do(edit_item, goal, visibility=None)
        assert desk.progress(customer_only=True) == PlanProgress(None)

    def test_a_visible_milestone_of_an_internal_goal_is_hidden(self, desk: Desk) -> None:
        goal = desk.goal(**INTERNAL)
        desk.milestone(goal, status=MilestoneStatus.ACHIEVED)
        desk.measure(goal, 0, 10, 5)
        assert desk.progress(customer_only=True) == PlanProgress(None)
