"""A plan's outline as the desk sees it: one tree, with what is late, hidden, measured and done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_contact, add_member, delete_members
from csdesk.actions.plan_items import edit_item, set_dependencies, tick_item
from csdesk.actions.plans import add_measure, add_plan, delete_plan, edit_plan
from csdesk.model.items import ItemKind
from csdesk.model.records import Goal, Milestone
from csdesk.model.vocabulary import (
    ActionStatus,
    Direction,
    GoalStatus,
    MilestoneStatus,
    PlanStatus,
    PlanType,
    Priority,
    ProgressRag,
    Side,
    TargetMode,
    Visibility,
)
from csdesk.queries.outline import plan_outline
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import TODAY, Outline, Shape, fill

SHAPE: Shape = {
    "G1": {"M1": {"A1": {}, "A2": {}}, "A3": {}},
    "G2": {"M2": {}},
    "A4": {},
}


@pytest.fixture
def workspace(shared: Workspace) -> Workspace:
    """Share one workspace: every test has a plan of its own."""
    return shared


@pytest.fixture
def account(workspace: Workspace) -> str:
    """Add an account and return its id."""
    return workspace.write("Add", add_account, "青葉物流").result


@pytest.fixture
def outline(workspace: Workspace, account: str) -> Outline:
    """Fill the outline of a plan."""
    plan = workspace.write("Plan", add_plan, account, "導入").result
    shown = Outline(workspace, plan)
    workspace.write("Fill", fill, shown.plan, SHAPE)
    return shown


def test_items_know_what_they_are_and_what_they_stand_below(outline: Outline) -> None:
    assert outline.tree() == SHAPE
    assert outline.item("G1").parent == outline.plan
    assert outline.item("M1").parent == outline.ref("G1")
    assert outline.item("A1").parent == outline.ref("M1")
    assert outline.item("A3").parent == outline.ref("G1")
    assert outline.item("A4").parent == outline.plan
    assert outline.kinds()["M1"] == ItemKind.MILESTONE


def test_an_item_is_found_by_its_id_wherever_it_stands(outline: Outline) -> None:
    read = outline.read()
    for item in outline.all():
        assert read.find(item.ref.id) == item
    assert read.find("unknown") is None


def test_a_deleted_or_unknown_plan_has_no_outline(outline: Outline) -> None:
    outline.workspace.write("Delete", delete_plan, outline.plan.id)
    assert outline.workspace.read(plan_outline, outline.plan.id, today=TODAY) is None
    assert outline.workspace.read(plan_outline, "unknown", today=TODAY) is None


def test_a_plan_says_what_it_is(outline: Outline, account: str) -> None:
    fields = {
        "type": PlanType.ONBOARDING,
        "status": PlanStatus.AGREED,
        "start_on": dt.date(2026, 4, 1),
        "end_on": dt.date(2027, 3, 31),
        "background": "手作業が多い",
        "to_be": "全店で使う",
        "success_statement": "残業ゼロ",
        "review_cadence": "毎月",
        "next_review_on": dt.date(2026, 12, 1),
        "internal_note": "値下げの話は避ける",
    }
    outline.workspace.write("Edit", edit_plan, outline.plan.id, **fields)
    read = outline.read()
    assert {name: getattr(read, name) for name in fields} == fields
    assert (read.account_id, read.title, read.owner_id) == (account, "導入", None)


def test_an_item_says_what_it_is(outline: Outline, account: str) -> None:
    write = outline.workspace.write
    member = write("Member", add_member, "結衣").result
    contact = write("Contact", add_contact, account, "佐藤").result
    outline.do(
        edit_item,
        "A1",
        owner_id=member,
        customer_owner_id=contact,
        side=Side.JOINT,
        priority=Priority.HIGH,
        status=ActionStatus.WAITING_CUSTOMER,
        start_on=dt.date(2026, 11, 1),
        due_on=dt.date(2026, 12, 1),
        internal_note="そっと",
    )
    item = outline.item("A1")
    assert (item.owner, item.customer_owner) == ("結衣", "佐藤")
    assert (item.side, item.priority, item.standing) == (Side.JOINT, Priority.HIGH, None)
    assert (item.status, item.internal_note) == (ActionStatus.WAITING_CUSTOMER, "そっと")
    assert (item.text, item.measures, item.depends_on, item.children) == ("", (), (), ())
    write("Delete", delete_members, [member])
    assert (outline.item("A1").owner_id, outline.item("A1").owner) == (member, "")


def test_a_goal_says_why_and_a_milestone_when_it_is_done(outline: Outline) -> None:
    outline.do(edit_item, "G1", why="人手不足", progress_rag=ProgressRag.AT_RISK)
    outline.do(edit_item, "M1", done_definition="全員が研修を終えた")
    assert (outline.item("G1").text, outline.item("G1").standing) == (
        "人手不足",
        ProgressRag.AT_RISK,
    )
    assert outline.item("M1").text == "全員が研修を終えた"


@pytest.mark.parametrize(("days", "late"), [(-1, 1), (-40, 40), (0, 0), (1, 0), (None, 0)])
def test_what_was_due_before_today_is_late(outline: Outline, days: int | None, late: int) -> None:
    due = None if days is None else TODAY + dt.timedelta(days=days)
    for title in ("G1", "M1", "A1"):
        outline.do(edit_item, title, due_on=due)
        assert outline.item(title).late_days == late


@pytest.mark.parametrize(
    ("title", "status", "late"),
    [
        ("A1", ActionStatus.DONE, False),
        ("A1", ActionStatus.CANCELED, False),
        ("A1", ActionStatus.DEFERRED, True),
        ("A1", ActionStatus.WAITING_INTERNAL, True),
        ("M1", MilestoneStatus.ACHIEVED, False),
        ("M1", MilestoneStatus.MISSED, False),
        ("M1", MilestoneStatus.CANCELED, False),
        ("M1", MilestoneStatus.AT_RISK, True),
        ("G1", GoalStatus.PARTIALLY, False),
        ("G1", GoalStatus.CANCELED, False),
        ("G1", GoalStatus.PAUSED, True),
        ("G1", "a newer status", True),
    ],
)
def test_what_is_closed_is_not_late(outline: Outline, title: str, status: str, late: bool) -> None:
    outline.do(edit_item, title, due_on=TODAY - dt.timedelta(days=3), status=status)
    item = outline.item(title)
    assert (item.late_days > 0) is late
    assert item.is_closed is not late
    assert item.status == status


def test_what_is_done_says_since_when(outline: Outline) -> None:
    for title in ("A1", "M1", "G1"):
        outline.do(tick_item, title, True, TODAY)
    assert [outline.item(title).is_done for title in ("A1", "M1", "G1")] == [True, True, True]
    assert [outline.item(title).done_on for title in ("A1", "M1", "G1")] == [TODAY, TODAY, None]
    outline.do(edit_item, "A2", status=ActionStatus.CANCELED)
    assert (outline.item("A2").is_closed, outline.item("A2").is_done) == (True, False)


@pytest.mark.parametrize(
    ("internal", "hidden"),
    [
        ("G1", {"M1", "A1", "A2", "A3"}),
        ("M1", {"A1", "A2"}),
        ("A1", set()),
        ("A4", set()),
    ],
)
def test_an_internal_item_hides_all_that_stands_below_it(
    outline: Outline, internal: str, hidden: set[str]
) -> None:
    outline.do(edit_item, internal, visibility=Visibility.INTERNAL)
    assert {item.title for item in outline.all() if item.hidden_by_parent} == hidden


def test_an_item_without_a_word_on_who_may_see_it_hides_what_stands_below(
    outline: Outline,
) -> None:
    outline.do(edit_item, "G2", visibility=None)
    assert outline.item("M2").hidden_by_parent


def test_progress_of_goals_and_milestones_stands_beside_them(outline: Outline) -> None:
    outline.do(tick_item, "A1", True)
    assert outline.item("M1").progress == Decimal("0.5")
    assert outline.item("G1").progress == Decimal("0.5")
    assert outline.item("G2").progress == 0
    assert outline.item("A1").progress is None
    assert outline.read().progress == Decimal("0.25")


def test_a_goal_shows_its_measures_with_the_number_meant_and_how_far_it_is(
    outline: Outline, account: str
) -> None:
    write = outline.workspace.write
    kpi = write("KPI", add_kpi, "処理時間", unit="時間", direction=Direction.LOWER).result
    goal = outline.ref("G1").id
    write(
        "Measure",
        add_measure,
        goal,
        kpi,
        baseline=Decimal(8),
        target=Decimal(25),
        target_mode=TargetMode.PERCENT_OF_BASELINE,
        target_on=dt.date(2027, 3, 31),
    )
    write("Set", set_kpi_value, account, kpi, TODAY, Decimal(5))
    (line,) = outline.item("G1").measures
    assert (line.kpi_name, line.unit, line.direction) == ("処理時間", "時間", Direction.LOWER)
    assert (line.baseline, line.target, line.target_number) == (8, 25, 2)
    assert line.progress == Decimal("0.5")
    assert outline.item("G1").progress == Decimal("0.5")
    assert outline.item("G2").measures == ()


def test_a_milestone_names_those_it_waits_for(outline: Outline) -> None:
    ids = {title: outline.ref(title).id for title in ("M1", "M2")}
    outline.workspace.write("Wait", set_dependencies, ids["M2"], {ids["M1"]})
    assert outline.item("M2").depends_on == (ids["M1"],)


class TestMerged:
    """What two copies of the file, changed apart, may come to."""

    def delete_alone(self, outline: Outline, record: type[Goal | Milestone], title: str) -> None:
        ref = outline.ref(title)

        def merge(session: Session) -> None:
            session.get_one(record, ref.id).deleted_at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)

        outline.workspace.write("Merge", merge)

    def test_actions_of_a_deleted_milestone_stand_at_the_goal(self, outline: Outline) -> None:
        self.delete_alone(outline, Milestone, "M1")
        assert set(outline.tree()["G1"]) == {"A1", "A2", "A3"}
        assert outline.item("A1").parent == outline.ref("G1")

    def test_actions_of_a_deleted_goal_stand_at_the_plan(self, outline: Outline) -> None:
        self.delete_alone(outline, Goal, "G1")
        assert set(outline.tree()) == {"A1", "A2", "A3", "G2", "A4"}
        assert outline.item("A3").parent == outline.plan

    def test_no_document_shows_them_because_what_they_stood_below_may_have_been_internal(
        self, outline: Outline
    ) -> None:
        self.delete_alone(outline, Milestone, "M1")
        assert {item.title for item in outline.all() if item.hidden_by_parent} == {"A1", "A2"}

    def test_items_with_the_same_position_keep_one_order(self, outline: Outline) -> None:
        def merge(session: Session) -> None:
            for title in ("G1", "G2"):
                session.get_one(Goal, outline.ref(title).id).position = "a0"

        outline.workspace.write("Merge", merge)
        order = list(outline.tree())
        assert [list(outline.tree()) for _again in range(3)] == [order] * 3

    def test_an_item_without_a_title_is_shown_without_one(self, outline: Outline) -> None:
        ref = outline.ref("G2")

        def merge(session: Session) -> None:
            session.get_one(Goal, ref.id).title = None

        outline.workspace.write("Merge", merge)
        found = outline.read().find(ref.id)
        assert found is not None
        assert found.title == ""
