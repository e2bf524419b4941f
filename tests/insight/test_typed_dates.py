"""Dates as one types them come to the day one means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.insight.typed_dates import RECENT_DAYS, typed_date

TODAY = dt.date(2026, 11, 22)  # a Sunday

EXAMPLES = {
    "2026-12-05": dt.date(2026, 12, 5),
    "2026/12/5": dt.date(2026, 12, 5),
    "2026年12月5日": dt.date(2026, 12, 5),
    "２０２６／１２／５": dt.date(2026, 12, 5),
    "20261205": dt.date(2026, 12, 5),
    "令和8年12月5日": dt.date(2026, 12, 5),
    "R8.12.5": dt.date(2026, 12, 5),
    "12/5/2026": dt.date(2026, 12, 5),
    "25/12/2026": dt.date(2026, 12, 25),
    "12/5": dt.date(2026, 12, 5),
    "12月5日": dt.date(2026, 12, 5),
    "11/20": dt.date(2026, 11, 20),
    "10/22": dt.date(2027, 10, 22),
    "3/1": dt.date(2027, 3, 1),
    "2/29": dt.date(2028, 2, 29),
    "dec 5": dt.date(2026, 12, 5),
    "5 December": dt.date(2026, 12, 5),
    "March 31, 2027": dt.date(2027, 3, 31),
    "31 mar 2027": dt.date(2027, 3, 31),
    "5-Dec-26": dt.date(2026, 12, 5),
    "5-Dec": dt.date(2026, 12, 5),
    "Saturday, December 5, 2026": dt.date(2026, 12, 5),
    "2026-Dec-05": dt.date(2026, 12, 5),
    "2026年12月5日土曜日": dt.date(2026, 12, 5),
    "昭和64年1月7日": dt.date(1989, 1, 7),
    "5-Dec-98": dt.date(1998, 12, 5),
    "12月5日（土）": dt.date(2026, 12, 5),
    "来年の4月1日": dt.date(2027, 4, 1),
    "12月末": dt.date(2026, 12, 31),
    "end of february": dt.date(2027, 2, 28),
    "年末": dt.date(2026, 12, 31),
    "年度末": dt.date(2027, 3, 31),
    "しあさって": dt.date(2026, 11, 25),
    "今日": TODAY,
    "today": TODAY,
    "明日": dt.date(2026, 11, 23),
    "Tomorrow": dt.date(2026, 11, 23),
    "あさって": dt.date(2026, 11, 24),
    "昨日": dt.date(2026, 11, 21),
    "金曜": dt.date(2026, 11, 27),
    "friday": dt.date(2026, 11, 27),
    "日": dt.date(2026, 11, 29),
    "今週金曜": dt.date(2026, 11, 20),
    "来週金曜": dt.date(2026, 11, 27),
    "来週の金曜日": dt.date(2026, 11, 27),
    "next friday": dt.date(2026, 11, 27),
    "再来週月曜": dt.date(2026, 11, 30),
    "来週": dt.date(2026, 11, 23),
    "next week": dt.date(2026, 11, 23),
    "+3": dt.date(2026, 11, 25),
    "+3d": dt.date(2026, 11, 25),
    "+2w": dt.date(2026, 12, 6),
    "＋２ｗ": dt.date(2026, 12, 6),
    "-1w": dt.date(2026, 11, 15),
    "2w": dt.date(2026, 12, 6),
    "in 2 weeks": dt.date(2026, 12, 6),
    "3 days ago": dt.date(2026, 11, 19),
    "3日後": dt.date(2026, 11, 25),
    "2週間後": dt.date(2026, 12, 6),
    "1か月後": dt.date(2026, 12, 22),
    "1ヶ月前": dt.date(2026, 10, 22),
    "+1y": dt.date(2027, 11, 22),
    "月末": dt.date(2026, 11, 30),
    "来月末": dt.date(2026, 12, 31),
    "来月5日": dt.date(2026, 12, 5),
    "eom": dt.date(2026, 11, 30),
    "end of next month": dt.date(2026, 12, 31),
    "5日": dt.date(2026, 12, 5),
    "25日": dt.date(2026, 11, 25),
    "31日": dt.date(2026, 12, 31),
    "十二月五日": dt.date(2026, 12, 5),
    "三日後": dt.date(2026, 11, 25),
    "二十日": dt.date(2026, 12, 20),
    "次の金曜": dt.date(2026, 11, 27),
    "来週中": dt.date(2026, 11, 27),
    "end of next week": dt.date(2026, 11, 27),
    "Thurs.": dt.date(2026, 11, 26),
    "by Friday": dt.date(2026, 11, 27),
    "friday next week": dt.date(2026, 11, 27),
    "5th of December": dt.date(2026, 12, 5),
    "in a week": dt.date(2026, 11, 29),
    "one month from now": dt.date(2026, 12, 22),
    "2 wks ago": dt.date(2026, 11, 8),
    "（水）": dt.date(2026, 11, 25),
    "(Fri)": dt.date(2026, 11, 27),
    "＋２週": dt.date(2026, 12, 6),
    "+1ヵ月": dt.date(2026, 12, 22),
    "in two weeks": dt.date(2026, 12, 6),
    "a week from today": dt.date(2026, 11, 29),
    "in 1 quarter": dt.date(2027, 2, 22),
    "eoq": dt.date(2026, 12, 31),
    "day after tomorrow": dt.date(2026, 11, 24),
    "week after next": dt.date(2026, 11, 30),
    "翌週火曜": dt.date(2026, 11, 24),
    "翌月10日": dt.date(2026, 12, 10),
    "来月初め": dt.date(2026, 12, 1),
    "来月中": dt.date(2026, 12, 31),
    "半年後": dt.date(2027, 5, 22),
    "来週金曜まで": dt.date(2026, 11, 27),
    "12月5日（土）までに": dt.date(2026, 12, 5),
    "due Dec 5": dt.date(2026, 12, 5),
}


@pytest.mark.parametrize(("typed", "day"), EXAMPLES.items(), ids=EXAMPLES)
def test_what_one_types_comes_to_the_day_one_means(typed: str, day: dt.date) -> None:
    assert typed_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "  ", "　"])
def test_nothing_typed_is_no_date(typed: str) -> None:
    assert typed_date(typed, TODAY) is None


NONE = (
    *("soon", "13/45", "2026-02-30", "2/30", "32日", "+9999y", "next", "9" * 60),
    *("fridayx", "next thursdayish", "tomorrowish", "12/5abc", "decoy 5", "5 marching"),
    *("Dec-26", "friday 2 weeks", "+2weasels", "in 3 dogs", "十十日", "end of weekend"),
    *("()", "（）", "まで", "by", "半月後", "2 quarts"),
)


@pytest.mark.parametrize("typed", NONE)
def test_what_is_no_date_is_refused_in_words(typed: str) -> None:
    with pytest.raises(UserError, match="“"):
        typed_date(typed, TODAY)


def test_just_after_new_year_a_day_of_december_was_last_year() -> None:
    january = dt.date(2027, 1, 5)
    assert typed_date("12/28", january) == dt.date(2026, 12, 28)
    assert typed_date("12/5", january) == dt.date(2027, 12, 5)
    assert typed_date("年末", january) == dt.date(2027, 12, 31)


def test_a_month_more_keeps_to_the_last_day_of_the_month() -> None:
    assert typed_date("+1m", dt.date(2026, 1, 31)) == dt.date(2026, 2, 28)


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))


@given(day=DAYS, today=DAYS)
def test_every_full_date_is_read_back(day: dt.date, today: dt.date) -> None:
    for written in (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day:%d %b %Y}"):
        assert typed_date(written, today) == day


@given(today=DAYS, number=st.integers(0, 6))
def test_a_weekday_alone_lies_in_the_coming_seven_days(today: dt.date, number: int) -> None:
    for word in ("月火水木金土日"[number] + "曜", f"{dt.date(2024, 1, 1 + number):%A}"):
        day = typed_date(word, today)
        assert day is not None
        assert day.weekday() == number
        assert 1 <= (day - today).days <= 7


@given(day=DAYS, today=DAYS)
def test_a_day_without_a_year_is_never_long_ago(day: dt.date, today: dt.date) -> None:
    found = typed_date(f"{day.month}/{day.day}", today)
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    assert (today - found).days <= RECENT_DAYS


@given(typed=st.text(max_size=12), today=DAYS)
def test_any_text_is_a_date_nothing_or_refused(typed: str, today: dt.date) -> None:
    try:
        found = typed_date(typed, today)
    except UserError:
        return
    assert found is None or isinstance(found, dt.date)
