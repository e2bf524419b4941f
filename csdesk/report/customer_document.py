"""Lays out a document for a customer: made from a `CustomerDocument` and nothing else."""

from __future__ import annotations

from dataclasses import replace

from csdesk.i18n import Translator
from csdesk.model.vocabulary import DocumentKind
from csdesk.progress import Progress
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import in_language
from csdesk.queries.plan_changes import unagreed_items
from csdesk.report.document import Made, begin_canvas
from csdesk.report.elements import Sheet
from csdesk.report.executive import lay_out_executive_summary
from csdesk.report.images import drawable_image
from csdesk.report.page_shape import shape_of
from csdesk.report.pages import Pages, RunningWords
from csdesk.report.palette import Palette
from csdesk.report.pen import Pen
from csdesk.report.sections.cover import confidentiality, document_title
from csdesk.report.success_plan import lay_out_success_plan
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words


def customer_document_bytes(document: CustomerDocument, progress: Progress) -> Made:
    """Make the PDF in memory; the same document gives the same bytes, whenever and wherever.

    Raises UserError where there is nothing to show, and CancelledError from `progress`.
    """
    sheet = sheet_of(document)
    canvas = _begin(sheet)
    pen = Pen(canvas, sheet.typesetter, Palette(sheet.branding.accent), sheet.page)
    pages = Pages(pen, _running_words(sheet))
    if document.kind == DocumentKind.EXECUTIVE:
        lay_out_executive_summary(sheet, pages, progress)
    else:
        lay_out_success_plan(sheet, pen, pages, progress)
    pages.finish()
    return Made(
        canvas.finished(),
        pages.count,
        sheet.typesetter.unshown,
        pen.places.all(),
        _unread_images(sheet),
    )


def sheet_of(document: CustomerDocument) -> Sheet:
    """Prepare what the sections work with: every name in the document's language."""
    language = document.language
    view = in_language(document.view, language)
    agreed = document.agreed
    if agreed is not None:
        agreed = replace(agreed, view=in_language(agreed.view, language))
    return Sheet(
        view,
        Words(Translator(language)),
        Typesetter(),
        page=shape_of(document.setup.page_size),
        setup=document.setup,
        branding=document.branding,
        since=document.since and in_language(document.since, language),
        agreed=agreed,
        unagreed=unagreed_items(agreed.view, view) if agreed is not None else frozenset(),
    )


def _unread_images(sheet: Sheet) -> int:
    """Count the logos that are no pictures and could not be drawn."""
    logos = (sheet.branding.logo, sheet.branding.customer_logo)
    return sum(bool(logo) and drawable_image(logo) is None for logo in logos)


def _begin(sheet: Sheet) -> TaggedCanvas:
    """Begin the document: its language, title, and the plan's own day instead of the clock's."""
    view = sheet.view
    title = " – ".join(part for part in (document_title(sheet), view.account_name) if part)
    return begin_canvas(
        title=title,
        author=view.our_company,
        subject=sheet.words.t("Customer success plan"),
        day=view.today,
        is_japanese=sheet.words.is_japanese,
        page=sheet.page,
        is_archival=sheet.setup.is_archival,
    )


def _running_words(sheet: Sheet) -> RunningWords:
    """Say at the edges of every page whose plan it is, and for whom alone."""
    view = sheet.view
    return RunningWords(
        header_left=view.account_name,
        header_right=document_title(sheet),
        footer=confidentiality(sheet),
        version=f"v{view.version}",
    )
