"""The action items by who has to act: the customer, we, both; what is overdue comes first."""

from __future__ import annotations

from csdesk.model.vocabulary import CLOSED_ACTIONS, Priority, Side, label_of
from csdesk.queries.customer_rows import ActionRow
from csdesk.report.blocks import Block, Stack
from csdesk.report.elements import Section, Sheet, StateWord
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.table import Table
from csdesk.report.theme import BAD, CELL, INK, SMALL, TextStyle

_STATE_SIZE = 6.8
_TITLE = TextStyle(CELL.size, CELL.leading, color=INK)


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
    blocks: list[Block] = []
    for side, title in titles.items():
        own = [action for action in actions if action.side == side]
        if side == Side.US:
            own += [action for action in actions if action.side not in set(Side)]
        if own:
            own.sort(key=_order)
            short = sheet.typesetter.shortened(title, 11.4, 470, bold=True)
            blocks.append(sheet.subheading(short, space_before=18 if blocks else 2))
            blocks.append(_table(sheet, short, own))
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


def _table(sheet: Sheet, title: str, actions: list[ActionRow]) -> Table:
    t = sheet.words.t
    words = sheet.words
    states = [words.action_state(one.status, is_overdue=one.is_overdue) for one in actions]
    dates = [words.date(one.done_on or one.due_on) for one in actions]
    priorities = [label_of(one.priority, t) for one in actions]
    people = [
        name
        for one in actions
        for name in words.people(one.customer_owner, one.owner, joint="\n").split("\n")
    ]
    columns = sheet.shared(
        [
            (t("Action item"), 1),
            sheet.short_column(t.context("document", "In charge"), people),
            sheet.short_column(t.context("document", "Due"), dates, bold=True),
            sheet.short_column(t.context("document", "Priority"), priorities, bold=True),
            sheet.state_column(t.context("document", "State"), states, _STATE_SIZE),
        ]
    )
    rows = [_row(sheet, action) for action in actions]
    return Table(columns, rows, sheet.typesetter, title=title, space_before=4)


def _row(sheet: Sheet, action: ActionRow) -> list[Block]:
    words = sheet.words
    story: list[Block] = [sheet.text(action.title, _TITLE)]
    if action.goal:
        goal = TextStyle(7.2, 10.6, color=SMALL.color, max_lines=1)
        story.append(sheet.text(action.goal, goal))
    day = action.done_on or action.due_on
    due = [Span(words.date(day))]
    if action.is_overdue:
        due = [
            Span(words.date(day), bold=True, ink=BAD.strong),
            Span("\n" + words.t.context("document", "Overdue"), ink=BAD.strong),
        ]
    state = words.action_state(action.status, is_overdue=action.is_overdue)
    urgent = action.priority in (Priority.CRITICAL, Priority.HIGH)
    return [
        Stack(story),
        sheet.text(words.people(action.customer_owner, action.owner, joint="\n") or "–", CELL),
        Paragraph(due, CELL, sheet.typesetter),
        Paragraph(
            [Span(label_of(action.priority, words.t) or "–", bold=urgent)], CELL, sheet.typesetter
        ),
        StateWord(state, size=_STATE_SIZE),
    ]
