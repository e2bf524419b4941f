"""Turns a row's cells into the values of its fields, and says which cell is to blame."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from babel.numbers import is_currency

from csdesk.actions.accounts import TAG_BREAKS
from csdesk.actions.editing import MAX_NAME, MAX_TEXT
from csdesk.errors import UserError
from csdesk.exchange.binding import Binding
from csdesk.exchange.dates import read_date
from csdesk.exchange.fields import Field, Form
from csdesk.exchange.import_report import Problem
from csdesk.exchange.mapping import TableMapping
from csdesk.exchange.numerals import read_minor_units, read_number, read_whole
from csdesk.exchange.own_tables import Origin
from csdesk.exchange.tables import Cell, Row, Table, Unreadable, cell_text, is_blank, shorten
from csdesk.exchange.terms import read_flag, read_term
from csdesk.i18n import _

DEFAULT_CURRENCY = "JPY"
"""The currency of an amount without any sign of one, as in a contract typed in by hand."""

_RANGES = {
    "fiscal_year_start_month": (1, 12),
    "employees": (0, 10**9),
    "seats": (0, 10**9),
    "weight": (0, 1000),
}
_MAX_MONEY = 2**62
_GUARDED = re.compile(r"'[=+\-@\t\r]")
"""How CSDesk writes a text that a spreadsheet would take for a formula."""


class RefusedRowError(Exception):
    """A row cannot be taken in; it carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class CellReader:
    """Reads the fields of one table's rows."""

    def __init__(self, table: Table, binding: Binding, mapping: TableMapping) -> None:
        self._table = table
        self._binding = binding
        self._mapping = mapping
        origin = None if binding.own is None else binding.own.origin
        self._is_data = origin is Origin.DATA
        self._is_shown = origin is Origin.SHOWN
        # A sheet of a workbook needs no guard: its texts are texts.
        self._is_guarded = self._is_data or (self._is_shown and not table.sheet)

    def own_id(self, row: Row) -> str:
        """Return the id of a row that CSDesk wrote; empty for any other table."""
        index = self._binding.own_id
        return "" if index is None else cell_text(self.at(row, index))

    def named_id(self, row: Row, name: str) -> str:
        """Return the id that CSDesk wrote beside the name in a field; empty for none."""
        index = self._binding.named_ids.get(name)
        return "" if index is None else cell_text(self.at(row, index))

    def cell(self, row: Row, name: str) -> Cell:
        """Return the cell of a field: its column's, or the constant; None where blank."""
        index = self._binding.columns.get(name)
        if index is None:
            return self._binding.constants.get(name)
        return self.at(row, index)

    def at(self, row: Row, index: int) -> Cell:
        """Return the cell in a column; None where blank or one of the mapping's blanks."""
        cells = row[1]
        if index >= len(cells):
            return None
        cell = cells[index]
        if isinstance(cell, str):
            if not cell.strip() or cell.strip() in self._mapping.blank:
                return None
            if self._is_guarded and _GUARDED.match(cell):
                return cell[1:]
        return cell

    def check_width(self, row: Row) -> None:
        """Refuse a row with cells to the right of the header's last column."""
        width = len(self._table.header)
        if len(row[1]) > width and not is_blank(row[1][width:]):
            raise RefusedRowError(
                Problem(
                    _("The row has more cells than the header."),
                    self._table.column_name(width),
                )
            )

    def text(self, row: Row, name: str) -> str:
        """Read a field as a name: one line, trimmed, composed; empty where blank."""
        try:
            return read_name(self.cell(row, name))
        except UserError as error:
            raise self.refused(name, error) from error

    def values(self, row: Row) -> dict[str, Any]:
        """Read all fields that fill a column of their own, references and tags excepted.

        Blank cells are left out: an import never erases. Raises RefusedRowError.
        """
        values: dict[str, Any] = {}
        for name in (*self._binding.columns, *self._binding.constants):
            one = self._binding.kind.fields[name]
            if not one.column or one.form is Form.REFERENCE:
                continue
            value = self.value(row, one)
            if value is not None:
                values[one.column] = value
        if "mrr" in values:
            values["mrr"], values["currency"] = values["mrr"]
        return values

    def value(self, row: Row, one: Field) -> Any:
        """Read one field; None where blank. Raises RefusedRowError."""
        try:
            value = self._read(row, self.cell(row, one.name), one)
        except UserError as error:
            raise self.refused(one.name, error) from error
        low, high = _RANGES.get(one.name, (None, None))
        if value is not None and low is not None and high is not None and not low <= value <= high:
            reason = _("{value} is not between {low} and {high}.").format(
                value=value, low=low, high=high
            )
            raise self.refused(one.name, UserError(reason))
        return value

    def tags(self, row: Row) -> list[str]:
        """Read a cell of tags, separated by commas, semicolons or line breaks."""
        text = cell_text(self.cell(row, "tags"))
        try:
            names = [read_name(part) for part in TAG_BREAKS.split(text)]
        except UserError as error:
            raise self.refused("tags", error) from error
        return list(dict.fromkeys(name for name in names if name))

    def refused(self, name: str, error: UserError) -> RefusedRowError:
        """Blame a field's column for an error."""
        index = self._binding.columns.get(name)
        column = "" if index is None else self._table.column_name(index)
        return RefusedRowError(Problem(str(error), column))

    def _read(self, row: Row, cell: Cell, one: Field) -> Any:
        if cell is None:
            return None
        mark = self._mapping.decimal_mark
        match one.form:
            case Form.NAME:
                return read_name(cell) or None
            case Form.TEXT:
                return read_text(cell) or None
            case Form.DATE:
                return read_date(cell, self._binding.readers[one.name])
            case Form.WHOLE:
                return read_whole(cell, mark)
            case Form.EXACT:
                number = read_number(cell, mark)
                return None if number is None else number.value
            case Form.FLAG:
                return read_flag(cell)
            case Form.CURRENCY:
                return read_currency(cell)
            case Form.MONEY:
                return self._money(row, cell)
            case Form.TERM:
                assert one.vocabulary is not None
                if self._is_shown and isinstance(cell, str):
                    cell = cell.partition(" · ")[0]  # 解約 · 2026/10/31
                return read_term(cell, one.vocabulary)
            case _:
                raise AssertionError(one.form)

    def _money(self, row: Row, cell: Cell) -> tuple[int, str] | None:
        currency = read_currency(self.cell(row, "currency")) or self._mapping.currency
        if self._is_data:
            minor = read_whole(cell)
            return None if minor is None else (minor, currency or DEFAULT_CURRENCY)
        amount = read_minor_units(cell, currency, self._mapping.decimal_mark, DEFAULT_CURRENCY)
        if amount is not None and not -_MAX_MONEY < amount[0] < _MAX_MONEY:
            raise UserError(
                _("“{text}” is too large an amount.").format(text=shorten(cell_text(cell)))
            )
        return amount


