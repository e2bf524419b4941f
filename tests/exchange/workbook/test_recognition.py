"""A returned workbook is understood however it was rearranged, or it is said what was not."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from csdesk.errors import UserError
from csdesk.exchange.workbook.reading import read_workbook
from csdesk.exchange.workbook.writing import workbook_bytes
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import ActionRow, CustomerPlan
from csdesk.workspace.workspace import Workspace
from tests.exchange.workbook.desk import TODAY, Change, Desk, Paper, add, write

REVIEW, TRAIN, DONE = "移行計画書を確認する", "管理者研修を受ける", "利用者を登録する"
ANSWERED = (
    write(REVIEW, "status", "完了"),
    write(TRAIN, "comment", "来月にしたい"),
    write("利用率", "monthly:2025-09-01", 70, "measure"),
    add(title="備品を買う"),
)
EXPECTED = [
    ("status", REVIEW, "Done"),
    ("comment", TRAIN, "来月にしたい"),
    ("new", "備品を買う", "備品を買う"),
    ("value", "利用率 · Sep 2025", "70%"),
]


@pytest.fixture(scope="module")
def desk(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk for all tests here: they read and compare, and write nothing to the plan."""
    return Desk(workspace, tmp_path_factory.mktemp("desk"))


def found(desk: Desk, *changes: Change) -> list[tuple[str, str, str]]:
    review = desk.look(*ANSWERED, *changes)
    return sorted((one.field, one.title, one.theirs) for one in review.differences)


def shuffle_rows(seed: int) -> Change:
    def change(paper: Paper) -> None:
        for kind in ("action", "measure"):
            sheet = paper.sheet(kind)
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
            random.Random(seed).shuffle(rows)
            _put(sheet, 4, rows)

    return change


def shuffle_columns(seed: int) -> Change:
    def change(paper: Paper) -> None:
        for kind in ("action", "measure"):
            sheet = paper.sheet(kind)
            order = list(range(sheet.max_column))
            random.Random(seed).shuffle(order)
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            _put(sheet, 1, [[row[index] for index in order] for row in rows])

    return change


def _put(sheet: Any, first: int, rows: list[list[Any]]) -> None:
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
            if isinstance(value, str):
                sheet.cell(number, column).data_type = "s"


def delete_columns(*keys: str, kind: str = "action") -> Change:
    def change(paper: Paper) -> None:
        for key in keys:
            paper.sheet(kind).delete_cols(paper.column(key, kind))

    return change


def insert_rows(paper: Paper) -> None:
    paper.sheet("action").insert_rows(5, 3)
    paper.sheet("measure").insert_rows(4, 2)


def delete_marks(paper: Paper) -> None:
    for kind in ("action", "measure"):
        sheet = paper.sheet(kind)
        for cell in list(sheet[1]):
            cell.value = None


def delete_top_rows(paper: Paper) -> None:
    action, measure = paper.sheet("action"), paper.sheet("measure")
    action.delete_rows(1, 2)
    measure.delete_rows(1, 2)


def rename_everything(paper: Paper) -> None:
    for number, sheet in enumerate(paper.book.worksheets):
        sheet.title = f"Sheet{number}"
    for kind in ("action", "measure"):
        for cell in paper.sheet(kind)[3]:
            cell.value = f"col {cell.column}"


def drop_hidden_sheet(paper: Paper) -> None:
    del paper.book["csdesk"]


def unhide_and_reorder(paper: Paper) -> None:
    paper.book["csdesk"].sheet_state = "visible"
    paper.book.move_sheet("csdesk", -3)


def duplicate_sheet(paper: Paper) -> None:
    """Keep a copy of the sheet as it was sent, as careful people do."""
    copy = paper.book.copy_worksheet(paper.sheet("action"))
    row = paper.row(REVIEW)
    copy.cell(row, paper.column("status")).value = "未着手"
    copy.cell(paper.row(TRAIN), paper.column("comment")).value = None
    copy.cell(paper.row("備品を買う"), paper.column("title")).value = None


@pytest.mark.parametrize(
    "change",
    [
        shuffle_rows(1),
        shuffle_rows(2),
        shuffle_columns(3),
        shuffle_columns(4),
        insert_rows,
        delete_marks,
        delete_top_rows,
        rename_everything,
        drop_hidden_sheet,
        unhide_and_reorder,
        duplicate_sheet,
        delete_columns("goal", "owner", "due_on"),
        delete_columns("id"),
        delete_columns("id", kind="measure"),
    ],
)
def test_answers_are_found_wherever_they_went(desk: Desk, change: Change) -> None:
    assert found(desk, change) == sorted(EXPECTED)


