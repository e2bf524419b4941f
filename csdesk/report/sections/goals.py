"""The goals: why, from where to where by when, who is in charge, how far, and in which state."""

from __future__ import annotations

from csdesk.queries.customer_rows import GoalRow, MeasureRow
from csdesk.report.blocks import Block, Columns, Stack
from csdesk.report.elements import Numbered, ProgressPanel, Section, Sheet
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.theme import BODY, CELL, INK, LINE, SMALL, SUBSECTION, TEXT


def goals_section(sheet: Sheet) -> Section | None:
    """Make the section of all goals; None without any."""
    goals = sheet.view.goals
    if not goals:
        return None
    t = sheet.words.t
    rows: list[Block] = [_goal(sheet, number, goal) for number, goal in enumerate(goals, 1)]
    aside = t.plural_in("aside", "{n} goal", "{n} goals", len(goals)).format(n=len(goals))
    return sheet.section(t("Goals"), rows, aside=aside)


def _goal(sheet: Sheet, number: int, goal: GoalRow) -> Columns:
    words, t = sheet.words, sheet.words.t
    state = words.goal_state(goal)
    story: list[Block] = [sheet.text(goal.title, SUBSECTION, keeps_next=True)]
    if goal.why.strip():
        story.append(sheet.text(goal.why.strip(), TEXT, space_before=2))
    story += [_measure(sheet, measure) for measure in goal.measures]
    if goal.closing_note.strip():
        spans = [Span(t("Result: "), bold=True, ink=INK), Span(goal.closing_note.strip())]
        story.append(Paragraph(spans, TEXT, sheet.typesetter, space_before=3))
    panel: list[Block] = [ProgressPanel(goal.progress, state, words)]
    if goal.due_on:
        due = t("Due {date}").format(date=words.date(goal.due_on))
        panel.append(sheet.text(due, SMALL, space_before=4))
    people = words.people(goal.customer_owner, goal.owner)
    if people:
        panel.append(sheet.text(people, SMALL, space_before=1))
    return Columns(
        [
            (0.055, Numbered(number, state[1])),
            (0.655, Stack(story)),
            (0.29, Stack(panel)),
        ],
        gap=14,
        padding=9,
        rule=LINE,
    )


def _measure(sheet: Sheet, measure: MeasureRow) -> Paragraph:
    """Write a measure in one line: its KPI, from where, to where, by when."""
    words, kpi = sheet.words, measure.kpi
    spans = [Span(kpi.name, bold=True, ink=BODY), Span("  ")]
    if measure.baseline is not None:
        spans.append(Span(f"{words.value(measure.baseline, kpi)} → "))
    spans.append(Span(words.value(measure.target, kpi), bold=True, ink=INK))
    if measure.target_on:
        by = words.t("by {date}").format(date=words.date(measure.target_on))
        spans.append(Span(f"  {by}"))
    return Paragraph(spans, CELL, sheet.typesetter, space_before=4)
