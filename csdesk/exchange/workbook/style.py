"""How the cells of the workbook look, and how texts are put into them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from csdesk.exchange.table_export import MAX_CELL
from csdesk.report.palette import Palette
from csdesk.report.theme import ACCENT, ACCENT_DEEP

_OPEN, _VOID, _LINE, _QUIET = "FFF8E1", "F0F1F3", "C9CED6", "5B6472"
_FORMULA_STARTS = ("=", "+", "-", "@")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of characters and the two code points that XML has no place for."""

_SIZES = {"title": 18, "heading": 12, "hint": 11, "text": 11, "quiet": 9}


class Look:
    """Fonts, colours and formats of one workbook."""

    def __init__(self, language: str, accent: str) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        palette = Palette(accent)
        self._face = "Yu Gothic" if language == "ja" else "Calibri"
        self._accent = palette.code(ACCENT).removeprefix("#")
        self._deep = palette.code(ACCENT_DEEP).removeprefix("#")
        self._date_format = "yyyy/mm/dd" if language == "ja" else "mmm d, yyyy"
        self._font, self._fill, self._alignment = Font, PatternFill, Alignment
        line = Side(style="thin", color=_LINE)
        self._border = Border(left=line, right=line, top=line, bottom=line)
        self._unlocked = Protection(locked=False)
        self._body = Font(name=self._face, size=11)
        self._wrapped = Alignment(vertical="top", wrap_text=True)
        self._fills = {
            code: PatternFill("solid", fgColor=code) for code in (_OPEN, _VOID, self._accent)
        }

    def line(self, cell: Any, text: str, style: str) -> None:
        """Write a line of running text: a "title", "heading", "hint", "text", or "quiet" one."""
        _put(cell, text)
        color = {"title": self._deep, "heading": self._accent, "quiet": _QUIET}.get(style, "222222")
        cell.font = self._font(
            name=self._face,
            size=_SIZES[style],
            bold=style in ("title", "heading", "hint"),
            color=color,
        )
        cell.alignment = self._alignment(vertical="center", wrap_text=style != "hint")

    def header(self, cell: Any, text: str) -> None:
        """Write the header of a column."""
        _put(cell, text)
        cell.font = self._font(name=self._face, size=11, bold=True, color="FFFFFF")
        cell.fill = self._fills[self._accent]
        cell.border = self._border
        cell.alignment = self._alignment(vertical="center", wrap_text=True)

    def cell(self, cell: Any, value: Any, *, is_open: bool = False, is_void: bool = False) -> None:
        """Fill a cell of the table: open to write in, or closed; void where nothing belongs."""
        if isinstance(value, str):
            _put(cell, value)
        elif value is not None:
            cell.value = value
        cell.font, cell.border, cell.alignment = self._body, self._border, self._wrapped
        if is_open:
            cell.protection = self._unlocked
            cell.fill = self._fills[_OPEN]
        elif is_void:
            cell.fill = self._fills[_VOID]
        if isinstance(value, dt.date):
            self.as_date(cell)
        elif isinstance(value, Decimal):
            # Open cells stay "General": there "74.8%" keeps its sign instead of becoming 0.75.
            whole = value == value.to_integral_value()
            cell.number_format = "#,##0" if whole else "#,##0.0##"

    def as_date(self, cell: Any) -> None:
        """Show the dates of a cell as the language writes them."""
        cell.number_format = self._date_format


def text_of(text: str) -> str:
    """Make a text one that a workbook can hold: without control characters, and not too long.

    What Excel would take for one of its own escapes (_x0041_) is escaped.
    """
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    shown = _NOT_XML.sub("�", ILLEGAL_CHARACTERS_RE.sub("�", text))
    shown = _ESCAPE_LIKE.sub("_x005F_", shown)
    return shown if len(shown) <= MAX_CELL else shown[: MAX_CELL - 1] + "…"


def _put(cell: Any, text: str) -> None:
    """Write a text that is never a formula, not even after somebody edits its cell."""
    if not text:
        return
    cell.value = text_of(text)
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
