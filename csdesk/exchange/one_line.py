"""Makes one safe line of a text, for headers and properties that end at the line."""

from __future__ import annotations

import unicodedata

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows, in this line and beyond."""


def one_line(text: str) -> str:
    """Return a text without line breaks, control characters and turns of direction.

    Blanks stand single and not at the ends. What joins letters or emoji stays.
    """
    return " ".join("".join(" " if _breaks(one) else one for one in text).split())


def _breaks(one: str) -> bool:
    return one in _TURNS or unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")
