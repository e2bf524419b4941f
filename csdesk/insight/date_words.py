"""What written days are made of: names of months, Japanese eras, digits of every kind.

Typing (typed_dates) and importing (csdesk.exchange.dates) lean on today to different degrees, but
must not know different months.
"""

from __future__ import annotations

import re
import unicodedata

MONTH = (
    r"(?P<name>jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|apr(?:il)?|may|jun[ei]?|jul[yi]?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
"""A month's name, short or long; Januar, Juni and their like do no harm. Case is for the caller."""

OTHER_MONTH = MONTH.replace("<name>", "<name2>")
"""The same once more, for a pattern with two places for it."""

ERA = r"(?P<era>令和|平成|昭和|大正|明治|[令平昭大明RHSTMrhstm])\.?\s*(?P<era_year>\d{1,2}|元)"
"""An era and the year in it."""

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"'?(?P<year>\d{4}|\d{2})"
_NAMED_DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}(?:\s+of\s+|[\s./-]*){MONTH}[\s,./-]*{_YEAR}$",
        rf"{MONTH}[\s./-]*{_DAY}[\s,./-]+{_YEAR}$",
        rf"(?P<year>\d{{4}})[\s,./-]*{MONTH}[\s./-]*{_DAY}$",
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ERAS = {"令r": 2018, "平h": 1988, "昭s": 1925, "大t": 1911, "明m": 1867}
_MARKS = str.maketrans(dict.fromkeys("−‐‑–", "-") | {"’": "'"})
_IN_THIS_CENTURY, _IN_THE_LAST = range(50), range(69, 100)
_DIGITS = "〇一二三四五六七八九"
_KANJI_YEAR = re.compile(rf"[{_DIGITS}]{{4}}(?=年)")
_KANJI_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}(?=[かヶケカ箇]?[年月週日])")


def plain(written: str) -> str:
    """Fold widths, dashes and kanji numbers up to 99 into plain characters; case stays."""
    if written.isascii():
        return written
    text = unicodedata.normalize("NFKC", written).translate(_MARKS)
    text = _KANJI_YEAR.sub(lambda found: "".join(str(_DIGITS.index(one)) for one in found[0]), text)
    return _KANJI_NUMBER.sub(_in_digits, text)


def month_number(name: str) -> int:
    """Return the number of a month that `MONTH` has found."""
    return _MONTHS.index(name[:3].lower()) + 1


def named_day(text: str) -> tuple[str, int, int] | None:
    """Read 5-dec-26, dec 5, 2026 or 2026-dec-05: the year as written, the month, the day."""
    for form in _NAMED_DAYS:
        if found := form.match(text):
            return found["year"], month_number(found["name"]), int(found["day"])
    return None


def year_of_era(found: re.Match[str]) -> int:
    """Return the year that `ERA` has found. Raises ValueError for a year 0."""
    number = 1 if found["era_year"] == "元" else int(found["era_year"])
    if number == 0:
        raise ValueError(found[0])
    letter = found["era"][0].lower()
    return next(before for names, before in _ERAS.items() if letter in names) + number


def year_of_two_digits(digits: str) -> int | None:
    """Return the year of '26 or '98; None from 50 to 68, where programs do not agree on it."""
    number = int(digits)
    if number in _IN_THIS_CENTURY:
        return 2000 + number
    return 1900 + number if number in _IN_THE_LAST else None


def _in_digits(found: re.Match[str]) -> str:
    """Write a number up to 99 as 十二 or 三 in digits."""
    tens, ten, ones = found[0].rpartition("十")
    if not ten:
        return str(_DIGITS.index(ones)) if len(ones) == 1 else found[0]
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return found[0]
    value = 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)
    return str(value)
