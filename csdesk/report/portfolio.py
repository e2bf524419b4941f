"""The portfolio report: all accounts for ourselves, marked internal on every page."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.vocabulary import CsmView, GoalStatus, ProgressRag, label_of
from csdesk.progress import Progress
from csdesk.queries.customer_document import PLAIN_BRANDING, Branding
from csdesk.queries.portfolio_report import PortfolioReport
from csdesk.report.blocks import Block, Card, Columns, Stack
from csdesk.report.document import Made
from csdesk.report.elements import Heading, Section
from csdesk.report.internal_paper import InternalPaper
from csdesk.report.pages import RunningWords
from csdesk.report.paragraph import Paragraph
from csdesk.report.portfolio_charts import TONES, Month, MonthBars, Share, ShareBars
from csdesk.report.portfolio_tables import PortfolioTables
from csdesk.report.theme import (
    ACCENT,
    BAD,
    CELL_STRONG,
    INK,
    LABEL,
    MUTED,
    QUIET,
    SHADE,
    SMALL,
    TextStyle,
)

_TITLE = TextStyle(22.0, 30.0, color=INK, bold=True, phrases=True, role="Title")
_MARK = TextStyle(9.0, 13.0, color=BAD.strong, bold=True)
_DATE = TextStyle(10.0, 15.0, color=MUTED)
_FIGURE_SIZES = (17.0, 14.0, 11.5, 9.0)
_MOST_IN_A_ROW = 6
_AMOUNT = 1.7
"""How many times as wide as a count an amount of money is."""
_MONTHS_AHEAD = 12
_CHART_HEIGHT = 84.0


def portfolio_report_bytes(
    view: PortfolioReport,
    *,
    language: str,
    progress: Progress,
    setup: Setup = PLAIN_SETUP,
    branding: Branding = PLAIN_BRANDING,
) -> Made:
    """Make the PDF in memory; the same view, language, setup and branding give the same bytes."""
    return _Report(view, language, setup).made(branding, progress)


class _Report(InternalPaper):
    """One report in one language for one kind of page."""

    def __init__(self, view: PortfolioReport, language: str, setup: Setup) -> None:
        super().__init__(language, setup, company=view.our_company, day=view.today)
        self.view = view

    @property
    def title(self) -> str:
        """What it is."""
        return self.words.t("Portfolio report")

    def running_words(self) -> RunningWords:
        """Say on every page that it is internal."""
        date = self.words.long_date(self.view.today)
        return RunningWords(self.view.our_company, f"{self.title}  {date}", self.mark)

    def story(self) -> list[Block]:
        """Make all that the report tells, from top to bottom."""
        return [*self.front(), *self.sections()]

    def front(self) -> list[Block]:
        """Tell what it is, and the portfolio in figures and charts."""
        date = self.words.long_date(self.view.today)
        story: list[Block] = [
            Paragraph(self.mark, _MARK, self.typesetter, keeps_next=True),
            Paragraph(self.title, _TITLE, self.typesetter, space_before=4, keeps_next=True),
            Paragraph(date, _DATE, self.typesetter, keeps_next=True),
            self._figures(),
        ]
        if self.view.accounts:
            charts = [self._views(), self._goals()]
            if self.page.is_wide:
                story.append(Columns([(1, chart) for chart in [*charts, self._outlook()]], gap=10))
            else:
                story += [Columns([(1, chart) for chart in charts], gap=10), self._outlook()]
        for block in story[3:]:
            block.space_before = 14.0 if block is story[3] else 10.0
        return story

    def _figures(self) -> Block:
        """Put the figures side by side, each in a card with what it counts."""
        figures, t = self.view.figures, self.words.t
        money = t("ARR of running contracts")
        shown = [(t.number(figures.accounts), t("Accounts"), ACCENT)]
        shown += [
            (t.money(amount, currency), money, ACCENT)
            for currency, amount in sorted(figures.arr.items())
        ]
        late = BAD.strong if figures.late_actions else ACCENT
        shown += [
            (t.number(figures.renewals_soon), t("Renewals within 90 days"), ACCENT),
            (t.number(figures.without_plan), t("Accounts without a plan"), ACCENT),
            (t.number(figures.late_actions), t("Late action items"), late),
        ]
        in_a_row = len(shown) if len(shown) <= _MOST_IN_A_ROW else 3
        rows: list[Block] = []
        for start in range(0, len(shown), in_a_row):
            row = shown[start : start + in_a_row]
            # Amounts are longer than counts.
            shares = [_AMOUNT if figure[1] == money else 1.0 for figure in row]
            shares += [1.0] * (in_a_row - len(row))
            room = self.page.content_width - 10 * (in_a_row - 1)
            cells = [
                (share, self._figure(*figure, room=room * share / sum(shares) - 20))
                for share, figure in zip(shares, row, strict=False)
            ]
            cells += [(1.0, Stack([]))] * (in_a_row - len(row))
            rows.append(Columns(cells, gap=10, space_before=10))
        return Stack(rows)

    def _figure(self, figure: str, label: str, ink: str, *, room: float) -> Block:
        size = next(
            (
                size
                for size in _FIGURE_SIZES
                if self.typesetter.width(figure, size, bold=True) <= room
            ),
            _FIGURE_SIZES[-1],
        )
        style = TextStyle(size, _FIGURE_SIZES[0] * 1.4, color=ink, bold=True, max_lines=1)
        number = Paragraph(figure, style, self.typesetter)
        words = Paragraph(label, LABEL, self.typesetter)
        return Card(Stack([number, words]), fill=SHADE, stroke=None)

    def _views(self) -> Block:
        """Show how many accounts are how well off in the CSM's own view, and what they pay."""
        t = self.words.t
        shares = []
        for term in (*CsmView, None):
            rows = [row for row in self.view.accounts if row.csm_view == term]
            label = label_of(term, t) if term else t("Not rated")
            tone = TONES.get(term, QUIET) if term else QUIET
            arr: dict[str, int] = {}
            for row in rows:
                for currency, amount in row.amounts:
                    arr[currency] = arr.get(currency, 0) + amount
            # One currency beside the number is all that has room; the table has every amount.
            largest = max(arr.items(), key=lambda one: (one[1], one[0]), default=None)
            note = t.money(largest[1], largest[0]) if largest and len(arr) == 1 else ""
            shares.append(Share(label, len(rows), tone, note))
        return self._chart(t("Accounts by health (CSM's view)"), ShareBars, shares)

    def _goals(self) -> Block:
        """Show what became of the goals of all plans."""
        t, goals = self.words.t, self.view.goals
        shares = [
            Share(label_of(status, t), goals.closed(status), TONES[status])
            for status in (GoalStatus.ACHIEVED, GoalStatus.PARTIALLY, GoalStatus.MISSED)
        ]
        shares += [
            Share(label_of(rag, t), goals.running(rag), TONES[rag])
            for rag in ProgressRag
            if goals.running(rag)
        ]
        if goals.running(None):
            shares.append(Share(t("Without a standing"), goals.running(None), QUIET))
        result = goals.result
        note = ""
        if result is not None:
            share = self.words.percent(result.quantize(Decimal("0.01"), ROUND_HALF_UP))
            note = t("{share} of the closed goals reached").format(share=share)
        return self._chart(t("Goals reached"), ShareBars, shares, note)

    def _outlook(self) -> Block:
        """Show how many accounts renew in each of the next twelve months."""
        t, today = self.words.t, self.view.today
        months = []
        for ahead in range(_MONTHS_AHEAD):
            first = _month(today, ahead)
            rows = [
                row
                for row in self.view.accounts
                if row.renewal_on and row.renewal_on >= today and first == _month(row.renewal_on, 0)
            ]
            name = self.words.month_name(first)
            if ahead == 0 or first.month == 1:
                year = f"{first.year % 100:02}"
                name = f"{year}年{name}" if self.words.is_japanese else f"{name} ’{year}"
            months.append(Month(first, name, len(rows)))
        title = t("Renewals in the next twelve months")
        bars = MonthBars(months, title, height=_CHART_HEIGHT)
        return self._framed(title, bars)

    def _chart(
        self, title: str, kind: type[ShareBars], shares: list[Share], note: str = ""
    ) -> Block:
        return self._framed(title, kind(shares, title), note)

    def _framed(self, title: str, chart: Block, note: str = "") -> Block:
        inside: list[Block] = [Paragraph(title, CELL_STRONG, self.typesetter), chart]
        chart.space_before = 6.0
        if note:
            inside.append(Paragraph(note, SMALL, self.typesetter, space_before=4))
        return Card(Stack(inside))

    def sections(self) -> list[Section]:
        """Make the sections that have something to tell."""
        t, view = self.words.t, self.view
        tables = PortfolioTables(view, self.words, self.typesetter)
        found: list[tuple[str, int, Block | None]] = [
            (t("Renewals within 90 days"), len(view.renewals), tables.renewals()),
            (t("Accounts"), len(view.accounts), tables.accounts()),
            (t("Late action items"), len(view.late), tables.late()),
            (t("Accounts without a plan"), len(view.without_plan), tables.without_plan()),
        ]
        return [
            Section(
                title,
                [Heading(title, self.typesetter, aside=self.words.t.number(count)), block],
                space_before=26.0,
            )
            for title, count, block in found
            if block is not None
        ]


def _month(day: dt.date, ahead: int) -> dt.date:
    """Return the first day of the month that is `ahead` after that of `day`."""
    number = min(day.year * 12 + day.month - 1 + ahead, 9999 * 12 + 11)
    return dt.date(number // 12, number % 12 + 1, 1)
