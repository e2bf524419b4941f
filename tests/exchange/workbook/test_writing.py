"""The workbook as the customer gets it: what is in it, what may be written, what is safe."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import os
import socket
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from csdesk.exchange.workbook.sent import UnknownFormatError, kept_rows, read_kept, sent_in
from csdesk.exchange.workbook.writing import workbook_bytes
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import (
    ActionRow,
    CustomerPlan,
    KpiLine,
    SeriesPoint,
)
from tests.exchange.workbook.desk import Desk, Paper, day
from tests.report.sample_plans import empty_plan, poor_plan, rich_plan

TODAY = dt.date(2025, 10, 15)


def document(view: CustomerPlan, language: str = "ja", **rest: Any) -> CustomerDocument:
    return CustomerDocument(DocumentKind.CUSTOMER, language, view, **rest)


def opened(view: CustomerPlan, language: str = "ja", **rest: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(document(view, language, **rest))))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plan_with(*actions: ActionRow, **fields: Any) -> CustomerPlan:
    return CustomerPlan("Acme", TODAY, plan_id="p", account_id="a", actions=actions, **fields)


def test_it_holds_the_customers_and_joint_action_items_open_ones_first(desk: Desk) -> None:
    paper = Paper(openpyxl.load_workbook(desk.sent()))
    sheet, column = paper.sheet("action"), paper.column("title")
    titles = [sheet.cell(row, column).value for row in range(4, 8)]
    assert titles == [
        "移行計画書を確認する",
        "管理者研修を受ける",
        '=HYPERLINK("x")を確認',
        "利用者を登録する",
    ]
    assert sheet.cell(8, column).value is None
    assert paper.cell("移行計画書を確認する", "owner").value == "山田 太郎"
    assert paper.cell("移行計画書を確認する", "due_on").value.date() == day("2025-10-31")
    assert paper.cell("利用者を登録する", "done_on").value.date() == day("2025-10-01")


def test_only_the_cells_to_fill_in_are_open_and_the_protection_has_no_password(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.sent())
    paper = Paper(book)
    row = paper.row("移行計画書を確認する")
    sheet = paper.sheet("action")
    keys = ("id", "number", "title", "goal", "owner", "due_on", "status", "done_on", "comment")
    is_open = {key: not sheet.cell(row, paper.column(key)).protection.locked for key in keys}
    assert {key for key in keys if is_open[key]} == {"status", "done_on", "comment"}
    fills = {key: sheet.cell(row, paper.column(key)).fill.fgColor.rgb for key in keys}
    assert len({fills[key] for key in keys if is_open[key]}) == 1
    assert {fills[key] for key in keys if is_open[key]}.isdisjoint(
        {fills[key] for key in keys if not is_open[key]}
    )
    free = paper.free_row()
    assert not sheet.cell(free, paper.column("title")).protection.locked
    assert sheet.cell(free, paper.column("id")).protection.locked
    for one in book.worksheets[:-1]:
        assert one.protection.sheet
        assert one.protection.password is None
        # What openpyxl calls False here may be done.
        forbidden = {
            key: getattr(one.protection, key) for key in ("sort", "autoFilter", "insertRows")
        }
        assert not any(forbidden.values())
    assert sheet.auto_filter.ref
    assert sheet.freeze_panes == "D4"


def test_statuses_dates_and_numbers_are_checked_while_typing_in_the_documents_language(
    desk: Desk,
) -> None:
    book = openpyxl.load_workbook(desk.sent("en"))
    paper = Paper(book)
    rules = {rule.type: rule for rule in paper.sheet("action").data_validations.dataValidation}
    assert set(rules) == {"list", "date"}
    assert rules["list"].error == "Please choose one of the statuses in the list."
    assert rules["date"].showErrorMessage
    (number,) = paper.sheet("measure").data_validations.dataValidation
    assert (number.type, number.error) == ("decimal", "Please enter a number without its unit.")
    sheet, area = rules["list"].formula1.split("!")
    first, last = area.replace("$C$", "").split(":")
    words = [book[sheet].cell(row, 3).value for row in range(int(first), int(last) + 1)]
    assert words == [
        "To do",
        "In progress",
        "Waiting for Acme Works, Ltd.",
        "Waiting for Hinata Cloud, Inc.",
        "Done",
        "Deferred",
    ]


def test_a_company_name_with_commas_and_quotes_stays_one_word_of_the_list() -> None:
    view = plan_with(ActionRow("T", "customer", id="x"), our_company='A, "B" & Söhne')
    book = opened(view, "en")
    values = [cell.value for cell in book["csdesk"]["C"]]
    assert 'Waiting for A, "B" & Söhne' in values


@pytest.mark.parametrize(
    "text", ["=1+1", "+81-3-1234", "-5 %", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "＝1+1"]
)
def test_a_text_never_becomes_a_formula(text: str) -> None:
    view = plan_with(
        ActionRow(text, "customer", goal=text, customer_owner=text, id="x"),
        title=text,
        our_company=text,
    )
    data = workbook_bytes(document(view))
    assert not any(b"<f>" in part for part in parts(data).values())
    book = openpyxl.load_workbook(io.BytesIO(data))
    paper = Paper(book)
    cell = paper.sheet("action").cell(4, paper.column("title"))
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


def test_what_excel_or_xml_cannot_hold_is_written_harmlessly() -> None:
    title = "a\x00b\x0b_x0041_ <b>&amp;]]> 𠮷 か゚ 👨‍👩‍👧"
    book = opened(plan_with(ActionRow(title, "customer", id="x"), our_company="A\x01&B" * 90))
    paper = Paper(book)
    shown = paper.sheet("action").cell(4, paper.column("title")).value
    assert shown.replace("_x005F_", "_") == "a�b�_x0041_ <b>&amp;]]> 𠮷 か゚ 👨‍👩‍👧"
    long = opened(plan_with(ActionRow("長" * 50_000, "customer", id="x")))
    cut = Paper(long).sheet("action").cell(4, 3).value
    assert len(cut) == 32_767
    assert cut.endswith("…")


def test_the_measures_ask_for_the_periods_that_lack_a_value(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.sent("en"))
    paper = Paper(book)
    sheet = paper.sheet("measure")
    keys = [str(cell.value).removeprefix("csdesk:measure:") for cell in sheet[1]]
    assert keys[9:-1] == [
        "monthly:2025-09-01",
        "monthly:2025-10-01",
        "monthly:2025-11-01",
        "monthly:2025-12-01",
        "quarterly:2025-07-01",
        "quarterly:2025-10-01",
        "quarterly:2026-01-01",
    ]
    headers = [cell.value for cell in sheet[3]][9:-1]
    assert headers[0] == "Sep 2025"
    assert headers[4] == "Jul 2025 – Sep 2025"
    row = paper.row("Usage", "measure")
    locked = [sheet.cell(row, column).protection.locked for column in range(10, 17)]
    assert locked == [False] * 4 + [True] * 3
    assert paper.cell("Usage", "last", "measure").value == 64.5
    # Typed percentages keep their sign only in cells without a format of their own.
    assert paper.cell("Usage", "monthly:2025-09-01", "measure").number_format == "General"


def test_an_estimate_is_asked_for_again_and_not_shown_as_a_value() -> None:
    line = KpiLine(
        "K",
        "",
        "count",
        "higher",
        "weekly",
        (
            SeriesPoint(dt.date(2025, 9, 29), Decimal(4)),
            SeriesPoint(dt.date(2025, 10, 6), Decimal(5), is_estimate=True),
        ),
        id="k",
    )
    view = CustomerPlan("Acme", TODAY, account_id="a", kpis=(line,))
    sent = sent_in(document(view))
    assert sent.measures[0].last == 4
    assert dt.date(2025, 10, 6) in [period.first for period in sent.periods]
    assert dict(sent.measures[0].values) == {dt.date(2025, 9, 29): Decimal(4)}


def test_the_first_sheet_says_for_whom_it_is_and_what_to_do(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.sent("en"))
    lines = [cell.value for cell in book.worksheets[0]["B"] if cell.value]
    text = "\n".join(lines)
    for words in (
        "Acme Works, Ltd.",
        "共同成功計画",
        "Version 1",
        "October 15, 2025",
        "Hinata Cloud, Inc.",
        "髙橋 美咲",
        "misaki@hinata.example",
        "“Actions”",
    ):
        assert words in text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_sheets_can_be_printed_and_hold_their_texts(language: str) -> None:
    book = opened(rich_plan(language), language, setup=Setup(page_size=PageSize.LETTER))
    for sheet in book.worksheets[:-1]:
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.page_setup.paperSize == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    actions = Paper(book).sheet("action")
    assert actions.print_title_rows == "$3:$3"
    assert actions.column_dimensions["A"].hidden
    assert actions.row_dimensions[1].hidden
    assert actions["C4"].alignment.wrap_text
    assert 28 <= actions.column_dimensions["C"].width <= 46
    assert book["csdesk"].sheet_state == "veryHidden"


@pytest.mark.parametrize("view", [empty_plan(), poor_plan(), plan_with()])
def test_a_plan_with_next_to_nothing_still_makes_a_workbook_that_opens(view: CustomerPlan) -> None:
    assert opened(view).worksheets


def test_the_properties_tell_our_company_and_the_plans_own_day_and_nothing_else() -> None:
    view = dataclasses.replace(rich_plan("en"), today=dt.date(2024, 2, 29))
    data = workbook_bytes(document(view, "en"))
    core = parts(data)["docProps/core.xml"].decode()
    assert core.count("2024-02-29T00:00:00Z") == 2
    assert ">Success Plan Inc.</dc:creator>" in core
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2024, 2, 29, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}
    everything = b"".join(parts(data).values())
    for secret in (str(Path.home()), str(Path.cwd()), socket.gethostname()):
        assert secret.encode() not in everything


def test_equal_documents_give_equal_bytes_in_another_process_too(tmp_path: Path) -> None:
    program = (
        "import hashlib; from csdesk.exchange.customer_workbook import workbook_bytes;"
        "from csdesk.queries.customer_document import CustomerDocument;"
        "from tests.report.sample_plans import rich_plan;"
        "data = workbook_bytes(CustomerDocument('customer', 'ja', rich_plan('ja')));"
        "print(hashlib.sha256(data).hexdigest())"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "77", "TZ": "UTC+11"},
        cwd=Path(__file__).resolve().parents[3],
        timeout=60,
    )
    here = hashlib.sha256(workbook_bytes(document(rich_plan("ja")))).hexdigest()
    assert ended.stdout.strip() == here


def test_what_was_sent_is_kept_exactly_and_another_format_is_known() -> None:
    point = SeriesPoint(dt.date(2025, 9, 1), Decimal("0.1000000000000000055"))
    line = KpiLine("K", "%", "percent", "higher", "monthly", (point,), id="k")
    view = plan_with(
        ActionRow("T", "joint", goal="G", customer_owner="C", due_on=TODAY, id="x"),
        version=7,
    )
    sent = sent_in(document(dataclasses.replace(view, kpis=(line,))))
    rows = kept_rows(sent)
    read = read_kept([row[: max(i + 1 for i, one in enumerate(row) if one)] for row in rows])
    assert read is not None
    asked = [dataclasses.replace(one, first_open=None) for one in sent.measures]
    assert read == dataclasses.replace(sent, measures=tuple(asked))
    assert read_kept([["something"], ["else"]]) is None
    assert read_kept([["csdesk", "1"], ["plan", "p"]]) is None
    with pytest.raises(UnknownFormatError) as caught:
        read_kept([["csdesk", "2"]])
    assert caught.value.is_newer
