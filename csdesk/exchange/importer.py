"""Imports tables into a workspace: look first (`plan_import`), then do it (`apply_import`).

    source = open_source(path, mapping=load_mapping("hubspot"))
    report = workspace.read(plan_import, [source])
    step = workspace.write(_("Import {name}"), apply_import, [source])

Opening reads the file once. Planning and applying take the same decisions; applying takes them
again, inside the transaction that writes, so that nothing can have changed in between.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from csdesk.exchange.binding import Binding, bind, detect_kind
from csdesk.exchange.changes import Changes
from csdesk.exchange.directories import Lookups
from csdesk.exchange.fields import ENTITIES, Kind
from csdesk.exchange.import_report import ImportReport, Outcome, Problem, Results, TableReport
from csdesk.exchange.kpi_import import KpiImport
from csdesk.exchange.kpi_values import KpiWrites
from csdesk.exchange.mapping import TableMapping, wanted_headers
from csdesk.exchange.plan_import import PlanImport
from csdesk.exchange.reading import read_table
from csdesk.exchange.row_import import RowImport
from csdesk.exchange.table_import import ImportedTable
from csdesk.exchange.tables import Table, TableOptions
from csdesk.exchange.workbooks import SeveralSheetsError
from csdesk.progress import SILENT, Progress

_SHEET_ORDER = (
    *(Kind.MEMBERS, Kind.ACCOUNTS, Kind.CONTACTS, Kind.CONTRACTS),
    *(Kind.KPI_VALUES, Kind.SURVEYS),
)
"""What a workbook of our own holds that tables bring back, with what is named before its users."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table that was read, with what its columns mean; nothing of it is in a workspace yet."""

    table: Table
    binding: Binding
    mapping: TableMapping

    @property
    def kind(self) -> Kind:
        """What the table holds."""
        return self.binding.kind.kind


def open_source(
    path: Path,
    *,
    kind: Kind | None = None,
    mapping: TableMapping | None = None,
    encoding: str = "",
    sheet: str = "",
    progress: Progress = SILENT,
) -> Source:
    """Read a table and settle what its columns mean.

    `kind`, `encoding` and `sheet` go before what the mapping says; what neither says is found
    out. Raises UserError (UndecidedEncodingError among them) where the file cannot be read or
    its columns do not say enough, CancelledError where the user cancels.
    """
    mapping = mapping or TableMapping()
    wanted = kind or mapping.kind
    options = TableOptions(
        encoding=encoding or mapping.encoding,
        delimiter=mapping.delimiter,
        sheet=sheet or mapping.sheet,
        entity=ENTITIES[wanted] if wanted else "",
        header_row=mapping.header_row,
        wanted=wanted_headers(mapping, [wanted] if wanted else list(Kind)),
        needed=max(1, len(mapping.columns)),
    )
    with _keeping_all():
        table = read_table(path, options, progress)
    wanted = wanted or detect_kind(table.header, table.name)
    return Source(table, bind(table, wanted, mapping), mapping)


def open_each(
    path: Path,
    *,
    kind: Kind | None = None,
    mapping: TableMapping | None = None,
    encoding: str = "",
    sheet: str = "",
    progress: Progress = SILENT,
) -> tuple[Source, ...]:
    """Read a table as `open_source` does, or a workbook that CSDesk wrote.

    Of such a one every sheet that has rows and can be imported comes, those that name others
    after them.
    """
    try:
        one = open_source(
            path, kind=kind, mapping=mapping, encoding=encoding, sheet=sheet, progress=progress
        )
    except SeveralSheetsError as several:
        kinds = {ENTITIES[one]: one for one in _SHEET_ORDER}
        titles = {kinds[held]: title for title, held in several.own.items() if held in kinds}
        if kind is not None or not titles:
            raise
        sources = tuple(
            open_source(path, kind=one, mapping=mapping, sheet=titles[one], progress=progress)
            for one in _SHEET_ORDER
            if one in titles
        )
        return tuple(source for source in sources if source.table.rows) or sources[:1]
    return (one,)


def plan_import(
    session: Session, sources: Sequence[Source], progress: Progress = SILENT
) -> ImportReport:
    """Work everything out without writing: what each row of each table would do.

    Later tables see what earlier ones would add. Raises CancelledError where the user cancels.
    """
    with _keeping_all():
        return _Import(session).decide(sources, progress)


def apply_import(
    session: Session, sources: Sequence[Source], progress: Progress = SILENT
) -> ImportReport:
    """Take all rows in that can be, as one step; the others are in the report.

    Rows that are as they should be are not written. Raises CancelledError where the user
    cancels; then nothing of it stays.
    """
    with _keeping_all():
        work = _Import(session)
        report = work.decide(sources, progress)
        work.write(progress)
    return report


@contextmanager
def _keeping_all() -> Iterator[None]:
    """Spare Python the search for garbage while hundreds of thousands of rows are only kept.

    It would look through all of them again and again, and double the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Import:
    """One import of one or more tables."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._changes = Changes()
        self._kpi_writes = KpiWrites()
        self._lookups = Lookups(session, self._changes)

    def decide(self, sources: Sequence[Source], progress: Progress) -> ImportReport:
        """Decide about all rows of all tables, in their order."""
        return ImportReport(tuple(self._decide(source, progress) for source in sources))

    def write(self, progress: Progress) -> None:
        """Write what was decided."""
        self._changes.write(self._session, progress)
        self._kpi_writes.write(self._session, progress)

    def _decide(self, source: Source, progress: Progress) -> TableReport:
        results = Results()
        for broken in source.table.broken:
            results.add(broken.line, Outcome.REFUSED, "", Problem(broken.reason))
        imported = ImportedTable(
            source.table, source.binding, source.mapping, self._lookups, self._changes, results
        )
        if source.kind is Kind.KPI_VALUES:
            KpiImport(self._session, imported, self._kpi_writes).run(progress)
        elif source.kind is Kind.PLANS:
            PlanImport(self._session, imported).run(progress)
        else:
            RowImport(self._session, imported).run(progress)
        return _table_report(source, results)


def _table_report(source: Source, results: Results) -> TableReport:
    order = list(range(len(results.lines)))
    if source.table.broken:
        # Rows that could not even be cut into cells were noted first.
        order.sort(key=lambda index: results.lines[index])
    place = {index: position for position, index in enumerate(order)}
    return TableReport(
        file=source.table.name,
        sheet=source.table.sheet,
        kind=source.kind,
        encoding=source.table.encoding,
        delimiter=source.table.delimiter,
        header_line=source.table.header_line,
        unknown_columns=source.binding.unknown,
        missing_columns=source.binding.missing,
        lines=tuple(results.lines[index] for index in order),
        outcomes=tuple(results.outcomes[index] for index in order),
        subjects={place[index]: text for index, text in results.subjects.items()},
        problems={place[index]: problem for index, problem in results.problems.items()},
        created={entity: tuple(names) for entity, names in results.created.items()},
    )
