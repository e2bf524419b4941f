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
_PAIR = re.compile("(.)([\u0300-\u036f\u3099\u309a])", re.DOTALL)
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"  # soft hyphens and other fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero-width and bidirectional ones
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # variation selectors, byte order marks
    "\ud800-\udfff"  # halves of characters
    "\ufdd0-\ufdef\ufffe\uffff"  # what Unicode will never use
    "\U0001f3fb-\U0001f3ff"  # skin tones: the emoji font has one colour
    "\U000e0000-\U000e0fff"  # tags and more variation selectors
    "]"
)
_LONE_MARKS = str.maketrans({"\u3099": "゛", "\u309a": "゜"})
_NARROWEST = 8
"""More letters than this never stand in the width of one line's height."""
_SPACES = re.compile("[\u2000-\u2009\u200a\u202f\u205f\u1680]")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that share a font."""

    text: str
    font: str


def clean(text: str) -> str:
    r"""Return `text` as a page may show it: no unseen characters, "\n" the only line end.

    A letter and the one mark after it are composed where Unicode has a letter for the pair.
    Nothing else is normalised: whole-string NFC rewrites kanji of names, such as 﨑.
    """
    text = _NEWLINES.sub("\n", text).replace("\t", "    ")
    text = _UNSEEN.sub("", text)
    text = _SPACES.sub(" ", text)
    return _PAIR.sub(_composed, text).translate(_LONE_MARKS)


def _composed(pair: re.Match[str]) -> str:
    composed = unicodedata.normalize("NFC", pair[0])
    return composed if len(composed) == 1 else pair[0]


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
        """Return `text` in one line, cut with … where it is wider than `limit` points."""
        longest = int(limit / size * _NARROWEST) + 80
        is_long = len(text) > longest
        text = " ".join(clean(text[:longest]).split())
        if not is_long and self.width(text, size, bold=bold) <= limit:
            return text
        room = limit - self.width("…", size, bold=bold)
        kept = 0
        for run in self.runs(text, bold=bold):
            for step in advances(run.text, run.font, size):
                room -= step
                if room < 0:
                    return text[:kept].rstrip() + "…"
                kept += 1
        return text + "…"

    def _cut(self, text: str, font: str) -> tuple[Run, ...]:
        cleaned = clean(text)
        own = glyphs(font)
        if all(ord(character) in own for character in cleaned if character != "\n"):
            return (Run(cleaned, font),) if cleaned else ()
        placed = [self._place(character, font) for character in cleaned]
        missing = sum(found is None for _, found in placed)
        if missing:
            self._missing[text] = missing
        return tuple(
            Run("".join(character for character, _ in group), name)
            for name, group in groupby(placed, key=lambda one: one[1] or font)
        )

    def _place(self, character: str, font: str) -> tuple[str, str | None]:
        """Find the first font that has `character`; 〓 and None where none has."""
        for name in (font, *FALLBACKS[font]):
            if character == "\n" or ord(character) in glyphs(name):
                return character, name
        return MISSING, None
