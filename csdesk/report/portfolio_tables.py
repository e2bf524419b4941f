"""The tables of the portfolio report: accounts, renewals, late items, accounts without a plan."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csdesk.model.vocabulary import label_of
from csdesk.queries.portfolio import AccountRow
from csdesk.queries.portfolio_report import LateAction, PortfolioReport
from csdesk.report.blocks import Block, Columns, Space, Stack
from csdesk.report.elements import StateWord
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.pen import Pen
from csdesk.report.portfolio_charts import TONES
from csdesk.report.table import Column, Table
from csdesk.report.theme import BAD, CELL, CELL_STRONG, INK, MUTED, QUIET, SMALL, TextStyle
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words

_NUMBER = TextStyle(CELL.size, CELL.leading, color=INK, align="right")
_URGENT_DAYS = 60


class PortfolioTables:
    """Makes the tables of one report; None where there is nothing to list."""

    def __init__(self, view: PortfolioReport, words: Words, typesetter: Typesetter) -> None:
        self.view = view
        self.words = words
        self.typesetter = typesetter

    def accounts(self) -> Block | None:
        """List every account."""
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

    def renewals(self) -> Block | None:
        """List the accounts that renew soon, the next first."""
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

    def late(self) -> Block | None:
        """List late action items, the latest first."""
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

    def without_plan(self) -> Block | None:
        """List the accounts that have no live plan."""
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
        state = (label_of(term, self.words.t), TONES.get(term, QUIET))
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
