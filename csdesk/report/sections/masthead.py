"""The head of a document of one page: what a cover says, in three lines, with both logos."""

from __future__ import annotations

from csdesk.report.blocks import Block
from csdesk.report.document import title_line
from csdesk.report.elements import Sheet
from csdesk.report.logo import Logo, read_logo
from csdesk.report.paragraph import Paragraph
from csdesk.report.pen import Pen
from csdesk.report.sections.cover import document_title, logo_words, plan_standing
from csdesk.report.theme import ACCENT, INK, LINE, MUTED, TextStyle

_LOGO_ROOM = (96.0, 30.0)
_LOGO_GAP = 16.0
_NAME_SIZE = 10.6
_FACT_SIZE = 8.2


class Masthead(Block):
    """Title, addressee and facts at the left, the logos at the right, a rule beneath.

    A low one, for a screen's page, has the facts beside the addressee.
    """

    keeps_next = True

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._is_low = sheet.page.is_wide
        size = 15.0 if sheet.page.is_wide else 17.0
        style = TextStyle(
            size, size * 1.35, color=INK, bold=True, phrases=True, max_lines=2, role="H1"
        )
        self._title = Paragraph(document_title(sheet), style, sheet.typesetter)
        branding = sheet.branding
        self._logos: list[tuple[Logo, str]] = []
        for data, is_ours in ((branding.customer_logo, False), (branding.logo, True)):
            logo = read_logo(data)
            if logo is not None:
                self._logos.append((logo, logo_words(sheet, is_ours=is_ours)))

    def height(self, width: float) -> float:
        """Measure the title, two lines and the rule."""
        return self._title.height(self._room(width)) + (28.0 if self._is_low else 42.0)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the head and mark the place for the outline."""
        sheet, room = self._sheet, self._room(width)
        view, words, fitted = sheet.view, sheet.words, sheet.typesetter.shortened
        title_height = self._title.height(room)
        pen.canvas.bookmark(title_line(document_title(sheet)), top)
        pen.box(x, top - title_height + 2, 3.2, title_height - 3, fill=ACCENT, radius=1)
        self._title.draw(pen, x + 13, top, room)
        y = top - title_height - 14
        with pen.canvas.content("P"):
            name = fitted(words.addressed(view.account_name), _NAME_SIZE, width * 0.5, bold=True)
            end = x + 13 + pen.text(x + 13, y, name, _NAME_SIZE, ink=INK, bold=True)
            state, tone = plan_standing(sheet)
            if state:
                end += 10 if name else 0
                end += pen.pill(end, y + 0.6, state, tone, size=7.2)
        start = end + 14 if self._is_low else x + 13
        y -= 0 if self._is_low else 14.5
        with pen.canvas.content("P"):
            end = x + 13 + room if self._is_low else x + width
            facts = fitted(self._facts(), _FACT_SIZE, end - start)
            pen.text(start, y, facts, _FACT_SIZE, ink=MUTED)
        right = x + width
        for logo, says in reversed(self._logos):
            wide, high = logo.fitted(*_LOGO_ROOM)
            logo.draw(pen, right - wide, top - 2 - (_LOGO_ROOM[1] + high) / 2, _LOGO_ROOM, says)
            right -= wide + _LOGO_GAP
        pen.line((x, y - 11), (x + width, y - 11), ink=LINE)

    def _room(self, width: float) -> float:
        """Return how wide the title is set beside the logos."""
        taken = sum(logo.fitted(*_LOGO_ROOM)[0] + _LOGO_GAP for logo, _ in self._logos)
        return width - 13 - taken

    def _facts(self) -> str:
        """Say period, day, version and maker in a line."""
        view, words = self._sheet.view, self._sheet.words
        maker = " ".join(part for part in (view.our_company, view.owner) if part)
        facts = [
            f"v{view.version}",
            words.span(view.start_on, view.end_on),
            f"{words.t('Prepared on')} {words.long_date(view.today)}",
            maker,
        ]
        return "   ·   ".join(fact for fact in facts if fact)
