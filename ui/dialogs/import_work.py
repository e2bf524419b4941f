"""What the import does on the worker thread: look at the files, then take them in."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from csdesk.errors import UserError
from csdesk.exchange.dates import DateOrder
from csdesk.exchange.encodings import UndecidedEncodingError
from csdesk.exchange.fields import Kind
from csdesk.exchange.import_report import ImportReport
from csdesk.exchange.importer import Source, apply_import, open_each, plan_import
from csdesk.exchange.mapping import TableMapping, load_mapping, shipped_mappings
from csdesk.exchange.reading import read_table
from csdesk.exchange.tables import Table, TableOptions, header_key
from csdesk.progress import Progress
from csdesk.workspace.workspace import Step, Workspace

FITS = 0.6
"""Which share of a mapping's fields a table must have to be taken for one of its kind."""

PREVIEWED = 30
"""How many rows of a file are shown before it is imported."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user has said about the files; what is left empty is found out.

    `mapping` names a mapping that comes with the program, or the path of one; `columns` maps
    headers to fields and goes before it. `date_orders` tells how dates of numbers are written.
    """

    kind: Kind | None = None
    mapping: str = ""
    encodings: Mapping[Path, str] = field(default_factory=dict)
    date_orders: Mapping[Path, DateOrder] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One table as it was understood: either a source, or what stands in the way.

    `table` is there whenever the file can be read at all; `fits` names a mapping that comes with
    the program and knows most of its columns, where they were not understood without it.
    """

    path: Path
    table: Table | None = None
    source: Source | None = None
    trouble: UserError | None = None
    fits: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All tables, and what an import of them would do; no report where one stands in the way."""

    files: tuple[FoundFile, ...]
    report: ImportReport | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What to call the tables: by their files, and by the sheets of one that gave several."""
        paths = [one.path for one in self.files]
        names: list[str] = []
        for one in self.files:
            sheet = one.table.sheet if one.table is not None and paths.count(one.path) > 1 else ""
            alone = len(set(paths)) == 1
            names.append(
                sheet if sheet and alone else " · ".join(filter(None, (one.path.name, sheet)))
            )
        return tuple(names)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The tables that were understood."""
        return tuple(one.source for one in self.files if one.source is not None)


def look_into(
    workspace: Workspace, paths: Sequence[Path], choices: Choices, progress: Progress
) -> Findings:
    """Read the files and work out what importing them would do, writing nothing.

    Raises UserError where the mapping cannot be used, CancelledError when cancelled.
    """
    mapping = load_mapping(choices.mapping) if choices.mapping else TableMapping()
    mapping = dataclasses.replace(mapping, columns={**mapping.columns, **choices.columns})
    files = tuple(file for path in paths for file in _look_at(path, choices, mapping, progress))
    if not files or any(one.source is None for one in files):
        return Findings(files)
    found = Findings(files)
    return Findings(files, workspace.read(plan_import, found.sources, progress))


def take_in(
    workspace: Workspace, label: str, sources: Sequence[Source], progress: Progress
) -> Step[ImportReport]:
    """Import the sources as one undo step called `label`.

    Raises UserError where the workspace is read-only, CancelledError when cancelled.
    """
    return workspace.write(label, apply_import, sources, progress)


def fitting_mapping(header: Sequence[str]) -> str:
    """Name the mapping of the program that knows a header best; empty where none fits it."""
    keys = {header_key(title) for title in header}
    shares: dict[str, float] = {}
    for name in shipped_mappings():
        # A mapping may know several headers for one field; a table has one of them.
        columns = load_mapping(name).columns
        fields = {field for field in columns.values() if field}
        found = {field for title, field in columns.items() if header_key(title) in keys and field}
        shares[name] = len(found) / max(1, len(fields))
    best = max(shares, key=lambda name: shares[name], default="")
    return best if shares.get(best, 0) >= FITS else ""


def _look_at(
    path: Path, choices: Choices, mapping: TableMapping, progress: Progress
) -> tuple[FoundFile, ...]:
    encoding = choices.encodings.get(path, "")
    order = choices.date_orders.get(path, mapping.date_order)
    mapping = dataclasses.replace(mapping, date_order=order)
    try:
        sources = open_each(
            path, kind=choices.kind, mapping=mapping, encoding=encoding, progress=progress
        )
    except UndecidedEncodingError as trouble:
        return (FoundFile(path, trouble=trouble),)
    except UserError as trouble:
        table = _table_alone(path, encoding, mapping, progress)
        fits = fitting_mapping(table.header) if table is not None and not choices.mapping else ""
        return (FoundFile(path, table, trouble=trouble, fits=fits),)
    return tuple(FoundFile(path, source.table, source) for source in sources)


def _table_alone(
    path: Path, encoding: str, mapping: TableMapping, progress: Progress
) -> Table | None:
    """Read a file whose columns are not understood, so that they can at least be seen."""
    options = TableOptions(
        encoding=encoding or mapping.encoding,
        delimiter=mapping.delimiter,
        sheet=mapping.sheet,
        header_row=1 if mapping.header_row is None else mapping.header_row,
    )
    try:
        return read_table(path, options, progress)
    except UserError:
        return None
