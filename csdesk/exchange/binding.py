"""Settles which column of a table is which field, before any row is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from csdesk.errors import UserError
from csdesk.exchange.dates import DateReader, Period, open_date, read_period, settle_order
from csdesk.exchange.fields import LEFT_OUT, Form, Kind, KindFields, field_label, kind_fields
from csdesk.exchange.mapping import TableMapping
from csdesk.exchange.own_tables import Origin, OwnTable, own_table
from csdesk.exchange.tables import Cell, Row, Table, cell_text, header_key, shorten
from csdesk.i18n import _
from csdesk.queries.entity_words import entity_label

_DAY_NUMBER = re.compile(r"\d{5}")


@dataclass(frozen=True, slots=True)
class KpiColumn:
    """A column of values: of the KPI it names or the row names, in its period or the row's."""

    index: int
    kpi: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """What the columns of one table mean.

    `columns` gives the index of each field's column, `readers` how the dates in it are read,
    `constants` the cells that are the same for all rows. In a table CSDesk wrote, `own_id` is the
    column of the rows' ids, `named_ids` those of the ids beside names, by their field. `unknown`
    lists headers nobody claimed, `missing` headers the mapping names and the table lacks.
    `open_date` is a date whose column does not show which day it means, empty where there is none.
    """

    kind: KindFields
    columns: Mapping[str, int]
    constants: Mapping[str, Cell]
    readers: Mapping[str, DateReader]
    kpi_columns: tuple[KpiColumn, ...]
    keeps: Callable[[Row], bool]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    open_date: str = ""
    own: OwnTable | None = None
    own_id: int | None = None
    named_ids: Mapping[str, int] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether the table says anything about a field."""
        return name in self.columns or name in self.constants


def detect_kind(header: Iterable[str], name: str) -> Kind:
    """Tell from its headers what a table holds.

    Raises UserError where that is not clear, or where CSDesk wrote rows that no table brings back.
    """
    header = tuple(header)
    own = own_table(header)
    if own is not None and own.entity:
        if own.kind is None:
            entity = entity_label(own.entity)
            raise UserError(
                _("{name} is CSDesk's export of “{entity}”, which no table brings back.").format(
                    name=name, entity=entity
                ),
                _("A file exported as JSON brings everything back."),
            )
        return own.kind
    titles = [header_key(title) for title in header if title]
    months = sum(_is_period(title) for title in header)
    scores: dict[Kind, int] = {}
    for kind in Kind:
        known = kind_fields(kind)
        found = {known.keys[title] for title in titles if title in known.keys}
        if "account_external_id" in found:
            found.add("account")
        complete = set(known.required) <= found
        if kind is Kind.KPI_VALUES:
            complete = complete and ({"period", "value"} <= found or months > 1)
            found |= {f"month {n}" for n in range(months)}
        elif kind is Kind.PLANS:
            complete = complete and bool(found & {"goal", "milestone", "action", "item_type"})
        if complete:
            scores[kind] = len(found)
    best = max(scores.values(), default=0)
    winners = [kind for kind, score in scores.items() if score == best]
    if winners == [Kind.ACCOUNTS, Kind.MEMBERS]:
        # Names and no more: lists of customers are what people import.
        return Kind.ACCOUNTS
    if len(winners) != 1:
        raise UserError(
            _("It is not clear what {name} holds.").format(name=name),
            _('Say it: --kind {kinds}, or kind = "…" in the mapping file.').format(
                kinds="|".join(winners or Kind)
            ),
        )
    return winners[0]


def bind(table: Table, kind: Kind, mapping: TableMapping) -> Binding:
    """Bind the columns of a table to the fields of its kind, the mapping's word first.

    Raises UserError where a needed column is missing, or two columns claim one field.
    """
    return _Binder(table, kind_fields(kind), mapping).bind()


class _Binder:
    """Works through the columns of one table."""

    def __init__(self, table: Table, kind: KindFields, mapping: TableMapping) -> None:
        self._table = table
        self._kind = kind
        self._mapping = mapping
        self._positions: dict[str, list[int]] = {}
        for index, title in enumerate(table.header):
            if title:
                self._positions.setdefault(header_key(title), []).append(index)
        self._columns: dict[str, int] = {}
        self._claimed: set[int] = set()
        self._missing: dict[str, str] = {}
        own = own_table(table.header)
        is_other = own is not None and own.origin is not Origin.DATA and own.entity != kind.entity
        self._own = None if is_other else own

    def bind(self) -> Binding:
        """Bind mapped columns, then those recognised, then the columns of months."""
        for header, target in self._mapping.columns.items():
            self._bind_mapped(header, target)
        kpi_columns = self._named_kpi_columns()
        constants = self._constants()
        keeps = self._row_filter()
        named_ids = self._claim_our_own()
        self._bind_recognised(constants)
        if self._kind.kind is Kind.KPI_VALUES and not self._has_value(kpi_columns):
            kpi_columns = self._month_columns()
        binding = Binding(
            kind=self._kind,
            columns=self._columns,
            constants=constants,
            readers=self._readers(),
            kpi_columns=tuple(kpi_columns),
            keeps=keeps,
            unknown=self._unknown_headers(),
            missing=self._missing_headers(),
            open_date=self._open_date(),
            own=self._own,
            own_id=self._index_of(self._own.id) if self._own is not None else None,
            named_ids=named_ids,
        )
        self._check(binding)
        return binding

    def _claim_our_own(self) -> dict[str, int]:
        """Claim what is ours and fills no field; return where ids beside names stand."""
        own = self._own or OwnTable(Origin.SHOWN)
        named_ids: dict[str, int] = {}
        for index, title in enumerate(self._table.header):
            if title in own.ids:
                self._claimed.add(index)
                named_ids[own.ids[title].removesuffix("_id")] = index
            elif own.columns.get(title) in LEFT_OUT:
                self._claimed.add(index)
        return named_ids

    def _unknown_headers(self) -> tuple[str, ...]:
        """Name the columns nobody claimed; one without a header by its letter, if it is filled."""
        nameless = {
            index
            for index, title in enumerate(self._table.header)
            if not title and index not in self._claimed
        }
        filled = {
            index
            for index in nameless
            if any(len(cells) > index and cell_text(cells[index]) for _, cells in self._table.rows)
        }
        return tuple(
            title or self._table.column_name(index)
            for index, title in enumerate(self._table.header)
            if index not in self._claimed and (title or index in filled)
        )

    def _missing_headers(self) -> tuple[str, ...]:
        """Name the mapped columns the table lacks, unless another one gives the same field."""
        if self._mapping.optional_columns:
            return ()
        return tuple(
            header
            for header, target in self._missing.items()
            if target and target not in self._columns
        )

    def _index_of(self, title: str) -> int | None:
        return self._table.header.index(title) if title else None

    def _find(self, header: str) -> int | None:
        """Find a column by its header, exactly as written or else by its key."""
        exact = [i for i, title in enumerate(self._table.header) if title == header.strip()]
        found = exact or self._positions.get(header_key(header), [])
        if len(found) > 1:
            raise UserError(
                _("{name} has several columns called “{header}”: {columns}.").format(
                    name=self._table.name,
                    header=shorten(header),
                    columns=", ".join(self._table.column_name(index) for index in found),
                ),
                _("Give them different names in the first row."),
            )
        return found[0] if found else None

    def _bind_mapped(self, header: str, target: str) -> None:
        index = self._find(header)
        if index is None:
            self._missing[header] = target
            return
        self._claimed.add(index)
        if not target:
            return
        if target not in self._kind.fields:
            raise UserError(
                _("A table of {kind} has no field “{field}”.").format(
                    kind=self._kind.kind.value, field=target
                ),
                _("Correct “{header}” in the mapping file.").format(header=header),
            )
        self._take(target, index)

    def _take(self, target: str, index: int) -> None:
        if self._columns.get(target, index) != index:
            raise UserError(
                _("Two columns of {name} claim to be “{field}”: {one} and {other}.").format(
                    name=self._table.name,
                    field=field_label(self._kind.fields[target]),
                    one=self._table.column_name(self._columns[target]),
                    other=self._table.column_name(index),
                ),
                _('Say in the mapping file which one counts, and leave the other out (= "").'),
            )
        self._columns[target] = index
        self._claimed.add(index)

    def _named_kpi_columns(self) -> list[KpiColumn]:
        columns = []
        for header, kpi in self._mapping.kpi_columns.items():
            index = self._find(header)
            if index is None:
                self._missing[header] = "value"
            else:
                self._claimed.add(index)
                columns.append(KpiColumn(index, kpi or header))
        return columns

    def _constants(self) -> dict[str, Cell]:
        for name in self._mapping.constants:
            if name not in self._kind.fields:
                raise UserError(
                    _("A table of {kind} has no field “{field}”.").format(
                        kind=self._kind.kind.value, field=name
                    ),
                    _("Correct [constants] in the mapping file."),
                )
        return dict(self._mapping.constants)

    def _bind_recognised(self, constants: Mapping[str, Cell]) -> None:
        """Bind the columns whose headers we know, except to what is settled already."""
        settled = {*self._columns, *constants}
        keys = self._kind.keys
        if self._own is not None:
            # Only there does owner_id hold ids of ours.
            names = {one.column: name for name, one in self._kind.fields.items() if one.column}
            fields = {title: names.get(column) for title, column in self._own.columns.items()}
            keys = {**keys, **{header_key(title): name for title, name in fields.items() if name}}
        found: dict[str, list[int]] = {}
        for index, title in enumerate(self._table.header):
            target = keys.get(header_key(title)) if title else None
            if target and index not in self._claimed and target not in settled:
                found.setdefault(target, []).append(index)
        for target, indexes in found.items():
            # external_id is ours beyond doubt, name could be anything's.
            ours = "_" in target or self._table.is_our_own
            own = [i for i in indexes if ours and self._table.header[i] == target]
            if not own and target == "external_id":
                # ID beside External ID is what the other program calls its rows by.
                own = [i for i in indexes if header_key(self._table.header[i]) != "id"]
            for index in own if len(own) == 1 else indexes:
                self._take(target, index)

    def _row_filter(self) -> Callable[[Row], bool]:
        """Make the test that `only` and `skip` of the mapping put each row to."""
        tests: list[tuple[int, frozenset[str], bool]] = []
        for section, keep in ((self._mapping.only, True), (self._mapping.skip, False)):
            for header, texts in section.items():
                index = self._find(header)
                if index is None:
                    raise UserError(
                        _("{name} has no column “{header}” to choose rows by.").format(
                            name=self._table.name, header=header
                        ),
                        _("Correct [only] or [skip] in the mapping file."),
                    )
                self._claimed.add(index)
                tests.append((index, texts, keep))
        deleted = self._index_of(self._own.deleted) if self._own is not None else None
        if deleted is not None:
            tests.append((deleted, frozenset({""}), True))
        if not tests:
            return lambda _row: True

        def keeps(row: Row) -> bool:
            cells = row[1]
            texts_of = [cell_text(cells[i]) if i < len(cells) else "" for i, _t, _k in tests]
            return all(
                (text in texts) is keep
                for text, (_index, texts, keep) in zip(texts_of, tests, strict=True)
            )

        return keeps

    def _has_value(self, kpi_columns: list[KpiColumn]) -> bool:
        return bool(kpi_columns) or "value" in self._columns

    def _month_columns(self) -> list[KpiColumn]:
        """Find the columns whose header is a period, or fits the mapping's pattern."""
        pattern = _month_pattern(self._mapping.month_columns)
        reader = self._date_reader(None)
        columns = []
        for index, title in enumerate(self._table.header):
            if not title or index in self._claimed:
                continue
            if not self._mapping.month_columns and _DAY_NUMBER.fullmatch(title):
                # An id or a code sooner than one of Excel's day numbers.
                continue
            found = pattern.fullmatch(title.strip())
            period = _try_period(found["period"], reader) if found else None
            if found is not None and period is not None:
                kpi = found.groupdict().get("kpi") or ""
                columns.append(KpiColumn(index, kpi.strip(), period))
                self._claimed.add(index)
        return columns

    def _date_reader(self, index: int | None) -> DateReader:
        mapping = self._mapping
        order = mapping.date_order
        if order is None and index is not None:
            order = settle_order(self._column(index))
        return DateReader(
            order=order,
            counts_from_1904=self._table.counts_from_1904,
            year=mapping.year,
            first_month=mapping.first_month,
            counts_quarters=mapping.counts_quarters,
        )

    def _readers(self) -> dict[str, DateReader]:
        return {
            name: self._date_reader(self._columns.get(name))
            for name, one in self._kind.fields.items()
            if one.form in (Form.DATE, Form.PERIOD)
        }

    def _open_date(self) -> str:
        """Find a date of a bound column that its column leaves open."""
        dated = (Form.DATE, Form.PERIOD)
        for name, index in self._columns.items():
            if self._kind.fields[name].form in dated:
                found = open_date(self._column(index))
                if found:
                    return found
        return ""

    def _column(self, index: int) -> Iterator[Cell]:
        return (cells[index] for _line, cells in self._table.rows if index < len(cells))

    def _check(self, binding: Binding) -> None:
        """Refuse a table that lacks what every row needs."""
        missing = [name for name in self._kind.required if not self._is_given(binding, name)]
        if self._kind.kind is Kind.KPI_VALUES:
            missing += self._missing_for_kpis(binding)
        if self._kind.kind is Kind.PLANS and not any(
            binding.has(name) for name in ("goal", "milestone", "action", "title")
        ):
            missing.append("goal")
        if missing:
            labels = ", ".join(field_label(self._kind.fields[name]) for name in missing)
            raise UserError(
                _("{name} has no column for: {fields}. Its columns are: {columns}.").format(
                    name=self._table.name,
                    fields=labels,
                    columns=shorten(", ".join(title for title in self._table.header if title), 200),
                ),
                _("Name the column as CSDesk does, or say in a mapping file which one it is."),
            )

    @staticmethod
    def _is_given(binding: Binding, name: str) -> bool:
        return binding.has(name) or (name == "account" and binding.has("account_external_id"))

    @staticmethod
    def _missing_for_kpis(binding: Binding) -> list[str]:
        missing = []
        named = all(column.kpi for column in binding.kpi_columns) and binding.kpi_columns
        dated = all(column.period for column in binding.kpi_columns) and binding.kpi_columns
        if not binding.has("kpi") and not named:
            missing.append("kpi")
        if not binding.has("period") and not dated:
            missing.append("period")
        if "value" not in binding.columns and not binding.kpi_columns:
            missing.append("value")
        return missing


def _month_pattern(pattern: str) -> re.Pattern[str]:
    """Turn "売上 {period}" or "{kpi} ({period})" into a regular expression."""
    if not pattern:
        return re.compile(r"(?P<period>.+)")
    escaped = re.escape(pattern)
    for name in ("period", "kpi"):
        escaped = escaped.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>.+?)", 1)
    return re.compile(escaped)


def _is_period(title: str) -> bool:
    return _try_period(title, DateReader()) is not None


def _try_period(text: str, reader: DateReader) -> Period | None:
    try:
        return read_period(text, reader)
    except UserError:
        return None
