"""What a workbook tells the customer, as plain rows: the sheets show it, a hidden one keeps it.

Kept in the file, so that an answer can be compared with what it answers, even where nobody
recorded that version. There is nothing in it that the customer does not see anyway.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from csdesk.actions.kpis import period_start
from csdesk.exchange.workbook.layout import FORMAT, MARK, PeriodColumn, later
from csdesk.i18n import Translator
from csdesk.model.vocabulary import ActionStatus, Frequency, Side, label_of
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan, KpiLine, MeasureRow, in_language

_WINDOW = {Frequency.WEEKLY: (4, 1), Frequency.MONTHLY: (3, 2), Frequency.QUARTERLY: (2, 1)}
"""How many periods before and after today's a customer is asked for, where they lack a value."""


@dataclass(frozen=True, slots=True)
class SentAction:
    """An action item as it was sent."""

    id: str
    number: int
    title: str
    goal: str
    owner: str
    status: str
    due_on: dt.date | None
    done_on: dt.date | None


@dataclass(frozen=True, slots=True)
class SentMeasure:
    """A measure as it was sent; `values` are those that were shown, by first day of period."""

    id: str
    kpi_id: str
    number: int
    name: str
    unit: str
    frequency: str
    baseline: Decimal | None = None
    target: Decimal | None = None
    target_on: dt.date | None = None
    last: Decimal | None = None
    last_on: dt.date | None = None
    values: tuple[tuple[dt.date, Decimal], ...] = ()
    first_open: dt.date | None = None
    """The first period that may be asked for; earlier ones were before the KPI began."""

    def value(self, first: dt.date) -> Decimal | None:
        """Return the value that was shown for a period."""
        return dict(self.values).get(first)

    def is_asked(self, column: PeriodColumn) -> bool:
        """Tell whether the customer is asked for this period."""
        return (
            column.frequency == self.frequency
            and self.value(column.first) is None
            and (self.first_open is None or column.first >= self.first_open)
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """All that was sent in one workbook."""

    account_id: str
    plan_id: str
    version: int
    language: str
    today: dt.date
    """The day the workbook speaks of."""
    statuses: tuple[tuple[str, str], ...] = ()
    """The statuses to choose from, with their words."""
    actions: tuple[SentAction, ...] = ()
    measures: tuple[SentMeasure, ...] = ()
    periods: tuple[PeriodColumn, ...] = ()


class UnknownFormatError(ValueError):
    """The hidden sheet has another format than this program knows."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.is_newer = number.isdecimal() and int(number) > FORMAT


def sent_in(document: CustomerDocument) -> Sent:
    """Choose what the workbook of a document tells: the customer's and joint action items, open
    ones first, and the measures, or the KPIs that stand in for them.
    """
    translator = Translator(document.language)
    view = in_language(document.view, document.language)
    lines = view.measures or tuple(MeasureRow(kpi, kpi.direction, id=kpi.id) for kpi in view.kpis)
    measures = tuple(
        _measure(number, line, view.today, id_of_kpi=not view.measures)
        for number, line in enumerate(lines, 1)
    )
    return Sent(
        account_id=view.account_id,
        plan_id=view.plan_id,
        version=view.version,
        language=document.language,
        today=view.today,
        statuses=status_words(view, translator),
        actions=_actions(view),
        measures=measures,
        periods=_periods(measures, view.today),
    )


def status_words(view: CustomerPlan, translator: Translator) -> tuple[tuple[str, str], ...]:
    """Return the statuses a customer chooses from, in words that mean the same on both sides.

    "Waiting for us" would be turned round by who reads it, so both companies are named.
    """
    waiting = translator.context("workbook", "Waiting for {company}")
    named = {
        ActionStatus.WAITING_CUSTOMER: view.account_name,
        ActionStatus.WAITING_INTERNAL: view.our_company,
    }
    words = []
    for status in ActionStatus:
        if status == ActionStatus.CANCELED:
            continue
        company = " ".join(named.get(status, "").split())
        word = waiting.format(company=company) if company else label_of(status, translator)
        words.append((status.value, word))
    return tuple(words)


def _actions(view: CustomerPlan) -> tuple[SentAction, ...]:
    own = [row for row in view.actions if row.side in (Side.CUSTOMER, Side.JOINT)]
    own.sort(key=lambda row: row.status == ActionStatus.DONE)
    return tuple(
        SentAction(
            id=row.id,
            number=number,
            title=row.title,
            goal=row.goal,
            owner=row.customer_owner,
            status=row.status,
            due_on=row.due_on,
            done_on=row.done_on,
        )
        for number, row in enumerate(own, 1)
    )


def _measure(number: int, row: MeasureRow, today: dt.date, *, id_of_kpi: bool) -> SentMeasure:
    kpi, frequency = row.kpi, _known(row.kpi.frequency)
    firm = [point for point in kpi.values if not point.is_estimate]
    return SentMeasure(
        id=kpi.id if id_of_kpi else row.id,
        kpi_id=kpi.id,
        number=number,
        name=kpi.name,
        unit=kpi.unit,
        frequency=frequency,
        baseline=row.baseline,
        target=row.target,
        target_on=row.target_on,
        last=firm[-1].value if firm else None,
        last_on=firm[-1].period if firm else None,
        values=tuple(
            (point.period, point.value)
            for point in firm
            if point.period in set(_window(frequency, today))
        ),
        first_open=_first_open(kpi, frequency, today),
    )


def _first_open(kpi: KpiLine, frequency: str, today: dt.date) -> dt.date:
    """Begin where the KPI began; one that has no values yet begins with the last full period."""
    if kpi.values:
        return kpi.values[0].period
    return later(period_start(today, frequency), frequency, -1)


def _known(frequency: str) -> str:
    """Take a frequency that a newer version wrote as monthly, as everything else does."""
    return frequency if frequency in set(Frequency) else Frequency.MONTHLY.value


def _window(frequency: str, today: dt.date) -> list[dt.date]:
    back, ahead = _WINDOW[Frequency(frequency)]
    now = period_start(today, frequency)
    return [later(now, frequency, count) for count in range(-back, ahead + 1)]


def _periods(measures: Sequence[SentMeasure], today: dt.date) -> tuple[PeriodColumn, ...]:
    """Choose the columns: those somebody is asked for, and those between them."""
    found: list[PeriodColumn] = []
    for frequency in Frequency:
        columns = [PeriodColumn(frequency.value, first) for first in _window(frequency, today)]
        asked = [
            index
            for index, column in enumerate(columns)
            if any(measure.is_asked(column) for measure in measures)
        ]
        if asked:
            found += columns[asked[0] : asked[-1] + 1]
    return tuple(found)


def kept_rows(sent: Sent) -> list[list[str]]:
    """Write what was sent as the rows of the hidden sheet, all of them text."""
    rows = [
        [MARK, str(FORMAT)],
        ["account", sent.account_id],
        ["plan", sent.plan_id],
        ["version", str(sent.version)],
        ["language", sent.language],
        ["today", sent.today.isoformat()],
    ]
    rows += [["status", code, word] for code, word in sent.statuses]
    rows += [
        [
            "action",
            one.id,
            str(one.number),
            one.title,
            one.goal,
            one.owner,
            one.status,
            _day(one.due_on),
            _day(one.done_on),
        ]
        for one in sent.actions
    ]
    for one in sent.measures:
        rows.append(
            [
                "measure",
                one.id,
                one.kpi_id,
                str(one.number),
                one.name,
                one.unit,
                one.frequency,
                _exact(one.baseline),
                _exact(one.target),
                _day(one.target_on),
                _exact(one.last),
                _day(one.last_on),
            ]
        )
        rows += [["value", one.id, first.isoformat(), _exact(value)] for first, value in one.values]
    rows += [["period", column.frequency, column.first.isoformat()] for column in sent.periods]
    return rows


def read_kept(rows: Sequence[Sequence[str]]) -> Sent | None:
    """Read the rows of the hidden sheet back; None where they are not what `kept_rows` writes.

    Raises UnknownFormatError where a program with another layout wrote them.
    """
    by_kind: dict[str, list[Sequence[str]]] = {}
    for row in rows:
        if row:
            by_kind.setdefault(row[0], []).append(row[1:])
    if MARK not in by_kind:
        return None
    if by_kind[MARK][0][0] != str(FORMAT):
        raise UnknownFormatError(by_kind[MARK][0][0])
    try:
        return _from_kept(by_kind)
    except (LookupError, ValueError, InvalidOperation):
        return None


def _from_kept(rows: dict[str, list[Sequence[str]]]) -> Sent:
    values: dict[str, list[tuple[dt.date, Decimal]]] = {}
    for owner, first, value in rows.get("value", []):
        values.setdefault(owner, []).append((dt.date.fromisoformat(first), Decimal(value)))
    return Sent(
        account_id=rows["account"][0][0],
        plan_id=_padded(rows["plan"][0], 1)[0],
        version=int(rows["version"][0][0]),
        language=rows["language"][0][0],
        today=dt.date.fromisoformat(rows["today"][0][0]),
        statuses=tuple((code, word) for code, word in rows.get("status", [])),
        actions=tuple(_action_from(_padded(row, 8)) for row in rows.get("action", [])),
        measures=tuple(
            _measure_from(_padded(row, 11), tuple(values.get(row[0], ())))
            for row in rows.get("measure", [])
        ),
        periods=tuple(
            PeriodColumn(Frequency(frequency).value, dt.date.fromisoformat(first))
            for frequency, first in rows.get("period", [])
        ),
    )


def _action_from(row: Sequence[str]) -> SentAction:
    row_id, number, title, goal, owner, status, due_on, done_on = row
    return SentAction(
        row_id, int(number), title, goal, owner, status, _to_day(due_on), _to_day(done_on)
    )


def _measure_from(row: Sequence[str], values: tuple[tuple[dt.date, Decimal], ...]) -> SentMeasure:
    row_id, kpi_id, number, name, unit, frequency, baseline, target, target_on, last, on = row
    return SentMeasure(
        id=row_id,
        kpi_id=kpi_id,
        number=int(number),
        name=name,
        unit=unit,
        frequency=Frequency(frequency).value,
        baseline=_to_exact(baseline),
        target=_to_exact(target),
        target_on=_to_day(target_on),
        last=_to_exact(last),
        last_on=_to_day(on),
        values=values,
    )


def _padded(row: Sequence[str], width: int) -> list[str]:
    """Give a row its width back: empty cells at its end are not kept by every program."""
    if len(row) > width:
        raise ValueError("too many cells")
    return [*row, *[""] * (width - len(row))]


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _exact(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _to_day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _to_exact(text: str) -> Decimal | None:
    return Decimal(text) if text else None
