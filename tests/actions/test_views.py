"""Views of the accounts table are kept in the workspace: one's own and everybody's."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.actions.people import add_member
from csdesk.actions.views import delete_view, rename_view, save_view, share_view, update_view
from csdesk.errors import UserError
from csdesk.insight.account_view import AccountFilter, AccountView, view_of
from csdesk.queries.views import ACCOUNTS, SavedViewRow, saved_views
from csdesk.workspace.workspace import Workspace

MINE = AccountView(AccountFilter((("owner", ("me",)),)), group="phase", sort="arr")


def listed(workspace: Workspace, member: str | None = None) -> list[SavedViewRow]:
    """Return the views somebody sees."""
    return workspace.read(saved_views, ACCOUNTS, member)


def save(workspace: Workspace, name: str, owner: str | None = None) -> str:
    """Save a view and return its id."""
    return workspace.write("Save", save_view, ACCOUNTS, name, MINE, owner).result


def test_a_saved_view_says_all_of_how_the_table_looked(workspace: Workspace) -> None:
    save(workspace, " My view ")
    (row,) = listed(workspace)
    assert (row.name, row.owner_id) == ("My view", None)
    assert view_of(row.content) == MINE


def test_one_sees_everybodys_views_and_ones_own_by_name(workspace: Workspace) -> None:
    yui = workspace.write("Add", add_member, "Yui").result
    ken = workspace.write("Add", add_member, "Ken").result
    for name, owner in (("b", yui), ("A", None), ("c", ken)):
        save(workspace, name, owner)
    workspace.write("Other", save_view, "today", "z", MINE, None)
    assert [row.name for row in listed(workspace, yui)] == ["A", "b"]
    assert [row.name for row in listed(workspace, ken)] == ["A", "c"]
    assert [row.name for row in listed(workspace)] == ["A"]


def test_a_view_is_renamed_shared_and_changed_and_each_can_be_undone(workspace: Workspace) -> None:
    yui = workspace.write("Add", add_member, "Yui").result
    view = save(workspace, "First", yui)
    workspace.write("Rename", rename_view, view, "Second")
    workspace.write("Share", share_view, view, None)
    workspace.write("Change", update_view, view, AccountView(sort="renewal"))
    (row,) = listed(workspace)
    assert (row.name, row.owner_id, view_of(row.content).sort) == ("Second", None, "renewal")
    for _step in range(3):
        workspace.undo()
    (row,) = listed(workspace, yui)
    assert (row.name, row.owner_id, view_of(row.content)) == ("First", yui, MINE)


def test_a_deleted_view_comes_back_by_undo(workspace: Workspace) -> None:
    view = save(workspace, "First")
    workspace.write("Delete", delete_view, view)
    assert listed(workspace) == []
    with pytest.raises(UserError):
        workspace.write("Rename", rename_view, view, "x")
    workspace.undo()
    assert [row.id for row in listed(workspace)] == [view]


@pytest.mark.parametrize("name", ["", "  ", "x" * 501])
def test_a_view_needs_a_name_one_can_read(workspace: Workspace, name: str) -> None:
    with pytest.raises(UserError):
        save(workspace, name)
    assert listed(workspace) == []


def test_what_a_newer_version_keeps_in_a_view_stays_in_it(workspace: Workspace) -> None:
    view = save(workspace, "First")

    def of_tomorrow(session: Session) -> None:
        session.execute(
            text("UPDATE saved_view SET content = :new WHERE id = :id"),
            {"id": view, "new": json.dumps({"filter": {"mood": ["x"]}, "chart": "pie"})},
        )

    workspace.write("Newer", of_tomorrow)
    workspace.write("Change", update_view, view, MINE)
    (row,) = listed(workspace)
    assert json.loads(row.content)["chart"] == "pie"
    assert json.loads(row.content)["filter"]["mood"] == ["x"]
    assert view_of(row.content) == MINE
