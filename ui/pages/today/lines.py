"""What needs somebody today, in words: the lines of the Today page."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date

from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import ActionStatus, Priority, label_of
from csdesk.queries.today import (
    DueAction,
    MeetingRow,
    PlanlessAccount,
    RenewalRow,
    SilentAccount,
)
from ui.pages.accounts.cells import VIEW_TONES
from ui.pages.accounts.table import money_text
from ui.pages.plan.outline_words import customer_name, late_words
from ui.pages.today.agenda import Line
from ui.pages.touchpoints.touchpoint_words import title_words

NEAR_RENEWAL_DAYS = 60
"""Days before a renewal from which it turns red, as in the accounts table."""


def action_line(action: DueAction, today: dt.date) -> Line:
    """Say what is to be done, where, by whom and when."""
    people = (action.owner, customer_name(action.customer_owner))
    waiting = (ActionStatus.WAITING_CUSTOMER, ActionStatus.WAITING_INTERNAL, ActionStatus.DEFERRED)
    state = label_of(action.status) if action.status in waiting else ""
    urgent = action.priority in (Priority.CRITICAL, Priority.HIGH)
    priority = _("priority: {level}").format(level=label_of(action.priority)) if urgent else ""
    place = action.place if action.place != action.account else ""
    parts = (action.account, place, ", ".join(filter(None, people)), priority, state)
    pill, tone = due_words(action.due_on, today)
    return Line(
        id=action.id,
        entity="action",
        item_id=action.id,
        title=action.title,
        below=" · ".join(part for part in parts if part),
        pill=pill,
        tone=tone,
        can_tick=True,
        is_strong=False,
    )


def due_words(due: dt.date, today: dt.date) -> tuple[str, str]:
    """Say how near a due date is, with the tone it is said in."""
    days = (due - today).days
    if days < 0:
        return late_words(-days), "bad"
    if days == 0:
        return _("today"), "bad"
    if days == 1:
        return _("tomorrow"), "warning"
    return weekday(due), "neutral"


def weekday(day: dt.date) -> str:
    """Name the day of the week: Wed; 水曜."""
    if current().language == "ja":
        return format_date(day, "EEEE", locale=current().locale)[:2]
    return format_date(day, "EEE", locale=current().locale)


def meeting_line(meeting: MeetingRow, today: dt.date) -> Line:
    """Say when one meets whom, for what."""
    local = meeting.held_at.astimezone()
    days = (local.date() - today).days
    names = {0: _("Today"), 1: _("Tomorrow")}
    day = names.get(days) or f"{weekday(local.date())} {local.month}/{local.day}"
    people = ngettext("{n} person", "{n} people", meeting.people).format(n=meeting.people)
    parts = (title_words(meeting.type, meeting.channel), people if meeting.people else "")
    return Line(
        id=meeting.id,
        entity="touchpoint",
        item_id=meeting.id,
        title=meeting.account,
        below=" · ".join(part for part in parts if part),
        when=(day, f"{local:%H:%M}"),
        pill=_("Prepare"),
        tone="accent",
    )


def renewal_line(renewal: RenewalRow, today: dt.date) -> Line:
    """Say who renews when, and how much that is."""
    days = (renewal.renewal_on - today).days
    left = _("today") if days == 0 else ngettext("{n} day", "{n} days", days).format(n=days)
    parts = [current().short_date(renewal.renewal_on, today)]
    if renewal.notice_on is not None and renewal.notice_on >= today:
        notice = current().short_date(renewal.notice_on, today)
        parts.append(_("notice by {date}").format(date=notice))
    if renewal.renews_by_itself:
        parts.append(_("renews by itself"))
    return Line(
        id=renewal.account_id,
        entity="account",
        item_id=renewal.account_id,
        title=renewal.account,
        below=" · ".join(parts),
        aside=" · ".join(money_text(amount, currency) for currency, amount in renewal.amounts[:1]),
        pill=left,
        tone="bad" if days < NEAR_RENEWAL_DAYS else "neutral",
        ring=VIEW_TONES.get(renewal.csm_view or "", ""),
    )


def silent_line(silent: SilentAccount) -> Line:
    """Say for how long an account did not hear from us."""
    row = silent.cadence
    cadence = ngettext("every {n} day", "every {n} days", row.cadence_days or 0).format(
        n=row.cadence_days
    )
    if row.days_since is None:
        said, pill = _("No touchpoint yet"), _("never")
    else:
        said = ngettext(
            "No touchpoint for {n} day", "No touchpoint for {n} days", row.days_since
        ).format(n=row.days_since)
        pill = late_words(row.overdue_days)
    return Line(
        id=silent.account_id,
        entity="account",
        item_id=silent.account_id,
        title=silent.account,
        below=" · ".join(filter(None, (said, cadence, label_of(silent.touch_model)))),
        pill=pill,
        tone="warning",
    )


def planless_line(account: PlanlessAccount, today: dt.date) -> Line:
    """Say which account has no plan, and when it renews."""
    renews = ""
    if account.renewal_on is not None:
        renews = _("renews {date}").format(date=current().short_date(account.renewal_on, today))
    parts = (account.segment, label_of(account.phase), renews)
    return Line(
        id=account.account_id,
        entity="account",
        item_id=account.account_id,
        title=account.account,
        below=" · ".join(part for part in parts if part),
        pill=_("No plan"),
        tone="neutral",
    )
