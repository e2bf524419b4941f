"""What has been reached so far, and what became of what the customer said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from csdesk.model.vocabulary import ActionStatus, GoalStatus, MilestoneStatus
from csdesk.queries.customer_rows import GoalRow
from csdesk.report.blocks import Block, Columns, Stack
from csdesk.report.elements import Placed, Section, Sheet, StateWord
from csdesk.report.lists import listed
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.table import Table
from csdesk.report.theme import CELL, CELL_STRONG, INK, LINE, MUTED, SMALL, TEXT, TextStyle

_MOST = 10
_MOST_WIDE = 6
"""How many milestones and action items are named, the newest first; the rest is counted."""
_STATE_SIZE = 7.2
_STATE_GAP = 12.0
_LISTS_GAP = 28.0
_DAY_GAP = 12.0
_REACHED = (GoalStatus.ACHIEVED, GoalStatus.PARTIALLY)
_DAY = TextStyle(CELL.size, CELL.leading, color=MUTED)
_ONE_LINE = TextStyle(CELL.size, CELL.leading, color=INK, max_lines=2)


def achieved_section(sheet: Sheet) -> Section | None:
    """List goals and milestones reached and action items done; None where there is none yet."""
    view, t = sheet.view, sheet.words.t
    goals = [goal for goal in view.goals if goal.status in _REACHED]
    milestones = [
        (one.achieved_on, one.title, "milestone", one.id)
        for one in view.milestones
        if one.status == MilestoneStatus.ACHIEVED
    ]
    actions = [
        (one.done_on, one.title, "action", one.id)
        for one in view.actions
        if one.status == ActionStatus.DONE
    ]
    if not (goals or milestones or actions):
        return None
    blocks: list[Block] = [_goal(sheet, goal) for goal in goals]
    lists = [
        _list(sheet, title, items, total)
        for title, items, total in (
            (t("Milestones reached"), milestones, len(view.milestones)),
            (t("Action items done"), actions, len(view.actions)),
        )
        if items
    ]
    if len(lists) == 2:
        beside = Columns([(1, lists[0]), (1, lists[1])], gap=_LISTS_GAP)
        blocks.append(Stack([beside], together=True, space_before=10))
    else:
        blocks += lists
    aside = ""
    if goals:
        aside = t("{n} of {total} goals").format(n=len(goals), total=len(view.goals))
    section = sheet.section(t("Achieved so far"), blocks, aside=aside)
    section.is_narrow = len(lists) < 2 and not goals
    return section


def feedback_section(sheet: Sheet) -> Section | None:
    """Put what the customer said beside what we did; None without any answer."""
    rows = [
        [
            Placed(sheet.text(one.said, CELL_STRONG), "feedback", one.id),
            Placed(sheet.running(one.did, CELL), "feedback", one.id),
        ]
        for one in sheet.view.feedback
    ]
    if not rows:
        return None
    t = sheet.words.t
    title = t("You said, we did")
    columns = sheet.shared([(t("What you said"), 1.0), (t("What we did"), 1.0)])
    section = sheet.section(title, [Table(columns, rows, sheet.typesetter, title=title)])
    section.is_narrow = True
    return section


def _goal(sheet: Sheet, goal: GoalRow) -> Block:
    """Name a goal with its result in words."""
    story: list[Block] = [sheet.text(goal.title, CELL_STRONG)]
    if goal.closing_note.strip():
        spans = [
            Span(sheet.words.t("Result: "), bold=True, ink=INK),
            Span(goal.closing_note.strip()),
        ]
        story.append(Paragraph(spans, TEXT, sheet.typesetter, space_before=1))
    state = sheet.words.goal_state(goal)
    own = sheet.state_column("", [state], _STATE_SIZE).share
    pill = StateWord(state, size=_STATE_SIZE)
    row = Columns(
        [(sheet.page.content_width - own - _STATE_GAP, Stack(story)), (own, pill)],
        gap=_STATE_GAP,
        padding=5,
        rule=LINE,
    )
    return Placed(row, "goal", goal.id)


def _list(
    sheet: Sheet, title: str, items: Sequence[tuple[dt.date | None, str, str, str]], total: int
) -> Stack:
    """List the newest items with their days, and count the rest."""
    words, t = sheet.words, sheet.words.t
    heading = t("{title}: {n} of {total}").format(title=title, n=len(items), total=total)
    newest = sorted(items, key=lambda item: item[0] or dt.date.min, reverse=True)
    rows: list[Block] = []
    most = _MOST_WIDE if sheet.page.is_wide else _MOST
    days = sheet.widest((words.date(item[0]) for item in newest[:most]), CELL.size) + 2
    others = (sheet.page.content_width - _LISTS_GAP) / 2 - days - _DAY_GAP
    for day, name, entity, item in newest[:most]:
        row = Columns(
            [(days, sheet.text(words.date(day), _DAY)), (others, sheet.text(name, _ONE_LINE))],
            gap=_DAY_GAP,
            space_before=3.5,
        )
        rows.append(Placed(row, entity, item))
    blocks: list[Block] = [sheet.text(heading, CELL_STRONG, keeps_next=True), listed(rows)]
    left_out = len(items) - most
    if left_out > 0:
        more = t.plural("and {n} more", "and {n} more", left_out).format(n=left_out)
        blocks.append(sheet.text(more, SMALL, space_before=4))
    return Stack(blocks)
