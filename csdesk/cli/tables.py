"""Tables of text for the terminal, with Japanese and emoji as wide as they are shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from wcwidth import wcswidth

GAP = "  "
NARROWEST = 8
"""How far a column is cut before the ones to its right are left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and whether its cells stand at its right edge, as numbers do."""

    title: str
    is_number: bool = False


def printable(text: str) -> str:
    """Make a text safe to print on one line.

    Line breaks and tabs become spaces; control, bidi and surrogate characters, which could
    rearrange or command the terminal, become "�".
    """
    if text.isprintable():
        return text
    shown = "".join(" " if char in "\r\n\t\v\f\x85\u2028\u2029" else char for char in text)
    return "".join("�" if _is_unsafe(char) else char for char in shown)


def _is_unsafe(char: str) -> bool:
    category = unicodedata.category(char)
    if category in ("Cc", "Cs"):
        return True
    return category == "Cf" and unicodedata.bidirectional(char) != "BN"


def width(text: str) -> int:
    """Tell how many columns of a terminal a printable text takes."""
    return len(text) if text.isascii() else max(int(wcswidth(text)), 0)


def clip(text: str, columns: int) -> str:
    """Cut a printable text to a width, ending in "…" where something was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return f"{kept}…"


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a printable text up to a width with spaces."""
    space = " " * max(columns - width(text), 0)
    return space + text if right else text + space


def table_lines(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None = None
) -> list[str]:
    """Lay out a table, header first and a rule below it; `room` is the width of the terminal.

    Where it is too wide for `room`, the widest columns are cut, and at last columns at the
    right are left out; the rule then ends in "…".
    """
    cells = [[printable(cell) for cell in row] for row in rows]
    titles = [printable(column.title) for column in columns]
    widths = [
        max(width(title), *(width(row[index]) for row in cells)) if cells else width(title)
        for index, title in enumerate(titles)
    ]
    widths, left_out = _fit(widths, room)
    shown = columns[: len(widths)]

    def line(texts: Sequence[str]) -> str:
        parts = [
            pad(clip(text, size), size, right=column.is_number)
            for text, size, column in zip(texts, widths, shown, strict=False)
        ]
        return GAP.join(parts).rstrip()

    rule = GAP.join("─" * size for size in widths) + (" …" if left_out else "")
    return [line(titles), rule, *(line(row) for row in cells)]


def _fit(widths: list[int], room: int | None) -> tuple[list[int], bool]:
    """Narrow the widest columns until all fit; leave out the last ones where that is not enough."""
    if room is None:
        return widths, False
    kept = list(widths)
    while len(kept) > 1 and sum(min(size, NARROWEST) for size in kept) > _inner(room, kept, widths):
        kept.pop()
    spare = sum(kept) - _inner(room, kept, widths)
    while spare > 0:
        widest = max(range(len(kept)), key=lambda index: kept[index])
        if kept[widest] <= NARROWEST:
            break
        second = max([*kept[:widest], *kept[widest + 1 :], NARROWEST])
        cut = max(min(kept[widest] - second, spare), 1)
        kept[widest] -= cut
        spare -= cut
    return kept, len(kept) < len(widths)


def _inner(room: int, kept: list[int], widths: list[int]) -> int:
    """Tell how much is left for the cells: without the gaps, and the mark of what is left out."""
    return room - len(GAP) * (len(kept) - 1) - (2 if len(kept) < len(widths) else 0)
