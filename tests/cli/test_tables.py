"""Tables on the terminal: widths of what is really shown, and nothing that commands it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from csdesk.cli.tables import Column, clip, pad, printable, table_lines, width

texts = st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("顧客", 4), ("ｱｲｳ", 3), ("𠮷", 2), ("が", 2), ("か\u3099", 2), ("🏔", 1), ("", 0)],
)
def test_texts_are_as_wide_as_a_terminal_shows_them(text: str, columns: int) -> None:
    assert width(text) == columns


def test_columns_stay_in_line_whatever_the_script() -> None:
    rows = [["株式会社アルダー", "12"], ["Alder", "1,200"], ["髙﨑", ""]]
    lines = table_lines([Column("顧客"), Column("ARR", is_number=True)], rows)
    assert lines == [
        "顧客                ARR",
        "────────────────  ─────",
        "株式会社アルダー     12",
        "Alder             1,200",
        "髙﨑",
    ]


@given(st.lists(st.lists(texts, min_size=3, max_size=3), max_size=5), st.integers(10, 120))
def test_no_line_is_wider_than_the_terminal(rows: list[list[str]], room: int) -> None:
    lines = table_lines([Column("Name"), Column("Phase"), Column("#", True)], rows, room)
    assert len(lines) == len(rows) + 2
    assert all(wcswidth(line) <= room for line in lines)


def test_a_table_that_is_too_wide_is_cut_where_it_is_widest() -> None:
    rows = [["a" * 30, "short", "b" * 50]]
    lines = table_lines([Column("A"), Column("B"), Column("C")], rows, 50)
    assert lines[2] == f"{'a' * 19}…  short  {'b' * 20}…"


@given(texts, st.integers(1, 20))
def test_clipped_texts_fit_and_whole_ones_stay_whole(text: str, room: int) -> None:
    shown = printable(text)
    cut = clip(shown, room)
    assert width(cut) <= room
    if width(shown) <= room:
        assert cut == shown


@given(texts)
def test_printable_texts_have_one_line_and_no_command(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable() or all(char == " " or not _commands(char) for char in shown)
    assert len(shown.splitlines()) <= 1


def _commands(char: str) -> bool:
    return char < " " or "\x7f" <= char <= "\x9f" or char in "\u202a\u202b\u202d\u202e\u2066"


@pytest.mark.parametrize("char", ["\x1b", "\x00", "\x07", "\u202e", "\u2066", "\x9b", "\ud800"])
def test_characters_that_command_a_terminal_are_replaced(char: str) -> None:
    assert printable(f"a{char}b") == "a�b"


def test_emoji_of_several_parts_stay_together() -> None:
    assert printable("👨‍👩‍👧") == "👨‍👩‍👧"


def test_padding_fills_up_to_the_width() -> None:
    assert pad("顧客", 6) == "顧客  "
    assert pad("12", 6, right=True) == "    12"
