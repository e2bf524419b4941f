"""How influence and sentiment of a person are drawn: by shape and word, and then by colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from csdesk.i18n import P_, current
from csdesk.model.vocabulary import ContactRole, Influence, Sentiment, label_of
from ui.widgets.cells import Ink

ROLE_TONES: dict[str, str] = {
    ContactRole.DETRACTOR: "bad",
    ContactRole.CHAMPION: "good",
    ContactRole.EXECUTIVE_SPONSOR: "accent",
    ContactRole.ECONOMIC_BUYER: "accent",
}
SENTIMENT_TONES: dict[str, str] = {
    Sentiment.POSITIVE: "good",
    Sentiment.NEUTRAL: "neutral",
    Sentiment.NEGATIVE: "bad",
}
_STEPS: dict[str, int] = {Influence.LOW: 1, Influence.MEDIUM: 2, Influence.HIGH: 3}
BARS = 16
"""Pixels that the bars of an influence take."""

SIGN = 15
"""Pixels of the disc with the sign of a sentiment."""


def short_influence(influence: str) -> str:
    """Name how high an influence is, where its column says that it is one."""
    words = {
        Influence.HIGH: P_("influence", "High"),
        Influence.MEDIUM: P_("influence", "Medium"),
        Influence.LOW: P_("influence", "Low"),
    }
    known = next((words[one] for one in words if one == influence), None)
    return label_of(influence) if known is None else current().context("influence", known)


def paint_influence(
    ink: Ink, painter: QPainter, rect: QRect, influence: str | None, *, words: bool = True
) -> None:
    """Draw one to three rising bars, as many as the influence is high, and its name."""
    steps = _STEPS.get(str(influence or ""), 0)
    if influence is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    bottom = rect.center().y() + 6
    for step in range(3):
        painter.setBrush(ink.look.colour("accent_fill" if step < steps else "track"))
        height = 4 + 4 * step
        bar = QRectF(rect.left() + 5 * step, bottom - height, 3.5, height)
        painter.drawRoundedRect(bar, 1, 1)
    if words:
        ink.text(painter, rect.adjusted(BARS + 6, 0, 0, 0), short_influence(influence))


def paint_sentiment(
    ink: Ink, painter: QPainter, rect: QRect, sentiment: str | None, *, words: bool = True
) -> None:
    """Draw a disc with a plus, a minus or a level line in it, and the sentiment's name."""
    if sentiment is None:
        return
    tone = SENTIMENT_TONES.get(str(sentiment), "neutral")
    disc = QRectF(rect.left(), rect.center().y() - SIGN / 2 + 1, SIGN, SIGN)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.look.colour(f"{tone}_soft"))
    painter.drawEllipse(disc)
    painter.setPen(QPen(ink.look.colour(tone), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    middle, reach = disc.center(), SIGN / 2 - 4
    if sentiment == Sentiment.NEUTRAL:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, reach - 0.5, reach - 0.5)
    else:
        painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
    if sentiment == Sentiment.POSITIVE:
        painter.drawLine(middle - QPointF(0, reach), middle + QPointF(0, reach))
    if words:
        ink.text(painter, rect.adjusted(SIGN + 6, 0, 0, 0), label_of(sentiment))
