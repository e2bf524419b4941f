"""Where a line of Japanese or English text may end, and where it should.

ReportLab's own breaking ends lines with （, hangs marks outside the column and cuts dates, words
and addresses in two. Here both ends of a line obey kinsoku; words, dates, numbers with their
counters and addresses stay whole. Pure functions over a string and the widths of its characters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

NEVER_FIRST = frozenset(
    "!),.:;?]}¢°’”‰′″℃%、。々〉》」』】〕〗〙〛〟"
    "ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶ・ーヽヾ"
    "！％），．：；？］｝｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ￠…‥〜～–―‐‑〻⁇⁈⁉"
)
"""Marks that may not begin a line (行頭禁則)."""

NEVER_LAST = frozenset("([{‘“〈《「『【〔〖〘〚〝（［｛｢＄￡￥＃〒§$£¥#№")
"""Marks that may not end a line (行末禁則)."""

_INSEPARABLE = frozenset("…‥—―")
_WHOLE = re.compile(
    r"https?://[!-~]+"
    r"|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|第?[0-9０-９]+(?:[.,:/．，][0-9０-９]+)*"
    r"(?:年(?:[0-9０-９]+月(?:[0-9０-９]+日)?)?|月(?:[0-9０-９]+日)?)"
    r"(?:\([月火水木金土日]\)|（[月火水木金土日]）)?"
    r"|(?:第|[¥$€£￥±+−-])?[0-9０-９]+(?:[.,:/．，-][0-9０-９]+)*"
    r"(?:[ \u00a0]?(?:%|％)|四半期|か月|ヶ月|カ月|週間|年間|年度|日間|時間|営業日"
    r"|[年月日時分秒円件社名人回台本個倍期位点歳者店箇割つ万億])?"
)
_OPENING_AND_SPACES = re.compile(f"[{re.escape(''.join(sorted(NEVER_LAST)))}][ \u3000]+")
_WORD_JOINTS = frozenset("-/–—")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the characters from `start` up to `end`, and how wide they are set."""

    start: int
    end: int
    width: float


def _is_wide(character: str) -> bool:
    code = ord(character)
    return code >= 0x2E80 and not 0xFF61 <= code <= 0xFFDC


def _clings(character: str) -> bool:
    """Tell whether `character` is part of the one before it."""
    return character > "\u02ff" and unicodedata.combining(character) != 0


def break_opportunities(text: str) -> bytearray:
    """Mark where a line may begin: element i is 1 when it may begin with text[i].

    The result is one longer than `text`; its ends are 0.
    """
    allowed = bytearray(1)
    allowed.extend(map(_may_part, text, text[1:]))
    allowed.extend(bytes(len(text) + 1 - len(allowed)))
    for whole in _WHOLE.finditer(text):
        start, end = whole.span()
        allowed[start + 1 : end] = bytes(end - start - 1)
    for opening in _OPENING_AND_SPACES.finditer(text):
        allowed[opening.end()] = 0
    return allowed


@lru_cache(maxsize=1 << 16)
def _may_part(before: str, after: str) -> bool:
    """Tell whether a line may end with `before` and the next begin with `after`."""
    if after in " \u3000" or after in NEVER_FIRST:
        return False
    if before in " \u3000":
        return True
    if "\u00a0" in (before, after) or _clings(after):
        return False
    if before in NEVER_LAST or (before in _INSEPARABLE and after in _INSEPARABLE):
        return False
    return _is_wide(before) or _is_wide(after) or (before in _WORD_JOINTS and after.isalpha())


def break_lines(
    text: str,
    widths: Sequence[float],
    limit: float,
    *,
    preferred: AbstractSet[int] = frozenset(),
    balanced: bool = False,
) -> list[Line]:
    r"""Cut `text` into lines no wider than `limit`; "\n" ends a line and belongs to none.

    `widths` are the advances of the characters. Spaces where a line ends belong to none. A line
    ends at one of `preferred` where that leaves it at least 55 % full. `balanced` makes all
    lines about as long; without it only a last line of one to three characters is mended. A word
    longer than a line is cut where it must be.
    """
    allowed = break_opportunities(text)
    sums = [0.0, *accumulate(widths)]
    lines: list[Line] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        filler = _Filler(text, sums, allowed, preferred, start, end)
        lines += filler.balanced(limit) if balanced else filler.without_orphan(limit)
        start = end + 1
    return lines


