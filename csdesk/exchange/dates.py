"""Reads dates and periods as people in Japan, Europe and America write them, without guessing.

03/04/2026 is the fourth of March or the third of April. Which one is settled by the whole column
(`settle_order`), or by the mapping; otherwise the cell is refused.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from csdesk.errors import UserError
from csdesk.exchange.tables import Cell, Unreadable, shorten
from csdesk.i18n import _


class DateOrder(StrEnum):
    """Which comes first in a date written with numbers only and the year at its end."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


class Grain(StrEnum):
    """How long the period is that a text names."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: its first day and its length."""

    first: dt.date
    grain: Grain


@dataclass(frozen=True, slots=True)
class DateReader:
    """How the dates of one column are to be read.

    `order` is what the mapping says or the column has shown. `year` completes months and
    quarters written without one; that year begins in `first_month`. A bare number is then a
    month, or a quarter with `counts_quarters`.
    """

    order: DateOrder | None = None
    counts_from_1904: bool = False
    year: int | None = None
    first_month: int = 1
    counts_quarters: bool = False


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Contracts, plans and figures lie between these; a year 206 is a slip of the pen."""

_ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "R": 2018,
    "H": 1988,
    "S": 1925,
    "T": 1911,
    "M": 1867,
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>" + "|".join(_MONTHS) + r")[a-z]*\.?"
_TIME = re.compile(
    r"[T\s]+\d{1,2}[:時]\d{1,2}分?(?::?\d{1,2}(?:[.,]\d+)?秒?)?\s*(?:[ap]m)?"
    r"\s*(?:Z|UTC|GMT|JST|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\s*(?:[(\[](?:[月火水木金土日](?:曜日?)?|[a-z]{3})[)\]]|\s(?:mon|tue|wed|thu|fri|sat|sun))$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_ERA = re.compile(
    r"(令和|平成|昭和|大正|明治|[RHSTM])\.?\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})"
    r"(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月?)$",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$")
_NAMED_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+{_MONTH}|{_MONTH.replace('name', 'name2')}"
    r"\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?),?[\s.-]+(?P<year>\d{4})$",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"\d{5}(?:\.0*)?$")
_YEAR_MONTH = re.compile(r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*月?(?:度|分)?$")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})$")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})$")
_NAMED_MONTH = re.compile(
    rf"(?:{_MONTH}[\s,./'-]*(?P<year>\d{{4}})|(?P<year2>\d{{4}})[\s,./'-]*"
    rf"{_MONTH.replace('name', 'name2')})$",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?:(?P<year>\d{4})\s*年?[\s/-]*(?:Q(?P<q>[1-4])|第?(?P<q2>[1-4])四半期)"
    r"|Q(?P<q3>[1-4])[\s/-]*(?P<year2>\d{4}))$",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(\d{4})\s*-?\s*W(\d{1,2})$", re.IGNORECASE)
_BARE_MONTH = re.compile(rf"(?:(?P<number>\d{{1,2}})\s*月?|{_MONTH})$", re.IGNORECASE)
_BARE_QUARTER = re.compile(r"(?:Q([1-4])|第?([1-4])(?:Q|四半期))$", re.IGNORECASE)


def settle_order(cells: Iterable[Cell]) -> DateOrder | None:
    """Tell from a whole column which of day and month comes first; None if nothing shows it.

    One date with a first number above 12 shows it; where dates of a column contradict one
    another, nothing is settled.
    """
    shown: set[DateOrder] = set()
    for cell in {cell for cell in cells if isinstance(cell, str)}:
        if found := _YEAR_LAST.match(_clean(cell)):
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                shown.add(DateOrder.DAY_FIRST)
            elif second > 12 >= first:
                shown.add(DateOrder.MONTH_FIRST)
    return shown.pop() if len(shown) == 1 else None


def read_date(cell: Cell, reader: DateReader) -> dt.date | None:
    """Read one date; None for a blank cell.

    Takes ISO, 2026年3月31日, 2026/3/31, 令和8年3月31日, R8.3.31, 3/31/2026, 31 March 2026,
    20260331 and Excel's day numbers; a time of day is left off. Raises UserError where the cell
    is no date or can be read in two ways.
    """
    if cell is None:
        return None
    if isinstance(cell, Unreadable):
        raise UserError(cell.reason)
    if isinstance(cell, bool):
        raise _no_date(str(cell))
    if isinstance(cell, dt.date):
        return cell.date() if isinstance(cell, dt.datetime) else cell
    text = _clean(format(cell, "f") if isinstance(cell, Decimal) else cell)
    if not text:
        return None
    day = _read_day(text, reader)
    if day is None:
        raise _no_date(text)
    return day


def read_period(cell: Cell, reader: DateReader) -> Period | None:
    """Read a month, quarter, week or day as a period; None for a blank cell.

    Takes 2026-03, 2026/03, 2026年3月, 令和8年3月, 202603, Mar 2026, 2026Q1, 2026-W13 and every
    date `read_date` takes. Quarters are calendar quarters; business years (年度, FY) are refused
    because a year's first month differs from company to company. Raises UserError.
    """
    if cell is None:
        return None
    if isinstance(cell, Unreadable):
        raise UserError(cell.reason)
    if isinstance(cell, str | Decimal) and not isinstance(cell, bool):
        text = _clean(format(cell, "f") if isinstance(cell, Decimal) else cell)
        if not text:
            return None
        period = _read_months(text, reader) or _read_named_period(text)
        if period is not None:
            return period
        if "年度" in text or text.upper().startswith("FY"):
            raise UserError(
                _("“{text}” counts in business years.").format(text=shorten(text)),
                _("Write the period with its calendar month, for example 2026-03."),
            )
    day = read_date(cell, reader)
    return None if day is None else Period(day, Grain.DAY)


def _clean(text: str) -> str:
    return _WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip())


def _no_date(text: str) -> UserError:
    return UserError(
        _("“{text}” is not a date.").format(text=shorten(text)),
        _("Write it as 2026-03-31, for example."),
    )


def _read_day(text: str, reader: DateReader) -> dt.date | None:
    """Try the forms of a day one after the other; None where none fits."""
    if _SERIAL.match(text):
        return _from_serial(int(float(text)), reader)
    text = _TIME.sub("", text)
    text = _WEEKDAY.sub("", text)
    if found := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if (found := _ERA.match(text)) and found[4]:
        return _day(text, _era_year(text, found), int(found[3]), int(found[4]))
    if found := _YEAR_LAST.match(text):
        return _year_last(text, int(found[1]), int(found[2]), int(found[3]), reader.order)
    if found := _NAMED_DAY.match(text):
        name = (found["name"] or found["name2"])[:3].lower()
        return _day(
            text, int(found["year"]), _MONTHS.index(name) + 1, int(found["day"] or found["day2"])
        )
    return None


def _from_serial(number: int, reader: DateReader) -> dt.date:
    """Read Excel's day number; 60 is a day that never was, so it counts from 1899-12-30."""
    start = dt.date(1904, 1, 1) if reader.counts_from_1904 else dt.date(1899, 12, 30)
    return start + dt.timedelta(days=number)


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(
            _("“{text}” lies outside the years {first} to {last}.").format(
                text=shorten(text), first=FIRST_YEAR, last=LAST_YEAR
            ),
            _("Write it as 2026-03-31, for example."),
        )
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise UserError(
            _("“{text}” is no day of the calendar.").format(text=shorten(text))
        ) from error


