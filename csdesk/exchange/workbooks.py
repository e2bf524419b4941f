"""Reads Excel workbooks (.xlsx): values as they are shown, with what cannot be trusted marked.

openpyxl is imported when the first workbook is read, not at the start of the program.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from csdesk.errors import UserError
from csdesk.exchange.encodings import file_kind
from csdesk.exchange.own_tables import own_table
from csdesk.exchange.tables import (
    Cell,
    Row,
    Table,
    TableOptions,
    Unreadable,
    best_header_score,
    cell_text,
    empty_table,
    is_blank,
    refuse_wide,
    split_header,
)
from csdesk.i18n import _
from csdesk.progress import SILENT, Progress

MAX_UNPACKED = 1_000_000_000
"""Bytes a workbook may unpack to; more is a zip bomb, or beyond what is sensible here."""

MAX_RATIO = 400
"""How much smaller than its content a workbook may be; real sheets stay below 100."""

MAX_ROWS = 1_048_576
"""As many rows as an Excel sheet has."""

_SMALL_ENOUGH = 50_000_000
_REPORT_EVERY = 5_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_FAR_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="\d{8,}"')
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CHUNK = 1 << 20
_OVERLAP = 200

# What openpyxl and zipfile raise on files that are damaged or were never workbooks.
_FOREIGN = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    OSError,
    SyntaxError,  # malformed XML, in both XML libraries
    NotImplementedError,
    RuntimeError,  # a zip with a password
)


@dataclass(frozen=True, slots=True)
class _Merge:
    """Where a merged range begins and its last row, all counted from 1."""

    first_row: int
    last_row: int
    first_column: int


@dataclass(frozen=True, slots=True)
class _SheetFacts:
    """What a row-by-row reader does not tell about a sheet."""

    merges: tuple[_Merge, ...]
    has_formulas: bool


class SeveralSheetsError(UserError):
    """It is not clear which sheet is meant; `own` gives the entities of those CSDesk wrote."""

    def __init__(self, name: str, titles: Sequence[str], own: Mapping[str, str]) -> None:
        super().__init__(
            _("{name} has several sheets, and it is not clear which one is meant.").format(
                name=name
            ),
            _('Say which in the mapping file (sheet = "…"). The sheets are: {sheets}.').format(
                sheets=", ".join(titles)
            ),
        )
        self.own = own


def refuse_ole(data: bytes, name: str) -> UserError:
    """Tell a password-protected workbook from an old .xls; both begin alike."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UserError(
            _("{name} is protected with a password.").format(name=name),
            _("Open it in Excel, remove the password (File > Info), and import the copy."),
        )
    return UserError(
        _("{name} is in the old Excel format (.xls).").format(name=name),
        _("Open it in Excel and save it as an Excel workbook (.xlsx)."),
    )


def read_workbook(
    data: bytes, name: str, options: TableOptions, progress: Progress = SILENT
) -> Table:
    """Read one sheet of a workbook: the one named, else the only one that fits.

    Numbers come as Decimal, percentages as text with their sign, dates as dates; a text in
    cells merged downwards stands in each of their rows. Raises UserError where the workbook is
    damaged, protected, too large, or leaves open which sheet is meant.
    """
    with _foreign(name):
        _check_archive(data, name)
    with warnings.catch_warnings():
        # Styles and validations openpyxl does not keep: we only read values.
        warnings.simplefilter("ignore")
        return _read(data, name, options, progress)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """All that one sheet says: its rows with their numbers, blank ones left out."""

    title: str
    rows: Sequence[Row]
    counts_from_1904: bool = False


def read_sheets(data: bytes, name: str, *, limit: int, most_rows: int) -> tuple[SheetRows, ...]:
    """Read every sheet of a workbook, hidden ones too, with cells as `read_workbook` gives them.

    `limit` is how many bytes it may unpack to, `most_rows` the last row that may say anything.
    Raises UserError where it is no workbook, damaged, protected, or too large.
    """
    if file_kind(data) == "ole":
        raise refuse_ole(data, name)
    with _foreign(name):
        _check_archive(data, name, limit)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return tuple(_every_sheet(data, name, most_rows))


def _every_sheet(data: bytes, name: str, most_rows: int) -> Iterator[SheetRows]:
    import openpyxl

    with _foreign(name):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            with _foreign(name):
                facts = _facts(data, sheet)
            rows = _rows(sheet, facts, name, SILENT)
            if facts.has_formulas:
                _mark_uncalculated(data, sheet.title, name, rows)
            if rows and rows[-1][0] > most_rows:
                raise UserError(
                    _("The sheet “{sheet}” of {name} has too many rows.").format(
                        sheet=sheet.title, name=name
                    ),
                    _("Delete the rows that do not belong there, and try once more."),
                )
            yield SheetRows(sheet.title, rows, book.epoch.year == 1904)
    finally:
        book.close()


