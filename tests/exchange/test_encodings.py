"""Bytes become text, or the person is asked; never a silent guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.exchange.encodings import LADDER, UndecidedEncodingError, decode

STORES = "店舗,地域,区分\n新宿店,東京,直営\n大阪店,大阪,直営\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (STORES.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + STORES.encode("utf-8"), "utf-8"),
        (b"\xff\xfe" + STORES.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + STORES.encode("utf-16-be"), "utf-16-be"),
        (STORES.encode("utf-16-le"), "utf-16-le"),
        (STORES.encode("utf-16-be"), "utf-16-be"),
        (STORES.encode("cp932"), "cp932"),
    ],
)
def test_an_evident_encoding_is_read_without_a_question(data: bytes, encoding: str) -> None:
    decoded = decode(data, "stores.csv")

    assert decoded.text == STORES
    assert decoded.encoding == encoding


@pytest.mark.parametrize(
    "text",
    ["Café Ltd", "Straße,Köln", "£500", "Ösaka — 10 °C", "𠮷野家", "髙島屋", "店舗", "🙂", "Ж"],
)
def test_utf_8_is_recognised_even_when_a_single_character_speaks_for_it(text: str) -> None:
    assert decode(f"name\n{text}\n".encode(), "a.csv").text == f"name\n{text}\n"


@pytest.mark.parametrize("encoding", ["euc_jp", "cp1252", "utf-16", "shift_jis", "UTF8", "latin-1"])
def test_the_encoding_that_was_named_is_used(encoding: str) -> None:
    text = "名,é" if encoding not in {"cp1252", "latin-1"} else "nom,é"
    written = text.replace("é", "á") if encoding == "euc_jp" else text
    if encoding == "shift_jis":
        written = "名,①髙"
        assert decode(written.encode("cp932"), "a.csv", encoding).text == written
        return
    assert decode(written.encode(encoding), "a.csv", encoding).text == written


def test_two_possible_readings_are_both_shown_and_neither_is_chosen() -> None:
    data = "店舗,売上\n新宿店,1\n".encode("euc_jp")

    with pytest.raises(UndecidedEncodingError) as caught:
        decode(data, "stores.csv")

    readings = {each.encoding: each.sample for each in caught.value.readings}
    assert readings["euc_jp"] == "店舗,売上"
    assert readings["cp1252"] == "店舗,売上".encode("euc_jp").decode("cp1252")
    assert caught.value.line == 1
    assert "--encoding" in str(caught.value)
    assert "店舗,売上" in str(caught.value)


def test_the_sample_is_the_first_line_on_which_the_readings_differ() -> None:
    data = "id,name\n1,abc\n2,店\n".encode("euc_jp")

    with pytest.raises(UndecidedEncodingError) as caught:
        decode(data, "stores.csv")

    assert caught.value.line == 3
    assert "2,店" in [each.sample for each in caught.value.readings]


def test_cp932_without_a_byte_that_rules_cp1252_out_is_asked_for() -> None:
    with pytest.raises(UndecidedEncodingError) as caught:
        decode("店舗,地域\n福岡店,福岡\n".encode("cp932"), "stores.csv")

    assert {each.encoding for each in caught.value.readings} == {"cp932", "cp1252"}


def test_a_text_of_none_of_our_encodings_is_not_taken_for_french() -> None:
    with pytest.raises(UndecidedEncodingError) as caught:
        decode("Компания,Город\n".encode("cp1251"), "accounts.csv")

    assert "cp1252" in {each.encoding for each in caught.value.readings}


def test_old_mail_japanese_is_not_taken_for_ascii() -> None:
    with pytest.raises(UndecidedEncodingError) as caught:
        decode("店舗\n".encode("iso2022_jp"), "stores.csv")

    assert caught.value.readings[0].encoding == "iso2022_jp"
    assert decode("店舗\n".encode("iso2022_jp"), "stores.csv", "iso2022_jp").text == "店舗\n"


@pytest.mark.parametrize(
    "data",
    [
        b"name\nA\0B\n",
        b"\0" * 100,
        b"%PDF-1.7 ...",
        b"PK\x03\x04rest",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
        b"\x89PNG\r\n\x1a\n",
        b"SQLite format 3\0",
        b"\xff\xfea\0b",
        b"\xff\xfe\x00\x00a\x00\x00\x00",
        b"\x81\x8d\xff\xfe\xfd\x81",
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        decode(data, "data.csv")

    assert "data.csv" in caught.value.message
    assert caught.value.advice


def test_a_named_encoding_that_does_not_fit_names_the_line() -> None:
    with pytest.raises(UserError, match="line 3"):
        decode(b"a\nb\n\xff\xff\n", "a.csv", "utf-8")


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", "zlib", "idna"])
def test_an_unknown_encoding_is_a_plain_message(encoding: str) -> None:
    with pytest.raises(UserError) as caught:
        decode("é".encode(), "a.csv", encoding)
    assert all(name in caught.value.advice for name in LADDER)


@given(st.text(st.characters(max_codepoint=127, exclude_characters="\0\x1b")))
def test_ascii_is_never_ambiguous(text: str) -> None:
    assert decode(text.encode("ascii"), "a.csv").text == text


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))))
def test_utf_8_with_a_mark_always_reads_back(text: str) -> None:
    assert decode(text.encode("utf-8-sig"), "a.csv").text == text


NOT_ROUND = "\0\x1b¢£¬‖−〜¥‾"
"""CP932 writes some of these as their look-alikes; the others are no text or an escape."""


@given(
    st.sampled_from(["cp932", "euc_jp", "cp1252"]).flatmap(
        lambda codec: st.tuples(
            st.just(codec), st.text(st.characters(codec=codec, exclude_characters=NOT_ROUND))
        )
    )
)
def test_a_legacy_text_reads_back_or_is_asked_for_and_is_never_silently_wrong(
    example: tuple[str, str],
) -> None:
    codec, text = example
    data = text.encode(codec)
    try:
        decoded = decode(data, "a.csv")
    except UndecidedEncodingError:
        return
    except UserError:
        assert data.startswith((b"%PDF-", b"GIF8", b"Rar!", b"PK\x03\x04"))
        return
    # Bytes that obey the structure of UTF-8 are UTF-8: the one reading that proves itself.
    assert decoded.text == text or decoded.encoding == "utf-8"


WORDS = "あいうえおカキクケコ東京都大阪市新宿店株式会社売上ｱｲｳﾏｴ,\n"


@given(st.text(st.sampled_from(WORDS), min_size=1))
@pytest.mark.parametrize("codec", ["cp932", "euc_jp"])
def test_japanese_words_are_never_silently_wrong_in_any_encoding(codec: str, text: str) -> None:
    data = text.encode(codec)
    try:
        possible = [decode(data, "a.csv").text]
    except UndecidedEncodingError as error:
        possible = [data.decode(each.encoding) for each in error.readings]
    assert text in possible
