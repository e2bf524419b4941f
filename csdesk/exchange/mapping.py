"""Mapping files: how the columns of one company's table become the fields of CSDesk.

The format is described in docs/import.md. What is written wrongly is a UserError that names the
file, the line and the key.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any

from babel.numbers import is_currency

from csdesk.errors import UserError
from csdesk.exchange.dates import DateOrder
from csdesk.exchange.delimited import DELIMITERS
from csdesk.exchange.fields import Kind, kind_fields
from csdesk.exchange.tables import header_key
from csdesk.i18n import _
from csdesk.model.vocabulary import Direction, Frequency, KpiCategory, KpiKind


class Combine(StrEnum):
    """What becomes of several rows for one account, KPI and period."""

    SUM = "sum"
    AVERAGE = "average"
    LATEST = "latest"


CREATABLE = ("accounts", "kpis", "members", "segments", "contacts")
"""What a table may name before it exists, if the mapping allows it."""

CREATED_UNASKED = ("kpis", "members", "segments")
"""What is created when no mapping says otherwise: names that are no more than names."""


@dataclass(frozen=True, slots=True)
class NewKpi:
    """What a KPI is made like when the table names one that does not exist yet."""

    unit: str = ""
    kind: KpiKind | None = None
    direction: Direction | None = None
    frequency: Frequency | None = None
    category: KpiCategory | None = None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table is to be read; the defaults say: as it comes.

    `columns` maps source headers to field names ("" leaves a column out), `kpi_columns` to KPI
    names; with `optional_columns` nobody is told of those a table lacks. `only` and `skip`
    choose rows by the texts in a column.
    """

    source: str = ""
    kind: Kind | None = None
    sheet: str = ""
    header_row: int | None = None
    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    optional_columns: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)
    kpi_columns: Mapping[str, str] = field(default_factory=dict)
    month_columns: str = ""
    date_order: DateOrder | None = None
    decimal_mark: str = "."
    currency: str = ""
    year: int | None = None
    first_month: int = 1
    counts_quarters: bool = False
    combine: Combine | None = None
    create: tuple[str, ...] = CREATED_UNASKED
    blank: frozenset[str] = frozenset()
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    skip: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kpis: Mapping[str, NewKpi] = field(default_factory=dict)


def shipped_mappings() -> list[str]:
    """Name the mappings that come with the program."""
    folder = resources.files("resources") / "mappings"
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )


def load_mapping(name: str) -> TableMapping:
    """Load a mapping file by its path, or one that comes with the program by its name.

    Raises UserError where there is none, or where something in it is wrong.
    """
    if name in shipped_mappings():
        text = (resources.files("resources") / "mappings" / f"{name}.toml").read_text("utf-8")
        return parse_mapping(text, name)
    path = Path(name)
    try:
        return parse_mapping(path.read_text("utf-8-sig"), path.name)
    except FileNotFoundError as error:
        raise UserError(
            _("There is no mapping file {path}.").format(path=name),
            _("Give the path of a TOML file, or one of: {names}.").format(
                names=", ".join(shipped_mappings())
            ),
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            _("The mapping file {name} is not written in UTF-8.").format(name=path.name),
            _("Save it again as UTF-8 text."),
        ) from error
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=name, reason=error.strerror),
            _("Check that you may open the file and that no other program holds it."),
        ) from error


def parse_mapping(text: str, name: str) -> TableMapping:
    """Read the text of a mapping file; `name` is what messages call it. Raises UserError."""
    try:
        # With a line end the parser names the line even of the last one.
        content = tomllib.loads(text + "\n")
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            _("The mapping file {name} is not valid TOML: {reason}.").format(
                name=name, reason=error
            ),
            _('Texts stand in quotation marks: “店舗” = “account” is written with "…".'),
        ) from error
    return _Reader(name, text, content).mapping()