@contextmanager
def _foreign(name: str) -> Iterator[None]:
    """Take whatever the libraries raise on a file's content as damage of the file."""
    try:
        yield
    except _FOREIGN as error:
        raise _damaged(name) from error


def _each_row(rows: Iterable[Any], name: str) -> Iterator[Any]:
    """Pass rows on, so that only reading them counts as the file's own trouble."""
    iterator = iter(rows)
    for _number in range(MAX_ROWS):
        with _foreign(name):
            row = next(iterator, None)
        if row is None:
            return
        yield row
    # openpyxl fills gaps between rows: a row that claims to be the billionth would never come.
    if next(iterator, None) is not None:
        raise _damaged(name)


def _damaged(name: str) -> UserError:
    return UserError(
        _("{name} is damaged, or is no Excel workbook.").format(name=name),
        _("Open it in Excel, save it again as an Excel workbook (.xlsx), and try once more."),
    )


def _check_archive(data: bytes, name: str, limit: int = MAX_UNPACKED) -> None:
    """Refuse what only looks like a workbook, before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename: part for part in archive.infolist()}
        if "mimetype" in parts and "content.xml" in parts:
            raise UserError(
                _("{name} is an OpenDocument file.").format(name=name),
                _("Save it as an Excel workbook (.xlsx) or as CSV."),
            )
        if "xl/workbook.bin" in parts:
            raise UserError(
                _("{name} is a binary Excel workbook (.xlsb).").format(name=name),
                _("Save it as an Excel workbook (.xlsx)."),
            )
        if "[Content_Types].xml" not in parts or not any(part.startswith("xl/") for part in parts):
            raise UserError(
                _("{name} is not a table.").format(name=name),
                _("Choose a CSV file or an Excel workbook (.xlsx)."),
            )
        size = sum(part.file_size for part in parts.values())
        if size > limit or (size > _SMALL_ENOUGH and size > MAX_RATIO * len(data)):
            raise UserError(
                _("{name} unpacks to {size} MB, too much for a workbook.").format(
                    name=name, size=f"{size // 1_000_000:,}"
                ),
                _("Save the sheet you need as CSV, or split it."),
            )
        for part in parts:
            if part.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    if _DOCTYPE.search(stream.read(4096)):
                        raise _damaged(name)


def _read(data: bytes, name: str, options: TableOptions, progress: Progress) -> Table:
    import openpyxl

    with _foreign(name):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        title = options.sheet
        if title and title not in {sheet.title for sheet in book.worksheets}:
            raise _no_sheet(name, title, [sheet.title for sheet in book.worksheets])
        title = title or _choose_sheet(book, name, options)
        with _foreign(name):
            facts = _facts(data, book[title])
        rows = _rows(book[title], facts, name, progress)
        if facts.has_formulas:
            _mark_uncalculated(data, title, name, rows)
        header, header_line, rest = split_header(f"{name} ({title})", rows, options)
        return Table(
            name=name,
            header=header,
            header_line=header_line,
            rows=rest,
            sheet=title,
            counts_from_1904=book.epoch.year == 1904,
        )
    finally:
        book.close()


def _no_sheet(name: str, title: str, titles: list[str]) -> UserError:
    return UserError(
        _("{name} has no sheet called {sheet}.").format(name=name, sheet=title),
        _("Its sheets are: {sheets}.").format(sheets=", ".join(titles)),
    )


def _choose_sheet(book: Any, name: str, options: TableOptions) -> str:
    """Name the only visible sheet that has rows, or the only one with a header we know."""
    filled: dict[str, list[Row]] = {}
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            rows = list(_first_rows(sheet, name))
            if rows:
                filled[sheet.title] = rows
    if not filled:
        raise empty_table(name)
    if len(filled) == 1:
        return next(iter(filled))
    fitting = [
        title
        for title, rows in filled.items()
        if best_header_score(rows, options) >= max(1, options.needed)
    ]
    if len(fitting) == 1:
        return fitting[0]
    own = _own_sheets(filled)
    wanted = [title for title, entity in own.items() if entity == options.entity]
    if len(wanted) == 1:
        return wanted[0]
    raise SeveralSheetsError(name, tuple(filled), own)


def _own_sheets(filled: Mapping[str, list[Row]]) -> dict[str, str]:
    """Name the sheets that CSDesk wrote, and the entity that each holds."""
    owns = {title: own_table(tuple(map(cell_text, rows[0][1]))) for title, rows in filled.items()}
    return {title: own.entity for title, own in owns.items() if own is not None}


def _first_rows(sheet: Any, name: str) -> Iterator[Row]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=60, values_only=True)
    for number, cells in enumerate(_each_row(rows, name), 1):
        if not is_blank(cells):
            yield number, cells


def _facts(data: bytes, sheet: Any) -> _SheetFacts:
    """Scan a sheet's XML for merged ranges and formulas, a piece at a time."""
    merges: dict[bytes, _Merge] = {}
    has_formulas = False
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(sheet._worksheet_path) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            text = tail + chunk
            has_formulas = has_formulas or _FORMULA.search(text) is not None
            if _FAR_ROW.search(text):
                raise ValueError("a row number no sheet has")
            for found in _MERGE.finditer(text):
                left, top, bottom = found.groups()
                merges[found.group(0)] = _Merge(int(top), int(bottom), _column_number(left))
            tail = text[-_OVERLAP:]
    return _SheetFacts(tuple(merges.values()), has_formulas)


