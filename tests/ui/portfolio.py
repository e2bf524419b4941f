"""A small portfolio for the tests of the window, built by the program's own actions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, segment_named
from csdesk.actions.contracts import add_contract
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import ItemKind, ItemRef, add_item
from csdesk.actions.plans import add_plan
from csdesk.model.vocabulary import (
    ActionStatus,
    Phase,
    PlanStatus,
    ProgressRag,
    TouchModel,
)

ACCOUNTS = (
    ("Aoba Logistics", "Mid-market", "Logistics", TouchModel.HIGH, Phase.ADOPTION, 12_400, 128),
    ("Blue Harbor Bank", "Enterprise", "Finance", TouchModel.HIGH, Phase.RENEWAL, 31_000, 54),
    ("Cascade Foods", "Mid-market", "Retail", TouchModel.LOW, Phase.ONBOARDING, 4_800, 312),
    (
        "大地マニュファクチャリング",
        "Enterprise",
        "製造",
        TouchModel.HIGH,
        Phase.EXPANSION,
        22_600,
        220,
    ),
    ("Evergreen Health", "Mid-market", "Healthcare", TouchModel.LOW, Phase.ADOPTION, 7_200, 28),
    ("富士リテールグループ", "Enterprise", "小売", TouchModel.HIGH, Phase.ADOPTION, 18_900, 159),
    ("Glacier Software", "SMB", "IT", TouchModel.TECH, Phase.ADOPTION, 1_100, 282),
    ("Hanami Hotels", "Mid-market", "Hospitality", TouchModel.LOW, Phase.RENEWAL, 5_500, 80),
)
"""Name, segment, industry, touch model, phase, ARR in thousands of yen, days to the renewal."""

KANA = {"大地マニュファクチャリング": "ダイチ", "富士リテールグループ": "フジ"}
STANDINGS = (ProgressRag.ON_TRACK, ProgressRag.OFF_TRACK, ProgressRag.AT_RISK)


def fill(session: Session, today: dt.date) -> list[str]:
    """Add eight accounts with contracts, all but Glacier Software with a plan; return their ids."""
    owners = [add_member(session, name) for name in ("山田 恵", "Tom Sato")]
    ids = []
    for number, (name, segment, industry, touch, phase, thousands, days) in enumerate(ACCOUNTS):
        account = add_account(
            session,
            name,
            name_kana=KANA.get(name),
            segment_id=segment_named(session, segment),
            industry=industry,
            touch_model=touch,
            phase=phase,
            owner_id=owners[number % 2],
        )
        add_contract(
            session,
            account,
            product="Suite",
            start_on=today - dt.timedelta(days=400),
            renewal_on=today + dt.timedelta(days=days),
            mrr=thousands * 1000 // 12,
            currency="JPY",
        )
        add_contact(session, account, f"Contact of {name}")
        if name != "Glacier Software":
            _add_plan(session, account, number, today)
        ids.append(account)
    return ids


def _add_plan(session: Session, account: str, number: int, today: dt.date) -> None:
    plan = add_plan(
        session,
        account,
        "Success plan 2026",
        status=PlanStatus.ACTIVE,
        start_on=today - dt.timedelta(days=60),
        end_on=today + dt.timedelta(days=200),
    )
    goal = add_item(
        session,
        ItemKind.GOAL,
        ItemRef(None, plan),
        "Weekly use by every team",
        progress_rag=STANDINGS[number % 3],
    )
    milestone = add_item(session, ItemKind.MILESTONE, goal, "Roll-out")
    for step in range(5):
        done = step < number % 6
        add_item(
            session,
            ItemKind.ACTION,
            milestone,
            f"Step {step + 1}: review the usage of quarter {step % 4 + 1}",
            due_on=today + dt.timedelta(days=7 * (step - 2) + number),
            status=ActionStatus.DONE if done else ActionStatus.OPEN,
        )
