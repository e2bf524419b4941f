"""Success measures and the account's other KPIs, each with its chart and its numbers in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from csdesk.queries.customer_rows import KpiLine, MeasureRow
from csdesk.report.blocks import TOLERANCE, Block, Card, Columns, Space, Stack
from csdesk.report.elements import Placed, Section, Sheet, UnagreedMark
from csdesk.report.kpi_chart import KpiChart
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.pen import Pen
from csdesk.report.sections.agreement import agreement_note
from csdesk.report.table import Column, Table
from csdesk.report.theme import ACCENT, CELL, CELL_STRONG, INK, LEAD, MUTED, SMALL, TextStyle

_NAME = TextStyle(9.6, 13.4, color=INK, bold=True, max_lines=2)
_VALUE_ROOM = 84.0
_PERIOD = TextStyle(7.2, 10.0, color=MUTED, align="right")
_FACT = TextStyle(7.8, 11.6, color=MUTED)
_FEW = 2
"""So many KPIs without measures also get a table of their values."""
_MOST_VALUES = 24
_OTHERS = 452.0
"""What three rows of cards on paper hold besides their charts: heading, words, a notice."""
_LOWEST_CHART = 70.0
_HIGHEST_CHART = 225.0
_BESIDE = 22.0
"""Between a card and the table beside it."""
_Shown = tuple[KpiLine, MeasureRow | None]


def measures_section(sheet: Sheet) -> Section | None:
    """Make a card for each success measure; None without any."""
    measures = sheet.view.measures
    if not measures:
        return None
    t = sheet.words.t
    height = _chart_height(sheet, len(measures))
    shown: list[_Shown] = [(measure.kpi, measure) for measure in measures]
    aside = t.plural_in("aside", "{n} measure", "{n} measures", len(shown)).format(n=len(shown))
    blocks = [
        *agreement_note(sheet, "measures"),
        *_with_marks(
            _in_rows(sheet, shown, height), _marks(sheet, [measure.kpi for measure in measures])
        ),
    ]
    return sheet.section(t("Success measures"), blocks, aside=aside)


def kpis_section(sheet: Sheet) -> Section | None:
    """Make a card for each KPI that no measure uses; few of them also list their values."""
    kpis = [kpi for kpi in sheet.view.kpis if kpi.values]
    if not kpis:
        return None
    t = sheet.words.t
    height = _chart_height(sheet, len(kpis))
    blocks: list[Block] = []
    if not sheet.view.goals:
        words = t("This document shows the figures we follow together with you.")
        blocks += [sheet.text(words, LEAD), Space(12)]
    if len(kpis) <= _FEW:
        blocks += _with_tables(sheet, kpis)
    else:
        blocks += _in_rows(sheet, [(kpi, None) for kpi in kpis], height)
    title = t("Further KPIs") if sheet.view.measures else t.context("document", "KPIs")
    return sheet.section(title, _with_marks(blocks, _marks(sheet, kpis)))


def kpi_charts(sheet: Sheet, kpis: Sequence[KpiLine], *, with_values: bool) -> list[Block]:
    """Make a card for each KPI, and a table of its values where wanted, with their notice."""
    if with_values:
        return _with_marks(_with_tables(sheet, kpis), _marks(sheet, kpis))
    height = _chart_height(sheet, len(kpis))
    return _with_marks(_in_rows(sheet, [(kpi, None) for kpi in kpis], height), _marks(sheet, kpis))


def _with_tables(sheet: Sheet, kpis: Sequence[KpiLine]) -> list[Block]:
    blocks: list[Block] = []
    for kpi in kpis:
        blocks += _with_values(sheet, kpi, 18.0 if blocks else 0.0)
    return blocks


def _marks(sheet: Sheet, kpis: Sequence[KpiLine]) -> list[Block]:
    """Name the owners of NPS® wherever a figure of that name is printed."""
    if not any("NPS" in kpi.name.upper() for kpi in kpis):
        return []
    notice = sheet.words.t(
        "Net Promoter® and NPS® are registered trademarks of Bain & Company, Inc., "
        "NICE Systems, Inc., and Fred Reichheld."
    )
    return [sheet.text(notice, TextStyle(7.2, 10.4, color=MUTED), space_before=8)]


def _with_marks(blocks: Sequence[Block], marks: Sequence[Block]) -> list[Block]:
    """Keep the notice of a mark on the page of the last block."""
    if not marks:
        return list(blocks)
    last = blocks[-1]
    kept = Stack([last, *marks], together=True, space_before=last.space_before)
    return [*blocks[:-1], kept]


def _chart_height(sheet: Sheet, count: int) -> float:
    """Choose how high the charts are: on a screen a row of them fills a page, on paper three do."""
    if sheet.page.is_wide:
        return 180.0
    return 168.0 if count == 1 else (sheet.page.content_height - _OTHERS) / 3


def _in_rows(sheet: Sheet, shown: Sequence[_Shown], height: float) -> list[Block]:
    """Put cards beside each other, two on paper, three on a screen; none stays alone in its row."""
    across = 3 if sheet.page.is_wide else 2
    rows: list[Block] = []
    for count in _row_lengths(len(shown), across):
        row, shown = shown[:count], shown[count:]
        is_lonely = count == 1 and bool(rows)
        rows.append(_CardRow(sheet, row, height, is_lonely=is_lonely))
        rows[-1].space_before = 12.0 if len(rows) > 1 else 0.0
    return rows


class _CardRow(Block):
    """Cards side by side, whose charts become lower where a page leaves less room."""

    def __init__(
        self, sheet: Sheet, shown: Sequence[_Shown], height: float, *, is_lonely: bool
    ) -> None:
        self._sheet = sheet
        self._shown = shown
        self._height = height
        self._is_lonely = is_lonely
        self._row = self._made(height)

    def height(self, width: float) -> float:
        """Measure the row with charts as high as was wished."""
        return self._row.height(width)

    def least(self, width: float) -> float:
        """Measure the row with charts as low as they can be read."""
        return self._row.height(width) - max(self._height - _LOWEST_CHART, 0.0)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Fit the row into `room`; only one that is higher than a page is parted."""
        missing = self._row.height(width) - room
        if missing <= self._height - _LOWEST_CHART:
            lower = self._made(self._height - missing)
            if lower.height(width) <= room + TOLERANCE:
                return lower, Space(0.0)
        if self._row.height(width) > self._sheet.page.content_height:
            return self._made(min(self._height, _LOWEST_CHART)).split(width, room)
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the cards."""
        self._row.draw(pen, x, top, width)

    def _made(self, height: float) -> Columns:
        cells = [(1.0, _card(self._sheet, kpi, own, height)) for kpi, own in self._shown]
        room: list[tuple[float, Block]] = [(1.0, Space(0.0))] if self._is_lonely else []
        return Columns([*cells, *room], gap=12)


def _row_lengths(count: int, across: int) -> list[int]:
    """Share `count` cards over rows of `across`; instead of three and one there are two and two."""
    lengths = [across] * (count // across)
    left = count % across
    if left == 1 and across > 2 and lengths:
        return [*lengths[:-1], across - 1, left + 1]
    return [*lengths, left] if left else lengths


def _with_values(sheet: Sheet, kpi: KpiLine, space_before: float) -> list[Block]:
    """Set a KPI's card with the table of its values: under it on paper, beside it on a screen."""
    table = _values_table(sheet, kpi)
    if sheet.page.is_wide:
        table.space_before = 0.0
        across = (sheet.page.content_width - _BESIDE) * 0.42
        height = min(max(table.height(across) - 54.0, 150.0), _HIGHEST_CHART)
        card = _card(sheet, kpi, None, height)
        return [Columns([(0.58, card), (0.42, table)], gap=_BESIDE, space_before=space_before)]
    card = _card(sheet, kpi, None, 168.0)
    card.space_before = space_before
    return [card, table]


