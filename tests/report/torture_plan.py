"""A plan that asks for the worst: enormous, hostile, broken and empty texts, in every field."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import create_row
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import MilestoneStatus, Side
from csdesk.queries.customer_document import Branding
from csdesk.queries.customer_rows import (
    ActionRow,
    CustomerPlan,
    FeedbackRow,
    GoalRow,
    KpiLine,
    MeasureRow,
    MilestoneRow,
    Person,
    SeriesPoint,
)

TODAY = dt.date(2026, 1, 15)
PICTURES = Path(__file__).resolve().parents[1] / "files" / "torture"
MARKUP = (
    '<b>bold</b> & &amp; ]]> <img src="/etc/passwd"/> <img src="file:///etc/passwd"/> '
    "<font color=\"[__import__('os').system('id')]\">x</font> <a href=\"file:///etc/passwd\">y</a> "
    "<para> <br/> %PDF-1.7 (\\ ) << /JS (app.alert(1)) >> endstream $x_1$ {0} %s ${HOME}"
)
LETTERS = (
    "𠮷 𠮟 𩸽 髙 﨑 か\u309a ト\u309a 葛\U000e0100城 Č Ř Ž Ж x\u030c e\u0301\u0323 "
    "😀 👨\u200d👩\u200d👧 🇯🇵 👍🏽 1\ufe0f\u20e3"
)
UNSHOWN = "العربية עברית 한국어 ภาษาไทย \U0003134a \ue000"
UNSEEN = (
    "\u202egpj.exe\u202c \u2066x\u2069 \x00\x01\x1b[31m\x7f\x9f \ud800 \udc00\ud800 \ufeff \ufffe"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything."""

    goals: int
    note_lines: int
    word: int
    kanji: int
    actions: int
    values: int


FULL = Size(goals=200, note_lines=10_000, word=5_000, kanji=50_000, actions=600, values=520)
QUICK = Size(goals=24, note_lines=400, word=700, kanji=3_000, actions=40, values=104)


def torture_plan(size: Size = FULL) -> CustomerPlan:
    """Make the plan as a customer document sees it; its first and last pieces have own words."""
    return CustomerPlan(
        account_name=f"First {LETTERS} {MARKUP}",
        today=TODAY,
        our_company=f"{UNSHOWN} {UNSEEN} 株式会社",
        title="題" + "名" * 300 + MARKUP,
        version=10**9,
        start_on=dt.date.min,
        end_on=dt.date.max,
        owner="w" * size.word,
        customer_owner=LETTERS * 20,
        background=note(size),
        to_be="漢" + "字" * (size.kanji - 2) + "終",
        success_statement=f"{MARKUP}\n{LETTERS}\n" * 30,
        review_cadence=UNSEEN + "每週" * 400,
        next_review_on=dt.date.max,
        progress=Decimal("1e300"),
        goals=tuple(_goal(number, size) for number in range(size.goals)),
        actions=tuple(_action(number, size) for number in range(size.actions)),
        kpis=(_kpi("Unused", size), KpiLine("No value", "", "", "", "", ())),
        our_people=(Person(""), Person("a" * size.word, MARKUP, LETTERS, "@" * 300)),
        customer_people=tuple(Person(f"Person {index} {LETTERS}") for index in range(60)),
        risks=("", "リスク" * 900, MARKUP, UNSEEN, "）" * 2_000, "last risk"),
        feedback=(FeedbackRow(MARKUP, LETTERS), FeedbackRow("", ""), FeedbackRow("」" * 900, "")),
    )


def note(size: Size) -> str:
    """Make a note of many lines, some of them long, some empty."""
    return "\n".join(
        f"Line {number}. {'' if number % 50 else MARKUP}" if number % 7 else ""
        for number in range(1, size.note_lines + 1)
    )


def bare_plan() -> CustomerPlan:
    """Make a plan in which everything is there and all of it is empty."""
    line = KpiLine("", "", "", "", "", ())
    goal = GoalRow("", measures=(MeasureRow(line, ""),), milestones=(MilestoneRow(""),))
    return CustomerPlan(
        account_name="",
        today=TODAY,
        goals=(goal,) * 3,
        kpis=(line,),
        actions=(ActionRow("", ""),) * 3,
        our_people=(Person(""),),
        customer_people=(Person(""),),
        risks=("",),
        feedback=(FeedbackRow("", ""),),
    )


