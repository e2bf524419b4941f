"""Each entry of a menu has a letter of its own, whatever is in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.access_keys import plain_text, with_access_keys


@pytest.mark.parametrize(
    ("texts", "keyed"),
    [
        (["&Save", "Save &as"], ["&Save", "Save &as"]),
        (["Settings", "&Save"], ["S&ettings", "&Save"]),
        (["&Save", "&Send"], ["&Save", "S&end"]),
        (["Add goal", "Add action"], ["&Add goal", "A&dd action"]),
        (["To review", "Today"], ["&To review", "T&oday"]),
        (["目標を追加", "施策を追加…"], ["目標を追加(&A)", "施策を追加(&B)…"]),
        (["取り込み(&I)…", "PDFに出力"], ["取り込み(&I)…", "PDFに出力(&A)"]),
        (["元に戻す(&U)「A && B」", "Undo"], ["元に戻す(&U)「A && B」", "U&ndo"]),
        (["a", "A", "a"], ["&a", "A", "a"]),
        (["&Open", "Open “A”…"], ["&Open", "Open “&A”…"]),
        (["R&&D plan"], ["&R&&D plan"]),
        (["(1) Plan"], ["(1) &Plan"]),
        ([], []),
    ],
)
def test_letters_are_given_without_a_clash(texts: list[str], keyed: list[str]) -> None:
    assert with_access_keys(texts) == keyed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&New…", "New"),
        ("元に戻す(&U)", "元に戻す"),
        ("元に戻す(&U)「A && B」", "元に戻す「A & B」"),
        ("取り込み(&I)…", "取り込み"),
        ("R&&D", "R&D"),
        ("", ""),
    ],
)
def test_a_text_can_be_read_without_its_letter(text: str, plain: str) -> None:
    assert plain_text(text) == plain


WORDS = st.text(st.sampled_from("abAB &あア漢é(…)1"), max_size=8).map(
    lambda text: text.replace("&", "&&")
)


@given(st.lists(WORDS, max_size=40))
def test_no_letter_is_given_twice_and_no_word_changes(texts: list[str]) -> None:
    keyed = with_access_keys(texts)
    letters = [mark for text in keyed if (mark := marked(text))]
    assert len(letters) == len(set(letters))
    assert [plain_text(text) for text in keyed] == [plain_text(text) for text in texts]


def marked(text: str) -> str:
    """Return the letter marked in a text, read the way Qt does."""
    at = 0
    while at < len(text) - 1:
        if text[at] == "&":
            if text[at + 1] != "&":
                return text[at + 1].lower()
            at += 1
        at += 1
    return ""
