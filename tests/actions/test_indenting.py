"""Tab and Shift+Tab in the outline: kinds change, nothing that stands below is ever lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.indenting import indent_item, outdent_item
from csdesk.actions.kpis import add_kpi
from csdesk.actions.plan_items import (
    add_item,
    delete_items,
    duplicate_item,
    edit_item,
    move_item,
    shift_item,
    tick_item,
)
from csdesk.actions.plans import add_measure, add_plan
from csdesk.errors import UserError
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Milestone
from csdesk.model.vocabulary import ActionStatus, GoalStatus, MilestoneStatus, Visibility
from csdesk.queries.outline import OutlineItem, PlanOutline
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline, Shape, fill

MARCH = dt.date(2026, 3, 31)


@pytest.fixture
def workspace(shared: Workspace) -> Workspace:
    """Share one workspace: every test has a plan of its own."""
    return shared


@pytest.mark.parametrize(
    ("shape", "title", "becomes"),
    [
        # An action item goes below the goal or milestone before it.
        ({"G1": {}, "A1": {}}, "A1", {"G1": {"A1": {}}}),
        ({"G1": {"A0": {}}, "A1": {}, "G2": {}}, "A1", {"G1": {"A0": {}, "A1": {}}, "G2": {}}),
        ({"G1": {"M1": {}, "A1": {}}}, "A1", {"G1": {"M1": {"A1": {}}}}),
        ({"G1": {"M1": {}, "A0": {}, "A1": {}}}, "A1", {"G1": {"M1": {"A1": {}}, "A0": {}}}),
        # A milestone becomes an action item of the milestone before it, with its own ones.
        ({"G1": {"M1": {}, "M2": {}}}, "M2", {"G1": {"M1": {"M2": {}}}}),
        (
            {"G1": {"M1": {"A0": {}}, "M2": {"A1": {}, "A2": {}}, "A3": {}}},
            "M2",
            {"G1": {"M1": {"A0": {}, "M2": {}, "A1": {}, "A2": {}}, "A3": {}}},
        ),
        # A goal becomes a milestone of the goal before it; its milestones follow it there.
        ({"G1": {}, "G2": {}}, "G2", {"G1": {"G2": {}}}),
        (
            {"G1": {"A0": {}}, "A9": {}, "G2": {"M1": {"A1": {}}, "A2": {}}},
            "G2",
            {"G1": {"A0": {}, "G2": {"A2": {}}, "M1": {"A1": {}}}, "A9": {}},
        ),
    ],
)
def test_an_indented_item_goes_below_the_one_before_it(
    outline: Outline, shape: Shape, title: str, becomes: Shape
) -> None:
    outline.workspace.write("Fill", fill, outline.plan, shape)
    before = outline.read()
    outline.do(indent_item, title)
    assert in_order(outline.tree()) == in_order(becomes)
    outline.workspace.undo()
    assert outline.read() == before


@pytest.mark.parametrize(
    ("shape", "title", "becomes"),
    [
        ({"G1": {"A1": {}, "A2": {}}}, "A1", {"G1": {"A2": {}}, "A1": {}}),
        ({"G1": {"A1": {}}, "G2": {}}, "A1", {"G1": {}, "A1": {}, "G2": {}}),
        ({"G1": {"M1": {"A1": {}}, "M2": {}}}, "A1", {"G1": {"M1": {}, "A1": {}, "M2": {}}}),
        ({"G1": {"M1": {}, "A1": {}}, "G2": {}}, "M1", {"G1": {"A1": {}}, "M1": {}, "G2": {}}),
        (
            {"G1": {"M0": {}, "M1": {"A1": {}, "A2": {}}}},
            "M1",
            {"G1": {"M0": {}}, "M1": {"A1": {}, "A2": {}}},
        ),
    ],
)
def test_an_outdented_item_goes_right_after_the_one_that_held_it(
    outline: Outline, shape: Shape, title: str, becomes: Shape
) -> None:
    outline.workspace.write("Fill", fill, outline.plan, shape)
    before = outline.read()
    outline.do(outdent_item, title)
    assert in_order(outline.tree()) == in_order(becomes)
    outline.workspace.undo()
    assert outline.read() == before


def in_order(shape: Shape) -> list[object]:
    """Write a shape so that the order of its items counts in a comparison."""
    return [(title, in_order(inside)) for title, inside in shape.items()]


@pytest.mark.parametrize(
    ("shape", "title"),
    [
        ({"G1": {}}, "G1"),
        ({"A1": {}}, "A1"),
        ({"A1": {}, "G1": {}}, "G1"),
        ({"G1": {"M1": {}}}, "M1"),
        ({"G1": {"A1": {}, "M1": {}}}, "M1"),
        ({"G1": {"A1": {}, "A2": {}}}, "A2"),
        ({"G1": {"M1": {"A1": {}, "A2": {}}}}, "A2"),
    ],
)
def test_an_item_with_nothing_above_that_could_hold_it_stays(
    outline: Outline, shape: Shape, title: str
) -> None:
    outline.workspace.write("Fill", fill, outline.plan, shape)
    with pytest.raises(UserError, match="nothing above"):
        outline.do(indent_item, title)
    assert outline.tree() == shape


def test_an_item_at_the_top_cannot_move_further_out(outline: Outline) -> None:
    outline.workspace.write("Fill", fill, outline.plan, {"G1": {}, "A1": {}})
    for title in ("G1", "A1"):
        with pytest.raises(UserError, match="top already"):
            outline.do(outdent_item, title)


def test_a_goal_with_success_measures_does_not_become_a_milestone(outline: Outline) -> None:
    outline.workspace.write("Fill", fill, outline.plan, {"G1": {}, "G2": {"M1": {}}})
    kpi = outline.workspace.write("KPI", add_kpi, "Logins").result
    outline.workspace.write("Measure", add_measure, outline.ref("G2").id, kpi)
    before = outline.read()
    with pytest.raises(UserError, match="success measures") as caught:
        outline.do(indent_item, "G2")
    assert "G2" in caught.value.message
    assert outline.read() == before


def test_what_an_item_says_goes_with_it_from_kind_to_kind(outline: Outline) -> None:
    outline.workspace.write("Fill", fill, outline.plan, {"G0": {"M0": {}}, "G1": {}})
    outline.do(
        edit_item,
        "G1",
        why="So that orders arrive",
        start_on=MARCH,
        due_on=MARCH,
        internal_note="careful",
        closing_note="Went well",
        visibility=Visibility.INTERNAL,
    )
    outline.do(indent_item, "G1")
    milestone = outline.item("G1")
    assert milestone.ref.kind is ItemKind.MILESTONE
    assert milestone.text == "So that orders arrive"
    assert milestone.internal_note == "careful\n\nWent well"
    assert (milestone.start_on, milestone.due_on) == (MARCH, MARCH)
    assert milestone.visibility == Visibility.INTERNAL

    def first_due(session: Session) -> dt.date | None:
        return session.get_one(Milestone, milestone.ref.id).original_due_on

    assert outline.workspace.read(first_due) == MARCH
    outline.do(indent_item, "G1")
    action = outline.item("G1")
    assert action.ref.kind is ItemKind.ACTION
    assert action.internal_note == "careful\n\nWent well\n\nSo that orders arrive"
    assert (action.start_on, action.due_on) == (MARCH, MARCH)
    assert action.visibility == Visibility.INTERNAL


def test_a_milestone_that_becomes_a_goal_says_why_it_is_wanted(outline: Outline) -> None:
    outline.workspace.write("Fill", fill, outline.plan, {"G1": {"M1": {}}})
    outline.do(edit_item, "M1", done_definition="All stores trained")
    outline.do(outdent_item, "M1")
    assert outline.item("M1").text == "All stores trained"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (GoalStatus.NOT_STARTED, MilestoneStatus.NOT_STARTED),
        (GoalStatus.IN_PROGRESS, MilestoneStatus.IN_PROGRESS),
        (GoalStatus.PAUSED, MilestoneStatus.IN_PROGRESS),
        (GoalStatus.ACHIEVED, MilestoneStatus.ACHIEVED),
        (GoalStatus.PARTIALLY, MilestoneStatus.IN_PROGRESS),
        (GoalStatus.MISSED, MilestoneStatus.MISSED),
        (GoalStatus.CANCELED, MilestoneStatus.CANCELED),
    ],
)
def test_a_goal_keeps_its_status_as_a_milestone(
    outline: Outline, before: GoalStatus, after: MilestoneStatus
) -> None:
    outline.workspace.write("Fill", fill, outline.plan, {"G1": {}, "G2": {}})
    outline.do(edit_item, "G2", status=before)
    outline.do(indent_item, "G2")
    milestone = outline.item("G2")
    assert milestone.status == after
    assert (milestone.done_on is not None) == (after == MilestoneStatus.ACHIEVED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (MilestoneStatus.NOT_STARTED, ActionStatus.OPEN),
        (MilestoneStatus.IN_PROGRESS, ActionStatus.IN_PROGRESS),
        (MilestoneStatus.AT_RISK, ActionStatus.IN_PROGRESS),
        (MilestoneStatus.ACHIEVED, ActionStatus.DONE),
        (MilestoneStatus.MISSED, ActionStatus.CANCELED),
        (MilestoneStatus.CANCELED, ActionStatus.CANCELED),
    ],
)
def test_a_milestone_keeps_its_status_and_its_date_as_an_action_item(
    outline: Outline, before: MilestoneStatus, after: ActionStatus
) -> None:
    outline.workspace.write("Fill", fill, outline.plan, {"G1": {"M1": {}, "M2": {}}})
    done = {"achieved_on": MARCH} if before == MilestoneStatus.ACHIEVED else {}
    outline.do(edit_item, "M2", status=before, **done)
    outline.do(indent_item, "M2")
    action = outline.item("M2")
    assert (action.status, action.done_on) == (after, done.get("achieved_on"))


def test_what_an_internal_goal_hid_stays_hidden_when_the_goal_is_indented(
    outline: Outline,
) -> None:
    outline.workspace.write(
        "Fill", fill, outline.plan, {"G1": {}, "G2": {"M1": {"A1": {}}, "A2": {}}}
    )
    outline.do(edit_item, "G2", visibility=Visibility.INTERNAL)
    outline.do(indent_item, "G2")
    assert seen_by_the_customer(outline) == {"G1"}


def test_what_an_internal_milestone_hid_stays_hidden_when_it_is_indented(outline: Outline) -> None:
    outline.workspace.write("Fill", fill, outline.plan, {"G1": {"M1": {}, "M2": {"A1": {}}}})
    outline.do(edit_item, "M2", visibility=Visibility.INTERNAL)
    outline.do(indent_item, "M2")
    assert seen_by_the_customer(outline) == {"G1", "M1"}


@pytest.mark.parametrize("title", ["M1", "A2"])
def test_what_is_moved_out_of_an_internal_goal_stays_hidden(outline: Outline, title: str) -> None:
    outline.workspace.write("Fill", fill, outline.plan, {"G1": {"M1": {"A1": {}}, "A2": {}}})
    outline.do(edit_item, "G1", visibility=Visibility.INTERNAL)
    outline.do(outdent_item, title)
    assert seen_by_the_customer(outline) == set()


def seen_by_the_customer(outline: Outline) -> set[str]:
    """Name the items that nothing keeps from the customer."""
    return seen(outline.read())


def seen(outline: PlanOutline) -> set[str]:
    """Name the items of an outline that nothing keeps from the customer."""
    return {
        item.title
        for item in every_item(outline)
        if item.visibility == Visibility.CUSTOMER and not item.hidden_by_parent
    }


def every_item(outline: PlanOutline) -> list[OutlineItem]:
    """List the items of an outline, in no order."""
    found = list(outline.items)
    for item in found:
        found.extend(item.children)
    return found


ADDED = st.tuples(st.just("add"), st.sampled_from(list(ItemKind)), st.integers(0, 99))
MOVED = st.tuples(st.just("move"), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
ON_ONE = st.tuples(
    st.sampled_from(["indent", "outdent", "delete", "duplicate", "tick", "up", "down", "hide"]),
    st.integers(0, 99),
)


@settings(max_examples=15)
@given(st.lists(ON_ONE | ADDED | MOVED, min_size=1, max_size=12))
def test_no_operation_loses_an_item_or_shows_it_and_undo_gives_back_exactly_what_was(
    shared: Workspace, operations: list[tuple[object, ...]]
) -> None:
    account = shared.write("Add", add_account, "Law").result
    plan = shared.write("Plan", add_plan, account, "Law").result
    outline = Outline(shared, plan)
    shared.write("Fill", fill, outline.plan, START)
    for number, operation in enumerate(operations):
        before = outline.read()
        try:
            step = run(outline, operation, f"new {number}")
        except UserError:
            assert outline.read() == before
            continue
        after = outline.read()
        assert after.account_id == account
        check(str(operation[0]), titles(before), titles(after))
        assert seen(after) - seen(before) <= {f"new {number}"}
        if step:
            shared.undo()
            assert outline.read() == before
            shared.redo()
            assert outline.read() == after


START: Shape = {"G1": {"M1": {"A1": {}}, "A2": {}, "M2": {}}, "A3": {}, "G2": {"M3": {}}}


def run(outline: Outline, operation: tuple[object, ...], title: str) -> bool:
    """Carry an operation out on the item it points at; tell whether anything was written."""
    items = outline.all()
    name, *numbers = operation
    spots = [item.ref for item in items] + [outline.plan]
    write = outline.workspace.write
    if name == "add":
        kind, where = numbers
        below = spots[where % len(spots)]
        return write("Add", add_item, kind, below, title).change is not None
    if not items:
        return False
    ref = items[numbers[0] % len(items)].ref
    if name == "move":
        _row, where, after = numbers
        below = spots[where % len(spots)]
        sibling = spots[after % len(spots)]
        chosen = None if sibling.kind is None else ItemRef(sibling.kind, sibling.id)
        return write("Move", move_item, ref, below, after=chosen).change is not None
    return write(str(name), ON_ITEM[str(name)], ref).change is not None


ON_ITEM = {
    "indent": indent_item,
    "outdent": outdent_item,
    "delete": lambda session, ref: delete_items(session, [ref]),
    "duplicate": duplicate_item,
    "tick": lambda session, ref: tick_item(session, ref, True, MARCH),
    "up": lambda session, ref: shift_item(session, ref, -1),
    "down": lambda session, ref: shift_item(session, ref, 1),
    "hide": lambda session, ref: edit_item(session, ref, visibility=Visibility.INTERNAL),
}


def titles(outline: PlanOutline) -> Counter[str]:
    """Count the titles in an outline."""
    return Counter(item.title for item in every_item(outline))


def check(name: str, before: Counter[str], after: Counter[str]) -> None:
    """Demand what each kind of operation promises about the items there are."""
    if name == "add":
        assert (after - before).total() == 1
        assert not before - after
    elif name == "duplicate":
        assert after > before
    elif name == "delete":
        assert after < before
    else:
        assert after == before