def _column_number(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - ord("A") + 1
    return number


def _rows(sheet: Any, facts: _SheetFacts, name: str, progress: Progress) -> list[Row]:
    """Read all rows that say something, or that hold formulas which may."""
    sheet.reset_dimensions()
    rows: list[Row] = []
    widest = 0
    merged = _MergedCells(facts.merges)
    for number, row in enumerate(_each_row(sheet.iter_rows(), name), 1):
        with _foreign(name):
            # The style of a cell, looked up only now, may be damaged too.
            cells = [_value(cell) for cell in row]
        merged.apply(number, cells)
        if not is_blank(cells):
            rows.append((number, cells))
            widest = max(widest, len(cells))
        if number % _REPORT_EVERY == 0:
            progress.report(number, None, name)
    refuse_wide(name, widest)
    return rows


def _value(cell: Any) -> Cell:
    """Turn a cell into what it shows."""
    value = cell.value
    if value is None:
        return None
    if isinstance(value, str):
        if cell.data_type == "e":
            return Unreadable(_("The cell holds the error {error}.").format(error=value))
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, dt.date):
        return value
    return str(value)


def _number(value: int | float, number_format: str) -> Cell:
    """Take a number with the fifteen digits Excel shows, and a percentage with its sign."""
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return Unreadable(_("The cell does not hold a finite number."))
        exact = Decimal(format(value, ".15g"))
    else:
        exact = Decimal(value)
    plain = re.sub(r'"[^"]*"|\\.', "", number_format)
    return f"{format((exact * 100).normalize(), 'f')}%" if "%" in plain else exact


def _mark_uncalculated(data: bytes, title: str, name: str, rows: list[Row]) -> None:
    """Mark the formulas whose result the file does not hold: nobody ever calculated them."""
    import openpyxl

    by_line = dict(rows)
    with _foreign(name):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    try:
        sheet = book[title]
        sheet.reset_dimensions()
        for number, written in enumerate(_each_row(sheet.iter_rows(), name), 1):
            for index, cell in enumerate(written):
                if cell.value is None or cell.data_type != "f":
                    continue
                cells = by_line.setdefault(number, [None] * len(written))
                if cells[index] is None and isinstance(cells, list):
                    cells[index] = Unreadable(
                        _(
                            "The cell holds a formula without a result."
                            " Open the file in Excel and save it."
                        )
                    )
    finally:
        book.close()
    rows[:] = sorted(by_line.items())


class _MergedCells:
    """Gives each row of a merged range its text, and refuses to share out a number."""

    def __init__(self, merges: tuple[_Merge, ...]) -> None:
        self._waiting = sorted(
            (merge for merge in merges if merge.last_row > merge.first_row),
            key=lambda merge: merge.first_row,
            reverse=True,
        )
        self._open: list[tuple[_Merge, Cell]] = []

    def apply(self, number: int, cells: list[Cell]) -> None:
        """Fill the cells of row `number` that lie in ranges begun above, and mark the rest."""
        self._open = [(merge, cell) for merge, cell in self._open if merge.last_row >= number]
        for merge, cell in self._open:
            self._put(cells, merge, cell)
        while self._waiting and self._waiting[-1].first_row <= number:
            merge = self._waiting.pop()
            column = merge.first_column - 1
            cell = cells[column] if column < len(cells) else None
            if cell is None or merge.last_row < number:
                continue
            if isinstance(cell, Decimal) or (isinstance(cell, str) and cell.endswith("%")):
                cell = Unreadable(
                    _("One number stands in merged cells of several rows; unmerge them.")
                )
                self._put(cells, merge, cell)
            self._open.append((merge, cell))

    @staticmethod
    def _put(cells: list[Cell], merge: _Merge, cell: Cell) -> None:
        column = merge.first_column - 1
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = cell
