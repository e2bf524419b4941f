"""Who works on the plan on both sides, how they meet, and what they keep an eye on together."""

from __future__ import annotations

from collections.abc import Sequence

from csdesk.queries.customer_rows import Person
from csdesk.report.blocks import Block, Columns, Stack
from csdesk.report.elements import Section, Sheet
from csdesk.report.links import link_address
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.pen import Pen
from csdesk.report.theme import ACCENT, CELL_STRONG, INK, LINE, SMALL, TEXT, TextStyle

_MAIL = TextStyle(SMALL.size, SMALL.leading, color=ACCENT)
_SIDE = TextStyle(9.6, 13.4, color=ACCENT, bold=True, max_lines=2, role="H2")


def people_section(sheet: Sheet) -> Section | None:
    """Put the two teams beside each other; None where nobody is named."""
    view, t = sheet.view, sheet.words.t
    sides = [(view.account_name, view.customer_people), (view.our_company, view.our_people)]
    cells = [
        (1.0, _side(sheet, company or t.context("document", "Our team"), people))
        for company, people in sides
        if people
    ]
    if not cells:
        return None
    title = t("People on both sides") if len(cells) == 2 else t.context("document", "People")
    section = sheet.section(title, [Stack([Columns(cells, gap=24)], together=True)])
    section.is_narrow = True
    return section


def meetings_section(sheet: Sheet) -> Section | None:
    """Say how often we meet and when next; None where neither is settled."""
    view, words, t = sheet.view, sheet.words, sheet.words.t
    facts = [
        (t.context("document", "Rhythm"), view.review_cadence.strip()),
        (t("Next review"), words.long_date(view.next_review_on) if view.next_review_on else ""),
    ]
    blocks: list[Block] = [
        Columns(
            [(0.2, sheet.text(label, SMALL)), (0.8, sheet.running(fact, TEXT))],
            padding=5,
            rule=LINE,
        )
        for label, fact in facts
        if fact
    ]
    if not blocks:
        return None
    section = sheet.section(t("Meetings and next review"), blocks)
    section.is_narrow = True
    return section


def risks_section(sheet: Sheet) -> Section | None:
    """List the risks that were worded for the customer; None without any."""
    risks = sheet.view.risks
    if not risks:
        return None
    rows: list[Block] = [
        Columns(
            [(0.03, sheet.text("•", TEXT)), (0.97, sheet.running(risk, TEXT))],
            gap=2,
            space_before=4 if index else 0,
        )
        for index, risk in enumerate(risks)
    ]
    section = sheet.section(sheet.words.t("What we keep an eye on together"), rows)
    section.is_narrow = True
    return section


def _side(sheet: Sheet, company: str, people: Sequence[Person]) -> Stack:
    rows: list[Block] = [sheet.text(company, _SIDE, keeps_next=True)]
    rows += [_person(sheet, person) for person in people]
    return Stack(rows)


def _person(sheet: Sheet, person: Person) -> Columns:
    name = [Span(person.name, bold=True, ink=INK)]
    if person.is_lead:
        name.append(Span("  " + sheet.words.t("Plan lead"), bold=True, ink=ACCENT))
    story: list[Block] = [Paragraph(name, CELL_STRONG, sheet.typesetter)]
    place = "  ".join(part for part in (person.department, person.title) if part)
    if place:
        story.append(sheet.text(place, SMALL))
    if person.email:
        story.append(_MailAddress(sheet.text(person.email, _MAIL), person.email))
    return Columns([(1.0, Stack(story))], padding=5, rule=LINE)


class _MailAddress(Block):
    """A mail address on one line, which a click writes to; a longer one is text alone."""

    def __init__(self, text: Paragraph, address: str) -> None:
        self._text = text
        self._address = address.strip()

    def height(self, width: float) -> float:
        """Measure the address."""
        return self._text.height(width)

    def least(self, width: float) -> float:
        """Measure its first part."""
        return self._text.least(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Part an address that somebody made longer than a page."""
        return self._text.split(width, room)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the address and let it lead to a new message."""
        address = link_address(self._address)
        if not address.startswith("mailto:") or len(self._text.lines(width)) > 1:
            self._text.draw(pen, x, top, width)
            return
        box = (x, top - self.height(width), x + self._text.natural_width(), top)
        with pen.canvas.content("P"), pen.canvas.link(address, box, self._address):
            self._text.draw(pen, x, top, width)
