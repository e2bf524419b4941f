"""Reads a date as one types it in passing: 12/5, 来週金曜, +2w, next friday.

Spreadsheets have a reader of their own (csdesk.exchange.dates) that never guesses. Here a person
sees at once what her words came to, so that short forms may lean on today.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from csdesk.errors import UserError
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

RECENT_DAYS = 30
"""How long ago a day without a year may lie; one before that is meant for next year."""

_JAPANESE_DAYS = "月火水木金土日"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = (
    r"(?P<day>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)(?![a-z])\.?"
)
_UNIT = (
    r"(?P<unit>d(?:ays?)?|w(?:(?:ee)?ks?)?|m(?:o(?:nth)?s?)?|q(?:tr|uarter)?s?|y(?:(?:ea)?rs?)?)"
)
_JAPANESE_UNIT = r"[かヶケカヵ箇]?(?P<japanese>[日週月年])間?"
_WORDS = {
    "today": 0,
    "eod": 0,
    "今日": 0,
    "本日": 0,
    "きょう": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "明日": 1,
    "あした": 1,
    "あす": 1,
    "翌日": 1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
    "明後日": 2,
    "あさって": 2,
    "明々後日": 3,
    "しあさって": 3,
    "yesterday": -1,
    "昨日": -1,
    "きのう": -1,
    "一昨日": -2,
    "おととい": -2,
}
_WEEKS = {
    "今週": 0,
    "this": 0,
    "this week": 0,
    "来週": 1,
    "翌週": 1,
    "next": 1,
    "next week": 1,
    "再来週": 2,
    "week after next": 2,
    "the week after next": 2,
    "先週": -1,
    "last": -1,
    "last week": -1,
}
_MONTH_WORDS = {
    "今月": 0,
    "this month": 0,
    "来月": 1,
    "翌月": 1,
    "next month": 1,
    "再来月": 2,
    "先月": -1,
    "last month": -1,
}
_YEAR_WORDS = {"今年": 0, "本年": 0, "来年": 1, "翌年": 1, "再来年": 2, "昨年": -1, "去年": -1}
_YEAR_ENDS = {
    **dict.fromkeys(("年末", "年内", "今年末", "end of year", "end of the year", "eoy"), (12, 31)),
    "年度末": (3, 31),
}
_UNITS = {"日": "d", "週": "w", "月": "m", "年": "y"}
_MONTHS_OF = {"m": 1, "q": 3, "y": 12}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日.]?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_ERA = re.compile(rf"{ERA}\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})\s*日?$")
_YEAR_LAST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")
_SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_NAMED = re.compile(
    rf"(?:{MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of\s+|[\s./-]*){OTHER_MONTH})$"
)
_NAMED_DAY_OF_WEEK = re.compile(
    rf"\s*[(\[](?:[{_JAPANESE_DAYS}](?:曜日?)?(?:[・･]祝日?)?|{_DAY})[)\]]$"
    rf"|(?<=\d日)\s*[{_JAPANESE_DAYS}]曜日?$"
)
_DAY_OF_WEEK_FIRST = re.compile(rf"(?:{_DAY}|[{_JAPANESE_DAYS}]曜日?)[\s,]+(?P<rest>\S.*)$")
_AROUND = re.compile(r"^(?:by|until|due)\s+(?=\S)|(?<=\S)\s*(?:までに?|迄に?|〆切?|締め?切り?)$")
_LATER = re.compile(rf"(?P<sign>[+-])\s*(?P<n>\d{{1,4}})\s*(?:{_UNIT}|{_JAPANESE_UNIT})?$")
_IN = re.compile(
    rf"(?:in\s+)?(?P<n>\d{{1,4}}|an?|{'|'.join(_NUMBERS)})\s*{_UNIT}"
    r"(?:(?P<back>\s+ago)|\s+from\s+(?:now|today))?$"
)
_AFTER = re.compile(rf"(?P<n>\d{{1,4}}|半)\s*{_JAPANESE_UNIT}(?P<side>後|前)$")
_JAPANESE_WEEKDAY = re.compile(
    rf"(?:次の|(?P<week>再来週|来週|翌週|今週|先週)の?)?(?P<day>[{_JAPANESE_DAYS}])曜?日?$"
)
_WEEKDAY = re.compile(
    r"(?:(?:on|by|coming)\s+|(?P<week>this week|next week|last week|this|next|last)\s*)?"
    rf"{_DAY}(?:\s+(?P<behind>this week|next week|last week))?$"
)
_END_OF_WEEK = re.compile(
    r"(?:(?P<week>今週|来週|再来週)中|eow"
    r"|end of (?:(?:the )?week|(?P<english>this week|next week)))$"
)
_OF_MONTH = re.compile(
    r"(?P<month>再来月|来月|翌月|今月|先月)の?"
    r"(?:(?P<day>\d{1,2})日|(?P<end>月?末日?|中|いっぱい)|(?:月?初め?|頭))$"
)
_END_OF_MONTH = re.compile(
    r"(?:月末|eom|end of (?:(?P<month>this month|next month|last month)|month))$"
)
_END_OF_QUARTER = re.compile(r"(?:eoq|end of (?:the |this )?quarter|四半期末)$")
_END_OF_NAMED_MONTH = re.compile(rf"(?:(?P<number>\d{{1,2}})月末日?|end of {MONTH})$")
_OF_YEAR = re.compile(rf"(?P<year>{'|'.join(_YEAR_WORDS)})の?(?P<rest>\d.*)$")
_DAY_ALONE = re.compile(r"(\d{1,2})\s*(?:日|st|nd|rd|th)$")


def typed_date(typed: str, today: dt.date) -> dt.date | None:
    """Read a date as typed; None where nothing was.

    Takes full dates (2026-12-05, 2026年12月5日(土), R8.12.5, 12/5/2026, Dec 5 2026, 5-Dec-26,
    Sat, 5 Dec 2026, 来年4月1日); days without a year (12/5, 12月5日, dec 5, 5-Dec, 12月末: the
    coming one, or one of the last 30 days); a day of the month (5日: today or later); words (明日,
    tomorrow, 来月末, 月末, end of next month, 年末, 年度末; 今週中, end of week: its Friday);
    weekdays (金曜, friday, by friday: within the coming seven days; 来週金曜, next friday: in the
    week after this one, weeks beginning on Monday); and distances (+2w, 3日後, 2週間後, in 2 weeks,
    1か月後). A distance in months keeps to the month's last day. Raises UserError for anything
    else.
    """
    said = " ".join(plain(typed).casefold().split())
    # （水） alone is a Wednesday; behind a day it says again what that is.
    text = _AROUND.sub("", _NAMED_DAY_OF_WEEK.sub("", _AROUND.sub("", said)) or said.strip("()[]"))
    if not text:
        return None
    try:
        for read in _READERS:
            day = read(text, today)
            if day is not None:
                return day
    except (ValueError, OverflowError) as error:
        raise UserError(
            _("“{text}” is no day of the calendar.").format(text=_short(typed))
        ) from error
    raise UserError(
        _("“{text}” is not a date.").format(text=_short(typed)),
        _("Write 2026-12-05, 12/5, +2w or next friday, for example."),
    )


def _short(typed: str) -> str:
    text = " ".join(typed.split())
    return text if len(text) <= 40 else f"{text[:40]}…"


def _full(text: str, today: dt.date) -> dt.date | None:
    if found := _FULL.match(text) or _COMPACT.match(text):
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    if found := _ERA.match(text):
        return dt.date(year_of_era(found), int(found["month"]), int(found["day"]))
    if found := _YEAR_LAST.match(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > 12:
            first, second = second, first
        return dt.date(year, first, second)
    if named := named_day(text):
        written, month, day = named
        if len(written) == 2:
            return dt.date(year_of_two_digits(written) or 2000 + int(written), month, day)
        return dt.date(int(written), month, day)
    return None


def _without_year(text: str, today: dt.date) -> dt.date | None:
    if found := _SHORT.match(text):
        return _coming(int(found[1]), int(found[2]), today)
    if found := _NAMED.match(text):
        month = month_number(found["name"] or found["name2"])
        return _coming(month, int(found["day"] or found["day2"]), today)
    if found := _END_OF_NAMED_MONTH.match(text):
        month = int(found["number"] or 0) or month_number(found["name"])
        return _last_of_month(_coming(month, 28, today), 0)  # every month has a 28th
    return None


def _coming(month: int, day: int, today: dt.date) -> dt.date:
    """Choose the year of a day written without one: the first in which it is not long ago."""
    for year in range(today.year - 1, today.year + 9):
        if day == 29 and month == 2 and not calendar.isleap(year):
            continue
        found = dt.date(year, month, day)
        if (today - found).days <= RECENT_DAYS:
            return found
    raise ValueError(f"no such day: {month}/{day}")


def _words(text: str, today: dt.date) -> dt.date | None:
    if text in _YEAR_ENDS:
        end = dt.date(today.year, *_YEAR_ENDS[text])
        return end if end >= today else end.replace(year=today.year + 1)
    if found := _OF_YEAR.match(text):
        year = today.year + _YEAR_WORDS[found["year"]]
        day = _SHORT.match(found["rest"])
        return dt.date(year, int(day[1]), int(day[2])) if day else None
    if text in _WORDS:
        return today + dt.timedelta(days=_WORDS[text])
    if text in _WEEKS and text not in ("this", "next", "last"):
        return _monday(today) + dt.timedelta(weeks=_WEEKS[text])
    if text in _MONTH_WORDS:
        return _months_later(today.replace(day=1), _MONTH_WORDS[text])
    if found := _END_OF_MONTH.match(text):
        return _last_of_month(today, _MONTH_WORDS.get(found["month"] or "", 0))
    if found := _OF_MONTH.match(text):
        months = _MONTH_WORDS[found["month"]]
        if found["end"]:
            return _last_of_month(today, months)
        first = _months_later(today.replace(day=1), months)
        return first.replace(day=int(found["day"] or 1))
    if _END_OF_QUARTER.match(text):
        return _last_of_month(today, -today.month % 3)
    return None


def _weekday(text: str, today: dt.date) -> dt.date | None:
    if found := _END_OF_WEEK.match(text):
        weeks = _WEEKS[found["week"] or found["english"] or "今週"]
        return _monday(today) + dt.timedelta(weeks=weeks, days=4)
    if found := _JAPANESE_WEEKDAY.match(text):
        number = _JAPANESE_DAYS.index(found["day"])
    elif found := _WEEKDAY.match(text):
        number = _DAYS.index(found["day"][:3])
    else:
        return None
    week = found["week"] or found.groupdict().get("behind")
    if week:
        return _monday(today) + dt.timedelta(weeks=_WEEKS[week], days=number)
    return today + dt.timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _after_weekday(text: str, today: dt.date) -> dt.date | None:
    """Read Saturday, 5 December 2026: the day counts, not its name."""
    found = _DAY_OF_WEEK_FIRST.match(text)
    if found is None:
        return None
    return _full(found["rest"], today) or _without_year(found["rest"], today)


def _distance(text: str, today: dt.date) -> dt.date | None:
    if found := _LATER.match(text):
        count = int(found["n"]) * (1 if found["sign"] == "+" else -1)
        return _moved(today, count, (found["unit"] or _UNITS.get(found["japanese"], "d"))[0])
    if found := _AFTER.match(text):
        sign, unit = 1 if found["side"] == "後" else -1, _UNITS[found["japanese"]]
        if found["n"] != "半":
            return _moved(today, sign * int(found["n"]), unit)
        return _moved(today, sign * 6, "m") if unit == "y" else None
    if found := _IN.match(text):
        count = _number(found["n"])
        return _moved(today, -count if found["back"] else count, found["unit"][0])
    return None


def _moved(day: dt.date, count: int, unit: str) -> dt.date:
    if unit in "dw":
        return day + dt.timedelta(days=count * (7 if unit == "w" else 1))
    return _months_later(day, count * _MONTHS_OF[unit])


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return _NUMBERS.index(text) + 1 if text in _NUMBERS else 1


def _day_alone(text: str, today: dt.date) -> dt.date | None:
    found = _DAY_ALONE.match(text)
    if found is None:
        return None
    day = int(found[1])
    for months in range(12):
        first = _months_later(today.replace(day=1), months)
        if (
            day <= calendar.monthrange(first.year, first.month)[1]
            and first.replace(day=day) >= today
        ):
            return first.replace(day=day)
    raise ValueError(f"no such day: {day}")


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _months_later(day: dt.date, count: int) -> dt.date:
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _last_of_month(day: dt.date, months: int) -> dt.date:
    return _months_later(day.replace(day=1), months + 1) - dt.timedelta(days=1)


_READERS: tuple[Callable[[str, dt.date], dt.date | None], ...] = (
    _full,
    _without_year,
    _words,
    _weekday,
    _after_weekday,
    _distance,
    _day_alone,
)
