"""What waits for review tells both values, who wrote them, and what hangs on the choice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from csdesk import i18n
from csdesk.actions.accounts import add_account, edit_account, tag_account
from csdesk.actions.contracts import add_contract, edit_contract
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_contact, add_member, edit_contact
from csdesk.actions.plan_items import (
    add_item,
    delete_items,
    edit_item,
    move_item,
    set_dependencies,
)
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import delete_row
from csdesk.i18n import Translator
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import MilestoneStatus
from csdesk.queries.review import open_review_count, review_items
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
from tests.store.desk import NOON, Device


@dataclass
class Desk:
    """What both have at first."""

    account: str
    plan: str
    goal: ItemRef
    other_goal: ItemRef
    milestone: ItemRef
    kpi: str
    people: list[str]


def prepare(workspace: Workspace) -> Desk:
    account = workspace.write("Account", add_account, "Fuji Retail Group", owner_id=None).result
    plan = workspace.write("Plan", add_plan, account, "Onboarding").result
    at_plan = ItemRef(None, plan)
    goals = [
        workspace.write("Goal", add_item, ItemKind.GOAL, at_plan, title).result
        for title in ("Fewer stock-outs", "Happy staff")
    ]
    milestone = workspace.write(
        "Milestone",
        *(add_item, ItemKind.MILESTONE, goals[0], "Dashboard goes live"),
        due_on=dt.date(2027, 1, 15),
    ).result
    kpi = workspace.write("KPI", add_kpi, "Sales").result
    people = [
        workspace.write("Contact", add_contact, account, name).result
        for name in ("Tanaka", "Suzuki", "Sato")
    ]
    return Desk(account, plan, *goals, milestone, kpi, people)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Desk]:
    """Return the document of a small workspace and what is in it."""
    return prepared(tmp_path_factory.mktemp("prepared"), prepare)


@pytest.fixture
def apart(tmp_path: Path, document: tuple[Path, Desk]) -> Iterator[tuple[Pair, Desk]]:
    """Return two copies of it, open."""
    with pair_of(tmp_path, document[0]) as pair:
        yield pair, document[1]


def only(pair: Pair) -> ReviewItem:
    (item,) = pair.waiting()
    return item


def test_two_dates_are_told_as_in_the_picture(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.ben.write("Due", edit_item, desk.milestone, due_on=dt.date(2027, 2, 10))
    pair.pass_by(minutes=12)
    pair.aiko.write("Due", edit_item, desk.milestone, due_on=dt.date(2027, 1, 31))
    pair.meet()
    item = only(pair)
    assert isinstance(item, EditItem)
    assert (item.account, item.item) == (
        "Fuji Retail Group",
        "Milestone “Dashboard goes live”",
    )
    assert (item.label, item.before) == ("Due", "Jan 15, 2027")
    assert (item.now.words, item.now.who.author) == ("Jan 31, 2027", "Aiko")
    (other,) = item.others
    assert (other.words, other.who.author) == ("Feb 10, 2027", "Ben")
    assert item.now.who.at - other.who.at == pytest.approx(
        dt.timedelta(minutes=11), abs=dt.timedelta(minutes=1)
    )
    assert item.account_id == desk.account
    assert item.now.who.computer == other.who.computer != ""
    assert item.join is None


def test_the_words_come_in_the_language_asked_for(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.aiko.write("Status", edit_item, desk.milestone, status=MilestoneStatus.IN_PROGRESS)
    pair.ben.write("Status", edit_item, desk.milestone, status=MilestoneStatus.ACHIEVED)
    pair.meet()
    english = only(pair)
    (japanese,) = pair.aiko.read(review_items, translator=Translator("ja"))
    assert isinstance(english, EditItem)
    assert isinstance(japanese, EditItem)
    assert english.label == "Status"
    assert japanese.label == "ステータス"
    assert japanese.now.words != english.now.words


def test_money_and_people_are_shown_as_one_reads_them(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    contract = pair.aiko.write("Add", add_contract, desk.account, currency="USD", mrr=100).result
    members = [pair.aiko.write("Add", add_member, name).result for name in ("Mori", "Abe")]
    pair.meet()
    pair.aiko.write("MRR", edit_contract, contract, mrr=123450)
    pair.ben.write("MRR", edit_contract, contract, mrr=99900)
    pair.aiko.write("Owner", edit_account, desk.account, owner_id=members[0])
    pair.ben.write("Owner", edit_account, desk.account, owner_id=members[1])
    pair.meet()
    told = {
        item.label: (item.before, {item.now.words, *(other.words for other in item.others)})
        for item in pair.waiting()
        if isinstance(item, EditItem)
    }
    assert told == {"MRR": ("$1.00", {"$1,234.50", "$999.00"}), "Owner": ("", {"Mori", "Abe"})}


def test_the_same_month_entered_twice_had_no_value_before(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    month = dt.date(2026, 3, 1)
    for workspace, value in ((pair.aiko, 120), (pair.ben, 130)):
        workspace.write("Value", set_kpi_value, desk.account, desk.kpi, month, Decimal(value))
    pair.meet()
    item = only(pair)
    assert isinstance(item, EditItem)
    assert item.item == "KPI value “Sales · Mar 2026”"
    assert (item.before, {item.now.words, item.others[0].words}) == ("", {"120", "130"})


def test_the_same_value_written_twice_needs_no_review_even_when_it_changes_again(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    for workspace in (pair.aiko, pair.ben):
        workspace.write("Region", edit_account, desk.account, region="East")
    pair.meet()
    assert pair.waiting() == ()
    pair.aiko.write("Region", edit_account, desk.account, region="West")
    pair.meet()
    assert pair.waiting() == (), "who wrote West had seen East"


def test_a_value_tried_and_taken_back_by_undo_waits_again(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.ben.write("Region", edit_account, desk.account, region="East")
    pair.aiko.write("Region", edit_account, desk.account, region="North")
    pair.meet()
    assert isinstance(only(pair), EditItem)
    winner = pair.aiko.read(review_items)[0]
    assert isinstance(winner, EditItem)
    pair.aiko.write("Try", edit_account, desk.account, region=winner.others[0].words)
    assert pair.aiko.read(review_items) == ()
    pair.aiko.undo()
    assert len(pair.aiko.read(review_items)) == 1


def test_three_values_of_one_field_are_one_item_with_two_others(
    apart: tuple[Pair, Desk], tmp_path: Path
) -> None:
    pair, desk = apart
    third = Device.beside(tmp_path / "carl", pair.devices[0].document)
    third.clock.now = pair.devices[0].clock.now + dt.timedelta(minutes=30)
    with Workspace.open(third.document, home=third.home, author="Carl", clock=third.clock) as carl:
        carl.write("Region", edit_account, desk.account, region="South")
        carl.publish()
    pair.aiko.write("Region", edit_account, desk.account, region="East")
    pair.ben.write("Region", edit_account, desk.account, region="West")
    pair.meet()
    pair.aiko.team.merge(third.document)
    pair.meet()
    item = only(pair)
    assert isinstance(item, EditItem)
    assert item.now.words == "South"
    assert [other.who.author for other in item.others] == ["Ben", "Aiko"]


def test_long_texts_that_do_not_meet_are_offered_joined(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    text = "CIO wants a recovery plan before the board meets."
    pair.aiko.write("Text", edit_account, desk.account, org_notes=text)
    pair.meet()
    pair.aiko.write("Text", edit_account, desk.account, org_notes=f"{text} Usage fell.")
    pair.ben.write("Text", edit_account, desk.account, org_notes=f"{text} Pricing is fine.")
    pair.meet()
    item = only(pair)
    assert isinstance(item, EditItem)
    assert item.join is not None
    assert item.join.text == f"{item.now.words}{item.others[0].words.removeprefix(text)}"
    assert item.before == text


def test_a_move_to_two_places_is_one_item_that_names_them(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    third = pair.aiko.write(
        "Goal", add_item, ItemKind.GOAL, ItemRef(None, desk.plan), "Third"
    ).result
    pair.meet()
    pair.aiko.write("Move", move_item, desk.milestone, desk.other_goal)
    pair.ben.write("Move", move_item, desk.milestone, third)
    pair.meet()
    item = only(pair)
    assert isinstance(item, EditItem)
    assert item.label == "Place"
    assert item.before == "Goal “Fewer stock-outs”"
    assert {item.now.words, item.others[0].words} == {"Goal “Happy staff”", "Goal “Third”"}


def test_an_edit_of_something_deleted_tells_who_did_what(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.aiko.write("Delete", delete_items, [desk.goal])
    pair.ben.write("Why", edit_item, desk.goal, why="Shelves are empty")
    pair.meet()
    item = only(pair)
    assert isinstance(item, DeletionItem)
    assert (item.item, item.deleted.author) == ("Goal “Fewer stock-outs”", "Aiko")
    ((edit,),) = (item.edits,)
    assert (edit.label, edit.before, edit.after) == ("Why", "", "Shelves are empty")
    assert edit.who.author == "Ben"
    assert item.went_along == 1, "its milestone is still gone"
    assert not item.is_gone


def test_an_owner_and_what_it_owns_deleted_in_one_step_are_one_item(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    pair.aiko.write("Delete", delete_items, [desk.goal])
    pair.ben.write("Why", edit_item, desk.goal, why="Shelves are empty")
    pair.ben.write("Why", edit_item, desk.milestone, title="Dashboard shown")
    pair.meet()
    item = only(pair)
    assert isinstance(item, DeletionItem)
    assert item.row_id == desk.goal.id
    assert len(item.below) == 1


def test_a_child_of_something_deleted_is_found(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.aiko.write("Delete", delete_items, [desk.goal])
    made = pair.ben.write("Add", add_item, ItemKind.MILESTONE, desk.goal, "Training").result
    pair.meet()
    item = only(pair)
    assert isinstance(item, RecoveredItem)
    assert (item.item, item.parent) == ("Milestone “Training”", "Goal “Fewer stock-outs”")
    assert item.rows == (made.id,)
    assert item.deleted is not None
    assert (item.deleted.author, item.edited.author) == ("Aiko", "Ben")
    assert item.comes_back == 2, "the goal, and the milestone that went with it"
    assert [place.words for place in item.places] == ["Goal “Happy staff”"]


def test_values_and_tags_of_a_deleted_account_are_put_together(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    pair.aiko.write("Delete", delete_row, "account", desk.account)
    for month in (1, 2, 3):
        day = dt.date(2026, month, 1)
        pair.ben.write("Value", set_kpi_value, desk.account, desk.kpi, day, Decimal(month))
    pair.ben.write("Tag", tag_account, desk.account, "VIP")
    pair.meet()
    items = {item.entity: item for item in pair.waiting()}
    assert set(items) == {"kpi_value", "account_tag"}
    values = items["kpi_value"]
    assert isinstance(values, RecoveredItem)
    assert len(values.rows) == 3
    assert values.item == "KPI value “Sales · Jan 2026” and 2 more"
    assert (values.account, values.parent) == (
        "Fuji Retail Group",
        "Account “Fuji Retail Group”",
    )


def test_values_of_a_deleted_kpi_are_found(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.aiko.write("Delete", delete_row, "kpi", desk.kpi)
    pair.ben.write("Value", set_kpi_value, desk.account, desk.kpi, dt.date(2026, 1, 1), Decimal(1))
    pair.meet()
    item = only(pair)
    assert isinstance(item, RecoveredItem)
    assert (item.field, item.parent) == ("kpi_id", "KPI “Sales”")


def test_people_who_would_report_in_a_circle_are_named(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    one, two, three = desk.people
    pair.aiko.write("Boss", edit_contact, one, reports_to_id=two)
    pair.meet()
    pair.aiko.write("Boss", edit_contact, two, reports_to_id=three)
    pair.pass_by(minutes=5)
    pair.ben.write("Boss", edit_contact, three, reports_to_id=one)
    pair.meet()
    item = only(pair)
    assert isinstance(item, CircleItem)
    assert (item.item, item.label, item.wanted) == ("Contact “Sato”", "Reports to", "Tanaka")
    assert (item.now, item.who.author) == ("", "Ben")
    assert [link.words for link in item.links] == ["Tanaka → Suzuki", "Suzuki → Sato"]


def test_milestones_that_would_wait_in_a_circle_are_named(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    other = pair.aiko.write("Add", add_item, ItemKind.MILESTONE, desk.goal, "Training").result
    pair.meet()
    pair.aiko.write("Waits", set_dependencies, desk.milestone.id, {other.id})
    pair.pass_by(minutes=5)
    pair.ben.write("Waits", set_dependencies, other.id, {desk.milestone.id})
    pair.meet()
    item = only(pair)
    assert isinstance(item, CircleItem)
    assert (item.item, item.wanted, item.label) == (
        "Milestone “Training”",
        "Dashboard goes live",
        "Waits for",
    )
    assert [link.words for link in item.links] == ["Dashboard goes live → Training"]


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ("Blue Harbor Bank", "Blue Harbor Bank", True),
        ("Blue Harbor Bank", "ＢＬＵＥ　harbor  bank", True),
        ("田中商事", "田中 商事", True),
        ("Blue Harbor Bank", "Blue Harbour Bank", False),
        ("ガス", "ｶﾞｽ", True),
    ],
)
def test_names_made_on_two_computers_are_compared_as_one_reads_them(
    apart: tuple[Pair, Desk], mine: str, theirs: str, same: bool
) -> None:
    pair, _desk = apart
    pair.aiko.write("Add", add_account, mine, industry="Bank")
    pair.pass_by(minutes=1)
    pair.ben.write("Add", add_account, theirs)
    pair.meet()
    assert [item.kind for item in pair.waiting()] == (["duplicate"] if same else [])
    if same:
        item = only(pair)
        assert isinstance(item, DuplicateItem)
        assert [candidate.name for candidate in item.candidates] == [mine, " ".join(theirs.split())]
        assert ("Industry", "Bank") in item.candidates[0].details
        assert [candidate.who.author for candidate in item.candidates] == ["Aiko", "Ben"]


def test_two_of_one_name_from_one_computer_are_meant(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    for _time in range(2):
        pair.aiko.write("Add", add_account, "Branch")
    pair.ben.write("Add", add_account, "Another")
    pair.meet()
    assert pair.waiting() == ()


def test_contacts_are_compared_within_one_account_by_name_and_by_mail(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    other = pair.aiko.write("Add", add_account, "Other").result
    pair.meet()
    pair.aiko.write("Add", add_contact, desk.account, "Mori", email="mori@example.com")
    pair.ben.write("Add", add_contact, desk.account, "M. Mori", email="MORI@example.com")
    pair.aiko.write("Add", add_contact, desk.account, "Abe")
    pair.ben.write("Add", add_contact, other, "Abe")
    pair.meet()
    item = only(pair)
    assert isinstance(item, DuplicateItem)
    assert (item.label, item.value) == ("E-mail", "mori@example.com")


def test_nothing_waits_in_a_workspace_of_one(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    assert pair.aiko.read(open_review_count) == 0
    assert pair.aiko.read(review_items) == ()


def test_no_internal_id_is_shown(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    for workspace, person in ((pair.aiko, 0), (pair.ben, 1)):
        workspace.write("Owner", edit_item, desk.goal, customer_owner_id=desk.people[person])
        workspace.write("Place", move_item, desk.goal, ItemRef(None, desk.plan), after=None)
    pair.ben.write("Place", move_item, desk.goal, ItemRef(None, desk.plan), after=desk.other_goal)
    pair.meet()
    ids = {desk.account, desk.plan, desk.goal.id, desk.other_goal.id, *desk.people}
    for item in pair.waiting():
        assert isinstance(item, EditItem)
        shown = [item.account, item.item, item.label, item.before, item.now.words]
        shown += [other.words for other in item.others]
        assert not any(one in text for one in ids for text in shown)
        assert item.now.who.at > NOON


def test_titles_follow_the_interface(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.aiko.write("Region", edit_account, desk.account, region="East")
    pair.ben.write("Region", edit_account, desk.account, region="West")
    pair.meet()
    i18n.use_language("ja")
    item = only(pair)
    assert isinstance(item, EditItem)
    assert item.label == "地域"


def test_a_circle_of_what_was_deleted_is_of_no_interest(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    one, two, _three = desk.people
    other = pair.aiko.write("Add", add_item, ItemKind.MILESTONE, desk.goal, "Training").result
    pair.meet()
    pair.aiko.write("Boss", edit_contact, one, reports_to_id=two)
    pair.aiko.write("Waits", set_dependencies, desk.milestone.id, {other.id})
    pair.pass_by(minutes=5)
    pair.ben.write("Boss", edit_contact, two, reports_to_id=one)
    pair.ben.write("Waits", set_dependencies, other.id, {desk.milestone.id})
    pair.meet()
    assert [item.kind for item in pair.waiting()] == ["circle", "circle"]
    pair.aiko.write("Delete", delete_row, "contact", two)
    pair.aiko.write("Delete", delete_items, [other])
    pair.meet()
    assert "circle" not in [item.kind for item in pair.waiting()]
