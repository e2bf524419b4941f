"""Where the customer stands and wants to be, in the words agreed with them."""

from __future__ import annotations

from csdesk.report.blocks import Block
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
    blocks: list[Block] = []
    said = stated(sheet)
    for title, text in written:
        if text.strip() and text.strip() != said:
            room = 14.0 if blocks else 2.0
            blocks.append(sheet.subheading(title, space_before=room))
            blocks.append(sheet.text(text.strip(), TEXT, space_before=3))
    return sheet.section(t("Background and aims"), blocks) if blocks else None
