"""A table as it is shown: filtered, sorted, with the columns in view; as a file or to paste.

The workbook is for reading and counting on: amounts are numbers, dates are dates, progress is a
percentage. CSV and what is pasted say the same in a way that every spreadsheet reads. In none of
them can a text that a customer wrote become a formula.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from pathlib import Path
from typing import Any, BinaryIO

from csdesk.errors import UserError
from csdesk.exchange.table_export import MAX_SHEET_ROWS, Exported, SheetTexts, disarmed
from csdesk.exchange.whole_file import whole_file
from csdesk.i18n import _
from csdesk.progress import SILENT, Progress

_WIDEST = 60
"""Characters of the widest column of a sheet."""

_LOOKED_AT = 200
"""Rows that a column's width is measured by."""

_TOGETHER = 100
"""Rows between two reports of progress."""

_NOT_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class ShownKind(Enum):
    """What the cells of a column are."""

    TEXT = auto()
    COUNT = auto()
    """A whole number."""
    AMOUNT = auto()
    """A Decimal with as many decimals as its currency has."""
    SHARE = auto()
    """A Decimal, 1 for all of it; shown in percent."""
    DAY = auto()


Cell = str | int | Decimal | dt.date | None


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column: its title, and what its cells are."""

    title: str
    kind: ShownKind = ShownKind.TEXT

    @property
    def is_text(self) -> bool:
        """Whether its cells are words."""
        return self.kind is ShownKind.TEXT


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What is shown: its name, the columns from the left, the rows from the top."""

    name: str
    columns: tuple[ShownColumn, ...]
    rows: Sequence[tuple[Cell, ...]]


def export_shown(table: ShownTable, target: Path, progress: Progress = SILENT) -> Exported:
    """Write a table as XLSX, or as CSV where `target` ends in .csv.

    The file appears whole or not at all. Raises UserError where it cannot be written or has more
    rows than a sheet can hold, CancelledError from `progress`.
    """
    write = write_csv if target.suffix.lower() == ".csv" else write_xlsx
    with whole_file(target) as stream:
        return write(table, stream, progress)


def write_csv(table: ShownTable, out: BinaryIO, progress: Progress = SILENT) -> Exported:
    """Write CSV in UTF-8 with BOM, so that Excel reads it; days as 2026-03-31, shares as 64%."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([disarmed(column.title) for column in table.columns])
    for number, row in enumerate(table.rows):
        if number % _TOGETHER == 0:
            progress.report(number, len(table.rows))
        writer.writerow(_words(table, row))
    out.write(text.getvalue().encode("utf-8-sig"))
    return Exported(len(table.rows))


def write_xlsx(table: ShownTable, out: BinaryIO, progress: Progress = SILENT) -> Exported:
    """Write a workbook with one sheet whose head stays in view and can be filtered by.

    Raises UserError where there are more rows than a sheet can hold.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    if len(table.rows) > MAX_SHEET_ROWS:
        raise UserError(
            _("“{kind}” has more rows than an Excel sheet can hold.").format(kind=table.name),
            _("Export to CSV."),
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name.translate(_NOT_IN_A_TITLE)[:31].strip() or None)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    cells = _SheetCells()
    sheet.append([cells.head(sheet, column.title) for column in table.columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    try:
        for number, row in enumerate(table.rows):
            if number % _TOGETHER == 0:
                progress.report(number, len(table.rows))
            pairs = zip(table.columns, row, strict=True)
            sheet.append([cells.cell(sheet, column.kind, value) for column, value in pairs])
    finally:
        sheet.close()  # its writer must not be left half-way by who cancels
    book.save(out)
    return Exported(len(table.rows), cells.shortened)


def shown_text(table: ShownTable) -> str:
    """Return the table with tabs between the cells, to paste into a spreadsheet."""
    lines = [[_line(disarmed(column.title)) for column in table.columns]]
    lines += [[_line(word) for word in _words(table, row)] for row in table.rows]
    return "\n".join("\t".join(line) for line in lines)


def shown_html(table: ShownTable) -> str:
    """Return the table as HTML, to paste into a mail, a document or a spreadsheet."""
    head = "".join(f"<th>{html.escape(disarmed(one.title))}</th>" for one in table.columns)
    body = "".join(
        f"<tr>{''.join(map(_html_cell, table.columns, row, _words(table, row)))}</tr>"
        for row in table.rows
    )
    return (
        '<meta charset="utf-8"><table border="1" cellspacing="0" cellpadding="4">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _html_cell(column: ShownColumn, value: Cell, word: str) -> str:
    if isinstance(value, Decimal | int) and column.kind is not ShownKind.SHARE:
        word = f"{value:,}"
    # Excel takes what looks like a number for one, unless it is told that it is a text.
    look = "mso-number-format:'\\@'" if column.is_text else "text-align:right"
    return f'<td style="{look}">{html.escape(word)}</td>'


def _words(table: ShownTable, row: Sequence[Cell]) -> list[str]:
    """Write the cells of a row as a spreadsheet reads them."""
    return [_word(column.kind, value) for column, value in zip(table.columns, row, strict=True)]


def _word(kind: ShownKind, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return disarmed(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if kind is ShownKind.SHARE:
        percent = f"{round(Decimal(value) * 100, 2):f}"
        return f"{percent.rstrip('0').rstrip('.') if '.' in percent else percent}%"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _line(word: str) -> str:
    """Keep a cell in one line: a break or a tab in it would begin another cell."""
    return " ".join(word.split()) if any(char in word for char in "\t\r\n") else word


def _widths(table: ShownTable) -> list[float]:
    """Return how wide each column should be, in characters; Japanese ones count twice."""
    widths = [_wide(column.title) + 4.0 for column in table.columns]  # the button of the filter
    for row in table.rows[:_LOOKED_AT]:
        for place, word in enumerate(_words(table, row)):
            widths[place] = max(widths[place], _wide(word) + 2.0)
    return [min(width, _WIDEST) for width in widths]


def _wide(word: str) -> int:
    return sum(1 if char < "\u1100" else 2 for char in word)


class _SheetCells(SheetTexts):
    """Makes the cells of the sheet."""

    def __init__(self) -> None:
        super().__init__()
        from openpyxl.styles import Font

        self._bold = Font(bold=True)

    def head(self, sheet: Any, title: str) -> Any:
        """Make a cell of the head."""
        cell = self.text(sheet, title)
        cell.font = self._bold
        return cell

    def cell(self, sheet: Any, kind: ShownKind, value: Cell) -> Any:
        """Make a cell, with the format of its kind."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return self.text(sheet, value)
        cell = self._make(sheet, value=value)
        if isinstance(value, dt.date):
            cell.number_format = "yyyy/mm/dd"
        elif kind is ShownKind.SHARE:
            cell.number_format = "0%"
        elif isinstance(value, Decimal):
            places = max(0, -int(value.as_tuple().exponent))
            cell.number_format = "#,##0" + ("." + "0" * places if places else "")
        else:
            cell.number_format = "#,##0"
        return cell
