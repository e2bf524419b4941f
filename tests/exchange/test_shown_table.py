"""What is shown goes out as it is shown: right types in a workbook, harmless texts everywhere."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import CancelledError, UserError
from csdesk.exchange.shown_table import (
    Cell,
    ShownColumn,
    ShownKind,
    ShownTable,
    export_shown,
    shown_html,
    shown_text,
    write_csv,
    write_xlsx,
)

COLUMNS = (
    ShownColumn("顧客"),
    ShownColumn("ARR", ShownKind.AMOUNT),
    ShownColumn("更新日", ShownKind.DAY),
    ShownColumn("残り日数", ShownKind.COUNT),
    ShownColumn("進捗", ShownKind.SHARE),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("富士リテール", Decimal(12_400_000), dt.date(2027, 3, 31), 129, Decimal("0.643")),
    ("=1+1", Decimal("1234.50"), dt.date(2026, 11, 1), -21, Decimal("-0.1")),
    ("Tab\there\nand there", None, None, None, None),
)
TABLE = ShownTable("顧客一覧", COLUMNS, ROWS)


def as_csv(table: ShownTable) -> list[list[str]]:
    """Write a table as CSV and read it back."""
    out = io.BytesIO()
    assert write_csv(table, out).rows == len(table.rows)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


class Cells(HTMLParser):
    """Reads the cells of a table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1][-1] += data


def test_csv_says_what_every_spreadsheet_reads() -> None:
    assert as_csv(TABLE) == [
        ["顧客", "ARR", "更新日", "残り日数", "進捗"],
        ["富士リテール", "12400000", "2027-03-31", "129", "64.3%"],
        ["'=1+1", "1234.50", "2026-11-01", "-21", "-10%"],
        ["Tab\there\nand there", "", "", "", ""],
    ]


def test_the_workbook_has_numbers_days_and_percent_and_texts_that_do_not_run() -> None:
    out = io.BytesIO()
    assert write_xlsx(TABLE, out).rows == 3
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("顧客一覧", "A2", "A1:E4")
    rows = list(sheet.iter_rows(min_row=2))
    first = [(cell.value, cell.number_format) for cell in rows[0]]
    assert first == [
        ("富士リテール", "General"),
        (12_400_000, "#,##0"),
        (dt.datetime(2027, 3, 31), "yyyy/mm/dd"),  # noqa: DTZ001 - Excel has no time zones
        (129, "#,##0"),
        (0.643, "0%"),
    ]
    assert (rows[1][0].value, rows[1][0].data_type) == ("=1+1", "s")
    assert (rows[1][1].value, rows[1][1].number_format) == (1234.5, "#,##0.00")
    assert [cell.value for cell in rows[2]][1:] == [None] * 4
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] > 12
    assert widths[2] > 10


def test_what_is_pasted_has_the_same_cells_in_tabs_and_in_html() -> None:
    lines = [line.split("\t") for line in shown_text(TABLE).split("\n")]
    assert lines[1:] == [
        ["富士リテール", "12400000", "2027-03-31", "129", "64.3%"],
        ["'=1+1", "1234.50", "2026-11-01", "-21", "-10%"],
        ["Tab here and there", "", "", "", ""],
    ]
    found = Cells(shown_html(TABLE)).rows
    assert found[0] == ["顧客", "ARR", "更新日", "残り日数", "進捗"]
    assert found[1] == ["富士リテール", "12,400,000", "2027-03-31", "129", "64.3%"]
    assert found[2][0] == "'=1+1"


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_text_escapes_its_cell_or_runs(texts: list[str]) -> None:
    columns = tuple(ShownColumn(f"C{place}") for place, _text in enumerate(texts))
    table = ShownTable("T", columns, [tuple(texts)])
    lines = shown_text(table).split("\n")
    assert len(lines) == 2
    pasted = lines[1].split("\t")
    assert len(pasted) == len(texts)
    assert not any(cell.startswith(("=", "@")) for cell in pasted)
    html_row = Cells(shown_html(table)).rows[1]
    assert len(html_row) == len(texts)
    assert "<script" not in shown_html(ShownTable("T", columns, [("<script>",) * len(texts)]))


@pytest.mark.parametrize("title", ["", "a/b[c]:*?", "長い名前" * 20, "'"])
def test_any_name_makes_a_sheet(title: str) -> None:
    out = io.BytesIO()
    write_xlsx(ShownTable(title, COLUMNS, ()), out)
    assert len(openpyxl.load_workbook(out).sheetnames[0]) <= 31


def test_the_ending_of_the_name_decides_and_a_bad_place_is_told(tmp_path: Path) -> None:
    for name, start in (("a.xlsx", b"PK"), ("b.CSV", b"\xef\xbb\xbf")):
        assert export_shown(TABLE, tmp_path / name).rows == 3
        assert (tmp_path / name).read_bytes().startswith(start)
    with pytest.raises(UserError, match="does not exist"):
        export_shown(TABLE, tmp_path / "nowhere" / "a.csv")


class Impatient:
    """Cancels at the second look."""

    def report(self, done: int, total: int | None, note: str = "") -> None:
        if done:
            raise CancelledError


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_cancelled_export_leaves_the_older_file_as_it_was(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("before")
    with pytest.raises(CancelledError):
        export_shown(ShownTable("T", COLUMNS, ROWS * 100), tmp_path / name, Impatient())
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [(name, "before")]
