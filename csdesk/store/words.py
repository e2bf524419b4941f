"""How text becomes searchable words, the same way for what is stored and what is asked.

Japanese has no spaces, so each of its characters is a word of its own and a query is a phrase of
them: one- and two-character words are found like any other. Width, case, kana and the common
variants of kanji in names do not matter.
"""

from __future__ import annotations

import re
import unicodedata

_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
VARIANTS = {
    ord(old): new
    for old, new in zip(
        "髙﨑德濵濱邊邉齋齊澤廣國櫻嶋嶌", "高崎徳浜浜辺辺斎斎沢広国桜島島", strict=True
    )
}
"""Kanji of names, by code, to the common form of each, as `str.translate` takes them."""

_FOLD = _KATAKANA | {code: ord(char) for code, char in VARIANTS.items()}
_CJK = (
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_ONE_CJK = re.compile(f"([{_CJK}])")
MAX_WORDS = 32
"""How many words a search looks for: far more than anybody types, and no load for the index."""

_NO_WORD = re.compile('["\x00-\x1f\x7f\ud800-\udfff]')
_ENDS_IN_CJK = re.compile(f"[{_CJK}]$")


def fold(text: str) -> str:
    """Make texts alike that a reader takes for the same: width, case, kana, kanji variants."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)


def indexable(text: str) -> str:
    """Write a text as the words the index keeps."""
    return _ONE_CJK.sub(r" \1 ", fold(text))


def match_expression(asked: str) -> str | None:
    """Write what the user typed as an FTS5 query: every word must occur, and may go on.

    Quotation marks and operators are no more than what they stand between. After MAX_WORDS words
    the rest is not asked. Returns None where nothing searchable was typed.
    """
    phrases = []
    for word in asked_words(asked):
        spaced = " ".join(_ONE_CJK.sub(r" \1 ", word).split())
        more = "" if _ENDS_IN_CJK.search(spaced) else "*"
        phrases.append(f'"{spaced}"{more}')
    return " AND ".join(phrases) or None


def asked_words(asked: str) -> list[str]:
    """Split what the user typed into the words that are searched for, folded."""
    words = _NO_WORD.sub(" ", fold(asked)).split()
    return [word for word in words if any(map(_is_word_character, word))][:MAX_WORDS]


def _is_word_character(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN" or unicodedata.category(char) in ("So", "Co")
