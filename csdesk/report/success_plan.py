"""The success plan as the customer gets it: a cover, then sections with something to say."""

from __future__ import annotations

from collections.abc import Sequence

from csdesk.model.vocabulary import DocumentSection
from csdesk.progress import Progress
from csdesk.report.blocks import Block, Columns, Stack
from csdesk.report.document import title_line
from csdesk.report.elements import Section, Sheet
from csdesk.report.pages import Pages
from csdesk.report.pen import Pen
from csdesk.report.sections.achieved import achieved_section, feedback_section
from csdesk.report.sections.actions import actions_section
from csdesk.report.sections.agreement import agreement_section
from csdesk.report.sections.background import background_section
from csdesk.report.sections.changes import changes_section
from csdesk.report.sections.cover import document_title, draw_cover
from csdesk.report.sections.goals import goals_section
from csdesk.report.sections.measures import kpis_section, measures_section
from csdesk.report.sections.people import meetings_section, people_section, risks_section
from csdesk.report.sections.roadmap import milestones_section, roadmap_section
from csdesk.report.sections.summary import summary_section

_MAKERS = {
    DocumentSection.SUMMARY: (summary_section,),
    DocumentSection.CHANGES: (changes_section,),
    DocumentSection.BACKGROUND: (background_section,),
    DocumentSection.GOALS: (goals_section,),
    DocumentSection.MEASURES: (measures_section, kpis_section),
    DocumentSection.ROADMAP: (roadmap_section,),
    DocumentSection.MILESTONES: (milestones_section,),
    DocumentSection.ACTIONS: (actions_section,),
    DocumentSection.PEOPLE: (people_section,),
    DocumentSection.MEETINGS: (meetings_section,),
    DocumentSection.RISKS: (risks_section,),
    DocumentSection.ACHIEVED: (achieved_section,),
    DocumentSection.FEEDBACK: (feedback_section,),
    DocumentSection.AGREEMENT: (agreement_section,),
}
"""What makes each section; a section function returns None where it has nothing to say."""
_GAP = 34.0
"""Between two sections that stand beside each other."""


def lay_out_success_plan(sheet: Sheet, pen: Pen, pages: Pages, progress: Progress) -> None:
    """Set the cover and all sections that are wanted, in the order of `DocumentSection`."""
    if sheet.setup.has_cover:
        pages.begin(is_cover=True)
        pen.canvas.bookmark(title_line(document_title(sheet)), pen.page.height)
        draw_cover(pen, sheet)
    sections = [
        section
        for kind in DocumentSection
        if sheet.setup.has(kind)
        for make in _MAKERS[kind]
        if (section := make(sheet)) is not None
    ]
    if sections or not pages.count:
        story = _side_by_side(sheet, sections) if sheet.page.is_wide else sections
        pages.flow(Stack(story), progress)


def _side_by_side(sheet: Sheet, sections: Sequence[Section]) -> list[Block]:
    """Put narrow sections that follow each other into two columns, as on a slide.

    As many as fit on one page, read down the left column and then down the right one; shared so
    that the columns end as near to each other as they can.
    """
    story: list[Block] = []
    rest = list(sections)
    while rest:
        run = 0
        while run < len(rest) and rest[run].is_narrow:
            run += 1
        while run > 1 and _best_share(sheet, rest[:run]) is None:
            run -= 1
        share = _best_share(sheet, rest[:run]) if run > 1 else None
        if share is None:
            story.append(rest.pop(0))
            continue
        columns = [(1.0, Stack(rest[:share])), (1.0, Stack(rest[share:run]))]
        row = Columns(columns, gap=_GAP)
        story.append(Stack([row], together=True, space_before=rest[0].space_before))
        rest = rest[run:]
    return story


def _best_share(sheet: Sheet, sections: Sequence[Section]) -> int | None:
    """Return how many of the sections go into the left column; None where a page is too low."""
    width = (sheet.page.content_width - _GAP) / 2
    heights = [Stack([section]).height(width) + section.space_before for section in sections]
    best = min(
        range(1, len(sections)),
        key=lambda share: max(sum(heights[:share]), sum(heights[share:])),
        default=None,
    )
    if best is None:
        return None
    longest = max(sum(heights[:best]), sum(heights[best:]))
    return best if longest <= sheet.page.content_height else None
