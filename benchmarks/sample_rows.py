"""Makes the rows of a large, believable workspace: the same rows on every machine, every time.

Accounts are half Japanese, half not; texts are put together from a small stock, so that words
repeat as they do in life. All randomness comes from one seed.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from csdesk.model.identity import kpi_value_id

Row = dict[str, Any]

SEED = 20261122
FIRST_MONTH = dt.date(2023, 12, 1)
MONTHS = 36
KPIS = 12
PLACES = ("新宿", "横浜", "札幌", "名古屋", "大阪", "福岡", "仙台", "広島", "京都", "金沢")
TRADES = ("商事", "食品", "物流", "製作所", "システム", "電機", "建設", "薬品", "出版", "観光")
TOWNS = ("Ashford", "Bergen", "Camden", "Dalton", "Evora", "Fargo", "Ghent", "Harlow", "Ivrea")
FIRMS = ("Foods", "Freight", "Mills", "Optics", "Paper", "Robotics", "Software", "Textiles")
FAMILY_NAMES = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "髙木", "𠮷田", "Meyer", "Rossi")
GIVEN_NAMES = ("陽子", "健", "美咲", "大輔", "直人", "Anna", "Luca", "Mei", "Noah", "Zoe")
WORDS = (
    "在庫", "回転率", "の改善", "を確認", "しました。", "新店舗", "への展開", "研修", "の日程",
    "利用率", "が上昇", "目標", "に対して", "遅れ", "契約更新", "の相談", "障害", "の報告",
    "weekly", "usage", "grew", "after", "the", "training", "renewal", "review", "with", "finance",
    "stock", "turnover", "dashboard", "rollout", "is", "blocked", "by", "data", "quality",
)  # fmt: skip
KPI_NAMES = (
    "月間利用者数", "導入率", "在庫回転率", "問い合わせ件数", "NPS", "CSAT", "Active users",
    "Orders handled", "Hours saved", "Error rate", "Revenue through product", "Training hours",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything."""

    name: str
    accounts: int
    plans: int
    touchpoints_each: int = 20

    @property
    def kpi_values(self) -> int:
        """How many KPI values there are in all."""
        return self.accounts * KPIS * MONTHS


TEAM = Size("team", accounts=2_000, plans=1_500)
STRESS = Size("stress", accounts=10_000, plans=7_500)
SIZES = {size.name: size for size in (TEAM, STRESS)}


