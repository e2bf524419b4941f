"""The document follows the replica, and nothing that stands in its place is ever lost."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.model.records import Account
from csdesk.store.document import SEAL_BYTES
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, SetClock, account, add_account, names, rename
from tests.store.laws import broken_laws


def test_the_document_says_what_the_replica_says(workspace: Workspace, device: Device) -> None:
    workspace.write("Add", add_account, "North")
    assert workspace.publish().written == workspace.path
    assert broken_laws(device.document) == []
    other = Device.beside(device.document.parent / "other", device.document)
    with other.open() as opened:
        assert opened.read(names) == ["North"]


def test_publishing_again_without_news_writes_nothing(workspace: Workspace) -> None:
    workspace.write("Add", add_account, "North")
    workspace.publish()
    before = workspace.path.stat()
    assert workspace.publish().written is None
    assert workspace.path.stat().st_mtime_ns == before.st_mtime_ns
    assert workspace.path.stat().st_ino == before.st_ino


def test_looking_at_a_document_does_not_write_it(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account)
    other = Device.beside(device.document.parent / "other", device.document)
    before = other.document.stat()
    for _turn in range(2):
        with other.open() as workspace:
            assert workspace.read(names) == ["North"]
    assert other.document.stat().st_ino == before.st_ino


def test_closing_publishes_what_an_earlier_run_could_not(device: Device) -> None:
    folder = device.document.parent
    workspace = device.create()
    workspace.write("Add", add_account, "North")
    moved = folder.with_name("unplugged")
    os.replace(folder, moved)
    with pytest.raises(UserError, match="is gone"):
        workspace.close()
    os.replace(moved, folder)
    device.open().close()
    other = Device.beside(folder / "other", device.document)
    with other.open() as opened:
        assert opened.read(names) == ["North"]


def test_a_document_deleted_while_open_is_written_again(workspace: Workspace) -> None:
    workspace.write("Add", add_account, "North")
    workspace.publish()
    workspace.path.unlink()
    assert workspace.publish().written == workspace.path
    assert "was gone" in workspace.notices[0]
    assert broken_laws(workspace.path) == []


def test_a_deleted_document_is_not_missed_when_nothing_was_done(device: Device) -> None:
    device.create().close()
    workspace = device.open()
    device.document.unlink()
    workspace.close()
    assert not device.document.exists()


def test_a_folder_that_is_gone_is_said_plainly_and_nothing_is_lost(device: Device) -> None:
    workspace = device.create()
    folder = device.document.parent
    away = folder.with_name("away")
    workspace.write("Add", add_account, "North")
    os.replace(folder, away)
    with pytest.raises(UserError, match=f"The folder “{folder}” is gone"):
        workspace.publish()
    os.replace(away, folder)
    assert workspace.publish().written == device.document
    workspace.close()


@pytest.mark.parametrize("content", [b"", b"my thesis", b"SQLite format 3\0 but not ours" * 9])
def test_a_foreign_file_in_the_place_of_the_document_is_left_alone(
    workspace: Workspace, device: Device, content: bytes
) -> None:
    workspace.write("Add", add_account, "North")
    device.document.write_bytes(content)
    written = workspace.publish().written
    assert device.document.read_bytes() == content
    assert written is not None
    assert written != device.document
    assert "Something else replaced “North.csdesk”" in workspace.notices[0]
    workspace.write("Add", add_account, "South")
    assert workspace.publish().written == written == workspace.path
    assert len(list(device.document.parent.glob("*.csdesk"))) == 2
    workspace.close()
    with Workspace.open(written, home=device.home) as again:
        assert again.read(names) == ["North", "South"]
        assert not again.read_only
        assert again.undo_label == "Add"


def test_a_folder_in_the_place_of_the_document_is_left_alone(
    workspace: Workspace, device: Device
) -> None:
    workspace.write("Add", add_account, "North")
    device.document.unlink()
    device.document.mkdir()
    written = workspace.publish().written
    assert device.document.is_dir()
    assert written is not None
    assert broken_laws(written) == []


def test_a_long_name_leaves_room_for_the_name_beside_it(device: Device) -> None:
    device.document = device.document.with_name("顧" * 80 + ".csdesk")
    with device.create() as workspace:
        workspace.write("Add", add_account)
        device.document.write_bytes(b"foreign")
        written = workspace.publish().written
        assert written is not None
        assert written.exists()


def test_another_workspace_in_the_place_of_the_document_is_left_alone(
    workspace: Workspace, device: Device, tmp_path: Path
) -> None:
    stranger = Device.beside(tmp_path / "stranger")
    with stranger.create() as theirs:
        theirs.write("Add", add_account, "Stranger")
    content = stranger.document.read_bytes()
    workspace.write("Add", add_account, "North")
    device.document.write_bytes(content)
    workspace.publish()
    assert device.document.read_bytes() == content
    assert workspace.read(names) == ["North"]


def test_an_older_copy_in_the_place_of_the_document_loses_nothing(
    workspace: Workspace, device: Device
) -> None:
    workspace.write("Add", add_account, "North")
    workspace.publish()
    old = device.document.read_bytes()
    workspace.write("Add", add_account, "South")
    workspace.publish()
    device.document.write_bytes(old)
    assert workspace.publish().written == device.document
    assert workspace.read(names) == ["North", "South"]
    other = Device.beside(device.document.parent / "other", device.document)
    with other.open() as opened:
        assert opened.read(names) == ["North", "South"]


def test_an_older_copy_is_noticed_at_the_next_start_too(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
        workspace.publish()
        old = device.document.read_bytes()
        workspace.write("Add", add_account, "South")
    device.document.write_bytes(old)
    with device.open() as workspace:
        assert workspace.read(names) == ["North", "South"]
    other = Device.beside(device.document.parent / "other", device.document)
    with other.open() as opened:
        assert opened.read(names) == ["North", "South"]


def test_a_diverged_copy_in_the_place_of_the_document_is_joined(
    workspace: Workspace, device: Device, tmp_path: Path
) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.publish()
    other = Device.beside(tmp_path / "other", device.document)
    other.clock.pass_by(hours=1)
    with other.open() as theirs:
        theirs.write("Rename", rename, made, "Renamed there")
        theirs.write("Add", add_account, "Theirs")
    workspace.write("Add", add_account, "Mine")
    shutil.copyfile(other.document, device.document)
    heard: list[Change] = []
    workspace.subscribe(heard.append)
    publication = workspace.publish()
    assert publication.took_in
    assert publication.written == device.document
    assert heard[-1].label == "Changes from Ben"
    assert made in heard[-1].rows["account"]
    assert not heard[-1].everything
    assert workspace.read(names) == ["Mine", "Renamed there", "Theirs"]
    assert workspace.undo_label == "Add"
    workspace.undo()
    assert workspace.read(names) == ["Renamed there", "Theirs"]
    assert broken_laws(workspace.replica.database) == []
    shutil.copyfile(device.document, other.document)
    with other.open() as theirs:
        assert theirs.read(names) == ["Mine", "Renamed there", "Theirs"]


def test_a_newer_copy_is_taken_in_and_not_written_again(
    workspace: Workspace, device: Device, tmp_path: Path
) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.publish()
    other = Device.beside(tmp_path / "other", device.document)
    with other.open() as theirs:
        theirs.write("Rename", rename, made, "Renamed there")
    shutil.copyfile(other.document, device.document)
    publication = workspace.publish()
    assert (publication.took_in, publication.written) == (True, None)
    assert workspace.read(names) == ["Renamed there"]
    workspace.write("Rename", rename, made, "Back here")
    assert workspace.read(account, made)["name"] == "Back here"
    assert broken_laws(workspace.replica.database) == []


def test_a_half_copied_document_is_not_overwritten(workspace: Workspace, device: Device) -> None:
    """A sync service may still be bringing somebody else's work."""
    workspace.write("Add", add_account, "North")
    workspace.publish()
    half = device.document.read_bytes()[: -SEAL_BYTES - 4096]
    device.document.write_bytes(half)
    workspace.write("Add", add_account, "South")
    written = workspace.publish().written
    assert device.document.read_bytes() == half
    assert written is not None
    assert broken_laws(written) == []


