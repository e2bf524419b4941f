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
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from csdesk.report.whole_pieces import whole_pieces

NEVER_FIRST = frozenset(
    "!),.:;?]}¢°’”»‰′″℃%/、。々〉》」』】〕〗〙〛〞〟｠"
    "ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "・ーヽヾ！％），．／：；＞？］｝｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ￠…‥〜～–―‐‑゠〻⁇⁈⁉‼"
)
"""Marks that may not begin a line (行頭禁則)."""

NEVER_LAST = frozenset(
    "([{‘“«〈《「『【〔〖〘〚〝｟（＜［｛｢＄￡￥＃〒§$£€¥#№※●○◎■□◆◇▶►①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
)
"""Marks that may not end a line (行末禁則), and those that begin an item of a list."""

_INSEPARABLE = frozenset("…‥—―─━〳〴〵")
_SPACES = " \u3000"
_OPENING_AND_SPACES = re.compile(f"[{re.escape(''.join(sorted(NEVER_LAST)))}][ \u3000]+")
_QUOTED = re.compile('"[^"\n]*"')
_WORD_JOINTS = frozenset("-/–—")
_ADDRESS_JOINTS = ("/?&", "=-_.#+,;:")
"""After what an address longer than a line is cut: the first kind where there is one."""
_JOINER = "\u200d"
_LONGEST_SIGN = 16
"""An emoji of more characters, or a letter with more marks, is cut where the line is full."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the characters from `start` up to `end`, and how wide they are set."""

    start: int
    end: int
    width: float


def _is_wide(character: str) -> bool:
    """Tell whether lines may end beside `character` as they may beside a kanji."""
    code = ord(character)
    return (code >= 0x2E80 and not 0xFFA0 <= code <= 0xFFDC) or 0x2190 <= code <= 0x2BFF


def _are_one(before: str, after: str) -> bool:
    """Tell whether two characters are parts of one sign: a letter and its mark, an emoji."""
    if after <= "\u02ff":
        return False
    if before == _JOINER or after == _JOINER or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if "\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff":
        return True
    return (
        unicodedata.category(after) in ("Mn", "Mc", "Me") or "\U000e0020" <= after <= "\U000e007f"
    )


def _is_half_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def break_opportunities(text: str) -> bytearray:
    """Mark where a line may begin: element i is 1 when it may begin with text[i].

    The result is one longer than `text`; its ends are 0.
    """
    allowed = bytearray(1)
    allowed.extend(map(_may_part, text, text[1:]))
    allowed.extend(bytes(len(text) + 1 - len(allowed)))
    for start, end in whole_pieces(text):
        allowed[start + 1 : end] = bytes(end - start - 1)
    for opening in _OPENING_AND_SPACES.finditer(text):
        allowed[opening.end()] = 0
    if '"' in text:
        for quoted in _QUOTED.finditer(text):
            allowed[quoted.start() + 1] = allowed[quoted.end() - 1] = 0
    return allowed


@lru_cache(maxsize=1 << 16)
def _may_part(before: str, after: str) -> bool:
    """Tell whether a line may end with `before` and the next begin with `after`."""
    if after in _SPACES or after in NEVER_FIRST:
        return False
    if before in _SPACES:
        return True
    if "\u00a0" in (before, after) or _are_one(before, after):
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
    lines about as long; without it only a lonely last line is mended. A word longer than a line
    is cut where it must be; a letter and its marks, or an emoji, only where a line holds nothing
    else.
    """
    if "\n" not in text and sum(widths) <= limit:  # most cells of a table
        end = len(text.rstrip(_SPACES))
        return [Line(0, end, sum(widths[:end]))]
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
            while end > start and self.text[end - 1] in _SPACES:
                end -= 1
            lines.append(Line(start, end, self.sums[end] - self.sums[start]))
            start = stop
            if start >= self.end:
                return lines

    def without_orphan(self, limit: float) -> list[Line]:
        """Fill, but leave no lonely last line where making the few before it shorter helps."""
        lines = self.fill(limit)
        if len(lines) == 1 or not self._is_lonely(lines[-1], limit):
            return lines
        best = lines
        for count in range(2, min(len(lines), 4) + 1):
            tail = replace(self, start=lines[-count].start)
            least = tail._widest_piece(limit)
            for share in (0.97, 0.94, 0.9, 0.86, 0.82, 0.78):
                mended = tail.fill(max(limit * share, least))
                if len(mended) > count:
                    break
                if mended[-1].width > best[-1].width:
                    best = [*lines[:-count], *mended]
                    if not self._is_lonely(mended[-1], limit):
                        return best
        return best

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

    def _is_lonely(self, line: Line, limit: float) -> bool:
        """Tell whether a last line has three letters at most, or one short word."""
        letters = sum(one not in NEVER_FIRST for one in self.text[line.start : line.end])
        if letters <= 3 or line.width < limit * 0.14:
            return True
        is_one_word = self.allowed.find(1, line.start + 1, line.end) < 0
        return is_one_word and line.width < limit * 0.25

    def _widest_piece(self, limit: float) -> float:
        """Measure the widest piece that may not be cut and need not be: it fits in `limit`."""
        widest, start = 0.0, self.start
        while start < self.end:
            after = self.allowed.find(1, start + 1, self.end)
            after = end = self.end if after < 0 else after
            while end > start and self.text[end - 1] in _SPACES:
                end -= 1
            width = self.sums[end] - self.sums[start]
            if width <= limit:
                widest = max(widest, width)
            start = after
        return widest

    def _next_start(self, start: int, limit: float) -> int:
        """Find where the line after the one beginning at `start` begins."""
        reach = bisect_right(self.sums, self.sums[start] + limit + 1e-6, start, self.end + 1) - 1
        while reach < self.end and self.text[reach] in _SPACES:  # spaces hang
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
        """Cut a piece that is longer than the line: an address after a joint, else anywhere."""
        half = start + (reach - start) // 2
        for joints in _ADDRESS_JOINTS:
            for index in range(min(reach, self.end - 1), half, -1):
                if self.text[index - 1] in joints and self._may_be_cut(index):
                    return index
        for may_cut in (self._parts_number, self._may_be_cut, self._parts_signs):
            for index in range(min(reach, self.end - 1), start, -1):
                if may_cut(index):
                    return index
        for index in range(reach, min(start + _LONGEST_SIGN, self.end)):
            if self._parts_signs(index):
                return index
        return self.end if self.end - start <= _LONGEST_SIGN else reach

    def _parts_number(self, index: int) -> bool:
        """Tell whether a date or an amount may be parted here at the worst: 2026年|3月31日."""
        before, after = self.text[index - 1], self.text[index]
        if before.isdigit() or before in "第¥￥" or not _may_part(before, after):
            return False
        return self._parts_signs(index)

    def _may_be_cut(self, index: int) -> bool:
        before, after = self.text[index - 1], self.text[index]
        if after in NEVER_FIRST or after in _SPACES or before in NEVER_LAST:
            return False
        return self._parts_signs(index)

    def _parts_signs(self, index: int) -> bool:
        flags = index
        while flags > self.start and _is_half_flag(self.text[flags - 1]):
            flags -= 1
        if (index - flags) % 2 and _is_half_flag(self.text[index]):
            return False
        return not _are_one(self.text[index - 1], self.text[index])


@cache
def _phrase_parser() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()


def phrase_breaks(text: str) -> frozenset[int]:
    """Tell where the phrases of a Japanese title begin (文節): the breaks a reader likes best."""
    if not any(_is_wide(character) for character in text):
        return frozenset()
    return frozenset(accumulate(len(phrase) for phrase in _phrase_parser().parse(text)))
