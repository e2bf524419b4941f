"""Reads text tables: comma, tab, semicolon or pipe, with quoted line breaks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from csdesk.errors import UserError
from csdesk.exchange.encodings import decode
from csdesk.exchange.tables import (
    BrokenRow,
    Row,
    Table,
    TableOptions,
    best_header_score,
    is_blank,
    refuse_wide,
    split_header,
)
from csdesk.i18n import _
from csdesk.progress import SILENT, Progress

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe"}

_SNIFFED_CHARACTERS = 1_000_000
_SNIFFED_ROWS = 60
_REPORT_EVERY = 20_000


def read_delimited(
    data: bytes, name: str, options: TableOptions, progress: Progress = SILENT
) -> Table:
    """Read a text table from bytes.

    Raises UserError (UndecidedEncodingError among them) where the file as a whole cannot be
    read; a row with broken quotation marks is only listed in `Table.broken`.
    """
    decoded = decode(data, name, options.encoding)
    delimiter = options.delimiter or sniff_delimiter(decoded.text, name, options)
    rows, broken = _split(decoded.text, delimiter, name, progress)
    header, header_line, rest = split_header(name, rows, options)
    return Table(
        name=name,
        header=header,
        header_line=header_line,
        rows=rest,
        broken=tuple(broken),
        encoding=decoded.encoding,
        delimiter=delimiter,
    )


def sniff_delimiter(text: str, name: str, options: TableOptions) -> str:
    """Tell the delimiter by which the first rows are a table.

    That is the one under which most wanted headers are found, else the only one that cuts all
    rows into the same number of cells. Raises UserError where two do.
    """
    head = {each: list(_head(text, each)) for each in DELIMITERS}
    scores = {each: best_header_score(rows, options) for each, rows in head.items()}
    best = max(scores.values())
    winners = [each for each, score in scores.items() if score == best and best > 0]
    if len(winners) == 1:
        return winners[0]
    even = [each for each in winners or head if _is_even(head[each])]
    if len(even) == 1:
        return even[0]
    if not even:
        # One column only, or titles above the table: whatever cuts most rows at all.
        cut = {each: sum(len(cells) > 1 for _line, cells in head[each]) for each in head}
        most = max(cut.values())
        even = [each for each in cut if cut[each] == most]
        if most == 0 or len(even) == 1:
            return even[0]
    raise UserError(
        _("{name} could be separated by {delimiters}.").format(
            name=name, delimiters=", ".join(DELIMITERS[each] for each in even)
        ),
        _('Say which in the mapping file, for example: delimiter = "{example}"').format(
            example=DELIMITERS[even[0]]
        ),
    )


def _head(text: str, delimiter: str) -> Iterator[Row]:
    """Cut the first rows by a delimiter on trial."""
    source = io.StringIO(text[:_SNIFFED_CHARACTERS], newline="")
    reader = csv.reader(source, delimiter=delimiter)
    try:
        for cells in reader:
            if not is_blank(cells):
                yield reader.line_num, cells
            if reader.line_num >= _SNIFFED_ROWS:
                return
    except csv.Error:
        return


def _is_even(rows: list[Row]) -> bool:
    widths = {len(cells) for _line, cells in rows}
    return len(widths) == 1 and widths != {1}


def _split(
    text: str, delimiter: str, name: str, progress: Progress
) -> tuple[list[Row], list[BrokenRow]]:
    """Cut the whole text into rows; blank ones are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    broken: list[BrokenRow] = []
    line = 1
    widest = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            broken.append(BrokenRow(line, _broken_reason(line, reader.line_num)))
            line = reader.line_num + 1
            continue
        # Nearly every row says something in its first cell; asking that first is quick.
        if cells and ((cells[0] and not cells[0].isspace()) or not is_blank(cells)):
            rows.append((line, cells))
            if len(cells) > widest:
                widest = len(cells)
            if len(rows) % _REPORT_EVERY == 0:
                progress.report(len(rows), None, name)
        line = reader.line_num + 1
    refuse_wide(name, widest)
    return rows, broken


def _broken_reason(first: int, last: int) -> str:
    if last > first:
        return _(
            "The quotation marks do not pair: nothing was read from here to line {last}."
        ).format(last=last)
    return _("The quotation marks in this row do not pair.")
