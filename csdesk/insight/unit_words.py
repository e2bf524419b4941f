"""The units that everybody measures in, in both languages: 時間 and h, 人 and people.

A closed list: only a unit that says nothing but one of these is written in the other language.
What a team has thought up itself stays as it is written (decision 0072).
"""

from __future__ import annotations

import unicodedata
from functools import cache

_UNITS: tuple[tuple[str, str], ...] = (
    ("時間 h", "h hours hour hrs hr"),
    ("分 分間", "min minutes minute mins"),
    ("秒 秒間", "s seconds second secs sec"),
    ("日 日間", "days day"),
    ("営業日", "business_days business_day working_days working_day"),
    ("週間 週", "weeks week"),
    ("か月 ヶ月 ヵ月 カ月 ケ月 箇月", "months month"),
    ("年 年間", "years year"),
    ("人 名", "people persons person users user"),
    ("回", "times"),
    ("点", "points point pts"),
    ("社", "companies company"),
    ("店舗", "stores store shops"),
    ("拠点", "sites site locations"),
    ("席", "seats seat"),
    ("ライセンス", "licenses license licences licence"),
    ("ページ", "pages page"),
    ("円", "¥ yen"),
    ("倍", "×"),
    ("% パーセント", "% percent"),
    ("件", "- cases items tickets issues enquiries requests"),
    ("個", "- pieces"),
)
"""What a unit is called in Japanese and in English, the usual word first; - where English has none.

A reader of English counts "12" where a Japanese one counts 12件: the KPI's name says of what.
"""


def unit_in(unit: str, language: str) -> str:
    """Write a unit of measure in a language ("en", "ja"); as it is where it is none of the usual.

    Empty where that language has no word for it.
    """
    return _words(language).get(_key(unit), unit)


@cache
def _words(language: str) -> dict[str, str]:
    """Give the word for each way to write a unit in the other language."""
    words: dict[str, str] = {}
    for japanese, english in _UNITS:
        ours, others = (japanese, english) if language == "ja" else (english, japanese)
        own, *_also = ours.split()
        shown = "" if own == "-" else own.replace("_", " ")
        # ¥ is read in both languages, and stands before the number.
        known = (one.replace("_", " ") for one in others.split() if one not in "-¥")
        words |= {_key(one): shown for one in known}
    return words


def _key(unit: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", unit).casefold().split())
