"""Reads a list of lines as people write them: indented, with dashes, numbers, boxes, headings."""

from __future__ import annotations

import re
import unicodedata

from csdesk.exchange.pasted_rows import PastedRow
from csdesk.model.items import ItemKind

TAB = 4
"""How many columns a tab stands for where lines mix tabs and spaces."""

_SPACES = re.compile(r"[ \t\u3000\xa0\u2002\u2003]*")
_RULE = re.compile(r"^(?:[-=_*~─━＝ー―]\s*){3,}$")
_HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
_BRACKETS = re.compile(r"^【([^【】]+)】$")
_SQUARE = re.compile(r"^[■▼▶]\s*(?=\S)")
_DIAMOND = re.compile(r"^[◆◇]\s*(?=\S)")
_NUMBER = re.compile(r"^(\d{1,3})\s*(?:[.．、)）]\s*)(?=[^\d\s.．])")
_DOTTED = re.compile(r"^(\d{1,3}(?:[.．-]\d{1,3})+)[.．、)）]?\s+(?=\S)")
_BRACKETED = re.compile(r"^[(（](\d{1,3}|[a-zA-Zａ-ｚ]|[ivx]{1,4})[)）]\s*(?=\S)")
_CIRCLED = re.compile(r"^[①-⑳㉑-㉟❶-❿]\s*(?=\S)")
_LETTER = re.compile(r"^(?:[a-zA-Z]|[ivx]{2,4}|[IVX]{2,4})[.)]\s+(?=\S)")
_KANJI_NUMBER = re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、．.]\s*(?=\S)")
_DISC = re.compile(r"^[●○◎◯⚫⚪◉]\s*(?=\S)")
_DOT = re.compile(r"^(?:[・•‣◦▪▫·∙⁃➢»]\s*|[-*+–—]\s+|[-–—](?=[^\x00-\x7f]))(?=\S)")
_LETTER_O = re.compile(r"^o\s+(?=\S)")
_BOX = re.compile(r"^(?:\[([ xX✓✔レ\u3000]?)\]|([□☐▢⬜])|([☑☒✅✔✓]\ufe0f?))\s*(?=\S)")
_EMPHASIS = re.compile(r"^(\*\*|__)(.+)\1$")
_SAID_KIND = re.compile(
    r"^(?:(?P<goal>目標|ゴール|goal|objective)|(?P<milestone>マイルストーン|milestone)"
    r"|(?P<action>アクション|タスク|action(?: item)?|task|todo))"
    r"\s*(?::|(?:\d[\d.\-]{0,5}|[①-⑳])(?:\s*[:.、)]|(?<=[^\x00-\x7f]\d)\s))\s*(?=\S)",
    re.IGNORECASE,
)


def read_lines(lines: list[str]) -> list[PastedRow]:
    """Read lines as rows with their depth; blank ones and ruled lines are left out.

    Deeper are lines that stand further in, and among those that stand alike the ones whose sign
    is a lesser one: below a heading, below a numbered line, below ● come lines with ・.
    """
    numbers: set[str] = set()
    rows: list[PastedRow] = []
    stack: list[tuple[int, tuple[int, int]]] = []
    for line in lines:
        lead = _SPACES.match(line)
        text = line[lead.end() if lead else 0 :].rstrip()
        if not text or _RULE.match(text) or text.startswith("```"):
            continue
        row = _read_line(text, numbers)
        # Headings hold what follows however far they stand in.
        indent = -1 if row.rank[0] == 0 else _width(lead[0] if lead else "")
        place = (indent, row.rank)
        while stack and (stack[-1][0] > indent or (stack[-1][0] == indent and stack[-1] >= place)):
            stack.pop()
        row.depth = len(stack)
        stack.append(place)
        rows.append(row)
    return rows


def split_kind(title: str) -> tuple[ItemKind | None, str]:
    """Split "目標1：…" or "Milestone: …" into the kind it names and the title."""
    alike = unicodedata.normalize("NFKC", title)
    found = _SAID_KIND.match(alike)
    if found is None or len(alike) != len(title):
        return None, title
    if title[found.end()] in "@＠(（[［":
        return None, title  # only who or when comes after it: "タスク1" is what it is called
    named = next(kind for kind in ItemKind if found[kind.value])
    return named, title[found.end() :]


def split_box(title: str) -> tuple[bool | None, str]:
    """Split the box before a title off: whether it is ticked, None where there is none."""
    found = _BOX.match(title)
    if found is None:
        return None, title
    is_ticked = bool((found[1] or "").strip()) or bool(found[3])
    return is_ticked, title[found.end() :]


def _read_line(text: str, numbers: set[str]) -> PastedRow:
    """Take the signs before a line off and remember what they were."""
    rank, rest = _sign(text, numbers)
    is_ticked, rest = split_box(rest)
    if is_ticked is not None and rank == _PLAIN:
        rank = (4, 1)
    if emphasised := _EMPHASIS.match(rest):
        rest = emphasised[2]
    kind, rest = split_kind(rest)
    return PastedRow(rest.strip(), kind=kind, is_ticked=is_ticked, rank=rank, may_have_asides=True)


_PLAIN = (2, 0)


def _sign(text: str, numbers: set[str]) -> tuple[tuple[int, int], str]:
    if found := _HASHES.match(text):
        return (0, len(found[1])), text[found.end() :].rstrip("# ")
    if found := _BRACKETS.match(text):
        return (1, 0), found[1]
    if found := _DOTTED.match(text):
        number = re.sub("[．-]", ".", found[1])
        above, _dot, last = number.rpartition(".")
        # "10.5 million" is no number of a list: nothing before it leads there.
        if above in numbers or last == "1":
            numbers.update((number, above))
            return (3, number.count(".")), text[found.end() :]
    if found := _NUMBER.match(text):
        numbers.add(found[1])
        return (3, 0), text[found.end() :]
    for sign, rank in _SIGNS:
        if found := sign.match(text):
            return rank, text[found.end() :]
    return _PLAIN, text


_SIGNS = (
    (_SQUARE, (1, 1)),
    (_DIAMOND, (1, 2)),
    (_KANJI_NUMBER, (1, 3)),
    (_BRACKETED, (3, 6)),
    (_CIRCLED, (3, 7)),
    (_LETTER, (3, 8)),
    (_DISC, (4, 0)),
    (_DOT, (4, 1)),
    (_LETTER_O, (4, 1)),
)


def _width(lead: str) -> int:
    """Tell how far a line stands in, in columns."""
    return sum(TAB if one == "\t" else 2 if one == "\u3000" else 1 for one in lead)
