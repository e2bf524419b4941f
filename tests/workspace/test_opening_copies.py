"""Renamed, copied and crashed documents find their steps again; copies that meet are joined."""

from __future__ import annotations

import os
import threading

import pytest

from csdesk.errors import UserError
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, add_account, crash_after, names, resealed
from tests.store.laws import broken_laws


def test_a_renamed_document_keeps_unpublished_changes_and_backups(device: Device) -> None:
    crash_after(device, "North", "South")
    renamed = device.document.with_name("Renamed.csdesk")
    os.replace(device.document, renamed)
    with Workspace.open(renamed, home=device.home) as workspace:
        assert workspace.read(names) == ["North", "South"]
        assert workspace.undo_label == "Add"
        assert len(workspace.backups()) == 1
    other = Device.beside(device.document.parent / "other", renamed)
    with other.open() as workspace:
        assert workspace.read(names) == ["North", "South"]


def test_a_rename_to_a_name_known_before_keeps_unpublished_changes(device: Device) -> None:
    crash_after(device, "North", "South")
    known = device.document.with_name("Known.csdesk")
    known.write_bytes(device.document.read_bytes())
    with Workspace.open(known, home=device.home) as workspace:
        workspace.write("Add", add_account, "East")
        assert workspace.read(names) == ["East", "North"]
    os.replace(device.document, known)
    with Workspace.open(known, home=device.home) as workspace:
        assert workspace.read(names) == ["East", "North", "South"]
        assert broken_laws(workspace.replica.database) == []


def test_a_copy_that_was_thrown_away_does_not_come_back(device: Device) -> None:
    """Its steps were published, and deleting it was somebody's wish."""
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
    copy = device.document.with_name("Copy.csdesk")
    copy.write_bytes(device.document.read_bytes())
    with Workspace.open(copy, home=device.home) as workspace:
        workspace.write("Add", add_account, "Unwanted")
    copy.unlink()
    older = device.document.read_bytes()
    with device.open() as workspace:
        workspace.write("Add", add_account, "South")
    device.document.write_bytes(older)
    with device.open() as workspace:
        assert workspace.read(names) == ["North", "South"]


def test_a_crash_loses_no_step_and_the_next_close_publishes_it(device: Device) -> None:
    crash_after(device, "North", "South")
    with device.open() as workspace:
        assert workspace.read(names) == ["North", "South"]
    other = Device.beside(device.document.parent / "other", device.document)
    with other.open() as workspace:
        assert workspace.read(names) == ["North", "South"]


def test_a_copy_of_a_document_gets_a_replica_of_its_own(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
        copy = device.document.with_name("Copy.csdesk")
        workspace.publish()
        copy.write_bytes(device.document.read_bytes())
        with Workspace.open(copy, home=device.home) as second:
            assert not second.read_only
            assert second.replica != workspace.replica
            second.write("Add", add_account, "South")
        assert workspace.read(names) == ["North"]


def test_two_devices_that_never_met_are_joined_at_opening(device: Device) -> None:
    device.create().close()
    other = Device.beside(device.document.parent / "other", device.document)
    with device.open() as workspace:
        workspace.write("Add", add_account, "Mine")
    with other.open() as workspace:
        workspace.write("Add", add_account, "Theirs")
    device.document.write_bytes(other.document.read_bytes())
    with device.open() as workspace:
        assert workspace.read(names) == ["Mine", "Theirs"]
        assert broken_laws(workspace.replica.database) == []
    other.document.write_bytes(device.document.read_bytes())
    with other.open() as workspace:
        assert workspace.read(names) == ["Mine", "Theirs"]


def test_a_document_whose_journal_has_gaps_is_not_joined(device: Device) -> None:
    device.create().close()
    other = Device.beside(device.document.parent / "other", device.document)
    with device.open() as workspace:
        workspace.write("Add", add_account, "Mine")
    with other.open() as workspace:
        workspace.write("Add", add_account, "Theirs")
    resealed(other.document, "DELETE FROM journal WHERE seq = 1")
    device.document.write_bytes(other.document.read_bytes())
    with pytest.raises(UserError, match="gaps"):
        device.open()


def test_programs_that_open_a_new_file_at_the_same_instant_share_it(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
    home = Home.at(device.document.parent / "fresh")
    barrier = threading.Barrier(6)
    opened: list[Workspace] = []
    told: list[UserError] = []

    def open_now() -> None:
        barrier.wait()
        try:
            opened.append(Workspace.open(device.document, home=home))
        except UserError as error:
            told.append(error)

    threads = [threading.Thread(target=open_now) for _turn in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(not workspace.read_only for workspace in opened) == 1
    assert all(workspace.read(names) == ["North"] for workspace in opened)
    assert [error.message for error in told if "just opening" not in error.message] == []
    for workspace in opened:
        workspace.close()
