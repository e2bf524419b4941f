"""The plan every maker sets: 8 goals, 6 charts, 30 milestones, 80 action items, in Japanese.

The words are worked out once by our own `Words`, so that each maker only lays out and draws.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from csdesk.i18n import Translator
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan, MeasureRow
from csdesk.report.words import Words
from tests.report.sample_plans import rich_plan

_WORDED = frozenset(
    {"title", "why", "background", "to_be", "success_statement", "done_definition", "goal"}
)
"""The fields whose words differ from plan to plan."""


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, column heads with their share of the width, and rows of text."""

    title: str
    heads: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A milestone on the roadmap; both ends as shares of the period."""

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Content:
    """All texts and numbers of the document, in order."""

    company: str
    customer: str
    title: str
    facts: tuple[tuple[str, str], ...]
    statement: str
    paragraphs: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str, str, float], ...]
    """Title, why, state with due date, progress from 0 to 1."""
    charts: tuple[MeasureRow, ...]
    captions: tuple[str, ...]
    bars: tuple[Bar, ...]
    tables: tuple[Table, ...]


def documents() -> Iterator[CustomerDocument]:
    """Return plans as ours takes them, one after the other.

    Each has other words in all its texts, so that no maker can show again what it set before.
    """
    for number in count(1):
        yield CustomerDocument(DocumentKind.CUSTOMER, "ja", _marked(rich_plan("ja"), number))


def contents() -> Iterator[Content]:
    """Return the same plans as plain texts."""
    for document in documents():
        yield _content(document.view)


def _marked(row: Any, number: int) -> Any:
    """Put a number into each text of a row and of the rows in it, but for codes and names."""
    if isinstance(row, tuple):
        return tuple(_marked(one, number) for one in row)
    if not dataclasses.is_dataclass(row) or isinstance(row, type):
        return row
    values = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    return dataclasses.replace(
        row,
        **{
            name: f"{value} {number}" if name in _WORDED and value else _marked(value, number)
            for name, value in values.items()
        },
    )


def _content(view: CustomerPlan) -> Content:
    words = Words(Translator("ja"))
    return Content(
        company=view.our_company,
        customer=words.addressed(view.account_name),
        title=view.title,
        facts=(
            ("計画期間", words.span(view.start_on, view.end_on)),
            ("作成日", words.long_date(view.today)),
            ("お客様責任者", view.customer_owner),
            ("担当", view.owner),
            ("版", f"v{view.version}"),
        ),
        statement=view.success_statement,
        paragraphs=(("背景・課題", view.background), ("目指す姿", view.to_be)),
        goals=tuple(
            (
                goal.title,
                goal.why,
                f"{words.goal_state(goal)[0]}　{words.date(goal.due_on)}　{goal.owner}",
                min(max(float(goal.progress or 0), 0.0), 1.0),
            )
            for goal in view.goals
        ),
        charts=view.measures[:6],
        captions=tuple(_caption(measure, words) for measure in view.measures[:6]),
        bars=_bars(view),
        tables=(_milestones(view, words), *_actions(view, words), _people(view)),
    )


def _caption(measure: MeasureRow, words: Words) -> str:
    kpi = measure.kpi
    values = (measure.baseline, measure.current, measure.target)
    start, now, target = (words.value(value, kpi) for value in values)
    return f"{kpi.name}　基準 {start}　現在 {now}　目標 {target}"


def _bars(view: CustomerPlan) -> tuple[Bar, ...]:
    rows = [row for row in view.milestones if row.due_on]
    days = [day for row in rows for day in (row.start_on, row.due_on) if day]
    first, span = min(days), max((max(days) - min(days)).days, 1)

    def share(day: dt.date) -> float:
        return (day - first).days / span

    return tuple(
        Bar(row.title, share(row.start_on or row.due_on), share(row.due_on))
        for row in rows
        if row.due_on
    )


def _milestones(view: CustomerPlan, words: Words) -> Table:
    rows = tuple(
        (
            row.title,
            row.done_definition,
            words.date(row.due_on),
            words.people(row.customer_owner, row.owner),
            words.milestone_state(row.status, is_overdue=row.is_overdue)[0],
        )
        for row in view.milestones
    )
    heads = (
        ("マイルストーン", 3.0),
        ("完了の定義", 4.0),
        ("期限", 1.4),
        ("担当", 2.0),
        ("状況", 1.2),
    )
    return Table("マイルストーン", heads, rows)


def _actions(view: CustomerPlan, words: Words) -> tuple[Table, ...]:
    heads = (("アクション", 4.0), ("目標", 3.0), ("担当", 2.0), ("期限", 1.4), ("状況", 1.2))
    sides = (("customer", "お客様"), ("us", "当社"), ("joint", "共同"))
    return tuple(
        Table(
            f"アクション（{name}）",
            heads,
            tuple(
                (
                    row.title,
                    row.goal,
                    words.people(row.customer_owner, row.owner),
                    words.date(row.due_on),
                    words.action_state(row.status, is_overdue=row.is_overdue)[0],
                )
                for row in view.actions
                if row.side == side
            ),
        )
        for side, name in sides
    )


def _people(view: CustomerPlan) -> Table:
    rows = tuple(
        (person.name, person.title, person.department, person.email)
        for person in (*view.customer_people, *view.our_people)
    )
    heads = (("氏名", 2.0), ("役職", 2.0), ("部署", 2.0), ("メール", 3.0))
    return Table("体制", heads, rows)
