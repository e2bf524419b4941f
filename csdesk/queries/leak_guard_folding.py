"""Texts made alike for comparing, and the way back to where something stands in the original.

Width, case, the long-vowel mark's many shapes, invisible characters, blanks and line breaks do
not matter, nor do the variants of kanji in names. Katakana stays apart from hiragana.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from csdesk.store.words import VARIANTS

LATIN = "0-9a-zß-öø-ɏ"
"""Letters and digits of Latin words, as a class of a regular expression; folded, so lower case."""

KATAKANA = "ァ-ヺーヽヾ"
HIRAGANA = "ぁ-ゖゝゞ"
_CJK = (
    f"\u3005-\u3007{HIRAGANA}{KATAKANA}\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_CLUSTERS = re.compile(".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
_BLANK = re.compile(r"\s")
_LONG_VOWEL = re.compile(f"(?<=[{KATAKANA}])[-‐-―−〜~](?=[{KATAKANA}])")
_SUPERFLUOUS = re.compile(rf"(?<= ) +|(?<=ー)ー+|(?<=[{_CJK}]) +(?=[{_CJK}])")
_BETWEEN = "\x00"
"""Stands between joined texts; no folded text has it."""


def fold(text: str) -> str:
    """Make texts alike that a reader takes for the same words."""
    return _SUPERFLUOUS.sub("", _evened(_basic(text)))


def _basic(text: str) -> str:
    """Fold what each character decides for itself, with the marks upon it."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    return plain.translate(VARIANTS)


def _evened(text: str) -> str:
    """Replace what its neighbours decide, one character by one."""
    return _LONG_VOWEL.sub("ー", _BLANK.sub(" ", text))


def origin(text: str, start: int, end: int) -> tuple[int, int]:
    """Tell which part of a text became `start` to `end` of its folded form.

    Where that cannot be told, for marks apart from their letters, it is all of the text.
    """
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    for cluster in _CLUSTERS.finditer(text):
        piece = _basic(cluster[0])
        pieces.append(piece)
        places += [cluster.span()] * len(piece)
    whole = _evened("".join(pieces))
    for found in reversed(list(_SUPERFLUOUS.finditer(whole))):
        del places[found.start() : found.end()]
    if _SUPERFLUOUS.sub("", whole) != fold(text) or not 0 <= start < end <= len(places):
        return 0, len(text)
    return places[start][0], places[end - 1][1]


class FoldedTexts:
    """Several texts, folded and joined, so that one search goes through all of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(fold(text) for text in texts)
        self.joined = _BETWEEN.join(self.texts)
        self._starts = []
        at = 0
        for text in self.texts:
            self._starts.append(at)
            at += len(text) + 1

    def at(self, place: int) -> tuple[int, int]:
        """Tell which text a place of `joined` lies in, and where in it."""
        index = bisect_right(self._starts, place) - 1
        return index, place - self._starts[index]

    def finds(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
        """Yield the text, start and end of everything a pattern finds."""
        for found in pattern.finditer(self.joined):
            index, start = self.at(found.start())
            yield index, start, start + found.end() - found.start()
