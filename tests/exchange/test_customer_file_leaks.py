"""Nothing internal is in the files beside a customer's document: workbook, calendar, mail."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from csdesk.exchange.calendar_file import calendar_bytes
from csdesk.exchange.customer_workbook import workbook_bytes
from csdesk.exchange.mail_draft import Attachment, mail_draft_bytes
from csdesk.model.records import Action, Contact, Member
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.document_request import DocumentRequest, customer_document
from csdesk.workspace.workspace import Workspace
from tests.report.planting import TODAY, Planter, leaks, plant
from tests.report.reading import made
from tests.report.sample_plans import empty_plan

Planted = tuple[Workspace, Planter, Path]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    folder = tmp_path_factory.mktemp("planted")
    planter = Planter()
    with Workspace.create(folder / "planted.csdesk", author="QZXauthor") as workspace:
        planter.leaks["QZXauthor"] = "the author's name"
        workspace.write("Plant", plant, planter)
        workspace.write("Make them the customer's", _all_are_the_customers)
        yield workspace, planter, folder


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Return a document that holds nothing of what was planted."""
    return made(empty_plan())


def _all_are_the_customers(session: Session) -> None:
    """Let nothing be left out merely because it is ours to do, or has no address."""
    session.execute(update(Action).where(Action.deleted_at.is_(None)).values(side="customer"))
    session.execute(update(Member).where(Member.id == "m").values(email="VYK@us.example"))
    session.execute(update(Contact).where(Contact.id == "c").values(email="VYK@them.example"))


def documents(workspace: Workspace) -> Iterator[CustomerDocument]:
    for plan_id in ("p", None):
        for language in ("en", "ja"):
            request = DocumentRequest("a", plan_id, DocumentKind.CUSTOMER, language)
            yield workspace.read(customer_document, request, today=TODAY)


def test_no_internal_field_reaches_workbook_calendar_or_mail(planted: Planted, pdf: bytes) -> None:
    workspace, planter, folder = planted
    for document in documents(workspace):
        workbook, calendar = workbook_bytes(document), calendar_bytes(document)
        mail = mail_draft_bytes(
            document,
            pdf,
            str(folder / "plan.pdf"),
            workbook=Attachment(str(folder / "plan.xlsx"), workbook),
            calendar=Attachment(str(folder / "plan.ics"), calendar),
        )
        for data in (workbook, calendar, mail):
            assert leaks(data, planter, folder=folder) == {}


def test_what_is_for_the_customer_is_in_the_files(planted: Planted, pdf: bytes) -> None:
    workspace, planter, _folder = planted
    document = next(documents(workspace))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(document)))
    cells = {
        str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }
    shown = {place for mark, place in planter.shown.items() if any(mark in one for one in cells)}
    assert shown >= {
        "account.name_en",
        "action.title",
        "contact.name",
        "goal.title",
        "kpi.name_en",
        "member.name",
        "plan.title",
        "workspace_setting.value",
    }
    calendar = calendar_bytes(document).replace(b"\r\n ", b"").decode()
    shown = {place for mark, place in planter.shown.items() if mark in calendar}
    assert shown >= {
        "action.title",
        "goal.title",
        "milestone.title",
        "milestone.done_definition",
        "plan.review_cadence",
    }
    mail = email.message_from_bytes(
        mail_draft_bytes(document, pdf, "plan.pdf"), policy=email.policy.default
    )
    assert mail["To"].addresses[0].addr_spec == "VYK@them.example"
    assert mail["From"].addresses[0].addr_spec == "VYK@us.example"


def test_the_search_would_find_what_is_planted_in_each_kind_of_file(
    planted: Planted, pdf: bytes
) -> None:
    workspace, planter, folder = planted
    document = next(documents(workspace))
    mark = next(mark for mark, place in planter.leaks.items() if place == "action.internal_note")
    spoiled = replace(document, view=replace(document.view, title=f"Plan {mark}"))
    for data in (
        workbook_bytes(spoiled),
        calendar_bytes(spoiled),
        mail_draft_bytes(spoiled, pdf, "plan.pdf"),
    ):
        assert mark in leaks(data, planter, folder=folder)