def test_rows_that_were_deleted_are_told_and_stay_as_they_are(desk: Desk) -> None:
    def change(paper: Paper) -> None:
        paper.sheet("action").delete_rows(paper.row(DONE))

    review = desk.look(*ANSWERED, change)
    assert len(review.differences) == 4
    assert any(DONE in notice and "stays as it is" in notice for notice in review.notices)


def test_rows_sorted_without_their_ids_follow_their_titles_and_it_is_said(desk: Desk) -> None:
    def change(paper: Paper) -> None:
        sheet, identity = paper.sheet("action"), paper.column("id")
        rows = [paper.row(title) for title in (REVIEW, TRAIN, DONE)]
        ids = [sheet.cell(row, identity).value for row in rows]
        for row, row_id in zip(rows, [ids[2], ids[0], ids[1]], strict=True):
            sheet.cell(row, identity).value = row_id

    review = desk.look(*ANSWERED, change)
    assert sorted((one.field, one.title, one.theirs) for one in review.differences) == sorted(
        EXPECTED
    )
    assert any("sorted without their hidden ids" in notice for notice in review.notices)


def test_a_copied_row_with_a_new_title_is_a_new_item(desk: Desk) -> None:
    def change(paper: Paper) -> None:
        sheet, row = paper.sheet("action"), paper.row(REVIEW)
        free = paper.free_row()
        for cell in sheet[row]:
            sheet.cell(free, cell.column).value = cell.value
        sheet.cell(free, paper.column("title")).value = "検証環境を確認する"

    review = desk.look(change)
    assert [(one.field, one.title) for one in review.differences] == [("new", "検証環境を確認する")]


def test_rows_about_one_item_that_say_different_things_are_refused_by_name(desk: Desk) -> None:
    def change(paper: Paper) -> None:
        sheet, row = paper.sheet("action"), paper.row(REVIEW)
        free = paper.free_row()
        for cell in sheet[row]:
            sheet.cell(free, cell.column).value = cell.value
        sheet.cell(row, paper.column("status")).value = "完了"
        sheet.cell(free, paper.column("status")).value = "保留"

    review = desk.look(change)
    assert review.differences == ()
    (notice,) = [one for one in review.notices if "different things" in one]
    assert REVIEW in notice
    assert "row 4" in notice


def test_an_edited_title_is_a_difference_while_the_id_is_there(desk: Desk) -> None:
    review = desk.look(write(REVIEW, "title", "  計画書を　確認  "))
    assert [(one.field, one.theirs) for one in review.differences] == [("title", "計画書を 確認")]


def test_without_ids_an_edited_title_is_told_and_the_other_rows_are_understood(
    desk: Desk,
) -> None:
    review = desk.look(*ANSWERED, write(REVIEW, "title", "何か別のこと"), delete_columns("id"))
    assert [one.field for one in review.differences] == ["comment", "new", "value"]
    assert any("何か別のこと" in notice and "row 4" in notice for notice in review.notices)


def twins(*titles: str) -> bytes:
    rows = tuple(ActionRow(title, "customer", id=f"id{n}") for n, title in enumerate(titles))
    view = CustomerPlan("Acme", TODAY, plan_id="p", account_id="a", actions=rows)
    return workbook_bytes(CustomerDocument(DocumentKind.CUSTOMER, "en", view))


def test_without_ids_and_numbers_titles_that_name_two_items_are_refused_by_row(
    tmp_path: Path,
) -> None:
    path = tmp_path / "twins.xlsx"
    path.write_bytes(twins("Call", "Call"))
    book = openpyxl.load_workbook(path)
    paper = Paper(book)
    for row in (4, 5):
        paper.sheet("action").cell(row, paper.column("number")).value = 7
    paper.sheet("action").delete_cols(paper.column("id"))
    book.save(path)
    with pytest.raises(UserError, match="row 4; Actions, row 5"):
        read_workbook(path)


def test_without_ids_number_and_title_together_still_name_an_item(tmp_path: Path) -> None:
    path = tmp_path / "twins.xlsx"
    path.write_bytes(twins("Call", "Call", "Write"))
    book = openpyxl.load_workbook(path)
    paper = Paper(book)
    paper.sheet("action").delete_cols(paper.column("id"))
    book.save(path)
    assert [action.id for action in read_workbook(path).actions] == ["id0", "id1", "id2"]


