"""The way: a timeline of all milestones, then each with what counts as done."""

from __future__ import annotations

from csdesk.queries.customer_rows import MilestoneRow
from csdesk.report.blocks import Block, Stack
from csdesk.report.elements import Section, Sheet, placed_row
from csdesk.report.sections.agreement import agreement_note
from csdesk.report.table import Table
from csdesk.report.theme import CELL, CELL_STRONG, SMALL
from csdesk.report.timeline import legend_of, timeline_of

_STATE_SIZE = 6.8


def roadmap_section(sheet: Sheet) -> Section | None:
    """Make the timeline; None where no milestone has a date."""
    view = sheet.view
    span = (view.start_on, view.end_on)
    timeline = timeline_of(view.goals, view.today, span, sheet.words)
    if timeline is None:
        return None
    legend = legend_of(view.goals, sheet.words)
    legend.keeps_next = True
    timeline.space_before = 2.0
    return sheet.section(sheet.words.t("Roadmap"), [legend, timeline])


def milestones_section(sheet: Sheet) -> Section | None:
    """Make the table of milestones in the order of the goals; None without any."""
    milestones = sheet.view.milestones
    if not milestones:
        return None
    t = sheet.words.t
    rows = [
        _row(sheet, number, milestone)
        for number, goal in enumerate(sheet.view.goals, 1)
        for milestone in goal.milestones
    ]
    words = sheet.words
    states = [words.milestone_state(one.status, is_overdue=one.is_overdue) for one in milestones]
    dates = [words.date(one.achieved_on or one.due_on) for one in milestones]
    people = [
        name
        for one in milestones
        for name in words.people(one.customer_owner, one.owner, joint=sheet.joint).split("\n")
    ]
    columns = sheet.shared(
        [
            sheet.short_column(t.context("document", "Goal"), [str(len(sheet.view.goals))]),
            (t("Milestone and what counts as done"), 1),
            sheet.short_column(t.context("document", "In charge"), people),
            sheet.short_column(t("Due or achieved"), dates),
            sheet.state_column(
                t.context("document", "State"),
                states,
                _STATE_SIZE,
                is_marked=any(sheet.is_marked(one.id) for one in milestones),
            ),
        ]
    )
    aside = t.plural_in("aside", "{n} milestone", "{n} milestones", len(rows)).format(n=len(rows))
    title = t("Milestones")
    table = Table(columns, rows, sheet.typesetter, title=title)
    return sheet.section(title, [*agreement_note(sheet, "milestones"), table], aside=aside)


def _row(sheet: Sheet, number: int, milestone: MilestoneRow) -> list[Block]:
    words, t = sheet.words, sheet.words.t
    story: list[Block] = [sheet.text(milestone.title, CELL_STRONG)]
    if milestone.done_definition.strip():
        story.append(sheet.running(milestone.done_definition, SMALL, space_before=1))
    if milestone.after:
        after = t("after: {milestones}").format(
            milestones=t.context("document", ", ").join(milestone.after)
        )
        story.append(sheet.text(after, SMALL))
    state = words.milestone_state(milestone.status, is_overdue=milestone.is_overdue)
    people = words.people(milestone.customer_owner, milestone.owner, joint=sheet.joint)
    cells: list[Block] = [
        sheet.text(str(number), CELL),
        Stack(story),
        sheet.text(people or "–", CELL),
        sheet.text(words.date(milestone.achieved_on or milestone.due_on), CELL),
        sheet.state(state, milestone.id, size=_STATE_SIZE),
    ]
    return placed_row(cells, "milestone", milestone.id)