def read_name(cell: Cell) -> str:
    """Read a text of one line: trimmed, inner spaces single, Unicode composed (NFC).

    Raises UserError for control characters and for more than MAX_NAME characters.
    """
    return _checked(" ".join(_composed(cell).split()), MAX_NAME)


def read_text(cell: Cell) -> str:
    """Read a text of any number of lines; raises UserError as `read_name` does."""
    text = _composed(cell).replace("\r\n", "\n").replace("\r", "\n")
    return _checked(text.strip(), MAX_TEXT)


def read_currency(cell: Cell) -> str:
    """Read an ISO 4217 code; empty where blank. Raises UserError where it is none."""
    code = read_name(cell).upper()
    if code and not is_currency(code):
        raise UserError(
            _("“{text}” is no ISO currency code such as JPY.").format(text=shorten(code))
        )
    return code


def _composed(cell: Cell) -> str:
    if isinstance(cell, Unreadable):
        raise UserError(cell.reason)
    return unicodedata.normalize("NFC", cell_text(cell))


def _checked(text: str, limit: int) -> str:
    for one in text:
        if one not in "\t\n" and unicodedata.category(one) in ("Cc", "Cs"):
            raise UserError(
                _("The text contains the control character U+{code}.").format(
                    code=f"{ord(one):04X}"
                ),
                _("Remove it in the table and import again."),
            )
    if len(text) > limit:
        raise UserError(
            _("The text is too long: {n} characters.").format(n=f"{len(text):,}"),
            _("At most {limit} fit here.").format(limit=f"{limit:,}"),
        )
    return text
