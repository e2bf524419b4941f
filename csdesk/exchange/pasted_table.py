"""Reads rows of cells from a spreadsheet, with a header line or by what stands in the columns."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence

from csdesk.errors import UserError
from csdesk.exchange.fields import Kind, kind_fields
from csdesk.exchange.pasted_cells import (
    is_ticked,
    looks_like_day,
    read_kind,
    read_priority,
    read_status,
    read_visibility,
)
from csdesk.exchange.pasted_lines import split_box, split_kind
from csdesk.exchange.pasted_rows import PastedRow
from csdesk.exchange.tables import header_key
from csdesk.model.items import ItemKind

LEVELS = (("goal", ItemKind.GOAL), ("milestone", ItemKind.MILESTONE), ("action", ItemKind.ACTION))
"""The columns that each hold the items of one kind, the outer ones first."""

ENOUGH = 0.6
"""The share of a column's cells that tells, without a header, what the column holds."""

SAMPLE = 300
"""How many cells of a long column are asked at most, spread over all of it."""

_OF_THE_PLAN = frozenset({"account", "account_external_id", "plan", "plan_type"})
"""Columns that say where the whole block belongs, if they say the same in every row."""

_MORE_HEADERS = {
    "goal": "大項目 大分類 大タスク",
    "milestone": "中項目 中分類 中タスク フェーズ phase workstream",
    "action": "小項目 小分類 小タスク subtask",
    "title": "作業内容 作業 やること 項目 タスク名 アクション名 実施内容 todo what taskname "
    "actionname 目標・マイルストーン・アクション goalsmilestonesactions",
    "ticked": "完了 済 済み done complete percentcomplete チェック check ✓ ☑",
    "number": "no no. 番号 # 項番 連番 通番 ＃",
    "item_type": "階層 深さ 分類 アイテム種別",
    "owner": "担当者名 責任者 主担当 incharge assignedto pic 実施者",
    "customer_owner": "お客様側担当 お客様側 先方担当 先方担当者 先方 客先担当 貴社担当 "
    "customerside clientowner",
    "due_on": "期限日 締め切り 締切り 〆切 納期 完了期限 完了予定 予定日 実施日 日付 日程 いつまで "
    "date by when until finish finishdate target targetdate 完了目標 目標日",
    "start_on": "開始予定日 開始予定 着手予定日",
    "visibility": "公開 お客様公開 顧客公開 visible shared",
    "progress_rag": "進捗 進捗状況 進捗率 progress",
    "internal_note": "コメント 補足 comment comments remarks 社内備考",
}
_HEADERS = {
    header_key(word): name for name, words in _MORE_HEADERS.items() for word in words.split(" ")
}
_ORDINAL = re.compile(
    r"^(?:no\.?\s*)?[(（]?\d{1,4}(?:[.．-]\d{1,3})*[)）.．]?$|^[①-⑳]$", re.IGNORECASE
)


