"""Who changed what and when."""

from __future__ import annotations

import datetime as dt

from csdesk.model.records import Account, Goal
from csdesk.store.history import FieldChange
from csdesk.store.journal import StepKind
from csdesk.workspace.workspace import Workspace
from tests.store.desk import (
    NOON,
    Device,
    SetClock,
    add_account,
    add_goal,
    mark_deleted,
    rename,
    set_fields,
)


def test_each_step_says_who_when_and_what(workspace: Workspace, clock: SetClock) -> None:
    made = workspace.write("Add account", add_account, "North").result
    clock.pass_by(hours=1)
    workspace.write("Rename", rename, made, "South")
    newest, oldest = workspace.history()
    assert (newest.label, newest.author, newest.kind) == ("Rename", "Aiko", StepKind.EDIT)
    assert newest.changes == (FieldChange("account", made, "name", "North", "South"),)
    assert abs(newest.at - NOON - dt.timedelta(hours=1)) < dt.timedelta(seconds=1)
    assert oldest.label == "Add account"
    assert FieldChange("account", made, "name", None, "North") in oldest.changes


def test_undo_and_redo_are_steps_too(workspace: Workspace) -> None:
    made = workspace.write("Add account", add_account, "North").result
    workspace.undo()
    workspace.redo()
    redo, undo, edit = workspace.history()
    assert [entry.kind for entry in (edit, undo, redo)] == ["edit", "undo", "redo"]
    assert {entry.label for entry in (edit, undo, redo)} == {"Add account"}
    assert undo.changes[0].after is not None
    assert redo.changes == (
        FieldChange("account", made, "deleted_at", undo.changes[0].after, None),
    )


def test_a_deletion_is_shown_with_its_time(workspace: Workspace) -> None:
    made = workspace.write("Add account", add_account, "North").result
    workspace.write("Delete", mark_deleted, Account, made)
    change = workspace.history()[0].changes[0]
    assert (change.field, change.before, change.after) == (
        "deleted_at",
        None,
        "2026-11-22T12:00:00.000Z",
    )


def test_a_rows_own_history_leaves_others_out(workspace: Workspace) -> None:
    first = workspace.write("Add North", add_account, "North").result
    second = workspace.write("Add South", add_account, "South").result
    goal = workspace.write("Add goal", add_goal, "plan").result

    def rename_both(session) -> None:  # type: ignore[no-untyped-def]
        rename(session, first, "N")
        rename(session, second, "S")

    workspace.write("Rename both", rename_both)
    workspace.write("Reword", set_fields, Goal, goal, title="Faster")
    shown = workspace.history([("account", first)])
    assert [entry.label for entry in shown] == ["Rename both", "Add North"]
    assert shown[0].changes == (FieldChange("account", first, "name", "North", "N"),)
    both = workspace.history([("account", first), ("goal", goal)], limit=2)
    assert [entry.label for entry in both] == ["Reword", "Rename both"]
    assert workspace.history([("account", "nobody")]) == []


def test_a_large_step_is_shown_by_its_first_changes_and_their_number(workspace: Workspace) -> None:
    def add_many(session) -> None:  # type: ignore[no-untyped-def]
        for number in range(60):
            add_account(session, f"Account {number}")

    workspace.write("Import", add_many)
    entry = workspace.history(limit=1)[0]
    assert (len(entry.changes), entry.change_count) == (20, 120)


def test_the_newest_steps_come_first_and_no_more_than_asked_for(workspace: Workspace) -> None:
    for number in range(5):
        workspace.write(f"Add {number}", add_account)
    assert [entry.label for entry in workspace.history(limit=2)] == ["Add 4", "Add 3"]


def test_history_of_both_devices_is_told_apart(device: Device) -> None:
    with device.create() as workspace:
        made = workspace.write("Add account", add_account, "North").result
    other = Device.beside(device.document.parent / "other", device.document)
    other.clock.pass_by(minutes=5)
    with other.open() as workspace:
        workspace.write("Rename", rename, made, "South")
        entries = workspace.history()
        assert [(entry.author, entry.label) for entry in entries] == [
            ("Ben", "Rename"),
            ("Aiko", "Add account"),
        ]
        assert entries[0].device != entries[1].device
