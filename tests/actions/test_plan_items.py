"""The items of a plan's outline: added, moved, copied, ticked off and deleted as one tree."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.editing import delete
from csdesk.actions.kpis import add_kpi
from csdesk.actions.plan_items import (
    add_item,
    delete_items,
    duplicate_item,
    edit_item,
    move_item,
    parent_of,
    set_dependencies,
    shift_item,
    tick_item,
)
from csdesk.actions.plan_items import children as children_of
from csdesk.actions.plan_items import item as item_of
from csdesk.actions.plans import add_measure, add_plan
from csdesk.errors import UserError
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Action, Goal, Measure, Milestone, MilestoneDependency
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    ProgressRag,
    Visibility,
)
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline, Shape, fill

MARCH = dt.date(2026, 3, 31)
JUNE = dt.date(2026, 6, 30)


@pytest.fixture
def workspace(shared: Workspace) -> Workspace:
    """Share one workspace: every test has a plan of its own."""
    return shared


FILLED: Shape = {
    "G1": {"M1": {"A1": {}, "A2": {}}, "M2": {}, "A3": {}},
    "G2": {},
    "A4": {},
}
"""Two goals, the first with two milestones, and action items at every level."""


@pytest.fixture
def filled(outline: Outline) -> Outline:
    """Fill the outline."""
    outline.workspace.write("Fill", fill, outline.plan, FILLED)
    return outline


def test_items_stand_below_their_parents_in_the_order_they_were_added(filled: Outline) -> None:
    assert filled.tree() == FILLED
    assert list(filled.tree()) == ["G1", "G2", "A4"]
    assert list(filled.tree()["G1"]) == ["M1", "M2", "A3"]


def test_an_item_can_be_added_first_or_after_a_sibling(filled: Outline) -> None:
    add = filled.workspace.write
    goal = filled.ref("G1")
    add("Add", add_item, ItemKind.ACTION, goal, "first", first=True)
    add("Add", add_item, ItemKind.MILESTONE, goal, "after M1", after=filled.ref("M1"))
    assert list(filled.tree()["G1"]) == ["first", "M1", "after M1", "M2", "A3"]


def test_an_item_added_after_something_that_stands_elsewhere_comes_last(filled: Outline) -> None:
    filled.workspace.write(
        "Add", add_item, ItemKind.ACTION, filled.ref("G1"), "new", after=filled.ref("A1")
    )
    assert list(filled.tree()["G1"])[-1] == "new"


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (ItemKind.GOAL, "G1"),
        (ItemKind.GOAL, "M1"),
        (ItemKind.GOAL, "A1"),
        (ItemKind.MILESTONE, ""),
        (ItemKind.MILESTONE, "M1"),
        (ItemKind.MILESTONE, "A1"),
        (ItemKind.ACTION, "A1"),
    ],
)
def test_an_item_cannot_stand_where_its_kind_does_not_belong(
    filled: Outline, kind: ItemKind, parent: str
) -> None:
    with pytest.raises(UserError, match="cannot stand there"):
        filled.add(kind, "new", parent)
    assert filled.tree() == FILLED


def test_an_action_knows_the_plan_and_the_goal_it_stands_below(filled: Outline, plan: str) -> None:
    def references(session: Session) -> list[tuple[str, str | None, str | None]]:
        action = session.get_one(Action, filled.ref("A1").id)
        return [(action.plan_id, action.goal_id, action.milestone_id)]

    assert filled.workspace.read(references) == [(plan, filled.ref("G1").id, filled.ref("M1").id)]


def test_an_item_due_before_it_starts_is_refused(filled: Outline) -> None:
    with pytest.raises(UserError, match="due before it starts"):
        filled.goal("new", start_on=JUNE, due_on=MARCH)
    filled.do(edit_item, "M1", start_on=MARCH, due_on=JUNE)
    with pytest.raises(UserError, match="due before it starts"):
        filled.do(edit_item, "M1", start_on=dt.date(2026, 7, 1))
    assert filled.item("M1").start_on == MARCH


def test_an_item_whose_dates_contradict_each_other_can_still_be_renamed(filled: Outline) -> None:
    def merge(session: Session) -> None:
        row = session.get_one(Goal, filled.ref("G1").id)
        row.start_on, row.due_on = JUNE, MARCH

    filled.workspace.write("Merge", merge)
    filled.do(edit_item, "G1", title="Renamed")
    assert filled.item("Renamed").start_on == JUNE


def test_the_first_due_date_of_a_milestone_is_remembered(filled: Outline) -> None:
    def first_due(session: Session) -> dt.date | None:
        return session.get_one(Milestone, filled.ref("M1").id).original_due_on

    assert filled.workspace.read(first_due) is None
    filled.do(edit_item, "M1", due_on=MARCH)
    filled.do(edit_item, "M1", due_on=JUNE)
    assert filled.workspace.read(first_due) == MARCH
    assert filled.item("M1").due_on == JUNE


@pytest.mark.parametrize(
    ("title", "done", "again"),
    [
        ("A1", ActionStatus.DONE, ActionStatus.OPEN),
        ("M1", MilestoneStatus.ACHIEVED, MilestoneStatus.IN_PROGRESS),
        ("G1", GoalStatus.ACHIEVED, GoalStatus.IN_PROGRESS),
    ],
)
def test_a_tick_dates_what_is_done_and_taking_it_back_clears_the_date(
    filled: Outline, title: str, done: str, again: str
) -> None:
    filled.do(tick_item, title, True, MARCH)
    ticked = filled.item(title)
    assert (ticked.status, ticked.is_done, ticked.is_closed) == (done, True, True)
    assert ticked.done_on == (None if title == "G1" else MARCH)
    filled.do(tick_item, title, False)
    reopened = filled.item(title)
    assert (reopened.status, reopened.done_on, reopened.is_done) == (again, None, False)


def test_a_second_tick_keeps_the_first_date(filled: Outline) -> None:
    filled.do(tick_item, "A1", True, MARCH)
    filled.do(tick_item, "A1", True, JUNE)
    assert filled.item("A1").done_on == MARCH


def test_a_status_set_by_hand_dates_like_a_tick(filled: Outline) -> None:
    filled.do(edit_item, "A1", status=ActionStatus.DONE, done_on=MARCH)
    assert filled.item("A1").done_on == MARCH
    filled.do(edit_item, "A1", status=ActionStatus.WAITING_CUSTOMER)
    assert filled.item("A1").done_on is None


def test_deleting_an_item_takes_along_what_stands_below_and_undo_brings_it_back(
    filled: Outline,
) -> None:
    before = filled.read()
    filled.workspace.write("Delete", delete_items, [filled.ref("G1"), filled.ref("A4")])
    assert filled.tree() == {"G2": {}}
    filled.workspace.undo()
    assert filled.read() == before
    filled.workspace.redo()
    assert filled.tree() == {"G2": {}}


def test_deleting_a_parent_and_its_child_together_is_one_deletion(filled: Outline) -> None:
    refs = [filled.ref("M1"), filled.ref("A1"), filled.ref("G1")]
    filled.workspace.write("Delete", delete_items, refs)
    assert filled.tree() == {"G2": {}, "A4": {}}


def test_undoing_a_deletion_leaves_alone_what_was_deleted_before(filled: Outline) -> None:
    filled.do(lambda session, ref: delete_items(session, [ref]), "A1")
    filled.do(lambda session, ref: delete_items(session, [ref]), "M1")
    filled.workspace.undo()
    assert filled.tree()["G1"]["M1"] == {"A2": {}}


@pytest.mark.parametrize(
    ("title", "parent", "after", "tree"),
    [
        ("M2", "G1", None, {"G1": ["M2", "M1", "A3"]}),
        ("M1", "G1", "A3", {"G1": ["M2", "A3", "M1"]}),
        ("M1", "G2", None, {"G1": ["M2", "A3"], "G2": ["M1"]}),
        ("A4", "M1", "A1", {"M1": ["A1", "A4", "A2"]}),
        ("A1", "", "G1", {"": ["G1", "A1", "G2", "A4"]}),
        ("G2", "", None, {"": ["G2", "G1", "A4"]}),
        ("A2", "G1", "M1", {"G1": ["M1", "A2", "M2", "A3"]}),
    ],
)
def test_a_moved_item_stands_where_it_was_put(
    filled: Outline, title: str, parent: str, after: str | None, tree: dict[str, list[str]]
) -> None:
    titles = sorted(item.title for item in filled.all())
    below = filled.ref(parent) if parent else filled.plan
    filled.do(move_item, title, below, after=filled.ref(after) if after else None)
    for place, wanted in tree.items():
        found = [item.title for item in filled.item(place).children] if place else [*filled.tree()]
        assert found == wanted
    assert sorted(item.title for item in filled.all()) == titles


def test_an_item_cannot_be_moved_below_one_that_was_deleted(filled: Outline) -> None:
    gone = filled.ref("G2")
    filled.workspace.write("Delete", delete_items, [gone])
    for title in ("M1", "A4"):
        with pytest.raises(UserError, match="deleted"):
            filled.do(move_item, title, gone)


def test_moving_an_item_after_itself_changes_nothing(filled: Outline) -> None:
    ref = filled.ref("M1")
    step = filled.workspace.write("Move", move_item, ref, filled.ref("G1"), after=ref)
    assert step.change is None


def test_one_move_writes_the_moved_row_only(filled: Outline) -> None:
    ref = filled.ref("M2")
    step = filled.workspace.write("Move", move_item, ref, filled.ref("G1"))
    assert step.change is not None
    assert dict(step.change.rows) == {"milestone": frozenset({ref.id})}


def test_a_goal_moved_to_another_plan_takes_all_that_stands_below_it_along(
    filled: Outline, account: str
) -> None:
    other = filled.workspace.write("Plan", add_plan, account, "Expansion").result
    filled.do(move_item, "G1", ItemRef(None, other))
    assert Outline(filled.workspace, other).tree() == {"G1": FILLED["G1"]}
    assert filled.tree() == {"G2": {}, "A4": {}}


def test_a_milestone_moved_to_another_goal_takes_its_actions_along(filled: Outline) -> None:
    filled.do(move_item, "M1", filled.ref("G2"))
    filled.workspace.write("Delete", delete_items, [filled.ref("G1")])
    assert filled.tree() == {"G2": {"M1": {"A1": {}, "A2": {}}}, "A4": {}}


@pytest.mark.parametrize(
    ("title", "by", "order"),
    [
        ("M1", 1, ["M2", "M1", "A3"]),
        ("A3", -1, ["M1", "A3", "M2"]),
        ("M1", -1, ["M1", "M2", "A3"]),
        ("A3", 1, ["M1", "M2", "A3"]),
        ("M1", 2, ["M2", "A3", "M1"]),
        ("M1", 9, ["M1", "M2", "A3"]),
    ],
)
def test_an_item_moves_up_and_down_among_its_siblings_and_stops_at_the_ends(
    filled: Outline, title: str, by: int, order: list[str]
) -> None:
    filled.do(shift_item, title, by)
    assert list(filled.tree()["G1"]) == order


def test_items_that_share_a_position_can_still_be_put_in_order(filled: Outline) -> None:
    def merge(session: Session) -> None:
        below = Action.milestone_id == filled.ref("M1").id
        for action in session.scalars(select(Action).where(below)):
            action.position = None

    filled.action("A5", "M1")
    filled.workspace.write("Merge", merge)
    first, second, third = filled.tree()["G1"]["M1"]
    filled.do(shift_item, third, -1)
    assert list(filled.tree()["G1"]["M1"]) == [first, third, second]
    filled.do(shift_item, first, 2)
    assert list(filled.tree()["G1"]["M1"]) == [third, second, first]


def test_a_new_item_comes_last_even_after_positions_of_another_maker(filled: Outline) -> None:
    def merge(session: Session) -> None:
        session.get_one(Goal, filled.ref("G2").id).position = "zzz"

    filled.workspace.write("Merge", merge)
    filled.goal("G3")
    assert list(filled.tree())[-1] == "G3"


def test_a_copy_starts_afresh_right_after_the_original(filled: Outline) -> None:
    workspace = filled.workspace
    kpi = workspace.write("KPI", add_kpi, "Logins").result
    workspace.write("Measure", add_measure, filled.ref("G1").id, kpi, agreed_on=MARCH)
    filled.do(edit_item, "G1", progress_rag=ProgressRag.AT_RISK, why="因", closing_note="Well")
    filled.do(edit_item, "M1", due_on=MARCH)
    filled.do(edit_item, "M1", due_on=JUNE, internal_note="careful")
    for title in ("A1", "M1", "G1"):
        filled.do(tick_item, title, True, MARCH)
    filled.do(duplicate_item, "G1")

    tops = filled.read().items
    assert [item.title for item in tops] == ["G1", "G1", "G2", "A4"]
    copy = tops[1]
    assert [child.title for child in copy.children] == ["M1", "M2", "A3"]
    assert [child.title for child in copy.children[0].children] == ["A1", "A2"]
    assert (copy.status, copy.standing, copy.text) == (GoalStatus.NOT_STARTED, None, "因")
    milestone = copy.children[0]
    assert (milestone.due_on, milestone.done_on, milestone.internal_note) == (
        JUNE,
        None,
        "careful",
    )
    assert milestone.children[0].status == ActionStatus.OPEN
    assert len(copy.measures) == 1

    def stored(session: Session) -> tuple[object, ...]:
        goal = session.get_one(Goal, copy.ref.id)
        row = session.get_one(Milestone, milestone.ref.id)
        measure = session.get_one(Measure, copy.measures[0].id)
        return goal.closing_note, row.original_due_on, measure.agreed_on

    assert workspace.read(stored) == (None, JUNE, None)


def test_a_copied_goal_keeps_the_dependencies_of_its_milestones_among_the_copies(
    filled: Outline,
) -> None:
    filled.milestone("M3", "G2")
    ids = {title: filled.ref(title).id for title in ("M1", "M2", "M3")}
    filled.workspace.write("Wait", set_dependencies, ids["M2"], {ids["M1"], ids["M3"]})
    filled.do(duplicate_item, "G1")
    copy = filled.read().items[1]
    first, second = copy.children[:2]
    assert set(second.depends_on) == {first.ref.id, ids["M3"]}
    assert first.depends_on == ()
    filled.workspace.undo()
    assert filled.tree()["G1"] == FILLED["G1"]


def dependencies(outline: Outline, title: str) -> set[str]:
    """Name the milestones that one waits for."""
    titles = {item.ref.id: item.title for item in outline.all()}
    return {titles[row] for row in outline.item(title).depends_on}


def test_a_milestone_waits_for_others_and_the_whole_set_is_replaced(filled: Outline) -> None:
    filled.milestone("M3", "G2")
    ids = {title: filled.ref(title).id for title in ("M1", "M2", "M3")}
    write = filled.workspace.write
    write("Wait", set_dependencies, ids["M3"], {ids["M1"], ids["M2"]})
    assert dependencies(filled, "M3") == {"M1", "M2"}
    write("Wait", set_dependencies, ids["M3"], {ids["M2"]})
    assert dependencies(filled, "M3") == {"M2"}
    write("Wait", set_dependencies, ids["M3"], {ids["M1"], ids["M2"]})
    assert dependencies(filled, "M3") == {"M1", "M2"}
    assert write("Wait", set_dependencies, ids["M3"], {ids["M1"], ids["M2"]}).change is None


@pytest.mark.parametrize("length", [1, 2, 3])
def test_milestones_that_would_wait_for_each_other_in_a_circle_are_refused(
    filled: Outline, length: int
) -> None:
    refs = [filled.milestone(f"N{number}", "G2") for number in range(length)]
    for earlier, later in itertools.pairwise(refs):
        filled.workspace.write("Wait", set_dependencies, later.id, {earlier.id})
    with pytest.raises(UserError, match="circle"):
        filled.workspace.write("Wait", set_dependencies, refs[0].id, {refs[-1].id})
    assert dependencies(filled, "N0") == set()


def test_a_milestone_cannot_wait_for_one_that_was_deleted(filled: Outline) -> None:
    gone = filled.ref("M2")
    filled.workspace.write("Delete", delete_items, [gone])
    with pytest.raises(UserError, match="deleted"):
        filled.workspace.write("Wait", set_dependencies, filled.ref("M1").id, {gone.id})


def test_dependencies_go_with_either_milestone_and_come_back_with_it(filled: Outline) -> None:
    ids = {title: filled.ref(title).id for title in ("M1", "M2")}
    filled.workspace.write("Wait", set_dependencies, ids["M2"], {ids["M1"]})
    filled.workspace.write("Delete", delete_items, [filled.ref("M1")])
    assert filled.item("M2").depends_on == ()
    filled.workspace.undo()
    assert dependencies(filled, "M2") == {"M1"}

    def count(session: Session) -> int:
        links = select(MilestoneDependency.id).where(
            MilestoneDependency.milestone_id == ids["M2"], MilestoneDependency.deleted_at.is_(None)
        )
        return len(list(session.scalars(links)))

    assert filled.workspace.read(count) == 1


def test_what_an_internal_parent_hid_stays_internal_when_it_is_moved_out(filled: Outline) -> None:
    filled.do(edit_item, "G1", visibility=Visibility.INTERNAL)
    for title, parent in (("A1", ""), ("M2", "G2"), ("A3", "G2")):
        filled.do(move_item, title, filled.ref(parent) if parent else filled.plan)
        assert filled.item(title).visibility == Visibility.INTERNAL
    filled.do(move_item, "A2", filled.ref("G1"))
    assert filled.item("A2").visibility == Visibility.CUSTOMER


def test_what_the_customer_saw_stays_visible_when_it_is_moved(filled: Outline) -> None:
    filled.do(move_item, "A1", filled.ref("G2"))
    filled.do(move_item, "M1", filled.ref("G2"))
    assert {item.visibility for item in filled.all()} == {Visibility.CUSTOMER}


class TestOrphans:
    """An action item whose milestone or goal was deleted in another copy of the file."""

    @pytest.fixture
    def orphaned(self, filled: Outline) -> Outline:
        """Delete M1, as a merge may, without the action items that another copy put below it."""

        def merge(session: Session) -> None:
            now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
            session.get_one(Milestone, filled.ref("M1").id).deleted_at = now

        filled.workspace.write("Merge", merge)
        return filled

    def test_they_stand_at_the_goal_for_actions_and_outline_alike(self, orphaned: Outline) -> None:
        assert set(orphaned.tree()["G1"]) == {"A1", "A2", "M2", "A3"}

        def seen(session: Session) -> tuple[list[str], list[ItemRef]]:
            goal = orphaned.ref("G1")
            found = children_of(session, goal)
            return [row.title for row in found], [parent_of(session, row) for row in found]

        titles, parents = orphaned.workspace.read(seen)
        assert titles == list(orphaned.tree()["G1"])
        assert set(parents) == {orphaned.ref("G1")}

    def test_they_can_be_moved_up_and_down(self, orphaned: Outline) -> None:
        order = list(orphaned.tree()["G1"])
        last = order[-1]
        orphaned.do(shift_item, last, -1)
        assert list(orphaned.tree()["G1"]).index(last) == len(order) - 2

    def test_they_stay_internal_until_somebody_says_otherwise(self, orphaned: Outline) -> None:
        assert orphaned.item("A1").hidden_by_parent
        orphaned.do(move_item, "A1", orphaned.ref("G1"))
        assert orphaned.item("A1").visibility == Visibility.INTERNAL
        assert not orphaned.item("A1").hidden_by_parent

    def test_without_their_goal_they_stand_at_the_plan(self, orphaned: Outline) -> None:
        def merge(session: Session) -> None:
            now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
            session.get_one(Goal, orphaned.ref("G1").id).deleted_at = now

        orphaned.workspace.write("Merge", merge)
        assert set(orphaned.tree()) == {"A1", "A2", "A3", "G2", "A4"}
        assert orphaned.item("A3").hidden_by_parent

    def test_a_deleted_goal_takes_them_along(self, orphaned: Outline) -> None:
        orphaned.workspace.write("Delete", delete_items, [orphaned.ref("G1")])
        assert orphaned.tree() == {"G2": {}, "A4": {}}


def test_an_item_of_a_deleted_plan_is_gone(filled: Outline, plan: str) -> None:
    ref = filled.ref("A4")
    filled.workspace.write("Delete", delete, "plan", [plan])
    with pytest.raises(UserError, match="deleted"):
        filled.workspace.read(item_of, ref)
    with pytest.raises(UserError, match="deleted"):
        filled.workspace.write("Add", add_item, ItemKind.GOAL, ItemRef(None, plan), "late")


def test_two_accounts_keep_their_outlines_apart(filled: Outline, workspace: Workspace) -> None:
    other = workspace.write("Add", add_account, "Blue Harbor").result
    other_plan = workspace.write("Plan", add_plan, other, "Adoption").result
    Outline(workspace, other_plan).goal("G1")
    assert filled.tree() == FILLED
    assert Outline(workspace, other_plan).tree() == {"G1": {}}
