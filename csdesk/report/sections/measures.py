"""Success measures and the account's other KPIs, each with its chart and its numbers in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from csdesk.model.vocabulary import TargetMode
from csdesk.queries.customer_rows import KpiLine, MeasureRow
from csdesk.report.blocks import Block, Card, Columns, Space, Stack
from csdesk.report.elements import Section, Sheet
from csdesk.report.kpi_chart import KpiChart
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.table import Column, Table
from csdesk.report.theme import ACCENT, CELL, CELL_STRONG, INK, LEAD, MUTED, SMALL, TextStyle

_NAME = TextStyle(9.6, 13.4, color=INK, bold=True, max_lines=2)
_VALUE_ROOM = 84.0
_PERIOD = TextStyle(7.2, 10.0, color=MUTED, align="right")
_FACT = TextStyle(7.8, 11.6, color=MUTED)
_FEW = 2
"""So many KPIs without measures also get a table of their values."""
_MOST_VALUES = 24


def measures_section(sheet: Sheet) -> Section | None:
    """Make a card for each success measure; None without any."""
    measures = sheet.view.measures
    if not measures:
        return None
    t = sheet.words.t
    is_wide = len(measures) == 1
    cards: list[Block] = [
        _card(sheet, measure.kpi, measure, is_wide=is_wide) for measure in measures
    ]
    aside = t.plural_in("aside", "{n} measure", "{n} measures", len(cards)).format(n=len(cards))
    blocks = [*_in_pairs(cards), *_marks(sheet, [measure.kpi for measure in measures])]
    return sheet.section(t("Success measures"), blocks, aside=aside)


def kpis_section(sheet: Sheet) -> Section | None:
    """Make a card for each KPI that no measure uses; few of them also list their values."""
    kpis = [kpi for kpi in sheet.view.kpis if kpi.values]
    if not kpis:
        return None
    t = sheet.words.t
    is_wide = len(kpis) <= _FEW
    blocks: list[Block] = []
    if not sheet.view.goals:
        words = t("This document shows the figures we follow together with you.")
        blocks += [sheet.text(words, LEAD), Space(12)]
    if is_wide:
        for index, kpi in enumerate(kpis):
            card = _card(sheet, kpi, None, is_wide=True)
            card.space_before = 18.0 if index else 0.0
            blocks += [card, _values_table(sheet, kpi)]
    else:
        blocks += _in_pairs([_card(sheet, kpi, None, is_wide=False) for kpi in kpis])
    title = t("Further KPIs") if sheet.view.measures else t.context("document", "KPIs")
    return sheet.section(title, [*blocks, *_marks(sheet, kpis)])


def _marks(sheet: Sheet, kpis: Sequence[KpiLine]) -> list[Block]:
    """Name the owners of NPS® wherever a figure of that name is printed."""
    if not any("NPS" in kpi.name.upper() for kpi in kpis):
        return []
    notice = sheet.words.t(
        "Net Promoter® and NPS® are registered trademarks of Bain & Company, Inc., "
        "NICE Systems, Inc., and Fred Reichheld."
    )
    return [sheet.text(notice, TextStyle(7.2, 10.4, color=MUTED), space_before=8)]


def _in_pairs(cards: Sequence[Block]) -> list[Block]:
    if len(cards) == 1:
        return list(cards)
    rows: list[Block] = []
    for index in range(0, len(cards), 2):
        right = cards[index + 1] if index + 1 < len(cards) else Space(0)
        rows.append(
            Columns([(1, cards[index]), (1, right)], gap=12, space_before=12 if rows else 0)
        )
    return rows


def _card(sheet: Sheet, kpi: KpiLine, measure: MeasureRow | None, *, is_wide: bool) -> Card:
    words = sheet.words
    head: list[Block] = [
        Columns([(0.6, sheet.text(kpi.name, _NAME)), (0.4, _latest(sheet, kpi))], gap=6)
    ]
    if kpi.values:
        height = 168.0 if is_wide else 104.0
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
    return Card(Stack(head, together=True))


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
    words, t = sheet.words, sheet.words.t
    number = words.value(measure.target, measure.kpi)
    if measure.target_given is None:
        return number
    given = words.number(measure.target_given)
    if measure.target_mode == TargetMode.PERCENT_OF_BASELINE:
        share = t("{share}% of the baseline").format(share=given)
    elif measure.target_mode == TargetMode.PERCENT_INCREASE:
        share = t("{share}% more than the baseline").format(share=given)
    else:
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
        Column(t.context("document", "Period"), 0.4),
        Column(kpi.name, 0.3, align="right"),
        Column(t.context("document", "Change"), 0.3, align="right"),
    ]
    return Table(columns, rows, sheet.typesetter, title=kpi.name, space_before=10)
