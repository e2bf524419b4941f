"""Text as a page's content: font, colour, place and letters, and nothing said twice.

ReportLab's text objects repeat place, font and line height with every run of letters, which is
half of what a page of Japanese weighs.
"""

from __future__ import annotations

from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics

from csdesk.report.palette import Palette
from csdesk.report.tagged_canvas import TaggedCanvas


class TextCode:
    """One text under construction; nothing is on the page before `finish`."""

    def __init__(self, canvas: TaggedCanvas, palette: Palette) -> None:
        self._canvas = canvas
        self._document = canvas._doc
        self._palette = palette
        self._parts = ["BT"]
        self._font: tuple[str, float] | None = None
        self._face: Any = None
        self._used: Any = None
        self._ink = ""
        self._x = self._y = 0.0

    def move(self, x: float, y: float) -> None:
        """Begin a line at `x`, `y`."""
        x, y = round(x, 2), round(y, 2)
        self._parts.append(f"{fp_str(x - self._x, y - self._y)} Td")
        self._x, self._y = x, y

    def style(self, font: str, size: float, ink: str) -> None:
        """Set what follows in a font of `size` points and a colour of the palette."""
        if self._font != (font, size):
            self._font = (font, size)
            self._face = pdfmetrics.getFont(font)
            self._used = self._face.used_in(self._document)
            self._parts.append(f"{self._used.resource} {fp_str(size)} Tf")
        if self._ink != ink:
            self._ink = ink
            self._parts.append(self._palette.fill(ink))

    def show(self, text: str) -> None:
        """Set letters behind those before; the font is one of csdesk/report/fonts.py."""
        if self._face is None:
            raise RuntimeError("a text needs a style before its letters")
        self._parts.append(f"{self._face.shown(text, self._used)} Tj")

    def finish(self) -> None:
        """Put the text on the page."""
        self._canvas.put(" ".join([*self._parts, "ET"]))
