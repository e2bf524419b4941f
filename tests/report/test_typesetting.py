"""User text is cleaned, never read as markup, and every letter gets a font that has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.report.fonts import BOLD, MISSING, REGULAR, glyphs
from csdesk.report.typesetting import Typesetter, clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x1bc\x7f", "abc"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("\ufeffstart", "start"),
        ("half \ud800 character", "half  character"),
        ("e\u0301 か\u3099", "é が"),
        ("か\u309a", "か゜"),
        ("葛\U000e0100城", "葛城"),
        ("👍🏽 ✅\ufe0f", "👍 ✅"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\tb", "a    b"),
    ],
)
def test_text_is_cleaned_of_what_cannot_be_seen(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("name", ["﨑", "髙", "𠮷", "𠮟", "𩸽", "神", "福", "ﾊﾟ", "㈱", "ﬁ"])
def test_kanji_of_names_are_not_rewritten(name: str) -> None:
    assert clean(name) == name


@pytest.mark.parametrize("name", ["﨑", "髙", "𠮷", "𠮟", "𩸽"])
@pytest.mark.parametrize("bold", [False, True])
def test_rare_kanji_of_names_are_drawn_by_the_documents_own_font(name: str, bold: bool) -> None:
    typesetter = Typesetter()
    (run,) = typesetter.runs(name, bold=bold)
    assert run.font == (BOLD if bold else REGULAR)
    assert typesetter.unshown == 0


def test_letters_the_first_font_lacks_come_from_the_next() -> None:
    fonts = [run.font for run in Typesetter().runs("計Č😀")]
    assert fonts == [REGULAR, "NotoSans-Regular", "NotoEmoji-Regular"]


def test_what_no_font_has_is_shown_as_a_mark_and_counted_once() -> None:
    typesetter = Typesetter()
    for _again in range(3):
        text = "".join(run.text for run in typesetter.runs("العربية ok"))
    assert text == MISSING * 7 + " ok"
    assert typesetter.unshown == 7


@given(st.text())
def test_every_letter_is_drawn_by_a_font_that_has_it(text: str) -> None:
    for run in Typesetter().runs(text):
        assert all(ord(letter) in glyphs(run.font) or letter == "\n" for letter in run.text)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=60), st.floats(10, 300))
def test_a_shortened_text_fits(text: str, limit: float) -> None:
    typesetter = Typesetter()
    short = typesetter.shortened(text, 9, limit)
    assert typesetter.width(short, 9) <= max(limit, typesetter.width("…", 9)) + 1e-6
    assert "\n" not in short


def test_a_text_that_fits_is_left_alone() -> None:
    assert Typesetter().shortened("株式会社アクメ", 9, 200) == "株式会社アクメ"
