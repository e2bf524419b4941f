"""What changed since the version the customer has, by what happened, goal by goal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from csdesk.queries.customer_rows import CustomerPlan
from csdesk.queries.plan_changes import ChangeKind, PlanChange, plan_changes
from csdesk.report.blocks import Block, Stack
from csdesk.report.change_words import change_sentence
from csdesk.report.elements import Section, Sheet, placed_row
from csdesk.report.table import Column, Table
from csdesk.report.theme import CELL, CELL_STRONG, SMALL, TEXT, TextStyle

_GOAL = TextStyle(7.2, 10.6, color=SMALL.color, max_lines=1)
_GOAL_CELL = TextStyle(SMALL.size, CELL.leading, color=SMALL.color, max_lines=2)
_KIND = TextStyle(CELL.size, CELL.leading, color=SMALL.color)


def changes_section(sheet: Sheet) -> Section | None:
    """Make a table for each thing that happened; None without an older version or a change."""
    if sheet.since is None:
        return None
    changes = plan_changes(sheet.since, sheet.view)
    t = sheet.words.t
    groups: tuple[tuple[str, tuple[ChangeKind, ...]], ...] = (
        (t.context("changes", "Finished"), (ChangeKind.FINISHED,)),
        (t.context("changes", "Added"), (ChangeKind.ADDED,)),
        (t.context("changes", "Moved"), (ChangeKind.MOVED,)),
        (t.context("changes", "Changed"), (ChangeKind.CHANGED, ChangeKind.REOPENED)),
        (t.context("changes", "Taken out"), (ChangeKind.REMOVED,)),
    )
    names = _entity_names(sheet)
    named = [names[change.entity] for change in changes]
    kind_column = sheet.short_column(t.context("document", "Kind"), named)
    blocks: list[Block] = []
    count = 0
    for title, kinds in groups:
        items = _by_item(sheet, [change for change in changes if change.kind in kinds])
        if items:
            heading = t("{title} ({n})").format(title=title, n=len(items))
            blocks.append(sheet.subheading(heading))
            blocks.append(_table(sheet, title, items, kind_column))
            count += len(items)
    if not blocks:
        return None
    lead = t("You have version {version} of {date}. This is what is different since then.").format(
        version=sheet.since.version, date=sheet.words.long_date(sheet.since.today)
    )
    aside = t.plural_in("aside", "{n} change", "{n} changes", count).format(n=count)
    title = t("Changes since the version you have")
    return sheet.section(title, [sheet.text(lead, TEXT, keeps_next=True), *blocks], aside=aside)


def _by_item(sheet: Sheet, changes: Sequence[PlanChange]) -> list[list[PlanChange]]:
    """Put together what happened to one item, in the order of the goals, the plan's own first."""
    places = {goal.title: number for number, goal in enumerate(sheet.view.goals, 1)}
    beyond = len(places) + 1

    def place(change: PlanChange) -> int:
        if change.entity == "plan":
            return 0
        return places.get(change.title if change.entity == "goal" else change.parent, beyond)

    ordered = sorted(changes, key=place)
    items = groupby(ordered, key=lambda one: (one.entity, one.id or one.title))
    return [list(item) for _, item in items]


def _table(
    sheet: Sheet, title: str, items: Sequence[Sequence[PlanChange]], kind_column: Column
) -> Table:
    t = sheet.words.t
    names = _entity_names(sheet)
    has_goals = sheet.page.is_wide and bool(sheet.view.goals)
    columns: list[Column | tuple[str, float]] = [
        kind_column,
        (t.context("document", "Item"), 1.0),
    ]
    if has_goals:
        columns.append((t.context("document", "Goal"), 0.8))
    columns.append((t("What is different"), 0.9))
    rows = [_row(sheet, item, names[item[0].entity], has_goals=has_goals) for item in items]
    return Table(sheet.shared(columns), rows, sheet.typesetter, title=title, space_before=4)


def _row(sheet: Sheet, item: Sequence[PlanChange], kind: str, *, has_goals: bool) -> list[Block]:
    change = item[0]
    name: Block = sheet.text(change.title or "–", CELL_STRONG)
    goal = sheet.text(change.parent, _GOAL_CELL if has_goals else _GOAL)
    cells: list[Block] = [sheet.text(kind, _KIND)]
    cells += [name, goal] if has_goals else [Stack([name, goal]) if change.parent else name]
    cells.append(Stack([sheet.text(_sentence(sheet, one), CELL) for one in item]))
    return placed_row(cells, change.entity, change.id)


def _sentence(sheet: Sheet, change: PlanChange) -> str:
    """Say what happened, with the day where the item has one to tell."""
    sentence = change_sentence(change, sheet.words, sheet.view.today)
    if change.kind == ChangeKind.FINISHED:
        day = _days(sheet.view, done=True).get(change.id)
    elif change.kind == ChangeKind.ADDED:
        day = _days(sheet.view, done=False).get(change.id)
    else:
        return sentence
    if day is None:
        return sentence
    words, t = sheet.words, sheet.words.t
    if change.kind == ChangeKind.ADDED:
        return t("{sentence}, due {date}").format(sentence=sentence, date=words.date(day))
    return t("{sentence} on {date}").format(sentence=sentence, date=words.date(day))


def _days(view: CustomerPlan, *, done: bool) -> dict[str, dt.date | None]:
    """Return when items were done, or are due, by id."""
    days: dict[str, dt.date | None] = {}
    for milestone in view.milestones:
        days[milestone.id] = milestone.achieved_on if done else milestone.due_on
    for action in view.actions:
        days[action.id] = action.done_on if done else action.due_on
    if not done:
        days.update({goal.id: goal.due_on for goal in view.goals})
    return days


def _entity_names(sheet: Sheet) -> dict[str, str]:
    t = sheet.words.t
    return {
        "plan": t("Success plan"),
        "goal": t.context("document", "Goal"),
        "measure": t("Success measure"),
        "milestone": t("Milestone"),
        "action": t("Action item"),
        "kpi": t.context("document", "KPI"),
        "risk": t("Point to watch"),
        "feedback": t("Your feedback"),
    }
