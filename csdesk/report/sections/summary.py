"""The one-page summary: what for, how the numbers and goals stand, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from csdesk.model.vocabulary import CLOSED_ACTIONS, CLOSED_MILESTONES, DocumentSection, Side
from csdesk.queries.customer_rows import ActionRow, GoalRow, KpiLine, MeasureRow, MilestoneRow
from csdesk.report.blocks import Block, Card, Columns, Space, Stack
from csdesk.report.document import title_line
from csdesk.report.elements import (
    Linked,
    Numbered,
    Placed,
    Section,
    Sheet,
    StateWord,
    goal_anchor,
)
from csdesk.report.kpi_card import KpiCards
from csdesk.report.lists import listed
from csdesk.report.paragraph import Paragraph
from csdesk.report.pen import Pen
from csdesk.report.theme import (
    BAD,
    CELL,
    CELL_STRONG,
    INK,
    LABEL,
    LEAD,
    LINE,
    SHADE,
    SMALL,
    TextStyle,
    Tone,
)

_MOST_GOALS = 12
_MOST_NEEDS = 5
_ROOMS = (
    *((12, 5), (12, 4), (11, 4), (10, 4), (10, 3), (9, 3), (8, 3), (8, 2)),
    *((7, 3), (7, 2), (6, 3), (6, 2), (5, 2), (4, 2), (3, 2), (2, 1), (1, 1)),
)
"""How many goals and requests to list under each other: as many as one page holds."""
_WIDE_SHARES = (0.36, 0.64)
_WIDE_GAP = 26.0
_HEAD_GAP = 10.0
"""Between the head of a document of one page and what it is about."""
_GOAL_TITLE = TextStyle(9.4, 13.6, color=INK, bold=True, max_lines=2)
_WIDE_GOAL_TITLE = replace(_GOAL_TITLE, size=9.0)
_DUE = TextStyle(SMALL.size, 13.6, color=SMALL.color)
_NEED = TextStyle(CELL.size, CELL.leading, color=INK, max_lines=2)
_LATE = TextStyle(SMALL.size, SMALL.leading, color=BAD.strong, bold=True)
_STATEMENT = TextStyle(LEAD.size, LEAD.leading, color=LEAD.color, max_lines=7, role="BlockQuote")


def summary_section(sheet: Sheet, *, head: Block | None = None) -> Section | None:
    """Make the summary; None where there is nothing to say but what follows anyway.

    It stays on one page: where all does not fit, fewer goals and requests are listed. What is
    left out is said to stand below, unless the summary is all there is: then it has a `head`
    instead of its title.
    """
    view = sheet.view
    if not (view.goals or view.actions or view.success_statement or view.to_be):
        return None
    room, title = sheet.page.content_height, sheet.words.t.context("document", "Summary")
    if head is not None:
        make = partial(Section, title)
        room -= head.height(sheet.page.content_width) + _HEAD_GAP
    else:
        make = partial(sheet.section, title, aside=sheet.words.long_date(view.today))
        room -= make([]).height(sheet.page.content_width)
    set_out = _wide_blocks if sheet.page.is_wide else _blocks
    blocks = set_out(sheet, room, is_alone=head is not None)
    if not blocks:
        return None
    if head is not None:
        blocks = [head, Space(_HEAD_GAP), *blocks]
    return make(blocks)


def _blocks(sheet: Sheet, room: float, *, is_alone: bool) -> list[Block]:
    """Set everything under each other, as on paper."""
    for most_goals, most_needs in _ROOMS:
        blocks = [
            *_statement(sheet),
            *_kpi_cards(sheet),
            *_goals(sheet, most_goals, is_alone=is_alone),
            *_outlook(sheet, most_needs, is_alone=is_alone),
        ]
        if Stack(blocks).height(sheet.page.content_width) <= room:
            break
    return blocks


def _wide_blocks(sheet: Sheet, room: float, *, is_alone: bool) -> list[Block]:
    """Set words at the left and figures at the right, as on a slide; each as much as fits."""
    width = _words_width(sheet)
    for most_needs in range(_MOST_NEEDS, -1, -1):
        words = [*_statement(sheet), *_outlook(sheet, most_needs, is_alone=is_alone)]
        if Stack(words).height(width) <= room:
            break
    for most_goals in range(_MOST_GOALS, 0, -1):
        figures = [*_kpi_cards(sheet), *_goals(sheet, most_goals, is_alone=is_alone)]
        beside = (sheet.page.content_width - _WIDE_GAP) * _WIDE_SHARES[1]
        if Stack(figures).height(beside if words else sheet.page.content_width) <= room:
            break
    if not words or not figures:
        return [*words, *figures]
    left, right = _WIDE_SHARES
    return [Columns([(left, Stack(words)), (right, Stack(figures))], gap=_WIDE_GAP)]


def _words_width(sheet: Sheet) -> float:
    """Return how wide the words of the summary are set."""
    width = sheet.page.content_width
    has_figures = bool(sheet.view.goals or shown_kpis(sheet))
    return (width - _WIDE_GAP) * _WIDE_SHARES[0] if sheet.page.is_wide and has_figures else width


def shown_kpis(sheet: Sheet) -> list[tuple[KpiLine, MeasureRow | None]]:
    """Return the KPIs with a value, those of measures first, each once."""
    found: dict[str, tuple[KpiLine, MeasureRow | None]] = {}
    for measure in sheet.view.measures:
        found.setdefault(measure.kpi.name, (measure.kpi, measure))
    for kpi in sheet.view.kpis:
        found.setdefault(kpi.name, (kpi, None))
    return [pair for pair in found.values() if pair[0].values]


def stated(sheet: Sheet) -> str:
    """Return the text the summary opens with, where it stands there in full."""
    text = sheet.view.success_statement.strip() or sheet.view.to_be.strip()
    whole = Paragraph(text, LEAD, sheet.typesetter)
    most = _statement_style(sheet).max_lines or 0
    return text if len(whole.lines(_words_width(sheet))) <= most else ""


def _statement_style(sheet: Sheet) -> TextStyle:
    """Choose how much of the statement is shown: on a screen its column has room for more lines."""
    return replace(_STATEMENT, max_lines=8) if sheet.page.is_wide else _STATEMENT


def _statement(sheet: Sheet) -> list[Block]:
    view, t = sheet.view, sheet.words.t
    label = t("Where you want to be")
    if view.success_statement.strip():
        label = t("What success means to you")
    text = view.success_statement.strip() or view.to_be.strip()
    if not text:
        return []
    return [
        sheet.text(label, LABEL, keeps_next=True),
        sheet.text(text, _statement_style(sheet), space_before=2),
    ]


def _kpi_cards(sheet: Sheet) -> list[Block]:
    kpis = shown_kpis(sheet)
    return [KpiCards(kpis, sheet.words, space_before=14)] if kpis else []


def _goals(sheet: Sheet, most: int, *, is_alone: bool) -> list[Block]:
    goals = sheet.view.goals
    if not goals:
        return []
    t = sheet.words.t
    before = 12 if sheet.page.is_wide else 18
    heading = sheet.subheading(t("Goals and progress"), space_before=before)
    blocks: list[Block] = [heading, Space(4)]
    links = not is_alone and sheet.setup.has(DocumentSection.GOALS)
    rows = [
        _goal_row(sheet, number, goal, links=links) for number, goal in enumerate(goals[:most], 1)
    ]
    blocks.append(listed(rows))
    left_out = len(goals) - most
    if left_out > 0:
        more = t.plural("and {n} more goal", "and {n} more goals", left_out).format(n=left_out)
        blocks.append(sheet.text(more, SMALL, space_before=4))
    return blocks


def _goal_row(sheet: Sheet, number: int, goal: GoalRow, *, links: bool) -> Block:
    """Set a goal in one row; on a wide page its due date has a column of its own."""
    state = sheet.words.goal_state(goal)
    is_wide = sheet.page.is_wide
    name = sheet.text(goal.title, _WIDE_GOAL_TITLE if is_wide else _GOAL_TITLE)
    link = Linked(name, goal_anchor(number), title_line(goal.title))
    title: list[Block] = [link if links else name]
    due: Block = Space(0)
    if goal.due_on:
        date = sheet.words.date(goal.due_on)
        if is_wide:
            due = _TopRoom(sheet.text(date, _DUE), 1.2)
        else:
            title.append(sheet.text(sheet.words.t("Due {date}").format(date=date), SMALL))
    bar = _ShareBar(sheet, goal, state[1])
    pill = Stack([Space(2.0), _TopRoom(StateWord(state), 2.5)])
    disc = Numbered(number, state[1], radius=7.5 if is_wide else 8.5)
    if is_wide:
        cells = [(0.045, disc), (0.485, Stack(title)), (0.125, due), (0.195, bar), (0.15, pill)]
    else:
        cells = [(0.05, disc), (0.55, Stack(title)), (0.26, bar), (0.14, pill)]
    row = Columns(cells, gap=8 if is_wide else 10, padding=3.0 if is_wide else 4.2, rule=LINE)
    return Placed(row, "goal", goal.id)


class _TopRoom(Block):
    """A block set a little lower than its neighbours, to stand on their middle line."""

    def __init__(self, inside: Block, room: float) -> None:
        self._inside = inside
        self._room = room

    def height(self, width: float) -> float:
        """Measure the block and the room."""
        return self._inside.height(width) + self._room

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the block lower."""
        self._inside.draw(pen, x, top - self._room, width)


