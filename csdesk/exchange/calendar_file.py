"""The calendar file of a plan (.ics, RFC 5545): what the customer wants to see in a calendar.

The library icalendar writes it, and is imported when one is made. Each entry has the same name
(UID) in every file, and a number that grows from day to day and from version to version, so that
opening a later file moves the entries instead of adding them again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csdesk.exchange.one_line import one_line
from csdesk.i18n import Translator
from csdesk.model.identity import natural_id
from csdesk.model.vocabulary import ActionStatus, MilestoneStatus, Side
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import ActionRow, CustomerPlan, MilestoneRow, in_language
from csdesk.report.words import Words

if TYPE_CHECKING:
    from icalendar import Event

_SEQUENCE_BEGINS = dt.date(2000, 1, 1).toordinal()
_PRODUCT = "-//CSDesk//Success plan//EN"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One all-day entry."""

    uid: str
    day: dt.date
    category: str
    title: str
    lines: tuple[str, ...] = ()
    is_closed: bool = False
    is_gone: bool = False


def calendar_bytes(document: CustomerDocument) -> bytes:
    """Make the calendar of a document: milestones, the customer's and joint action items with a
    due date, and the next review, each as an all-day entry without an alarm.

    What is done says so. What stood in the version the customer has and is gone is canceled.
    Equal documents give equal bytes.
    """
    from icalendar import Calendar

    t = Translator(document.language)
    view = in_language(document.view, document.language)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(view.title or view.account_name or t("Success plan")))
    moment = dt.datetime(view.today.year, view.today.month, view.today.day, tzinfo=dt.UTC)
    sequence = max(view.today.toordinal() - _SEQUENCE_BEGINS, 0) + max(view.version, 0)
    for entry in _all_entries(document, view, t):
        calendar.add_component(_event(entry, moment, sequence, t))
    return bytes(calendar.to_ical())


def has_entries(document: CustomerDocument) -> bool:
    """Tell whether the document's calendar would have any entry."""
    return any(True for _entry in _all_entries(document, document.view, Translator("en")))


def _event(entry: _Entry, moment: dt.datetime, sequence: int, t: Translator) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", moment)
    event.add("sequence", sequence)
    event.add("dtstart", entry.day)
    event.add("dtend", _day_after(entry.day))
    title = t("{kind}: {title}").format(kind=entry.category, title=entry.title)
    if entry.is_closed:
        title = t("[Done] {title}").format(title=title)
    event.add("summary", title)
    if entry.lines:
        event.add("description", "\n".join(entry.lines))
    event.add("categories", [entry.category])
    event.add("status", "CANCELLED" if entry.is_gone else "CONFIRMED")
    # An all-day entry must not make its day look taken.
    event.add("transp", "TRANSPARENT")
    return event


def _day_after(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def _all_entries(
    document: CustomerDocument, view: CustomerPlan, translator: Translator
) -> Iterator[_Entry]:
    now = list(_entries(view, translator))
    yield from now
    if document.since is not None:
        there = {entry.uid for entry in now}
        before = in_language(document.since, document.language)
        for entry in _entries(before, translator):
            if entry.uid not in there:
                yield _gone(entry)


def _gone(entry: _Entry) -> _Entry:
    return _Entry(entry.uid, entry.day, entry.category, entry.title, is_gone=True)


def _entries(view: CustomerPlan, translator: Translator) -> Iterator[_Entry]:
    words = Words(translator)
    for goal in view.goals:
        for milestone in goal.milestones:
            if milestone.due_on is not None:
                yield _of_milestone(milestone, goal.title, milestone.due_on, view, words)
    for action in view.actions:
        if action.due_on is not None and action.side in (Side.CUSTOMER, Side.JOINT):
            yield _of_action(action, action.due_on, view, words)
    if view.next_review_on is not None:
        lines = [one_line(view.title), one_line(view.review_cadence)]
        yield _Entry(
            uid=_uid("review", view.plan_id, view.account_name),
            day=view.next_review_on,
            category=translator.context("calendar", "Review"),
            title=one_line(view.title) or one_line(view.account_name),
            lines=_said(lines[1:], view, words),
        )


def _of_milestone(
    row: MilestoneRow, goal: str, due_on: dt.date, view: CustomerPlan, words: Words
) -> _Entry:
    t = words.t
    lines = [
        t("Goal: {goal}").format(goal=one_line(goal)) if goal else "",
        t("Counts as done: {text}").format(text=one_line(row.done_definition))
        if row.done_definition.strip()
        else "",
        _in_charge(row.customer_owner, row.owner, words),
    ]
    return _Entry(
        uid=_uid("milestone", row.id, f"{goal}\x1f{row.title}"),
        day=due_on,
        category=t.context("calendar", "Milestone"),
        title=one_line(row.title),
        lines=_said(lines, view, words),
        is_closed=row.status == MilestoneStatus.ACHIEVED,
    )


def _of_action(row: ActionRow, due_on: dt.date, view: CustomerPlan, words: Words) -> _Entry:
    t = words.t
    lines = [
        t("Goal: {goal}").format(goal=one_line(row.goal)) if row.goal else "",
        _in_charge(row.customer_owner, row.owner, words),
    ]
    return _Entry(
        uid=_uid("action", row.id, f"{row.title}\x1f{due_on.isoformat()}"),
        day=due_on,
        category=t.context("calendar", "Action item"),
        title=one_line(row.title),
        lines=_said(lines, view, words),
        is_closed=row.status == ActionStatus.DONE,
    )


def _in_charge(customer_owner: str, owner: str, words: Words) -> str:
    names = words.people(one_line(customer_owner), one_line(owner)).replace("\u00a0", " ")
    return words.t("In charge: {names}").format(names=names) if names else ""


def _said(lines: Sequence[str], view: CustomerPlan, words: Words) -> tuple[str, ...]:
    """Say what is known, and at the end which plan it comes from."""
    version = words.t.context("workbook", "Version {n}").format(n=view.version)
    source = " · ".join(
        one for one in (one_line(view.our_company), one_line(view.title), version) if one
    )
    return (*(line for line in lines if line), source)


def _uid(kind: str, row_id: str, otherwise: str) -> str:
    """Name an entry; the ids of a plan are unique everywhere, so no host stands behind them."""
    return f"{row_id or natural_id('calendar', kind, otherwise)}-{kind}@csdesk"
