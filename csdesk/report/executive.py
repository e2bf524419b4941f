"""The executive summary: one page of the customer's plan, made from the same customer's view."""

from __future__ import annotations

from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import Translator, _
from csdesk.progress import Progress
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.report.document import Made, Written, keep
from csdesk.report.elements import Sheet
from csdesk.report.pages import Pages
from csdesk.report.pen import Pen
from csdesk.report.sections.summary import summary_section
from csdesk.report.success_plan import begin_document, running_words
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words


def write_executive_summary(
    view: CustomerPlan, out: Path, *, language: str, progress: Progress
) -> Written:
    """Write the plan's one-page summary as PDF to `out`, replacing a file of that name.

    The same view and language give the same bytes. Raises UserError where the plan has nothing
    to sum up or `out` cannot be written, and CancelledError from `progress`; an older file then
    stays as it was.
    """
    return keep(executive_summary_bytes(view, language=language, progress=progress), out)


def executive_summary_bytes(view: CustomerPlan, *, language: str, progress: Progress) -> Made:
    """Make the PDF in memory."""
    sheet = Sheet(view, Words(Translator(language)), Typesetter())
    summary = summary_section(sheet, is_alone=True)
    if summary is None:
        raise UserError(
            _("The plan has nothing to sum up yet."),
            _("Write its definition of success, or add goals; then try again."),
        )
    canvas = begin_document(sheet)
    pages = Pages(Pen(canvas, sheet.typesetter), running_words(sheet))
    pages.flow(summary, progress)
    pages.finish()
    return Made(canvas.finished(), pages.count, sheet.typesetter.unshown)
