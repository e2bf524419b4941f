"""Going back to a backup is one step, and can be taken back like any other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.model.records import Account, Goal
from csdesk.workspace.workspace import Workspace
from tests.store.desk import (
    Device,
    SetClock,
    account,
    add_account,
    add_goal,
    mark_deleted,
    names,
    rename,
    row_of,
    set_fields,
)
from tests.store.laws import broken_laws


def test_everything_is_as_it_was_and_one_undo_takes_that_back(
    workspace: Workspace, clock: SetClock
) -> None:
    changed = workspace.write("Add", add_account, "Changed", region="East").result
    gone = workspace.write("Add", add_account, "Gone").result
    dead = workspace.write("Add", add_account, "Dead").result
    workspace.write("Delete", mark_deleted, Account, dead)
    kept = workspace.back_up()
    clock.pass_by(days=1)
    workspace.write("Edit", set_fields, Account, changed, name="New", region=None, fit="good")
    workspace.write("Delete", mark_deleted, Account, gone)
    workspace.write("Bring back", set_fields, Account, dead, deleted_at=None, name="Alive")
    workspace.write("Add", add_account, "Later")
    after = [workspace.read(account, row) for row in (changed, gone, dead)]

    outcome = workspace.restore(kept.path)
    assert outcome.change is not None
    assert workspace.undo_label == outcome.label
    assert workspace.read(names) == ["Changed", "Gone"]
    restored = workspace.read(account, changed)
    assert (restored["region"], restored["fit"]) == ("East", None)
    assert broken_laws(workspace.replica.database) == []

    workspace.undo()
    assert workspace.read(names) == ["Alive", "Later", "New"]
    undone = [workspace.read(account, row) for row in (changed, gone, dead)]
    assert [row | {"deleted_at": None} for row in undone] == [
        row | {"deleted_at": None} for row in after
    ]
    workspace.redo()
    assert workspace.read(names) == ["Changed", "Gone"]
    assert broken_laws(workspace.replica.database) == []


def test_a_backup_of_now_changes_nothing(workspace: Workspace) -> None:
    workspace.write("Add", add_account)
    kept = workspace.back_up()
    assert workspace.restore(kept.path).change is None
    assert workspace.undo_label == "Add"


def test_an_older_document_can_be_gone_back_to(workspace: Workspace, tmp_path: Path) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.publish()
    mailed = tmp_path / "mailed last week.csdesk"
    mailed.write_bytes(workspace.path.read_bytes())
    workspace.write("Rename", rename, made, "South")
    assert workspace.restore(mailed).label == "Restore mailed last week"
    assert workspace.read(names) == ["North"]


def test_what_only_the_backup_knows_is_taken_in_first(device: Device, tmp_path: Path) -> None:
    """On a new computer, with an old document, the newest backup brings its steps along."""
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
        workspace.publish()
        old = device.document.read_bytes()
        workspace.write("Add", add_account, "South")
        newest = tmp_path / "newest.csdesk"
        newest.write_bytes(workspace.back_up().path.read_bytes())
    device.document.write_bytes(old)
    fresh = Device.beside(tmp_path / "fresh", device.document)
    with fresh.open() as workspace:
        workspace.write("Add", add_account, "Here")
        workspace.restore(newest)
        assert workspace.read(names) == ["North", "South"]
        workspace.undo()
        assert workspace.read(names) == ["Here", "North", "South"]
        assert broken_laws(workspace.replica.database) == []


def test_a_row_that_an_edit_kept_alive_is_restored_alive(device: Device) -> None:
    with device.create() as workspace:
        goal = workspace.write("Add goal", add_goal, "plan").result
    other = Device.beside(device.document.parent / "other", device.document)
    with other.open() as workspace:
        workspace.write("Edit", set_fields, Goal, goal, why="We promised")
    with device.open() as workspace:
        workspace.write("Delete", mark_deleted, Goal, goal)
    device.document.write_bytes(other.document.read_bytes())
    with device.open() as workspace:
        kept = workspace.back_up()
        assert workspace.restore(kept.path).change is None
        workspace.write("Delete", mark_deleted, Goal, goal)
        workspace.restore(kept.path)
        assert workspace.read(row_of, Goal, goal)["deleted_at"] is None


@pytest.mark.parametrize("content", [b"", b"my thesis", os.urandom(5000)])
def test_a_damaged_backup_changes_nothing(
    workspace: Workspace, tmp_path: Path, content: bytes
) -> None:
    workspace.write("Add", add_account, "North")
    bad = tmp_path / "bad.csdesk"
    bad.write_bytes(content)
    for path in (bad, tmp_path / "missing.csdesk", tmp_path):
        with pytest.raises(UserError):
            workspace.restore(path)
    assert workspace.read(names) == ["North"]
    assert not list(workspace.replica.stage.glob("*"))


def test_another_workspaces_backup_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    stranger = Device.beside(tmp_path / "stranger")
    stranger.create().close()
    with pytest.raises(UserError, match="another workspace"):
        workspace.restore(stranger.document)