def _era_year(text: str, found: re.Match[str]) -> int:
    number = 1 if found[2] == "元" else int(found[2])
    if number == 0:
        raise _no_date(text)
    return _ERAS[found[1].upper()] + number


def _year_last(text: str, first: int, second: int, year: int, order: DateOrder | None) -> dt.date:
    if order is DateOrder.MONTH_FIRST:
        return _day(text, year, first, second)
    if order is DateOrder.DAY_FIRST:
        return _day(text, year, second, first)
    if first == second or (first <= 12 < second):
        return _day(text, year, first, second)
    if second <= 12 < first:
        return _day(text, year, second, first)
    if first > 12:
        raise UserError(_("“{text}” is no day of the calendar.").format(text=shorten(text)))
    raise UserError(
        _("“{text}” can be {one} or {other}.").format(
            text=shorten(text),
            one=_day(text, year, first, second).isoformat(),
            other=_day(text, year, second, first).isoformat(),
        ),
        _('Say which in the mapping file: date_order = "mdy" or date_order = "dmy".'),
    )


def _read_months(text: str, reader: DateReader) -> Period | None:
    """Try the forms of a month; None where none fits."""
    if found := _YEAR_MONTH.match(text) or _COMPACT_MONTH.match(text):
        return _month(text, int(found[1]), int(found[2]))
    if (found := _ERA.match(text)) and not found[4]:
        return _month(text, _era_year(text, found), int(found[3]))
    if found := _MONTH_YEAR.match(text):
        return _month(text, int(found[2]), int(found[1]))
    if found := _NAMED_MONTH.match(text):
        name = (found["name"] or found["name2"])[:3].lower()
        return _month(text, int(found["year"] or found["year2"]), _MONTHS.index(name) + 1)
    return _read_without_year(text, reader)


def _read_without_year(text: str, reader: DateReader) -> Period | None:
    """Read a month or quarter of the year the mapping names."""
    if reader.year is None:
        return None
    quarter = _BARE_QUARTER.match(text)
    if quarter or (reader.counts_quarters and text in ("1", "2", "3", "4")):
        number = int((quarter[1] or quarter[2]) if quarter else text)
        months = reader.first_month - 1 + 3 * (number - 1)
        first = _day(text, reader.year + months // 12, months % 12 + 1, 1)
        return Period(first, Grain.QUARTER)
    found = _BARE_MONTH.match(text)
    if found is None or reader.counts_quarters:
        return None
    name = found["name"]
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(found["number"])
    return _month(text, reader.year + (month < reader.first_month), month)


def _month(text: str, year: int, month: int) -> Period:
    return Period(_day(text, year, month, 1), Grain.MONTH)


def _read_named_period(text: str) -> Period | None:
    if found := _QUARTER.match(text):
        quarter = int(found["q"] or found["q2"] or found["q3"])
        year = int(found["year"] or found["year2"])
        return Period(_day(text, year, quarter * 3 - 2, 1), Grain.QUARTER)
    if found := _WEEK.match(text):
        try:
            return Period(dt.date.fromisocalendar(int(found[1]), int(found[2]), 1), Grain.WEEK)
        except ValueError as error:
            raise _no_date(text) from error
    return None