def test_what_stands_where_we_asked_for_nothing_is_told(desk: Desk) -> None:
    def change(paper: Paper) -> None:
        sheet = paper.sheet("action")
        sheet.cell(3, 12).value = "担当部署"
        sheet.cell(paper.row(REVIEW), 12).value = "情報システム部"
        extra = paper.book.create_sheet("質問")
        extra["B2"], extra["B3"] = "いつ終わりますか", "費用は？"
        cell = paper.cell(TRAIN, "status")
        cell.comment = Comment("延期してください", "山田")

    review = desk.look(
        *ANSWERED,
        change,
        write(REVIEW, "goal", "別の目標"),
        write("利用率", "target", 75, "measure"),
        write("作業時間", "monthly:2025-09-01", 12, "measure"),
    )
    assert len(review.differences) == 4
    told = "\n".join(review.notices)
    for words in (
        "情報システム部",
        "“質問”",
        "2 cells",
        "延期してください",
        "別の目標",
        "75",
        "12 stands in a period",
    ):
        assert words in told, words


def test_what_cannot_be_read_is_told_by_place_and_the_rest_is_taken(desk: Desk) -> None:
    review = desk.look(
        *ANSWERED,
        write(REVIEW, "done_on", "近日中"),
        write(TRAIN, "status", "たぶん"),
        write(TRAIN, "due_on", "2025-02-30"),
        write("利用率", "monthly:2025-10-01", "七割くらい", "measure"),
        write("作業時間", "quarterly:2025-07-01", "12%", "measure"),
        write(DONE, "comment", "=A1&B1"),
    )
    assert len(review.differences) == 4
    told = "\n".join(review.notices)
    for words in ("近日中", "たぶん", "2025-02-30", "七割くらい", "12%", "formula without"):
        assert words in told, words
    assert all("row" in notice for notice in review.notices)


def test_an_emptied_cell_changes_nothing_and_is_told(desk: Desk) -> None:
    review = desk.look(
        write(REVIEW, "status", None), write(TRAIN, "due_on", None), write(DONE, "done_on", None)
    )
    assert review.differences == ()
    assert len(review.notices) == 2
    assert all("was emptied" in notice for notice in review.notices)


def test_a_free_row_without_a_title_is_told_with_what_it_says(desk: Desk) -> None:
    review = desk.look(add(comment="よろしくお願いします", due_on=dt.date(2025, 12, 1)))
    assert review.differences == ()
    (notice,) = review.notices
    assert "よろしくお願いします" in notice


@pytest.mark.parametrize("counts_from", [1900, 1904])
def test_dates_of_both_calendars_and_day_numbers_are_read(desk: Desk, counts_from: int) -> None:
    def change(paper: Paper) -> None:
        if counts_from == 1904:
            paper.book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        cell = paper.cell(REVIEW, "done_on")
        base = dt.date(1899, 12, 30) if counts_from == 1900 else dt.date(1904, 1, 1)
        cell.value, cell.number_format = (dt.date(2025, 10, 12) - base).days, "General"

    (difference,) = desk.look(change).differences
    assert difference.theirs == "Done (Oct 12, 2025)"


def reading(change: Callable[[Any], None], desk: Desk) -> Path:
    path = desk.sent()
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def test_a_table_saved_by_openpyxl_libreoffice_or_google_keeps_its_meaning(desk: Desk) -> None:
    """Programs write texts as shared strings, hidden sheets as merely hidden, and drop rules."""

    def change(book: Any) -> None:
        book["csdesk"].sheet_state = "hidden"
        for sheet in book.worksheets:
            sheet.data_validations.dataValidation = []
            sheet.protection.sheet = False
            sheet.auto_filter.ref = None
        # Google Sheets hands numbers in texts back as numbers.
        hidden = book["csdesk"]
        for row in hidden.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.isdecimal():
                    cell.value = int(cell.value)

    path = reading(change, desk)
    assert desk.review(path).differences == ()
    assert desk.review(path).notices == ()


def test_a_status_of_a_newer_version_comes_back_as_it_was(tmp_path: Path) -> None:
    rows = (ActionRow("Call", "customer", status="parked", id="id0"),)
    view = CustomerPlan("Acme", TODAY, plan_id="p", account_id="a", actions=rows)
    path = tmp_path / "newer.xlsx"
    path.write_bytes(workbook_bytes(CustomerDocument(DocumentKind.CUSTOMER, "en", view)))
    returned = read_workbook(path)
    assert [action.status for action in returned.actions] == ["parked"]
    assert returned.notices == ()
