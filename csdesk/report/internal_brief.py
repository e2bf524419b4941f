"""The internal brief: everything about one account and its plan, marked internal on every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.vocabulary import Visibility, label_of
from csdesk.progress import Progress
from csdesk.queries.customer_document import PLAIN_BRANDING, Branding
from csdesk.queries.customer_rows import KpiLine, SeriesPoint
from csdesk.queries.fields import Field, FieldKind, fields_of
from csdesk.queries.internal_brief import InternalBrief
from csdesk.queries.kpis import KpiSeries
from csdesk.queries.outline import MeasureLine, OutlineItem
from csdesk.queries.rows import Row
from csdesk.report.blocks import Block, Columns, Stack
from csdesk.report.document import Made
from csdesk.report.elements import Heading, Section
from csdesk.report.internal_paper import InternalPaper
from csdesk.report.kpi_card import KpiCards
from csdesk.report.pages import RunningWords
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.table import Column, Table
from csdesk.report.theme import (
    BAD,
    CELL,
    CELL_STRONG,
    INK,
    LABEL,
    LINE,
    SMALL,
    TextStyle,
)

_TITLE = TextStyle(22.0, 30.0, color=INK, bold=True, phrases=True, role="Title")
_MARK = TextStyle(9.6, 14.0, color=BAD.strong, bold=True)
_NOTE = TextStyle(8.2, 12.4, color=BAD.strong)
_LATEST = 6
_NOT_SHOWN = frozenset({"id", "deleted_at", "name", "logo", "account_id", "plan_id"})
_IN_TITLE = {
    "touchpoint": frozenset({"held_at", "type"}),
    "feedback": frozenset({"contact_id", "kind"}),
}
"""The fields of a row that its title says already."""
_SHORT = 0.3
"""The share of the width up to which a value counts as short."""
_CARDS_IN_A_ROW = 4


def internal_brief_bytes(
    view: InternalBrief,
    *,
    language: str,
    progress: Progress,
    setup: Setup = PLAIN_SETUP,
    branding: Branding = PLAIN_BRANDING,
) -> Made:
    """Make the PDF in memory; the same view, language, setup and branding give the same bytes.

    The hours of conversations are those of this computer's time zone.
    """
    return _Brief(view, language, setup).made(branding, progress)


class _Brief(InternalPaper):
    """One brief in one language."""

    def __init__(self, view: InternalBrief, language: str, setup: Setup) -> None:
        super().__init__(language, setup, company=view.our_company, day=view.today)
        self.view = view
        self._name = view.detail.row.name

    @property
    def title(self) -> str:
        """The kind of the paper and the account it is about."""
        return f"{self.words.t('Internal brief')} – {self._name}"

    def running_words(self) -> RunningWords:
        """Say on every page that it is internal."""
        date = self.words.long_date(self.view.today)
        title = self.words.t("Internal brief")
        return RunningWords(self._name, f"{title}  {date}", self.mark)

    def story(self) -> list[Block]:
        """Make all that the brief tells, from top to bottom."""
        return [*self.head(), *self.sections()]

    def head(self) -> list[Block]:
        """Name the account, and say whom the paper is for."""
        return [
            Paragraph(self.mark, _MARK, self.typesetter, keeps_next=True),
            Paragraph(self._name, _TITLE, self.typesetter, space_before=6, keeps_next=True),
        ]

    def sections(self) -> list[Section]:
        """Make the sections that have something to tell."""
        t, view = self.words.t, self.view
        made: list[tuple[str, list[Block]]] = [
            (t("Profile"), self._facts(view.account, _NOT_SHOWN)),
            (t("Contracts"), self._contracts()),
            (t("People"), self._people()),
            (t("Success plan"), self._plan()),
            (t("KPIs"), self._kpis()),
            (t("Risks"), self._cards(view.risks)),
            (t("Opportunities"), self._cards(view.opportunities)),
            (t("Communication"), self._cards(view.touchpoints)),
            (t("Feedback"), self._cards(view.feedback)),
            (t("Enquiries"), self._cards(view.enquiries)),
        ]
        return [
            Section(title, [Heading(title, self.typesetter), *blocks], space_before=22.0)
            for title, blocks in made
            if blocks
        ]

    def _facts(self, row: Row, skip: frozenset[str]) -> list[Block]:
        """Write the fields of a row that say something, label beside value.

        Short ones stand two in a row; each long one has the width for itself.
        """
        blocks: list[Block] = []
        waiting: tuple[str, str] | None = None
        for field in fields_of(row.entity):
            if field.name in skip or row.values[field.name] is None:
                continue
            fact = (field.label(self.words.t), self._value(field, row))
            if self.typesetter.width(fact[1], CELL.size) > self.page.content_width * _SHORT:
                if waiting is not None:
                    blocks.append(self._fact_row(waiting))
                blocks.append(self._fact_row(fact))
                waiting = None
            elif waiting is None:
                waiting = fact
            else:
                blocks.append(self._fact_row(waiting, fact))
                waiting = None
        return blocks if waiting is None else [*blocks, self._fact_row(waiting)]

    def _fact_row(self, *facts: tuple[str, str]) -> Block:
        cells: list[tuple[float, Block]] = []
        for label, value in facts:
            share = 0.34 if len(facts) == 2 else 0.84
            cells += [(0.16, self._text(label, LABEL)), (share, self._text(value, CELL))]
        return Columns(cells, padding=2.2, rule=LINE)

    def _title(self, row: Row) -> str:
        """Call a row what it is about, in the document's language."""
        t, values = self.words.t, row.values
        if row.entity == "touchpoint":
            day = values["held_at"]
            named = [t.moment(day) if day else "", label_of(values["type"], t)]
        elif row.entity == "feedback":
            named = [row.names.get("contact_id", ""), label_of(values["kind"], t)]
        else:
            named = [row.title.removeprefix(f"{self._name} · ")]
        return " · ".join(part for part in named if part) or row.title

    def _cards(self, rows: Sequence[Row]) -> list[Block]:
        """Write rows one after the other, each under its title."""
        blocks: list[Block] = []
        for index, row in enumerate(rows):
            skip = _NOT_SHOWN | _IN_TITLE.get(row.entity, frozenset({"title", "subject"}))
            blocks.append(
                Paragraph(
                    self._title(row),
                    CELL_STRONG,
                    self.typesetter,
                    space_before=10.0 if index else 2.0,
                    keeps_next=True,
                )
            )
            blocks += self._facts(row, skip)
        return blocks

    def _contracts(self) -> list[Block]:
        t, words = self.words.t, self.words
        columns = [
            Column(t("Product"), 0.3),
            Column(t.context("field", "Start"), 0.16),
            Column(t.context("field", "Renewal"), 0.16),
            Column(t.context("field", "Seats"), 0.1, "right"),
            Column(t("MRR"), 0.16, "right"),
            Column(t.context("field", "Status"), 0.12),
        ]
        right = TextStyle(CELL.size, CELL.leading, color=INK, align="right")
        rows = [
            [
                self._text(f"{contract.product} {contract.plan_name}".strip() or "–", CELL_STRONG),
                self._text(words.date(contract.start_on), CELL),
                self._text(words.date(contract.renewal_on), CELL),
                self._text("–" if contract.seats is None else t.number(contract.seats), right),
                self._text(t.money(contract.mrr, contract.currency) or "–", right),
                self._text(label_of(contract.status, t) or "–", CELL),
            ]
            for contract in self.view.detail.contracts
        ]
        return self._table(t("Contracts"), columns, rows)

    def _people(self) -> list[Block]:
        t = self.words.t
        columns = [
            Column(t.context("field", "Name"), 0.3),
            Column(t.context("field", "Role"), 0.2),
            Column(t.context("field", "Influence"), 0.14),
            Column(t.context("field", "Sentiment"), 0.14),
            Column(t.context("field", "E-mail"), 0.22),
        ]
        rows = [
            [
                self._person(contact),
                self._text(label_of(contact.values["role"], t) or "–", CELL),
                self._text(label_of(contact.values["influence"], t) or "–", CELL),
                self._text(label_of(contact.values["sentiment"], t) or "–", CELL),
                self._text(contact.values["email"] or "–", SMALL),
            ]
            for contact in self.view.contacts
        ]
        return self._table(t("People"), columns, rows)

    def _person(self, contact: Row) -> Block:
        values = contact.values
        story: list[Block] = [self._text(values["name"] or "", CELL_STRONG)]
        post = " ".join(part for part in (values["department"], values["title"]) if part)
        left = values["left_on"]
        if left is not None:
            post += f" ({self.words.t.context('field', 'Left on')}: {self.words.date(left)})"
        for text, style in ((post, SMALL), (values["internal_note"], _NOTE)):
            if text:
                story.append(self._text(text, style))
        return Stack(story)

    def _plan(self) -> list[Block]:
        plan, t = self.view.plan, self.words.t
        if plan is None:
            return []
        head = [plan.title, label_of(plan.status, t), self.words.span(plan.start_on, plan.end_on)]
        if plan.progress is not None:
            head.append(self.words.percent(plan.progress))
        blocks: list[Block] = [self._text(" · ".join(part for part in head if part), CELL_STRONG)]
        for text, style in (
            (plan.background, CELL),
            (plan.to_be, CELL),
            (plan.success_statement, CELL),
            (plan.internal_note, _NOTE),
        ):
            if text:
                blocks.append(Paragraph(text, style, self.typesetter, space_before=6))
        columns = [
            Column(t.context("document", "Item"), 0.48),
            Column(t.context("document", "State"), 0.16),
            Column(t.context("document", "Due"), 0.16),
            Column(t.context("document", "In charge"), 0.2),
        ]
        rows = list(self._outline(plan.items, 0))
        if rows:
            blocks.append(Table(columns, rows, self.typesetter, title=plan.title, space_before=10))
        return blocks

    def _outline(self, items: Sequence[OutlineItem], depth: int) -> Iterator[list[Block]]:
        words = self.words
        for item in items:
            due = [Span(words.date(item.due_on))]
            if item.late_days:
                late = words.t.plural("{n} day late", "{n} days late", item.late_days)
                due.append(Span("\n" + late.format(n=item.late_days), ink=BAD.strong))
            state = [label_of(item.status, words.t)]
            if item.progress is not None:
                state.append(words.percent(item.progress))
            yield [
                self._item(item, depth),
                self._text("\n".join(part for part in state if part) or "–", CELL),
                Paragraph(due, CELL, self.typesetter),
                self._text(words.people(item.customer_owner, item.owner, joint="\n") or "–", CELL),
            ]
            yield from self._outline(item.children, depth + 1)

    def _item(self, item: OutlineItem, depth: int) -> Block:
        """Write an item with its measures and note; what the customer does not see is marked."""
        indent = "\u3000" * depth
        spans = [Span(indent + item.title, bold=depth < 2, ink=INK)]
        if item.hidden_by_parent or item.visibility != Visibility.CUSTOMER:
            mark = Visibility.INTERNAL.label(self.words.t)
            spans.append(Span(f"  [{mark}]", ink=BAD.strong))
        story: list[Block] = [Paragraph(spans, CELL, self.typesetter)]
        story += [self._text(indent + self._measure(line), SMALL) for line in item.measures]
        if item.internal_note:
            story.append(self._text(indent + item.internal_note, _NOTE))
        return Stack(story)

    def _measure(self, line: MeasureLine) -> str:
        numbers = [
            "?" if number is None else self.words.with_unit(self.words.number(number), line.unit)
            for number in (line.baseline, line.target_number)
        ]
        return f"◇ {line.kpi_name}: {' → '.join(numbers)} ({self.words.percent(line.progress)})"

    def _kpis(self) -> list[Block]:
        t = self.words.t
        columns = [
            Column(t("KPI"), 0.3),
            Column(t("Latest values"), 0.54),
            Column(t.context("field", "Target"), 0.16, "right"),
        ]
        right = TextStyle(CELL.size, CELL.leading, color=INK, align="right")
        rows = [
            [
                self._text(kpi.name, CELL_STRONG),
                self._text(self._values(kpi), CELL),
                self._text(self._number(kpi.target.target if kpi.target else None, kpi), right),
            ]
            for kpi in self.view.kpis
            if kpi.points
        ]
        return [*self._kpi_cards(), *self._table(t("KPIs"), columns, rows)]

    def _kpi_cards(self) -> list[Block]:
        """Draw each KPI with the line of its last year, four in a row."""
        lines = [_line(kpi) for kpi in self.view.kpis if kpi.points]
        return [
            KpiCards(
                [(line, None) for line in lines[start : start + _CARDS_IN_A_ROW]],
                self.words,
                space_before=9.0,
            )
            for start in range(0, len(lines), _CARDS_IN_A_ROW)
        ]

    def _values(self, kpi: KpiSeries) -> str:
        points = kpi.points[-_LATEST:]
        return ", ".join(
            f"{self.words.period(point.period, kpi.frequency or '')} "
            f"{self._number(point.value, kpi)}"
            for point in reversed(points)
        )

    def _number(self, value: Decimal | None, kpi: KpiSeries) -> str:
        return "–" if value is None else self.words.with_unit(self.words.number(value), kpi.unit)

    def _value(self, field: Field, row: Row) -> str:
        """Write a value as a reader of this language expects it."""
        value, t = row.values[field.name], self.words.t
        if field.kind is FieldKind.REFERENCE:
            return row.names.get(field.name) or "–"
        if field.kind is FieldKind.MONEY:
            return t.money(int(value), row.values.get("currency") or "JPY")
        if isinstance(value, bool):
            return t("yes") if value else t("no")
        if isinstance(value, dt.datetime):
            return t.moment(value)
        if isinstance(value, dt.date):
            return self.words.date(value)
        if isinstance(value, Decimal | int):
            return t.number(value)
        return label_of(value, t)

    def _table(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Block]]
    ) -> list[Block]:
        return [Table(columns, rows, self.typesetter, title=title)] if rows else []

    def _text(self, text: str, style: TextStyle) -> Block:
        return Paragraph(text, style, self.typesetter)


def _line(kpi: KpiSeries) -> KpiLine:
    values = tuple(
        SeriesPoint(point.period, point.value, bool(point.is_estimate)) for point in kpi.points
    )
    direction, frequency = kpi.direction or "", kpi.frequency or "monthly"
    return KpiLine(kpi.name, kpi.unit, kpi.kind or "", direction, frequency, values, kpi.name_en)
