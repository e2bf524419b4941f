"""A table as a file holds it: a header and rows of cells, each row with its line in the file."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _, ngettext

MAX_COLUMNS = 16_384
"""As many columns as an Excel sheet has; a wider table is no table of ours."""

HEADER_SEARCH_ROWS = 50
"""How far down the header row is looked for; titles and notes may stand above it."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that holds no value of its own; `reason` is a sentence for the user."""

    reason: str


Cell = str | Decimal | dt.datetime | dt.date | bool | Unreadable | None
Row = tuple[int, Sequence[Cell]]
"""The line (or the sheet's row number) a row begins in, counted from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that could not be cut into cells."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What is known about a table before it is read; empty means: find out.

    `entity` is what is wanted of a workbook that CSDesk wrote. `header_row` counts from 1; 0 says
    that there is none, and the columns are then called A, B, C …; None looks for it. `wanted`
    holds the header keys that tell the header row, `needed` how many of them it must have at
    least.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    entity: str = ""
    header_row: int | None = None
    wanted: frozenset[str] = frozenset()
    needed: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: `header[i]` names the cells `row[1][i]`; blank rows are left out."""

    name: str
    header: tuple[str, ...]
    header_line: int
    rows: Sequence[Row]
    broken: tuple[BrokenRow, ...] = ()
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    counts_from_1904: bool = False

    @property
    def is_our_own(self) -> bool:
        """Whether CSDesk wrote the table: with its own ids, codes, and money in minor units."""
        return {"id", "deleted_at"} <= set(self.header)

    def column_name(self, index: int) -> str:
        """Name a column for a message: its letter as in a spreadsheet, and its header."""
        letter = column_letter(index)
        title = self.header[index] if index < len(self.header) else ""
        return letter if title in ("", letter) else f"{letter} ({shorten(title)})"


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a whole file; raises UserError where it is missing, empty, unreadable or too large."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise UserError(
                _("{name} is larger than {limit} MB.").format(
                    name=path.name, limit=limit // 1_000_000
                ),
                _("Split it into several files and import them one after the other."),
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(
            _("There is no file {path}.").format(path=path), _("Check its name and folder.")
        ) from error
    except IsADirectoryError as error:
        raise UserError(
            _("{path} is a folder.").format(path=path), _("Name the file in it.")
        ) from error
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
            _("Check that you may open the file and that no other program holds it."),
        ) from error
    if not data.strip():
        raise empty_table(path.name)
    return data


def empty_table(name: str) -> UserError:
    """Say that a file has no rows."""
    return UserError(
        _("{name} is empty.").format(name=name), _("Choose a table with a header and rows.")
    )


def header_key(text: str) -> str:
    """Reduce a header to what tells it apart: no case, width, spaces or punctuation.

    "E-Mail ", "e_mail" and "Ｅメール" stay as far apart as their letters are.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum()) or folded.strip()


def cell_text(cell: Cell) -> str:
    """Write a cell as text; nothing for a blank or unreadable one."""
    if cell is None or isinstance(cell, Unreadable):
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat()


def column_letter(index: int) -> str:
    """Name the column at `index` (from 0) as a spreadsheet does: A, B … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shorten(text: str, length: int = 40) -> str:
    """Cut a text for a message, on one line and without characters that do not print."""
    shown = "".join(one if one.isprintable() else "�" for one in text[: length + 1])
    return shown if len(text) <= length else f"{shown[:length]}…"


def is_blank(cells: Iterable[Cell]) -> bool:
    """Tell whether no cell of a row says anything."""
    return not any(
        cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells
    )


def score_header(cells: Sequence[Cell], wanted: frozenset[str]) -> int:
    """Count how many of the wanted headers a row has."""
    return len({header_key(cell) for cell in cells if isinstance(cell, str)} & wanted)


def refuse_wide(name: str, width: int) -> None:
    """Raise UserError where a table has more columns than any sheet may have."""
    if width > MAX_COLUMNS:
        raise UserError(
            ngettext("{name} has {n} column.", "{name} has {n} columns.", width).format(
                name=name, n=f"{width:,}"
            ),
            _("CSDesk reads up to {limit}; check the delimiter, or keep the ones you need.").format(
                limit=f"{MAX_COLUMNS:,}"
            ),
        )


def split_header(
    name: str, rows: Sequence[Row], options: TableOptions
) -> tuple[tuple[str, ...], int, Sequence[Row]]:
    """Take the header off the rows: its texts, its line, and the rows below it.

    Raises UserError where there is nothing to read or no row looks like the header.
    """
    if not rows:
        raise empty_table(name)
    if options.header_row == 0:
        width = max(len(cells) for _line, cells in rows)
        return tuple(column_letter(index) for index in range(width)), 0, rows
    index = _header_index(name, rows, options)
    line, cells = rows[index]
    header = [cell_text(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    return tuple(header), line, rows[index + 1 :]


def best_header_score(rows: Sequence[Row], options: TableOptions) -> int:
    """Tell how many wanted headers the best row near the top has."""
    top = rows[:HEADER_SEARCH_ROWS]
    return max((score_header(cells, options.wanted) for _line, cells in top), default=0)


def _header_index(name: str, rows: Sequence[Row], options: TableOptions) -> int:
    if options.header_row is not None:
        for index, (line, _cells) in enumerate(rows):
            if line == options.header_row:
                return index
        raise UserError(
            _("Row {row} of {name}, named as the header row, is blank or missing.").format(
                row=options.header_row, name=name
            ),
            _("Correct header_row in the mapping file, or leave it out."),
        )
    scores = [score_header(cells, options.wanted) for _line, cells in rows[:HEADER_SEARCH_ROWS]]
    best = max(scores)
    if best < 1:
        first = ", ".join(shorten(cell_text(cell), 20) for cell in rows[0][1][:8]) + " …"
        raise UserError(
            _("{name} has no header row that CSDesk knows; it begins with: {first}").format(
                name=name, first=first
            ),
            _(
                "Write the names of the columns into the first row, or use a mapping file that"
                " says which column is which (header_row = 0 if there is no header)."
            ),
        )
    return scores.index(best)
