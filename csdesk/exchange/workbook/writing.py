"""Writes the workbook a customer fills in.

Sheets are protected without a password: a hint where to write, not a lock. Openpyxl is imported
when a workbook is made, not at the start of the program.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from wcwidth import wcswidth

from csdesk.exchange.workbook.layout import (
    ACTION,
    ACTION_COLUMNS,
    FREE_ROWS,
    MARK,
    MEASURE,
    MEASURE_COLUMNS,
    MEASURE_COMMENT,
    READ_ME,
    Column,
    PeriodColumn,
    mark,
)
from csdesk.exchange.workbook.read_me import read_me_lines
from csdesk.exchange.workbook.sent import Sent, SentAction, SentMeasure, kept_rows, sent_in
from csdesk.exchange.workbook.style import Look, text_of
from csdesk.i18n import Translator
from csdesk.model.vocabulary import PageSize
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan, in_language

_MARK_ROW, _TITLE_ROW, _HEADER_ROW = 1, 2, 3
_FIRST_ROW = _HEADER_ROW + 1
_WIDTHS = {
    "number": (5, 8),
    "title": (28, 46),
    "name": (24, 40),
    "goal": (18, 34),
    "owner": (12, 20),
    "comment": (36, 36),
    "status": (16, 34),
}
_EARLIEST, _LATEST = dt.date(2000, 1, 1), dt.date(2199, 12, 31)
_CHANGED_AT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_PAPER = {PageSize.LETTER: 1}
_A4 = 9


def workbook_bytes(document: CustomerDocument) -> bytes:
    """Make the workbook of a document, in its language, as the bytes of an .xlsx file.

    Equal documents give equal bytes. Texts stay texts, whatever they begin with.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    sent = sent_in(document)
    maker = _Maker(book, document, sent)
    maker.read_me()
    if sent.plan_id or sent.actions:
        maker.actions()
    if sent.measures:
        maker.measures()
    maker.hidden()
    view = in_language(document.view, document.language)
    properties = book.properties
    properties.creator = properties.lastModifiedBy = text_of(view.our_company) or None
    properties.title = text_of(view.title) or None
    properties.language = document.language
    stream = io.BytesIO()
    book.save(stream)
    return _settled(stream.getvalue(), document.view.today)


