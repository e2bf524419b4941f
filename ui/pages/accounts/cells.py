"""How the cells of the accounts table are drawn that are more than a line of text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from csdesk.i18n import _, current
from csdesk.insight.cadence import days_until_due
from csdesk.model.vocabulary import AccountStatus, CsmView, ProgressRag, label_of
from csdesk.queries.portfolio import AccountRow
from ui.pages.accounts.table import (
    RENEWAL_IS_NEAR,
    STANDING_TONES,
    days_ago,
    days_left,
    health_text,
    progress_text,
    shown_renewal,
    standing_text,
    wide_dates,
)
from ui.widgets.cells import NO_SIGN, PILL_ENDS, SIGNS, Ink, Paint

VIEW_TONES: Mapping[str, str] = {
    CsmView.GREEN: "good",
    CsmView.AMBER: "warning",
    CsmView.RED: "bad",
}
"""The tone of a CSM's view."""

_RIGHT = Qt.AlignmentFlag.AlignRight
_NOTHING = "—"
_FULL = "100%"

DayPaint = Callable[[Ink, QPainter, QRect, AccountRow, dt.date], None]
"""Draws one row's cell as it is on a day."""


def account_paints(today: dt.date) -> Mapping[str, Paint]:
    """Return how the cells are drawn that are more than a line of text."""
    return {
        "name": _paint_name,
        "touch_model": _paint_touch_model,
        "health": _paint_health,
        "renewal": _on(today, _paint_renewal),
        "progress": _paint_progress,
        "standing": _paint_standing,
        "next_action": _on(today, _paint_action),
        "last_touch": _on(today, _paint_last_touch),
        "owner": _paint_owner,
    }


def account_marks(row: AccountRow) -> tuple[tuple[str, str], ...]:
    """Return words with their role that set an account apart: it left, is put away, is no customer.

    One that simply is a customer has none.
    """
    marks = []
    if row.status != AccountStatus.ACTIVE and row.status is not None:
        marks.append((label_of(row.status), "bad" if _has_left(row) else "accent"))
    if row.archived_on is not None:
        marks.append((_("Archived"), "muted"))
    return tuple(marks)


def touch_late_by(row: AccountRow, today: dt.date) -> int:
    """Return by how many days the next touch is late; 0 where it is not, or nobody waits for one.

    Accounts that left or were put away wait for none.
    """
    if not row.is_counted:
        return 0
    return max(0, -(days_until_due(row.cadence_days, row.last_touch, today) or 0))


def touch_lateness(row: AccountRow, today: dt.date) -> str:
    """Say by how much the next touch is late; nothing where all is well."""
    days = touch_late_by(row, today)
    return _("{n} d late").format(n=current().number(days)) if days else ""


def _on(today: dt.date, paint: DayPaint) -> Paint:
    def painted(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
        paint(ink, painter, rect, row, today)

    return painted


def _has_left(row: AccountRow) -> bool:
    return row.status == AccountStatus.CHURNED


def _quiet(
    ink: Ink,
    painter: QPainter,
    rect: QRect,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    ink.text(painter, rect, text, "muted", align=align)


def _paint_name(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    parts = [*account_marks(row)]
    parts += [(text, "faint") for text in (row.segment, row.industry) if text]
    role = "text" if row.is_counted else "muted"
    if not parts:
        ink.text(painter, rect, row.name, role, ink.bold)
        return
    upper, below = ink.halves(rect)
    ink.text(painter, upper, row.name, role, ink.bold)
    ink.texts(painter, below, parts, ink.small)


def _paint_touch_model(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    _quiet(ink, painter, rect, label_of(row.touch_model))


def _paint_health(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    """Draw the CSM's own view where the score and its line of twelve months will stand."""
    tone = VIEW_TONES.get(row.csm_view or "", "")
    rest = ink.ring(painter, rect, tone, SIGNS.get(tone, NO_SIGN))
    words = health_text(row)
    if ink.width(words, ink.small) <= rest.width():  # half a word says less than the sign
        ink.text(painter, rest, words, tone or "faint", ink.small)


def _paint_renewal(
    ink: Ink, painter: QPainter, rect: QRect, row: AccountRow, today: dt.date
) -> None:
    day = shown_renewal(row)
    if day is None:
        _quiet(ink, painter, rect, _NOTHING)
        return
    date, left = current().short_date(day, today), days_left(day, today)
    near = (day - today).days <= RENEWAL_IS_NEAR
    # Every row of a column is one line or two: what decides is the room of the widest.
    widest = max(ink.width(one, ink.plain) for one in wide_dates(current()))
    used = max(widest, ink.width(date, ink.plain)) + 8
    days = max(ink.width(one, ink.small) for one in (left, _("{n} d").format(n=300)))
    if used + days + PILL_ENDS <= rect.width():
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
        _quiet(ink, painter, rect, _NOTHING)
        return
    words = progress_text(row)
    # Bars end at the same place, but for a number that is wider than the whole.
    room = min(max(ink.width(_FULL, ink.small), ink.width(words, ink.small)), rect.width())
    ink.bar(painter, rect.adjusted(0, 0, -room - 8, 0), float(row.progress))
    number = QRect(rect.right() - room, rect.top(), room + 1, rect.height())
    ink.text(painter, number, words, "muted", ink.small, _RIGHT)


def _paint_standing(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    standing = row.standing if isinstance(row.standing, ProgressRag) else None
    tone = STANDING_TONES.get(standing, "neutral") if standing else "neutral"
    ink.pill(painter, rect, standing_text(row), tone)


def _paint_action(
    ink: Ink, painter: QPainter, rect: QRect, row: AccountRow, today: dt.date
) -> None:
    if not row.next_action:
        _quiet(ink, painter, rect, _NOTHING)
        return
    due = row.next_action_due
    late = due is not None and due < today
    line, below = ink.halves(rect)
    ink.text(painter, line, row.next_action, "text")
    if due is not None and late:
        words = _("{n} d late").format(n=current().number((today - due).days))
    else:
        words = _("due {date}").format(date=current().short_date(due, today))
        if ink.width(words, ink.small) > below.width():
            words = current().short_date(due, today)  # rather the whole date than the word
    ink.text(painter, below, words, "bad" if late else "faint", ink.small)


def _paint_last_touch(
    ink: Ink, painter: QPainter, rect: QRect, row: AccountRow, today: dt.date
) -> None:
    if row.last_touch is None and row.is_counted and row.cadence_days is not None:
        ink.text(painter, rect, _("none yet"), "bad", ink.small, _RIGHT)
        return
    said, late = days_ago(row.last_touch, today) or _NOTHING, touch_lateness(row, today)
    if not late:
        _quiet(ink, painter, rect, said, _RIGHT)
        return
    upper, below = ink.halves(rect)
    _quiet(ink, painter, upper, said, _RIGHT)
    ink.text(painter, below, late, "bad", ink.small, _RIGHT)


def _paint_owner(ink: Ink, painter: QPainter, rect: QRect, row: AccountRow) -> None:
    if row.owner:
        ink.avatar(painter, rect, row.owner)
