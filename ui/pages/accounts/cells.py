"""How the cells of the accounts table are drawn that are more than a line of text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from csdesk.i18n import _, current
from csdesk.model.vocabulary import ProgressRag, label_of
from csdesk.queries.portfolio import AccountRow
from ui.pages.accounts.table import (
    RENEWAL_IS_NEAR,
    STANDING_TONES,
    days_ago,
    days_left,
    progress_text,
    standing_text,
    subtitle,
)
from ui.widgets.cells import PILL_ENDS, Ink, Paint

_PERCENT_WIDTH = 38


def account_paints(today: dt.date) -> Mapping[str, Paint]:
    """Return how the cells are drawn that are more than a line of text."""

    def renewal(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
        _paint_renewal(ink, painter, rect, row, today)

    def action(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
        _paint_action(ink, painter, rect, row, today)

    return {
        "name": _paint_name,
        "touch_model": _paint_touch_model,
        "renewal": renewal,
        "progress": _paint_progress,
        "standing": _paint_standing,
        "next_action": action,
        "last_touch": lambda ink, painter, rect, row: _paint_quiet(
            ink, painter, rect, days_ago(row.last_touch, today), Qt.AlignmentFlag.AlignRight
        ),
        "owner": _paint_owner,
    }


def _paint_name(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    ink.two_texts(painter, rect, row.name, subtitle(row))


def _paint_quiet(
    ink: Ink,
    painter: QPainter,
    rect: QRect,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    ink.text(painter, rect, text, "muted", align=align)


def _paint_owner(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    if row.owner:
        ink.avatar(painter, rect, row.owner)


def _paint_touch_model(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    _paint_quiet(ink, painter, rect, label_of(row.touch_model))


def _paint_renewal(
    ink: Ink, painter: QPainter, rect: QRect, row: AccountRow, today: dt.date
) -> None:
    if row.renewal_on is None:
        _paint_quiet(ink, painter, rect, "—")
        return
    date, left = current().short_date(row.renewal_on, today), days_left(row.renewal_on, today)
    near = (row.renewal_on - today).days <= RENEWAL_IS_NEAR
    used = ink.width(date, ink.plain) + 8
    # Every row of a column is one line or two, so each has the room that the pill needs.
    if used + ink.width(left, ink.small) + PILL_ENDS <= rect.width():
        ink.text(painter, rect, date)
        rest = rect.adjusted(used, 0, 0, 0)
    else:
        upper, rest = ink.halves(rect)
        ink.text(painter, upper, date)
    if near:
        ink.pill(painter, rest, left, "bad")
    else:
        ink.text(painter, rest, left, "faint", ink.small)


def _paint_progress(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    if row.progress is None:
        _paint_quiet(ink, painter, rect, "—")
        return
    ink.bar(painter, rect.adjusted(0, 0, -_PERCENT_WIDTH, 0), float(row.progress))
    number = QRect(rect.right() - _PERCENT_WIDTH, rect.top(), _PERCENT_WIDTH, rect.height())
    ink.text(painter, number, progress_text(row), "muted", ink.small, Qt.AlignmentFlag.AlignRight)


def _paint_standing(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    standing = row.standing if isinstance(row.standing, ProgressRag) else None
    tone = STANDING_TONES.get(standing, "neutral") if standing else "neutral"
    ink.pill(painter, rect, standing_text(row), tone)


def _paint_action(
    ink: Ink, painter: QPainter, rect: QRect, row: AccountRow, today: dt.date
) -> None:
    if not row.next_action:
        _paint_quiet(ink, painter, rect, "—")
        return
    due = row.next_action_due
    late = due is not None and due < today
    line, below = ink.halves(rect)
    ink.text(painter, line, row.next_action, "text")
    if due is not None and late:
        words = _("{n} d late").format(n=(today - due).days)
    else:
        words = _("due {date}").format(date=current().short_date(due, today))
    ink.text(painter, below, words, "bad" if late else "faint", ink.small)
