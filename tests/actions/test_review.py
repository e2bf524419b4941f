"""Decisions in review are edits that reach everybody: alike they meet, apart they are reviewed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions import review
from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.kpis import add_kpi, set_kpi_values
from csdesk.actions.people import edit_contact
from csdesk.actions.plan_items import (
    add_item,
    delete_items,
    edit_item,
    move_item,
    parent_of,
    set_dependencies,
)
from csdesk.errors import UserError
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import (
    Account,
    Action,
    Goal,
    Milestone,
    MilestoneDependency,
    Settlement,
)
from csdesk.model.vocabulary import ActionStatus
from csdesk.queries.review import review_items
from csdesk.queries.review_items import (
    CircleItem,
    DeletionItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
)
from tests.actions.review_desk import Desk, boss, living, only, region
from tests.queries.apart import Pair
from tests.store.desk import row_of


def disagree_on_region(pair: Pair, desk: Desk, aiko: str = "East", ben: str = "West") -> None:
    """Let Ben's value show."""
    pair.aiko.write("Region", edit_account, desk.account, region=aiko)
    pair.pass_by(minutes=5)
    pair.ben.write("Region", edit_account, desk.account, region=ben)
    pair.meet()


def test_taking_the_other_value_reaches_everybody_and_one_undo_gives_it_back(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    disagree_on_region(pair, desk)
    item = only(pair.aiko, EditItem)
    pair.aiko.write("Take", review.take_other, item, item.others[0])
    pair.meet()
    assert region(pair.ben, desk) == "East"
    assert pair.waiting() == ()
    pair.aiko.undo()
    pair.meet()
    assert region(pair.ben, desk) == "West"
    assert len(pair.waiting()) == 1
    pair.aiko.redo()
    pair.meet()
    assert pair.waiting() == ()


def test_keeping_changes_nothing_but_the_list(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    disagree_on_region(pair, desk)
    pair.ben.write("Keep", review.keep_now, only(pair.ben, EditItem))
    pair.meet()
    assert (pair.waiting(), region(pair.aiko, desk)) == ((), "West")
    pair.aiko.write("Later", edit_account, desk.account, region="East")
    pair.meet()
    assert pair.waiting() == ()
    pair.ben.undo()
    pair.meet()
    assert len(pair.waiting()) <= 1


@pytest.mark.parametrize("takes", [True, False])
def test_two_who_decide_the_same_at_once_meet_in_one_settlement(
    apart: tuple[Pair, Desk], takes: bool
) -> None:
    pair, desk = apart
    disagree_on_region(pair, desk)
    for workspace in (pair.aiko, pair.ben):
        item = only(workspace, EditItem)
        if takes:
            workspace.write("Take", review.take_other, item, item.others[0])
        else:
            workspace.write("Keep", review.keep_now, item)
    pair.meet()
    assert pair.waiting() == ()
    assert len(pair.aiko.read(living, Settlement)) == 1
    pair.pass_by(minutes=1)
    pair.aiko.write("Later", edit_account, desk.account, region="South")
    pair.meet()
    assert pair.waiting() == ()


def test_two_who_decide_differently_get_a_new_item_that_says_so(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    disagree_on_region(pair, desk)
    mine, theirs = only(pair.aiko, EditItem), only(pair.ben, EditItem)
    pair.aiko.write("Take", review.take_other, mine, mine.others[0])
    pair.ben.write("Keep", review.keep_now, theirs)
    pair.meet()
    (item,) = pair.waiting()
    assert isinstance(item, EditItem)
    assert item.now.words == "East"
    assert [(other.words, other.who.author) for other in item.others] == [("West", "Ben")]
    assert {(one.words, one.who.author) for one in item.decided} == {
        ("East", "Aiko"),
        ("West", "Ben"),
    }
    pair.ben.write("Take", review.take_other, item, item.others[0])
    pair.meet()
    assert (pair.waiting(), region(pair.aiko, desk)) == ((), "West")


def test_two_who_decide_differently_again_are_asked_again(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    disagree_on_region(pair, desk)
    for _round in range(3):
        mine, theirs = only(pair.aiko, EditItem), only(pair.ben, EditItem)
        pair.aiko.write("Take", review.take_other, mine, mine.others[0])
        pair.ben.write("Keep", review.keep_now, theirs)
        pair.pass_by(minutes=5)
        pair.meet()
        assert len(pair.waiting()) == 1
    item = only(pair.ben, EditItem)
    pair.ben.write("Keep", review.keep_now, item)
    pair.meet()
    assert pair.waiting() == ()


def test_a_decision_is_about_what_was_on_the_screen(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    disagree_on_region(pair, desk)
    item = only(pair.aiko, EditItem)
    pair.aiko.write("Later", edit_account, desk.account, region="South")
    with pytest.raises(UserError, match="changed meanwhile"):
        pair.aiko.write("Take", review.take_other, item, item.others[0])
    assert region(pair.aiko, desk) == "South"
    again = only(pair.aiko, EditItem)
    pair.aiko.write("Keep", review.keep_now, again)
    with pytest.raises(UserError, match="changed meanwhile"):
        pair.aiko.write("Keep", review.keep_now, again)


def test_the_joined_text_takes_the_place_of_both(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    text = "The CIO wants a recovery plan before the board meets."
    pair.aiko.write("Text", edit_account, desk.account, org_notes=text)
    pair.meet()
    pair.aiko.write("Text", edit_account, desk.account, org_notes=f"{text} Usage fell.")
    pair.ben.write("Text", edit_account, desk.account, org_notes=f"{text} Pricing is fine.")
    pair.meet()
    item = only(pair.aiko, EditItem)
    assert item.join is not None
    pair.aiko.write("Join", review.use_text, item, item.join.text)
    pair.meet()
    notes = pair.ben.read(row_of, Account, desk.account)["org_notes"]
    assert "Usage fell." in notes
    assert "Pricing is fine." in notes
    assert pair.waiting() == ()


def test_everything_is_kept_as_it_is_in_one_step(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    one, two = desk.people
    pair.aiko.write("Delete", delete_items, [desk.other_goal])
    pair.ben.write("Why", edit_item, desk.other_goal, why="Because")
    pair.aiko.write("Boss", edit_contact, one, reports_to_id=two)
    pair.ben.write("Boss", edit_contact, two, reports_to_id=one)
    pair.aiko.write("Add", add_account, "Twin")
    pair.ben.write("Add", add_account, "Twin")
    disagree_on_region(pair, desk)
    items = pair.aiko.read(review_items)
    assert len(items) == 4
    step = pair.aiko.write("Keep all", review.keep_all, items)
    assert step.result == 3
    pair.meet()
    assert [type(item) for item in pair.waiting()] == [DuplicateItem]
    pair.aiko.undo()
    pair.meet()
    assert len(pair.waiting()) == 4


def test_a_place_is_taken_with_all_that_follows_from_it(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    third = pair.aiko.write(
        "Goal", add_item, ItemKind.GOAL, ItemRef(None, desk.plan), "Three"
    ).result
    action = pair.aiko.write("Add", add_item, ItemKind.ACTION, desk.milestone, "Call").result
    pair.meet()
    pair.aiko.write("Move", move_item, desk.milestone, desk.other_goal)
    pair.pass_by(minutes=5)
    pair.ben.write("Move", move_item, desk.milestone, third)
    pair.meet()
    item = only(pair.aiko, EditItem)
    pair.aiko.write("Take", review.take_other, item, item.others[0])
    pair.meet()
    assert pair.ben.read(goal_of, Milestone, desk.milestone.id) == desk.other_goal.id
    assert (
        pair.ben.read(
            lambda session: parent_of(session, session.get_one(Milestone, desk.milestone.id))
        )
        == desk.other_goal
    )
    assert pair.ben.read(goal_of, Action, action.id) == desk.other_goal.id
    assert pair.waiting() == ()


def goal_of(session: Session, record: Any, row_id: str) -> Any:
    return session.get_one(record, row_id).goal_id


def deleted_and_edited(pair: Pair, desk: Desk) -> DeletionItem:
    pair.aiko.write("Delete", delete_items, [desk.goal])
    pair.pass_by(minutes=5)
    pair.ben.write("Why", edit_item, desk.goal, why="Because")
    pair.meet()
    return only(pair.aiko, DeletionItem)


def test_keeping_brings_back_what_went_along(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    item = deleted_and_edited(pair, desk)
    assert desk.milestone.id not in pair.ben.read(living, Milestone)
    pair.aiko.write("Keep", review.keep_item, item)
    pair.meet()
    assert pair.ben.read(living, Milestone) == [desk.milestone.id]
    assert pair.waiting() == ()


def test_deleting_after_all_holds(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    item = deleted_and_edited(pair, desk)
    pair.ben.write("Delete", review.delete_after_all, item)
    pair.meet()
    assert desk.goal.id not in pair.aiko.read(living, Goal)
    assert pair.waiting() == ()
    pair.ben.undo()
    pair.meet()
    assert desk.goal.id in pair.aiko.read(living, Goal)


def test_who_keeps_what_another_deletes_after_all_is_asked_again(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    item = deleted_and_edited(pair, desk)
    pair.aiko.write("Keep", review.keep_item, item)
    pair.ben.write("Delete", review.delete_after_all, item)
    pair.meet()
    waiting = [item for item in pair.waiting() if isinstance(item, DeletionItem)]
    assert len(waiting) == 1
    assert {one.who.author for one in waiting[0].decided} == {"Aiko", "Ben"}
    pair.ben.write("Keep", review.keep_item, waiting[0])
    pair.meet()
    assert desk.goal.id in pair.aiko.read(living, Goal)
    assert [one for one in pair.waiting() if isinstance(one, DeletionItem)] == []


def orphan(pair: Pair, desk: Desk) -> RecoveredItem:
    pair.aiko.write("Delete", delete_items, [desk.goal])
    pair.ben.write("Add", add_item, ItemKind.MILESTONE, desk.goal, "Training")
    pair.meet()
    return only(pair.aiko, RecoveredItem)


def test_a_recovered_items_owner_comes_back_with_what_went_along(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    item = orphan(pair, desk)
    assert pair.aiko.write("Back", review.bring_owner_back, item).result == 2
    pair.meet()
    assert desk.goal.id in pair.ben.read(living, Goal)
    assert set(pair.ben.read(living, Milestone)) == {desk.milestone.id, item.row_id}
    assert pair.waiting() == ()


def test_a_recovered_item_moves_elsewhere_or_goes_too(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    item = orphan(pair, desk)
    (place,) = item.places
    pair.aiko.write("Move", review.move_recovered, item, place)
    pair.meet()
    assert pair.ben.read(goal_of, Milestone, item.row_id) == desk.other_goal.id
    assert pair.waiting() == ()
    pair.aiko.undo()
    pair.meet()
    pair.ben.write("Delete", review.delete_recovered, only(pair.ben, RecoveredItem))
    pair.meet()
    assert pair.waiting() == ()
    assert item.row_id not in pair.aiko.read(living, Milestone)


def test_one_brings_the_owner_back_and_the_other_deletes_the_item(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    item = orphan(pair, desk)
    pair.aiko.write("Back", review.bring_owner_back, item)
    pair.ben.write("Delete", review.delete_recovered, item)
    pair.meet()
    (again,) = pair.waiting()
    assert isinstance(again, RecoveredItem)
    assert {one.who.author for one in again.decided} == {"Aiko", "Ben"}
    pair.aiko.write("Back", review.bring_owner_back, again)
    pair.meet()
    assert item.row_id in pair.ben.read(living, Milestone)
    assert pair.waiting() == ()


def people_in_a_circle(pair: Pair, desk: Desk) -> CircleItem:
    one, two = desk.people
    pair.aiko.write("Boss", edit_contact, one, reports_to_id=two)
    pair.pass_by(minutes=5)
    pair.ben.write("Boss", edit_contact, two, reports_to_id=one)
    pair.meet()
    return only(pair.aiko, CircleItem)


def test_a_reference_that_gave_way_is_let_be(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.aiko.write("Let", review.let_be, people_in_a_circle(pair, desk))
    pair.meet()
    assert pair.waiting() == ()
    assert boss(pair.ben, desk.people[0]) == desk.people[1]
    assert boss(pair.ben, desk.people[1]) is None


def test_a_reference_is_made_to_hold_by_clearing_another(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    item = people_in_a_circle(pair, desk)
    pair.aiko.write("Hold", review.make_hold, item, item.links[0])
    pair.meet()
    assert pair.waiting() == ()
    assert boss(pair.ben, desk.people[0]) is None
    assert boss(pair.ben, desk.people[1]) == desk.people[0]


def test_a_circle_let_be_here_and_opened_there_is_asked_again(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    item = people_in_a_circle(pair, desk)
    pair.aiko.write("Let", review.let_be, item)
    pair.ben.write("Hold", review.make_hold, item, item.links[0])
    pair.meet()
    (again,) = pair.waiting()
    assert isinstance(again, CircleItem)
    assert {one.who.author for one in again.decided} == {"Aiko", "Ben"}
    pair.aiko.write("Let", review.let_be, again)
    pair.meet()
    assert pair.waiting() == ()


def test_a_dependency_is_made_to_hold(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    other = pair.aiko.write("Add", add_item, ItemKind.MILESTONE, desk.goal, "Training").result
    pair.meet()
    pair.aiko.write("Waits", set_dependencies, desk.milestone.id, {other.id})
    pair.pass_by(minutes=5)
    pair.ben.write("Waits", set_dependencies, other.id, {desk.milestone.id})
    pair.meet()
    item = only(pair.aiko, CircleItem)
    pair.aiko.write("Hold", review.make_hold, item, item.links[0])
    pair.meet()
    assert pair.waiting() == ()
    assert pair.ben.read(waits) == {(other.id, desk.milestone.id)}


def waits(session: Session) -> set[tuple[str, str]]:
    rows = session.scalars(
        select(MilestoneDependency).where(MilestoneDependency.deleted_at.is_(None))
    )
    return {(row.milestone_id, row.after_id) for row in rows}


def test_who_takes_a_decision_back_that_another_took_too_opens_nothing(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    disagree_on_region(pair, desk)
    for workspace in (pair.aiko, pair.ben):
        workspace.write("Keep", review.keep_now, only(workspace, EditItem))
    pair.aiko.undo()
    pair.meet()
    assert pair.waiting() == ()


@pytest.mark.parametrize("takes", [True, False])
def test_the_date_of_being_done_fits_the_status_that_was_chosen(
    apart: tuple[Pair, Desk], takes: bool
) -> None:
    pair, desk = apart
    action = pair.aiko.write("Add", add_item, ItemKind.ACTION, desk.goal, "Call").result
    pair.meet()
    pair.aiko.write("Done", edit_item, action, status=ActionStatus.DONE)
    pair.pass_by(minutes=5)
    pair.ben.write("Doing", edit_item, action, status=ActionStatus.IN_PROGRESS)
    pair.meet()
    item = only(pair.aiko, EditItem)
    if takes:
        pair.aiko.write("Take", review.take_other, item, item.others[0])
    else:
        pair.aiko.write("Keep", review.keep_now, item)
    pair.meet()
    row = pair.ben.read(row_of, Action, action.id)
    assert (row["status"], row["done_on"] is not None) == (
        (ActionStatus.DONE, True) if takes else (ActionStatus.IN_PROGRESS, False)
    )


def test_many_matters_are_kept_together(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    kpi = pair.aiko.write("KPI", add_kpi, "Sales").result
    pair.meet()
    for number, workspace in enumerate((pair.aiko, pair.ben)):
        values = [
            (kpi, dt.date(year, month, 1), Decimal(year + month + number))
            for year in range(2000, 2020)
            for month in range(1, 13)
        ]
        workspace.write("Import", set_kpi_values, desk.account, values)
    pair.meet()
    items = pair.aiko.read(review_items)
    assert len(items) == 240
    assert len(pair.aiko.read(review_items, limit=10)) == 10
    assert pair.aiko.write("Keep all", review.keep_all, items).result == 240
    pair.meet()
    assert pair.waiting() == ()
