"""Decisions in review are edits that reach everybody: alike they meet, apart they are reviewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions import review
from csdesk.actions.accounts import add_account, edit_account, tag_account
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_contact, edit_contact
from csdesk.actions.plan_items import (
    add_item,
    delete_items,
    edit_item,
    move_item,
    parent_of,
    set_dependencies,
)
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import change_row, create_row
from csdesk.errors import UserError
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import (
    Account,
    AccountTag,
    Action,
    Contact,
    Goal,
    KpiValue,
    Milestone,
    MilestoneDependency,
    Plan,
    Settlement,
    TouchpointAttendee,
)
from csdesk.queries.review import review_items
from csdesk.queries.review_items import (
    CircleItem,
    DeletionItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
    ReviewItem,
)
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import Pair, pair_of, prepared
from tests.store.desk import row_of
from tests.store.laws import broken_laws

Kind = TypeVar("Kind", bound=ReviewItem)


class Desk:
    """What both have at first."""

    def __init__(self, workspace: Workspace) -> None:
        write = workspace.write
        self.account = write("Account", add_account, "Fuji", region="Center").result
        self.plan = write("Plan", add_plan, self.account, "Onboarding").result
        at_plan = ItemRef(None, self.plan)
        self.goal = write("Goal", add_item, ItemKind.GOAL, at_plan, "One").result
        self.other_goal = write("Goal", add_item, ItemKind.GOAL, at_plan, "Two").result
        self.milestone = write("Add", add_item, ItemKind.MILESTONE, self.goal, "Live").result
        self.people = [write("Add", add_contact, self.account, name).result for name in "AB"]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Desk]:
    """Return the document of a small workspace and what is in it."""
    return prepared(tmp_path_factory.mktemp("prepared"), Desk)


@pytest.fixture
def apart(tmp_path: Path, document: tuple[Path, Desk]) -> Iterator[tuple[Pair, Desk]]:
    """Return two copies of it, open."""
    with pair_of(tmp_path, document[0]) as pair:
        yield pair, document[1]
        pair.meet()
        for workspace in (pair.aiko, pair.ben):
            assert broken_laws(workspace.replica.database) == []


def only(workspace: Workspace, kind: type[Kind]) -> Kind:
    (item,) = workspace.read(review_items)
    assert isinstance(item, kind)
    return item


def region(workspace: Workspace, desk: Desk) -> str | None:
    return workspace.read(row_of, Account, desk.account)["region"]  # type: ignore[no-any-return]


def living(session: Session, record: Any) -> list[Any]:
    return list(session.scalars(select(record.id).where(record.deleted_at.is_(None))))


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


def boss(workspace: Workspace, contact: str) -> Any:
    return workspace.read(row_of, Contact, contact)["reports_to_id"]


class Twins:
    """An account that both entered, each with things of its own."""

    def __init__(self, pair: Pair) -> None:
        self.kpi = pair.aiko.write("KPI", add_kpi, "Sales").result
        pair.meet()
        self.first = self._fill(pair.aiko, {"industry": "Bank", "org_notes": "From Aiko"}, 1, 10)
        pair.pass_by(minutes=5)
        self.second = self._fill(pair.ben, {"region": "East", "org_notes": "From Ben"}, 2, 99)
        pair.meet()

    def _fill(self, workspace: Workspace, fields: dict[str, Any], month: int, march: int) -> str:
        account: str = workspace.write("Add", add_account, "Twin", **fields).result
        workspace.write("Plan", add_plan, account, f"Plan {month}")
        workspace.write("Contact", add_contact, account, f"Contact {month}")
        workspace.write("Tag", tag_account, account, "VIP")
        workspace.write("Tag", tag_account, account, f"Tag {month}")
        for number, value in ((month, month), (3, march)):
            day = dt.date(2026, number, 1)
            workspace.write("Value", set_kpi_value, account, self.kpi, day, Decimal(value))
        return account


def test_two_accounts_become_one_and_nothing_of_either_is_lost(
    apart: tuple[Pair, Desk],
) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    step = pair.ben.write("One", review.make_these_one, only(pair.ben, DuplicateItem))
    assert step.result == twins.first, "the older one stays"
    pair.meet()
    kept = pair.aiko.read(row_of, Account, twins.first)
    assert (kept["industry"], kept["region"]) == ("Bank", "East")
    assert kept["org_notes"] == "From Aiko\nFrom Ben"
    assert pair.aiko.read(below, Plan, twins.first) == ["Plan 1", "Plan 2"]
    assert pair.aiko.read(below, Contact, twins.first) == ["Contact 1", "Contact 2"]
    assert pair.aiko.read(below, AccountTag, twins.first) == ["Tag 1", "Tag 2", "VIP"]
    assert pair.aiko.read(below, AccountTag, twins.second) == []
    assert pair.aiko.read(numbers, twins.first) == {1: 1, 2: 2, 3: 10}
    assert pair.aiko.read(numbers, twins.second) == {3: 99}, "a month that both had stays to see"

    (item,) = pair.waiting()
    assert isinstance(item, RecoveredItem)
    assert item.parent == "Account “Twin”"
    (place,) = item.places
    assert place.id == f"account:{twins.first}"
    pair.aiko.write("Move", review.move_recovered, item, place)
    pair.meet()
    assert pair.ben.read(numbers, twins.first) == {1: 1, 2: 2, 3: 99}
    assert pair.waiting() == ()


def test_making_one_is_one_step_to_be_undone(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.aiko.undo()
    pair.meet()
    assert pair.ben.read(below, Plan, twins.second) == ["Plan 2"]
    assert pair.ben.read(below, AccountTag, twins.second) == ["Tag 2", "VIP"]
    assert pair.ben.read(numbers, twins.second) == {2: 2, 3: 99}
    assert [type(item) for item in pair.waiting()] == [DuplicateItem]


def test_both_make_them_one_at_once(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    for workspace in (pair.aiko, pair.ben):
        workspace.write("One", review.make_these_one, only(workspace, DuplicateItem))
    pair.meet()
    assert pair.aiko.read(below, Plan, twins.first) == ["Plan 1", "Plan 2"]
    assert pair.aiko.read(numbers, twins.first) == {1: 1, 2: 2, 3: 10}
    assert [type(item) for item in pair.waiting()] == [RecoveredItem]


def test_two_stay_two(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    Twins(pair)
    pair.ben.write("Two", review.keep_two, only(pair.ben, DuplicateItem))
    pair.meet()
    assert pair.waiting() == ()
    pair.ben.undo()
    pair.meet()
    assert len(pair.waiting()) == 1


def test_one_here_and_two_there_is_asked_again_and_can_be_taken_apart(
    apart: tuple[Pair, Desk],
) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.ben.write("Two", review.keep_two, only(pair.ben, DuplicateItem))
    pair.meet()
    (item,) = [item for item in pair.waiting() if isinstance(item, DuplicateItem)]
    assert {one.who.author for one in item.decided} == {"Aiko", "Ben"}
    assert [candidate.is_gone for candidate in item.candidates] == [False, True]
    pair.ben.write("Two", review.keep_two, item)
    pair.meet()
    assert pair.waiting() == ()
    assert pair.aiko.read(below, Plan, twins.second) == ["Plan 2"]
    assert pair.aiko.read(numbers, twins.second) == {2: 2, 3: 99}
    assert pair.aiko.read(numbers, twins.first) == {1: 1, 3: 10}


def test_what_somebody_added_to_the_second_meanwhile_is_recovered_and_moves_over(
    apart: tuple[Pair, Desk],
) -> None:
    pair, _desk = apart
    twins = Twins(pair)
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.ben.write("Plan", add_plan, twins.second, "Late plan")
    pair.meet()
    late = next(item for item in pair.waiting() if item.entity == "plan")
    assert isinstance(late, RecoveredItem)
    pair.ben.write("Move", review.move_recovered, late, late.places[0])
    pair.meet()
    assert pair.aiko.read(below, Plan, twins.first) == ["Late plan", "Plan 1", "Plan 2"]


def test_two_contacts_become_one_wherever_they_are_named(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    first = pair.aiko.write("Add", add_contact, desk.account, "Mori").result
    second = pair.ben.write("Add", add_contact, desk.account, "MORI", email="m@x.jp").result
    touch = pair.ben.write(
        "Touch", create_row, "touchpoint", {"account_id": desk.account, "summary": "Call"}
    ).result
    pair.ben.write(
        "Was there",
        create_row,
        "touchpoint_attendee",
        {"touchpoint_id": touch, "contact_id": second},
    )
    pair.ben.write("Owner", edit_item, desk.goal, customer_owner_id=second)
    pair.ben.write("Boss", edit_contact, desk.people[0], reports_to_id=second)
    pair.meet()
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.meet()
    assert boss(pair.ben, desk.people[0]) == first
    assert pair.ben.read(row_of, Goal, desk.goal.id)["customer_owner_id"] == first
    assert pair.ben.read(row_of, Contact, first)["email"] == "m@x.jp"
    attendees = pair.ben.read(
        lambda session: [
            row.contact_id
            for row in session.scalars(
                select(TouchpointAttendee).where(TouchpointAttendee.deleted_at.is_(None))
            )
        ]
    )
    assert attendees == [first]
    assert pair.waiting() == ()


def test_two_kpis_become_one_with_all_their_values(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    for workspace, month in ((pair.aiko, 1), (pair.ben, 2)):
        kpi = workspace.write("KPI", add_kpi, "NPS").result
        day = dt.date(2026, month, 1)
        workspace.write("Value", set_kpi_value, desk.account, kpi, day, Decimal(month))
    pair.meet()
    pair.aiko.write("One", review.make_these_one, only(pair.aiko, DuplicateItem))
    pair.meet()
    assert pair.ben.read(numbers, desk.account) == {1: 1, 2: 2}
    assert pair.waiting() == ()


def below(session: Session, record: Any, account: str) -> list[str]:
    """Return the names of an account's living rows of a kind."""
    rows = session.scalars(
        select(record).where(record.account_id == account, record.deleted_at.is_(None))
    )
    field = next(name for name in ("name", "title", "tag") if hasattr(record, name))
    if record is Contact:
        field = "name"
    return sorted(getattr(row, field) for row in rows)


