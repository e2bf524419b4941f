"""Words that cards of every kind have: what they are about, who did it and when."""

from __future__ import annotations

import datetime as dt

from csdesk.i18n import _, current
from csdesk.queries.review_items import ReviewItem, Who


def title_of(item: ReviewItem, field: str = "") -> str:
    """Say what is meant: Fuji Retail Group · Milestone “Go-live” · Due date."""
    account = "" if item.account in item.item else item.account
    return " · ".join(part for part in (account, item.item, field) if part)


def when(at: dt.datetime) -> str:
    """Write a moment as short as it is clear: 18:04 of today, Nov 21 18:04 of this year."""
    local, now = at.astimezone(), dt.datetime.now().astimezone()
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{current().short_date(local.date(), now.date())} {local:%H:%M}"


def name_of(who: Who) -> str:
    """Name somebody; the computer stands for who has no name."""
    return who.author or who.computer or _("somebody")


def who_when(head: str, who: Who) -> str:
    """Write whose value something is: In the plan now · Suzuki · Nov 21 18:04."""
    return " · ".join(part for part in (head, name_of(who), when(who.at)) if part)


def from_computer(who: Who) -> str:
    """Say on which computer something was written; empty where it is not known."""
    return _("from {computer}").format(computer=who.computer) if who.computer else ""


def decided_words(item: ReviewItem) -> str:
    """Say what others decided about it already; empty where nobody did."""
    return "\n".join(
        _("{who} decided: {what}").format(who=who_when("", one.who), what=one.words)
        for one in item.decided
    )
