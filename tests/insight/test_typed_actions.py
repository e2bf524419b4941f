"""Lines noted down in a meeting become action items with owner and date; prose stays prose."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.typed_actions import Person, TypedAction, typed_actions
from csdesk.model.vocabulary import Side
from csdesk.store.words import fold

TODAY = dt.date(2026, 11, 22)  # a Sunday
MAYA = Person(Side.US, "1", "Maya Kim")
YAMADA = Person(Side.US, "2", "山田 彩香", "ヤマダ アヤカ")
SATO = Person(Side.CUSTOMER, "3", "佐藤 結衣", "サトウ ユイ")
TOM, TIM = (Person(Side.CUSTOMER, name, f"{name} Sato") for name in ("Tom", "Tim"))
PEOPLE = (MAYA, YAMADA, SATO, TOM, TIM)


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


EXAMPLES = {
    "Send the plan @Maya 12/5": ("Send the plan", MAYA, day(12, 5)),
    "Send the plan 12/5 @maya": ("Send the plan", MAYA, day(12, 5)),
    "@Maya Kim sends the plan": ("sends the plan", MAYA, None),
    "資料を送る @山田 来週金曜": ("資料を送る", YAMADA, day(11, 27)),
    "・見積書を作成　＠佐藤様　12月5日まで": ("見積書を作成", SATO, day(12, 5)),
    "ヒアリング @さとう 11/30": ("ヒアリング", SATO, day(11, 30)),
    "Call @Tom by next friday": ("Call", TOM, day(11, 27)),
    "Call @Sato friday": ("Call @Sato", None, day(11, 27)),
    "@Nobody calls 12/5": ("@Nobody calls", None, day(12, 5)),
    "1. Review +2w": ("Review", None, day(12, 6)),
    "- [ ] Book a room (12/5)": ("Book a room", None, day(12, 5)),
    "Discuss end of next month": ("Discuss", None, day(12, 31)),
    "Send by Dec 5, 2027": ("Send", None, day(12, 5, 2027)),
    "見積もり（山田 12/10まで）": ("見積もり", YAMADA, day(12, 10)),
    "Send it (Maya, by next friday)": ("Send it", MAYA, day(11, 27)),
    "資料（佐藤様）": ("資料", SATO, None),
    "会議（第2回 12/10）": ("会議（第2回 12/10）", None, None),
    "Call back in two weeks": ("Call back", None, day(12, 6)),
    "Call back the day after tomorrow": ("Call back", None, day(11, 24)),
    "A test of two weeks": ("A test of two weeks", None, None),
    # Prose that a field for dates would take a date from.
    "Run 2 demos": ("Run 2 demos", None, None),
    "Ask about satisfaction": ("Ask about satisfaction", None, None),
    "Talk about money": ("Talk about money", None, None),
    "Upgrade to version 1.2": ("Upgrade to version 1.2", None, None),
    "Try it for 2 weeks": ("Try it for 2 weeks", None, None),
    "Check decision 5": ("Check decision 5", None, None),
    "Mail to maya@example.com": ("Mail to maya@example.com", None, None),
    "12/5": ("12/5", None, None),
    "@Maya": ("@Maya", MAYA, None),
}


@pytest.mark.parametrize(("line", "meant"), EXAMPLES.items())
def test_a_line_is_read_as_it_is_meant(
    line: str, meant: tuple[str, Person | None, dt.date | None]
) -> None:
    assert typed_actions(line, TODAY, PEOPLE, fold) == [TypedAction(*meant)]


def test_each_line_that_says_something_is_an_action() -> None:
    lines = "First\n\n  \n- Second @Maya\r\n・\n3) Third 12/5\n"
    read = typed_actions(lines, TODAY, PEOPLE, fold)
    assert [one.title for one in read] == ["First", "Second", "Third"]


@given(st.lists(st.text(max_size=40), max_size=4).map("\n".join))
def test_nothing_typed_is_ever_lost(text: str) -> None:
    for line in text.splitlines():
        read = typed_actions(line, TODAY, PEOPLE, fold)
        assert len(read) <= 1
        if any(char.isalpha() for char in line):
            assert read
            assert read[0].title
