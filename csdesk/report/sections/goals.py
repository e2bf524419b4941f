"""The goals: why, from where to where by when, who is in charge, how far, and in which state."""

from __future__ import annotations

from csdesk.queries.customer_rows import GoalRow, MeasureRow
from csdesk.report.blocks import Block, Columns, Stack
from csdesk.report.elements import (
    Anchor,
    Numbered,
    Placed,
    ProgressPanel,
    Section,
    Sheet,
    UnagreedMark,
    goal_anchor,
    placed_row,
)
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.sections.agreement import agreement_note
from csdesk.report.theme import BODY, CELL, INK, LINE, SMALL, SUBSECTION, TEXT

_SHARES = (0.055, 0.655, 0.29)
_WIDE_SHARES = (0.04, 0.66, 0.30)
"""On a screen's page the number needs less of the width."""


def goals_section(sheet: Sheet) -> Section | None:
    """Make the section of all goals; None without any."""
    goals = sheet.view.goals
    if not goals:
        return None
    t = sheet.words.t
    rows: list[Block] = agreement_note(sheet, "goals")
    rows += [_goal(sheet, number, goal) for number, goal in enumerate(goals, 1)]
    aside = t.plural_in("aside", "{n} goal", "{n} goals", len(goals)).format(n=len(goals))
    return sheet.section(t("Goals"), rows, aside=aside)


def _goal(sheet: Sheet, number: int, goal: GoalRow) -> Block:
    words, t = sheet.words, sheet.words.t
    state = words.goal_state(goal)
    story: list[Block] = [sheet.text(goal.title, SUBSECTION, keeps_next=True)]
    if goal.why.strip():
        story.append(sheet.running(goal.why, TEXT, space_before=2))
    story += [Placed(_measure(sheet, measure), "measure", measure.id) for measure in goal.measures]
    if goal.closing_note.strip():
        spans = [Span(t("Result: "), bold=True, ink=INK), Span(goal.closing_note.strip())]
        story.append(Paragraph(spans, TEXT, sheet.typesetter, space_before=3))
    panel: list[Block] = [ProgressPanel(goal.progress, state, words)]
    due = t("Due {date}").format(date=words.date(goal.due_on)) if goal.due_on else ""
    facts = [fact for fact in (due, words.people(goal.customer_owner, goal.owner)) if fact]
    if sheet.page.is_wide:
        facts = ["   ".join(facts)] if facts else []
    panel += [
        sheet.text(fact, SMALL, space_before=1 if index else 4) for index, fact in enumerate(facts)
    ]
    if sheet.is_marked(goal.id):
        panel.append(UnagreedMark(words, size=7.2, space_before=3))
    cells = placed_row([Numbered(number, state[1]), Stack(story), Stack(panel)], "goal", goal.id)
    shares = _WIDE_SHARES if sheet.page.is_wide else _SHARES
    row = Columns(list(zip(shares, cells, strict=True)), gap=14, padding=9, rule=LINE)
    return Anchor(row, goal_anchor(number))


def _measure(sheet: Sheet, measure: MeasureRow) -> Paragraph:
    """Write a measure in one line: its KPI, from where, to where, by when."""
    words, kpi = sheet.words, measure.kpi
    spans = [Span(kpi.name, bold=True, ink=BODY), Span("  ")]
    if measure.baseline is not None:
        spans.append(Span(f"{words.value(measure.baseline, kpi)} → "))
    target = "" if measure.target is not None else words.share(measure)
    spans.append(Span(target or words.value(measure.target, kpi), bold=True, ink=INK))
    if measure.target_on:
        by = words.t("by {date}").format(date=words.date(measure.target_on))
        spans.append(Span(f"  {by}"))
    return Paragraph(spans, CELL, sheet.typesetter, space_before=4)
