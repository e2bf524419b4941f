"""The success plan as the customer gets it: made from a `CustomerPlan` and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from csdesk.i18n import Translator
from csdesk.progress import Progress
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.report.blocks import Stack
from csdesk.report.elements import Sheet
from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.output import write_whole
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
from csdesk.report.theme import PAGE_HEIGHT, PAGE_WIDTH
from csdesk.report.typesetting import Typesetter, clean
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
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an export."""

    path: Path
    pages: int
    sha256: str
    unshown: int
    """How many characters no font could draw; 〓 stands in their place."""


def write_success_plan(
    view: CustomerPlan, out: Path, *, language: str, progress: Progress
) -> Written:
    """Write the success plan as PDF to `out`, replacing a file of that name.

    The same view and language give the same bytes. Raises UserError where `out` cannot be
    written, and CancelledError from `progress`; in both cases an older file stays as it was.
    """
    data, pages, unshown = success_plan_bytes(view, language=language, progress=progress)
    write_whole(data, out)
    return Written(out, pages, hashlib.sha256(data).hexdigest(), unshown)


def success_plan_bytes(
    view: CustomerPlan, *, language: str, progress: Progress
) -> tuple[bytes, int, int]:
    """Make the PDF in memory; return it, its number of pages and of characters shown as 〓."""
    words = Words(Translator(language))
    sheet = Sheet(view, words, Typesetter())
    canvas = begin_document(sheet)
    pages = Pages(Pen(canvas, sheet.typesetter), running_words(sheet))
    pages.begin(is_cover=True)
    canvas.bookmark(_short(document_title(sheet)), PAGE_HEIGHT)
    draw_cover(Pen(canvas, sheet.typesetter), sheet)
    sections = [section for make in _SECTIONS if (section := make(sheet)) is not None]
    if sections:
        pages.flow(Stack(sections), progress)
    pages.finish()
    return canvas.finished(), pages.count, sheet.typesetter.unshown


def begin_document(sheet: Sheet) -> TaggedCanvas:
    """Begin the document: its language, title, and the plan's own day instead of the clock's."""
    glyphs(REGULAR)
    view, words = sheet.view, sheet.words
    canvas = TaggedCanvas(
        None,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=REGULAR,
        lang="ja-JP" if words.is_japanese else "en-US",
        pdfVersion=(1, 7),
    )
    midnight = dt.datetime.combine(view.today, dt.time(), dt.UTC)
    canvas.set_time(midnight)
    title = document_title(sheet)
    canvas.setTitle(_short(" – ".join(part for part in (title, view.account_name) if part)))
    canvas.setAuthor(_short(view.our_company))
    canvas.setSubject(_short(words.t("Customer success plan")))
    canvas.setCreator("CSDesk")
    canvas.showOutline()
    return canvas


def _short(text: str) -> str:
    """Cut a title to what a title bar shows."""
    text = " ".join(clean(text).split())
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + "…"


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