def numbers(session: Session, account: str) -> dict[int, int]:
    """Return an account's living values by their month."""
    rows = session.scalars(
        select(KpiValue).where(KpiValue.account_id == account, KpiValue.deleted_at.is_(None))
    )
    return {row.period.month: int(row.value or 0) for row in rows}


CHAINS: list[Callable[[Workspace, str, str], Any]] = [
    lambda workspace, one, two: workspace.write("Boss", edit_contact, one, reports_to_id=two),
    lambda workspace, one, two: workspace.write(
        "Boss", change_row, "contact", one, {"reports_to_id": two}
    ),
]


@pytest.mark.parametrize("set_boss", CHAINS)
def test_nobody_reports_to_himself_directly_or_through_others(
    apart: tuple[Pair, Desk], set_boss: Callable[[Workspace, str, str], Any]
) -> None:
    pair, desk = apart
    one, two = desk.people
    three = pair.aiko.write("Add", add_contact, desk.account, "C").result
    set_boss(pair.aiko, one, two)
    set_boss(pair.aiko, two, three)
    with pytest.raises(UserError, match="circle"):
        set_boss(pair.aiko, three, one)
    with pytest.raises(UserError, match="himself"):
        set_boss(pair.aiko, one, one)
    pair.aiko.write("Nobody", edit_contact, two, reports_to_id=None)
    set_boss(pair.aiko, three, one)
    assert boss(pair.aiko, three) == one
