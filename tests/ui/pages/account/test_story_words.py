"""What one step did, in lines: the history says why a schedule was shifted, too."""

from __future__ import annotations

import datetime as dt

from csdesk.actions.accounts import add_account
from csdesk.actions.plans import add_plan
from csdesk.actions.schedule import ItemDates, shift_items
from csdesk.queries.row_story import Happening, account_stories
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from ui.pages.account.story_words import story_lines

DUE = dt.date(2027, 1, 15)


def test_a_shift_tells_its_reason_its_days_and_its_cause(workspace: Workspace) -> None:
    account = workspace.write("Add", add_account, "Fuji").result
    outline = Outline(workspace, workspace.write("Plan", add_plan, account, "Plan").result)
    ref = outline.action("A", due_on=DUE)
    later = ItemDates(ref, None, DUE + dt.timedelta(days=14))
    workspace.write(
        "Shift", shift_items, [later], days=14, reason="Postponed by the customer", cause="M1"
    )
    stories = workspace.read(account_stories, account)
    (story,) = [one for one in stories if one.entity == "schedule_shift"]
    assert story.happening is Happening.ADDED
    assert set(story_lines(story)) == {
        "Reason: Postponed by the customer",
        "Days: 14",
        "Items moved: 1",
        "Item that caused it: M1",
    }
    others = [one for one in stories if one.happening is Happening.ADDED and one is not story]
    assert others
    assert all(story_lines(one) == ["added"] for one in others)
    workspace.undo()
    newest = workspace.read(account_stories, account)[0]
    undone = [one for one in workspace.read(account_stories, account) if one.at == newest.at]
    assert {one.entity for one in undone} == {"action", "schedule_shift"}
    assert [story_lines(one) for one in undone if one.entity == "schedule_shift"] == [["deleted"]]