def _card(sheet: Sheet, kpi: KpiLine, measure: MeasureRow | None, height: float) -> Card:
    words = sheet.words
    head: list[Block] = [
        Columns([(0.6, sheet.text(kpi.name, _NAME)), (0.4, _latest(sheet, kpi))], gap=6)
    ]
    if kpi.values:
        head += [Space(4), KpiChart(kpi, measure, words, height=height)]
    else:
        empty = words.t("No values have been entered yet.")
        head.append(sheet.text(empty, SMALL, space_before=8))
    if measure is not None:
        facts = _facts(sheet, measure)
        head += [
            Paragraph(fact, _FACT, sheet.typesetter, space_before=6 if index == 0 else 0)
            for index, fact in enumerate(facts)
        ]
        if sheet.is_marked(measure.id):
            head.append(UnagreedMark(words, size=7.2, space_before=3))
    inside = Stack(head, together=True)
    if measure is not None:
        return Card(Placed(inside, "measure", measure.id))
    return Card(Placed(inside, "kpi", kpi.id))


def _latest(sheet: Sheet, kpi: KpiLine) -> Block:
    latest = kpi.latest
    if latest is None:
        return Space(0)
    value = sheet.words.value(latest.value, kpi)
    size = min(14.0, 14.0 * _VALUE_ROOM / sheet.typesetter.width(value, 14, bold=True))
    style = TextStyle(max(size, 8.0), 17.0, ACCENT, bold=True, align="right")
    period = sheet.words.as_of(latest.period, kpi.frequency)
    if latest.is_estimate:
        period = sheet.words.t("{period}, estimate").format(period=period)
    return Stack([sheet.text(value, style), sheet.text(period, _PERIOD)])


