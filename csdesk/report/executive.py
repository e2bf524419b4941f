"""The executive summary: one page of the customer's plan, made from the same customer's view."""

from __future__ import annotations

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.report.elements import Sheet
from csdesk.report.pages import Pages
from csdesk.report.sections.summary import summary_section


def lay_out_executive_summary(sheet: Sheet, pages: Pages, progress: Progress) -> None:
    """Set the page; raises UserError where the plan has nothing to sum up."""
    summary = summary_section(sheet, is_alone=True)
    if summary is None:
        raise UserError(
            _("The plan has nothing to sum up yet."),
            _("Write its definition of success, or add goals; then try again."),
        )
    pages.flow(summary, progress)
