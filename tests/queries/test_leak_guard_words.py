"""Internal words: what is found, what is left in peace, and whose list it is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from csdesk.actions.desk import set_setting
from csdesk.actions.leak_guard import set_internal_words
from csdesk.errors import UserError
from csdesk.model.records import WorkspaceSetting
from csdesk.queries import leak_guard_words
from csdesk.queries.leak_guard_folding import FoldedTexts, fold, origin
from csdesk.queries.leak_guard_matches import Gravity
from csdesk.queries.leak_guard_places import ShownText
from csdesk.queries.leak_guard_words import (
    INTERNAL_WORDS,
    internal_words,
    shipped_words,
    word_matches,
)
from csdesk.workspace.workspace import Workspace


def found_in(
    workspace: Workspace, text: str, entity: str = "goal", field: str = "title"
) -> list[tuple[str, str, Gravity]]:
    """Return each word that is found, as it stands in the text, with its gravity."""

    def look(session: Session) -> list[tuple[str, str, Gravity]]:
        places = [ShownText(entity, "x", field, text, text)]
        matches = word_matches(session, places, FoldedTexts([text]))
        return [(one.word, text[one.start : one.end], one.severity) for one in matches]

    return workspace.read(look)


FOUND = [
    ("解約の申し出", "解約", "解約"),
    ("解 約", "解約", "解 約"),
    ("中途解\n約", "解約", "解\n約"),
    ("チャーン率を下げる", "チャーン", "チャーン"),
    ("ﾁｬｰﾝの兆し", "チャーン", "ﾁｬｰﾝ"),
    ("チャーーンの兆し", "チャーン", "チャーーン"),
    ("アップセルの機会", "アップセル", "アップセル"),
    ("ｱｯﾌﾟｾﾙ", "アップセル", "ｱｯﾌﾟｾﾙ"),
    ("アップセール提案", "アップセル", "アップセール"),
    ("アップ・セル", "アップセル", "アップ・セル"),
    ("クロスセル", "クロスセル", "クロスセル"),
    ("ヘルススコアーが低い", "ヘルススコア", "ヘルススコアー"),
    ("ハイリスク", "リスク", "リスク"),
    ("リ\u200bスク", "リスク", "リ\u200bスク"),
    ("キ−マン", "キーマン", "キ−マン"),
    ("競合他社より", "競合他社", "競合他社"),
    ("社外秘です", "社外秘", "社外秘"),
    ("来期の値上げ", "値上げ", "値上げ"),
    ("ARR", "ARR", "ARR"),
    ("ＡＲＲを伸ばす", "ARR", "ＡＲＲ"),
    ("arr.", "ARR", "arr"),
    ("both ARRs", "ARR", "ARRs"),
    ("MRR2026", "MRR", "MRR"),
    ("(LTV)", "LTV", "LTV"),
    ("our NRR/GRR", "NRR", "NRR"),
    ("Upsell to them", "up-sell", "Upsell"),
    ("up-selling", "up-sell", "up-selling"),
    ("two cross sells", "cross-sell", "cross sells"),
    ("they churned", "churn", "churned"),
    ("Health   Score", "health score", "Health   Score"),
    ("Ｈｅａｌｔｈ　Ｓｃｏｒｅ", "health score", "Ｈｅａｌｔｈ　Ｓｃｏｒｅ"),
    ("DO NOT SHARE", "do not share", "DO NOT SHARE"),
    ("don’t share this", "don't share", "don’t share"),
    ("at risk accounts", "at-risk account", "at risk accounts"),
    ("a detractor's view", "detractor", "detractor's"),
    ("Competitors", "competitor", "Competitors"),
]
LEFT_IN_PEACE = [
    "an array of options, a quarrel, a carrier",
    "marriage, larry, ltvx",
    "チャンスをつかむ",
    "アスタリスクを外す",
    "オベリスク見学",
    "御社内での展開、貴社内の説明会",
    "価値上げる",
    "約束を理解",
    "スキーマンテナンス",
    "internally, internationalisation",
    "internal combustion engines",
    "health of the score",
    "crossing cells",
]


@pytest.mark.parametrize(("text", "word", "as_written"), FOUND)
def test_an_internal_word_is_found_as_people_write_it(
    shared: Workspace, text: str, word: str, as_written: str
) -> None:
    assert (word, as_written) in [one[:2] for one in found_in(shared, text)]


@pytest.mark.parametrize("text", LEFT_IN_PEACE)
def test_what_only_looks_like_an_internal_word_is_left_in_peace(
    shared: Workspace, text: str
) -> None:
    assert found_in(shared, text) == []


def test_a_risk_in_its_own_wording_is_pointed_out_and_stops_nothing(shared: Workspace) -> None:
    assert found_in(shared, "移行のリスク")[0][2] == Gravity.SERIOUS
    assert found_in(shared, "移行のリスク", "risk", "customer_wording")[0][2] == Gravity.NOTICE


@pytest.mark.parametrize("text", ["社内展開", "Internal training", "競合", "confidential"])
def test_words_that_customers_use_too_are_notices(shared: Workspace, text: str) -> None:
    assert [one[2] for one in found_in(shared, text)] == [Gravity.NOTICE]


def test_a_word_within_a_longer_one_is_told_once(shared: Workspace) -> None:
    assert [one[0] for one in found_in(shared, "競合他社の動き")] == ["競合他社"]
    assert [one[0] for one in found_in(shared, "ARRとARRと競合")] == ["ARR", "競合"]


def test_the_list_can_be_changed_and_put_back(workspace: Workspace) -> None:
    words = [*(word for word in shipped_words() if word != "リスク"), " 特価 ", "特価", "", "Zed"]
    workspace.write("Words", set_internal_words, words)
    kept = workspace.read(internal_words)
    assert "リスク" not in kept
    assert kept[-2:] == ("特価", "Zed")
    assert found_in(workspace, "リスクと特価とｚｅｄ") == [
        ("特価", "特価", Gravity.SERIOUS),
        ("Zed", "ｚｅｄ", Gravity.SERIOUS),
    ]
    workspace.write("Words", set_internal_words, shipped_words())
    assert workspace.read(internal_words) == shipped_words()
    row = workspace.read(lambda session: session.get(WorkspaceSetting, INTERNAL_WORDS))
    assert row is not None
    assert row.value is None


def test_a_word_that_a_later_version_ships_arrives_and_one_taken_out_stays_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [word for word in shipped_words() if word != "MRR"]
    workspace.write("Words", set_internal_words, [*words, "特価"])
    monkeypatch.setattr(
        leak_guard_words, "SERIOUS_WORDS", (*leak_guard_words.SERIOUS_WORDS, "新語")
    )
    kept = workspace.read(internal_words)
    assert "新語" in kept
    assert "MRR" not in kept
    workspace.write("Words", set_internal_words, [word for word in kept if word != "新語"])
    monkeypatch.undo()
    workspace.write("Words", set_internal_words, workspace.read(internal_words))
    monkeypatch.setattr(
        leak_guard_words, "SERIOUS_WORDS", (*leak_guard_words.SERIOUS_WORDS, "新語")
    )
    assert "新語" not in workspace.read(internal_words)


@pytest.mark.parametrize("value", ["no json", "[]", '{"added": 7}', '{"removed": [1, null]}', "3"])
def test_a_setting_that_cannot_be_read_is_the_shipped_list(
    workspace: Workspace, value: str
) -> None:
    workspace.write("Set", set_setting, INTERNAL_WORDS, value)
    assert workspace.read(internal_words) == shipped_words()


def test_a_list_beyond_measure_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="too long"):
        workspace.write("Words", set_internal_words, ["x" * 101])
    with pytest.raises(UserError, match="at most"):
        workspace.write("Words", set_internal_words, [f"word{n}" for n in range(1001)])


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_any_word_is_found_in_any_text_and_its_place_is_its_own(text: str, word: str) -> None:
    """A word that is no Latin one is found wherever it stands; nothing makes the search fail."""
    folded = fold(word)
    if folded.strip(" -‐'’ー・") != folded or not folded:
        return
    pattern = leak_guard_words.word_pattern(folded)
    spaced = f"{text} {word} {text}"
    texts = FoldedTexts([spaced])
    found = list(texts.finds(pattern))
    if fold(f" {word} ").strip() in texts.texts[0]:
        assert found
    for _index, start, end in found:
        first, last = origin(spaced, start, end)
        assert 0 <= first < last <= len(spaced)


@given(st.text(alphabet="aＡア ガｶﾞ\u3099ー-−髙高\u200b\nﬁß解約x", max_size=40))
def test_a_part_of_a_folded_text_comes_from_a_part_of_the_text(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded)):
        start, end = origin(text, at, at + 1)
        part = text[start:end]
        assert part
        if folded[at] == "ー":
            assert part == text or part[0] in "ー-−〜"
        else:
            assert folded[at] in fold(part)


def test_only_what_differs_from_the_shipped_list_is_kept(workspace: Workspace) -> None:
    text = workspace.read(leak_guard_words.changed_setting, [*shipped_words(), "特価"])
    assert text is not None
    assert json.loads(text) == {"added": ["特価"], "removed": []}
