"""Finds the tables of a returned workbook, wherever their rows, columns and sheets went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csdesk.exchange.tables import Cell, Row, cell_text, column_letter, header_key
from csdesk.exchange.workbook.layout import (
    ACTION,
    MARK,
    MEASURE,
    READ_ME,
    known_headers,
    read_mark,
)
from csdesk.exchange.workbook.sent import Sent
from csdesk.exchange.workbooks import SheetRows
from csdesk.i18n import LANGUAGES, Translator

_SEARCHED = 60
_ENOUGH = 3
"""As many known headers make a header row."""


@dataclass(frozen=True, slots=True)
class Found:
    """One table: its columns by key, its data rows, and what stands in columns of others."""

    kind: str
    sheet: str
    columns: dict[str, int]
    headers: dict[int, str]
    rows: Sequence[Row]
    counts_from_1904: bool

    def cell(self, row: Row, key: str) -> Cell:
        """Return the cell of a column; None where the column or the cell is missing."""
        index = self.columns.get(key)
        if index is None or index >= len(row[1]):
            return None
        return row[1][index]

    def strange_cells(self) -> list[tuple[int, str, str]]:
        """Return row, column letter and text of all that stands in columns we did not make."""
        ours = set(self.columns.values())
        return [
            (number, column_letter(index), text)
            for number, cells in self.rows
            for index, cell in enumerate(cells)
            if index not in ours and (text := cell_text(cell))
        ]


def is_read_me(sheet: SheetRows) -> bool:
    """Tell whether a sheet is the one that says what to do."""
    return any(
        cell == READ_ME
        for _number, cells in sheet.rows[:_SEARCHED]
        for cell in cells
        if isinstance(cell, str)
    )


def is_kept(sheet: SheetRows) -> bool:
    """Tell whether a sheet is the hidden one that keeps what was sent."""
    return bool(sheet.rows) and cell_text(sheet.rows[0][1][0]) == MARK


def find_table(sheet: SheetRows, sent: Sent | None) -> Found | None:
    """Find the table of a sheet by its marks, else by its headers; None where there is none."""
    return _by_marks(sheet) or _by_headers(sheet, sent)


def _by_marks(sheet: SheetRows) -> Found | None:
    for position, (number, cells) in enumerate(sheet.rows[:_SEARCHED]):
        marks = [
            (index, found)
            for index, cell in enumerate(cells)
            if isinstance(cell, str) and (found := read_mark(cell))
        ]
        if not marks:
            continue
        kind = marks[0][1][0]
        columns: dict[str, int] = {}
        for index, (of_kind, key) in marks:
            if of_kind == kind:
                columns.setdefault(key, index)
        below = sheet.rows[position + 1 :]
        header = _header_row(below[:_SEARCHED], kind)
        start = header[0] if header else number + 2
        headers = _texts(header[1]) if header else {}
        rows = [row for row in below if row[0] > start]
        return Found(kind, sheet.title, columns, headers, rows, sheet.counts_from_1904)
    return None


def _by_headers(sheet: SheetRows, sent: Sent | None) -> Found | None:
    for kind in (ACTION, MEASURE):
        header = _header_row(sheet.rows[:_SEARCHED], kind)
        if header is None:
            continue
        known = known_headers(kind) | (_period_headers(sent) if kind == MEASURE else {})
        columns: dict[str, int] = {}
        for index, text in _texts(header[1]).items():
            key = known.get(header_key(text))
            if key is not None:
                columns.setdefault(key, index)
        rows = [row for row in sheet.rows if row[0] > header[0]]
        headers = _texts(header[1])
        return Found(kind, sheet.title, columns, headers, rows, sheet.counts_from_1904)
    return None


def _header_row(rows: Sequence[Row], kind: str) -> Row | None:
    known = known_headers(kind)
    for row in rows:
        keys = {known.get(header_key(text)) for text in _texts(row[1]).values()} - {None}
        needed = "title" if kind == ACTION else "name"
        if len(keys) >= _ENOUGH and needed in keys:
            return row
    return None


def _period_headers(sent: Sent | None) -> dict[str, str]:
    periods = sent.periods if sent else ()
    return {
        header_key(period.title(Translator(language))): period.key
        for language in LANGUAGES
        for period in periods
    }


def _texts(cells: Sequence[Cell]) -> dict[int, str]:
    return {index: text for index, cell in enumerate(cells) if (text := cell_text(cell))}
