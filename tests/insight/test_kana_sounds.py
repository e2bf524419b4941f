"""Japanese is the same name in kana, Hepburn, Kunrei, and as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.kana_sounds import asked_sounds, has_kana, sounds


@pytest.mark.parametrize(
    ("kana", "written"),
    [
        ("フジ", ["fuji", "huzi", "Fuji", "ふじ", "ﾌｼﾞ", "ｆｕｊｉ"]),
        ("トウキョウ", ["tokyo", "toukyou", "tôkyô", "Tōkyō", "tookyoo"]),
        ("シンジュク", ["shinjuku", "sinzyuku", "shinnjuku"]),
        (
            "サッポロショウジ",
            ["sapporo shouji", "sapporosyozi", "sapporo shoji"],
        ),
        ("チャヅケ", ["chazuke", "tyazuke", "chaduke"]),
        ("ジュンイチ", ["jun'ichi", "junichi", "zyun'iti", "junnichi"]),
        ("ナンバ", ["namba", "nanba"]),
        ("グンマ", ["gumma", "gunma"]),
        ("マッチャ", ["matcha", "maccha", "mattya"]),
        ("リテールグループ", ["riteeruguruupu", "rite-ruguru-pu", "riteruguruupu"]),
        ("オオサカ", ["osaka", "oosaka", "ōsaka"]),
        ("ヴァイオリン", ["vaiorin", "baiorin"]),
        ("ファミリー", ["famirii", "famili", "famiri-"]),
        ("チェック", ["chekku", "tyekku"]),
        ("パーティー", ["pa-thi-", "paatii", "pati"]),
        ("ジェイ", ["jei", "zyei"]),
        ("シェア", ["shea", "syea"]),
        ("ウィーク", ["wi-ku", "wiiku"]),
        ("ツバサ", ["tsubasa", "tubasa"]),
        ("カトウ", ["katou", "katō", "Kato", "kato"]),
        ("キャンペーン", ["kyanpe-n", "kyampeen"]),
        ("デュアル", ["dyuaru", "dyualu"]),
    ],
)
def test_each_way_to_write_a_name_sounds_the_same(kana: str, written: list[str]) -> None:
    spoken = sounds(kana)
    assert {one: sounds(one).replace(" ", "") for one in written} == dict.fromkeys(written, spoken)
    assert spoken.isascii()


@pytest.mark.parametrize(
    ("kana", "typed"),
    [
        ("フジ", "fuji"),
        ("フジ", "huzi"),
        ("シンジュク", "shinjuku"),
        ("シンジュク", "sinzyuku"),
        ("チャヅケ", "chazuke"),
        ("ツバサ", "tsubasa"),
        ("ナンバ", "namba"),
        ("サッポロ", "sapporo"),
        ("マッチャ", "matcha"),
        ("トウキョウ", "toukyou"),
        ("ショウジ", "shouji"),
        ("ジュンイチ", "jun'ichi"),
        ("キャンペーン", "kyampe-n"),
    ],
)
def test_a_name_half_typed_begins_like_the_whole(kana: str, typed: str) -> None:
    for length in range(1, len(typed) + 1):
        begun = asked_sounds(typed[:length])
        assert any(sounds(kana).startswith(one) for one in begun), typed[:length]


def test_what_an_input_method_has_half_composed_begins_like_the_whole() -> None:
    for typed in ("f", "ふ", "ふj", "ふじ", "ふじr", "ふじり"):
        assert sounds("フジリテール").startswith(sounds(typed))


def test_kanji_and_other_scripts_stay_as_they_are() -> None:
    assert sounds("富士リテール") == "富士riteru"
    assert sounds("Кофе 12%") == "кофе 12%"
    assert not has_kana("富士 Retail")
    assert has_kana("富士ﾘﾃｰﾙ")


@given(st.text())
def test_a_spelling_is_the_end_of_spelling(text: str) -> None:
    once = sounds(text)
    assert sounds(once) == once or not once.isascii()


KANA = st.text(st.sampled_from([chr(code) for code in range(0x30A1, 0x30F5)]), max_size=12)


@given(KANA)
def test_katakana_and_hiragana_sound_alike(katakana: str) -> None:
    hiragana = "".join(chr(ord(char) - 0x60) for char in katakana)
    assert sounds(katakana) == sounds(hiragana)
    assert sounds(katakana).isascii()
