"""What became of a plan between two versions, as a customer would tell it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    PlanStatus,
    ProgressRag,
    Side,
)
from csdesk.queries.customer_rows import (
    ActionRow,
    CustomerPlan,
    FeedbackRow,
    GoalRow,
    KpiLine,
    MeasureRow,
    MilestoneRow,
    Person,
    SeriesPoint,
)
from csdesk.queries.plan_changes import ChangeKind, plan_changes, unagreed_items

TODAY = dt.date(2026, 3, 2)
JAN_15, JAN_31 = dt.date(2026, 1, 15), dt.date(2026, 1, 31)

KPI = KpiLine(
    "Active usage",
    "%",
    "percent",
    "higher",
    "monthly",
    (SeriesPoint(dt.date(2026, 1, 1), Decimal(58)),),
    id="k",
)
MEASURE = MeasureRow(
    KPI, "higher", baseline=Decimal(50), target=Decimal(80), current=Decimal(58), id="s"
)
MILESTONE = MilestoneRow("All sites live", due_on=JAN_15, id="i")
GOAL = GoalRow(
    "Raise usage",
    status=GoalStatus.IN_PROGRESS,
    rag=ProgressRag.ON_TRACK,
    due_on=JAN_15,
    owner="Misaki",
    customer_owner="Yamada",
    measures=(MEASURE,),
    milestones=(MILESTONE,),
    id="g",
)
OTHER = GoalRow("Second goal", id="h")
ACTION = ActionRow(
    "Send the list", Side.CUSTOMER, due_on=JAN_15, status=ActionStatus.OPEN, goal=GOAL.title, id="t"
)
PLAN = CustomerPlan(
    "Acme",
    TODAY,
    title="Adoption",
    plan_id="p",
    goals=(GOAL, OTHER),
    actions=(ACTION,),
    our_people=(Person("Misaki", id="m"), Person("Ken", id="n")),
    customer_people=(Person("Yamada", id="c"),),
    risks=("The data arrives late.",),
    feedback=(FeedbackRow("Too slow", "Now faster", id="f"),),
    kpis=(KPI,),
)


def _with(entity: str, **fields: Any) -> CustomerPlan:
    """Return the plan with fields of its one row of a kind changed."""
    if entity == "plan":
        return replace(PLAN, **fields)
    if entity == "action":
        return replace(PLAN, actions=(replace(ACTION, **fields),))
    goal = GOAL
    if entity == "goal":
        goal = replace(GOAL, **fields)
    elif entity == "milestone":
        goal = replace(GOAL, milestones=(replace(MILESTONE, **fields),))
    else:
        goal = replace(GOAL, measures=(replace(MEASURE, **fields),))
    return replace(PLAN, goals=(goal, OTHER))


def _told(before: CustomerPlan, after: CustomerPlan) -> list[tuple[str, str, str, str]]:
    return [
        (change.kind.value, change.entity, change.id, change.field)
        for change in plan_changes(before, after)
    ]


CHANGES: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("goal", {"status": GoalStatus.ACHIEVED}, ("finished", "status")),
    ("goal", {"status": GoalStatus.PARTIALLY}, ("finished", "status")),
    ("goal", {"status": GoalStatus.MISSED}, ("finished", "status")),
    ("goal", {"status": GoalStatus.PAUSED}, ("changed", "status")),
    ("goal", {"rag": ProgressRag.AT_RISK}, ("changed", "status")),
    ("goal", {"title": "Raise usage a lot"}, ("changed", "title")),
    ("goal", {"why": "Because"}, ("changed", "why")),
    ("goal", {"owner": "Ken"}, ("changed", "owner")),
    ("goal", {"customer_owner": ""}, ("changed", "customer_owner")),
    ("goal", {"due_on": JAN_31}, ("moved", "due_on")),
    ("goal", {"start_on": JAN_15}, ("moved", "start_on")),
    ("goal", {"closing_note": "Well done"}, ("changed", "closing_note")),
    ("milestone", {"status": MilestoneStatus.ACHIEVED}, ("finished", "status")),
    ("milestone", {"status": MilestoneStatus.AT_RISK}, ("changed", "status")),
    ("milestone", {"due_on": None}, ("moved", "due_on")),
    ("milestone", {"done_definition": "All 12"}, ("changed", "done_definition")),
    ("measure", {"target": Decimal(85)}, ("changed", "target")),
    ("measure", {"target_on": JAN_31}, ("moved", "target_on")),
    ("measure", {"baseline": Decimal(52)}, ("changed", "baseline")),
    ("measure", {"current": Decimal("74.8")}, ("changed", "current")),
    ("measure", {"kpi": replace(KPI, name="Weekly usage")}, ("changed", "title")),
    ("measure", {"source": "Log"}, ("changed", "source")),
    ("action", {"status": ActionStatus.DONE}, ("finished", "status")),
    ("action", {"status": ActionStatus.WAITING_CUSTOMER}, ("changed", "status")),
    ("action", {"side": Side.US}, ("changed", "side")),
    ("action", {"due_on": JAN_31}, ("moved", "due_on")),
    ("action", {"goal": OTHER.title}, ("changed", "goal")),
    ("plan", {"title": "Adoption 2"}, ("changed", "title")),
    ("plan", {"end_on": JAN_31}, ("moved", "end_on")),
    ("plan", {"next_review_on": JAN_31}, ("moved", "next_review_on")),
    ("plan", {"review_cadence": "Monthly"}, ("changed", "review_cadence")),
    ("plan", {"success_statement": "We win"}, ("changed", "success_statement")),
    ("plan", {"background": "Long ago"}, ("changed", "background")),
    ("plan", {"to_be": "One day"}, ("changed", "to_be")),
    ("plan", {"owner": "Ken"}, ("changed", "owner")),
]
_IDS = {"plan": "p", "goal": "g", "milestone": "i", "measure": "s", "action": "t"}


@pytest.mark.parametrize(("entity", "fields", "expected"), CHANGES)
def test_one_edit_is_told_as_one_change(
    entity: str, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    kind, field = expected
    assert _told(PLAN, _with(entity, **fields)) == [(kind, entity, _IDS[entity], field)]


NO_CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("plan", {"today": JAN_31}),
    ("plan", {"version": 9}),
    ("plan", {"progress": Decimal("0.5")}),
    ("plan", {"status": PlanStatus.AGREED}),
    ("plan", {"goals": (OTHER, GOAL)}),
    ("goal", {"is_overdue": True}),
    ("goal", {"progress": Decimal("0.5")}),
    ("goal", {"status": GoalStatus.NOT_STARTED}),  # its standing is what is shown
    ("measure", {"expected": Decimal(70)}),
    ("measure", {"progress": Decimal("0.5")}),
    ("milestone", {"is_overdue": True}),
    ("action", {"is_overdue": True}),
    ("action", {"done_on": JAN_31}),
]


@pytest.mark.parametrize(("entity", "fields"), NO_CHANGES)
def test_what_only_time_or_order_brought_is_no_change(entity: str, fields: dict[str, Any]) -> None:
    assert not plan_changes(PLAN, _with(entity, **fields))


def test_items_that_came_and_went_are_told_once_with_their_goal() -> None:
    without = replace(
        PLAN, goals=(replace(GOAL, measures=(), milestones=()), OTHER), actions=(), risks=()
    )
    added = plan_changes(without, PLAN)
    assert {(change.entity, change.title, change.parent) for change in added} == {
        ("measure", "Active usage", "Raise usage"),
        ("milestone", "All sites live", "Raise usage"),
        ("action", "Send the list", "Raise usage"),
        ("risk", "The data arrives late.", ""),
    }
    assert {change.kind for change in added} == {ChangeKind.ADDED}
    removed = plan_changes(PLAN, without)
    assert {change.kind for change in removed} == {ChangeKind.REMOVED}
    assert {(c.entity, c.id, c.title) for c in removed} == {
        (c.entity, c.id, c.title) for c in added
    }


def test_what_went_with_its_goal_is_told_by_the_goal_alone() -> None:
    without = replace(PLAN, goals=(OTHER,), actions=(replace(ACTION, goal=""),))
    assert ("removed", "goal", "g", "") in _told(PLAN, without)
    assert not {entity for _, entity, _, _ in _told(PLAN, without)} & {"measure", "milestone"}


def test_an_item_under_another_goal_moved_there_and_is_not_new() -> None:
    moved = replace(
        PLAN,
        goals=(replace(GOAL, milestones=()), replace(OTHER, milestones=(MILESTONE,))),
    )
    (change,) = plan_changes(PLAN, moved)
    assert (change.entity, change.field) == ("milestone", "goal")
    assert (change.before, change.after, change.parent) == (GOAL.title, OTHER.title, OTHER.title)


def test_a_renamed_goal_does_not_move_its_actions() -> None:
    after = replace(
        PLAN,
        goals=(replace(GOAL, title="Use it more"), OTHER),
        actions=(replace(ACTION, goal="Use it more"),),
    )
    assert _told(PLAN, after) == [("changed", "goal", "g", "title")]


def test_somebody_with_a_new_name_is_no_other_owner() -> None:
    after = replace(
        PLAN,
        goals=(replace(GOAL, owner="Misaki Mori", customer_owner="Sato"), OTHER),
        our_people=(Person("Misaki Mori", id="m"),),
        customer_people=(Person("Sato", id="d"),),
    )
    assert _told(PLAN, after) == [("changed", "goal", "g", "customer_owner")]


def test_taken_up_again_is_told_so() -> None:
    done = _with("action", status=ActionStatus.DONE)
    assert _told(done, PLAN) == [("reopened", "action", "t", "status")]


def test_answers_that_came_went_or_were_reworded_are_told() -> None:
    assert _told(replace(PLAN, feedback=()), PLAN) == [("added", "feedback", "f", "")]
    assert _told(PLAN, replace(PLAN, feedback=())) == [("removed", "feedback", "f", "")]
    reworded = replace(PLAN, feedback=(FeedbackRow("Too slow", "Much faster", id="f"),))
    assert _told(PLAN, reworded) == [("changed", "feedback", "f", "did")]


def test_kpis_that_stand_in_tell_their_new_values_but_not_that_measures_replaced_them() -> None:
    later = replace(KPI, values=(*KPI.values, SeriesPoint(JAN_31, Decimal(61))))
    assert _told(PLAN, replace(PLAN, kpis=(later,))) == [("changed", "kpi", "k", "current")]
    assert not plan_changes(PLAN, replace(PLAN, kpis=()))


def test_a_change_of_a_measure_knows_its_unit_but_carries_no_values() -> None:
    (change,) = plan_changes(PLAN, _with("measure", current=Decimal("74.8")))
    assert (change.before, change.after) == (Decimal(58), Decimal("74.8"))
    assert change.kpi is not None
    assert (change.kpi.unit, change.kpi.values) == ("%", ())


_AGREED = {"title", "why", "owner", "customer_owner", "start_on", "due_on", "done_definition"}
_AGREED |= {"target", "target_on", "baseline", "side", "kpi", "goal"}


@pytest.mark.parametrize(("entity", "fields", "_expected"), CHANGES)
def test_only_a_change_in_what_was_agreed_is_not_agreed_yet(
    entity: str, fields: dict[str, Any], _expected: tuple[str, str]
) -> None:
    counts = entity != "plan" and set(fields) <= _AGREED
    expected = {_IDS[entity]} if counts else set()
    assert unagreed_items(PLAN, _with(entity, **fields)) == expected


def test_new_items_are_not_agreed_yet_and_removed_ones_are_nobodys() -> None:
    bare = replace(PLAN, goals=(), actions=())
    assert unagreed_items(bare, PLAN) == {"g", "h", "s", "i", "t"}
    assert unagreed_items(PLAN, bare) == frozenset()


_EDITS = st.lists(st.sampled_from([(entity, tuple(f.items())) for entity, f, _ in CHANGES]))


def _edited(plan: CustomerPlan, edits: list[tuple[str, tuple[tuple[str, Any], ...]]]) -> Any:
    for entity, fields in edits:
        values = dict(fields)
        if entity == "plan":
            plan = replace(plan, **values)
        elif entity == "action":
            plan = replace(plan, actions=tuple(replace(row, **values) for row in plan.actions))
        elif entity == "goal":
            plan = replace(plan, goals=(replace(plan.goals[0], **values), *plan.goals[1:]))
        else:
            goal, *others = plan.goals
            rows = "milestones" if entity == "milestone" else "measures"
            changed = tuple(replace(row, **values) for row in getattr(goal, rows))
            plan = replace(plan, goals=(replace(goal, **{rows: changed}), *others))
    return plan


@given(_EDITS, _EDITS)
@settings(max_examples=60)
def test_there_and_back_tell_the_same_fields_with_their_values_swapped(
    first: list[Any], second: list[Any]
) -> None:
    one, other = _edited(PLAN, first), _edited(PLAN, second)
    there = {(c.entity, c.id, c.field, c.before, c.after) for c in plan_changes(one, other)}
    back = {(c.entity, c.id, c.field, c.after, c.before) for c in plan_changes(other, one)}
    assert there == back
    assert not plan_changes(one, one)
    assert bool(there) == bool(plan_changes(other, one))
