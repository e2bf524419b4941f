"""What fits best comes first, and the letters that were typed are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.fuzzy import Fit, Match, match
from csdesk.store.words import fold


def marked(asked: str, text: str) -> str:
    """Return the text with the marked letters in brackets."""
    found = match(asked, text, fold)
    assert found is not None
    return "".join(
        f"[{char}]" if place in found.places else char for place, char in enumerate(text)
    ).replace("][", "")


@pytest.mark.parametrize(
    ("asked", "text", "fit", "shown"),
    [
        ("blue harbor", "Blue Harbor", Fit.EXACT, "[Blue Harbor]"),
        ("bl", "Blue Harbor Bank", Fit.BEGINNING, "[Bl]ue Harbor Bank"),
        ("ＢＬ", "Blue Harbor Bank", Fit.BEGINNING, "[Bl]ue Harbor Bank"),
        ("ha", "Blue Harbor Bank", Fit.WORD, "Blue [Ha]rbor Bank"),
        ("ba", "Alibaba Banking", Fit.WORD, "Alibaba [Ba]nking"),
        ("bhb", "Blue Harbor Bank", Fit.INITIALS, "[B]lue [H]arbor [B]ank"),
        ("rb", "Blue Harbor Bank", Fit.INSIDE, "Blue Ha[rb]or Bank"),
        ("bluebk", "Blue Harbor Bank", Fit.LETTERS, "[Blue] Har[b]or Ban[k]"),
        ("富士", "富士リテール", Fit.BEGINNING, "[富士]リテール"),
        ("りて", "富士リテール", Fit.WORD, "富士[リテ]ール"),
        ("ﾘﾃｰﾙ", "富士リテール", Fit.WORD, "富士[リテール]"),
        ("新宿", "株式会社新宿商事12", Fit.INSIDE, "株式会社[新宿]商事12"),
        ("fuji", "フジテック", Fit.SOUND_BEGINNING, "[フジ]テック"),
        ("fuj", "フジテック", Fit.SOUND_BEGINNING, "[フジ]テック"),
        ("ふj", "フジテック", Fit.SOUND_BEGINNING, "[フジ]テック"),
        ("tekku", "フジテック", Fit.SOUND_INSIDE, "フジ[テック]"),
        ("高橋", "髙橋 陽子", Fit.BEGINNING, "[髙橋] 陽子"),
        ("が", "ｶﾞｽ", Fit.BEGINNING, "[ｶﾞ]ｽ"),
        ("株", "㈱青葉", Fit.INSIDE, "[㈱]青葉"),
    ],
)
def test_each_way_to_fit(asked: str, text: str, fit: Fit, shown: str) -> None:
    found = match(asked, text, fold)
    assert found is not None
    assert found.fit is fit
    assert marked(asked, text) == shown


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("xy", "Blue Harbor"),
        ("be", "Blue Harbor Bank"),  # two scattered letters say nothing
        ("uhb", "Blue Harbor Bank"),  # the first letter begins no word
        ("富士山", "富士リテール"),
        ("fuji", "富士"),  # nothing tells how kanji are read
        ("", "Blue"),
        ("a", ""),
    ],
)
def test_what_does_not_fit_is_not_found(asked: str, text: str) -> None:
    assert match(asked, text, fold) is None


TEXT = st.text(st.sampled_from("abAB -フジふ富㈱ｶﾞé"), min_size=1, max_size=12)


@given(TEXT, st.data())
def test_any_part_of_a_name_finds_it_and_marks_as_much(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    part = text[first:last]
    found = match(part, text, str.casefold)
    assert isinstance(found, Match)
    assert found.fit <= Fit.INSIDE
    assert len(found.places) >= 1


@given(TEXT, TEXT)
def test_marks_lie_within_the_text_in_order(asked: str, text: str) -> None:
    found = match(asked, text, fold)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert all(0 <= place < len(text) for place in found.places)