class Rows:
    """The rows of one size, entity by entity; ids grow as those of rows made in turn do."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._random = random.Random(SEED)
        self._made = 0
        self.members = [self._member() for _ in range(15)]
        self.segments = [{"id": self._id(), "name": name} for name in ("大手", "中堅", "SMB")]
        self.kpis = [self._kpi(number) for number in range(KPIS)]
        self.accounts = [self._account(number) for number in range(size.accounts)]
        self.contacts = [self._contact(account) for account in self.accounts for _ in range(3)]
        self.contracts = [self._contract(account) for account in self.accounts]
        self.touchpoints = [
            self._touchpoint(account)
            for account in self.accounts
            for _ in range(size.touchpoints_each)
        ]
        self.plans: list[Row] = []
        self.goals: list[Row] = []
        self.measures: list[Row] = []
        self.milestones: list[Row] = []
        self.actions: list[Row] = []
        for account in self.accounts[: size.plans]:
            self._plan(account)

    def tables(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield the rows of each entity, those that others refer to first; KPI values apart."""
        yield from (
            ("member", self.members),
            ("segment", self.segments),
            ("kpi", self.kpis),
            ("account", self.accounts),
            ("contact", self.contacts),
            ("contract", self.contracts),
            ("plan", self.plans),
            ("goal", self.goals),
            ("measure", self.measures),
            ("milestone", self.milestones),
            ("action", self.actions),
            ("touchpoint", self.touchpoints),
        )

    def kpi_values(self) -> Iterator[tuple[dt.date, list[Row]]]:
        """Yield each month's values of all accounts: as teams import them."""
        levels = {
            (account["id"], kpi["id"]): self._random.uniform(20, 5_000)
            for account in self.accounts
            for kpi in self.kpis
        }
        for month in months(FIRST_MONTH, MONTHS):
            rows = []
            for (account_id, kpi_id), level in levels.items():
                level *= self._random.uniform(0.93, 1.08)
                levels[account_id, kpi_id] = level
                rows.append(kpi_value(account_id, kpi_id, month, Decimal(f"{level:.1f}")))
            yield month, rows

    def _id(self) -> str:
        self._made += 1
        bits = (1_700_000_000_000 + self._made) << 80 | 0x7 << 76 | 0x2 << 62
        return str(uuid.UUID(int=bits | self._random.getrandbits(62)))

    def _text(self, words: int) -> str:
        return " ".join(self._random.choices(WORDS, k=words))

    def _day(self, first: dt.date, days: int) -> dt.date:
        return first + dt.timedelta(days=self._random.randrange(days))

    def _person(self) -> str:
        return f"{self._random.choice(FAMILY_NAMES)} {self._random.choice(GIVEN_NAMES)}"

    def _member(self) -> Row:
        return {"id": self._id(), "name": self._person(), "role": "CSM"}

    def _kpi(self, number: int) -> Row:
        return {
            "id": self._id(),
            "name": KPI_NAMES[number],
            "unit": ("人", "%", "回", "件")[number % 4],
            "kind": ("count", "percent", "count", "score")[number % 4],
            "direction": "lower" if number in {3, 9} else "higher",
            "frequency": "monthly",
            "category": ("usage", "outcome", "support", "satisfaction")[number % 4],
            "position": f"a{number:02}",
        }

    def _account(self, number: int) -> Row:
        choose = self._random.choice
        japanese = number % 2 == 0
        stem = choose(PLACES) + choose(TRADES) if japanese else f"{choose(TOWNS)} {choose(FIRMS)}"
        return {
            "id": self._id(),
            "name": f"株式会社{stem}{number}" if japanese else f"{stem} {number} Ltd",
            "external_id": f"CRM-{number:06}",
            "industry": choose(TRADES) if japanese else choose(FIRMS),
            "employees": self._random.randrange(10, 20_000),
            "segment_id": choose(self.segments)["id"],
            "touch_model": choose(("high", "low", "tech")),
            "phase": choose(("onboarding", "adoption", "retention", "expansion", "renewal")),
            "owner_id": choose(self.members)["id"],
            "status": "active",
            "business_summary": self._text(25),
            "csm_view": choose(("green", "amber", "red")),
            "go_live_on": self._day(dt.date(2022, 1, 1), 1_400),
        }

    def _contact(self, account: Row) -> Row:
        return {
            "id": self._id(),
            "account_id": account["id"],
            "name": self._person(),
            "department": self._random.choice(("営業部", "情報システム部", "Finance", "IT")),
            "email": f"p{self._made}@example.com",
            "role": self._random.choice(("champion", "end_user", "admin", "executive_sponsor")),
            "influence": self._random.choice(("high", "medium", "low")),
        }

    def _contract(self, account: Row) -> Row:
        return {
            "id": self._id(),
            "account_id": account["id"],
            "product": self._random.choice(("Standard", "Professional", "Enterprise")),
            "start_on": self._day(dt.date(2022, 1, 1), 1_000),
            "renewal_on": self._day(dt.date(2026, 6, 1), 540),
            "seats": self._random.randrange(5, 2_000),
            "mrr": self._random.randrange(30_000, 3_000_000),
            "currency": "JPY",
            "status": "running",
        }

    def _touchpoint(self, account: Row) -> Row:
        held = dt.datetime.combine(
            self._day(FIRST_MONTH, 1_080), dt.time(self._random.randrange(9, 18)), dt.UTC
        )
        return {
            "id": self._id(),
            "account_id": account["id"],
            "held_at": held,
            "channel": self._random.choice(("web_meeting", "phone", "email", "in_person")),
            "type": self._random.choice(("regular", "qbr", "training", "support")),
            "summary": self._text(18),
            "private_note": self._text(8),
        }

    def _plan(self, account: Row) -> None:
        """Add a plan of 30 items: 4 goals, 6 measures, 8 milestones, 12 actions."""
        start = self._day(dt.date(2026, 1, 1), 200)
        plan = {
            "id": self._id(),
            "account_id": account["id"],
            "title": f"サクセスプラン {start.year}",
            "type": "adoption",
            "start_on": start,
            "end_on": start + dt.timedelta(days=365),
            "status": "active",
            "background": self._text(40),
            "to_be": self._text(30),
            "owner_id": account["owner_id"],
        }
        self.plans.append(plan)
        milestones: list[Row] = []
        for number in range(4):
            goal = self._item(plan, number, "in_progress", plan_id=plan["id"], why=self._text(12))
            self.goals.append(goal)
            self.measures.extend(self._measure(goal) for _ in range(1 + number % 2))
            for place in range(2):
                milestone = self._item(
                    plan, place, "in_progress", goal_id=goal["id"], done_definition=self._text(8)
                )
                milestones.append(milestone)
        self.milestones.extend(milestones)
        for number in range(12):
            milestone = milestones[number % len(milestones)]
            status = self._random.choice(("open", "in_progress", "done", "waiting_customer"))
            self.actions.append(
                self._item(
                    plan,
                    number,
                    status,
                    plan_id=plan["id"],
                    goal_id=milestone["goal_id"],
                    milestone_id=milestone["id"],
                    side=self._random.choice(("us", "customer", "joint")),
                    owner_id=plan["owner_id"],
                )
            )

    def _item(self, plan: Row, number: int, status: str, **fields: Any) -> Row:
        return {
            "id": self._id(),
            "position": f"a{number:02}",
            "title": self._text(6),
            "due_on": self._day(plan["start_on"], 365),
            "status": status,
            "visibility": "internal" if number % 5 == 4 else "customer",
            **fields,
        }

    def _measure(self, goal: Row) -> Row:
        baseline = Decimal(self._random.randrange(50, 2_000))
        return {
            "id": self._id(),
            "goal_id": goal["id"],
            "position": "a0",
            "kpi_id": self._random.choice(self.kpis)["id"],
            "direction": "higher",
            "baseline": baseline,
            "baseline_on": dt.date(2026, 1, 1),
            "target_mode": "absolute",
            "target": baseline * 2,
            "target_on": dt.date(2026, 12, 31),
        }


def kpi_value(account_id: str, kpi_id: str, month: dt.date, value: Decimal) -> Row:
    """Make the row of one KPI value."""
    return {
        "id": kpi_value_id(account_id, kpi_id, month),
        "account_id": account_id,
        "kpi_id": kpi_id,
        "period": month,
        "value": value,
    }


def months(first: dt.date, count: int) -> Iterator[dt.date]:
    """Yield the first days of `count` months from `first` on."""
    for number in range(count):
        years, month = divmod(first.month - 1 + number, 12)
        yield dt.date(first.year + years, month + 1, 1)
