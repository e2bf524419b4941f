"""The colours of one document: roles that the accent decides, and codes that stay as they are.

Whatever accent somebody chose, text in it can be read on white: a light one is darkened for text
until it stands out 4.5 to 1 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

import colorsys
import re
from functools import cache
from typing import Any

from csdesk.report.theme import (
    ACCENT,
    ACCENT_DEEP,
    ACCENT_LIGHT,
    ACCENT_MIDDLE,
    ACCENT_PALE,
    ACCENT_WASH,
)

OUR_ACCENT = "#2B5FD9"
READABLE = 4.5
_CODE = re.compile("#[0-9A-Fa-f]{6}")


class Palette:
    """What each colour of the theme is in one document."""

    def __init__(self, accent: str = "") -> None:
        """Take an accent as #RRGGBB; what is no such code counts as none chosen."""
        chosen = accent if _CODE.fullmatch(accent) else OUR_ACCENT
        hue, light, full = colorsys.rgb_to_hls(*_parts(chosen))
        while contrast(_code(hue, light, full), "#FFFFFF") < READABLE:
            light -= 0.01
        self._fills: dict[str, str] = {}
        self._roles = {
            ACCENT: _code(hue, light, full),
            ACCENT_DEEP: _code(hue, min(light, 0.19), full * 0.9),
            ACCENT_MIDDLE: _code(hue, min(light, 0.30), full * 0.95),
            ACCENT_LIGHT: _code(hue, max(min(light * 1.1, 0.62), 0.4), full * 0.92),
            ACCENT_PALE: _code(hue, 0.88, full * 0.7),
            ACCENT_WASH: _code(hue, 0.955, full * 0.75),
        }

    def code(self, ink: str) -> str:
        """Return the #RRGGBB of a role or of a code."""
        return self._roles.get(ink, ink)

    def fill(self, ink: str) -> str:
        """Return what a page's content says to fill with a role or a code: .169 .373 .851 rg."""
        known = self._fills.get(ink)
        if known is None:
            parts = (f"{part:.3f}".lstrip("0") for part in _parts(self.code(ink)))
            parts = (part.rstrip("0").rstrip(".") or "0" for part in parts)
            known = self._fills[ink] = f"{' '.join(parts)} rg"
        return known

    def color(self, ink: str) -> Any:
        """Return the ReportLab colour of a role or of a code."""
        return _reportlab_color(self.code(ink))


def contrast(one: str, other: str) -> float:
    """Tell how much two #RRGGBB colours stand out from each other, 1 to 21 (WCAG 2.2)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(code: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(code)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(code: str) -> tuple[float, float, float]:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _code(hue: float, light: float, full: float) -> str:
    parts = colorsys.hls_to_rgb(hue, max(light, 0.0), full)
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


@cache
def _reportlab_color(code: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(code)
