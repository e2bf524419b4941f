"""Opens a table of either kind, by what the file is and not by what it is called."""

from __future__ import annotations

from pathlib import Path

from csdesk.exchange.delimited import read_delimited
from csdesk.exchange.encodings import file_kind
from csdesk.exchange.tables import Table, TableOptions, read_bytes
from csdesk.exchange.workbooks import read_workbook, refuse_ole
from csdesk.progress import SILENT, Progress

MAX_FILE = 300_000_000
"""Bytes of a table file; three million rows of an ordinary one."""


def read_table(path: Path, options: TableOptions, progress: Progress = SILENT) -> Table:
    """Read a CSV file or an Excel workbook.

    Raises UserError where the file is missing, empty, damaged, protected, too large, of a
    foreign kind, or leaves open how it is meant to be read; CancelledError when cancelled.
    """
    data = read_bytes(path, MAX_FILE)
    kind = file_kind(data)
    if kind == "ole":
        raise refuse_ole(data, path.name)
    if kind == "zip":
        return read_workbook(data, path.name, options, progress)
    return read_delimited(data, path.name, options, progress)
