"""How the cells of these lists are drawn: scales, scores, states, and what the customer reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter

from csdesk.i18n import current
from csdesk.model.vocabulary import label_of
from ui.icons import pixmap
from ui.widgets.cells import Ink, Paint

ICON = 13
"""Pixels of the eye before what the customer reads."""

DOT = 6
"""Pixels of one step of a scale."""

HIGH, CONSIDERABLE = 15, 8
"""Scores from which a risk is shown as high, or as considerable."""


def score_tone(score: int) -> str:
    """Return the tone in which a score from 1 to 25 is shown."""
    return "bad" if score >= HIGH else "warning" if score >= CONSIDERABLE else "neutral"


def paint_title(field: str) -> Paint:
    """Draw the text a row goes by, faint where the row is over."""
    read = attrgetter(field)

    def paint(ink: Ink, painter: QPainter, rect: QRect, row: Any) -> None:
        role = "faint" if row.is_closed else "text"
        ink.text(painter, rect, " ".join(read(row).split()), role, ink.bold)

    return paint


def paint_text(field: str) -> Paint:
    """Draw a text on one line, faint where the row is over."""
    read = attrgetter(field)

    def paint(ink: Ink, painter: QPainter, rect: QRect, row: Any) -> None:
        text = " ".join(read(row).split())
        ink.text(painter, rect, text, "faint" if row.is_closed else "text")

    return paint


def paint_pill(field: str, tones: Mapping[str, str]) -> Paint:
    """Draw a term as a pill in its tone."""
    read = attrgetter(field)

    def paint(ink: Ink, painter: QPainter, rect: QRect, row: Any) -> None:
        code = read(row)
        if code:
            ink.pill(painter, rect, label_of(code), tones.get(str(code), "neutral"))

    return paint


def paint_scale(field: str) -> Paint:
    """Draw a number from 1 to 5 and as many of five dots."""
    read = attrgetter(field)

    def paint(ink: Ink, painter: QPainter, rect: QRect, row: Any) -> None:
        value = read(row)
        if value is None:
            return
        used = ink.text(painter, rect, current().number(value)) + 7
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(5):
            left = rect.left() + used + step * (DOT + 2)
            if left + DOT > rect.right() + 1:
                break
            role = "faint" if row.is_closed else "accent_fill"
            painter.setBrush(ink.look.colour(role if step < value else "track"))
            middle = QPointF(left + DOT / 2, rect.center().y() + 1)
            painter.drawEllipse(middle, DOT / 2, DOT / 2)

    return paint


def paint_score(ink: Ink, painter: QPainter, rect: QRect, row: Any) -> None:
    """Draw a risk's score as a pill in its tone."""
    if row.score is not None:
        tone = "neutral" if row.is_closed else score_tone(row.score)
        ink.pill(painter, rect, current().number(row.score), tone)


def paint_customer(field: str, is_printed: Callable[[Any], bool]) -> Paint:
    """Draw what is worded for the customer, with an eye that is open where it is printed."""
    read = attrgetter(field)

    def paint(ink: Ink, painter: QPainter, rect: QRect, row: Any) -> None:
        text = " ".join(read(row).split())
        if not text:
            return
        seen = is_printed(row)
        ratio = painter.device().devicePixelRatioF()
        role = "accent" if seen else "faint"
        picture = pixmap(ink.look, "eye" if seen else "eye-off", role, ICON, ratio)
        painter.drawPixmap(rect.left(), rect.center().y() - ICON // 2 + 1, picture)
        ink.text(painter, rect.adjusted(ICON + 6, 0, 0, 0), text, "text" if seen else "faint")

    return paint
