"""The success plan as the customer gets it: a cover, then sections with something to say."""

from __future__ import annotations

from csdesk.model.vocabulary import DocumentSection
from csdesk.progress import Progress
from csdesk.report.blocks import Stack
from csdesk.report.document import title_line
from csdesk.report.elements import Sheet
from csdesk.report.pages import Pages
from csdesk.report.pen import Pen
from csdesk.report.sections.actions import actions_section
from csdesk.report.sections.agreement import agreement_section
from csdesk.report.sections.background import background_section
from csdesk.report.sections.cover import document_title, draw_cover
from csdesk.report.sections.goals import goals_section
from csdesk.report.sections.measures import kpis_section, measures_section
from csdesk.report.sections.people import meetings_section, people_section, risks_section
from csdesk.report.sections.roadmap import milestones_section, roadmap_section
from csdesk.report.sections.summary import summary_section

_SECTIONS = (
    (DocumentSection.SUMMARY, summary_section),
    (DocumentSection.BACKGROUND, background_section),
    (DocumentSection.GOALS, goals_section),
    (DocumentSection.MEASURES, measures_section),
    (DocumentSection.MEASURES, kpis_section),
    (DocumentSection.ROADMAP, roadmap_section),
    (DocumentSection.MILESTONES, milestones_section),
    (DocumentSection.ACTIONS, actions_section),
    (DocumentSection.RISKS, risks_section),
    (DocumentSection.PEOPLE, people_section),
    (DocumentSection.MEETINGS, meetings_section),
    (DocumentSection.AGREEMENT, agreement_section),
)
"""In the order of the document. A section function returns None where it has nothing to say."""


def lay_out_success_plan(sheet: Sheet, pen: Pen, pages: Pages, progress: Progress) -> None:
    """Set the cover and all sections that are wanted."""
    if sheet.setup.has_cover:
        pages.begin(is_cover=True)
        pen.canvas.bookmark(title_line(document_title(sheet)), pen.page.height)
        draw_cover(pen, sheet)
    sections = [
        section
        for kind, make in _SECTIONS
        if sheet.setup.has(kind) and (section := make(sheet)) is not None
    ]
    if sections or not pages.count:
        pages.flow(Stack(sections), progress)
