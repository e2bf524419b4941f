"""Any step of the history can be undone, and any value of then taken again."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, delete_accounts, edit_account, move_account
from csdesk.actions.people import add_contact, edit_contact
from csdesk.actions.plan_items import add_item, edit_item, tick_item
from csdesk.actions.taking_back import take_again, take_back
from csdesk.errors import UserError
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import ActionStatus, Phase
from csdesk.queries.accounts import account_detail
from csdesk.queries.row_story import RowStory, account_stories, row_stories
from csdesk.queries.rows import row_of
from csdesk.store.journal import StepKey
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline, fill

TODAY = dt.date(2026, 11, 22)


def newest(workspace: Workspace, entity: str, row_id: str) -> RowStory:
    return workspace.read(row_stories, [(entity, row_id)])[0]


def key_of(workspace: Workspace, label: str) -> StepKey:
    return next(entry.key for entry in workspace.history() if entry.label == label)


def value(workspace: Workspace, entity: str, row_id: str, field: str) -> object:
    row = workspace.read(row_of, entity, row_id)
    assert row is not None
    return row.values[field]


def test_a_step_in_the_middle_is_undone_and_later_ones_stay(
    workspace: Workspace, account: str
) -> None:
    workspace.write("Region", edit_account, account, region="East", industry="Retail")
    workspace.write("Phase", move_account, account, Phase.ADOPTION)
    skipped = workspace.write("Back", take_back, key_of(workspace, "Region")).result
    assert skipped == ()
    assert value(workspace, "account", account, "region") is None
    assert value(workspace, "account", account, "phase") == Phase.ADOPTION


def test_what_was_changed_since_stays_and_is_named(workspace: Workspace, account: str) -> None:
    workspace.write("Both", edit_account, account, region="East", industry="Retail")
    workspace.write("Region", edit_account, account, region="West")
    (skipped,) = workspace.write("Back", take_back, key_of(workspace, "Both")).result
    assert (skipped.entity, skipped.row, skipped.field) == ("account", account, "region")
    assert value(workspace, "account", account, "region") == "West"
    assert value(workspace, "account", account, "industry") is None


def test_where_nothing_of_a_step_is_left_it_says_so_and_writes_nothing(
    workspace: Workspace, account: str
) -> None:
    workspace.write("East", edit_account, account, region="East")
    workspace.write("West", edit_account, account, region="West")
    steps = len(workspace.history())
    with pytest.raises(UserError, match="changed since"):
        workspace.write("Back", take_back, key_of(workspace, "East"))
    assert len(workspace.history()) == steps


def test_only_one_row_of_a_step_is_taken_back(workspace: Workspace) -> None:
    def both(session: Session) -> tuple[str, str]:
        return add_account(session, "A"), add_account(session, "B")

    first, second = workspace.write("Two", both).result
    workspace.write("Back", take_back, key_of(workspace, "Two"), ("account", first))
    assert workspace.read(account_detail, first, today=TODAY) is None
    assert workspace.read(account_detail, second, today=TODAY) is not None


def test_a_deleted_account_comes_back_with_all_that_went_with_it(
    workspace: Workspace, account: str, outline: Outline
) -> None:
    workspace.write("Items", fill, outline.plan, {"G1": {"M1": {"A1": {}}}})
    before = outline.tree()
    workspace.write("Gone", delete_accounts, [account])
    story = newest(workspace, "account", account)
    assert story.key is not None
    workspace.write("Back", take_back, story.key, ("account", account))
    assert outline.tree() == before


def test_adding_something_is_undone_with_what_came_below_it_in_the_same_step(
    workspace: Workspace, outline: Outline
) -> None:
    workspace.write("Items", fill, outline.plan, {"G1": {"M1": {}}, "G2": {}})
    goal = outline.ref("G1")
    workspace.write("Back", take_back, key_of(workspace, "Items"), ("goal", goal.id))
    assert outline.tree() == {"G2": {}}


def test_something_others_build_on_stays(workspace: Workspace, outline: Outline) -> None:
    workspace.write("Items", fill, outline.plan, {"G1": {}})
    goal = outline.ref("G1")
    workspace.write("Later", add_item, ItemKind.MILESTONE, goal, "M1")
    with pytest.raises(UserError):
        workspace.write("Back", take_back, key_of(workspace, "Items"), ("goal", goal.id))
    assert outline.tree() == {"G1": {"M1": {}}}


def test_taking_back_is_a_step_that_undo_takes_back(workspace: Workspace, account: str) -> None:
    workspace.write("East", edit_account, account, region="East")
    workspace.write("Back", take_back, key_of(workspace, "East"))
    assert workspace.undo_label == "Back"
    workspace.undo()
    assert value(workspace, "account", account, "region") == "East"


def test_the_history_of_an_account_tells_the_step_of_each_change(
    workspace: Workspace, account: str
) -> None:
    workspace.write("East", edit_account, account, region="East")
    (story, *_rest) = workspace.read(account_stories, account)
    assert story.key == key_of(workspace, "East")


def test_an_old_value_is_taken_again_with_what_follows_from_it(
    workspace: Workspace, outline: Outline
) -> None:
    workspace.write("Items", fill, outline.plan, {"G1": {"A1": {}}})
    action = outline.ref("A1")
    workspace.write("Done", tick_item, action, True, on=TODAY)
    told = next(
        one for one in newest(workspace, "action", action.id).fields if one.name == "status"
    )
    workspace.write("Open", tick_item, action, False)
    assert value(workspace, "action", action.id, "done_on") is None
    workspace.write("Again", take_again, "action", action.id, told.name, told.stored)
    assert value(workspace, "action", action.id, "status") == ActionStatus.DONE
    assert value(workspace, "action", action.id, "done_on") is not None


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("due_on", dt.date(2027, 1, 31), dt.date(2027, 2, 28)),
        ("title", "値引き方針", "値引き方針の確認"),
        ("internal_note", "a\nb", None),
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(
    workspace: Workspace, outline: Outline, field: str, first: object, second: object
) -> None:
    workspace.write("Items", fill, outline.plan, {"G1": {"A1": {}}})
    action = outline.ref("A1")
    workspace.write("First", edit_item, action, **{field: first})
    fields = newest(workspace, "action", action.id).fields
    told = next(one for one in fields if one.name == field)
    workspace.write("Second", edit_item, action, **{field: second})
    workspace.write("Again", take_again, "action", action.id, field, told.stored)
    assert value(workspace, "action", action.id, field) == first


def test_a_value_that_does_not_fit_any_more_is_refused(
    workspace: Workspace, outline: Outline
) -> None:
    workspace.write("Items", fill, outline.plan, {"G1": {"A1": {}}})
    action = outline.ref("A1")
    workspace.write("Early", edit_item, action, due_on=dt.date(2026, 1, 31))
    told = newest(workspace, "action", action.id).fields[0]
    workspace.write("Late", edit_item, action, due_on=None)
    workspace.write("Start", edit_item, action, start_on=dt.date(2026, 6, 1))
    with pytest.raises(UserError, match="due before it starts"):
        workspace.write("Again", take_again, "action", action.id, "due_on", told.stored)


def test_a_boss_who_would_make_a_circle_is_refused(workspace: Workspace, account: str) -> None:
    sato = workspace.write("Sato", add_contact, account, "Sato").result
    mori = workspace.write("Mori", add_contact, account, "Mori").result
    workspace.write("Boss", edit_contact, sato, reports_to_id=mori)
    told = newest(workspace, "contact", sato).fields[0]
    workspace.write("None", edit_contact, sato, reports_to_id=None)
    workspace.write("Turn", edit_contact, mori, reports_to_id=sato)
    with pytest.raises(UserError):
        workspace.write("Again", take_again, "contact", sato, told.name, told.stored)