def _facts(sheet: Sheet, measure: MeasureRow) -> list[list[Span]]:
    """Say baseline, target, progress, source and agreement, a line each."""
    words, t, kpi = sheet.words, sheet.words.t, measure.kpi
    facts = [
        [
            Span(t.context("document", "Baseline ")),
            Span(_dated(sheet, words.value(measure.baseline, kpi), measure.baseline_on), ink=INK),
            Span(" → "),
            Span(t.context("document", "Target ")),
            Span(_dated(sheet, _target(sheet, measure), measure.target_on), bold=True, ink=INK),
        ]
    ]
    if measure.progress is not None:
        progress = [
            Span(t.context("document", "Progress ")),
            Span(words.percent(measure.progress), bold=True, ink=INK),
        ]
        if measure.expected is not None:
            expected = words.value(measure.expected, kpi)
            progress.append(Span("    " + t("On the line today: {value}").format(value=expected)))
        facts.append(progress)
    if measure.source:
        facts.append([Span(t("Source: {source}").format(source=measure.source))])
    agreed = [words.t.date(measure.agreed_on), words.people(measure.agreed_with, "")]
    if any(agreed):
        facts.append([Span(t("Agreed: ") + " ".join(part for part in agreed if part))])
    return facts


def _target(sheet: Sheet, measure: MeasureRow) -> str:
    """Write the target's number and, where it was given as a share, that share."""
    number, share = sheet.words.value(measure.target, measure.kpi), sheet.words.share(measure)
    if not share:
        return number
    return share if measure.target is None else f"{number} ({share})"


def _dated(sheet: Sheet, value: str, day: dt.date | None) -> str:
    return f"{value} ({sheet.words.date(day)})" if day else value


def _values_table(sheet: Sheet, kpi: KpiLine) -> Table:
    """List the newest values, newest first, with their change."""
    words, t = sheet.words, sheet.words.t
    right = TextStyle(CELL.size, CELL.leading, CELL.color, align="right")
    right_strong = TextStyle(
        CELL_STRONG.size, CELL_STRONG.leading, CELL_STRONG.color, bold=True, align="right"
    )
    rows: list[list[Block]] = []
    for index in range(len(kpi.values) - 1, max(len(kpi.values) - 1 - _MOST_VALUES, -1), -1):
        point = kpi.values[index]
        change = "–"
        if index:
            difference = point.value - kpi.values[index - 1].value
            change = ("+" if difference > 0 else "") + words.value(difference, kpi)
        value = words.value(point.value, kpi)
        if point.is_estimate:
            value = t("{period}, estimate").format(period=value)
        rows.append(
            [
                sheet.text(words.period(point.period, kpi.frequency), CELL),
                sheet.text(value, right_strong),
                sheet.text(change, right),
            ]
        )
    columns = [
        Column(t.context("document", "Period"), 0.3),
        Column(kpi.name, 0.42, align="right"),
        Column(t.context("document", "Change"), 0.28, align="right"),
    ]
    return Table(columns, rows, sheet.typesetter, title=kpi.name, space_before=10)
