"""The accounts table and its figures: the money, the plan that counts, what is late."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import (
    add_account,
    delete_accounts,
    edit_account,
    segment_named,
    tag_account,
)
from csdesk.actions.churn import churn_account
from csdesk.actions.contracts import add_contract, delete_contracts
from csdesk.actions.people import add_member, delete_members
from csdesk.actions.plan_items import delete_items, edit_item, tick_item
from csdesk.actions.plans import delete_plan
from csdesk.model.items import ItemKind
from csdesk.model.records import Action, Goal, Risk, Touchpoint
from csdesk.model.vocabulary import (
    AccountStatus,
    ActionStatus,
    ChurnReason,
    ContractStatus,
    GoalStatus,
    Phase,
    PlanStatus,
    ProgressRag,
    RiskStage,
    TouchModel,
)
from csdesk.queries.portfolio import portfolio_rows, ready_summaries
from csdesk.queries.portfolio_figures import PortfolioFigures
from csdesk.queries.summaries import keep_summaries
from csdesk.workspace.workspace import Workspace
from tests.queries.portfolio_desk import TODAY, Desk, days


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    """Add the one account."""
    return Desk(workspace)


def test_an_account_without_anything_has_a_line_of_nothing(desk: Desk) -> None:
    row = desk.row
    assert (row.name, row.status) == ("青葉物流", AccountStatus.ACTIVE)
    for name in ("arr", "renewal_on", "plan_id", "progress", "standing", "last_touch"):
        assert getattr(row, name) is None
    assert (row.late_actions, row.next_action, row.tags, row.owner) == (0, "", (), "")


def test_an_account_is_shown_with_its_profile(desk: Desk) -> None:
    owner = desk.do(add_member, "佐藤 結衣")
    segment = desk.do(segment_named, "大企業")
    desk.do(
        edit_account,
        desk.account,
        owner_id=owner,
        segment_id=segment,
        industry="物流",
        touch_model=TouchModel.HIGH,
        phase=Phase.RENEWAL,
    )
    for tag in ("重点", "VIP"):
        desk.do(tag_account, desk.account, tag)
    row = desk.row
    assert (row.owner_id, row.owner, row.segment) == (owner, "佐藤 結衣", "大企業")
    assert (row.touch_model, row.phase) == (TouchModel.HIGH, Phase.RENEWAL)
    assert set(row.tags) == {"重点", "VIP"}
    desk.do(delete_members, [owner])
    assert (desk.row.owner_id, desk.row.owner) == (None, "")


def test_accounts_stand_by_name_without_regard_to_case(desk: Desk) -> None:
    for name in ("beta", "Alpha", "alpha 2", "ZETA"):
        desk.do(add_account, name)
    assert [row.name for row in desk.rows] == ["Alpha", "alpha 2", "beta", "ZETA", "青葉物流"]


def test_japanese_accounts_stand_in_the_order_of_their_reading(desk: Desk) -> None:
    for name, kana in (
        ("雲井橋建設", "クモイバシ"),
        ("茜原化成", "アカネハラ"),
        ("汐見台", "しおみだい"),
    ):
        desk.do(add_account, name, name_kana=kana)
    desk.do(edit_account, desk.account, name_kana="ｱｵﾊﾞﾌﾞﾂﾘｭｳ")
    assert [row.name for row in desk.rows] == ["青葉物流", "茜原化成", "雲井橋建設", "汐見台"]


def test_deleted_accounts_have_no_line(desk: Desk) -> None:
    other = desk.do(add_account, "Other")
    desk.do(delete_accounts, [other])
    assert [row.id for row in desk.rows] == [desk.account]
    assert desk.workspace.read(portfolio_rows, today=TODAY, account_ids=[other]) == []


def test_only_the_accounts_asked_for_are_read(desk: Desk) -> None:
    other = desk.do(add_account, "Other")
    asked = desk.workspace.read(portfolio_rows, today=TODAY, account_ids=[other, "unknown"])
    assert [row.id for row in asked] == [other]
    assert desk.workspace.read(portfolio_rows, today=TODAY, account_ids=[]) == []


class TestMoney:
    def test_arr_is_twelve_times_the_mrr_of_running_contracts(self, desk: Desk) -> None:
        desk.contract(mrr=100_000)
        desk.contract(mrr=20_000)
        desk.contract(mrr=7_000, status=ContractStatus.ENDED)
        desk.contract(mrr=8_000, status=ContractStatus.UPCOMING)
        desk.contract(mrr=9_000, start_on=days(1))
        desk.do(delete_contracts, [desk.contract(mrr=50_000)])
        assert (desk.row.arr, desk.row.currency) == (12 * 120_000, "JPY")

    def test_a_contract_that_starts_today_or_at_no_known_day_counts(self, desk: Desk) -> None:
        desk.contract(mrr=1, start_on=TODAY)
        desk.contract(mrr=1, start_on=None)
        assert desk.row.arr == 24

    def test_a_contract_without_an_amount_is_not_free(self, desk: Desk) -> None:
        desk.contract(mrr=None)
        assert desk.row.arr is None
        desk.contract(mrr=0)
        assert desk.row.arr == 0

    def test_different_currencies_are_never_added_up_and_none_is_lost(self, desk: Desk) -> None:
        desk.contract(mrr=100_000)
        desk.contract(mrr=500_00, currency="USD")
        desk.contract(mrr=500_00, currency="USD")
        desk.contract(mrr=1, currency="EUR")
        row = desk.row
        assert {(row.currency, row.arr), *row.other_arr} == {
            ("JPY", 1_200_000),
            ("USD", 1_200_000),
            ("EUR", 12),
        }
        other = desk.do(add_account, "Other")
        desk.do(add_contract, other, mrr=300, currency="USD")
        assert desk.figures.arr == {"JPY": 1_200_000, "USD": 1_203_600, "EUR": 12}

    def test_the_main_currency_is_the_one_with_the_largest_amount(self, desk: Desk) -> None:
        desk.contract(mrr=10, currency="EUR")
        desk.contract(mrr=20, currency="USD")
        assert (desk.row.currency, desk.row.arr) == ("USD", 240)
        assert desk.row.other_arr == (("EUR", 120),)
        assert desk.row.amounts == (("USD", 240), ("EUR", 120))

    def test_an_account_that_pays_nothing_we_know_of_has_no_amounts(self, desk: Desk) -> None:
        desk.contract(mrr=None)
        assert desk.row.amounts == ()

    def test_the_next_renewal_is_the_nearest_that_is_not_over(self, desk: Desk) -> None:
        for count, currency in ((-1, "JPY"), (200, "JPY"), (90, "USD"), (300, "EUR")):
            desk.contract(mrr=1, currency=currency, renewal_on=days(count))
        assert desk.row.renewal_on == days(90)
        desk.contract(renewal_on=TODAY)
        assert desk.row.renewal_on == TODAY

    def test_a_renewal_that_has_passed_is_overdue_while_the_contract_runs(self, desk: Desk) -> None:
        desk.contract(renewal_on=days(-5))
        desk.contract(renewal_on=days(-9))
        desk.contract(renewal_on=days(-30), status=ContractStatus.ENDED)
        assert (desk.row.overdue_renewal, desk.row.renewal_on) == (days(-9), None)

    def test_seats_are_added_and_the_next_notice_is_told(self, desk: Desk) -> None:
        desk.contract(seats=5, notice_on=days(-1), currency="USD")
        desk.contract(seats=7, notice_on=days(20))
        desk.contract(notice_on=days(40))
        desk.contract(seats=100, status=ContractStatus.ENDED, notice_on=days(1))
        assert (desk.row.seats, desk.row.notice_on) == (12, days(20))

    def test_an_archived_account_counts_in_no_figure(self, desk: Desk) -> None:
        desk.contract(mrr=1_000, renewal_on=days(10))
        desk.do(edit_account, desk.account, archived_on=TODAY)
        assert desk.figures == PortfolioFigures(0, {}, 0, 0, 0)
        assert desk.row.archived_on == TODAY
        assert not desk.row.is_counted

    def test_a_churned_account_counts_in_no_figure(self, desk: Desk) -> None:
        desk.contract(mrr=1_000, renewal_on=days(10))
        action = desk.add(ItemKind.ACTION, desk.plan(), "Late", due_on=days(-3))
        before = desk.figures
        assert before == PortfolioFigures(1, {"JPY": 12_000}, 1, 0, 1, late_accounts=1)
        desk.do(edit_account, desk.account, status=AccountStatus.CHURNED)
        assert desk.figures == PortfolioFigures(0, {}, 0, 0, 0)
        assert desk.row.late_actions == 1, action

    @pytest.mark.parametrize(("count", "soon"), [(0, 1), (89, 1), (90, 1), (91, 0)])
    def test_a_renewal_within_ninety_days_is_soon(self, desk: Desk, count: int, soon: int) -> None:
        desk.contract(renewal_on=days(count))
        assert desk.figures.renewals_soon == soon

    def test_a_prospect_counts_as_an_account_without_a_plan(self, desk: Desk) -> None:
        desk.do(edit_account, desk.account, status=AccountStatus.PROSPECT)
        assert (desk.figures.accounts, desk.figures.without_plan) == (1, 1)


class TestPlan:
    @pytest.mark.parametrize(
        ("plans", "chosen"),
        [
            ([("draft", 0)], "draft 0"),
            ([("draft", 9), ("proposed", 5), ("agreed", 1), ("active", 0)], "active 0"),
            ([("draft", 9), ("proposed", 5), ("agreed", 1)], "agreed 1"),
            ([("draft", 9), ("proposed", 5)], "proposed 5"),
            ([("active", 3), ("active", 8), ("active", 1)], "active 8"),
            ([("active", None), ("active", 1)], "active 1"),
            ([("completed", 9), ("draft", 1)], "draft 1"),
            ([("completed", 9), ("canceled", 8)], ""),
            ([], ""),
        ],
    )
    def test_the_plan_of_an_account_is_the_one_in_force_that_starts_last(
        self, desk: Desk, plans: list[tuple[str, int | None]], chosen: str
    ) -> None:
        for status, start in plans:
            desk.plan(
                f"{status} {start}",
                status=PlanStatus(status),
                start_on=None if start is None else days(start),
            )
        row = desk.row
        assert row.plan_title == chosen
        assert row.plan_status == (chosen.split()[0] if chosen else None)
        assert desk.figures.without_plan == (0 if chosen else 1)

    def test_a_deleted_plan_is_no_plan(self, desk: Desk) -> None:
        plan = desk.plan()
        desk.do(delete_plan, plan.id)
        assert desk.row.plan_id is None

    def test_progress_is_the_mean_of_the_goals_of_that_plan_alone(self, desk: Desk) -> None:
        plan, old = desk.plan(), desk.plan("old", status=PlanStatus.COMPLETED)
        first = desk.add(ItemKind.GOAL, plan, "G1")
        desk.add(ItemKind.GOAL, plan, "G2", status=GoalStatus.ACHIEVED)
        for number in range(4):
            action = desk.add(ItemKind.ACTION, first, f"A{number}")
            if number == 0:
                desk.do(tick_item, action, True)
        desk.add(ItemKind.GOAL, old, "G3", status=GoalStatus.ACHIEVED)
        assert desk.row.progress == Decimal("0.625")

    @pytest.mark.parametrize(
        ("goals", "worst"),
        [
            ([ProgressRag.ON_TRACK, ProgressRag.AT_RISK], ProgressRag.AT_RISK),
            ([ProgressRag.ON_TRACK, ProgressRag.OFF_TRACK, None], ProgressRag.OFF_TRACK),
            ([ProgressRag.ON_TRACK, None], ProgressRag.ON_TRACK),
            ([None], None),
        ],
    )
    def test_the_standing_of_a_plan_is_its_worst(
        self, desk: Desk, goals: list[ProgressRag | None], worst: ProgressRag | None
    ) -> None:
        plan = desk.plan()
        for number, rag in enumerate(goals):
            desk.add(ItemKind.GOAL, plan, f"G{number}", progress_rag=rag)
        assert desk.row.standing == worst

    def test_closed_and_deleted_goals_have_no_standing(self, desk: Desk) -> None:
        plan = desk.plan()
        for status in (GoalStatus.ACHIEVED, GoalStatus.CANCELED, GoalStatus.MISSED):
            goal = desk.add(ItemKind.GOAL, plan, status, progress_rag=ProgressRag.OFF_TRACK)
            desk.do(edit_item, goal, status=status)
        gone = desk.add(ItemKind.GOAL, plan, "gone", progress_rag=ProgressRag.OFF_TRACK)
        desk.do(delete_items, [gone])
        assert desk.row.standing is None

    def test_a_goal_without_a_status_is_open(self, desk: Desk) -> None:
        goal = desk.add(ItemKind.GOAL, desk.plan(), "G", progress_rag=ProgressRag.AT_RISK)

        def merge(session: Session) -> None:
            session.get_one(Goal, goal.id).status = None

        desk.do(merge)
        assert desk.row.standing == ProgressRag.AT_RISK


class TestNextAction:
    def test_the_open_action_due_first_comes_next_and_late_ones_are_counted(
        self, desk: Desk
    ) -> None:
        plan = desk.plan()
        goal = desk.add(ItemKind.GOAL, plan, "G")
        desk.add(ItemKind.ACTION, plan, "in a week", due_on=days(7))
        desk.add(ItemKind.ACTION, goal, "long ago", due_on=days(-9))
        desk.add(ItemKind.ACTION, goal, "yesterday", due_on=days(-1))
        desk.add(ItemKind.ACTION, goal, "today", due_on=TODAY)
        desk.add(ItemKind.ACTION, goal, "some day")
        assert (desk.row.next_action, desk.row.next_action_due) == ("long ago", days(-9))
        assert desk.row.late_actions == 2

    @pytest.mark.parametrize(
        ("status", "counts"),
        [
            (ActionStatus.OPEN, True),
            (ActionStatus.IN_PROGRESS, True),
            (ActionStatus.WAITING_CUSTOMER, True),
            (ActionStatus.DEFERRED, True),
            (ActionStatus.DONE, False),
            (ActionStatus.CANCELED, False),
        ],
    )
    def test_what_is_done_or_dropped_is_not_late(
        self, desk: Desk, status: ActionStatus, counts: bool
    ) -> None:
        action = desk.add(ItemKind.ACTION, desk.plan(), "A", due_on=days(-1))
        desk.do(edit_item, action, status=status)
        assert desk.row.late_actions == counts
        assert (desk.row.next_action == "A") is counts

    def test_an_action_without_a_status_is_open(self, desk: Desk) -> None:
        action = desk.add(ItemKind.ACTION, desk.plan(), "A", due_on=days(-1))

        def merge(session: Session) -> None:
            session.get_one(Action, action.id).status = None

        desk.do(merge)
        assert desk.row.late_actions == 1

    @pytest.mark.parametrize("status", [PlanStatus.COMPLETED, PlanStatus.CANCELED])
    def test_actions_of_a_closed_plan_are_nobodys_next(
        self, desk: Desk, status: PlanStatus
    ) -> None:
        desk.add(ItemKind.ACTION, desk.plan(status=status), "A", due_on=days(-1))
        assert (desk.row.next_action, desk.row.late_actions) == ("", 0)

    def test_a_title_may_hold_any_character(self, desk: Desk) -> None:
        desk.add(ItemKind.ACTION, desk.plan(), "2026-01-01 | 𠮷野 “x”", due_on=days(3))
        assert desk.row.next_action == "2026-01-01 | 𠮷野 “x”"
        assert desk.row.next_action_due == days(3)


def test_the_last_touch_is_the_newest_that_was_held_in_local_time(desk: Desk) -> None:
    now = dt.datetime.now(dt.UTC)
    held = [now - dt.timedelta(days=40), now - dt.timedelta(days=12), now + dt.timedelta(days=5)]

    def add(session: Session) -> None:
        session.add_all(Touchpoint(account_id=desk.account, held_at=moment) for moment in held)

    desk.do(add)
    assert desk.row.last_touch == held[1].astimezone().date()


def test_a_code_that_a_newer_version_wrote_is_shown_as_it_is(desk: Desk) -> None:
    desk.do(edit_account, desk.account, phase="afterlife", touch_model="no_touch")
    assert (desk.row.phase, desk.row.touch_model) == ("afterlife", "no_touch")


def test_the_worst_open_risk_is_told(desk: Desk) -> None:
    def add_risks(session: Session) -> None:
        for probability, impact, stage in (
            (3, 4, RiskStage.IDENTIFIED),
            (2, 5, None),
            (5, 5, RiskStage.RECOVERED),
            (5, 4, RiskStage.ACCEPTED),
            (None, 5, RiskStage.SAVING),
        ):
            session.add(
                Risk(
                    account_id=desk.account,
                    title="Budget",
                    probability=probability,
                    impact=impact,
                    stage=stage,
                )
            )

    assert desk.row.risk_score is None
    desk.do(add_risks)
    assert desk.row.risk_score == 12


def test_the_day_a_customer_left_is_told_while_it_is_gone(desk: Desk) -> None:
    desk.do(churn_account, desk.account, days(-3), ChurnReason.PRODUCT)
    assert desk.row.churned_on == days(-3)
    desk.do(edit_account, desk.account, status=AccountStatus.ACTIVE)
    assert desk.row.churned_on is None


def test_ready_lines_hold_all_that_a_line_says(desk: Desk, workspace: Workspace) -> None:
    desk.contract(mrr=5, seats=3, renewal_on=days(-2), notice_on=days(4))
    desk.do(edit_account, desk.account, employees=40, name_en="Aoba", archived_on=TODAY)
    before = desk.rows
    workspace.derive(keep_summaries, *workspace.read(ready_summaries, today=TODAY))
    assert desk.rows == before
