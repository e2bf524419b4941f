"""Moments as one types them come to the day and the time one means."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.i18n import use_language
from csdesk.insight.typed_moments import typed_moment

NOW = dt.datetime(2026, 11, 22, 16, 34, 5).astimezone()  # a Sunday

EXAMPLES = {
    "now": (22, 16, 34),
    "今": (22, 16, 34),
    "15:00": (22, 15, 0),
    "9:05": (22, 9, 5),
    "１５：００": (22, 15, 0),
    "15時": (22, 15, 0),
    "15時半": (22, 15, 30),
    "15時20分": (22, 15, 20),
    "午後3時": (22, 15, 0),
    "午前9時半": (22, 9, 30),
    "午後3:30": (22, 15, 30),
    "3pm": (22, 15, 0),
    "3:30 p.m.": (22, 15, 30),
    "12am": (22, 0, 0),
    "12 pm": (22, 12, 0),
    "noon": (22, 12, 0),
    "正午": (22, 12, 0),
    "yesterday 15:00": (21, 15, 0),
    "yesterday at 3pm": (21, 15, 0),
    "15:00 yesterday": (21, 15, 0),
    "昨日15時": (21, 15, 0),
    "昨日 15時": (21, 15, 0),
    "昨日の15時半": (21, 15, 30),
    "昨日": (21, 10, 0),
    "today": (22, 16, 34),
    "11/20 9:30": (20, 9, 30),
    "11月20日15時": (20, 15, 0),
    "2026-11-20T15:00": (20, 15, 0),
    "2026/11/20 15:00": (20, 15, 0),
    "Nov 20, 2026 15:00": (20, 15, 0),
    "next friday 2pm": (27, 14, 0),
    "来週金曜 14:00": (27, 14, 0),
    "+3d 10:30": (25, 10, 30),
    "2 hours ago": (22, 14, 34),
    "90 min ago": (22, 15, 4),
    "30分前": (22, 16, 4),
    "2時間後": (22, 18, 34),
    "in 2 hours": (22, 18, 34),
}


@pytest.mark.parametrize(("typed", "meant"), EXAMPLES.items())
def test_a_moment_is_read_as_it_is_meant(typed: str, meant: tuple[int, int, int]) -> None:
    read = typed_moment(typed, NOW)
    assert (read.month, read.day, read.hour, read.minute) == (11, *meant)
    assert read.tzinfo is not None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9/15 10:00", (2026, 9, 15)),
        ("6月1日15時", (2026, 6, 1)),
        ("sep 15 9am", (2026, 9, 15)),
        ("15 June", (2026, 6, 15)),
        ("12/5", (2026, 12, 5)),
        ("3/1", (2027, 3, 1)),
        ("2/29", (2028, 2, 29)),
        ("2027/9/15", (2027, 9, 15)),
        ("10か月後", (2027, 9, 22)),
        ("friday 15:00", (2026, 11, 27)),
    ],
)
def test_of_a_day_without_a_year_the_nearest_is_meant(
    typed: str, meant: tuple[int, int, int]
) -> None:
    read = typed_moment(typed, NOW)
    assert (read.year, read.month, read.day) == meant


@pytest.mark.parametrize("typed", ["friday 15:00", "fri 3pm", "金曜15時", "金 15:00"])
def test_looking_back_a_weekday_alone_lies_behind(typed: str) -> None:
    read = typed_moment(typed, NOW, looking_back=True)
    assert (read.month, read.day, read.hour) == (11, 20, 15)
    assert typed_moment("next friday 15:00", NOW, looking_back=True).day == 27


def test_a_day_alone_takes_the_usual_time() -> None:
    assert typed_moment("12/5", NOW, usual=dt.time(14, 15)).time() == dt.time(14, 15)


@pytest.mark.parametrize(
    "typed", ["", "  ", "blah", "25:00", "13pm", "12:60", "2026-02-30 10:00", "9/9/9 9", "15:00 xx"]
)
def test_what_is_no_moment_is_refused_with_advice_or_the_reason(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        typed_moment(typed, NOW)
    assert refused.value.message


@given(st.integers(1_000_000_000, 4_000_000_000), st.sampled_from(["en", "ja"]))
def test_every_moment_is_read_as_the_program_writes_it(second: int, language: str) -> None:
    moment = dt.datetime.fromtimestamp(second, dt.UTC).astimezone()
    meant = moment.replace(second=0)
    assert typed_moment(use_language(language).moment(meant), NOW) == meant


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    with contextlib.suppress(UserError):
        assert typed_moment(typed, NOW).second == 0
