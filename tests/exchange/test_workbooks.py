"""Excel workbooks, honest and hostile."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from csdesk.errors import UserError
from csdesk.exchange.reading import read_table
from csdesk.exchange.tables import Cell, Table, TableOptions, Unreadable

from .conftest import FILES, Desk, counts, reasons

NAMES = TableOptions(wanted=frozenset({"name", "value", "date"}))


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    def write(fill: Callable[[Worksheet], Any], **options: Any) -> Path:
        book = openpyxl.Workbook()
        assert book.active is not None
        fill(book.active)
        for name, value in options.items():
            setattr(book, name, value)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return write


def cells(table: Table) -> list[list[Cell]]:
    return [list(row) for _line, row in table.rows]


def test_cells_come_as_what_they_show(make: Callable[..., Path]) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["name", "value", "date"])
        sheet.append(["Acme", 0.1 + 0.2, dt.date(2026, 3, 31)])
        sheet.append(["Beta", 1234, 46112])
        sheet.append([True, 0.256, dt.datetime(2026, 3, 31, 10, 30)])  # noqa: DTZ001
        sheet["C3"].number_format = "yyyy/mm/dd"
        sheet["B4"].number_format = "0.0%"

    table = read_table(make(fill), NAMES)

    assert cells(table) == [
        ["Acme", Decimal("0.3"), dt.date(2026, 3, 31)],
        ["Beta", Decimal(1234), dt.date(2026, 3, 31)],
        [True, "25.6%", dt.datetime(2026, 3, 31, 10, 30)],  # noqa: DTZ001
    ]
    assert table.rows[0][0] == 2


def test_dates_that_are_only_numbers_go_in_as_dates(make: Callable[..., Path], desk: Desk) -> None:
    from csdesk.exchange.importer import open_source

    def fill(sheet: Worksheet) -> None:
        sheet.append(["name", "go live"])
        sheet.append(["Acme", 46112])

    desk.apply(open_source(make(fill)))
    assert desk.rows("account")[0]["go_live_on"] == dt.date(2026, 3, 31)


def test_a_workbook_that_counts_days_from_1904_is_known_by_its_mark(
    make: Callable[..., Path], desk: Desk
) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    from csdesk.exchange.importer import open_source

    def fill(sheet: Worksheet) -> None:
        sheet.append(["name", "go live"])
        sheet.append(["Acme", 44650])

    desk.apply(open_source(make(fill, epoch=CALENDAR_MAC_1904)))
    assert desk.rows("account")[0]["go_live_on"] == dt.date(2026, 3, 31)


def test_formulas_without_a_result_and_errors_are_refused_in_their_cells(
    make: Callable[..., Path], desk: Desk
) -> None:
    from csdesk.exchange.importer import open_source

    def fill(sheet: Worksheet) -> None:
        sheet.append(["name", "employees"])
        sheet.append(["Acme", "=1+1"])
        sheet.append(["Beta", 5])
        sheet.append(["Gamma", "#DIV/0!"])
        sheet["B4"].data_type = "e"

    report = desk.apply(open_source(make(fill)))

    assert counts(report) == {"added": 1, "refused": 2}
    assert [(line, column) for line, column, _reason in reasons(report)] == [
        (2, "B (employees)"),
        (4, "B (employees)"),
    ]
    assert "formula without a result" in reasons(report)[0][2]
    assert "#DIV/0!" in reasons(report)[1][2]


def test_a_formula_counts_by_the_result_that_was_stored(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["name", "value"])
    book.active.append(["Acme", "=1+1"])
    plain = io.BytesIO()
    book.save(plain)
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                assert b"<v></v>" in data or b"<v />" in data
                data = data.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
            new.writestr(part, data)

    assert cells(read_table(path, NAMES)) == [["Acme", Decimal(2)]]


def test_a_text_in_merged_cells_counts_for_each_row_and_a_number_is_refused(
    make: Callable[..., Path],
) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["name", "value"],
            ["Acme", 5],
            [None, 6],
            [None, 7],
            ["Beta", 9],
            ["Beta", None],
        ):
            sheet.append(row)
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B5:B6")

    table = read_table(make(fill), NAMES)

    assert [row[0] for row in cells(table)] == ["Acme", "Acme", "Acme", "Beta", "Beta"]
    assert [type(row[1]) for row in cells(table)] == [Decimal] * 3 + [Unreadable] * 2


def test_a_merged_title_above_the_header_is_passed_over(make: Callable[..., Path]) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Report of the year"])
        sheet.merge_cells("A1:C1")
        sheet.append([])
        sheet.append(["name", "value"])
        sheet.append(["Acme", 5])

    table = read_table(make(fill), NAMES)
    assert (table.header, table.header_line) == (("name", "value"), 3)


def test_the_sheet_that_fits_is_taken_and_two_that_fit_are_asked_about() -> None:
    sales = TableOptions(wanted=frozenset({"日付", "店舗", "売上"}), needed=3)
    stores = TableOptions(wanted=frozenset({"店舗"}))

    assert read_table(FILES / "jp_sales.xlsx", sales).sheet == "売上データ"
    with pytest.raises(UserError) as caught:
        read_table(FILES / "jp_sales.xlsx", stores)
    assert "店舗マスタ" in caught.value.advice


def test_a_sheet_is_chosen_by_name_and_a_wrong_name_lists_the_right_ones() -> None:
    report = TableOptions(sheet="月次報告", wanted=frozenset({"月"}))

    assert read_table(FILES / "jp_sales.xlsx", report).header == ("月", "売上合計")
    with pytest.raises(UserError, match="月次報告"):
        read_table(FILES / "jp_sales.xlsx", TableOptions(sheet="無い"))


def test_a_wide_sheet_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("name" + "," * 20_000 + "x\n")
    with pytest.raises(UserError, match="columns"):
        read_table(path, NAMES)


def _truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _garbled(data: bytes) -> bytes:
    middle = len(data) // 3
    return data[:middle] + bytes(200) + data[middle + 200 :]


def _with_part(name: str, content: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for part in old.namelist():
                if part != name:
                    new.writestr(part, old.read(part))
            new.writestr(name, content)
        return stream.getvalue()

    return change


_FAR_ROW = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"><c r="A999999999"><v>1</v></c>'
    b"</row></sheetData></worksheet>"
)
_BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><worksheet>&b;</worksheet>"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (_truncated, "damaged"),
        (_garbled, "damaged"),
        (_with_part("xl/workbook.xml", b"<not xml"), "damaged"),
        (_with_part("xl/worksheets/sheet1.xml", _BOMB), "damaged"),
        (_with_part("xl/worksheets/sheet1.xml", b"\0" * 1000), "damaged"),
        (_with_part("xl/worksheets/sheet1.xml", _FAR_ROW), "damaged"),
        (_with_part("xl/media/zeros.bin", bytes(60_000_000)), "unpacks to"),
        (_with_part("xl/workbook.bin", b""), "xlsb"),
        (lambda _data: b"PK\x03\x04" + b"x" * 50, "damaged"),
        (lambda _data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"\.xls"),
        (
            lambda _data: (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
            ),
            "password",
        ),
    ],
)
def test_a_workbook_that_is_none_is_refused_in_one_sentence(
    tmp_path: Path, damage: Callable[[bytes], bytes], reason: str
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(damage((FILES / "jp_sales.xlsx").read_bytes()))

    with pytest.raises(UserError, match=reason) as caught:
        read_table(path, TableOptions(sheet="売上データ", wanted=frozenset({"店舗"})))
    assert "book.xlsx" in caught.value.message
    assert caught.value.advice


def test_other_zip_files_are_refused(tmp_path: Path) -> None:
    for members, reason in (
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"},
         "OpenDocument"),
        ({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}, "not a table"),
        ({"readme.txt": "hello"}, "not a table"),
    ):  # fmt: skip
        path = tmp_path / "file.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        with pytest.raises(UserError, match=reason):
            read_table(path, NAMES)


def test_every_single_flipped_byte_gives_a_table_or_a_plain_message(tmp_path: Path) -> None:
    data = bytearray((FILES / "jp_sales.xlsx").read_bytes())
    path = tmp_path / "book.xlsx"
    for place in range(0, len(data), 97):
        flipped = bytearray(data)
        flipped[place] ^= 0xFF
        path.write_bytes(flipped)
        try:
            table = read_table(path, TableOptions(wanted=frozenset({"店舗", "売上"}), needed=2))
        except UserError as error:
            message = str(error)
        else:
            message = table.name
        assert "book.xlsx" in message


def test_an_empty_workbook_is_said_to_be_empty(make: Callable[..., Path]) -> None:
    with pytest.raises(UserError, match="empty"):
        read_table(make(lambda _sheet: None), NAMES)


def test_characters_excel_writes_as_escapes_are_what_they_mean(
    make: Callable[..., Path], desk: Desk
) -> None:
    from csdesk.exchange.importer import open_source

    def fill(sheet: Worksheet) -> None:
        sheet.append(["name", "industry"])
        sheet.append(["Acme_x0007_", "a_x000D_\nb"])
        sheet.append(["Beta", "_xD800_"])
        sheet.append(["Gamma", "🚀"])

    report = desk.apply(open_source(make(fill)))

    assert counts(report) == {"added": 1, "refused": 2}
    assert "U+0007" in reasons(report)[0][2]
    assert "U+D800" in reasons(report)[1][2]
