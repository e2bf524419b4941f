"""Reads what a customer wrote into a cell: a status in words, a day, a number with its unit.

Days without a year are read as of the day the workbook speaks of. Words that depend on the day
they were typed (tomorrow, 来週) are not read: nobody knows that day any more.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from csdesk.errors import UserError
from csdesk.exchange.cells import read_name, read_text
from csdesk.exchange.dates import DateOrder, DateReader, read_date
from csdesk.exchange.numerals import read_number
from csdesk.exchange.tables import Cell, Unreadable, cell_text, header_key, shorten
from csdesk.exchange.terms import read_term
from csdesk.i18n import _
from csdesk.insight.typed_dates import typed_date
from csdesk.model.vocabulary import ActionStatus

_ALSO = {
    ActionStatus.OPEN: "open, not started, todo, pending, 未, 未対応, 未実施, 未完了",
    ActionStatus.IN_PROGRESS: "ongoing, started, wip, working, 対応中, 作業中, 実施中, 着手中",
    ActionStatus.DONE: "finished, complete, completed, closed, 済, 済み, 完了済, 完了済み,"
    " 完了しました, 終了, 対応済, 対応済み, 実施済, 実施済み, ○, ✓, ✔, ☑",
    ActionStatus.DEFERRED: "on hold, postponed, 保留中, 延期",
    ActionStatus.CANCELED: "canceled, cancelled, not needed, 中止, 不要, 取消, キャンセル",
}
_WEEKDAY = re.compile(
    r"\s*[(\[]\s*(?:[月火水木金土日](?:曜日?)?|[a-z]{3,9})\.?\s*[)\]]$", re.IGNORECASE
)
_SHORT = re.compile(r"(\d{1,2})(\s*[-/.月]\s*)(\d{1,2})\s*日?$")
_NAMED = re.compile(
    r"(?:[a-z]{3,9}\.?\s*\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\s*[a-z]{3,9}\.?)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DayReader:
    """How the days of one workbook are read."""

    today: dt.date
    """The day the workbook speaks of."""
    received: dt.date
    """Today: what is said to be done is done by then."""
    order: DateOrder | None = None
    counts_from_1904: bool = False

    def day(self, cell: Cell, *, is_past: bool = False) -> dt.date | None:
        """Read a day; None for a blank cell. Raises UserError where it is none.

        With `is_past`, a day without a year is the latest that is not after today.
        """
        text = ""
        if isinstance(cell, str):
            text = _WEEKDAY.sub("", unicodedata.normalize("NFKC", cell).strip())
        if not (_SHORT.match(text) or _NAMED.match(text)):
            return self._full(cell)
        found = _SHORT.match(text)
        if found and self.order is DateOrder.DAY_FIRST and "月" not in found[2]:
            text = f"{found[3]}/{found[1]}"
        day = typed_date(text, self.today)
        if day is not None and is_past:
            while day > max(self.received, self.today):
                day = _a_year_before(day)
        return day

    def _full(self, cell: Cell) -> dt.date | None:
        try:
            return read_date(cell, DateReader(self.order, self.counts_from_1904))
        except UserError as error:
            # The advice speaks of mapping files, which a returned workbook has none of.
            raise UserError(error.message) from error


def _a_year_before(day: dt.date) -> dt.date:
    """Step back to the same day of an earlier year; 29 February to the last year that had it."""
    for years in range(1, 9):
        try:
            return day.replace(year=day.year - years)
        except ValueError:
            continue
    raise AssertionError(day)


def read_status(cell: Cell, offered: Mapping[str, str]) -> str:
    """Read a status; empty for a blank cell. Raises UserError where it is none.

    `offered` are the words of the drop-down by `header_key`, with their codes. Codes, the words
    of both languages and what people write instead count too, in any case and width.
    """
    if isinstance(cell, Unreadable):
        raise UserError(cell.reason)
    key = header_key(cell_text(cell))
    if not key:
        return ""
    known = offered.get(key) or _other_words().get(key)
    if known is not None:
        return known
    try:
        term = read_term(cell_text(cell), ActionStatus)
    except UserError as error:
        raise UserError(
            _("“{text}” is no status.").format(text=shorten(cell_text(cell)))
        ) from error
    return term.value if term is not None else ""


@cache
def _other_words() -> dict[str, str]:
    return {
        header_key(word): status.value
        for status, words in _ALSO.items()
        for word in words.split(",")
    }


def read_value(cell: Cell, unit: str) -> Decimal | None:
    """Read the value of a KPI; None for a blank cell. Raises UserError where it is no number.

    The unit may stand beside it. A percentage of a KPI that is not counted in per cent is
    refused, because it could mean two things.
    """
    if isinstance(cell, str):
        cell = _without_unit(cell, unit)
    try:
        number = read_number(cell)
    except UserError as error:
        raise UserError(error.message) from error
    if number is None:
        return None
    if number.is_percent and not _is_percent(unit):
        raise UserError(
            _("“{text}” is a percentage, but the KPI is not.").format(text=shorten(cell_text(cell)))
        )
    return number.value


def as_kept(value: Decimal) -> Decimal:
    """Return a number as a workbook keeps it: with fifteen digits."""
    return Decimal(format(float(value), ".15g"))


def _is_percent(unit: str) -> bool:
    return unicodedata.normalize("NFKC", unit).strip().casefold() in ("%", "percent", "パーセント")


def _without_unit(text: str, unit: str) -> str:
    """Take the KPI's own unit off a number, unless it is one that numbers are read with."""
    bare = unicodedata.normalize("NFKC", text).strip()
    ending = unicodedata.normalize("NFKC", unit).strip()
    if not ending or _is_percent(unit):
        return bare
    if bare.casefold().endswith(ending.casefold()):
        return bare[: -len(ending)].rstrip()
    if bare.casefold().startswith(ending.casefold()):
        return bare[len(ending) :].lstrip()
    return bare


def read_line(cell: Cell) -> str:
    """Read a text of one line; raises UserError where it cannot be kept."""
    return read_name(cell)


def read_comment(cell: Cell) -> str:
    """Read a comment of any number of lines, without blank ones in between."""
    lines = (line.rstrip() for line in read_text(cell).splitlines())
    return "\n".join(line for line in lines if line.strip())