class _Reader:
    """Checks the keys of one mapping file one by one."""

    def __init__(self, name: str, text: str, content: dict[str, Any]) -> None:
        self._name = name
        self._lines = text.splitlines()
        self._content = content
        self._read: set[str] = set()

    def mapping(self) -> TableMapping:
        """Read all keys; a key that was not read is unknown and refused."""
        kind = self._choice("kind", Kind)
        mapping = TableMapping(
            source=self._name,
            kind=kind,
            sheet=self._text("sheet"),
            header_row=self._number("header_row", 0, 1_000_000),
            encoding=self._text("encoding"),
            delimiter=self._delimiter(),
            columns=self._columns(kind),
            optional_columns=self._flag("optional_columns"),
            constants=self._constants(kind),
            kpi_columns=self._texts("kpi_columns"),
            month_columns=self._month_columns(),
            date_order=self._choice("date_order", DateOrder),
            decimal_mark=self._one_of("decimal_mark", (".", ",")) or ".",
            currency=self._currency(),
            year=self._number("year", 1900, 9999),
            first_month=self._number("first_month", 1, 12) or 1,
            counts_quarters=self._one_of("period_unit", ("month", "quarter")) == "quarter",
            combine=self._choice("combine", Combine),
            create=self._create(),
            blank=frozenset(self._strings("blank", self._content.get("blank", []))),
            only=self._filters("only"),
            skip=self._filters("skip"),
            kpis=self._kpis(),
        )
        for key in self._content:
            if key not in self._read:
                raise self._unknown(key, self._read)
        return mapping

    def _wrong(self, key: str, reason: str, advice: str = "") -> UserError:
        """Build the error for a key, with its line where the key can be found."""
        pattern = re.compile(rf'\s*\[?\s*["\']?{re.escape(key)}["\']?\s*[\]=.]')
        line = next((n for n, text in enumerate(self._lines, 1) if pattern.match(text)), 0)
        where = (
            _("Mapping file {name}, line {line}, {key}:")
            if line
            else _("Mapping file {name}, {key}:")
        ).format(name=self._name, line=line, key=key)
        return UserError(f"{where} {reason}", advice)

    def _unknown(self, key: str, known: Iterable[str]) -> UserError:
        names = sorted(known)
        close = difflib.get_close_matches(key, names, 1)
        return self._wrong(
            key,
            _("there is no such entry."),
            _("Did you mean {name}?").format(name=close[0])
            if close
            else _("Known are: {names}.").format(names=", ".join(names)),
        )

    def _value(self, key: str, kind: type, what: str) -> Any:
        self._read.add(key)
        value = self._content.get(key)
        # TOML keeps yes/no apart from numbers, Python does not.
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            raise self._wrong(key, what)
        return value

    def _text(self, key: str) -> str:
        return self._value(key, str, _("this must be a text in quotation marks.")) or ""

    def _number(self, key: str, low: int, high: int) -> int | None:
        reason = _("this must be a whole number from {low} to {high}.").format(low=low, high=high)
        value: int | None = self._value(key, int, reason)
        if value is not None and not low <= value <= high:
            raise self._wrong(key, reason)
        return value

    def _flag(self, key: str) -> bool:
        self._read.add(key)
        value = self._content.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, _("this must be true or false."))
        return value

    def _one_of(self, key: str, known: Iterable[str]) -> str:
        value = self._text(key)
        if value and value not in known:
            raise self._wrong(
                key,
                _("“{value}” is not known here.").format(value=value),
                _("Known are: {names}.").format(names=", ".join(known)),
            )
        return value

    def _choice(self, key: str, choices: type[Any]) -> Any:
        value = self._one_of(key, [choice.value for choice in choices])
        return choices(value) if value else None

    def _delimiter(self) -> str:
        names = {name: sign for sign, name in DELIMITERS.items()}
        value = self._one_of("delimiter", (*names, *DELIMITERS))
        return names.get(value, value)

    def _currency(self) -> str:
        value = self._text("currency").upper()
        if value and not is_currency(value):
            raise self._wrong(
                "currency", _("“{value}” is no ISO currency code such as JPY.").format(value=value)
            )
        return value

    def _section(self, key: str) -> dict[str, Any]:
        section = self._value(key, dict, _("this must be a section: [{key}].").format(key=key))
        return section or {}

    def _texts(self, key: str) -> dict[str, str]:
        section = self._section(key)
        for name, value in section.items():
            if not isinstance(value, str):
                raise self._wrong(name, _("this must be a text in quotation marks."))
        return section

    def _columns(self, kind: Kind | None) -> dict[str, str]:
        columns = self._texts("columns")
        for header, target in columns.items():
            self._check_field(header, target, kind)
        return columns

    def _check_field(self, key: str, name: str, kind: Kind | None) -> None:
        kinds = [kind] if kind else list(Kind)
        known = {one for each in kinds for one in kind_fields(each).fields}
        if name and name not in known:
            close = difflib.get_close_matches(name, known, 1)
            raise self._wrong(
                key,
                _("there is no field “{field}”.").format(field=name),
                _("Did you mean {name}?").format(name=close[0])
                if close
                else _("Known are: {names}.").format(names=", ".join(sorted(known))),
            )

    def _constants(self, kind: Kind | None) -> dict[str, str]:
        constants: dict[str, str] = {}
        for name, value in self._section("constants").items():
            self._check_field(name, name, kind)
            if isinstance(value, dict | list):
                raise self._wrong(name, _("this must be a single value."))
            constants[name] = str(value).lower() if isinstance(value, bool) else str(value)
        return constants

    def _month_columns(self) -> str:
        pattern = self._text("month_columns")
        if pattern and "{period}" not in pattern:
            raise self._wrong(
                "month_columns",
                _("the pattern must contain {period}.").format(period="{period}"),
                _('For example: month_columns = "{example}"').format(example="売上 {period}"),
            )
        return pattern

    def _create(self) -> tuple[str, ...]:
        if "create" not in self._content:
            self._read.add("create")
            return CREATED_UNASKED
        values = self._strings("create", self._content["create"])
        for value in values:
            if value not in CREATABLE:
                raise self._wrong(
                    "create",
                    _("“{value}” is not known here.").format(value=value),
                    _("Known are: {names}.").format(names=", ".join(CREATABLE)),
                )
        return tuple(values)

    def _strings(self, key: str, value: Any) -> list[str]:
        self._read.add(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(key, _('this must be a list of texts: ["…", "…"].'))
        return value

    def _filters(self, key: str) -> dict[str, frozenset[str]]:
        return {
            header: frozenset(text.strip() for text in self._strings(header, values))
            for header, values in self._section(key).items()
        }

    def _kpis(self) -> dict[str, NewKpi]:
        return {name: self._kpi(name, entry) for name, entry in self._section("kpis").items()}

    def _kpi(self, name: str, entry: Any) -> NewKpi:
        if not isinstance(entry, dict):
            raise self._wrong(
                name, _("this must be a section: [{key}].").format(key=f"kpis.{name}")
            )
        inner = _Reader(self._name, "\n".join(self._lines), entry)
        kpi = NewKpi(
            unit=inner._text("unit"),
            kind=inner._choice("kind", KpiKind),
            direction=inner._choice("direction", Direction),
            frequency=inner._choice("frequency", Frequency),
            category=inner._choice("category", KpiCategory),
        )
        for key in entry:
            if key not in inner._read:
                raise inner._unknown(key, inner._read)
        return kpi


def wanted_headers(mapping: TableMapping, kinds: Iterable[Kind]) -> frozenset[str]:
    """Collect the header keys that tell the header row of a table of these kinds."""
    keys = {header_key(name) for name in (*mapping.columns, *mapping.kpi_columns)}
    if not keys:
        for kind in kinds:
            keys.update(kind_fields(kind).keys)
    return frozenset(keys)
