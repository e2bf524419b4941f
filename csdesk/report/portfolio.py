"""The portfolio report: all accounts for ourselves, marked internal on every page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csdesk.i18n import Translator
from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.vocabulary import CsmView, ProgressRag, label_of
from csdesk.progress import Progress
from csdesk.queries.customer_document import PLAIN_BRANDING, Branding
from csdesk.queries.portfolio import AccountRow
from csdesk.queries.portfolio_report import LateAction, PortfolioReport
from csdesk.report.blocks import Block, Columns, Space, Stack
from csdesk.report.document import Made, begin_canvas
from csdesk.report.elements import Heading, Section, StateWord
from csdesk.report.page_shape import PageShape, shape_of
from csdesk.report.pages import Pages, RunningWords
from csdesk.report.palette import Palette
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.pen import Pen
from csdesk.report.table import Column, Table
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.theme import (
    ACCENT,
    BAD,
    CELL,
    CELL_STRONG,
    GOOD,
    INK,
    LINE,
    MUTED,
    QUIET,
    SMALL,
    WARNING,
    TextStyle,
    Tone,
)
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words

_NUMBER = TextStyle(CELL.size, CELL.leading, color=INK, align="right")
_URGENT_DAYS = 60
_FIGURE_SIZE = 21.0
_TONES: dict[str, Tone] = {
    ProgressRag.ON_TRACK: GOOD,
    ProgressRag.AT_RISK: WARNING,
    ProgressRag.OFF_TRACK: BAD,
    CsmView.GREEN: GOOD,
    CsmView.AMBER: WARNING,
    CsmView.RED: BAD,
}


def portfolio_report_bytes(
    view: PortfolioReport,
    *,
    language: str,
    progress: Progress,
    setup: Setup = PLAIN_SETUP,
    branding: Branding = PLAIN_BRANDING,
) -> Made:
    """Make the PDF in memory; the same view, language, setup and branding give the same bytes."""
    report = _Report(view, Words(Translator(language)), Typesetter())
    page = shape_of(setup.page_size)
    canvas = report.canvas(page, is_archival=setup.is_archival)
    pen = Pen(canvas, report.typesetter, Palette(branding.accent), page)
    pages = Pages(pen, report.running_words())
    pages.begin(is_cover=True)
    canvas.bookmark(report.title, page.height)
    report.draw_front(pen)
    sections = report.sections()
    if sections:
        pages.flow(Stack(sections), progress)
    pages.finish()
    return Made(canvas.finished(), pages.count, report.typesetter.unshown)


class _Report:
    """One report in one language."""

    def __init__(self, view: PortfolioReport, words: Words, typesetter: Typesetter) -> None:
        self.view = view
        self.words = words
        self.typesetter = typesetter
        self.title = words.t("Portfolio report")
        self._internal = words.t("Internal: not for customers")

    def canvas(self, page: PageShape, *, is_archival: bool) -> TaggedCanvas:
        """Begin the document with its language and the report's own day."""
        return begin_canvas(
            title=self.title,
            author=self.view.our_company,
            subject=self._internal,
            day=self.view.today,
            is_japanese=self.words.is_japanese,
            page=page,
            is_archival=is_archival,
        )

    def running_words(self) -> RunningWords:
        """Say on every page that it is internal."""
        date = self.words.long_date(self.view.today)
        return RunningWords(self.view.our_company, f"{self.title}  {date}", self._internal)

    def draw_front(self, pen: Pen) -> None:
        """Draw the first page: title, day, figures, and the renewals that come next."""
        with pen.canvas.content("P"):
            company = pen.typesetter.shortened(self.view.our_company, 10, 330, bold=True)
            pen.text(pen.page.margin, pen.page.top, company, 10, ink=INK, bold=True)
            pen.pill(pen.page.right, pen.page.top, self._internal, BAD, size=7.6, align="right")
        title = Paragraph(
            self.title, TextStyle(27, 36, color=INK, bold=True, role="H1"), self.typesetter
        )
        title.draw(pen, pen.page.margin, pen.page.top - 44, pen.page.content_width)
        with pen.canvas.content("P"):
            date = self.words.long_date(self.view.today)
            pen.text(pen.page.margin, pen.page.top - 98, date, 10.5, ink=MUTED)
        pen.line(
            (pen.page.margin, pen.page.top - 116), (pen.page.right, pen.page.top - 116), ink=LINE
        )
        self._draw_figures(pen, pen.page.top - 156)

    def _draw_figures(self, pen: Pen, y: float) -> None:
        """Draw the figures two in a row: a large number, and what it counts below it."""
        for index, (figure, label, ink) in enumerate(self._figures()):
            x = pen.page.margin + (index % 2) * pen.page.content_width / 2
            line = y - (index // 2) * 62
            room = pen.page.content_width / 2 - 16
            with pen.canvas.content("P"):
                width = pen.typesetter.width(figure, _FIGURE_SIZE, bold=True)
                size = _FIGURE_SIZE * min(1.0, room / max(width, 1.0))
                pen.text(x, line, figure, size, ink=ink, bold=True)
                pen.text(x, line - 18, pen.typesetter.shortened(label, 8.8, room), 8.8, ink=MUTED)

    def _figures(self) -> list[tuple[str, str, str]]:
        figures, t = self.view.figures, self.words.t
        late = BAD.strong if figures.late_actions else ACCENT
        shown = [(str(figures.accounts), t("Accounts"), ACCENT)]
        shown += [
            (t.money(amount, currency), t("ARR of running contracts"), ACCENT)
            for currency, amount in sorted(figures.arr.items())
        ]
        return [
            *shown,
            (str(figures.renewals_soon), t("Renewals within 90 days"), ACCENT),
            (str(figures.without_plan), t("Accounts without a plan"), ACCENT),
            (str(figures.late_actions), t("Late action items"), late),
        ]

    def sections(self) -> list[Section]:
        """Make the sections that have something to tell."""
        t = self.words.t
        found: list[tuple[str, int, Block | None]] = [
            (t("Renewals within 90 days"), len(self.view.renewals), self._renewals()),
            (t("Accounts"), len(self.view.accounts), self._accounts()),
            (t("Late action items"), len(self.view.late), self._late()),
            (t("Accounts without a plan"), len(self.view.without_plan), self._without_plan()),
        ]
        return [
            Section(
                title,
                [Heading(title, self.typesetter, aside=self.words.t.number(count)), block],
                space_before=26.0 if index else 0.0,
            )
            for index, (title, count, block) in enumerate(
                each for each in found if each[2] is not None
            )
            if block is not None
        ]

    def _accounts(self) -> Block | None:
        t = self.words.t
        columns = [
            Column(t.context("document", "Account"), 0.31),
            Column(t.context("document", "ARR"), 0.14, "right"),
            Column(t.context("document", "Renewal"), 0.15),
            Column(t.context("document", "Plan progress"), 0.2),
            Column(t.context("document", "Late"), 0.07, "right"),
            Column(t.context("document", "Owner"), 0.13),
        ]
        rows = [
            [
                self._name(row),
                self._right(self._arr(row)),
                self._renewal(row),
                self._plan(row),
                self._right(str(row.late_actions or "–"), is_bad=bool(row.late_actions)),
                self._text(row.owner or "–"),
            ]
            for row in self.view.accounts
        ]
        return self._table(t("Accounts"), columns, rows)

    def _renewals(self) -> Block | None:
        t = self.words.t
        columns = [
            Column(t.context("document", "Account"), 0.3),
            Column(t.context("document", "Renewal"), 0.18),
            Column(t.context("document", "ARR"), 0.15, "right"),
            Column(t.context("document", "CSM's view"), 0.12),
            Column(t.context("document", "Plan progress"), 0.25),
        ]
        rows = [
            [
                self._name(row),
                self._renewal(row),
                self._right(self._arr(row)),
                self._state(row.csm_view),
                self._plan(row),
            ]
            for row in self.view.renewals
        ]
        return self._table(t("Renewals within 90 days"), columns, rows)

    def _late(self) -> Block | None:
        t = self.words.t
        columns = [
            Column(t.context("document", "Action item"), 0.4),
            Column(t.context("document", "Account"), 0.27),
            Column(t.context("document", "Due"), 0.16),
            Column(t.context("document", "In charge"), 0.17),
        ]
        rows = [self._late_row(action) for action in self.view.late]
        return self._table(t("Late action items"), columns, rows)

    def _late_row(self, action: LateAction) -> list[Block]:
        days = self.words.t.plural("{n} day late", "{n} days late", action.days)
        due = [
            Span(self.words.date(action.due_on)),
            Span("\n" + days.format(n=action.days), ink=BAD.strong),
        ]
        return [
            self._text(action.title, strong=True),
            self._text(action.account),
            Paragraph(due, CELL, self.typesetter),
            self._text(self.words.people(action.customer_owner, action.owner, joint="\n") or "–"),
        ]

    def _without_plan(self) -> Block | None:
        t = self.words.t
        columns = [
            Column(t.context("document", "Account"), 0.4),
            Column(t.context("document", "Phase"), 0.2),
            Column(t.context("document", "Renewal"), 0.2),
            Column(t.context("document", "Owner"), 0.2),
        ]
        rows = [
            [
                self._name(row),
                self._text(label_of(row.phase, t) or "–"),
                self._renewal(row),
                self._text(row.owner or "–"),
            ]
            for row in self.view.without_plan
        ]
        return self._table(t("Accounts without a plan"), columns, rows)

    def _table(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Block]]
    ) -> Block | None:
        return Table(columns, rows, self.typesetter, title=title) if rows else None

    def _name(self, row: AccountRow) -> Block:
        about = [row.segment, label_of(row.phase, self.words.t)]
        small = " · ".join(part for part in about if part)
        story: list[Block] = [self._text(row.name, strong=True)]
        if small:
            story.append(Paragraph(small, SMALL, self.typesetter))
        return Stack(story)

    def _arr(self, row: AccountRow) -> str:
        amounts = [self.words.t.money(amount, currency) for currency, amount in row.amounts]
        return " + ".join(amounts) or "–"

    def _renewal(self, row: AccountRow) -> Block:
        if row.renewal_on is None:
            return self._text("–")
        days = (row.renewal_on - self.view.today).days
        left = self.words.t.plural("{n} day left", "{n} days left", days).format(n=days)
        ink = BAD.strong if days < _URGENT_DAYS else MUTED
        date = self.words.date(row.renewal_on)
        return Paragraph([Span(date), Span(f"\n{left}", ink=ink)], CELL, self.typesetter)

    def _plan(self, row: AccountRow) -> Block:
        if row.plan_id is None:
            return StateWord((self.words.t("No plan"), QUIET), size=6.8)
        story: list[Block] = [_Share(row.progress, self.words)]
        if row.standing:
            story += [Space(2.0), self._state(row.standing)]
        return Stack(story)

    def _state(self, term: str | None) -> Block:
        if term is None:
            return self._text("–")
        state = (label_of(term, self.words.t), _TONES.get(term, QUIET))
        return Columns([(1, StateWord(state, size=6.8))])

    def _right(self, text: str, *, is_bad: bool = False) -> Block:
        ink = BAD.strong if is_bad else None
        return Paragraph([Span(text, bold=is_bad, ink=ink)], _NUMBER, self.typesetter)

    def _text(self, text: str, *, strong: bool = False) -> Block:
        return Paragraph(text, CELL_STRONG if strong else CELL, self.typesetter)


class _Share(Block):
    """A bar of progress with its percentage behind it; – where it is not known."""

    def __init__(self, progress: Decimal | None, words: Words) -> None:
        self._progress = progress
        self._words = words

    def height(self, width: float) -> float:
        """Return a line's height."""
        return CELL.leading

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw bar and number."""
        with pen.canvas.content("Span"):
            share = self._words.percent(self._progress)
            pen.text(x + width, top - 9.5, share, 8.4, ink=INK, bold=True, align="right")
        if self._progress is not None:
            pen.progress_bar(x, top - 9.5, width - 34, float(self._progress))
