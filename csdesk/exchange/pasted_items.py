"""Reads a block of text that somebody pastes into an outline as the items it stands for.

A block comes from a spreadsheet (cells between tabs) or is a list (lines that stand in). What
cannot be read or placed is never lost: it goes to the internal note of its item, and a Leftover
says what it was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from csdesk.actions.editing import is_blank
from csdesk.actions.pasting import NewItem
from csdesk.actions.plan_items import fits
from csdesk.exchange.dates import DateReader, settle_order
from csdesk.exchange.pasted_fields import FieldReader, Leftover
from csdesk.exchange.pasted_lines import read_lines
from csdesk.exchange.pasted_rows import PastedRow
from csdesk.exchange.pasted_shapes import bar_table, marked_table, plain_symbols, word_list
from csdesk.exchange.pasted_table import TableReader
from csdesk.model.items import ItemKind
from csdesk.queries.known_people import KnownPeople

BECAME_GOAL = "kind"
"""The field of the Leftover of a milestone that became a goal: nothing could hold it."""

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|$)')
_UNSEEN = re.compile("[\x00\u200b\u2060\ufeff]")
"""Signs of no width that web pages leave behind, alone on a line too; no letter needs them."""
_BREAK = re.compile(r"[\t\n]|$")


@dataclass(frozen=True, slots=True)
class PastedBlock:
    """The items of a block, each after the one that holds it, and what could not be read."""

    items: tuple[NewItem, ...]
    leftovers: tuple[Leftover, ...] = ()

    @property
    def top_kinds(self) -> frozenset[ItemKind]:
        """The kinds of the items that nothing in the block holds."""
        return frozenset(item.kind for item in self.items if item.above is None)


def read_block(
    text: str, people: KnownPeople, today: dt.date, *, in_goal: bool = False
) -> PastedBlock:
    """Read a pasted text as items; one without any words gives none.

    Their kinds are as a column or a word before the title says; else the levels of the block
    make goals, milestones and action items. A flat list is one of action items; a block of two
    levels begins with goals, or with milestones where it goes into one (`in_goal`).
    """
    rows = _rows(_plain(text), people, today)
    kinds = _kinds(rows, in_goal)
    above = _holders(rows, kinds)
    became: list[Leftover] = []
    if not in_goal:
        for at, (kind, holder) in enumerate(zip(kinds, above, strict=True)):
            if kind is ItemKind.MILESTONE and holder is None:
                kinds[at] = ItemKind.GOAL
                became.append(Leftover(BECAME_GOAL, rows[at].title))
    order = settle_order(row.cells.get("due_on") for row in rows)
    reader = FieldReader(people, today, DateReader(order))
    items = []
    for row, kind, holder in zip(rows, kinds, above, strict=True):
        title, fields = reader.read(row, kind)
        if is_blank(title):
            title = "–"  # it has a date, a person or items below it all the same
        items.append(NewItem(kind, title, holder, fields))
    return PastedBlock(tuple(items), (*became, *reader.leftovers))


def _plain(text: str) -> str:
    """Write the line breaks of a text alike, without those at its end."""
    plain = re.sub("\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    return plain_symbols(_UNSEEN.sub("", plain)).rstrip("\n").lstrip("\n")


def _rows(text: str, people: KnownPeople, today: dt.date) -> list[PastedRow]:
    listed = word_list(text)
    if listed is not None:
        return read_lines(listed)
    known = cache(people.named)
    for rows in marked_table(text):
        table = TableReader(rows, today, lambda name: known(name).person is not None)
        if table.has_header:
            return table.rows()
    seen = ([cell if not is_blank(cell) else "" for cell in row] for row in split_cells(text))
    cells = [_without_tail(row) for row in seen if any(row)]
    if not any(any(map(str.strip, row[:-1])) for row in cells):
        # Tabs at the left alone: the lines of a list, or one column of a spreadsheet.
        return read_lines(["\t" * (len(row) - 1) + " ".join(row[-1].split("\n")) for row in cells])
    return TableReader(cells, today, lambda name: known(name).person is not None).rows()


def split_cells(text: str) -> list[list[str]]:
    """Split a text into rows of cells between tabs; quoted cells may hold line breaks.

    A table in Markdown is split at its bars.
    """
    barred = bar_table(text)
    if barred is not None:
        return barred
    rows: list[list[str]] = [[]]
    at, has_tabs = 0, "\t" in text
    while True:
        quoted = _QUOTED.match(text, at) if text.startswith('"', at) else None
        if quoted and (has_tabs or re.search('[\n]|""', quoted[1])):
            rows[-1].append(quoted[1].replace('""', '"'))
            at = quoted.end()
        else:
            found = _BREAK.search(text, at)
            end = found.start() if found else len(text)
            rows[-1].append(text[at:end])
            at = end
        if at >= len(text):
            return rows
        if text[at] == "\n":
            rows.append([])
        at += 1


def _without_tail(row: Sequence[str]) -> list[str]:
    """Leave out the blank cells at a row's end."""
    kept = list(row)
    while len(kept) > 1 and not kept[-1].strip():
        kept.pop()
    return kept


