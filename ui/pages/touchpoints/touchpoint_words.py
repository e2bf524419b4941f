"""Touchpoints in words: for the list, the panel, the overview, and those who listen to it."""

from __future__ import annotations

import datetime as dt

from csdesk.i18n import _, current, ngettext
from csdesk.insight.typed_actions import Person
from csdesk.model.vocabulary import Channel, Side, label_of
from csdesk.queries.cadence import CadenceRow
from csdesk.queries.touchpoints import TouchpointRow
from ui.pages.plan.outline_words import customer_name

_ICONS: dict[str, str] = {
    Channel.IN_PERSON: "users",
    Channel.WEB_MEETING: "video",
    Channel.PHONE: "phone",
    Channel.EMAIL: "mail",
    Channel.CHAT: "message-square",
    Channel.WEBINAR: "presentation",
    Channel.EVENT: "flag",
    Channel.COMMUNITY: "messages-square",
    Channel.LETTER: "file-text",
}


def channel_icon(channel: str | None) -> str:
    """Name the icon of a channel."""
    return _ICONS.get(channel or "", "message-square")


def title_words(channel: str | None, type_: str | None) -> str:
    """Call a touchpoint by what it was for and how it was held."""
    parts = [label_of(type_), label_of(channel)]
    return " · ".join(part for part in parts if part) or _("Touchpoint")


def person_words(person: Person) -> str:
    """Name somebody, with 様 for the customer's people in Japanese."""
    return person.name if person.side is Side.US else customer_name(person.name)


def people_words(row: TouchpointRow) -> str:
    """Name who was there."""
    return ", ".join(map(person_words, row.attendees))


def first_line(row: TouchpointRow) -> str:
    """Return what tells the touchpoint from others at a glance."""
    for text in (row.summary, row.decisions, row.reaction):
        if text.strip():
            return " ".join(text.split())
    return people_words(row)


def when_words(moment: dt.datetime | None, now: dt.datetime) -> str:
    """Say when something was or will be, short: Nov 20 15:00; today and its neighbours by name."""
    if moment is None:
        return _("No day")
    local, today = moment.astimezone(), now.astimezone().date()
    days = (local.date() - today).days
    names = {0: _("Today"), 1: _("Tomorrow"), -1: _("Yesterday")}
    day = names.get(days) or current().short_date(local.date(), today)
    return f"{day} {local:%H:%M}"


def ahead_words(moment: dt.datetime, now: dt.datetime) -> str:
    """Say how far ahead a meeting lies."""
    days = (moment.astimezone().date() - now.astimezone().date()).days
    if days <= 0:
        return _("Today")
    return (
        _("Tomorrow") if days == 1 else ngettext("in {n} day", "in {n} days", days).format(n=days)
    )


def actions_words(row: TouchpointRow) -> str:
    """Say how many actions it led to, and how many of them are done."""
    count = len(row.actions)
    if not count:
        return ""
    done = sum(action.is_closed for action in row.actions)
    if done == count:
        return ngettext("{n} action done", "{n} actions done", count).format(n=count)
    words = ngettext("{n} action", "{n} actions", count).format(n=count)
    return _("{actions}, {n} done").format(actions=words, n=done) if done else words


def row_in_words(row: TouchpointRow, now: dt.datetime) -> str:
    """Say a whole row, for those who listen to it."""
    planned = _("Planned") if row.is_planned(now) else ""
    when = when_words(row.held_at, now)
    said = (planned, title_words(row.channel, row.type), when, people_words(row))
    parts = (*said, first_line(row) if row.summary or row.decisions else "", actions_words(row))
    return ", ".join(part for part in parts if part)


def last_touch_words(row: CadenceRow) -> str:
    """Say when the account last heard from us."""
    if row.days_since is None:
        return _("No touchpoint yet")
    if row.days_since <= 0:
        return _("Last touchpoint today")
    return ngettext(
        "Last touchpoint {n} day ago", "Last touchpoint {n} days ago", row.days_since
    ).format(n=row.days_since)


def cadence_words(row: CadenceRow) -> tuple[str, str]:
    """Say how that stands against the cadence, and in which tone; nothing without a cadence."""
    if row.cadence_days is None:
        return "", "neutral"
    if row.due_in is None:
        return _("Overdue: not one yet"), "bad"
    if row.due_in < 0:
        late = row.overdue_days
        return ngettext("{n} day overdue", "{n} days overdue", late).format(n=late), "bad"
    if row.due_in == 0:
        return _("Due today"), "warning"
    tone = "warning" if row.due_in * 5 <= row.cadence_days else "good"
    return ngettext("due in {n} day", "due in {n} days", row.due_in).format(n=row.due_in), tone


def cadence_rule(row: CadenceRow) -> str:
    """Say how often the account should hear from us."""
    if row.cadence_days is None:
        return _("No cadence: choose a touch model, or a segment that has one.")
    return ngettext(
        "The cadence is one touchpoint every {n} day.",
        "The cadence is one touchpoint every {n} days.",
        row.cadence_days,
    ).format(n=row.cadence_days)
