"""The success plan as the customer gets it: made from a `CustomerPlan` and nothing else."""

from __future__ import annotations

from pathlib import Path

from csdesk.i18n import Translator
from csdesk.progress import Progress
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.report.blocks import Stack
from csdesk.report.document import Made, Written, begin_canvas, keep, title_line
from csdesk.report.elements import Sheet
from csdesk.report.pages import Pages, RunningWords
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
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.theme import PAGE_HEIGHT
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words

_SECTIONS = (
    summary_section,
    background_section,
    goals_section,
    measures_section,
    kpis_section,
    roadmap_section,
    milestones_section,
    actions_section,
    risks_section,
    people_section,
    meetings_section,
    agreement_section,
)


def write_success_plan(
    view: CustomerPlan, out: Path, *, language: str, progress: Progress
) -> Written:
    """Write the success plan as PDF to `out`, replacing a file of that name.

    The same view and language give the same bytes. Raises UserError where `out` cannot be
    written, and CancelledError from `progress`; in both cases an older file stays as it was.
    """
    return keep(success_plan_bytes(view, language=language, progress=progress), out)


def success_plan_bytes(view: CustomerPlan, *, language: str, progress: Progress) -> Made:
    """Make the PDF in memory."""
    words = Words(Translator(language))
    sheet = Sheet(view, words, Typesetter())
    canvas = begin_document(sheet)
    pages = Pages(Pen(canvas, sheet.typesetter), running_words(sheet))
    pages.begin(is_cover=True)
    canvas.bookmark(title_line(document_title(sheet)), PAGE_HEIGHT)
    draw_cover(Pen(canvas, sheet.typesetter), sheet)
    sections = [section for make in _SECTIONS if (section := make(sheet)) is not None]
    if sections:
        pages.flow(Stack(sections), progress)
    pages.finish()
    return Made(canvas.finished(), pages.count, sheet.typesetter.unshown)


def begin_document(sheet: Sheet) -> TaggedCanvas:
    """Begin the document: its language, title, and the plan's own day instead of the clock's."""
    view = sheet.view
    title = " – ".join(part for part in (document_title(sheet), view.account_name) if part)
    return begin_canvas(
        title=title,
        author=view.our_company,
        subject=sheet.words.t("Customer success plan"),
        day=view.today,
        is_japanese=sheet.words.is_japanese,
    )


def running_words(sheet: Sheet) -> RunningWords:
    """Say at the edges of every page whose plan it is, and for whom alone."""
    view, t = sheet.view, sheet.words.t
    footer = t("Confidential")
    if view.account_name:
        name = sheet.words.honoured(view.account_name)
        footer = t("Confidential: for {company} only").format(company=name)
    return RunningWords(
        header_left=view.account_name,
        header_right=document_title(sheet),
        footer=footer,
        version=f"v{view.version}",
    )
