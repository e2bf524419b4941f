"""Imports KPI values: one row a value, or months or KPIs side by side as columns.

This is the one import that counts its rows in hundred thousands, so it remembers what each
distinct cell meant and leaves comparing and writing to sets (kpi_values).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from sqlalchemy.orm import Session

from csdesk.actions.kpis import period_start
from csdesk.errors import UserError
from csdesk.exchange.binding import KpiColumn
from csdesk.exchange.cells import RefusedRowError, read_name
from csdesk.exchange.dates import Grain, Period, read_period
from csdesk.exchange.directories import existing_rows
from csdesk.exchange.import_report import Outcome, Problem
from csdesk.exchange.kpi_values import NO_EXTRAS, Extras, Given, KpiWrites, Stored, merged
from csdesk.exchange.mapping import Combine, NewKpi
from csdesk.exchange.numerals import Number, read_number
from csdesk.exchange.table_import import ImportedTable, TableImport
from csdesk.exchange.tables import Cell, Row, shorten
from csdesk.i18n import _
from csdesk.model.base import exact_number, exact_storage
from csdesk.model.vocabulary import Frequency, KpiKind
from csdesk.progress import Progress

REPORT_EVERY = 5_000

AVERAGE_PLACES = 10
"""Decimals of an average; more would only be the remainder of the division."""

_SAFE_DIGITS = 18
_PLAIN_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_PLAIN_DECIMAL = re.compile(r"-?\d{1,14}\.\d{1,9}", re.ASCII)
_EXTRAS = ("is_estimate", "note", "source")
_SHOWN_LINES = 6
_UNFIT: dict[str, frozenset[Grain]] = {
    Frequency.WEEKLY: frozenset({Grain.MONTH, Grain.QUARTER}),
    Frequency.MONTHLY: frozenset({Grain.WEEK, Grain.QUARTER}),
    Frequency.QUARTERLY: frozenset({Grain.WEEK}),
}
_GRAIN_FREQUENCY = {Grain.WEEK: Frequency.WEEKLY, Grain.QUARTER: Frequency.QUARTERLY}
_RANK = {Outcome.SKIPPED: 0, Outcome.UNCHANGED: 1, Outcome.UPDATED: 2, Outcome.ADDED: 3}


_Place = tuple[str, dt.date]
"""The first day of a period as text, and the day the table gives."""

_Pair = tuple[str, str, str, dict[Cell, _Place]]
"""What an account and a KPI cell mean: both ids, how value ids begin, and known periods."""


@dataclass(frozen=True, slots=True)
class _Kpi:
    """What must be known of a KPI to take in its values."""

    id: str
    name: str
    kind: str | None
    frequency: str | None


class KpiImport(TableImport):
    """Works through one table of KPI values."""

    def __init__(self, session: Session, imported: ImportedTable, writes: KpiWrites) -> None:
        super().__init__(session, imported)
        binding = imported.binding
        self._writes = writes
        self._columns = binding.kpi_columns or (KpiColumn(binding.columns["value"]),)
        self._accounts: dict[tuple[Cell, Cell, str], str | Problem] = {}
        self._places: dict[tuple[Cell | Period, str | None], _Place] = {}
        self._kpis: dict[tuple[Cell, str], _Kpi] = {}
        self._known_kpis = {
            row_id: _Kpi(row_id, row["name"], row.get("kind"), row.get("frequency"))
            for row_id, row in existing_rows(
                session, imported.changes, "kpi", ("name", "kind", "frequency")
            ).items()
        }
        self._given: list[Given] = []
        self._days: list[dt.date] = []
        self._result_of: list[int] = []
        self._extras: dict[int, Extras] = {}
        self._pairs: dict[tuple[Cell, Cell], _Pair] = {}
        self._places_of: dict[str | None, dict[Cell, _Place]] = {}
        self._shares: dict[int, list[int]] = {}
        self._has_extras = any(binding.has(name) for name in _EXTRAS)

    def run(self, progress: Progress) -> None:
        """Decide about every value; raises CancelledError where the user cancels."""
        before = len(self._lookups.creations)
        rows = self._table.rows
        take = self._take_quickly if self._is_plain() else self._take_row
        for start in range(0, len(rows), REPORT_EVERY):
            progress.report(start, len(rows), self._table.name)
            take(rows[start : start + REPORT_EVERY])
        standing = self._without_doubles()
        self._settle(standing)
        self._take_back_unused(before, standing)

    def _is_plain(self) -> bool:
        """Tell whether each row is one value with its account, KPI and period, and no more."""
        columns = self._binding.columns
        return (
            {"account", "kpi", "period", "value"} == set(columns)
            and not self._binding.constants
            and not self._mapping.only
            and not self._mapping.skip
            and not self._mapping.blank
        )

    def _take_quickly(self, rows: Sequence[Row]) -> None:
        """Take the rows that say what earlier ones said, with another number.

        Whatever is new, odd or wrong goes the long way, which remembers what it learns.
        """
        columns = self._binding.columns
        account, kpi, period, value = (
            columns[name] for name in ("account", "kpi", "period", "value")
        )
        width = len(self._table.header)
        pairs, given, days, result_of = self._pairs, self._given, self._days, self._result_of
        lines, outcomes = self._results.lines, self._results.outcomes
        plain = self._plain_number
        for row in rows:
            line, cells = row
            if len(cells) == width:
                pair = pairs.get((cells[account], cells[kpi]))
                if pair is not None:
                    account_id, kpi_id, prefix, places = pair
                    place = places.get(cells[period])
                    number = plain(cells[value])
                    if place is not None and number is not None:
                        first, day = place
                        given.append((prefix + first, account_id, kpi_id, first, number))
                        days.append(day)
                        result_of.append(len(lines))
                        lines.append(line)
                        outcomes.append(Outcome.SKIPPED)
                        continue
            self._take_row((row,))
            if len(cells) == width:
                self._remember(cells[account], cells[kpi], cells[period])

    def _remember(self, account: Cell, kpi: Cell, period: Cell) -> None:
        """Keep what a row taken the long way has shown its cells to mean."""
        account_id = self._accounts.get((account, None, ""))
        known = self._kpis.get((kpi, ""))
        if isinstance(account_id, str) and known is not None:
            places = self._places_of.setdefault(known.frequency, {})
            place = self._places.get((period, known.frequency))
            if place is not None:
                places[period] = place
            self._pairs[account, kpi] = (account_id, known.id, f"{account_id}:{known.id}:", places)

    def _take_row(self, rows: Sequence[Row]) -> None:
        """Take rows of any form, and note those that are refused."""
        for row in rows:
            if not self._binding.keeps(row):
                self._results.add(row[0], Outcome.SKIPPED)
                continue
            try:
                self._take(row)
            except RefusedRowError as error:
                self._results.add(row[0], Outcome.REFUSED, "", error.problem)

    def _take(self, row: Row) -> None:
        """Read the values of one row."""
        self._cells.check_width(row)
        account_id = self._account(row)
        result = -1
        extras = self._read_extras(row) if self._has_extras else NO_EXTRAS
        for column in self._columns:
            cell = self._cells.at(row, column.index)
            if cell is None:
                continue
            try:
                self._take_value(row, account_id, column, cell)
            except RefusedRowError as error:
                if len(self._columns) == 1:
                    raise
                self._results.add(row[0], Outcome.REFUSED, "", error.problem)
                continue
            if result < 0:
                result = self._results.add(row[0], Outcome.SKIPPED)
            if extras != NO_EXTRAS:
                self._extras[len(self._result_of)] = extras
            self._result_of.append(result)
        if result < 0 and not self._results.ends_with(row[0]):
            self._results.add(row[0], Outcome.SKIPPED, "", Problem(_("The row holds no value.")))

    def _take_value(self, row: Row, account_id: str, column: KpiColumn, cell: Cell) -> None:
        number: Number | None = None
        stored = self._plain_number(cell)
        if stored is None:
            number = self._number(cell, column)
            stored = exact_storage(number.value)
        when = column.period or self._cells.cell(row, "period")
        kpi = self._kpi(row, column, when, number)
        if number is not None and number.is_percent and kpi.kind != KpiKind.PERCENT:
            raise self._refused(
                column.index,
                _("“{text}” is a percentage, and {kpi} is not.").format(
                    text=shorten(str(cell)), kpi=kpi.name
                ),
            )
        period, day = self._place(row, when, kpi)
        row_id = f"{account_id}:{kpi.id}:{period}"
        self._given.append((row_id, account_id, kpi.id, period, stored))
        self._days.append(day)

    def _plain_number(self, cell: Cell) -> Stored | None:
        """Read a number of digits alone, as nearly all are; None for any other cell."""
        if isinstance(cell, str):
            if cell.isdecimal() and cell.isascii() and len(cell) <= _SAFE_DIGITS:
                return int(cell)
            if _PLAIN_WHOLE.fullmatch(cell):
                return int(cell)
            if self._mapping.decimal_mark == "." and _PLAIN_DECIMAL.fullmatch(cell):
                return exact_storage(Decimal(cell))
        return None

    def _number(self, cell: Cell, column: KpiColumn) -> Number:
        try:
            number = read_number(cell, self._mapping.decimal_mark)
        except UserError as error:
            raise self._refused(column.index, str(error)) from error
        if number is None:
            raise self._refused(column.index, _("The cell is empty."))
        return number

    def _account(self, row: Row) -> str:
        """Return the row's account, remembered from the first row that named it."""
        account, external = (self._cells.cell(row, f"account{end}") for end in ("", "_external_id"))
        key = (account, external, self._cells.named_id(row, "account"))
        known = self._accounts.get(key)
        if known is None:
            try:
                known = self._find_account(row)
            except RefusedRowError as error:
                known = error.problem
            self._accounts[key] = known
        if isinstance(known, Problem):
            raise RefusedRowError(known)
        return known

    def _kpi(self, row: Row, column: KpiColumn, when: Cell | Period, number: Number | None) -> _Kpi:
        """Return the KPI of a value; a new one is made for the first value that is in order."""
        cell = column.kpi or self._cells.cell(row, "kpi")
        key = (cell, self._cells.named_id(row, "kpi"))
        known = self._kpis.get(key)
        if known is not None:
            return known
        try:
            name = read_name(cell)
            if not name:
                raise UserError(_("The KPI is missing."))
            row_id = self._referred(row, "kpi", "kpi", name)
        except UserError as error:
            raise self._cells.refused("kpi", error) from error
        if row_id is None:
            row_id = self._create_kpi(name, self._period(row, when), number)
        self._kpis[key] = self._known_kpis[row_id]
        return self._kpis[key]

    def _create_kpi(self, name: str, period: Period, number: Number | None) -> str:
        """Make a KPI as the mapping describes it, else as its first value looks."""
        new = self._mapping.kpis.get(name) or NewKpi()
        kind, unit = new.kind, new.unit
        if kind is None and number is not None and number.is_percent:
            kind, unit = KpiKind.PERCENT, unit or "%"
        elif kind is None and number is not None and number.currency:
            kind, unit = KpiKind.MONEY, unit or number.currency
        kind = kind or KpiKind.COUNT
        frequency = new.frequency or _GRAIN_FREQUENCY.get(period.grain, Frequency.MONTHLY)
        values = {"kind": kind, "frequency": frequency} | ({"unit": unit} if unit else {})
        row_id = self._lookups.create("kpi", name, self._mapping, self._results, **values)
        self._known_kpis[row_id] = _Kpi(row_id, name, kind, frequency)
        return row_id

    def _place(self, row: Row, when: Cell | Period, kpi: _Kpi) -> tuple[str, dt.date]:
        """Return the first day of the KPI's period (ISO), and the day the table gives."""
        key = (when, kpi.frequency)
        known = self._places.get(key)
        if known is None:
            period = self._period(row, when)
            if period.grain in _UNFIT.get(kpi.frequency or Frequency.MONTHLY, ()):
                raise self._cells.refused(
                    "period",
                    UserError(
                        _("{kpi} is measured {frequency}, and this is another period.").format(
                            kpi=kpi.name, frequency=_frequency_word(kpi.frequency)
                        )
                    ),
                )
            first = period_start(period.first, kpi.frequency)
            known = (first.isoformat(), period.first)
            self._places[key] = known
        return known

    def _period(self, row: Row, when: Cell | Period) -> Period:
        if isinstance(when, Period):
            return when
        try:
            period = read_period(when, self._binding.readers["period"])
            if period is None:
                raise UserError(_("The period is missing."))
        except UserError as error:
            raise self._cells.refused("period", error) from error
        return period

    def _read_extras(self, row: Row) -> Extras:
        fields = self._binding.kind.fields
        estimate, note, source = (
            self._cells.value(row, fields[name]) if self._binding.has(name) else None
            for name in _EXTRAS
        )
        return (estimate, note, source)

    def _refused(self, index: int, reason: str) -> RefusedRowError:
        return RefusedRowError(Problem(reason, self._table.column_name(index)))

    def _without_doubles(self) -> list[int]:
        """Bring several values of one account, KPI and period down to one, or refuse them.

        Returns the indexes of the values that stand; a combined one stands at its first index.
        """
        if len({given[0] for given in self._given}) == len(self._given):
            return list(range(len(self._given)))
        first: dict[str, int] = {}
        several: dict[str, list[int]] = {}
        for index, given in enumerate(self._given):
            before = first.setdefault(given[0], index)
            if before != index:
                several.setdefault(given[0], [before]).append(index)
        for row_id, indexes in several.items():
            if self._mapping.combine is None:
                self._refuse_doubles(indexes)
                del first[row_id]
            else:
                self._combine(indexes, self._mapping.combine)
        self._shares = {indexes[0]: indexes for indexes in several.values()}
        return list(first.values())

    def _refuse_doubles(self, indexes: list[int]) -> None:
        results = [self._result_of[index] for index in indexes]
        lines = [str(self._results.lines[result]) for result in results]
        shown = ", ".join(lines[:_SHOWN_LINES]) + (" …" if len(lines) > _SHOWN_LINES else "")
        problem = Problem(
            _(
                "Lines {lines} hold values for the same account, KPI and period."
                " Say in the mapping file what becomes of them:"
                ' combine = "sum", "average" or "latest".'
            ).format(lines=shown)
        )
        for result in results:
            if len(self._columns) == 1:
                self._results.refuse(result, problem)
            else:
                # The other values of the row stand, so the row as a whole does too.
                self._results.add(self._results.lines[result], Outcome.REFUSED, "", problem)

    def _combine(self, indexes: list[int], combine: Combine) -> None:
        """Put the combined number in the place of the first value."""
        numbers = [exact_number(self._given[index][4]) for index in indexes]
        with localcontext(prec=60):
            match combine:
                case Combine.SUM:
                    number = sum(numbers, Decimal(0))
                case Combine.AVERAGE:
                    number = round(sum(numbers, Decimal(0)) / len(numbers), AVERAGE_PLACES)
                case Combine.LATEST:
                    newest = max(indexes, key=lambda index: (self._days[index], index))
                    number = exact_number(self._given[newest][4])
        at = indexes[0]
        self._given[at] = (*self._given[at][:4], exact_storage(number))

    def _take_back_unused(self, before: int, indexes: list[int]) -> None:
        """Undo the accounts and KPIs that were made for values which were all refused."""
        created = self._lookups.creations[before:]
        if created:
            used = {row_id for index in indexes for row_id in self._given[index][1:3]}
            unused = [one for one in created if one.row_id not in used]
            self._lookups.take_back(unused, self._results)

    def _settle(self, indexes: list[int]) -> None:
        """Compare with the workspace, note what is to be written, and tell the outcomes."""
        known = self._writes.known(self._session, [self._given[index][0] for index in indexes])
        outcomes, result_of = self._results.outcomes, self._result_of
        if not known and not self._extras and len(indexes) == len(self._given):
            self._writes.add_all(self._given)
            for result in result_of:
                if outcomes[result] is not Outcome.REFUSED:
                    outcomes[result] = Outcome.ADDED
            return
        for index in indexes:
            given = self._given[index]
            extras = self._extras.get(index, NO_EXTRAS)
            there = known.get(given[0])
            if there is None:
                self._writes.add(given, extras)
                outcome = Outcome.ADDED
            else:
                extras = merged(extras, there.extras)
                if there.value == given[4] and extras == there.extras and not there.deleted:
                    outcome = Outcome.UNCHANGED
                else:
                    self._writes.change(given[0], given[4], extras)
                    outcome = Outcome.ADDED if there.deleted else Outcome.UPDATED
            for each in self._shares.get(index, (index,)):
                result = result_of[each]
                if _RANK.get(outcomes[result], 9) < _RANK[outcome]:
                    outcomes[result] = outcome


def _frequency_word(frequency: str | None) -> str:
    return Frequency(frequency or Frequency.MONTHLY).label()