class _ShareBar(Block):
    """A bar with its percentage behind it."""

    def __init__(self, sheet: Sheet, goal: GoalRow, tone: Tone) -> None:
        self._words = sheet.words
        self._goal = goal
        self._tone = tone

    def height(self, width: float) -> float:
        """Return a line's height."""
        return 16.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the bar; nothing where the progress is not known."""
        progress = self._goal.progress
        if progress is None:
            return
        pen.progress_bar(x, top - 11, width - 34, float(progress), ink=self._tone.strong)
        with pen.canvas.content("P"):
            share = self._words.percent(progress)
            pen.text(x + width, top - 12, share, 9, ink=INK, bold=True, align="right")


def _outlook(sheet: Sheet, most_needs: int, *, is_alone: bool) -> list[Block]:
    """Set what is needed from the customer beside the next milestones, or on a screen above."""
    t = sheet.words.t
    milestones = _next_milestones(sheet, min(most_needs, 3))
    needs, left_out = _needs(sheet, most_needs)
    is_broad = not sheet.page.is_wide and not (milestones and needs)
    cards: list[Block] = []
    if milestones:
        cards.append(_card(sheet, t("Next milestones"), milestones, "milestone", is_broad=is_broad))
    if needs:
        more = ""
        if left_out > 0:
            more = t.plural("and {n} more, see below", "and {n} more, see below", left_out)
            if is_alone:
                more = t.plural("and {n} more", "and {n} more", left_out)
            more = more.format(n=left_out)
        title = t("What we need from you")
        cards.append(_card(sheet, title, needs, "action", is_broad=is_broad, more=more))
    if not cards:
        return []
    if sheet.page.is_wide:
        for card in cards:
            card.space_before = 12.0
        return cards[::-1]
    return [Columns([(1, card) for card in cards], gap=10, space_before=18)]


def _card(
    sheet: Sheet,
    title: str,
    rows: Sequence[ActionRow | MilestoneRow],
    entity: str,
    *,
    is_broad: bool,
    more: str = "",
) -> Card:
    """Set rows with their dates in a card; a broad one has room for a date and "overdue"."""
    items = [Placed(_dated(sheet, row, is_broad=is_broad), entity, row.id) for row in rows]
    inside: list[Block] = [sheet.text(title, CELL_STRONG, keeps_next=True), listed(items)]
    if more:
        inside.append(sheet.text(more, SMALL, space_before=3))
    return Card(Stack(inside), fill=SHADE, stroke=None)


def _next_milestones(sheet: Sheet, most: int) -> list[MilestoneRow]:
    still_open = [
        milestone
        for milestone in sheet.view.milestones
        if milestone.status not in CLOSED_MILESTONES and milestone.due_on is not None
    ]
    return sorted(still_open, key=_due)[:most]


def _needs(sheet: Sheet, most: int) -> tuple[list[ActionRow], int]:
    """Return what the customer has to do next, and how much more there is."""
    needed = [
        action
        for action in sheet.view.actions
        if action.side in (Side.CUSTOMER, Side.JOINT) and action.status not in CLOSED_ACTIONS
    ]
    return sorted(needed, key=_due)[:most], len(needed) - most


def _due(row: ActionRow | MilestoneRow) -> tuple[bool, int]:
    return (row.due_on is None, row.due_on.toordinal() if row.due_on else 0)


def _dated(sheet: Sheet, row: ActionRow | MilestoneRow, *, is_broad: bool) -> Columns:
    when = sheet.words.date(row.due_on)
    if row.is_overdue:
        joint = "  " if is_broad else "\n"
        when += joint + sheet.words.t.context("document", "Overdue")
    style = _LATE if row.is_overdue else SMALL
    return Columns(
        [
            (0.74 if is_broad else 0.7, sheet.text(row.title, _NEED)),
            (0.26 if is_broad else 0.3, sheet.text(when, style)),
        ],
        gap=8,
        space_before=5,
    )
