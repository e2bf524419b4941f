"""Reads dates and periods as people in Japan, Europe and America write them, without guessing.

03/04/2026 is the fourth of March or the third of April, and 05/12/26 may begin with its year too.
Which one is settled by the whole column (`settle_order`), or by the mapping; otherwise the cell
is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from csdesk.errors import UserError
from csdesk.exchange.tables import Cell, Unreadable, shorten
from csdesk.i18n import _
from csdesk.insight.date_words import (
    ERA,
    MONTH,
    OTHER_MONTH,
    month_number,
    named_day,
    plain,
    year_of_era,
    year_of_two_digits,
)


class DateOrder(StrEnum):
    """What comes first in a date of numbers whose year is at its end or has two digits only."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"
    YEAR_FIRST = "ymd"


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

_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_TIME = re.compile(
    r"(?:[T\s]\s*|,\s*|\s+at\s+)(?:午前|午後)?\s*\d{1,2}(?:[:時]\d{1,2}分?(?::?\d{1,2}(?:[.,]\d+)?秒?)?|時)"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|JST)?\s*(?:[+-]\d{2}:?\d{2})?(?:\s\([^()]{1,60}\))?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"\s*[(\[](?:[月火水木金土日](?:曜日?)?(?:[・･]祝日?)?|{_DAY_NAME})[)\]]$"
    rf"|(?:(?<=\d日)\s*|\s)[月火水木金土日]曜日?$|\s{_DAY_NAME}$"
    rf"|^(?:{_DAY_NAME}|[月火水木金土日]曜日?)[\s,]+(?=\S)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日.]?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_ERA = re.compile(
    rf"{ERA}\s*[-/.年]\s*(?P<month>\d{{1,2}})(?:\s*[-/.月]\s*(?P<day>\d{{1,2}})\s*日?|\s*月?)$"
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$")
_SHORT_YEAR = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*('?\d{2}|\d)$")
_SERIAL = re.compile(r"\d{5}(?:\.0*)?$")
_YEAR_MONTH = re.compile(r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*月?(?:度|分)?$")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})$")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})$")
_NAMED_MONTH = re.compile(
    rf"(?:{MONTH}[\s,./-]*'?(?P<year>\d{{4}})|(?P<year2>\d{{4}})[\s,./'-]*{OTHER_MONTH})$",
    re.IGNORECASE,
)
_NAMED_MONTH_OF_SHORT_YEAR = re.compile(rf"{MONTH}[\s,./-]*'(?P<year>\d\d)$", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:(?P<year>\d{4})\s*年?[\s/-]*(?:Q(?P<q>[1-4])|第?(?P<q2>[1-4])四半期)"
    r"|Q(?P<q3>[1-4])[\s/-]*(?P<year2>\d{4}))$",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(\d{4})\s*-?\s*W(\d{1,2})$", re.IGNORECASE)
_BARE_MONTH = re.compile(rf"(?:(?P<number>\d{{1,2}})\s*月?|{MONTH})$", re.IGNORECASE)
_BARE_QUARTER = re.compile(r"(?:Q([1-4])|第?([1-4])(?:Q|四半期))$", re.IGNORECASE)


def settle_order(cells: Iterable[Cell]) -> DateOrder | None:
    """Tell from a whole column which of day, month and year comes first; None if nothing shows it.

    Each date rules out the orders in which it is no day (31/03/2026 has its day first); where
    dates of a column contradict one another, or leave more than one order, nothing is settled.
    """
    left: set[DateOrder] = set(DateOrder)
    for cell in {cell for cell in cells if isinstance(cell, str)}:
        orders = {order for order, _day in _readings(_without_time(_clean(cell)))}
        if orders:
            left &= orders
    return left.pop() if len(left) == 1 else None


def open_date(cells: Iterable[Cell]) -> str:
    """Return a date whose column leaves open which day it is; empty where there is none."""
    column = list(cells)
    if settle_order(column) is not None:
        return ""
    texts = (cell for cell in column if isinstance(cell, str))
    return next((text.strip() for text in texts if len(set(days_in(text).values())) > 1), "")


def days_in(text: str) -> dict[DateOrder, dt.date]:
    """Return the day that a date of numbers is in each order in which it is one."""
    return dict(_readings(_without_time(_clean(text))))


def read_date(cell: Cell, reader: DateReader) -> dt.date | None:
    """Read one date; None for a blank cell.

    Takes ISO, 2026年3月31日, 2026/3/31, 令和8年3月31日, R8.3.31, 3/31/2026, 31 March 2026,
    31-Mar-26, Mar 31, 2026, 20260331 and Excel's day numbers; a weekday and a time of day are
    left off. Raises UserError where the cell is no date or can be read in two ways.
    """
    if cell is None:
        return None
    if isinstance(cell, Unreadable):
        raise UserError(cell.reason)
    if isinstance(cell, bool):
        raise _no_date(str(cell))
    if isinstance(cell, dt.date):
        return cell.date() if isinstance(cell, dt.datetime) else cell
    written = format(cell, "f") if isinstance(cell, Decimal) else cell
    text = _clean(written)
    if not text:
        return None
    day = _read_day(text, reader)
    if day is None:
        raise _no_date(written.strip())
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
    return _without_weekday(plain(text).strip())


def _without_weekday(text: str) -> str:
    # Looked for only where it may stand: tables have very many dates.
    has_none = text[:1].isdigit() and text[-1:].isdigit()
    return text if has_none else _WEEKDAY.sub("", text)


def _without_time(text: str) -> str:
    has_time = ":" in text or "時" in text
    return _without_weekday(_TIME.sub("", text)) if has_time else text


def _no_date(text: str) -> UserError:
    return UserError(
        _("“{text}” is not a date.").format(text=shorten(text)),
        _("Write it as 2026-03-31, for example."),
    )


def _read_day(text: str, reader: DateReader) -> dt.date | None:
    """Try the forms of a day one after the other; None where none fits."""
    if _SERIAL.match(text):
        return _from_serial(int(float(text)), reader)
    bare = _without_time(text)
    if found := _YEAR_FIRST.match(bare) or _COMPACT.match(bare):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if (found := _ERA.match(bare)) and found["day"]:
        return _day(text, _era_year(text, found), int(found["month"]), int(found["day"]))
    if found := _YEAR_LAST.match(bare) or _SHORT_YEAR.match(bare):
        return _numbered(text, bare, reader.order)
    if named := named_day(bare):
        year, month, day = named
        known = int(year) if len(year) == 4 else year_of_two_digits(year)
        if known is None:
            raise _two_centuries(text, year, month, day)
        return _day(text, known, month, day)
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
    try:
        return year_of_era(found)
    except ValueError as error:
        raise _no_date(text) from error


def _readings(text: str) -> list[tuple[DateOrder, dt.date]]:
    """Read a date of numbers in every order in which it is a day; nothing for other texts.

    A year of two digits that may be of either century gives both.
    """
    if found := _YEAR_LAST.match(text):
        parts = [(DateOrder.MONTH_FIRST, found[3], found[1], found[2])]
        parts += [(DateOrder.DAY_FIRST, found[3], found[2], found[1])]
    elif found := _SHORT_YEAR.match(text):
        parts = [(DateOrder.MONTH_FIRST, found[4], found[1], found[3])]
        parts += [(DateOrder.DAY_FIRST, found[4], found[3], found[1])]
        parts += [(DateOrder.YEAR_FIRST, found[1], found[3], found[4])]
    else:
        return []
    days: list[tuple[DateOrder, dt.date]] = []
    for order, year, month, day in parts:
        for one in _years(year):
            with suppress(ValueError):
                days.append((order, dt.date(one, int(month), int(day))))
    return days


def _years(written: str) -> tuple[int, ...]:
    digits = written.lstrip("'")
    if len(digits) == 4:
        return (int(digits),)
    if len(digits) != 2:
        return ()
    year = year_of_two_digits(digits)
    return (1900 + int(digits), 2000 + int(digits)) if year is None else (year,)


def _numbered(text: str, bare: str, order: DateOrder | None) -> dt.date:
    """Read a date of numbers in its order; the one it can have if none is known."""
    readings = _readings(bare)
    if order is DateOrder.YEAR_FIRST and _YEAR_LAST.match(bare):
        order = None  # which says nothing of a year that stands at the end
    days = sorted({day for one, day in readings if order in (None, one)})
    if not days:
        raise UserError(_("“{text}” is no day of the calendar.").format(text=shorten(text)))
    if len(days) == 1:
        return _day(text, days[0].year, days[0].month, days[0].day)
    advice = _('Say which in the mapping file: date_order = "mdy" or date_order = "dmy".')
    if _SHORT_YEAR.match(bare):
        advice = _(
            "Write the year with four digits, or say in the mapping file what comes first: "
            'date_order = "dmy", "mdy" or "ymd".'
        )
    raise _several(text, days, advice)


def _two_centuries(text: str, year: str, month: int, day: int) -> UserError:
    days = [_day(text, first, month, day) for first in _years(year)]
    return _several(text, days, _("Write the year with four digits."))


def _several(text: str, days: list[dt.date], advice: str) -> UserError:
    *others, last = (day.isoformat() for day in days)
    return UserError(
        _("“{text}” can be {one} or {other}.").format(
            text=shorten(text), one=", ".join(others), other=last
        ),
        advice,
    )


def _read_months(text: str, reader: DateReader) -> Period | None:
    """Try the forms of a month; None where none fits."""
    if found := _YEAR_MONTH.match(text) or _COMPACT_MONTH.match(text):
        return _month(text, int(found[1]), int(found[2]))
    if (found := _ERA.match(text)) and not found["day"]:
        return _month(text, _era_year(text, found), int(found["month"]))
    if found := _MONTH_YEAR.match(text):
        return _month(text, int(found[2]), int(found[1]))
    if found := _NAMED_MONTH.match(text):
        month = month_number(found["name"] or found["name2"])
        return _month(text, int(found["year"] or found["year2"]), month)
    if found := _NAMED_MONTH_OF_SHORT_YEAR.match(text):
        year = year_of_two_digits(found["year"])
        return None if year is None else _month(text, year, month_number(found["name"]))
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
    month = month_number(name) if name else int(found["number"])
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
