"""A small plan to send as a workbook, and a customer who fills it in with openpyxl."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.desk import COMPANY_NAME, set_setting
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_measure, add_plan
from csdesk.actions.revisions import Delivery, record_export
from csdesk.exchange.customer_workbook import (
    Difference,
    WorkbookReview,
    accept_differences,
    read_workbook,
    workbook_bytes,
    workbook_review,
)
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Action, Goal, Kpi, KpiValue
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.document_request import (
    DocumentRequest,
    customer_document,
    prepared_document,
)
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2025, 10, 15)
ACTIONS_JA, MEASURES_JA = "アクション", "成功指標"

Change = Callable[[Any], None]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def make_plan(session: Session) -> dict[str, str]:
    """Make an account with a plan of five action items and two measures; return the ids."""
    set_setting(session, COMPANY_NAME, "Hinata Cloud, Inc.")
    account = add_account(session, "株式会社アクメ製作所", name_en="Acme Works, Ltd.")
    lead = add_contact(session, account, "山田 太郎", email="yamada@acme.example")
    other = add_contact(session, account, "佐藤 花子")
    member = add_member(session, "髙橋 美咲", email="misaki@hinata.example")
    plan = add_plan(
        session,
        account,
        "共同成功計画",
        owner_id=member,
        customer_owner_id=lead,
        internal_note="Renewal is shaky",
    )
    top = ItemRef(None, plan)
    goal = add_item(session, ItemKind.GOAL, top, "利用を定着させる").id
    ids = {"account": account, "plan": plan, "goal": goal, "lead": lead, "other": other}
    of_goal = ItemRef(ItemKind.GOAL, goal)
    for name, title, fields in (
        (
            "review",
            "移行計画書を確認する",
            {"due_on": day("2025-10-31"), "customer_owner_id": lead},
        ),
        ("train", "管理者研修を受ける", {"due_on": day("2025-11-20"), "side": "joint"}),
        ("formula", '=HYPERLINK("x")を確認', {"internal_note": "Ask again in May"}),
        ("done", "利用者を登録する", {"status": "done", "done_on": day("2025-10-01")}),
        ("ours", "環境を用意する", {"side": "us"}),
    ):
        fields = {"side": "customer", **fields}
        ids[name] = add_item(session, ItemKind.ACTION, of_goal, title, **fields).id
    usage = _kpi(session, "利用率", name_en="Usage", unit="%", kind="percent")
    hours = _kpi(session, "作業時間", name_en="Closing", unit="時間", frequency="quarterly")
    for kpi, name, baseline, target in ((usage, "usage", 58, 80), (hours, "hours", 40, 12)):
        ids[f"{name}_kpi"] = kpi
        ids[name] = add_measure(
            session, goal, kpi, baseline=Decimal(baseline), target=Decimal(target)
        )
    for month, value in ((7, "60"), (8, "64.5")):
        set_kpi_value(session, account, usage, dt.date(2025, month, 1), Decimal(value))
    return ids


def _kpi(session: Session, name: str, **fields: Any) -> str:
    """Use the KPI of that name, which other plans of the workspace may have too."""
    known = session.scalar(select(Kpi.id).where(Kpi.name == name))
    return known or add_kpi(session, name, **fields)


class Desk:
    """Sends the plan of `make_plan`, lets a customer change the file, and looks at the answer."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace = workspace
        self.folder = folder
        self.ids = workspace.write("Plan", make_plan).result
        self._count = 0

    def document(self, language: str = "ja") -> CustomerDocument:
        request = DocumentRequest(
            self.ids["account"], self.ids["plan"], DocumentKind.CUSTOMER, language
        )
        return self.workspace.read(customer_document, request, today=TODAY)

    def exported(self) -> None:
        """Record that the customer got the plan as it is now."""
        request = DocumentRequest(
            self.ids["account"], self.ids["plan"], DocumentKind.CUSTOMER, "ja"
        )
        prepared = self.workspace.read(prepared_document, request, today=TODAY)
        delivery = Delivery("plan.pdf", "0" * 64, prepared.made)
        self.write(record_export, request, prepared, delivery)

    def sent(self, language: str = "ja") -> Path:
        self._count += 1
        path = self.folder / f"sent{self._count}.xlsx"
        path.write_bytes(workbook_bytes(self.document(language)))
        return path

    def filled(self, *changes: Change, path: Path | None = None, language: str = "ja") -> Path:
        """Let the customer make changes, each on a `Paper`; return the file as saved."""
        path = path or self.sent(language)
        book = openpyxl.load_workbook(path)
        for change in changes:
            change(Paper(book))
        returned = path.with_name(f"returned-{path.name}")
        book.save(returned)
        return returned

    def review(self, path: Path) -> WorkbookReview:
        return self.workspace.read(workbook_review, read_workbook(path))

    def look(self, *changes: Change, language: str = "ja") -> WorkbookReview:
        """Send, let the customer change it, and compare."""
        return self.review(self.filled(*changes, language=language))

    def accept(self, differences: tuple[Difference, ...]) -> None:
        self.workspace.write("Take over", accept_differences, differences)

    def action(self, name: str) -> Action:
        return self.workspace.read(_get, Action, self.ids[name])

    def goal(self) -> Goal:
        return self.workspace.read(_get, Goal, self.ids["goal"])

    def actions(self) -> list[Action]:
        rows = self.workspace.read(_all, Action)
        return [row for row in rows if row.plan_id == self.ids["plan"]]

    def values(self) -> dict[tuple[str, str], KpiValue]:
        rows = self.workspace.read(_all, KpiValue)
        names = {self.ids["usage_kpi"]: "usage", self.ids["hours_kpi"]: "hours"}
        return {
            (names[row.kpi_id], row.period.isoformat()): row
            for row in rows
            if row.account_id == self.ids["account"]
        }

    def write(self, action: Callable[..., Any], *arguments: Any, **options: Any) -> None:
        self.workspace.write("Edit", action, *arguments, **options)


