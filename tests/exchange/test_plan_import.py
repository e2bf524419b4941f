"""Success plans, one row an item."""

from __future__ import annotations

import datetime as dt

import pytest

from csdesk.actions.editing import today
from csdesk.exchange.import_report import Outcome

from .conftest import Desk, counts, reasons

PLAN = (
    "顧客,プラン,目標,マイルストーン,アクション,期限,ステータス,担当,主体\n"
    "新宿店,2026年度,売上を10%伸ばす,,,2026-12-31,,佐藤,\n"
    ",,,会員アプリを始める,,2026-06-30,進行中,,\n"
    ",,,,研修を開く,2026-04-15,完了,佐藤,お客様\n"
    ",,,,案内を送る,2026-05-01,,,\n"
    ",,問い合わせを減らす,,,,,,\n"
    ",,,,FAQを直す,,,,\n"
)


@pytest.fixture
def store(desk: Desk) -> Desk:
    desk.take("name\n新宿店\n大阪店\n")
    return desk


def outline(desk: Desk) -> list[str]:
    """Draw all plans as indented lines."""
    lines = []
    order = lambda row: (row["position"] or "", row["id"])  # noqa: E731
    goals, milestones, actions = (
        sorted(desk.rows(entity), key=order) for entity in ("goal", "milestone", "action")
    )
    for plan in sorted(desk.rows("plan"), key=lambda row: row["title"]):
        lines.append(plan["title"])
        for goal in goals:
            if goal["plan_id"] == plan["id"]:
                lines.append(f"  {goal['title']}")
                for stone in milestones:
                    if stone["goal_id"] == goal["id"]:
                        lines.append(f"    {stone['title']}")
                        lines += [
                            f"      {action['title']}"
                            for action in actions
                            if action["milestone_id"] == stone["id"]
                        ]
                lines += [
                    f"    - {action['title']}"
                    for action in actions
                    if action["goal_id"] == goal["id"] and not action["milestone_id"]
                ]
        lines += [
            f"  - {action['title']}"
            for action in actions
            if action["plan_id"] == plan["id"] and not action["goal_id"]
        ]
    return lines


def test_an_indented_table_becomes_a_plan_with_its_items(store: Desk) -> None:
    source = store.source(PLAN)

    report = store.apply(source)

    assert counts(report) == {"added": 6}
    assert report.tables[0].created == {"plan": ("2026年度",), "member": ("佐藤",)}
    assert outline(store) == [
        "2026年度",
        "  売上を10%伸ばす",
        "    会員アプリを始める",
        "      研修を開く",
        "      案内を送る",
        "  問い合わせを減らす",
        "    - FAQを直す",
    ]
    training = next(row for row in store.rows("action") if row["title"] == "研修を開く")
    assert (training["status"], training["side"], training["done_on"]) == (
        "done",
        "customer",
        today(),
    )
    stone = store.rows("milestone")[0]
    assert (stone["status"], stone["original_due_on"]) == ("in_progress", dt.date(2026, 6, 30))
    assert store.rows("goal")[0]["visibility"] == "customer"
    assert counts(store.apply(source)) == {"unchanged": 6}


def test_a_type_column_says_what_each_row_is(store: Desk) -> None:
    report = store.take(
        "account,plan,type,title,due\n"
        "新宿店,P,plan,,2026-12-31\n"
        "新宿店,P,goal,Grow,\n"
        "新宿店,P,milestone,Launch,\n"
        "新宿店,P,task,Train,\n"
        "新宿店,P,dream,Fly,\n"
    )

    assert counts(report) == {"added": 4, "refused": 1}
    assert "dream" in reasons(report)[0][2]
    assert outline(store) == ["P", "  Grow", "    Launch", "      Train"]
    assert store.rows("plan")[0]["end_on"] == dt.date(2026, 12, 31)


def test_rows_that_name_all_their_parents_may_stand_in_any_order(store: Desk) -> None:
    store.take(
        "account,plan,goal,milestone,action\n"
        "新宿店,P,Grow,Launch,Train\n"
        "大阪店,Q,Save,,Count\n"
        "新宿店,P,Grow,,Call\n"
        "新宿店,P,Grow,Launch,Invite\n"
        "新宿店,P,Grow,Launch,\n"
    )

    assert outline(store) == [
        "P",
        "  Grow",
        "    Launch",
        "      Train",
        "      Invite",
        "    - Call",
        "Q",
        "  Save",
        "    - Count",
    ]


def test_without_a_plan_column_items_go_into_the_only_running_plan(store: Desk) -> None:
    first = store.take("account,goal\n新宿店,Grow\n", "plans")
    second = store.take("account,goal\n新宿店,Save\n", "plans")

    assert first.tables[0].created == {"plan": ("Success plan",)}
    assert second.tables[0].created == {}
    assert outline(store) == ["Success plan", "  Grow", "  Save"]