def test_a_symbolic_link_stays_one(device: Device, tmp_path: Path) -> None:
    real = tmp_path / "real" / "North.csdesk"
    real.parent.mkdir()
    device.document.symlink_to(real)
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
        workspace.publish()
        assert workspace.path == device.document
    assert device.document.is_symlink()
    assert broken_laws(real) == []
    with Workspace.open(real, home=device.home) as direct:
        assert direct.read(names) == ["North"]
        assert direct.undo_label == "Add"


def test_drafts_of_killed_programs_are_swept_after_a_day(
    workspace: Workspace, device: Device
) -> None:
    folder = device.document.parent
    old, fresh = folder / "~$North.csdesk.1aa.tmp", folder / "~$North.csdesk.2bb.tmp"
    foreign = folder / "~$South.csdesk.1aa.tmp"
    for draft in (old, fresh, foreign):
        draft.write_bytes(b"draft")
    for draft in (old, foreign):
        os.utime(draft, (0, 0))
    workspace.write("Add", add_account)
    workspace.publish()
    assert [path.exists() for path in (old, fresh, foreign)] == [False, True, True]


def test_publishing_keeps_a_backup_each_hour(workspace: Workspace, clock: SetClock) -> None:
    for _turn in range(4):
        workspace.write("Add", add_account)
        workspace.publish()
        clock.pass_by(minutes=31)
    assert len(workspace.backups()) == 2
    assert broken_laws(workspace.backups()[0].path) == []


def test_writing_goes_on_while_the_replica_takes_in_a_document(
    workspace: Workspace, device: Device, tmp_path: Path
) -> None:
    """The writing connection, its triggers included, outlives a page copy under it."""
    workspace.write("Add", add_account, "Before")
    workspace.publish()
    other = Device.beside(tmp_path / "other", device.document)
    with other.open() as theirs:
        theirs.write("Add", add_account, "Theirs")
    shutil.copyfile(other.document, device.document)
    workspace.publish()
    made = workspace.write("Add", add_account, "After").result
    workspace.undo()
    workspace.redo()
    assert workspace.read(names) == ["After", "Before", "Theirs"]
    assert workspace.read(lambda session: session.get_one(Account, made).name) == "After"
    assert broken_laws(workspace.replica.database) == []


def test_steps_go_on_while_the_document_is_written(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "0")
        writer = threading.Thread(target=lambda: [workspace.publish() for _turn in range(15)])
        writer.start()
        for number in range(1, 120):
            workspace.write("Add", add_account, str(number))
        writer.join()
    with Device.beside(device.document.parent / "other", device.document).open() as other:
        assert sorted(other.read(names), key=int) == [str(number) for number in range(120)]
    assert broken_laws(workspace.replica.database) == []