def _outer(rows: Sequence[PastedRow]) -> list[int | None]:
    """Tell for each row which one before it stands further out."""
    outer: list[int | None] = []
    stack: list[int] = []
    for at, row in enumerate(rows):
        while stack and rows[stack[-1]].depth >= row.depth:
            stack.pop()
        outer.append(stack[-1] if stack else None)
        stack.append(at)
    return outer


def _kinds(rows: Sequence[PastedRow], in_goal: bool) -> list[ItemKind]:
    """Decide what each row becomes."""
    outer = _outer(rows)
    levels: list[int] = []
    for holder in outer:
        levels.append(1 if holder is None else levels[holder] + 1)
    most = max(levels, default=1)
    has_inner = set(outer)
    has_said = any(row.kind is not None for row in rows)
    base = ItemKind.ACTION
    if most >= 3 or (most == 2 and not in_goal):
        base = ItemKind.GOAL
    elif most == 2:
        base = ItemKind.MILESTONE
    kinds: list[ItemKind] = []
    for at, (row, holder) in enumerate(zip(rows, outer, strict=True)):
        leaf = at not in has_inner
        if row.kind is not None:
            kinds.append(row.kind)
        elif holder is None:
            alone = leaf and (has_said or row.is_ticked is not None)
            kinds.append(ItemKind.ACTION if alone else base)
        elif kinds[holder] is ItemKind.GOAL:
            # Below a heading that stands in no further than they do, lines are things to do.
            listed = most <= 2 and rows[holder].rank < row.rank
            is_task = leaf and (row.is_ticked is not None or listed)
            kinds.append(ItemKind.ACTION if is_task else ItemKind.MILESTONE)
        else:
            kinds.append(ItemKind.ACTION)
    return kinds


def _holders(rows: Sequence[PastedRow], kinds: Sequence[ItemKind]) -> list[int | None]:
    """Tell in which item each one stands: the next one further out that can hold it.

    Where nothing stands in, that is the last one before it of an outer kind.
    """
    outer = _outer(rows)
    if any(holder is not None for holder in outer):
        return [_holder(at, kinds, outer) for at in range(len(rows))]
    holders: list[int | None] = []
    goal: int | None = None
    innermost: int | None = None
    for at, kind in enumerate(kinds):
        if kind is ItemKind.GOAL:
            goal = innermost = at
            holders.append(None)
        elif kind is ItemKind.MILESTONE:
            innermost = at
            holders.append(goal)
        else:
            holders.append(innermost)
    return holders


def _holder(at: int, kinds: Sequence[ItemKind], outer: Sequence[int | None]) -> int | None:
    holder = outer[at]
    while holder is not None and not fits(kinds[at], kinds[holder]):
        holder = outer[holder]
    return holder