def add_torture(session: Session, size: Size) -> tuple[str, str]:
    """Write the same into a workspace, through the actions; return the account and the plan."""
    account = add_account(session, f"First {LETTERS} {MARKUP}"[:180])
    plan = add_plan(
        session,
        account,
        f"題名 {MARKUP}"[:180],
        background=note(size),
        to_be="漢" * size.kanji,
        internal_note=f"{MARKUP}\n{UNSHOWN}\n{UNSEEN}\n{LETTERS}",
    )
    root = ItemRef(None, plan)
    for number in range(size.goals):
        texts = {"why": MARKUP, "internal_note": f"secret {number} {LETTERS} {UNSEEN}"}
        goal = add_item(session, ItemKind.GOAL, root, f"Goal {number} {LETTERS}", **texts)
        if number % 8 == 0:
            title = "m" * min(size.word, 400)
            add_item(session, ItemKind.MILESTONE, goal, title, due_on=dt.date(2026, 3, 31))
            add_item(session, ItemKind.ACTION, goal, f"Do {MARKUP}"[:190])
    add_contact(session, account, f"Person {LETTERS}", email="x" * 200 + "@example.com")
    create_row(session, "risk", {"account_id": account, "title": f"Risk {MARKUP}"[:190]})
    return account, plan


def _goal(number: int, size: Size) -> GoalRow:
    last = number == size.goals - 1
    title = f"Goal {number} " + (MARKUP, LETTERS, UNSHOWN, UNSEEN, "", "w" * size.word)[number % 6]
    due = dt.date(2026, 1, 1) + dt.timedelta(number * 9)
    milestones = tuple(
        MilestoneRow(
            f"Milestone {number}.{index} {LETTERS if index else MARKUP}",
            done_definition=MARKUP * (index * 9),
            start_on=(None, TODAY, dt.date.min)[index],
            due_on=(due, None, dt.date.max)[index],
            status=list(MilestoneStatus)[number % 6],
            progress=Decimal("1e30") if index else None,
            after=(f"Milestone {number}.{index - 1} {MARKUP}", "\x00") if index else (),
        )
        for index in range(3 if number % 20 == 0 else 0)
    )
    return GoalRow(
        title,
        why="last why" if last else MARKUP * (number % 5),
        owner=LETTERS if number % 2 else "",
        customer_owner="様" * (number % 90),
        due_on=(due, None, dt.date.max, dt.date.min)[number % 4],
        status="" if number % 3 else "in_progress",
        rag=("on_track", "red", "")[number % 3],
        progress=(None, Decimal(-5), Decimal("1e400"), Decimal("0.333333333"))[number % 4],
        measures=(_measure(number, size),) if number % 15 == 0 else (),
        milestones=milestones,
    )


def _measure(number: int, size: Size) -> MeasureRow:
    return MeasureRow(
        _kpi(f"KPI {number} {LETTERS}", size),
        "sideways",
        baseline=Decimal("-1e40"),
        baseline_on=dt.date.min,
        target=Decimal("1e-12"),
        target_given=Decimal("NaN") if number == -1 else Decimal(10**18),
        target_on=dt.date.max,
        source=MARKUP * 3,
        agreed_with=LETTERS,
    )


def _kpi(name: str, size: Size) -> KpiLine:
    values = tuple(
        SeriesPoint(dt.date(2016, 1, 4) + dt.timedelta(7 * index), Decimal((-7) ** (index % 40)))
        for index in range(size.values)
    )
    return KpiLine(name, "単位" * 40, "money", "up", "weekly", values)


def _action(number: int, size: Size) -> ActionRow:
    return ActionRow(
        f"Action {number} " + (MARKUP, LETTERS, "あ" * 300, "w" * size.word)[number % 4],
        (Side.CUSTOMER, Side.US, Side.JOINT, "nobody")[number % 4],
        owner=LETTERS * (number % 9),
        customer_owner=UNSHOWN * (number % 3),
        due_on=(None, TODAY, dt.date.max)[number % 3],
        status=("open", "done", "???")[number % 3],
        priority=("critical", "", "p9")[number % 3],
        goal=MARKUP,
        is_overdue=number % 5 == 0,
    )


def branding_of(picture: str) -> Branding:
    """Make the branding of a workspace whose logos are a broken picture of `PICTURES`."""
    data = (PICTURES / picture).read_bytes()
    return Branding(accent="[__import__('os')]", logo=data, customer_logo=data)


def pictures() -> dict[str, bytes]:
    """Make the broken pictures that lie in `PICTURES`, by name."""
    whole = _png(64, 64, zlib.compress((b"\x00" + b"\x20\x60\xd0" * 64) * 64))
    return {
        "bomb.png": _png(60_000, 60_000, zlib.compress(bytes(200_000))),
        "truncated.png": whole[: len(whole) // 2],
        "garbage.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        "text.png": b"This is no picture: root:x:0:0\n" * 9,
        "document.jpg": b"%PDF-1.7\n1 0 obj\n<< /JS (app.alert(1)) >>\nendobj\n%%EOF\n",
        "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>',
        "empty.png": b"",
        "truncated.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00",
        "truncated.gif": b"GIF89a\xff\xff\xff\xff\xf7\x00\x00",
    }


def _png(width: int, height: int, body: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
