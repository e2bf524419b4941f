"""Where the customer stands and wants to be, in the words agreed with them."""

from __future__ import annotations

from csdesk.report.blocks import Columns, Stack
from csdesk.report.elements import Section, Sheet
from csdesk.report.sections.summary import stated
from csdesk.report.theme import TEXT


def background_section(sheet: Sheet) -> Section | None:
    """Make the section of what was written and the summary does not say; None without any."""
    view, t = sheet.view, sheet.words.t
    written = [
        (t.context("document", "Background"), view.background),
        (t("Where you want to be"), view.to_be),
        (t("What success means to you"), view.success_statement),
    ]
    said = stated(sheet)
    shown = [pair for pair in written if pair[1].strip() and pair[1].strip() != said]
    parts = [
        Stack(
            [
                sheet.subheading(title, space_before=0.0),
                sheet.running(text, TEXT, space_before=3),
            ],
            space_before=14.0 if index else 2.0,
        )
        for index, (title, text) in enumerate(shown)
    ]
    if not parts:
        return None
    title = t("Background and aims")
    if sheet.page.is_wide and len(parts) > 1:
        return sheet.section(title, [Columns([(1, part) for part in parts], gap=32)])
    section = sheet.section(title, parts)
    section.is_narrow = True
    return section
