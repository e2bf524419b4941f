"""The rows of an outline in words: for its cells, its panel, and those who listen to it."""

from __future__ import annotations

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import Visibility, label_of
from csdesk.queries.outline import OutlineItem


def customer_name(name: str) -> str:
    """Write the name of somebody at the customer, with 様 in Japanese."""
    return current().context("customer", "{name}").format(name=name) if name else ""


def owner_words(item: OutlineItem) -> str:
    """Name who is in charge on either side."""
    return ", ".join(part for part in (item.owner, customer_name(item.customer_owner)) if part)


def short_owner_words(item: OutlineItem) -> str:
    """Name who is in charge on either side, by one word each."""
    ours, theirs = (name.split()[:1] for name in (item.owner, item.customer_owner))
    return ", ".join((*ours, *map(customer_name, theirs)))


def late_words(days: int) -> str:
    """Say by how many days something is late."""
    return ngettext("{n} day late", "{n} days late", days).format(n=days)


def status_words(item: OutlineItem) -> str:
    """Say how far an item is, with what of it is done, and how late it is."""
    parts = [label_of(item.status)]
    if item.standing and not item.is_closed:
        parts.append(label_of(item.standing))
    if item.progress is not None and not item.is_closed:
        parts.append(f"{current().number(round(item.progress * 100))}%")
    if item.late_days:
        parts.append(late_words(item.late_days))
    return ", ".join(parts)


def visibility_words(item: OutlineItem) -> str:
    """Say whether the customer sees an item, and why not."""
    if item.visibility != Visibility.CUSTOMER:
        return _("Internal: not in the PDF")
    if item.hidden_by_parent:
        return _("Not in the PDF, because what it stands below is internal")
    return _("In the PDF for the customer")


def unagreed_mark() -> str:
    """Say the same in the few letters that a row has room for."""
    return _("Not agreed")


def unagreed_words() -> str:
    """Say that an item changed since the customer agreed to the plan."""
    return _("Not agreed yet")


def kind_words(kind: ItemKind | None) -> str:
    """Name a kind of item."""
    return {
        ItemKind.GOAL: _("Goal"),
        ItemKind.MILESTONE: _("Milestone"),
        ItemKind.ACTION: _("Action item"),
    }[kind or ItemKind.ACTION]


def row_in_words(item: OutlineItem) -> str:
    """Say a whole row, for those who listen to it."""
    due = _("due {date}").format(date=current().date(item.due_on)) if item.due_on else ""
    parts = (kind_words(item.ref.kind), item.title, status_words(item), owner_words(item), due)
    return ", ".join(part for part in parts if part)
