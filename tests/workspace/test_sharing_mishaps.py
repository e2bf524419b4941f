"""What befalls a shared folder: each mishap by name, what is said of it, and nothing is lost."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.team.standing import Fate, FileKind, StateKind
from csdesk.workspace.workspace import Workspace
from tests.rounds import some
from tests.store.desk import add_account, names
from tests.store.laws import broken_laws
from tests.team.failing_files import FailingFiles
from tests.team.sharing_desk import (
    Member,
    disk_of,
    exchange_folder,
    outbox_of,
    outboxes,
    team,
    told,
)


def test_a_torn_outbox_is_tried_again_and_after_ten_minutes_there_is_a_word(
    two: tuple[Workspace, Workspace], members: list[Member]
) -> None:
    hers, his = two
    his.write("Add", add_account, "South")
    his.team.sync()
    path = outbox_of(his)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert hers.team.sync().notices == ()
    assert told(hers, path.name).fate is Fate.WAITING
    assert hers.team.state.waiting == 1
    members[0].clock.pass_by(minutes=11)
    assert hers.team.look()
    notices = hers.team.sync(publish=False).notices
    assert ["has not come completely" in notice for notice in notices] == [True]
    assert hers.team.sync(publish=False).notices == ()
    path.write_bytes(whole)
    hers.team.sync()
    assert hers.read(names) == ["His", "North", "South"]
    assert hers.team.state.waiting == 0
    path.write_bytes(whole[:99])
    assert hers.team.sync().notices == (), "ten minutes begin again"


def test_a_file_spoiled_in_the_middle_does_not_count(two: tuple[Workspace, Workspace]) -> None:
    hers, his = two
    his.write("Add", add_account, "South")
    his.team.sync()
    path = outbox_of(his)
    whole = path.read_bytes()
    path.write_bytes(whole[:2000] + bytes(1024) + whole[3024:])
    hers.team.sync()
    assert hers.read(names) == ["His", "North"]
    his.team.sync()
    assert path.read_bytes() == whole
    hers.team.sync()
    assert hers.read(names) == ["His", "North", "South"]


def test_a_document_torn_for_good_is_kept_and_written_again(
    two: tuple[Workspace, Workspace], members: list[Member]
) -> None:
    hers, _his = two
    torn = hers.path.read_bytes()[:5000]
    hers.path.write_bytes(torn)
    hers.team.sync()
    for _turn in range(2):
        assert hers.path.read_bytes() == torn
        members[0].clock.pass_by(minutes=40)
        hers.team.sync()
    assert broken_laws(hers.path) == []
    kept = list((hers.replica.archive / "shared").iterdir())
    assert [path.read_bytes() for path in kept] == [torn]


def test_while_the_document_is_torn_nothing_is_missing_for_a_newcomer_with_an_old_one(
    two: tuple[Workspace, Workspace], members: list[Member], tmp_path: Path
) -> None:
    hers, his = two
    old = tmp_path / "old.csdesk"
    shutil.copyfile(hers.path, old)
    hers.path.write_bytes(b"")
    members[0].clock.pass_by(minutes=1)
    hers.team.sync()
    members[0].clock.pass_by(minutes=20)
    hers.team.sync()
    late = Member("Late", members[1].home, tmp_path / "late" / "North.csdesk")
    shutil.copytree(exchange_folder(hers.path), exchange_folder(late.document))
    shutil.copyfile(old, late.document)
    his.close()
    with late.open() as newcomer:
        newcomer.team.sync()
        assert newcomer.read(names) == ["His", "North"]


def test_an_outbox_put_back_to_yesterday_is_written_again(
    two: tuple[Workspace, Workspace],
) -> None:
    hers, his = two
    path = outbox_of(his)
    yesterday = path.read_bytes()
    his.write("Add", add_account, "South")
    his.team.sync()
    path.write_bytes(yesterday)
    assert his.team.look()
    his.team.sync()
    hers.team.sync()
    assert hers.read(names) == ["His", "North", "South"]


def test_a_document_put_back_to_yesterday_gets_the_later_changes_with_a_word(
    two: tuple[Workspace, Workspace], members: list[Member]
) -> None:
    hers, his = two
    yesterday = hers.path.read_bytes()
    for member in members:
        member.clock.pass_by(days=2)
    for _turn in range(4):
        hers.write("Add", add_account, "South")
        for workspace, member in zip(two, members, strict=True):
            workspace.team.sync()
            member.clock.pass_by(hours=3)
    today = hers.path.read_bytes()
    assert today != yesterday, "a checkpoint was written"
    for workspace in (hers, his, hers, his):
        workspace.team.sync()
    hers.path.write_bytes(yesterday)
    notices = hers.team.sync().notices
    assert ["An older version of “North.csdesk” was put back" in one for one in notices] == [True]
    his.team.sync()
    known = hers.read(names)
    fresh = Member("New", members[1].home, hers.path)
    his.close()
    shutil.rmtree(members[1].home.data)
    with fresh.open() as newcomer:
        newcomer.team.sync()
        assert newcomer.read(names) == known


@pytest.mark.parametrize("state", ["torn", "empty", "gone"])
def test_a_shared_workspace_opens_while_its_document_is_not_whole(
    members: list[Member], state: str
) -> None:
    document = members[0].document
    whole = document.read_bytes()
    with members[1].open() as his:
        his.write("Add", add_account, "His")
    if state == "gone":
        document.unlink()
    else:
        document.write_bytes(whole[:9000] if state == "torn" else b"")
    with members[0].open() as hers:
        hers.team.sync()
        assert hers.read(names) == ["His", "North"]
        hers.write("Add", add_account, "Hers")
    stranger = Member("Late", type(members[0].home).at(document.parent.parent / "late"), document)
    if state == "gone":
        assert broken_laws(document) == []
    else:
        with pytest.raises(UserError, match=r"not completely copied|is empty"):
            stranger.open()
        document.write_bytes(whole)
    with stranger.open() as newcomer:
        newcomer.team.sync()
        assert newcomer.read(names) == ["Hers", "His", "North"]


def test_a_document_that_is_alone_and_torn_is_not_opened(tmp_path: Path) -> None:
    (alone,) = team(tmp_path, "Aiko")
    alone.create().close()
    alone.document.write_bytes(alone.document.read_bytes()[:9000])
    with pytest.raises(UserError, match="damaged or not completely copied"):
        alone.open()


def test_a_folder_that_was_deleted_is_made_again_with_a_word(
    two: tuple[Workspace, Workspace],
) -> None:
    hers, his = two
    shutil.rmtree(exchange_folder(hers.path))
    assert hers.team.look()
    report = hers.team.sync()
    assert report.notices == ("The folder “North.csdesk-sync” was gone; it was made again.",)
    his.team.sync()
    assert len(outboxes(hers.path)) >= 1
    his.write("Add", add_account, "South")
    his.team.sync()
    hers.team.sync()
    assert hers.read(names) == ["His", "North", "South"]


def test_a_document_that_was_deleted_is_written_again_with_a_word(
    two: tuple[Workspace, Workspace],
) -> None:
    hers, _his = two
    hers.path.unlink()
    assert hers.team.sync().notices == ("“North.csdesk” was gone; it was written again.",)
    assert broken_laws(hers.path) == []
    assert hers.team.sync().notices == ()


def test_a_file_and_folder_that_were_moved_away_are_not_made_twice(
    two: tuple[Workspace, Workspace], members: list[Member], tmp_path: Path
) -> None:
    hers, his = two
    new = tmp_path / "new place"
    new.mkdir()
    shutil.move(exchange_folder(hers.path), new)
    shutil.move(hers.path, new)
    hers.write("Add", add_account, "South")
    report = hers.team.sync()
    assert hers.team.state.kind is StateKind.OFFLINE
    assert ["are not in" in notice for notice in report.notices] == [True]
    assert list(hers.path.parent.iterdir()) == []
    hers.close()
    his.close()
    moved = [Member(one.name, one.home, new / "North.csdesk", one.clock) for one in members]
    with moved[0].open() as again, moved[1].open() as other:
        assert again.undo_label == "Add"
        again.team.sync()
        other.team.sync()
        assert other.read(names) == ["His", "North", "South"]


def test_a_network_drive_that_is_away_is_waited_for(
    two: tuple[Workspace, Workspace], members: list[Member]
) -> None:
    hers, his = two
    disk = disk_of(members[0])
    hers.write("Add", add_account, "South")
    for number in (errno.ENOENT, errno.ESTALE, errno.EHOSTDOWN, errno.ETIMEDOUT):
        disk.failing = {"entries": number}
        report = hers.team.sync()
        assert hers.team.state.kind is StateKind.OFFLINE
        assert "safe on this computer" in hers.team.state.notices[0]
    assert report.notices == (), "it was said once"
    disk.failing = {}
    assert hers.team.look()
    hers.team.sync()
    his.team.sync()
    assert his.read(names) == ["His", "North", "South"]
    assert hers.team.state.kind is StateKind.SHARED


def test_a_folder_that_may_not_be_written_to_is_read_all_the_same(
    two: tuple[Workspace, Workspace], members: list[Member]
) -> None:
    hers, his = two
    his.write("Add", add_account, "South")
    his.team.sync()
    disk_of(members[0]).failing = {"write": errno.EACCES}
    hers.write("Add", add_account, "Mine")
    report = hers.team.sync()
    assert hers.team.state.kind is StateKind.READ_ONLY
    assert ["cannot be written to" in notice for notice in report.notices] == [True]
    assert hers.read(names) == ["His", "Mine", "North", "South"]
    disk_of(members[0]).failing = {}
    hers.team.sync()
    his.team.sync()
    assert his.read(names) == ["His", "Mine", "North", "South"]


@pytest.mark.parametrize("number", some([errno.EBUSY, errno.EAGAIN, errno.ETXTBSY], every=3))
@pytest.mark.parametrize("operation", ["write", "copy_out", "tail"])
def test_a_file_that_another_program_holds_is_tried_again_without_a_word(
    two: tuple[Workspace, Workspace], members: list[Member], operation: str, number: int
) -> None:
    hers, his = two
    his.write("Add", add_account, "South")
    his.team.sync()
    hers.write("Add", add_account, "Mine")
    disk_of(members[0]).failing = {operation: number}
    assert hers.team.sync().notices == ()
    disk_of(members[0]).failing = {}
    members[0].clock.pass_by(minutes=2)
    assert hers.team.look()
    hers.team.sync()
    his.team.sync()
    assert hers.read(names) == his.read(names) == ["His", "Mine", "North", "South"]


def test_a_full_shared_disk_is_told_and_cures_itself(
    two: tuple[Workspace, Workspace], members: list[Member]
) -> None:
    hers, his = two
    disk_of(members[0]).failing = {"write": errno.ENOSPC}
    hers.write("Add", add_account, "Mine")
    report = hers.team.sync()
    assert hers.team.state.kind is StateKind.TROUBLE
    assert ["The disk is full" in notice for notice in report.notices] == [True]
    disk_of(members[0]).failing = {}
    hers.team.sync()
    his.team.sync()
    assert his.read(names) == ["His", "Mine", "North"]


def test_a_cloned_computer_gets_an_outbox_of_its_own(members: list[Member], tmp_path: Path) -> None:
    aiko, ben = members
    with aiko.open() as hers:
        hers.write("Add", add_account, "Before")
    clone_home = type(aiko.home)(
        data=tmp_path / "clone" / "data", config=tmp_path / "clone" / "config"
    )
    shutil.copytree(aiko.home.data, clone_home.data)
    shutil.copytree(aiko.home.config, clone_home.config)
    twin = Member("Twin", clone_home, aiko.document, seed=8)
    with aiko.open() as hers, twin.open() as theirs, ben.open() as his:
        for turn in range(3):
            hers.write("Add", add_account, f"Hers {turn}")
            theirs.write("Add", add_account, f"Twin's {turn}")
            hers.team.sync()
            theirs.team.sync()
        hers.team.sync()
        theirs.team.sync()
        before = {path: path.read_bytes() for path in outboxes(aiko.document)}
        for workspace in (hers, theirs, hers, theirs):
            workspace.team.sync()
        assert {path: path.read_bytes() for path in outboxes(aiko.document)} == before
        assert len({outbox_of(hers), outbox_of(theirs)}) == 2
        his.team.sync()
        everything = sorted(
            ["Before", "North", *(f"{who} {n}" for who in ("Hers", "Twin's") for n in range(3))]
        )
        assert hers.read(names) == theirs.read(names) == his.read(names) == everything


def test_a_computer_set_back_to_yesterday_gets_its_own_edits_again(
    members: list[Member], tmp_path: Path
) -> None:
    aiko, ben = members
    with aiko.open() as hers:
        hers.write("Add", add_account, "Monday")
    shutil.copytree(aiko.home.data, tmp_path / "backup")
    with aiko.open() as hers:
        hers.write("Add", add_account, "Tuesday")
    shutil.rmtree(aiko.home.data)
    shutil.copytree(tmp_path / "backup", aiko.home.data)
    with aiko.open() as hers, ben.open() as his:
        hers.write("Add", add_account, "Wednesday")
        hers.team.sync()
        his.team.sync()
        assert hers.read(names) == his.read(names) == ["Monday", "North", "Tuesday", "Wednesday"]
        assert broken_laws(hers.replica.database) == []


def test_a_placeholder_is_never_read_by_a_look_and_is_fetched_by_a_round(
    two: tuple[Workspace, Workspace], members: list[Member]
) -> None:
    hers, his = two
    his.write("Add", add_account, "South")
    his.team.sync()
    path = outbox_of(his)
    disk = disk_of(members[0])
    disk.placeholders = {path.name}
    disk.done.clear()
    assert hers.team.look()
    assert [name for operation, name in disk.done if operation in ("tail", "copy_out")].count(
        path.name
    ) == 0
    disk.failing = {"copy_out": errno.EIO}
    hers.team.sync()
    assert (told(hers, path.name).kind, told(hers, path.name).fate) == (
        FileKind.PLACEHOLDER,
        Fate.WAITING,
    )
    assert hers.team.state.waiting == 1
    disk.failing = {}
    hers.team.sync()
    assert hers.read(names) == ["His", "North", "South"]


def test_what_icloud_only_names_is_shown_as_waiting(two: tuple[Workspace, Workspace]) -> None:
    hers, his = two
    his.write("Add", add_account, "South")
    his.team.sync()
    path = outbox_of(his)
    stub = path.with_name(f".{path.name}.icloud")
    whole = path.read_bytes()
    path.unlink()
    stub.write_bytes(b"bplist00")
    hers.team.sync()
    shown = told(hers, path.name)
    assert (shown.kind, shown.fate) == (FileKind.PLACEHOLDER, Fate.WAITING)
    stub.unlink()
    path.write_bytes(whole)
    hers.team.sync()
    assert hers.read(names) == ["His", "North", "South"]


def test_sharing_where_the_folder_may_not_be_made_says_so(tmp_path: Path) -> None:
    (alone,) = team(tmp_path, "Aiko")
    alone.files = FailingFiles()
    with alone.create() as workspace:
        disk_of(alone).failing = {"make_folder": errno.EACCES}
        with pytest.raises(UserError, match="cannot be written to"):
            workspace.team.share()
        assert not workspace.team.shared
        disk_of(alone).failing = {}
        workspace.team.share()
        assert workspace.team.shared


def test_closing_while_the_folder_is_away_keeps_the_edit_for_the_next_time(
    members: list[Member],
) -> None:
    disk = disk_of(members[0])
    hers = members[0].open()
    hers.write("Add", add_account, "South")
    disk.failing = {"entries": errno.ENOENT}
    hers.close()
    disk.failing = {}
    with members[0].open() as again:
        assert again.team.look()
        assert again.team.state.kind is StateKind.TO_SHARE
    with members[1].open() as his:
        his.team.sync()
        assert his.read(names) == ["North", "South"]
