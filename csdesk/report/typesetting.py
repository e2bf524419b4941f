"""User text on its way to the page: cleaned of what must not be there, each letter given a font.

Text never becomes markup: it goes to the page as runs of characters with a font each, so there
is no notation in which a customer's note could ask for an image, a colour or a link.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

from csdesk.report.fonts import FALLBACKS, MISSING, advances, font_for, glyphs

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff"
_VOICING = "\u3099\u309a"
_MARKED = re.compile(f"[^{_MARKS}{_VOICING}][{_MARKS}{_VOICING}]+", re.DOTALL)
_CLUSTERS = re.compile(f".[{_MARKS}{_VOICING}]*", re.DOTALL)
_KANJI = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LONE_VOICING = re.compile(f"(?<![\u3041-\u30ff])[{_VOICING}]")
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"  # soft hyphens and other fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero-width and bidirectional ones
    "\u20dd-\u20e4"  # circles and keys around a letter, which stands there by itself
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # variation selectors, byte order marks
    "\ud800-\udfff"  # halves of characters
    "\ufdd0-\ufdef\ufffe\uffff"  # what Unicode will never use
    "\U0001f3fb-\U0001f3ff"  # skin tones: the emoji font has one colour
    "\U000e0000-\U000e0fff"  # tags and more variation selectors
    "]"
)
_LONE_MARKS = {"\u3099": "゛", "\u309a": "゜"}
_NARROWEST = 8
"""More letters than this never stand in the width of one line's height."""
_SPACES = str.maketrans(
    dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u1680", " ")
    | dict.fromkeys("\u2007\u202f", "\u00a0")
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that share a font."""

    text: str
    font: str


def clean(text: str) -> str:
    r"""Return `text` as a page may show it: no unseen characters, "\n" the only line end.

    A letter and the marks after it are composed where Unicode has a letter for them; か゚, which
    has none, keeps its mark. Kanji are not normalised: NFC rewrites those of names, such as 﨑.
    """
    text = _NEWLINES.sub("\n", text).replace("\t", "    ")
    text = _UNSEEN.sub("", text)
    if text.isascii():
        return text
    text = _MARKED.sub(_composed, text.translate(_SPACES))
    return _LONE_VOICING.sub(lambda mark: _LONE_MARKS[mark[0]], text)


def _composed(marked: re.Match[str]) -> str:
    whole = marked[0]
    return whole if _KANJI.match(whole) else unicodedata.normalize("NFC", whole)


def left_out_mark(text: str) -> str:
    """Return what stands for the rest of `text`: … in Japanese, where its dots hang in the middle.

    Letters of other scripts stand on the line, and so do three full stops.
    """
    return "…" if any("\u2e80" <= letter <= "\uffef" for letter in text) else "..."


class Typesetter:
    """Gives each letter of one document a font and remembers what no font could draw."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, bool], tuple[Run, ...]] = {}
        self._missing: dict[str, int] = {}

    @property
    def unshown(self) -> int:
        """How many characters of the document are shown as 〓, each text counted once."""
        return sum(self._missing.values())

    def runs(self, text: str, *, bold: bool = False) -> tuple[Run, ...]:
        """Clean `text` and cut it into runs; a letter that no font has becomes 〓."""
        known = self._runs.get((text, bold))
        if known is None:
            known = self._runs[text, bold] = self._cut(text, font_for(bold=bold))
        return known

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure `text` set in one line at `size`, in points."""
        return sum(sum(advances(run.text, run.font, size)) for run in self.runs(text, bold=bold))

    def shortened(self, text: str, size: float, limit: float, *, bold: bool = False) -> str:
        """Return `text` in one line, cut with … or ... where it is wider than `limit` points."""
        longest = int(limit / size * _NARROWEST) + 80
        is_long = len(text) > longest
        text = " ".join(clean(text[:longest]).split())
        if not is_long and self.width(text, size, bold=bold) <= limit:
            return text
        mark = left_out_mark(text)
        room = limit - self.width(mark, size, bold=bold)
        kept = 0
        for run in self.runs(text, bold=bold):
            for step in advances(run.text, run.font, size):
                room -= step
                if room < 0:
                    return text[:kept].rstrip() + mark
                kept += 1
        return text + mark

    def _cut(self, text: str, font: str) -> tuple[Run, ...]:
        cleaned = clean(text)
        own = glyphs(font)
        if cleaned.isascii() or _is_plain(cleaned, own):
            return (Run(cleaned, font),) if cleaned else ()
        placed = [
            pair for found in _CLUSTERS.finditer(cleaned) for pair in self._placed(found[0], font)
        ]
        missing = sum(found is None for _, found in placed)
        if missing:
            self._missing[text] = missing
        return tuple(
            Run("".join(character for character, _ in group), name)
            for name, group in groupby(placed, key=lambda one: one[1] or font)
        )

    def _placed(self, cluster: str, font: str) -> list[tuple[str, str | None]]:
        """Find a font for a letter, and the same for its marks where one has them all.

        Noto Sans sets marks over Latin letters; Noto Sans JP sets them beside, but for those of
        kana.
        """
        if len(cluster) == 1:
            return [self._place(cluster, font)]
        is_kana = cluster[1] in _VOICING
        for name in (font,) if is_kana else (*FALLBACKS[font], font):
            if all(ord(character) in glyphs(name) for character in cluster):
                return [(character, name) for character in cluster]
        return [self._place(character, font) for character in cluster]

    def _place(self, character: str, font: str) -> tuple[str, str | None]:
        """Find the first font that has `character`; 〓 and None where none has."""
        for name in (font, *FALLBACKS[font]):
            if character == "\n" or ord(character) in glyphs(name):
                return character, name
        return MISSING, None


def _is_plain(text: str, own: frozenset[int]) -> bool:
    """Tell whether one font draws all of `text`, with no mark over a letter in it."""
    if not all(ord(character) in own for character in text if character != "\n"):
        return False
    return _MARKED.search(text) is None
