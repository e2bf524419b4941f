"""What a timeline says: beside its bars, in tooltips, to those who listen, while one drags."""

from __future__ import annotations

import datetime as dt

from csdesk.i18n import _, current, ngettext
from csdesk.insight.schedule import Move
from csdesk.insight.working_days import WorkCalendar
from csdesk.queries.outline import OutlineItem
from ui.pages.plan.outline_words import kind_words, late_words, owner_words, status_words
from ui.pages.plan.timeline.rows import TimelineRow


def title_words(row: TimelineRow) -> str:
    """Return the title of a row; goals with their number, as in the outline."""
    if not row.number:
        return row.item.title
    return f"{_('Goal {n}').format(n=row.number)}  {row.item.title}"


def short_words(row: TimelineRow) -> str:
    """Say in few words what is out of the ordinary about a row; nothing where all is well."""
    standing = row.standing
    if row.is_undated:
        return _("no date") if not row.item.is_closed else ""
    if standing.is_critical:
        return _("{late}, delays what follows").format(late=late_words(standing.late))
    if standing.late:
        return late_words(standing.late)
    if is_backwards(row.item):
        return _("due before it starts")
    if standing.pushed:
        return expected_words(standing.pushed)
    if row.is_tight:
        return _("begins before what it waits for is due")
    return ""


def tone_of_words(row: TimelineRow) -> str:
    """Tell in which colour a row's `short_words` are written."""
    if row.is_undated:
        return "faint"
    return "bad" if row.standing.late or is_backwards(row.item) else "warning"


def move_words(move: Move) -> str:
    """Say from which day to which an item would move: by its due date, or its start."""
    t = current()
    before = move.due_before or move.start_before
    return f"{t.date(before)} → {t.date(move.due_on or move.start_on)}"


def expected_words(days: int) -> str:
    """Say by how many days something will be late because of others."""
    return ngettext("{n} day late expected", "{n} days late expected", days).format(n=days)


def is_backwards(item: OutlineItem) -> bool:
    """Tell whether an item is due before it starts, as two copies of a file can make it."""
    return item.start_on is not None and item.due_on is not None and item.due_on < item.start_on


def dates_words(start_on: dt.date | None, due_on: dt.date | None) -> str:
    """Write the dates of an item."""
    t = current()
    if start_on is None and due_on is None:
        return _("No date yet")
    if start_on is None or due_on == start_on:
        return t.date(due_on)
    if due_on is None:
        return _("from {date}").format(date=t.date(start_on))
    return _("{start} – {end}").format(start=t.date(start_on), end=t.date(due_on))


def days_words(days: int) -> str:
    """Write a number of days with its sign: +7 days, −1 day, 0 days."""
    sign = "+" if days > 0 else "−" if days < 0 else ""
    return ngettext("{n} day", "{n} days", abs(days)).format(n=f"{sign}{abs(days)}")


def row_words(row: TimelineRow) -> str:
    """Say a whole row, for those who listen to it."""
    item = row.item
    parts = [
        kind_words(item.ref.kind),
        title_words(row) if row.number else item.title,
        dates_words(item.start_on, item.due_on),
        status_words(item),
        owner_words(item),
    ]
    if row.standing.is_critical or not row.standing.late:
        extra = short_words(row)
        parts += [extra] if extra and not row.is_undated else []
    return ", ".join(part for part in parts if part)


def row_tip(row: TimelineRow, waits_for: list[str]) -> str:
    """Tell all about a row in lines."""
    item = row.item
    lines = [title_words(row), dates_words(item.start_on, item.due_on)]
    lines += [one for one in (status_words(item), owner_words(item)) if one]
    if row.standing.is_critical:
        lines.append(_("Its lateness moves what waits for it, or the plan's end."))
    if row.standing.pushed:
        lines.append(expected_words(row.standing.pushed))
    if waits_for:
        lines.append(_("Waits for: {titles}").format(titles=", ".join(waits_for)))
    slack = row.standing.slack
    if slack is not None and not item.is_closed and not row.standing.is_critical:
        spare = ngettext("{n} day", "{n} days", slack).format(n=slack)
        lines.append(_("Room until the plan's end moves: {days}").format(days=spare))
    if row.is_undated and not item.is_closed:
        lines.append(_("Drag across the row to give it dates."))
    return "\n".join(lines)


def day_tip(day: dt.date, calendar: WorkCalendar) -> str:
    """Name a day with its weekday and its holidays."""
    t = current()
    weekday = str(t.locale.days["format"]["abbreviated"][day.weekday()])
    names = ", ".join(calendar.names(day))
    words = f"{t.date(day)} ({weekday})"
    return f"{words}\n{names}" if names else words