@dataclass(frozen=True, slots=True)
class _Filler:
    """Fills the lines of one stretch of text that has no forced line end inside."""

    text: str
    sums: Sequence[float]
    allowed: bytearray
    preferred: AbstractSet[int]
    start: int
    end: int

    def fill(self, limit: float) -> list[Line]:
        """Put as much on each line as it holds."""
        lines: list[Line] = []
        start = self.start
        while True:
            stop = self._next_start(start, limit)
            end = stop
            while end > start and self.text[end - 1] in " \u3000":
                end -= 1
            lines.append(Line(start, end, self.sums[end] - self.sums[start]))
            start = stop
            while start < self.end and self.text[start] == " ":
                start += 1
            if start >= self.end:
                return lines

    def without_orphan(self, limit: float) -> list[Line]:
        """Fill, but leave no lonely last line where a slightly narrower column has none."""
        lines = self.fill(limit)
        if len(lines) == 1 or not self._is_lonely(lines[-1], limit):
            return lines
        least = self._widest_piece(limit)
        for share in (0.97, 0.94, 0.9, 0.86):
            narrower = self.fill(max(limit * share, least))
            if len(narrower) > len(lines):
                break
            if not self._is_lonely(narrower[-1], limit):
                return narrower
        return lines

    def balanced(self, limit: float) -> list[Line]:
        """Fill the same number of lines as evenly as they go."""
        lines = self.fill(limit)
        if len(lines) == 1 or len(lines) > 6:
            return lines
        low, high = max(limit * 0.4, self._widest_piece(limit)), limit
        while high - low > limit * 0.02:
            middle = (low + high) / 2
            attempt = self.fill(middle)
            if len(attempt) == len(lines):
                high, lines = middle, attempt
            else:
                low = middle
        return lines

    @staticmethod
    def _is_lonely(line: Line, limit: float) -> bool:
        return line.end - line.start <= 3 or line.width < limit * 0.14

    def _widest_piece(self, limit: float) -> float:
        """Measure the widest piece that may not be cut and need not be: it fits in `limit`."""
        widest, start = 0.0, self.start
        while start < self.end:
            end = self.allowed.find(1, start + 1, self.end)
            end = self.end if end < 0 else end
            width = self.sums[end] - self.sums[start]
            if width <= limit:
                widest = max(widest, width)
            start = end
        return widest

    def _next_start(self, start: int, limit: float) -> int:
        """Find where the line after the one beginning at `start` begins."""
        reach = bisect_right(self.sums, self.sums[start] + limit + 1e-6, start, self.end + 1) - 1
        while reach < self.end and self.text[reach] == " ":  # spaces hang
            reach += 1
        if reach >= self.end:
            return self.end
        if self.preferred:
            shortest = self.sums[start] + limit * 0.55
            for index in range(reach, start, -1):
                if self.sums[index] < shortest:
                    break
                if self.allowed[index] and index in self.preferred:
                    return index
        index = self.allowed.rfind(1, start + 1, reach + 1)
        return index if index > start else self._forced(start, max(reach, start + 1))

    def _forced(self, start: int, reach: int) -> int:
        """Cut a word that is longer than the line: after a joint of an address, else anywhere."""
        for index in range(reach, start + (reach - start) // 2, -1):
            if self.text[index - 1] in "/?&=-_." and self.text[index] not in NEVER_FIRST:
                return index
        index = reach
        while index > start + 1 and not self._may_be_cut(index):
            index -= 1
        return index if self._may_be_cut(index) else reach

    def _may_be_cut(self, index: int) -> bool:
        before, after = self.text[index - 1], self.text[index]
        return not (after in NEVER_FIRST or before in NEVER_LAST or _clings(after))


@cache
def _phrase_parser() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()


def phrase_breaks(text: str) -> frozenset[int]:
    """Tell where the phrases of a Japanese title begin (文節): the breaks a reader likes best."""
    if not any(_is_wide(character) for character in text):
        return frozenset()
    return frozenset(accumulate(len(phrase) for phrase in _phrase_parser().parse(text)))
