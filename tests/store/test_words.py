"""What a reader takes for the same word is found, Japanese of one character included."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.store.driver import RawConnection, connect
from csdesk.store.words import MAX_WORDS, asked_words, fold, indexable, match_expression

KANJI = st.sampled_from("東京精密株式会社新宿店髙島屋𠮷野家渡邊齋藤契約更新定着率々〆ヶ")
KANA = st.sampled_from(
    "あいうえおがぎぐげごぱぴぷっゃゅょんーアイウエオカガサザタダナハバパマヤラワンヴ"
)
JAPANESE = st.text(KANJI | KANA, min_size=1, max_size=30)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789éüñ", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RawConnection]:
    """Return an index like the program's, with nothing in it."""
    made = connect(tmp_path_factory.mktemp("words") / "words.db")
    made.execute(
        "CREATE VIRTUAL TABLE words USING fts5(body, prefix='1 2 3',"
        " tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co So'\")"
    )
    yield made
    made.close()


def is_found(index: RawConnection, text: str, asked: str) -> bool:
    expression = match_expression(asked)
    assert expression is not None
    index.execute("DELETE FROM words")
    index.execute("INSERT INTO words VALUES (?)", (indexable(text),))
    found = index.execute("SELECT count(*) FROM words WHERE words MATCH ?", (expression,))
    return bool(found.fetchone()[0])


@given(JAPANESE, st.data())
def test_any_part_of_a_japanese_text_is_found(
    index: RawConnection, text: str, data: st.DataObject
) -> None:
    text = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text) - 1))
    asked = text[start : data.draw(st.integers(start + 1, len(text)))]
    if unicodedata.normalize("NFKC", asked)[0] not in "\u3099\u309a":
        assert is_found(index, f"前{text}後", asked)


@given(LATIN, st.data())
def test_the_beginning_of_any_word_is_found(
    index: RawConnection, word: str, data: st.DataObject
) -> None:
    asked = word[: data.draw(st.integers(1, len(word)))]
    assert is_found(index, f"before {word}, after", asked)


@given(st.lists(JAPANESE | LATIN, min_size=1, max_size=5), st.randoms())
def test_words_are_found_in_any_order(index: RawConnection, words: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    asked = list(words)
    chance.shuffle(asked)
    assert is_found(index, " ".join(words), " ".join(asked))


@given(st.text(max_size=40))
def test_nothing_that_can_be_typed_breaks_a_search(index: RawConnection, asked: str) -> None:
    expression = match_expression(asked)
    if expression is not None:
        index.execute("SELECT count(*) FROM words WHERE words MATCH ?", (expression,)).fetchone()


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text) or unicodedata.normalize("NFKC", fold(text)) != fold(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("東京精密株式会社", "精"),
        ("東京精密株式会社", "精密"),
        ("髙島屋", "高島屋"),
        ("高島屋", "髙島"),
        ("渡邊", "渡辺"),
        ("𠮷野家", "𠮷"),
        ("ｻｲﾎﾞｳｽﾞ", "サイボウズ"),
        ("サイボウズ", "さいぼうず"),
        ("ＮＴＴデータ", "ntt"),
        ("NTTデータ", "ＮＴＴデ"),
        ("Café Zürich", "cafe zur"),
        ("Salesforce導入", "導入"),
        ("Salesforce導入", "sales"),
        ("R&D部門", "r&d"),
        ("2026年度の計画", "2026"),
        ("㈱日立", "株"),
        ("達成率120%", "120"),
        ("🎉祝", "🎉"),
        ("データ・ドリブン", "ドリブン"),
        ("コーヒー", "ー"),
        ("株式会社　北", "株式会社 北"),
    ],
)
def test_what_is_the_same_to_a_reader_is_found(index: RawConnection, text: str, asked: str) -> None:
    assert is_found(index, text, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [("東京", "京東"), ("North", "orth"), ("東京 大阪", "京大 阪x"), ("株式会社", "会社株")],
)
def test_what_is_not_there_is_not_found(index: RawConnection, text: str, asked: str) -> None:
    assert not is_found(index, text, asked)


@pytest.mark.parametrize("asked", ["", " ", "　", '"', "*", "・", "—", '""*', "()", "\u3099"])
def test_nothing_searchable_asks_for_nothing(asked: str) -> None:
    assert match_expression(asked) is None


def test_endless_input_asks_for_the_first_words_only() -> None:
    assert asked_words(" ".join(map(str, range(500)))) == [str(n) for n in range(MAX_WORDS)]


@given(st.text(st.characters(codec=None)))
def test_an_expression_can_be_stored_and_ends_no_phrase_too_early(text: str) -> None:
    expression = match_expression(text)
    if expression is not None:
        assert expression.encode("utf-8")
        assert expression.count('"') == 2 * len(asked_words(text))
        assert "\x00" not in expression
