"""Tells lists and tables apart by how programs put them on the clipboard.

Word writes a tab behind the sign of a line, so that a list looks like cells; a file opened in an
editor has commas, and Markdown bars. Each becomes what it was: lines, or rows of cells.
"""

from __future__ import annotations

import csv
import io
import re

_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓"})
"""What Word's symbol font writes, in signs that every font has."""
_SIGN = (
    r"[•·●◆◇■□▪▫➢✓✔☐☑‣・§o-]|\d{1,3}(?:[.．-]\d{1,3})*[.)．）、]|(?:[a-zA-Z]|[ivxIVX]{2,4})[.)]"
    r"|[①-⑳]|[(（](?:\d{1,3}|[a-zA-Zａ-ｚ])[)）]"
)
_LISTED = re.compile(rf"^([ \t\u3000]*)({_SIGN})\t+(?=\S)([^\t]*)$")
_WORDS_LEVELS = {"•": 0, "·": 0, "o": 1, "▪": 2, "§": 2}
"""Word's own bullets, from the outer level to the inner one."""
_RULE = re.compile(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")


def plain_symbols(text: str) -> str:
    """Write the bullets of a symbol font as signs that are read."""
    return text.translate(_SYMBOLS)


def word_list(text: str) -> list[str] | None:
    """Return the lines of a list with a tab behind each sign; None where it is no such list."""
    lines: list[str] = []
    signs: set[str] = set()
    for line in text.split("\n"):
        found = _LISTED.match(line)
        if found is None and "\t" in line.strip():
            return None
        if found is not None:
            signs.add(found[2])
            level = _WORDS_LEVELS.get(found[2], 0)
            line = f"{found[1]}{'  ' * level}{found[2]} {found[3]}"
        lines.append(line)
    return lines if signs else None


def bar_table(text: str) -> list[list[str]] | None:
    """Return the cells of a table in Markdown; None where it is none."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    is_ruled = len(lines) > 1 and "|" in lines[0] and "|" in lines[1] and _RULE.match(lines[1])
    if "\t" in text or not (is_ruled or all(line.startswith("|") for line in lines)):
        return None
    bars = [line.removeprefix("|").removesuffix("|").split("|") for line in lines]
    return [row for row, line in zip(bars, lines, strict=True) if not _RULE.match(line)]


def marked_table(text: str) -> list[list[list[str]]]:
    """Return what a text is as cells between commas, and between semicolons, if it can be that.

    Whether its first line is a header, and so it is a table at all, is not known here.
    """
    found: list[list[list[str]]] = []
    for mark in (",", ";"):
        head, _break, rest = text.partition("\n")
        if "\t" in text or mark not in head or not rest:
            continue
        try:
            rows = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(row)]
        except csv.Error:
            continue  # it is too long for a cell, or broken: it is words
        if all(len(row) == len(rows[0]) for row in rows):
            found.append(rows)
    return found