def test_two_running_plans_leave_open_which_is_meant(store: Desk) -> None:
    store.take("account,plan,goal\n新宿店,P,Grow\n新宿店,Q,Save\n")

    report = store.take("account,goal\n新宿店,More\n", "plans")

    assert counts(report) == {"refused": 1}
    assert "2 running plans" in reasons(report)[0][2]


def test_updates_follow_the_status(store: Desk) -> None:
    store.take("account,plan,goal,action,status\n新宿店,P,Grow,Call,\n")

    done = store.take("account,plan,goal,action,done date\n新宿店,P,Grow,Call,2026-04-01\n")
    reopened = store.take("account,plan,goal,action,status\n新宿店,P,Grow,Call,open\n")

    assert counts(done) == counts(reopened) == {"updated": 1}
    action = store.rows("action")[0]
    assert (action["status"], action["done_on"]) == ("open", None)


def test_a_goal_brings_its_success_measure(store: Desk) -> None:
    source = store.source(
        "account,plan,goal,kpi,baseline,target,target date\n"
        "新宿店,P,Grow,売上,1000000,120万,2026-12-31\n"
    )
    store.apply(source)

    measure = store.rows("measure")[0]
    assert (measure["baseline"], measure["target"]) == (1_000_000, 1_200_000)
    assert measure["direction"] == "higher"
    assert store.names("kpi") == ["売上"]
    assert counts(store.apply(source)) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("新宿店,P,,Launch,,,,,", "below a goal"),
        ("新宿店,P,,,,,,,", ""),
        ("Nobody,P,Grow,,,,,,", "no account"),
        ("新宿店,P,Grow,,,2026-05-01,2026-04-01,,", "end before"),
        ("新宿店,P,Grow,,,,,at risk,", "none of the terms"),
        ("新宿店,P,Grow,,,,,,5", "needs the KPI"),
    ],
)
def test_an_item_that_makes_no_sense_is_refused(store: Desk, row: str, reason: str) -> None:
    report = store.take(
        "account,plan,goal,milestone,action,start,due,status,target\n" + row + "\n"
        "大阪店,Q,Save,,,,,,\n"
    )

    if reason:
        assert counts(report) == {"refused": 1, "added": 1}
        assert reason in reasons(report)[0][2]
        assert outline(store) == ["Q", "  Save"]
    else:
        # A row with no more than a plan's title is that plan.
        assert counts(report) == {"added": 2}


def test_a_field_an_item_does_not_have_is_reported_and_the_item_goes_in(store: Desk) -> None:
    report = store.take("account,plan,goal,priority\n新宿店,P,Grow,High\n")

    assert counts(report) == {"added": 1}
    assert "Priority" in next(report.tables[0].results()).reason


def test_two_rows_about_one_item_that_differ_are_not_merged(store: Desk) -> None:
    report = store.take(
        "account,plan,goal,due\n新宿店,P,Grow,2026-04-01\n新宿店,P,Grow,2026-05-01\n"
    )

    assert [result.outcome for result in report.tables[0].results()] == [
        Outcome.ADDED,
        Outcome.REFUSED,
    ]


def test_new_items_stand_below_the_ones_that_are_there(store: Desk) -> None:
    store.take("account,plan,goal\n新宿店,P,B\n新宿店,P,A\n")
    store.take("account,plan,goal\n新宿店,P,0\n")

    assert outline(store) == ["P", "  B", "  A", "  0"]


def test_rows_below_a_refused_goal_do_not_end_up_below_another_one(store: Desk) -> None:
    report = store.take(
        "account,plan,goal,milestone,action,due\n"
        "新宿店,P,Grow,,,\n"
        ",,Save,,,2026-02-30\n"
        ",,,Launch,,\n"
        ",,,,Train,\n"
        ",,Sell,,,\n"
        ",,,,Call,\n"
    )

    assert counts(report) == {"added": 3, "refused": 3}
    assert "above" in reasons(report)[1][2]
    assert outline(store) == ["P", "  Grow", "  Sell", "    - Call"]


def test_rows_below_an_unknown_account_do_not_end_up_at_the_one_before(store: Desk) -> None:
    report = store.take(
        "account,plan,goal\n新宿店,P,Grow\nNobody,Q,Save\n,,More\n大阪店,R,Sell\n,,Call\n"
    )

    assert counts(report) == {"added": 3, "refused": 2}
    assert outline(store) == ["P", "  Grow", "R", "  Sell", "  Call"]


def test_two_rows_that_differ_in_the_target_of_one_goal_are_not_merged(store: Desk) -> None:
    report = store.take(
        "account,plan,goal,kpi,target\n新宿店,P,Grow,Sales,5\n新宿店,P,Grow,Sales,6\n"
    )

    assert counts(report) == {"added": 1, "refused": 1}
    assert store.rows("measure")[0]["target"] == 5