class TableReader:
    """Reads one block of cells as rows."""

    def __init__(
        self, cells: Sequence[Sequence[str]], today: dt.date, is_name: Callable[[str], bool]
    ) -> None:
        self._rows = _without_ditto(cells)
        self._today = today
        self._is_name = is_name
        self._width = max(len(row) for row in self._rows)
        self._said: dict[str, set[str]] = {}

    @property
    def has_header(self) -> bool:
        """Whether the first row says what the columns hold."""
        return self._header() is not None

    def rows(self) -> list[PastedRow]:
        """Read the rows; those without a title say nothing and are left out."""
        fields = self._header()
        if fields is not None:
            body = self._rows[1:]
            self._said = {
                name: {_at(row, column) for row in body} - {""} for column, name in fields.items()
            }
            titles = dict(enumerate(cell.strip() for cell in self._rows[0]))
            if any(name in fields.values() for name, _kind in LEVELS[:2]):
                return self._by_levels(body, fields, titles)
            return [row for cells in body if (row := self._row(cells, fields, titles))]
        fields = self._guessed()
        return [row for cells in self._rows if (row := self._row(cells, fields, {}))]

    def _header(self) -> dict[int, str] | None:
        """Tell which field each column holds, by the first row; None where it is no header."""
        keys = kind_fields(Kind.PLANS).keys
        found: dict[int, str] = {}
        for column, cell in enumerate(self._rows[0]):
            key = header_key(cell)
            name = _HEADERS.get(key) or keys.get(key)
            if name is not None and name not in found.values():
                found[column] = name
        filled = sum(bool(cell.strip()) for cell in self._rows[0])
        if len(found) < 2 or 2 * len(found) < filled:
            return None
        return self._with_title(found)

    def _with_title(self, fields: dict[int, str]) -> dict[int, str]:
        """Let the first column of unknown words be the title where no header names one."""
        holds_titles = {"title", *(name for name, _kind in LEVELS)}
        if holds_titles & set(fields.values()):
            return fields
        for column in range(self._width):
            if column not in fields and any(_at(row, column) for row in self._rows[1:]):
                return fields | {column: "title"}
        return fields

    def _row(
        self, cells: list[str], fields: dict[int, str], titles: dict[int, str]
    ) -> PastedRow | None:
        """Read one row of a table with one column of titles."""
        row = PastedRow("")
        for column, cell in enumerate(cells):
            if not cell.strip():
                continue
            name = fields.get(column, "")
            if name in ("title", "action") and not row.title:
                lead = cell[: len(cell) - len(cell.lstrip())]
                row.title = cell.strip()
                row.depth = 100 * column + len(lead.expandtabs(4).replace("\u3000", "  "))
                row.kind = row.kind or (ItemKind.ACTION if name == "action" else None)
            else:
                self._take(row, name, cell, titles.get(column, ""))
        if not row.title:
            return self._without_title(row)
        if "item_type" not in fields.values():
            row.is_ticked, row.title = (
                split_box(row.title)
                if row.is_ticked is None
                else (
                    row.is_ticked,
                    row.title,
                )
            )
            said, row.title = split_kind(row.title)
            row.kind = row.kind or said
        return row

    def _without_title(self, row: PastedRow) -> PastedRow | None:
        """Keep what a row without a title says all the same."""
        if row.notes:
            row.title = row.notes.pop(0)[1]
        elif row.cells:
            row.title = row.cells.pop(next(iter(row.cells)))
        return row if row.title else None

    def _take(self, row: PastedRow, name: str, cell: str, title: str) -> None:
        """Put a cell into the field of its column, or else among the notes."""
        text = cell.strip()
        if name == "item_type":
            kind = read_kind(text)
            if kind is None:
                row.notes.append((title, text))
            row.kind = kind or row.kind
        elif name == "ticked":
            ticked = is_ticked(text)
            if ticked is None:
                row.cells.setdefault("progress_rag", text)
            else:
                row.is_ticked = ticked
        elif name in _OF_THE_PLAN or name == "number":
            told = _ORDINAL.match(text) if name == "number" else self._is_the_same(name)
            if not told:
                row.notes.append((title, text))
        elif name and name not in row.cells:
            row.cells[name] = text
        else:
            row.notes.append((title, text))

    def _is_the_same(self, name: str) -> bool:
        """Tell whether a column says the same in every row."""
        return len(self._said.get(name, ())) < 2

    def _by_levels(
        self, body: list[list[str]], fields: dict[int, str], titles: dict[int, str]
    ) -> list[PastedRow]:
        """Read a table with a column for each level; what repeats from above is no new item."""
        places = {name: column for column, name in fields.items()}
        levels = [(places[name], kind) for name, kind in LEVELS if name in places]
        if "title" in places and "action" not in places:
            levels.append((places["title"], ItemKind.ACTION))
        known: dict[ItemKind, str] = {}
        rows: list[PastedRow] = []
        for cells in body:
            made: list[PastedRow] = []
            for depth, (column, kind) in enumerate(levels):
                title = _at(cells, column)
                is_new = title and (made or known.get(kind) != title or kind is ItemKind.ACTION)
                if not is_new:
                    continue
                made.append(PastedRow(title, depth=depth, kind=kind))
                for _column, inner in levels[depth:]:
                    known.pop(inner, None)
                known[kind] = title
            target = made[-1] if made else PastedRow("", depth=len(levels), kind=ItemKind.ACTION)
            own = {column for column, _kind in levels}
            for column, cell in enumerate(cells):
                if cell.strip() and column not in own:
                    self._take(target, fields.get(column, ""), cell, titles.get(column, ""))
            if target.title:
                rows += made
            elif kept := self._without_title(target):
                rows.append(kept)
        return rows

    def _guessed(self) -> dict[int, str]:
        """Tell what the columns hold by their cells; the leftmost words are the titles."""
        fields: dict[int, str] = {}
        days: list[int] = []
        text_columns: list[int] = []
        for column in range(self._width):
            cells = [text for row in self._rows if (text := _at(row, column))]
            name = self._holds(cells)
            if name == "due_on":
                days.append(column)
            elif name == "number" and column > 0 and text_columns:
                continue
            elif name and name not in fields.values():
                fields[column] = name
            elif not name and cells:
                text_columns.append(column)
        names = ("due_on",) if len(days) == 1 else ("start_on", "due_on")
        fields |= dict(zip(days, names, strict=False))
        # Titles that step to the right say by it what stands below what.
        for column in text_columns:
            others = [other for other in text_columns if other < column]
            if not any(_at(row, column) and _at(row, o) for row in self._rows for o in others):
                fields[column] = "title"
        if "title" not in fields.values():
            fields[0] = "title"
        return fields

    def _holds(self, cells: list[str]) -> str:
        """Name the field that most of a column's cells are read as; empty where it is words."""
        if not cells:
            return ""
        counts = Counter(cells[:: 1 + len(cells) // SAMPLE])
        asked = counts.total()
        readers: tuple[tuple[str, Callable[[str], bool]], ...] = (
            ("number", lambda text: bool(_ORDINAL.match(text))),
            ("due_on", lambda text: looks_like_day(text, self._today)),
            ("item_type", lambda text: not text.isdigit() and read_kind(text) is not None),
            ("ticked", lambda text: text in _BOXES),
            ("status", lambda text: _reads(lambda: read_status(text, ItemKind.ACTION)[0])),
            ("priority", lambda text: not _is_letter(text) and _reads(lambda: read_priority(text))),
            ("visibility", lambda text: _reads(lambda: read_visibility(text))),
            ("owner", self._is_name),
        )
        for name, fits in readers:
            read = sum(count for text, count in counts.items() if fits(text))
            if read >= max(1, ENOUGH * asked):
                return name
        return ""


def _without_ditto(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """Write out what 〃 and 同上 say: the same as the cell above."""
    rows: list[list[str]] = []
    for row in cells:
        above = rows[-1] if rows else []
        rows.append(
            [
                above[column] if cell.strip().casefold() in _DITTO and _at(above, column) else cell
                for column, cell in enumerate(row)
            ]
        )
    return rows


_DITTO = frozenset({"〃", "〻", "″", "同上", "ditto"})
_BOXES = frozenset(
    {"□", "☐", "☑", "☒", "✓", "✔", "✅", "TRUE", "FALSE", "true", "false", "[ ]", "[x]"}
)


def _at(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _is_letter(text: str) -> bool:
    """Tell whether a cell is one letter alone, which a name or a title may be too."""
    return len(text) == 1 and text.isascii()


def _reads(read: Callable[[], object]) -> bool:
    try:
        return read() is not None
    except UserError:
        return False
