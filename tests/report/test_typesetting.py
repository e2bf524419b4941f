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
        ("か\u309aト\u309a", "か\u309aト\u309a"),
        ("\u309a亜\u3099 \u309a", "゜亜゛ ゜"),
        ("e\u0302\u0323 E\u0323\u0302", "ệ Ệ"),
        ("x\u030c", "x\u030c"),
        ("1\ufe0f\u20e3 ❤\ufe0f", "1 ❤"),
        ("👨\u200d👩\u200d👧 🇯🇵", "👨👩👧 🇯🇵"),
        ("辻\U000e0101 邉\ufe00", "辻 邉"),
        ("1\u202f000\u2009km", "1\u00a0000 km"),
        ("\u2066א\u2069", "א"),
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


_JP, _LATIN, _EMOJI = REGULAR, "NotoSans-Regular", "NotoEmoji-Regular"


@pytest.mark.parametrize(
    ("text", "runs", "unshown"),
    [
        ("𠮷𠮟𩸽髙﨑", [("𠮷𠮟𩸽髙﨑", _JP)], 0),
        ("か\u309aき\u309a", [("か\u309aき\u309a", _JP)], 0),
        ("ト\u309aウ\u3099", [("ト\u309aヴ", _JP)], 0),
        ("ČŘŽ", [("ČŘŽ", _LATIN)], 0),
        ("C\u030cR\u030c", [("ČŘ", _LATIN)], 0),
        ("Dvořák", [("Dvo", _JP), ("ř", _LATIN), ("ák", _JP)], 0),
        ("Жж", [("Жж", _JP)], 0),
        ("x\u030cy", [("x\u030c", _LATIN), ("y", _JP)], 0),
        ("Tiê\u0301ng Viê\u0323t", [("Tiếng Việt", _JP)], 0),
        ("₹500", [("₹", _LATIN), ("500", _JP)], 0),
        ("完了🎉", [("完了", _JP), ("🎉", _EMOJI)], 0),
        ("👨\u200d👩\u200d👧", [("👨👩👧", _EMOJI)], 0),
        ("👍🏽", [("👍", _EMOJI)], 0),
        ("🇯🇵", [("🇯🇵", _EMOJI)], 0),
        ("3\ufe0f\u20e3", [("3", _JP)], 0),
        ("葛\U000e0100城", [("葛城", _JP)], 0),
        ("☑✅", [("☑✅", _EMOJI)], 0),
        ("ﾊﾟｿｺﾝ", [("ﾊﾟｿｺﾝ", _JP)], 0),
        ("㋿①㎡㈱Ⅳ", [("㋿①㎡㈱Ⅳ", _JP)], 0),
        ("مرحبا", [(MISSING * 5, _JP)], 5),
        ("한국", [(MISSING * 2, _JP)], 2),
        ("ไทย", [(MISSING * 3, _JP)], 3),
        ("a\ud800b", [("ab", _JP)], 0),
        ("\x00\u202e", [], 0),
        ("\U0003134a", [(MISSING, _JP)], 1),
    ],
)
def test_each_text_is_set_in_the_fonts_that_have_it(
    text: str, runs: list[tuple[str, str]], unshown: int
) -> None:
    typesetter = Typesetter()
    assert [(run.text, run.font) for run in typesetter.runs(text)] == runs
    assert typesetter.unshown == unshown


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
