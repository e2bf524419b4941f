"""Dates and periods in Japanese, European and American writing."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.exchange.dates import (
    DateOrder,
    DateReader,
    Grain,
    Period,
    read_date,
    read_period,
    settle_order,
)
from csdesk.exchange.tables import Unreadable
from csdesk.insight.typed_dates import typed_date

PLAIN = DateReader()
DAY = dt.date(2026, 3, 31)
YEAR_LAST = (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)
FORMS = (
    *("{0:%Y-%m-%d}", "{0:%Y}年{0:%m}月{0:%d}日", "{0:%d-%b-%y}", "{0:%d-%B-%Y}", "{0:%b-%d-%Y}"),
    *("{0:%Y/%b/%d}", "{0:%d%b%Y}", "{0:%b.%d,%y}", "{0:%A},{0:%d-%b-%Y}"),
    *("{0:%m/%d/%y}", "{0:%y/%m/%d}", "{0:%d.%m.%y}"),
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31",
        "2026-3-31",
        "2026/03/31",
        "2026/3/31",
        "2026.3.31",
        "2026年3月31日",
        "２０２６年３月３１日",
        "2026 年 3 月 31 日",
        "2026年3月31日（火）",
        "2026/3/31(火)",
        "令和8年3月31日",
        "令和８年３月３１日",
        "R8.3.31",
        "r8/3/31",
        "3/31/2026",
        "31/3/2026",
        "31.03.2026",
        "31 March 2026",
        "31-Mar-2026",
        "31st March 2026",
        "Mar 31, 2026",
        "March 31st, 2026",
        "20260331",
        "46112",
        " 2026-03-31 ",
        "2026-03-31 3:15:52",
        "2026-03-31T10:00:00.000Z",
        "2026-03-31T10:00:00+09:00",
        "2026-03-31 08:51:12.402",
        "2026年3月31日 10時30分",
        "3/31/2026 10:30 PM",
        "31-Mar-26",
        "31-MAR-2026",
        "31 Mar '26",
        "31Mar2026",
        "31/Mar/2026",
        "31st of March, 2026",
        "Mar. 31, 2026",
        "Mar-31-26",
        "2026-Mar-31",
        "March 31 26",
        "31. March 2026",
        "Tue, 31 Mar 2026 10:00:00 +0900",
        "Tuesday, March 31, 2026",
        "Mar 31, 2026, 10:30 AM",
        "2026年3月31日火曜日",
        "2026年3月31日（火・祝）",
        "2026年3月31日 午後3時",
        "２０２６／０３／３１",
        "２０２６−０３−３１",
        "2026. 3. 31.",
        "令8.3.31",
        "令和八年三月三十一日",
        "二〇二六年三月三十一日",
        "3/31/26",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert read_date(text, PLAIN) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", dt.date(2019, 5, 1)),
        ("平成31年4月30日", dt.date(2019, 4, 30)),
        ("昭和64年1月7日", dt.date(1989, 1, 7)),
        ("H31.4.30", dt.date(2019, 4, 30)),
        ("2024-02-29", dt.date(2024, 2, 29)),
    ],
)
def test_japanese_years_are_counted_from_their_era(text: str, day: dt.date) -> None:
    assert read_date(text, PLAIN) == day


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "2026-02-30",
        "2026-13-01",
        "31/31/2026",
        "13/13/2026",
        "26/3/31",
        "'26/3/31",
        "31-Feb-26",
        "0-Dec-26",
        "31-Mar-026",
        "Mar 31",
        "31-Mar",
        "Mar312026",
        "Marx 31, 2026",
        "31 Mayor 2026",
        "二千二十六年三月三十一日",
        "火曜日",
        "next tuesday",
        "+2w",
        "明日",
        "来年3月31日",
        "2026",
        "-",
        "令和0年1月1日",
        "2026-03",
        "12345678901",
        "0",
        "1.5",
        "2026-03-31 and later",
        "N/A",
        "\x07",
        "0000-01-01",
        "0206-03-31",
        "2206-03-31",
        "明治32年1月1日",
    ],
)
def test_what_is_no_date_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(UserError) as caught:
        read_date(text, PLAIN)
    assert "“" in caught.value.message


@pytest.mark.parametrize("cell", [None, "", "   ", "　"])
def test_a_blank_cell_is_no_date(cell: str | None) -> None:
    assert read_date(cell, PLAIN) is None
    assert read_period(cell, PLAIN) is None


def test_cells_of_a_workbook_keep_their_own_dates() -> None:
    assert read_date(dt.datetime(2026, 3, 31, 10, tzinfo=dt.UTC), PLAIN) == DAY
    assert read_date(DAY, PLAIN) == DAY
    assert read_date(Decimal(46112), PLAIN) == DAY
    assert read_date(Decimal(44650), DateReader(counts_from_1904=True)) == DAY


def test_an_unreadable_cell_says_why() -> None:
    with pytest.raises(UserError, match="formula"):
        read_date(Unreadable("a formula without a result"), PLAIN)


def test_day_and_month_that_could_change_places_are_not_guessed() -> None:
    with pytest.raises(UserError) as caught:
        read_date("03/04/2026", PLAIN)

    assert "2026-03-04" in caught.value.message
    assert "2026-04-03" in caught.value.message
    assert "date_order" in caught.value.advice


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("05/12/26", ["2005-12-26", "2026-05-12", "2026-12-05"]),
        ("31/12/26", ["2026-12-31", "2031-12-26"]),
        ("5.6.'26", ["2026-05-06", "2026-06-05"]),
        ("5-Dec-55", ["1955-12-05", "2055-12-05"]),
    ],
)
def test_two_digits_that_could_be_several_things_stay_a_question(
    text: str, days: list[str]
) -> None:
    with pytest.raises(UserError) as caught:
        read_date(text, PLAIN)

    assert [day for day in days if day in caught.value.message] == days
    assert "four digits" in caught.value.advice


def test_a_year_of_two_digits_stands_where_the_mapping_or_the_column_says() -> None:
    orders = dict(zip(("mdy", "dmy", "ymd"), DateOrder, strict=True))
    read = {name: read_date("05/12/26", DateReader(order)) for name, order in orders.items()}

    assert read == {
        "mdy": dt.date(2026, 5, 12),
        "dmy": dt.date(2026, 12, 5),
        "ymd": dt.date(2005, 12, 26),
    }
    with pytest.raises(UserError, match="no day"):
        read_date("12/31/26", DateReader(DateOrder.YEAR_FIRST))
    with pytest.raises(UserError, match="can be"):
        read_date("03/04/2026", DateReader(DateOrder.YEAR_FIRST))


def test_a_declared_order_settles_it() -> None:
    american = DateReader(DateOrder.MONTH_FIRST)
    european = DateReader(DateOrder.DAY_FIRST)

    assert read_date("03/04/2026", american) == dt.date(2026, 3, 4)
    assert read_date("03/04/2026", european) == dt.date(2026, 4, 3)
    with pytest.raises(UserError):
        read_date("31/03/2026", american)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2026", "03/31/2026"], DateOrder.MONTH_FIRST),
        (["03/04/2026", "31/03/2026", "2026-01-01"], DateOrder.DAY_FIRST),
        (["31.03.2026", None, "x"], DateOrder.DAY_FIRST),
        (["03/04/2026", "05/06/2026"], None),
        (["31/03/2026", "03/31/2026"], None),
        (["05/12/26", "12/31/26"], DateOrder.MONTH_FIRST),
        (["05/12/26", "31/03/2026"], DateOrder.DAY_FIRST),
        (["05/12/26", "31/12/26"], None),
        (["26/12/05", "98/12/31 10:00"], DateOrder.YEAR_FIRST),
        (["05/12/26", "12/31/26", "31/12/98"], None),
        ([], None),
    ],
)
def test_the_column_settles_the_order_when_one_date_shows_it(
    column: list[str | None], order: DateOrder | None
) -> None:
    assert settle_order(column) == order


@pytest.mark.parametrize(
    "text",
    [
        "2026-03",
        "2026/03",
        "2026/3",
        "2026.03",
        "2026年3月",
        "２０２６年３月",
        "2026年3月度",
        "令和8年3月",
        "R8.3",
        "202603",
        "Mar 2026",
        "March 2026",
        "Mar-2026",
        "2026 Mar",
        "3/2026",
        "03-2026",
        "Mar. 2026",
        "Mar '26",
    ],
)
def test_a_month_is_read_as_people_write_it(text: str) -> None:
    assert read_period(text, PLAIN) == Period(dt.date(2026, 3, 1), Grain.MONTH)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026Q1", Period(dt.date(2026, 1, 1), Grain.QUARTER)),
        ("2026-Q4", Period(dt.date(2026, 10, 1), Grain.QUARTER)),
        ("Q2 2026", Period(dt.date(2026, 4, 1), Grain.QUARTER)),
        ("2026年第3四半期", Period(dt.date(2026, 7, 1), Grain.QUARTER)),
        ("2026-W01", Period(dt.date(2025, 12, 29), Grain.WEEK)),
        ("2026-03-31", Period(dt.date(2026, 3, 31), Grain.DAY)),
    ],
)
def test_quarters_weeks_and_days_are_periods_too(text: str, period: Period) -> None:
    assert read_period(text, PLAIN) == period


@pytest.mark.parametrize("text", ["2026年度第1四半期", "FY2026 Q1", "2026年度"])
def test_business_years_are_not_taken_for_calendar_years(text: str) -> None:
    with pytest.raises(UserError, match="business years"):
        read_period(text, PLAIN)


@pytest.mark.parametrize(
    "text", ["2026-13", "202600", "2026Q5", "2026-W60", "3月", "Mar", "Q1", "3"]
)
def test_a_period_that_does_not_exist_or_lacks_its_year_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_period(text, PLAIN)


def test_months_without_a_year_belong_to_the_year_the_mapping_names() -> None:
    calendar = DateReader(year=2025)
    business = DateReader(year=2025, first_month=4)

    assert read_period(Decimal(3), calendar) == Period(dt.date(2025, 3, 1), Grain.MONTH)
    assert read_period("3月", calendar) == Period(dt.date(2025, 3, 1), Grain.MONTH)
    assert read_period("4月", business) == Period(dt.date(2025, 4, 1), Grain.MONTH)
    assert read_period("3月", business) == Period(dt.date(2026, 3, 1), Grain.MONTH)
    assert read_period("Q4", business) == Period(dt.date(2026, 1, 1), Grain.QUARTER)


def test_bare_numbers_are_quarters_where_the_mapping_says_so() -> None:
    reader = DateReader(year=2025, counts_quarters=True)

    assert read_period("2", reader) == Period(dt.date(2025, 4, 1), Grain.QUARTER)
    with pytest.raises(UserError):
        read_period("5", reader)


@given(st.dates(dt.date(1927, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_reads_back_from_every_unambiguous_form(day: dt.date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year:04}/{day.month}/{day.day}",
        f"{day.year:04}年{day.month}月{day.day}日",
        day.strftime("%d %B ") + f"{day.year:04}",
        day.strftime("%A, %B %d, ") + f"{day.year:04}",
        f"{day.year:04}{day.month:02}{day.day:02}",
    ]
    assert [read_date(form, PLAIN) for form in forms] == [day] * len(forms)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(YEAR_LAST))
def test_a_year_at_the_end_is_right_refused_or_as_declared(day: dt.date, order: DateOrder) -> None:
    numbers = (day.month, day.day) if order is DateOrder.MONTH_FIRST else (day.day, day.month)
    text = f"{numbers[0]}/{numbers[1]}/{day.year}"

    assert read_date(text, DateReader(order)) == day
    try:
        assert read_date(text, PLAIN) == day
    except UserError:
        assert day.day <= 12


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_plain_message(text: str) -> None:
    for read in (read_date, read_period):
        with suppress(UserError):
            read(text, PLAIN)


@given(st.dates(dt.date(1970, 1, 1), dt.date(2049, 12, 31)), st.sampled_from(FORMS))
def test_what_is_imported_without_a_question_is_what_typing_reads(day: dt.date, form: str) -> None:
    text = form.format(day)

    assert day.isoformat() in said_of(text)
    if "can be" not in said_of(text):
        assert said_of(text) == day.isoformat()
        with suppress(UserError):  # typing asks for the order of numbers sooner
            assert typed_date(text, DAY) == day


def said_of(text: str) -> str:
    """Return the day that was read, or the question."""
    try:
        return str(read_date(text, PLAIN))
    except UserError as question:
        return question.message