class _Maker:
    """Makes the sheets of one workbook."""

    def __init__(self, book: Any, document: CustomerDocument, sent: Sent) -> None:
        self._book = book
        self._document = document
        self._view: CustomerPlan = in_language(document.view, document.language)
        self._sent = sent
        self._t = Translator(document.language)
        self._look = Look(document.language, document.branding.accent)
        self._words = dict(sent.statuses)

    def read_me(self) -> None:
        """Say for whom it is and what to do."""
        sheet = self._book.create_sheet(self._t.context("workbook", "Read me"))
        self._page(sheet, landscape=False)
        sheet.column_dimensions["A"].width = 3
        sheet.column_dimensions["B"].width = 92
        for number, (style, text) in enumerate(read_me_lines(self._view, self._sent, self._t), 2):
            self._look.line(sheet.cell(number, 2), text, style)
        marked = sheet.cell(_MARK_ROW, 1)
        marked.value, marked.data_type = READ_ME, "s"
        sheet.row_dimensions[_MARK_ROW].hidden = True
        sheet.sheet_view.showGridLines = False
        _protect(sheet)

    def actions(self) -> None:
        """List the customer's action items, with free rows at the end."""
        t = self._t
        words = t.context("workbook", "Actions")
        hint = t(
            "Please fill in the tinted cells. Add action items of your own in the free rows at the"
            " end."
        )
        sheet = self._table(words, hint, ACTION, ACTION_COLUMNS, self._action_text)
        rows = self._sent.actions
        for number, row in enumerate(rows, _FIRST_ROW):
            for index, column in enumerate(ACTION_COLUMNS, 1):
                cell = sheet.cell(number, index)
                self._look.cell(cell, self._action_value(row, column.key), is_open=column.is_open)
        first_free, last = _FIRST_ROW + len(rows), _FIRST_ROW + len(rows) + FREE_ROWS - 1
        for number in range(first_free, last + 1):
            for index, column in enumerate(ACTION_COLUMNS, 1):
                is_open = column.key not in ("id", "number", "goal")
                value = "+" if column.key == "number" else None
                self._look.cell(sheet.cell(number, index), value, is_open=is_open)
                if column.key in ("due_on", "done_on"):
                    self._look.as_date(sheet.cell(number, index))
        letters = {column.key: _letter(index) for index, column in enumerate(ACTION_COLUMNS)}
        for row_number in range(_FIRST_ROW, first_free):
            self._look.as_date(sheet[f"{letters['done_on']}{row_number}"])
            self._look.as_date(sheet[f"{letters['due_on']}{row_number}"])
        self._choose_status(sheet, f"{letters['status']}{_FIRST_ROW}:{letters['status']}{last}")
        self._ask_date(sheet, f"{letters['done_on']}{_FIRST_ROW}:{letters['done_on']}{last}")
        self._ask_date(sheet, f"{letters['due_on']}{first_free}:{letters['due_on']}{last}")
        self._finish(sheet, len(ACTION_COLUMNS), last)

    def measures(self) -> None:
        """List the measures with the periods they lack a value for."""
        periods = self._sent.periods
        columns = (
            *MEASURE_COLUMNS,
            *(Column(period.key, "", is_open=True) for period in periods),
            MEASURE_COMMENT,
        )
        t = self._t
        words = t.context("workbook", "Success measures")
        hint = t("Please enter the values you have in the tinted cells, without the unit.")
        sheet = self._table(words, hint, MEASURE, columns, self._measure_text)
        first = len(MEASURE_COLUMNS) + 1
        for index, period in enumerate(periods, first):
            self._look.header(sheet.cell(_HEADER_ROW, index), period.title(self._t))
            sheet.column_dimensions[_letter(index - 1)].width = 15
        last = _FIRST_ROW + len(self._sent.measures) - 1
        for number, row in enumerate(self._sent.measures, _FIRST_ROW):
            for index, column in enumerate(MEASURE_COLUMNS, 1):
                cell = sheet.cell(number, index)
                self._look.cell(cell, self._measure_value(row, column.key))
            for index, period in enumerate(periods, first):
                self._period_cell(sheet.cell(number, index), row, period)
            self._look.cell(sheet.cell(number, len(columns)), None, is_open=True)
        if periods:
            area = f"{_letter(first - 1)}{_FIRST_ROW}:{_letter(first + len(periods) - 2)}{last}"
            self._ask_number(sheet, area)
        self._finish(sheet, len(columns), last)

    def hidden(self) -> None:
        """Keep what was sent, for when the workbook comes back."""
        sheet = self._book.create_sheet(MARK)
        for number, row in enumerate(kept_rows(self._sent), 1):
            for index, text in enumerate(row, 1):
                if text:
                    cell = sheet.cell(number, index)
                    cell.value, cell.data_type = text_of(text), "s"
        sheet.sheet_state = "veryHidden"

    def _table(
        self,
        title: str,
        hint: str,
        kind: str,
        columns: Sequence[Column],
        text: Callable[[str], list[str]],
    ) -> Any:
        """Begin a sheet: marks, title and header, and columns as wide as their texts."""
        sheet = self._book.create_sheet(title)
        self._page(sheet, landscape=True)
        sheet.row_dimensions[_MARK_ROW].hidden = True
        for index, column in enumerate(columns, 1):
            marked = sheet.cell(_MARK_ROW, index)
            marked.value, marked.data_type = mark(kind, column.key), "s"
            words = column.title(self._t) if column.header else ""
            self._look.header(sheet.cell(_HEADER_ROW, index), words)
            least, most = _WIDTHS.get(column.key, (12, 18))
            widest = max((_width(one) for one in [words, *text(column.key)]), default=0)
            sheet.column_dimensions[_letter(index - 1)].width = min(max(widest + 3, least), most)
        sheet.column_dimensions["A"].hidden = True
        self._look.line(sheet.cell(_TITLE_ROW, 2), f"{title}    {hint}", "hint")
        sheet.row_dimensions[_TITLE_ROW].height = 26
        sheet.freeze_panes = sheet.cell(_FIRST_ROW, 4)
        return sheet

    def _finish(self, sheet: Any, columns: int, last: int) -> None:
        """Let the table be filtered and printed, and close what is not to be filled in."""
        area = f"A{_HEADER_ROW}:{_letter(columns - 1)}{last}"
        sheet.auto_filter.ref = area
        sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
        sheet.print_area = f"B{_TITLE_ROW}:{_letter(columns - 1)}{last}"
        _protect(sheet)

    def _page(self, sheet: Any, *, landscape: bool) -> None:
        setup = sheet.page_setup
        setup.orientation = "landscape" if landscape else "portrait"
        setup.paperSize = _PAPER.get(self._document.setup.page_size, _A4)
        setup.fitToWidth, setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        company = text_of(self._view.our_company)[:80].replace("&", "&&")
        sheet.oddFooter.left.text = company
        sheet.oddFooter.right.text = "&P / &N"

    def _action_value(self, row: SentAction, key: str) -> Any:
        if key == "status":
            return self._words.get(row.status, row.status)
        return None if key == "comment" else getattr(row, key)

    def _action_text(self, key: str) -> list[str]:
        if key in ("status", "title", "goal", "owner"):
            return [str(self._action_value(row, key)) for row in self._sent.actions]
        return []

    def _measure_value(self, row: SentMeasure, key: str) -> Any:
        if key == "last_on" and row.last_on is not None:
            return PeriodColumn(row.frequency, row.last_on).title(self._t)
        return getattr(row, key)

    def _measure_text(self, key: str) -> list[str]:
        if key not in {column.key for column in MEASURE_COLUMNS}:
            return []
        return [_as_shown(self._measure_value(row, key)) for row in self._sent.measures]

    def _period_cell(self, cell: Any, row: SentMeasure, period: PeriodColumn) -> None:
        if period.frequency != row.frequency or not row.is_asked(period):
            shown = row.value(period.first) if period.frequency == row.frequency else None
            self._look.cell(cell, shown, is_void=shown is None)
        else:
            self._look.cell(cell, None, is_open=True)

    def _choose_status(self, sheet: Any, area: str) -> None:
        rows = kept_rows(self._sent)
        lines = [number for number, row in enumerate(rows, 1) if row[0] == "status"]
        t = self._t
        self._validate(
            sheet,
            area,
            t("Please choose one of the statuses in the list."),
            type="list",
            formula1=f"{MARK}!$C${lines[0]}:$C${lines[-1]}",
        )

    def _ask_date(self, sheet: Any, area: str) -> None:
        start = dt.date(1899, 12, 30)
        t = self._t
        said = t("Please enter a date, for example {date}.")
        self._validate(
            sheet,
            area,
            said.format(date=t.date(self._view.today)),
            type="date",
            operator="between",
            formula1=str((_EARLIEST - start).days),
            formula2=str((_LATEST - start).days),
        )

    def _ask_number(self, sheet: Any, area: str) -> None:
        t = self._t
        self._validate(
            sheet,
            area,
            t("Please enter a number without its unit."),
            type="decimal",
            operator="between",
            formula1="-1E+20",
            formula2="1E+20",
        )

    def _validate(self, sheet: Any, area: str, said: str, **rule: Any) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        validation = DataValidation(
            allow_blank=True,
            showErrorMessage=True,
            showInputMessage=True,
            errorTitle=self._t.context("workbook", "Please check"),
            error=said,
            prompt=said,
            **rule,
        )
        validation.add(area)
        sheet.add_data_validation(validation)


def _protect(sheet: Any) -> None:
    """Close the locked cells; what openpyxl calls True here is forbidden."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "sort",
        "autoFilter",
        "insertRows",
        "formatCells",
        "formatColumns",
        "formatRows",
    ):
        setattr(protection, allowed, False)


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(index + 1))


def _width(text: str) -> int:
    """Measure a text in letters of the column's unit: kanji take two."""
    return max((max(wcswidth(line), len(line)) for line in text.splitlines()), default=0)


def _as_shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return "" if value is None else str(value)


def _settled(data: bytes, today: dt.date) -> bytes:
    """Give every part and property the plan's own day instead of the moment it was written."""
    moment = f"{today.isoformat()}T00:00:00Z".encode()
    # A zip knows no year before 1980 and none after 2107.
    stamp = (min(max(today.year, 1980), 2107), today.month, today.day, 0, 0, 0)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in given.infolist():
            content = given.read(part)
            if part.filename == "docProps/core.xml":
                content = _CHANGED_AT.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            entry = zipfile.ZipInfo(part.filename, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The system that made it is written into each entry: always the same one.
            entry.create_system = 0
            archive.writestr(entry, content)
    return out.getvalue()
