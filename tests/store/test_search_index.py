"""The index follows the journal: writes, undo, deletion, merges; and is made anew when lost."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from csdesk.model.base import columns_of, entity_records
from csdesk.model.records import Account, Goal
from csdesk.store.driver import connect
from csdesk.store.search_index import searchable_entities, text_fields
from csdesk.store.words import match_expression
from csdesk.workspace.workspace import Workspace
from tests.store.damage import overwrite_page
from tests.store.desk import Device, add_account, add_goal, mark_deleted, rename, set_fields


def found(workspace: Workspace, asked: str) -> list[str]:
    """Return the ids of the rows that the index finds, in order."""

    def look(session: Session) -> list[str]:
        rows = session.execute(
            text(
                "SELECT i.row FROM local.words JOIN local.indexed i ON i.n = words.rowid"
                " WHERE words MATCH :asked ORDER BY i.row"
            ),
            {"asked": match_expression(asked)},
        )
        return [row[0] for row in rows]

    return workspace.read(look)


def test_what_is_written_is_found_at_once_and_by_every_text(workspace: Workspace) -> None:
    first = workspace.write("Add", add_account, "東京精密", business_summary="検査装置").result
    goal = workspace.write("Add", add_goal, "plan", "検査時間の短縮").result
    assert found(workspace, "精") == [first]
    assert found(workspace, "検査") == sorted([first, goal])
    assert found(workspace, "短縮") == [goal]


def test_the_index_follows_edits_deletions_undo_and_redo(workspace: Workspace) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.write("Rename", rename, made, "South")
    assert (found(workspace, "north"), found(workspace, "south")) == ([], [made])
    workspace.undo()
    assert (found(workspace, "north"), found(workspace, "south")) == ([made], [])
    workspace.write("Delete", mark_deleted, Account, made)
    assert found(workspace, "north") == []
    workspace.undo()
    assert found(workspace, "north") == [made]
    workspace.undo()
    assert found(workspace, "north") == []
    workspace.redo()
    assert found(workspace, "north") == [made]


def test_a_failed_action_leaves_no_words_behind(workspace: Workspace) -> None:
    def fail(session: Session) -> None:
        add_account(session, "Phantom")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        workspace.write("Fail", fail)
    workspace.write("Add", add_account, "Real")
    assert found(workspace, "phantom") == []


def test_an_import_is_indexed_whole_and_its_undo_too(workspace: Workspace) -> None:
    rows = [{"id": f"a{number}", "name": f"顧客 {number}"} for number in range(1700)]
    workspace.write("Import", lambda session: session.execute(insert(Account), rows))
    assert len(found(workspace, "顧客")) == 1700
    workspace.undo()
    assert found(workspace, "顧客") == []


def test_what_another_device_wrote_is_found(device: Device) -> None:
    with device.create() as workspace:
        made = workspace.write("Add", add_account, "North").result
    other = Device.beside(device.document.parent / "other", device.document)
    with other.open() as workspace:
        workspace.write("Rename", rename, made, "Renamed there")
    with device.open() as workspace:
        mine = workspace.write("Add", add_account, "Mine").result
        device.document.write_bytes(other.document.read_bytes())
        workspace.publish()
        assert found(workspace, "renamed") == [made]
        assert found(workspace, "north") == []
        assert found(workspace, "mine") == [mine]


def test_a_lost_index_is_made_again(device: Device) -> None:
    with device.create() as workspace:
        made = workspace.write("Add", add_account, "東京精密").result
        local = workspace.replica.local
    local.unlink()
    with device.open() as workspace:
        assert found(workspace, "精密") == [made]


def test_an_index_of_another_version_is_made_again(device: Device) -> None:
    with device.create() as workspace:
        made = workspace.write("Add", add_account, "東京精密").result
        local = workspace.replica.local
    connection = connect(local)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("DELETE FROM indexed")
    connection.close()
    with device.open() as workspace:
        assert found(workspace, "精密") == [made]


def test_an_index_that_knows_more_than_the_replica_is_made_again(device: Device) -> None:
    """After a crash the index may hold words of a step that never was, or of a lost replica."""
    with device.create() as workspace:
        made = workspace.write("Add", add_account, "North").result
    older = Device.beside(device.document.parent / "older", device.document)
    with device.open() as workspace:
        workspace.write("Rename", rename, made, "Never")
        ahead = workspace.replica.local
    with older.open() as workspace:
        behind = workspace.replica.local
    behind.write_bytes(ahead.read_bytes())
    with older.open() as workspace:
        assert found(workspace, "never") == []
        assert found(workspace, "north") == [made]


def test_an_index_found_damaged_in_use_is_made_again_at_the_next_start(device: Device) -> None:
    with device.create() as workspace:
        for number in range(300):
            workspace.write("Add", add_account, f"Customer {number}")
        local = workspace.replica.local
    for page in range(2, local.stat().st_size // 4096):
        overwrite_page(local, page)
    with device.open() as workspace:
        made = workspace.write("Add", add_account, "After").result
    with device.open() as workspace:
        assert found(workspace, "after") == [made]
        assert len(found(workspace, "customer")) == 300


def test_codes_references_and_pictures_are_no_words() -> None:
    assert "logo" not in text_fields("account")
    assert "owner_id" not in text_fields("account")
    assert "status" not in text_fields("account")
    assert text_fields("account")[0] == "name"
    assert "internal_note" in text_fields("goal")


def test_every_entity_with_texts_can_be_searched() -> None:
    assert set(searchable_entities()) <= set(entity_records())
    for entity in ("account", "contact", "plan", "goal", "touchpoint", "risk", "feedback"):
        assert entity in searchable_entities()
        names = {column.name for column in columns_of(entity)}
        assert set(text_fields(entity)) <= names


def test_an_edit_of_a_number_leaves_the_words_alone(workspace: Workspace) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.write("Edit", set_fields, Account, made, employees=5)
    assert found(workspace, "north") == [made]
    goal = workspace.write("Add", add_goal, "plan", "Goal").result
    workspace.write("Edit", set_fields, Goal, goal, visibility="internal")
    assert found(workspace, "goal") == [goal]
