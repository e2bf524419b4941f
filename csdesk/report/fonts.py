"""The typefaces of the documents: registered once in a process, embedded in every file.

Noto Sans JP draws everything it can, in both languages; Noto Sans adds the Latin, Greek and
Cyrillic letters it lacks, Noto Emoji the pictures (in one colour).
"""

from __future__ import annotations

import threading
from functools import cache
from importlib import resources
from typing import Any

from reportlab.pdfbase import pdfmetrics

from csdesk.report.embedded_font import EmbeddedFont

REGULAR = "NotoSansJP-Regular"
BOLD = "NotoSansJP-Bold"
FALLBACKS = {
    REGULAR: ("NotoSans-Regular", "NotoEmoji-Regular"),
    BOLD: ("NotoSans-Bold", "NotoEmoji-Regular"),
}
MISSING = "〓"

_registering = threading.Lock()


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
                pdfmetrics.registerFont(EmbeddedFont(font, str(file)))
    return pdfmetrics.getFont(font).face


def font_for(*, bold: bool) -> str:
    """Name the document's own font of that weight."""
    return BOLD if bold else REGULAR
