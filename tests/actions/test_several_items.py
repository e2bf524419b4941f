"""Several items are changed, moved and copied at once, and many are made at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.actions.accounts import add_account
from csdesk.actions.ordering import make_places
from csdesk.actions.pasting import NewItem, paste_items
from csdesk.actions.plan_items import ItemKind, edit_item
from csdesk.actions.plans import add_plan
from csdesk.actions.several_items import (
    copy_items,
    duplicate_items,
    edit_items,
    indent_items,
    move_items,
    outdent_items,
    shift_items,
    tick_items,
)
from csdesk.errors import UserError
from csdesk.model.items import ItemRef
from csdesk.model.vocabulary import ActionStatus, MilestoneStatus, Visibility
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline, Shape, fill

SHAPE: Shape = {
    "G1": {"M1": {"A1": {}, "A2": {}, "A3": {}}, "M2": {"A4": {}}},
    "G2": {"A5": {}},
}


@pytest.fixture
def workspace(shared: Workspace) -> Workspace:
    """Share one workspace: every test has a plan of its own."""
    return shared


@pytest.fixture
def outline(workspace: Workspace, account: str) -> Outline:
    """Return a plan with two goals."""
    plan = workspace.write("Plan", add_plan, account, "Plan").result
    workspace.write("Fill", fill, ItemRef(None, plan), SHAPE)
    return Outline(workspace, plan)


def do(outline: Outline, action: Callable[..., Any], *args: object, **fields: object) -> Any:
    return outline.workspace.write("Do", action, *args, **fields).result


def refs(outline: Outline, *titles: str) -> list[ItemRef]:
    return [outline.ref(title) for title in titles]


def below(outline: Outline, title: str) -> list[str]:
    return [child.title for child in outline.item(title).children]


def test_items_of_several_places_are_moved_in_their_order(outline: Outline) -> None:
    do(outline, move_items, refs(outline, "A4", "A1"), outline.ref("G2"), outline.ref("A5"))
    assert below(outline, "G2") == ["A5", "A4", "A1"]
    do(outline, move_items, refs(outline, "A4", "A1"), outline.ref("M1"), None)
    assert below(outline, "M1") == ["A4", "A1", "A2", "A3"]
    outline.workspace.undo()
    assert below(outline, "G2") == ["A5", "A4", "A1"]


def test_items_dropped_after_one_of_themselves_stay_together_there(outline: Outline) -> None:
    do(outline, move_items, refs(outline, "A1", "A3"), outline.ref("M1"), outline.ref("A3"))
    assert below(outline, "M1") == ["A2", "A1", "A3"]
    do(outline, move_items, refs(outline, "A1", "A3"), outline.ref("M1"), outline.ref("A1"))
    assert below(outline, "M1") == ["A2", "A1", "A3"]


def test_items_do_not_move_into_the_plan_of_another_customer(outline: Outline) -> None:
    other = do(outline, add_account, "Other")
    plan = do(outline, add_plan, other, "Theirs")
    with pytest.raises(UserError, match="another customer"):
        do(outline, move_items, refs(outline, "A1"), ItemRef(None, str(plan)), None)
    assert below(outline, "M1") == ["A1", "A2", "A3"]


def test_a_block_moves_up_and_down_and_stops_at_the_end(outline: Outline) -> None:
    block = refs(outline, "A2", "A3")
    do(outline, shift_items, block, -1)
    assert below(outline, "M1") == ["A2", "A3", "A1"]
    do(outline, shift_items, block, -1)
    assert below(outline, "M1") == ["A2", "A3", "A1"]
    do(outline, shift_items, block, 1)
    do(outline, shift_items, block, 1)
    assert below(outline, "M1") == ["A1", "A2", "A3"]


def test_a_block_goes_a_level_out_and_in_again_in_its_order(outline: Outline) -> None:
    block = refs(outline, "A2", "A3")
    do(outline, outdent_items, block)
    assert below(outline, "G1") == ["M1", "A2", "A3", "M2"]
    do(outline, indent_items, block)
    assert below(outline, "M1") == ["A1", "A2", "A3"]


def test_ticks_and_fields_of_several_items_are_one_step(outline: Outline) -> None:
    chosen = refs(outline, "A1", "A4", "M2")
    do(outline, tick_items, chosen, True)
    assert outline.item("A1").status is ActionStatus.DONE
    assert outline.item("M2").status is MilestoneStatus.ACHIEVED
    due = dt.date(2026, 12, 5)
    do(outline, edit_items, {ref: {"due_on": due} for ref in chosen})
    assert {outline.item(title).due_on for title in ("A1", "A4", "M2")} == {due}
    outline.workspace.undo()
    outline.workspace.undo()
    assert outline.item("M2").status is MilestoneStatus.NOT_STARTED
    assert outline.item("A1").due_on is None


def test_copies_of_a_block_stand_after_it_and_start_afresh(outline: Outline) -> None:
    do(outline, tick_items, refs(outline, "A1"), True)
    do(outline, duplicate_items, refs(outline, "A1", "A2"))
    children = outline.item("M1").children
    assert [child.title for child in children] == ["A1", "A2", "A1", "A2", "A3"]
    assert [child.is_done for child in children] == [True, False, False, False, False]


def test_what_is_copied_elsewhere_keeps_all_it_says(outline: Outline) -> None:
    do(outline, edit_item, outline.ref("A1"), internal_note="Ours", due_on=dt.date(2026, 12, 5))
    do(outline, tick_items, refs(outline, "A1"), True)
    (made,) = do(outline, copy_items, refs(outline, "M1"), outline.ref("G2"), None)
    copy = outline.read().find(made.id)
    assert copy is not None
    assert below(outline, "G2") == ["M1", "A5"]
    first = copy.children[0]
    assert (first.internal_note, first.due_on, first.is_done) == (
        "Ours",
        dt.date(2026, 12, 5),
        True,
    )


def test_a_copy_never_shows_what_the_original_did_not(outline: Outline) -> None:
    do(outline, edit_item, outline.ref("G1"), visibility=Visibility.INTERNAL)
    (made,) = do(outline, copy_items, refs(outline, "A1"), outline.ref("G2"), None)
    copy = outline.read().find(made.id)
    assert copy is not None
    assert copy.visibility is Visibility.INTERNAL


def test_many_items_are_made_at_once_each_where_it_belongs(outline: Outline) -> None:
    rows = [
        NewItem(ItemKind.GOAL, "G8"),
        NewItem(ItemKind.MILESTONE, "M8", 0, {"due_on": dt.date(2026, 12, 5)}),
        NewItem(ItemKind.ACTION, "A8", 1, {"status": ActionStatus.DONE}),
        NewItem(ItemKind.ACTION, "A9", 0),
        NewItem(ItemKind.ACTION, "A10"),
    ]
    do(outline, paste_items, outline.plan, outline.ref("G1"), rows)
    tree = outline.tree()
    assert list(tree) == ["G1", "G8", "A10", "G2"]
    assert tree["G8"] == {"M8": {"A8": {}}, "A9": {}}
    assert outline.item("A8").done_on is not None
    do(outline, edit_item, outline.ref("M8"), due_on=dt.date(2027, 1, 5))
    outline.workspace.undo()
    outline.workspace.undo()
    assert outline.tree() == SHAPE


def test_one_item_that_cannot_be_made_leaves_all_of_them_out(outline: Outline) -> None:
    late = {"start_on": dt.date(2026, 12, 9), "due_on": dt.date(2026, 12, 5)}
    rows = [NewItem(ItemKind.ACTION, "A8"), NewItem(ItemKind.ACTION, "A9", None, late)]
    with pytest.raises(UserError, match="A9"):
        do(outline, paste_items, outline.ref("M1"), None, rows)
    with pytest.raises(UserError):
        do(outline, paste_items, outline.ref("A1"), None, rows[:1])
    assert outline.tree() == SHAPE


def test_hundreds_of_items_stand_in_their_order(outline: Outline, soaking: bool) -> None:
    count = 2_000 if soaking else 300
    rows = [
        NewItem(ItemKind.ACTION, f"A{n}", None, {"due_on": dt.date(2026, 12, 5)})
        for n in range(10, count + 10)
    ]
    do(outline, paste_items, outline.ref("M1"), outline.ref("A1"), rows)
    titles = below(outline, "M1")
    assert titles == ["A1", *(row.title for row in rows), "A2", "A3"]


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["", "zzz", "!!", "a0", "a1", "a1V", "a2", None]), max_size=8),
    st.integers(0, 8),
    st.integers(1, 9),
)
def test_many_rows_land_where_they_were_put(
    found: list[str | None], anywhere: int, count: int
) -> None:
    siblings = sorted(found, key=lambda position: position or "")
    index = min(anywhere, len(siblings))
    places, moved = make_places(siblings, index, count)
    kept = [position or "" for position in (siblings if moved is None else moved)]
    whole = [*kept[:index], *places, *kept[index:]]
    assert len(places) == count
    assert all(low < high for low, high in pairwise(places))
    assert whole == sorted(whole)
    assert not {*places} & {*kept}
