"""Lines of Japanese and English obey the rules at both ends and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.report.fonts import REGULAR, advances
from csdesk.report.line_breaking import (
    NEVER_FIRST,
    NEVER_LAST,
    Line,
    break_lines,
    break_opportunities,
    phrase_breaks,
)
from tests.report.line_breaking_cases import BREAKING

SIZE = 10.0
words = st.sampled_from(
    [
        *("オンボーディング", "確定する", "Enterprise", "plan", "2026年3月31日", "85%", "12社"),
        *("1,250,000円", "第1四半期", "https://example.com/a/b?c=d", "taro@example.co.jp"),
        *("「第一」", "（Slack）", "¥300", "髙﨑", "𠮷野家", "四半期"),
    ]
)
marks = st.text(st.sampled_from(sorted(NEVER_FIRST | NEVER_LAST)), max_size=3)
spaces = st.sampled_from(["", "", " ", "\u3000"])
texts = st.lists(
    st.tuples(words, spaces, marks, spaces, st.sampled_from("のをはが")).map("".join), max_size=25
).map("".join)
anything = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=120)
signs = st.lists(
    st.sampled_from(
        [
            *(
                "👨\u200d👩\u200d👧",
                "🇯🇵",
                "🇺🇸",
                "👍🏽",
                "1\ufe0f\u20e3",
                "か\u309a",
                "葛\U000e0100",
            ),
            *(
                "e\u0301\u0323",
                "\ud83d\ude00",
                "กิ",
                "ม่",
                "✅\ufe0f",
                "\U0001f3f4\U000e0067\U000e007f",
            ),
        ]
    ),
    min_size=1,
    max_size=30,
)


def broken(text: str, limit: float, *, balanced: bool = False) -> list[Line]:
    preferred = phrase_breaks(text) if balanced else frozenset()
    return break_lines(
        text, advances(text, REGULAR, SIZE), limit, preferred=preferred, balanced=balanced
    )


def shown(text: str, limit: float, **how: bool) -> list[str]:
    return [text[line.start : line.end] for line in broken(text, limit, **how)]


@pytest.mark.parametrize(("text", "width", "lines"), BREAKING)
def test_each_text_of_the_table_breaks_where_it_should(
    text: str, width: float, lines: list[str]
) -> None:
    assert shown(text, width * SIZE) == lines


@given(text=texts | anything, limit=st.floats(8 * SIZE, 60 * SIZE), balanced=st.booleans())
def test_breaking_loses_nothing_but_spaces_and_line_ends(
    text: str, limit: float, balanced: bool
) -> None:
    lines = shown(text, limit, balanced=balanced)
    dropped = str.maketrans("", "", " \u3000\n")
    assert "".join(lines).translate(dropped) == text.translate(dropped)


@given(text=texts | anything, limit=st.floats(8 * SIZE, 60 * SIZE), balanced=st.booleans())
def test_no_line_is_wider_than_its_column(text: str, limit: float, balanced: bool) -> None:
    for line in broken(text, limit, balanced=balanced):
        width = sum(advances(text[line.start : line.end], REGULAR, SIZE))
        assert width <= limit + 1e-3
        assert line.width == pytest.approx(width, abs=1e-3)


@given(text=texts, limit=st.floats(25 * SIZE, 60 * SIZE), balanced=st.booleans())
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(
    text: str, limit: float, balanced: bool
) -> None:
    lines = [line for line in shown(text, limit, balanced=balanced) if line]
    assert all(line[0] not in NEVER_FIRST for line in lines[1:])
    assert all(line[-1] not in NEVER_LAST for line in lines[:-1])


@given(text=texts | anything, limit=st.floats(2 * SIZE, 60 * SIZE), balanced=st.booleans())
def test_a_line_ends_where_it_may_unless_a_piece_is_longer_than_the_line(
    text: str, limit: float, balanced: bool
) -> None:
    allowed = break_opportunities(text)
    widths = advances(text, REGULAR, SIZE)
    for line in broken(text, limit, balanced=balanced)[1:]:
        start = line.start
        if text[start - 1] == "\n" or allowed[start]:
            continue
        first = max(allowed.rfind(1, 0, start), text.rfind("\n", 0, start) + 1, 0)
        ends = [allowed.find(1, start), text.find("\n", start), len(text)]
        last = min(end for end in ends if end >= 0)
        piece = text[first:last].rstrip(" \u3000")
        assert sum(widths[first : first + len(piece)]) > limit


@given(text=texts | anything, limit=st.floats(2 * SIZE, 60 * SIZE), balanced=st.booleans())
def test_a_line_broken_again_stays_one_line(text: str, limit: float, balanced: bool) -> None:
    for line in shown(text, limit, balanced=balanced):
        assert shown(line, limit, balanced=balanced) == [line]


@given(parts=signs, limit=st.floats(1, 12 * SIZE))
def test_no_sign_of_several_characters_is_cut(parts: list[str], limit: float) -> None:
    text = "".join(parts)
    ends = {0}
    for part in parts:
        ends.add(max(ends) + len(part))
    assert {line.start for line in broken(text, limit)} <= ends


@pytest.mark.parametrize(
    "text",
    [
        "下期は「定着」から「拡大」へ移り、一次解決率とNPSの改善に注力します。",
        "新規拠点12箇所の設定とEnterprise Edition移行を完了し、平均日数を30日から14日へ縮めます。",
        "四半期ごとの満足度調査と、低評価回答への48時間以内のフォローを徹底します。",
        "Automate the five board metrics and remove 40 hours of manual work a month.",
        "Standardise the integration and the alerts so that all three departments use it daily.",
    ],
)
@pytest.mark.parametrize("width", range(16, 60, 3))
def test_running_text_leaves_no_letter_or_short_word_alone(text: str, width: int) -> None:
    lines = shown(text, width * SIZE)
    if len(lines) > 1:
        assert len(lines[-1].strip("。.、")) > 3
        assert " " in lines[-1] or len(lines[-1]) > 4


@pytest.mark.parametrize(
    "whole",
    [
        "2026年3月31日",
        "3月31日",
        "85%",
        "1,250,000円",
        "12社",
        "第1四半期",
        "Enterprise",
        "https://example.com/plan?id=1",
        "taro.yamada@example.co.jp",
        "30日間",
        "¥1,200",
        "（NRR）",
        "−35.9%",
        "3か月以内",
        "2億5,000万円",
        "2026/03/31（火）",
        "午前10時30分",
        "令和8年度",
        "10〜20名",
        "v2.3.1-rc.1",
        "www.example.com/help",
        "10:30",
        "25℃",
        "第十二回",
        "🇯🇵",
    ],
)
@pytest.mark.parametrize("before", range(26))
def test_words_dates_numbers_and_addresses_stay_whole(whole: str, before: int) -> None:
    text = "あ" * before + whole + "を" + "い" * 20
    lines = shown(text, 26 * SIZE)
    assert any(whole in line for line in lines), lines


def test_an_address_longer_than_a_line_is_cut_after_a_joint() -> None:
    lines = shown("https://example.com/customers/acme/success-plan?id=12345", 15 * SIZE)
    assert len(lines) > 1
    assert all(line[-1] in "/?&=-_." for line in lines[:-1])


def test_a_word_of_five_thousand_letters_is_cut_where_it_must_be() -> None:
    lines = shown("a" * 5000, 20 * SIZE)
    assert sum(map(len, lines)) == 5000
    assert len(lines) > 100


def test_marks_that_nothing_stands_between_are_cut_all_the_same() -> None:
    assert sum(map(len, shown("）" * 500, 20 * SIZE))) == 500


def test_a_line_end_in_the_text_ends_the_line() -> None:
    assert shown("一\n\n二\n", 200) == ["一", "", "二", ""]


def test_no_text_is_one_empty_line() -> None:
    assert shown("", 200) == [""]


def test_a_mark_follows_its_letter() -> None:
    text = "か\u309a" * 40
    assert all(not line.startswith("\u309a") for line in shown(text, 10.5 * SIZE))


def test_the_last_line_is_not_left_with_one_letter() -> None:
    lines = shown("あ" * 21, 20 * SIZE)
    assert len(lines) == 2
    assert len(lines[-1]) > 1


def test_a_title_breaks_between_phrases_and_in_even_lines() -> None:
    lines = shown(
        "オンボーディング完了率を2026年3月31日までに85%へ引き上げる", 24 * SIZE, balanced=True
    )
    assert len(lines) == 2
    assert lines[0].endswith(("を", "までに", "へ"))


def test_english_breaks_between_words() -> None:
    text = "Standardise the Salesforce integration and Slack alerts so three departments use it."
    lines = shown(text, 180)
    assert " ".join(lines) == text


def test_phrases_are_looked_for_in_japanese_only() -> None:
    assert phrase_breaks("Raise adoption to 85%") == frozenset()
    assert phrase_breaks("定着率を引き上げる")
