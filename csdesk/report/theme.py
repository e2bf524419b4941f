"""Colours, sizes and text styles of the documents."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

INK = "#111B2E"
BODY = "#27344A"
MUTED = "#5C6878"
FAINT = "#6E7A8C"
LINE = "#DFE4EC"
TRACK = "#E3E8F0"
SHADE = "#F5F7FA"
WHITE = "#FFFFFF"

ACCENT = "accent"
"""A role, not a code: each document's palette decides (palette.py), as for the next five."""
ACCENT_DEEP = "accent-deep"
ACCENT_MIDDLE = "accent-middle"
ACCENT_LIGHT = "accent-light"
ACCENT_PALE = "accent-pale"
ACCENT_WASH = "accent-wash"
"""The lightest, under the line of a chart."""

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Tone:
    """A state's colour: strong for text and bars, soft behind words."""

    strong: str
    soft: str


GOOD = Tone("#157347", "#DDF3E6")
WARNING = Tone("#9A5B00", "#FCEFCF")
BAD = Tone("#BA2D33", "#FBE3E3")
DONE = Tone("#1F4FC4", "#DFE8FC")
QUIET = Tone("#526074", "#EBEEF3")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph is set; sizes in points."""

    size: float
    leading: float
    color: str = BODY
    bold: bool = False
    align: Align = "left"
    phrases: bool = False
    """Break between Japanese phrases and make the lines about as long: for titles."""
    max_lines: int | None = None
    """Cut with … after so many lines; None sets all of it."""
    measure: float = math.inf
    """Lines are no longer than this, in points, however wide the page is."""
    role: str = "P"
    """The PDF structure type: P, H1, H2 …"""


_MEASURE = 540.0
TEXT = TextStyle(9.6, 15.6, measure=_MEASURE)
LEAD = TextStyle(10.4, 17.4, color=INK, measure=_MEASURE)
SMALL = TextStyle(8.2, 12.4, color=MUTED)
CELL = TextStyle(8.6, 12.8)
CELL_STRONG = TextStyle(8.6, 12.8, color=INK, bold=True)
LABEL = TextStyle(7.6, 11.0, color=MUTED)
SECTION = TextStyle(16.0, 22.0, color=INK, bold=True, phrases=True, role="H1")
SUBSECTION = TextStyle(11.4, 16.6, color=INK, bold=True, phrases=True, role="H2")
