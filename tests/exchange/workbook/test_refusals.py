"""Files that are no workbook of ours, or not of this plan, are refused in a plain sentence."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from csdesk.actions.plans import add_plan, delete_plan
from csdesk.errors import UserError
from csdesk.exchange.customer_workbook import workbook_review
from csdesk.exchange.workbook import reading
from csdesk.exchange.workbook.reading import read_workbook
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.exchange.workbook.desk import Desk

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def ordinary() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Amount"])
    book.active.append(["A", 1])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE, r"old Excel format \(\.xls\)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (packed(mimetype=b"application/vnd.oasis", **{"content.xml": b"<x/>"}), "OpenDocument"),
        (packed(**{"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}), "xlsb"),
        (packed(**{"word/document.xml": b"<x/>"}), "is not a table"),
        ("アクション,状況\n研修,完了\n".encode("cp932"), "is no Excel workbook"),
        (b"%PDF-1.7\n", "is no Excel workbook"),
        (b"PK\x03\x04broken", "damaged"),
        (b"", "is empty"),
        (ordinary(), "not a workbook that CSDesk made"),
        (packed(**{"[Content_Types].xml": b"<!DOCTYPE x>", "xl/workbook.xml": b"<x/>"}), "damaged"),
        (packed(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "damaged"),
        (
            packed(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"0" * 120_000_000}),
            "unpacks to 120 MB",
        ),
    ],
)
def test_what_is_no_returned_workbook_is_refused_with_what_to_do(
    tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "返送.xlsx"
    path.write_bytes(data)
    with pytest.raises(UserError, match=said) as caught:
        read_workbook(path)
    assert caught.value.advice
    assert "返送.xlsx" in caught.value.message


def test_a_missing_file_a_folder_and_one_too_large_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_workbook(tmp_path / "none.xlsx")
    with pytest.raises(UserError, match="is a folder"):
        read_workbook(tmp_path)
    path = tmp_path / "large.xlsx"
    path.write_bytes(ordinary())
    monkeypatch.setattr(reading, "MAX_FILE", 100)
    with pytest.raises(UserError, match="larger than"):
        read_workbook(path)


def test_a_sheet_with_rows_without_end_is_refused(desk: Desk) -> None:
    path = desk.sent()
    book = openpyxl.load_workbook(path)
    book.worksheets[1].cell(60_000, 3).value = "far away"
    book.save(path)
    with pytest.raises(UserError, match="too many rows"):
        read_workbook(path)


def changed_mark(desk: Desk, value: str) -> Path:
    path = desk.sent()
    book = openpyxl.load_workbook(path)
    book["csdesk"]["B1"].value = value
    book.save(path)
    return path


def test_a_workbook_of_a_newer_version_is_refused_and_of_no_known_one_compared_without_it(
    desk: Desk,
) -> None:
    with pytest.raises(UserError, match="newer version of CSDesk"):
        read_workbook(changed_mark(desk, "2"))
    returned = read_workbook(changed_mark(desk, "something"))
    assert returned.sent is None
    assert len(returned.actions) == 4


def test_a_workbook_of_another_workspace_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = desk.sent()
    folder = tmp_path / "other"
    folder.mkdir()
    with Workspace.create(folder / "other.csdesk", home=Home.at(folder), author="Y") as other:
        strange = Desk(other, folder)
        with pytest.raises(UserError, match="does not belong to any plan"):
            strange.review(path)
        book = openpyxl.load_workbook(path)
        del book["csdesk"]
        book.save(path)
        with pytest.raises(UserError, match="does not belong to any plan"):
            strange.review(path)


def test_a_workbook_of_another_plan_is_refused_with_the_name_of_its_own(desk: Desk) -> None:
    returned = read_workbook(desk.sent())
    other = desk.workspace.write("Plan", add_plan, desk.ids["account"], "別の計画").result
    with pytest.raises(UserError, match="共同成功計画"):
        desk.workspace.read(workbook_review, returned, plan_id=other)
    review = desk.workspace.read(workbook_review, returned, plan_id=desk.ids["plan"])
    assert review.differences == ()


def test_a_workbook_of_a_deleted_plan_is_refused(desk: Desk) -> None:
    path = desk.sent()
    desk.write(delete_plan, desk.ids["plan"])
    with pytest.raises(UserError, match="was deleted"):
        desk.review(path)


def test_a_copy_of_the_workspace_understands_the_workbook_too(desk: Desk, tmp_path: Path) -> None:
    path = desk.sent()
    desk.workspace.publish()
    copy = tmp_path / "copy.csdesk"
    shutil.copyfile(desk.workspace.path, copy)
    with Workspace.open(copy, home=Home.at(tmp_path / "elsewhere"), author="Z") as other:
        assert other.read(workbook_review, read_workbook(path)).differences == ()
