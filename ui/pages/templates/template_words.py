"""Templates in words: how large they are, whom their items are for, and when they are due."""

from __future__ import annotations

import datetime as dt

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _, current, ngettext
from csdesk.insight.plan_template import CSM, SALES, PlanTemplate, TemplateItem
from csdesk.model.vocabulary import ContactRole, Side, label_of
from csdesk.queries.templates import TemplateRow


def size_words(content: PlanTemplate) -> str:
    """Say how many items of each kind a template has."""
    goals, milestones, actions = (content.count(kind) for kind in ItemKind)
    parts = (
        ngettext("{n} goal", "{n} goals", goals).format(n=current().number(goals)),
        ngettext("{n} milestone", "{n} milestones", milestones).format(
            n=current().number(milestones)
        ),
        ngettext("{n} action", "{n} actions", actions).format(n=current().number(actions)),
    )
    return " · ".join(parts)


def length_words(days: int) -> str:
    """Say how long a plan takes."""
    return ngettext("{n} day", "{n} days", days).format(n=current().number(days))


def kind_words(row: TemplateRow) -> str:
    """Say what a template is for: type, touch model, segment."""
    parts = (label_of(row.type), label_of(row.touch_model), row.segment)
    return " · ".join(part for part in parts if part)


def whole_words(row: TemplateRow) -> str:
    """Say what a template is for and how large it is, in one line."""
    parts = (kind_words(row), size_words(row.content), length_words(row.days))
    return " · ".join(part for part in parts if part)


def part_words(part: str) -> str:
    """Name a part: the owner of the account, sales, or the role of a contact."""
    if part == CSM:
        return _("CSM")
    if part == SALES:
        return _("Sales")
    try:
        return ContactRole(part).label()
    except ValueError:
        return ""


def who_words(item: TemplateItem) -> str:
    """Say who acts or is in charge: the side of an action item, and the parts."""
    parts = [part_words(part) for part in (item.owner, item.customer_owner)]
    named = ", ".join(part for part in parts if part)
    side = label_of(Side(item.side)) if item.side in set(Side) else ""
    if side and named:
        return _("{side}: {people}").format(side=side, people=named)
    return side or named


def day_words(number: int | None, start: dt.date | None) -> str:
    """Say on which day of the plan something is due, or its date where the start is known."""
    if number is None:
        return ""
    if start is not None:
        return current().date(start)
    return _("Day {n}").format(n=current().number(number))


def measure_words(content: PlanTemplate) -> str:
    """Name the KPIs a template measures by."""
    return ", ".join(dict.fromkeys(measure.kpi for measure in content.measures()))
