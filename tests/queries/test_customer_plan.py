"""What a customer may see of a plan, read from a workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.desk import COMPANY_NAME, set_setting
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import add_item, delete_items, set_dependencies
from csdesk.actions.plans import add_measure, add_plan
from csdesk.errors import UserError
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Plan, PlanRevision, Risk
from csdesk.queries.customer_plan import CustomerPlan, customer_plan
from csdesk.queries.customer_rows import in_language
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 3, 2)


class Desk:
    """A workspace with one account and its plan."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.account = self.do(add_account, "株式会社アクメ", name_en="Acme, Inc.")
        self.member = self.do(add_member, "髙橋 美咲", email="misaki@example.com", role="CSM")
        self.contact = self.do(add_contact, self.account, "山田 太郎", title="部長")
        self.plan = self.do(
            add_plan,
            self.account,
            "導入計画",
            start_on=dt.date(2026, 1, 1),
            end_on=dt.date(2026, 12, 31),
            owner_id=self.member,
            customer_owner_id=self.contact,
        )

    def do(self, action: Any, *arguments: Any, **fields: Any) -> Any:
        return self.workspace.write("Test", action, *arguments, **fields).result

    def add(self, kind: str, parent: ItemRef | None, title: str, **fields: Any) -> ItemRef:
        below = parent or ItemRef(None, self.plan)
        ref: ItemRef = self.do(add_item, ItemKind(kind), below, title, **fields)
        return ref

    def seen(self, *, with_plan: bool = True, language: str = "ja") -> CustomerPlan:
        plan = self.plan if with_plan else None
        return in_language(
            self.workspace.read(customer_plan, plan, self.account, today=TODAY), language
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Workspace.create(tmp_path / "team.csdesk", author="Tester") as workspace:
        yield Desk(workspace)


def test_a_plan_names_both_companies_and_leads(desk: Desk) -> None:
    desk.do(set_setting, COMPANY_NAME, "サクセス株式会社")
    view = desk.seen()
    assert (view.account_name, view.our_company) == ("株式会社アクメ", "サクセス株式会社")
    assert (view.owner, view.customer_owner) == ("髙橋 美咲", "山田 太郎")
    assert view.our_people[0].is_lead
    assert view.customer_people[0].title == "部長"


def test_an_english_document_uses_english_names_where_there_are_some(desk: Desk) -> None:
    kpi = desk.do(add_kpi, "利用率", name_en="Adoption rate", category="usage")
    desk.do(set_kpi_value, desk.account, kpi, dt.date(2026, 1, 1), Decimal(5))
    view = desk.seen(language="en")
    assert view.account_name == "Acme, Inc."
    assert [line.name for line in view.kpis] == ["Adoption rate"]


def test_a_unit_is_written_in_the_documents_language_where_everybody_knows_it(desk: Desk) -> None:
    units = {
        "集計にかかる時間": ("Hours spent on reporting", "時間"),
        "サポート問い合わせ件数": ("Support tickets", "件"),
        "苦情": ("Complaints", "件"),
        "利用者満足度": ("User satisfaction", "点"),
        "来店数": ("Visits", "万人"),
        "Report views": ("", "views"),
        "Open doors": ("", "views"),
    }
    for name, (name_en, unit) in units.items():
        kpi = desk.do(add_kpi, name, name_en=name_en or None, unit=unit)
        desk.do(set_kpi_value, desk.account, kpi, dt.date(2026, 1, 1), Decimal(5))
    seen = {
        language: {kpi.name: kpi.unit for kpi in desk.seen(language=language).kpis}
        for language in ("en", "ja")
    }
    assert seen["en"] == {
        "Hours spent on reporting": "h",
        "Support tickets": "tickets",  # as the English template counts them
        "Complaints": "",
        "User satisfaction": "points",  # nobody said that 5 is the best
        "Visits": "万人",
        "Report views": "views",
        "Open doors": "views",
    }
    known = {name: unit for name, (_name_en, unit) in units.items()}
    assert seen["ja"] == known | {"Report views": "回"}


def test_goals_and_what_stands_below_come_in_their_order(desk: Desk) -> None:
    first = desk.add("goal", None, "First")
    desk.add("goal", None, "Second")
    desk.add("milestone", first, "One")
    desk.add("milestone", first, "Two")
    view = desk.seen()
    assert [goal.title for goal in view.goals] == ["First", "Second"]
    assert [milestone.title for milestone in view.goals[0].milestones] == ["One", "Two"]


def test_internal_and_deleted_items_are_not_there_nor_what_is_below_them(desk: Desk) -> None:
    shown = desk.add("goal", None, "Shown")
    hidden = desk.add("goal", None, "Hidden", visibility="internal")
    gone = desk.add("goal", None, "Gone")
    inner = desk.add("milestone", shown, "Inner", visibility="internal")
    for parent in (shown, hidden, gone, inner):
        desk.add("action", parent, f"Below {parent.kind}")
    desk.add("milestone", hidden, "Below hidden")
    desk.do(delete_items, [gone])
    view = desk.seen()
    assert [goal.title for goal in view.goals] == ["Shown"]
    assert view.milestones == ()
    assert [action.title for action in view.actions] == ["Below goal"]
    assert view.actions[0].goal == "Shown"


def test_canceled_items_are_not_printed(desk: Desk) -> None:
    goal = desk.add("goal", None, "Goal")
    desk.add("goal", None, "No more", status="canceled")
    desk.add("milestone", goal, "Dropped", status="canceled")
    desk.add("action", goal, "Not needed", status="canceled")
    view = desk.seen()
    assert [goal.title for goal in view.goals] == ["Goal"]
    assert view.milestones == ()
    assert view.actions == ()


def test_progress_counts_only_what_the_customer_sees(desk: Desk) -> None:
    goal = desk.add("goal", None, "Goal")
    milestone = desk.add("milestone", goal, "Milestone")
    desk.add("action", milestone, "Done", status="done")
    desk.add("action", milestone, "Open")
    desk.add("action", milestone, "Internal one", visibility="internal")
    desk.add("action", milestone, "Internal two", visibility="internal")
    view = desk.seen()
    assert view.milestones[0].progress == Decimal("0.5")
    assert view.progress == Decimal("0.5")


def test_a_measure_has_its_numbers_resolved_on_the_day(desk: Desk) -> None:
    goal = desk.add("goal", None, "Grow", due_on=dt.date(2026, 12, 31))
    kpi = desk.do(add_kpi, "売上", unit="円", kind="money", category="revenue")
    desk.do(
        add_measure,
        goal.id,
        kpi,
        baseline=Decimal(1_000_000),
        baseline_on=dt.date(2026, 1, 1),
        target=Decimal(25),
        target_mode="percent_increase",
        target_on=dt.date(2026, 5, 1),
    )
    desk.do(set_kpi_value, desk.account, kpi, dt.date(2026, 2, 1), Decimal(1_100_000))
    desk.do(set_kpi_value, desk.account, kpi, dt.date(2026, 4, 1), Decimal(9_999_999))
    (measure,) = desk.seen().measures
    assert measure.target == 1_250_000
    assert measure.target_given == 25
    assert measure.current == 1_100_000
    assert measure.progress == Decimal("0.4")
    assert measure.expected == 1_125_000
    assert [point.value for point in measure.kpi.values] == [1_100_000]


def test_an_account_without_a_plan_shows_its_kpis_but_no_revenue(desk: Desk) -> None:
    for name, category in (("Sales", "outcome"), ("MRR", "revenue"), ("Empty", "usage")):
        kpi = desk.do(add_kpi, name, category=category)
        if name != "Empty":
            desk.do(set_kpi_value, desk.account, kpi, dt.date(2026, 1, 1), Decimal(5))
    view = desk.seen(with_plan=False)
    assert [line.name for line in view.kpis] == ["Sales"]
    assert view.title == ""


def test_a_plan_with_measures_shows_no_other_kpis(desk: Desk) -> None:
    agreed, other = desk.do(add_kpi, "Agreed"), desk.do(add_kpi, "Other")
    for kpi in (agreed, other):
        desk.do(set_kpi_value, desk.account, kpi, dt.date(2026, 1, 1), Decimal(5))
    assert [line.name for line in desk.seen().kpis] == ["Agreed", "Other"]
    goal = desk.add("goal", None, "Goal")
    desk.do(add_measure, goal.id, agreed)
    view = desk.seen()
    assert [measure.kpi.name for measure in view.measures] == ["Agreed"]
    assert view.kpis == ()


def test_overdue_is_what_was_due_before_today_and_is_not_closed(desk: Desk) -> None:
    yesterday = TODAY - dt.timedelta(1)
    desk.add("action", None, "Late", due_on=yesterday)
    desk.add("action", None, "Today", due_on=TODAY)
    desk.add("action", None, "Done", due_on=yesterday, status="done")
    desk.add("action", None, "Waiting", due_on=yesterday, status="deferred")
    late = {action.title: action.is_overdue for action in desk.seen().actions}
    assert late == {"Late": True, "Today": False, "Done": False, "Waiting": True}


def test_only_people_in_charge_of_something_visible_are_named(desk: Desk) -> None:
    quiet = desk.do(add_contact, desk.account, "静かな人")
    busy = desk.do(add_contact, desk.account, "佐藤 花子")
    desk.add("action", None, "Shown", customer_owner_id=busy)
    desk.add("action", None, "Hidden", customer_owner_id=quiet, visibility="internal")
    assert [person.name for person in desk.seen().customer_people] == ["山田 太郎", "佐藤 花子"]


def test_a_person_of_another_customer_is_never_named(desk: Desk) -> None:
    other = desk.do(add_account, "Other customer")
    stranger = desk.do(add_contact, other, "Stranger")

    def slip(session: Session) -> None:
        row = session.get(Plan, desk.plan)
        assert row is not None
        row.customer_owner_id = stranger

    desk.do(slip)
    view = desk.seen()
    assert view.customer_owner == ""
    assert view.customer_people == ()


def test_dependencies_name_visible_milestones_only(desk: Desk) -> None:
    goal = desk.add("goal", None, "Goal")
    first = desk.add("milestone", goal, "First")
    hidden = desk.add("milestone", goal, "Hidden", visibility="internal")
    last = desk.add("milestone", goal, "Last")
    desk.do(set_dependencies, last.id, {first.id, hidden.id})
    assert desk.seen().milestones[1].after == ("First",)


def test_risks_appear_in_their_customer_wording_while_they_stand(desk: Desk) -> None:
    def add(session: Session) -> None:
        common = {"account_id": desk.account, "title": "Internal title", "mitigation": "secret"}
        session.add(Risk(**common, customer_wording="Dates may move."))
        session.add(Risk(**common, customer_wording=" "))
        session.add(Risk(**common))
        session.add(Risk(**common, customer_wording="Over.", stage="recovered"))
        session.add(Risk(**common, customer_wording="Another plan.", plan_id="another"))

    desk.do(add)
    assert desk.seen().risks == ("Dates may move.",)


def test_the_version_follows_the_newest_revision(desk: Desk) -> None:
    assert desk.seen().version == 1
    desk.do(lambda session: session.add(PlanRevision(plan_id=desk.plan, number=4)))
    assert desk.seen().version == 5


def test_what_is_gone_is_said(desk: Desk) -> None:
    other = desk.do(add_account, "Other")
    with pytest.raises(UserError, match="plan does not exist"):
        desk.workspace.read(customer_plan, desk.plan, other, today=TODAY)
    with pytest.raises(UserError, match="account does not exist"):
        desk.workspace.read(customer_plan, None, "none", today=TODAY)
