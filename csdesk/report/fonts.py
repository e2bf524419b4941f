"""The typefaces of the documents: registered once in a process, embedded in every file.

Noto Sans JP draws everything it can, in both languages; Noto Sans adds the Latin, Greek and
Cyrillic letters it lacks, Noto Emoji the pictures (in one colour).
"""

from __future__ import annotations

import re
import threading
from functools import cache
from importlib import resources
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSansJP-Regular"
BOLD = "NotoSansJP-Bold"
FALLBACKS = {
    REGULAR: ("NotoSans-Regular", "NotoEmoji-Regular"),
    BOLD: ("NotoSans-Bold", "NotoEmoji-Regular"),
}
MISSING = "〓"

_registering = threading.Lock()
_MAPPING = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,6})>\n")
_PER_BLOCK = 100
"""More mappings a block must not have."""


class _SearchableFont(TTFont):  # type: ignore[misc]
    """A font whose letters can all be found and copied, rare ones such as 𠮷, too.

    ReportLab's map from glyphs to text has faults: code points above U+FFFF are written as five
    digits where UTF-16 must stand, the glyph for "no such letter" claims to be U+0000, and all
    mappings are in one block.
    """

    def addObjects(self, document: Any) -> None:  # noqa: N802 - ReportLab's name
        known = set(document.idToObject)
        super().addObjects(document)
        for name, thing in document.idToObject.items():
            if name not in known and str(name).startswith("toUnicodeCMap:"):
                thing.content = _corrected(thing.content)


def _corrected(content: str) -> str:
    """Return a map from glyphs to text as the standard asks for it."""
    pairs = [(code, int(value, 16)) for code, value in _MAPPING.findall(content)]
    lines = [f"<{code}> <{_utf16(value)}>" for code, value in pairs if value]
    blocks = [lines[start : start + _PER_BLOCK] for start in range(0, len(lines), _PER_BLOCK)]
    head, rest = content.split("endcodespacerange\n", 1)
    tail = rest.split("endbfchar\n", 1)[1]
    middle = [
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    ]
    return f"{head}endcodespacerange\n{''.join(middle)}{tail}"


def _utf16(value: int) -> str:
    return chr(value).encode("utf-16-be").hex().upper()


@cache
def glyphs(font: str) -> frozenset[int]:
    """Tell which code points `font` can draw, loading and registering it when first asked for."""
    return frozenset(_face(font).charToGlyph)


@cache
def _widths(font: str) -> tuple[dict[int, float], float]:
    """Return the advance of each code point and of any other, in thousandths of the size."""
    face = _face(font)
    return face.charWidths, float(face.defaultWidth)


def advances(text: str, font: str, size: float) -> list[float]:
    """Return how far each character of `text` moves the pen, in points."""
    widths, other = _widths(font)
    scale = size * 0.001
    return [widths.get(ord(character), other) * scale for character in text]


def _face(font: str) -> Any:
    with _registering:
        if font not in pdfmetrics.getRegisteredFontNames():
            path = resources.files("resources") / "fonts" / f"{font}.ttf"
            with resources.as_file(path) as file:
                pdfmetrics.registerFont(_SearchableFont(font, str(file)))
    return pdfmetrics.getFont(font).face


def font_for(*, bold: bool) -> str:
    """Name the document's own font of that weight."""
    return BOLD if bold else REGULAR
