# ruff: noqa: E501 - sentences of a sample are easier to read whole
"""Customer plans to print: a rich one in each language, a poor one, an empty one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from csdesk.insight.progress import mean, measure_progress, pace
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    PlanStatus,
    Priority,
    ProgressRag,
    Side,
)
from csdesk.queries.customer_rows import (
    ActionRow,
    CustomerPlan,
    GoalRow,
    KpiLine,
    MeasureRow,
    MilestoneRow,
    Person,
    SeriesPoint,
)

TODAY = dt.date(2025, 10, 15)

_KPIS_JA = [
    ("月間アクティブ利用率", "%", "percent", "higher", 58, 80, 74.8),
    ("オンボーディング完了率", "%", "percent", "higher", 62, 85, 85),
    ("NPS®（推奨度）", "", "score", "higher", 20, 45, 38),
    ("問い合わせ一次解決率", "%", "percent", "higher", 83, 90, 81.4),
    ("月次締めの作業時間", "時間", "duration", "lower", 40, 12, 27.5),
    ("対象店舗の月間売上", "円", "money", "higher", 42_000_000, 52_500_000, 47_310_000),
]
_KPIS_EN = [
    ("Monthly active usage", "%", "percent", "higher", 58, 80, 74.8),
    ("Onboarding completion", "%", "percent", "higher", 62, 85, 85),
    ("NPS®", "", "score", "higher", 20, 45, 38),
    ("First-contact resolution", "%", "percent", "higher", 83, 90, 81.4),
    ("Monthly closing effort", "h", "duration", "lower", 40, 12, 27.5),
    ("Monthly sales of pilot stores", "$", "money", "higher", 420_000, 525_000, 473_100),
]
_GOALS_JA = [
    (
        "オンボーディング完了率を85%へ引き上げる",
        "新規拠点12箇所の初期設定とEnterprise Edition移行を完了し、利用開始までの平均日数を30日から14日へ短縮します。",
    ),
    (
        "月間アクティブ利用率を80%で定着させる",
        "Salesforce連携とSlack通知を標準化し、営業・CS・製造の3部門で日次利用を習慣化します。",
    ),
    (
        "問い合わせ一次解決率を90%に改善する",
        "ナレッジベースを再構成し、よくある質問上位50件への回答を整備します。",
    ),
    (
        "経営ダッシュボードを四半期レビューで活用する",
        "経営会議で用いる5指標を自動集計し、月次の手作業40時間を削減します。",
    ),
    (
        "NPSを+20から+45へ向上させる",
        "四半期ごとの満足度調査と、低評価回答への48時間以内のフォローを徹底します。",
    ),
    (
        "データ品質スコア95点を維持する",
        "重複顧客レコードの統合ルールを策定し、週次で自動検査を実行します。",
    ),
    ("店舗の月間売上を25%増やす", "上位30店舗で需要予測を使い、欠品と値引きの損失を減らします。"),
    ("管理者3名が自走できる体制をつくる", ""),
]
_GOALS_EN = [
    (
        "Raise onboarding completion to 85%",
        "Finish initial set-up for 12 new sites, migrate to Enterprise Edition and cut time-to-value from 30 days to 14.",
    ),
    (
        "Hold monthly active usage at 80%",
        "Standardise the Salesforce integration and Slack alerts so three departments use the product every day.",
    ),
    (
        "Improve first-contact resolution to 90%",
        "Restructure the knowledge base and answer the top 50 questions.",
    ),
    (
        "Use the executive dashboard in every quarterly review",
        "Automate the five board metrics and remove 40 hours of manual work a month.",
    ),
    ("Lift NPS from +20 to +45", "Survey quarterly and follow up detractors within 48 hours."),
    (
        "Keep the data-quality score at 95",
        "Agree merge rules for duplicate accounts and check them weekly.",
    ),
    (
        "Grow monthly sales of the pilot stores by 25%",
        "Use demand forecasts in the top 30 stores to cut stock-outs and markdown losses.",
    ),
    ("Three administrators who run it on their own", ""),
]
_MILESTONES_JA = [
    "キックオフ",
    "要件定義",
    "環境構築",
    "データ移行",
    "SSO設定",
    "管理者研修",
    "パイロット運用",
    "効果測定",
    "全社展開",
]
_MILESTONES_EN = [
    "Kick-off",
    "Requirements",
    "Environment ready",
    "Data migration",
    "Single sign-on",
    "Administrator training",
    "Pilot operation",
    "Measure the effect",
    "Company-wide roll-out",
]
_ACTIONS_JA = [
    "データ移行計画書をレビューし、承認者を確定する",
    "シングルサインオン（SAML）の検証環境を構築する",
    "管理者向けトレーニング第2回を実施する",
    "Salesforceとの項目マッピングを最終確認する",
    "利用状況レポートの配信先を登録する",
    "四半期ビジネスレビューの資料を準備する",
]
_ACTIONS_EN = [
    "Review the migration plan and name who approves it",
    "Build the SAML single sign-on test environment",
    "Hold the second administrator training",
    "Confirm the Salesforce field mapping",
    "Register who receives the usage report",
    "Prepare the quarterly business review",
]
_PEOPLE_JA = ["山田 太郎", "佐藤 花子", "髙橋 美咲", "鈴木 一郎", "渡邊 誠", "𠮷田 健"]
_PEOPLE_EN = [
    "Taro Yamada",
    "Hanako Sato",
    "Misaki Takahashi",
    "Ichiro Suzuki",
    "Makoto Watanabe",
    "Ken Yoshida",
]


_MEASURES_OF_GOAL = {0: (1,), 1: (0,), 2: (3,), 3: (4,), 4: (2,), 6: (5,)}


def month(year: int, number: int) -> dt.date:
    """Return the first day of a month; months beyond December count on."""
    return dt.date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)


def kpi_line(
    name: str = "売上",
    unit: str = "円",
    kind: str = "money",
    *,
    first: float = 100,
    last: float = 140,
    months: int = 12,
    gap: int | None = None,
    direction: str = "higher",
) -> KpiLine:
    """Make a KPI with monthly values from `first` to `last`, with some ups and downs."""
    values = []
    for index in range(months):
        if index == gap:
            continue
        share = index / max(months - 1, 1)
        wobble = (index * 7 % 5 - 2) * (last - first) * 0.03 if 0 < index < months - 1 else 0
        number = Decimal(str(round(first + (last - first) * share + wobble, 1)))
        values.append(SeriesPoint(month(2025, index - 2), number, is_estimate=index == months - 2))
    return KpiLine(name, unit, kind, direction, "monthly", tuple(values))


def _measures(language: str) -> list[MeasureRow]:
    rows = []
    for index, (name, unit, kind, direction, baseline, target, now) in enumerate(
        _KPIS_JA if language == "ja" else _KPIS_EN
    ):
        line = kpi_line(
            name,
            unit,
            kind,
            first=baseline,
            last=now,
            gap=5 if index == 3 else None,
            direction=direction,
        )
        start, end = dt.date(2024, 11, 1), dt.date(2026, 3, 31)
        low, high, current = Decimal(baseline), Decimal(target), Decimal(str(now))
        rows.append(
            MeasureRow(
                kpi=line,
                direction=direction,
                baseline=low,
                baseline_on=start,
                target=high,
                target_mode="percent_increase" if index == 5 else "absolute",
                target_given=Decimal(25) if index == 5 else high,
                target_on=end,
                current=current,
                current_on=line.values[-1].period,
                progress=measure_progress(low, high, current, direction),
                expected=pace(low, high, start, end, TODAY),
                source="利用ログ（月初に集計）"
                if language == "ja"
                else "Usage log, first of month",
                agreed_on=dt.date(2025, 4, 10),
                agreed_with=(_PEOPLE_JA if language == "ja" else _PEOPLE_EN)[0],
                id=f"measure-{index}",
            )
        )
    return rows


def rich_plan(language: str = "ja", *, actions: int = 80, milestones: int = 30) -> CustomerPlan:
    """Make a plan of eight goals, six charts, and as many milestones and action items."""
    is_ja = language == "ja"
    people = _PEOPLE_JA if is_ja else _PEOPLE_EN
    measures = _measures(language)
    states = [
        "in_progress",
        "in_progress",
        "in_progress",
        "in_progress",
        "in_progress",
        "in_progress",
        "in_progress",
        "not_started",
    ]
    rags = ["on_track", "on_track", "off_track", "at_risk", "on_track", "off_track", "at_risk", ""]
    goals = []
    for number, (title, why) in enumerate(_GOALS_JA if is_ja else _GOALS_EN):
        own = [measures[index] for index in _MEASURES_OF_GOAL.get(number, ())]
        share = mean(measure.progress for measure in own)
        goals.append(
            GoalRow(
                id=f"goal-{number}",
                title=title,
                why=why,
                owner=people[2],
                customer_owner=people[number % 2],
                start_on=dt.date(2025, 4, 1),
                due_on=dt.date(2025, 12, 1) + dt.timedelta(number * 15),
                status=GoalStatus(states[number]),
                rag=ProgressRag(rags[number]) if rags[number] else "",
                progress=share if share is not None else Decimal("0.2"),
                measures=tuple(own),
                milestones=tuple(
                    _milestone(language, index) for index in range(number, milestones, 8)
                ),
            )
        )
    titles = _ACTIONS_JA if is_ja else _ACTIONS_EN
    rows = []
    for index in range(actions):
        due = dt.date(2025, 9, 20) + dt.timedelta(index * 3 % 170)
        status = ["open", "in_progress", "waiting_customer", "done", "open"][index % 5]
        side = ["customer", "us", "joint"][index % 3]
        rows.append(
            ActionRow(
                id=f"action-{index}",
                title=titles[index % 6],
                side=Side(side),
                owner="" if side == "customer" else people[2 + index % 3],
                customer_owner="" if side == "us" else people[index % 2],
                due_on=due,
                done_on=due if status == "done" else None,
                status=ActionStatus(status),
                priority=list(Priority)[index % 4],
                goal=goals[index % 8].title,
                is_overdue=status != "done" and due < TODAY,
            )
        )
    return CustomerPlan(
        account_name="株式会社アクメ製作所" if is_ja else "Acme Manufacturing, Inc.",
        account_name_en="Acme Manufacturing, Inc.",
        today=TODAY,
        our_company="サクセスプラン株式会社" if is_ja else "Success Plan Inc.",
        title="2025年度下期 共同成功計画" if is_ja else "Joint success plan, second half of FY2025",
        status=PlanStatus.ACTIVE,
        version=3,
        start_on=dt.date(2025, 4, 1),
        end_on=dt.date(2026, 3, 31),
        owner=people[2],
        customer_owner=people[0],
        background=(
            "拠点ごとに異なる表計算で進捗を管理しており、月次の集計に約40時間かかっています。問い合わせの履歴が"
            "共有されず、同じ質問に何度も回答しています。\n2024年度の導入後、12拠点のうち9拠点で本番運用を開始しました。"
            if is_ja
            else "Each site keeps its progress in a spreadsheet of its own, and the monthly figures take about 40 hours. "
            "Enquiries are not shared, so the same question is answered again and again.\n"
            "Since the roll-out began in FY2024, nine of twelve sites have gone live."
        ),
        to_be=(
            "全12拠点が同じ画面で状況を把握し、経営会議の数値が自動で揃う状態を目指します。"
            if is_ja
            else "All twelve sites see the same picture, and the figures for the board come together by themselves."
        ),
        success_statement=(
            "上期は12拠点のうち9拠点で本番運用を開始し、月間アクティブ利用率は58%から74.8%へ伸びました。下期は「定着」から"
            "「拡大」へ移り、一次解決率とNPSの改善に注力します。データ品質の目標は計画より遅れているため、11月末までに統合"
            "ルールを確定し、12月の四半期レビューで立て直しを確認します。"
            if is_ja
            else "Nine of twelve sites went live in the first half and monthly active usage rose from 58% to 74.8%. The second "
            "half moves from adoption to expansion, with first-contact resolution and NPS as the main levers."
        ),
        review_cadence="隔週の定例会（Web）と四半期ごとのビジネスレビュー"
        if is_ja
        else "Fortnightly web meeting and a quarterly business review",
        next_review_on=dt.date(2025, 12, 17),
        progress=mean(goal.progress for goal in goals),
        goals=tuple(goals),
        actions=tuple(rows),
        our_people=tuple(
            Person(
                name,
                "カスタマーサクセス" if is_ja else "Customer success manager",
                email=f"csm{index}@example.com",
                is_lead=index == 0,
            )
            for index, name in enumerate(people[2:5])
        ),
        customer_people=tuple(
            Person(
                name,
                "部長" if is_ja else "Director",
                "情報システム部" if is_ja else "IT",
                f"user{index}@acme.example",
                is_lead=index == 0,
            )
            for index, name in enumerate(people[:2])
        ),
        risks=(
            "統合ルールの決定が12月にずれ込むと、データ品質の目標も1か月遅れます。"
            if is_ja
            else "If the merge rules are settled only in December, the data-quality goal moves by a month.",
        ),
    )


def _milestone(language: str, index: int) -> MilestoneRow:
    is_ja = language == "ja"
    names = _MILESTONES_JA if is_ja else _MILESTONES_EN
    people = _PEOPLE_JA if is_ja else _PEOPLE_EN
    start = dt.date(2025, 4, 7) + dt.timedelta(index * 10)
    due = start + dt.timedelta(18 + index % 4 * 9)
    status = (
        "achieved"
        if due < dt.date(2025, 9, 20)
        else ("in_progress" if start < TODAY else "not_started")
    )
    if index == 17:
        status = "at_risk"
    return MilestoneRow(
        id=f"milestone-{index}",
        title=f"{names[index % 9]} {index // 9 + 1}",
        done_definition=(
            "本番環境で全利用者がログインでき、受入試験の全項目に合格している。"
            if is_ja
            else "All users can sign in to production and every acceptance test has passed."
        )
        if index % 3
        else "",
        start_on=start if index % 4 else None,
        due_on=due,
        achieved_on=due - dt.timedelta(2) if status == "achieved" else None,
        status=MilestoneStatus(status),
        owner=people[2],
        customer_owner=people[index % 2],
        progress=Decimal(1)
        if status == "achieved"
        else Decimal("0.4")
        if status == "in_progress"
        else Decimal(0),
        is_overdue=status != "achieved" and due < TODAY,
        after=(names[(index - 1) % 9],) if index % 7 == 3 else (),
    )


def poor_plan(language: str = "ja") -> CustomerPlan:
    """Make what an account has after an import of sales figures: a name and one KPI."""
    return CustomerPlan(
        account_name="新宿店" if language == "ja" else "Shinjuku store",
        today=TODAY,
        kpis=(
            kpi_line(
                "売上" if language == "ja" else "Sales",
                "円" if language == "ja" else "$",
                first=4_295_000,
                last=5_120_000,
            ),
        ),
    )


def empty_plan() -> CustomerPlan:
    """Make a plan that says nothing but whose it is."""
    return CustomerPlan(account_name="", today=TODAY)
