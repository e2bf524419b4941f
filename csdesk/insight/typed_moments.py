"""Reads a moment as one types it in passing: yesterday 15:00, 昨日15時, 12/5 3pm, 2時間前.

The day is read by csdesk.insight.typed_dates; here a time may stand before or after it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import unicodedata

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.typed_dates import typed_date

HALF_A_YEAR = 183
"""Days beyond which a day without a year is nearer last year than this one."""

_NOW = frozenset({"now", "just now", "今", "いま", "現在", "たった今"})
_NAMED_TIMES = {"noon": dt.time(12), "正午": dt.time(12), "midnight": dt.time(0)}
_CLOCK = r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::\d{2})?\s*(?P<half>[ap])?\.?(?:m\.?)?"
_ENGLISH = r"(?P<h2>\d{1,2})\s*(?P<half2>[ap])\.?m\.?"
_JAPANESE = r"(?P<side>午前|午後)?\s*(?P<h3>\d{1,2})時(?:(?P<m3>\d{1,2})分|(?P<mid>半))?"
_JAPANESE_CLOCK = r"(?P<side4>午前|午後)\s*(?P<h4>\d{1,2}):(?P<m4>\d{2})"
_WORDS = "|".join(_NAMED_TIMES)
_TIME = rf"(?:{_JAPANESE_CLOCK}|{_CLOCK}|{_ENGLISH}|{_JAPANESE}|(?P<word>{_WORDS}))"
_AT_END = re.compile(rf"^(?P<day>.*?)(?:(?<=\d)t|[\s,]*(?:\bat\b|@|の)?\s*){_TIME}(?:に|頃|ごろ)?$")
_AT_START = re.compile(rf"^{_TIME}(?:\s+(?:on\s+)?|\s*,\s*)(?P<day>.+)$")
_AGO = re.compile(
    r"^(?:(?P<in>in)\s+|(?P<sign>[+-])\s*)?(?P<n>\d{1,4})\s*"
    r"(?P<unit>h|hrs?|hours?|min|mins|minutes?|時間|分)\s*(?P<side>ago|later|前|後)?$"
)


_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?"
_WITHOUT_YEAR = re.compile(
    rf"\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}\s*日?|{_MONTHS}\s*\d{{1,2}}(?:st|nd|rd|th)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s*{_MONTHS}"
)
_WEEKDAY = re.compile(r"[月火水木金土日]曜?日?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")


def typed_moment(
    typed: str, now: dt.datetime, *, usual: dt.time = dt.time(10), looking_back: bool = False
) -> dt.datetime:
    """Read a moment as typed; return it aware, in the time zone of this computer.

    A time alone is meant for today, today alone for now, and any other day alone for the time
    `usual`. Of a day without a year the nearest is meant; a weekday alone lies ahead, or behind
    where one is `looking_back`. Takes 15:00, 3pm, 15時, 15時半, 午後3時, noon; 2 hours ago, 30分前,
    in 2 hours; and every day that `typed_date` takes. Raises UserError for anything else, nothing
    included.
    """
    local = now.astimezone().replace(second=0, microsecond=0)
    text = " ".join(unicodedata.normalize("NFKC", typed).casefold().split()).replace("−", "-")
    if not text or text in _NOW:
        if text:
            return local
        raise UserError(
            _("Say when it was."), _("Write now, yesterday 15:00 or 12/5 9:30, for example.")
        )
    try:
        found = _distance(text, local)
        if found is not None:
            return found
        day_text, time = _parted(text)
        day = _day(day_text, local.date(), looking_back) if day_text else local.date()
        if time is None:
            time = local.time() if day == local.date() else usual
        return dt.datetime.combine(day, time).astimezone()
    except (ValueError, OverflowError, OSError) as error:
        raise UserError(
            _("“{text}” is no moment of the calendar.").format(text=" ".join(typed.split())[:40])
        ) from error


def _day(text: str, today: dt.date, looking_back: bool) -> dt.date:
    """Read a day that was more likely than a due date: what was held lies behind."""
    day = typed_date(text, today)
    assert day is not None
    if _WITHOUT_YEAR.fullmatch(text) and (day - today).days > HALF_A_YEAR:
        with contextlib.suppress(ValueError):  # the 29th of February has no other year nearby
            return day.replace(year=day.year - 1)
    if looking_back and _WEEKDAY.fullmatch(text) and day > today:
        return day - dt.timedelta(days=7)
    return day


def _parted(text: str) -> tuple[str, dt.time | None]:
    """Part what was typed into the words of the day and the time, None where none is said."""
    for pattern in (_AT_END, _AT_START):
        if found := pattern.match(text):
            return found["day"].strip(" ,"), _time(found)
    return text, None


def _time(found: re.Match[str]) -> dt.time:
    if found["word"]:
        return _NAMED_TIMES[found["word"]]
    hour = int(found["h"] or found["h2"] or found["h3"] or found["h4"])
    minute = int(found["m"] or found["m3"] or found["m4"] or (30 if found["mid"] else 0))
    half = found["half"] or found["half2"]
    side = found["side"] or found["side4"]
    if half or side:
        is_late = half == "p" or side == "午後"
        if hour > 12 or (half and hour == 0):
            raise ValueError(f"no such hour: {hour}")
        hour = hour % 12 + (12 if is_late else 0)
    return dt.time(hour, minute)


def _distance(text: str, local: dt.datetime) -> dt.datetime | None:
    found = _AGO.match(text)
    if found is None or not (found["in"] or found["sign"] or found["side"]):
        return None
    count = int(found["n"])
    unit = "minutes" if found["unit"].startswith(("m", "分")) else "hours"
    is_past = found["side"] in ("ago", "前") or found["sign"] == "-"
    # Counted in real time: an hour ago is an hour ago, whatever the clocks did since.
    moved = local.astimezone(dt.UTC) + dt.timedelta(**{unit: -count if is_past else count})
    return moved.astimezone()