class Paper:
    """A workbook as the customer has it open: cells by the title of their row and their mark."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def sheet(self, kind: str) -> Any:
        return next(
            sheet
            for sheet in self.book.worksheets
            if any(str(cell.value or "").startswith(f"csdesk:{kind}:") for cell in sheet[1])
        )

    def column(self, key: str, kind: str = "action") -> int:
        sheet = self.sheet(kind)
        return next(cell.column for cell in sheet[1] if cell.value == f"csdesk:{kind}:{key}")

    def row(self, title: str, kind: str = "action") -> int:
        name = self.column("title" if kind == "action" else "name", kind)
        sheet = self.sheet(kind)
        return next(
            number
            for number in range(4, sheet.max_row + 1)
            if sheet.cell(number, name).value == title
        )

    def cell(self, title: str, key: str, kind: str = "action") -> Any:
        return self.sheet(kind).cell(self.row(title, kind), self.column(key, kind))

    def free_row(self) -> int:
        sheet = self.sheet("action")
        title, number = self.column("title"), self.column("number")
        return next(
            row
            for row in range(4, sheet.max_row + 1)
            if sheet.cell(row, number).value == "+" and sheet.cell(row, title).value is None
        )


def write(title: str, key: str, value: Any, kind: str = "action") -> Change:
    """Make a change: write into one cell."""

    def change(paper: Paper) -> None:
        paper.cell(title, key, kind).value = value

    return change


def add(**cells: Any) -> Change:
    """Make a change: fill in the first free row."""

    def change(paper: Paper) -> None:
        row = paper.free_row()
        for key, value in cells.items():
            paper.sheet("action").cell(row, paper.column(key)).value = value

    return change


def _get(session: Session, record: Any, row_id: str) -> Any:
    row = session.get(record, row_id)
    session.expunge(row)
    return row


def _all(session: Session, record: Any) -> list[Any]:
    rows = list(session.scalars(select(record).where(record.deleted_at.is_(None))))
    for row in rows:
        session.expunge(row)
    return rows
