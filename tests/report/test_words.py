"""Numbers, dates and states in the manners of both languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.i18n import Translator
from csdesk.model.vocabulary import GoalStatus, ProgressRag
from csdesk.queries.customer_rows import GoalRow, KpiLine
from csdesk.report.theme import BAD, DONE, GOOD, QUIET
from csdesk.report.words import Words, drawable

JA, EN = Words(Translator("ja")), Words(Translator("en"))


def kpi(unit: str) -> KpiLine:
    return KpiLine("KPI", unit, "count", "higher", "monthly", ())


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("74.8", "%", "74.8%"),
        ("5", "h", "5 h"),
        ("30", "件", "30件"),
        ("1727000", "円", "1,727,000円"),
        ("-3", "¥", "−¥3"),
        ("1234.56", "", "1,234.6"),
        ("12345.6", "", "12,346"),
        ("0.005", "", "0.01"),
        ("-0.004", "%", "0%"),
        ("12.345", "", "12.35"),
        ("1E+40", "件", "1.000E+40件"),
    ],
)
def test_a_value_is_written_with_its_unit(value: str, unit: str, written: str) -> None:
    assert JA.value(Decimal(value), kpi(unit)) == written


def test_no_value_is_a_dash() -> None:
    assert EN.value(None, kpi("%")) == "–"
    assert EN.percent(None) == "–"
    assert EN.date(None) == "–"


@pytest.mark.parametrize(
    ("value", "unit", "ja", "en"),
    [
        (4_300_000, "円", "430万円", "4.3M円"),
        (42_500_000, "$", "$4250万", "$42.5M"),
        (9_999, "件", "9,999", "9,999"),
        (87.5, "%", "87.5%", "87.5%"),
        (-20_000, "", "−2万", "−20K"),
    ],
)
def test_axis_values_are_short(value: float, unit: str, ja: str, en: str) -> None:
    assert JA.compact(value, kpi(unit)) == ja
    assert EN.compact(value, kpi(unit)) == en


def test_progress_is_written_unclamped() -> None:
    assert EN.percent(Decimal("-0.23")) == "−23%"
    assert EN.percent(Decimal("1.5")) == "150%"


def test_dates_are_written_as_the_language_does() -> None:
    day = dt.date(2026, 3, 31)
    assert (JA.short_date(day), EN.short_date(day)) == ("3/31", "Mar 31")
    assert (JA.month_name(day), EN.month_name(day)) == ("3月", "Mar")
    assert JA.span(day, dt.date(2026, 4, 1)) == "2026年3月31日 〜 2026年4月1日"
    assert EN.span(day, None) == "From March 31, 2026"
    assert EN.span(None, day) == "Until March 31, 2026"
    assert EN.span(None, None) == ""
    assert JA.as_of(day, "monthly") == "2026年3月時点"
    assert EN.as_of(day, "weekly") == "as of Mar 31, 2026"


@pytest.mark.parametrize(
    ("name", "honoured"),
    [("山田 太郎", "山田\u00a0太郎様"), ("佐藤様", "佐藤様"), ("林さん", "林さん")],
)
def test_the_customers_people_are_honoured_once(name: str, honoured: str) -> None:
    assert JA.honoured(name) == honoured


def test_a_company_is_addressed_once() -> None:
    assert JA.addressed("株式会社アクメ") == "株式会社アクメ 御中"
    assert JA.addressed("株式会社アクメ 御中") == "株式会社アクメ 御中"
    assert EN.addressed("Acme") == "To Acme"
    assert EN.addressed("") == ""


def test_who_is_in_charge_is_named_customer_first() -> None:
    assert EN.people("Taro", "Misaki") == "Taro / Misaki"
    assert EN.people("", "Misaki") == "Misaki"
    assert EN.people("", "") == ""


@pytest.mark.parametrize(
    ("goal", "word", "tone"),
    [
        (GoalRow("g", status=GoalStatus.ACHIEVED, rag=ProgressRag.OFF_TRACK), "Achieved", DONE),
        (GoalRow("g", status=GoalStatus.MISSED), "Missed", BAD),
        (
            GoalRow("g", status=GoalStatus.IN_PROGRESS, rag=ProgressRag.OFF_TRACK),
            "Off track",
            BAD,
        ),
        (GoalRow("g", status=GoalStatus.IN_PROGRESS, is_overdue=True), "Overdue", BAD),
        (GoalRow("g", status=GoalStatus.IN_PROGRESS), "In progress", GOOD),
        (GoalRow("g", status=GoalStatus.NOT_STARTED), "Not started", QUIET),
        (GoalRow("g", status="a_status_of_a_later_version"), "a_status_of_a_later_version", QUIET),
    ],
)
def test_a_goals_state_is_a_word_with_its_colour(goal: GoalRow, word: str, tone: object) -> None:
    assert EN.goal_state(goal) == (word, tone)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_any_number_can_be_written_and_drawn(number: Decimal) -> None:
    assert JA.value(number, kpi("円"))
    assert JA.percent(number)
    assert EN.compact(drawable(number), kpi("$"))
