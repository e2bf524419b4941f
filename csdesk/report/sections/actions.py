"""The action items by who has to act: the customer, we, both; what is overdue comes first."""

from __future__ import annotations

from collections.abc import Sequence

from csdesk.model.vocabulary import CLOSED_ACTIONS, Priority, Side, label_of
from csdesk.queries.customer_rows import ActionRow
from csdesk.report.blocks import Block, Stack
from csdesk.report.elements import Section, Sheet, placed_row
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.sections.agreement import agreement_note
from csdesk.report.table import Column, Table
from csdesk.report.theme import BAD, CELL, INK, SMALL, TextStyle

_STATE_SIZE = 6.8
_TITLE = TextStyle(CELL.size, CELL.leading, color=INK)
_GOAL = TextStyle(7.2, 10.6, color=SMALL.color, max_lines=1)
_GOAL_CELL = TextStyle(SMALL.size, CELL.leading, color=SMALL.color, max_lines=2)


def actions_section(sheet: Sheet) -> Section | None:
    """Make a table for each side that has action items; None without any."""
    actions = sheet.view.actions
    if not actions:
        return None
    words, t = sheet.words, sheet.words.t
    view = sheet.view
    titles = {
        Side.CUSTOMER: t("To be done by {company}").format(company=view.account_name),
        Side.US: t("To be done by {company}").format(
            company=view.our_company or t.context("document", "us")
        ),
        Side.JOINT: t("To be done together"),
    }
    if words.is_japanese:
        titles[Side.CUSTOMER] = t("To be done by {company}").format(
            company=words.honoured(view.account_name)
        )
    columns = _columns(sheet)
    blocks: list[Block] = agreement_note(sheet, "actions")
    for side, title in titles.items():
        own = [action for action in actions if action.side == side]
        if side == Side.US:
            own += [action for action in actions if action.side not in set(Side)]
        if own:
            own.sort(key=_order)
            short = sheet.typesetter.shortened(
                title, 11.4, sheet.page.content_width * 0.95, bold=True
            )
            blocks.append(sheet.subheading(short, space_before=18 if blocks else 2))
            blocks.append(_table(sheet, short, own, columns))
    aside = t.plural("{n} action item", "{n} action items", len(actions)).format(n=len(actions))
    return sheet.section(t("Action items"), blocks, aside=aside)


def _order(action: ActionRow) -> tuple[bool, bool, bool, int]:
    """Sort open before closed, overdue first, then by date; without a date last."""
    return (
        action.status in CLOSED_ACTIONS,
        not action.is_overdue,
        action.due_on is None,
        action.due_on.toordinal() if action.due_on else 0,
    )


def _columns(sheet: Sheet) -> list[Column]:
    """Measure the columns over the items of all sides, so that the tables line up.

    On a wide page the goal has a column of its own.
    """
    t, words, actions = sheet.words.t, sheet.words, sheet.view.actions
    states = [words.action_state(one.status, is_overdue=one.is_overdue) for one in actions]
    dates = [words.date(one.done_on or one.due_on) for one in actions]
    priorities = [label_of(one.priority, t) for one in actions]
    people = [
        name
        for one in actions
        for name in words.people(one.customer_owner, one.owner, joint=sheet.joint).split("\n")
    ]
    wanted: list[Column | tuple[str, float]] = [(t("Action item"), 1)]
    if _has_goal_column(sheet):
        wanted.append((t.context("document", "Goal"), 0.8))
    wanted += [
        sheet.short_column(t.context("document", "In charge"), people),
        sheet.short_column(t.context("document", "Due"), dates, bold=True),
        sheet.short_column(t.context("document", "Priority"), priorities, bold=True),
        sheet.state_column(
            t.context("document", "State"),
            states,
            _STATE_SIZE,
            is_marked=any(sheet.is_marked(one.id) for one in actions),
        ),
    ]
    return sheet.shared(wanted)


def _table(
    sheet: Sheet, title: str, actions: Sequence[ActionRow], columns: Sequence[Column]
) -> Table:
    has_goals = _has_goal_column(sheet)
    rows = [_row(sheet, action, has_goals=has_goals) for action in actions]
    return Table(columns, rows, sheet.typesetter, title=title, space_before=4)


def _has_goal_column(sheet: Sheet) -> bool:
    return sheet.page.is_wide and any(action.goal for action in sheet.view.actions)


def _row(sheet: Sheet, action: ActionRow, *, has_goals: bool) -> list[Block]:
    words = sheet.words
    goal = sheet.text(action.goal, _GOAL_CELL if has_goals else _GOAL)
    title: Block = sheet.text(action.title, _TITLE)
    cells = [title, goal] if has_goals else [Stack([title, goal]) if action.goal else title]
    day = action.done_on or action.due_on
    due = [Span(words.date(day))]
    if action.is_overdue:
        due = [
            Span(words.date(day), bold=True, ink=BAD.strong),
            Span("\n" + words.t.context("document", "Overdue"), ink=BAD.strong),
        ]
    state = words.action_state(action.status, is_overdue=action.is_overdue)
    people = words.people(action.customer_owner, action.owner, joint=sheet.joint)
    urgent = action.priority in (Priority.CRITICAL, Priority.HIGH)
    cells += [
        sheet.text(people or "–", CELL),
        Paragraph(due, CELL, sheet.typesetter),
        Paragraph(
            [Span(label_of(action.priority, words.t) or "–", bold=urgent)], CELL, sheet.typesetter
        ),
        sheet.state(state, action.id, size=_STATE_SIZE),
    ]
    return placed_row(cells, "action", action.id)
