"""What the import does on the worker thread: look at the files, then take them in."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from csdesk.errors import UserError
from csdesk.exchange.encodings import UndecidedEncodingError
from csdesk.exchange.fields import Kind
from csdesk.exchange.import_report import ImportReport
from csdesk.exchange.importer import Source, apply_import, open_source, plan_import
from csdesk.exchange.mapping import TableMapping, load_mapping
from csdesk.exchange.reading import read_table
from csdesk.exchange.tables import Table, TableOptions
from csdesk.progress import Progress
from csdesk.store.workspace import Step, Workspace

PREVIEWED = 30
"""How many rows of a file are shown before it is imported."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user has said about the files; what is left empty is found out.

    `mapping` names a mapping that comes with the program, or the path of one; `columns` maps
    headers to fields and goes before it.
    """

    kind: Kind | None = None
    mapping: str = ""
    encodings: Mapping[Path, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file as it was understood: either a source, or what stands in the way.

    `table` is there whenever the file can be read at all.
    """

    path: Path
    table: Table | None = None
    source: Source | None = None
    trouble: UserError | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All files, and what an import of them would do; no report where one stands in the way."""

    files: tuple[FoundFile, ...]
    report: ImportReport | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files that were understood."""
        return tuple(one.source for one in self.files if one.source is not None)


def look_into(
    workspace: Workspace, paths: Sequence[Path], choices: Choices, progress: Progress
) -> Findings:
    """Read the files and work out what importing them would do, writing nothing.

    Raises UserError where the mapping cannot be used, CancelledError when cancelled.
    """
    mapping = load_mapping(choices.mapping) if choices.mapping else TableMapping()
    mapping = dataclasses.replace(mapping, columns={**mapping.columns, **choices.columns})
    files = tuple(_look_at(path, choices, mapping, progress) for path in paths)
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


def _look_at(path: Path, choices: Choices, mapping: TableMapping, progress: Progress) -> FoundFile:
    encoding = choices.encodings.get(path, "")
    try:
        source = open_source(
            path, kind=choices.kind, mapping=mapping, encoding=encoding, progress=progress
        )
    except UndecidedEncodingError as trouble:
        return FoundFile(path, trouble=trouble)
    except UserError as trouble:
        return FoundFile(path, _table_alone(path, encoding, mapping, progress), trouble=trouble)
    return FoundFile(path, source.table, source)


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
