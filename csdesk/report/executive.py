"""The executive summary: one page of the customer's plan, made from the same customer's view."""

from __future__ import annotations

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.report.blocks import Block, Space, Stack
from csdesk.report.elements import Section, Sheet
from csdesk.report.pages import Pages
from csdesk.report.sections.masthead import Masthead
from csdesk.report.sections.measures import kpi_charts
from csdesk.report.sections.summary import summary_section
from csdesk.report.theme import LEAD

_GAP = 14.0
_FEW = 2
"""So many KPIs are shown with their values, where there is room."""


def lay_out_executive_summary(sheet: Sheet, pages: Pages, progress: Progress) -> None:
    """Set the page; raises UserError where there is nothing to sum up.

    An account without a plan is summed up by its KPIs.
    """
    head = Masthead(sheet)
    page = summary_section(sheet, head=head) or _figures(sheet, head)
    if page is None:
        raise UserError(
            _("The plan has nothing to sum up yet."),
            _("Write its definition of success, or add goals; then try again."),
        )
    pages.flow(page, progress)


def _figures(sheet: Sheet, head: Masthead) -> Section | None:
    """Show as many KPIs with their charts as the page holds; None without any."""
    kpis = [kpi for kpi in sheet.view.kpis if kpi.values]
    if not kpis:
        return None
    t = sheet.words.t
    lead = sheet.text(t("This document shows the figures we follow together with you."), LEAD)
    opening: list[Block] = [head, Space(_GAP), lead, Space(_GAP)]
    width, room = sheet.page.content_width, sheet.page.content_height
    ways = [(len(kpis), True)] if len(kpis) <= _FEW else []
    ways += [(count, False) for count in range(len(kpis), 0, -1)]
    for count, with_values in ways:
        blocks = [*opening, *kpi_charts(sheet, kpis[:count], with_values=with_values)]
        if Stack(blocks).height(width) <= room:
            break
    return Section(t.context("document", "Summary"), blocks)
