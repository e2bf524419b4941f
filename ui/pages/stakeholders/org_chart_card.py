"""How one person is drawn in the organisation chart, and said in words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from csdesk.i18n import _, current, ngettext
from csdesk.insight.org_chart import Sizes
from csdesk.model.vocabulary import label_of
from csdesk.queries.stakeholders import Stakeholder
from ui.pages.plan.outline_cells import paint_initial
from ui.pages.stakeholders.stakeholder_marks import (
    BARS,
    ROLE_TONES,
    SENTIMENT_TONES,
    SIGN,
    paint_influence,
    paint_sentiment,
)
from ui.widgets.cells import PILL_ENDS, Ink, small_font

SIDE = 12
"""Pixels between a card's edge and what is written on it."""

EDGE = 4
"""Pixels of the strip that has the colour of the sentiment."""

FAR = 0.55
"""The scale below which only names are written, as large as there is room."""


def card_sizes(font: QFont) -> Sizes:
    """Return how large cards are for three lines of text in `font`, and how far apart."""
    plain, small = QFontMetrics(font), QFontMetrics(small_font(font))
    height = plain.height() + 2 * small.height() + 34
    # Not by the average letter: in a Japanese face that is a whole square.
    width = max(206, plain.horizontalAdvance("0") * 27)
    return Sizes(width=width, height=height, gap=18, rise=38, tree_gap=54)


def card_words(person: Stakeholder, reports: int) -> str:
    """Say a whole card, for those who listen to it and as its tooltip."""
    parts = [
        person.name,
        person.title,
        person.department,
        label_of(person.role),
        label_of(person.influence),
        label_of(person.sentiment),
    ]
    if person.reports_to:
        parts.append(_("reports to {name}").format(name=person.reports_to))
    if reports:
        parts.append(
            ngettext("{n} person reports to them", "{n} people report to them", reports).format(
                n=reports
            )
        )
    if person.left_on:
        parts.append(_("Left on {date}").format(date=current().date(person.left_on)))
    return ", ".join(part for part in parts if part)


def paint_card(
    ink: Ink,
    painter: QPainter,
    card: QRectF,
    person: Stakeholder,
    *,
    is_current: bool,
    has_focus: bool,
    scale: float,
) -> None:
    """Draw a person: name, job, role, bars for influence, a sign and a colour for sentiment."""
    _paint_ground(ink, painter, card, person, is_current=is_current, has_focus=has_focus)
    inside = card.toRect().adjusted(SIDE + EDGE, 10, -SIDE, -10)
    if scale < FAR:
        _paint_far(ink, painter, inside, person, scale)
        return
    plain, small = ink.metrics(ink.bold).height(), ink.metrics(ink.small).height()
    upper = QRect(inside.left(), inside.top(), inside.width(), plain + 2)
    sign = SIGN + 6 if person.sentiment else 0
    tone = "neutral" if person.left_on else "warning"
    used = paint_initial(ink, painter, upper, person.name, tone) + 7
    faint = "faint" if person.left_on else "text"
    ink.text(painter, upper.adjusted(used, 0, -sign, 0), person.name, faint, ink.bold)
    if sign:
        corner = QRect(upper.right() - SIGN, upper.top(), SIGN, upper.height())
        paint_sentiment(ink, painter, corner, person.sentiment, words=False)
    job = " · ".join(part for part in (person.title, person.department) if part)
    middle = QRect(inside.left(), upper.bottom() + 4, inside.width(), small)
    ink.text(painter, middle, job or "–", "faint" if person.left_on else "muted", ink.small)
    lower = QRect(inside.left(), middle.bottom() + 5, inside.width(), small + 5)
    _paint_marks(ink, painter, lower, person)


def _paint_ground(
    ink: Ink,
    painter: QPainter,
    card: QRectF,
    person: Stakeholder,
    *,
    is_current: bool,
    has_focus: bool,
) -> None:
    look = ink.look
    outline = QPen(look.colour("accent_fill" if is_current else "control"), 2 if is_current else 1)
    if person.left_on:
        outline.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(outline)
    painter.setBrush(look.colour("selection" if is_current and has_focus else "surface"))
    painter.drawRoundedRect(card, 8, 8)
    if person.sentiment and not person.left_on:
        tone = SENTIMENT_TONES.get(str(person.sentiment), "neutral")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("faint" if tone == "neutral" else f"{tone}_fill"))
        strip = QRectF(card.left() + 5, card.top() + 9, EDGE, card.height() - 18)
        painter.drawRoundedRect(strip, EDGE / 2, EDGE / 2)


def _paint_marks(ink: Ink, painter: QPainter, rect: QRect, person: Stakeholder) -> None:
    """Draw the last line: whether they left, their role, their influence."""
    room = rect.adjusted(0, 0, -(BARS + 6) if person.influence else 0, 0)
    if person.left_on:
        width = ink.pill(painter, room, _("Left"), "neutral")
        room = room.adjusted(width + 5, 0, 0, 0)
    if person.role and room.width() > PILL_ENDS:
        tone = "neutral" if person.left_on else ROLE_TONES.get(str(person.role), "neutral")
        ink.pill(painter, room, label_of(person.role), tone)
    if person.influence:
        bars = QRect(rect.right() - BARS, rect.top() - 1, BARS, rect.height())
        paint_influence(ink, painter, bars, person.influence, words=False)


def _paint_far(ink: Ink, painter: QPainter, rect: QRect, person: Stakeholder, scale: float) -> None:
    """Write only the name, large enough to be read from afar."""
    font = QFont(ink.bold)
    font.setPointSizeF(min(font.pointSizeF() * 0.8 / scale, font.pointSizeF() * 2.2))
    metrics = QFontMetrics(font)
    lines = max(1, rect.height() // metrics.lineSpacing())
    name = metrics.elidedText(person.name, Qt.TextElideMode.ElideRight, rect.width() * lines)
    painter.setFont(font)
    painter.setPen(ink.look.colour("faint" if person.left_on else "text"))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    wrapped = flags | Qt.TextFlag.TextWrapAnywhere if " " not in name else flags
    painter.drawText(rect, int(wrapped), name)
