"""Files in a shared folder that are none of ours: left alone, told, and in nobody's way."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from csdesk.store.document import SEAL_BYTES
from csdesk.team.standing import Fate, StateKind
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account, names
from tests.team.sharing_desk import (
    Member,
    disk_of,
    exchange_folder,
    outbox_of,
    outboxes,
    team,
    told,
)

HOSTILE = {
    "nothing.csdx": b"",
    "zeros.csdx": bytes(9000),
    "text.csdx": b"SELECT 1; -- hello" * 99,
    "cut.csdx": b"SQLite format 3\0" + bytes(3000),
}


def test_hostile_files_in_the_folder_are_left_alone_and_told(
    two: tuple[Workspace, Workspace],
) -> None:
    hers, his = two
    folder = exchange_folder(hers.path)
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    resealed = folder / "resealed.csdx"
    resealed.write_bytes(outbox_of(his).read_bytes()[:-SEAL_BYTES])
    (folder / "a folder.csdx").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.csdx")
    os.symlink("/nowhere", folder / "link.csdx")
    his.write("Add", add_account, "South")
    his.team.sync()
    hers.team.sync()
    assert hers.read(names) == ["His", "North", "South"]
    fates = {told(hers, name).fate for name in (*HOSTILE, "resealed.csdx")}
    assert fates <= {Fate.REFUSED, Fate.WAITING}
    assert told(hers, "text.csdx").fate is Fate.REFUSED
    assert "is not a CSDesk file" in told(hers, "text.csdx").said
    for name, content in HOSTILE.items():
        assert (folder / name).read_bytes() == content


def test_a_file_of_another_workspace_is_left_alone(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    hers, _his = two
    (tmp_path / "elsewhere").mkdir()
    (stranger,) = team(tmp_path / "elsewhere", "Eva")
    with stranger.create() as theirs:
        theirs.write("Add", add_account, "Foreign")
        theirs.team.share()
    (foreign,) = outboxes(stranger.document)
    folder = exchange_folder(hers.path)
    shutil.copyfile(foreign, folder / "foreign.csdx")
    shutil.copyfile(stranger.document, hers.path.with_name("North (1).csdesk"))
    hers.team.sync()
    assert hers.read(names) == ["His", "North"]
    assert "belongs to another workspace" in told(hers, "foreign.csdx").said
    assert hers.team.state.asking == 0


def test_another_workspace_in_the_place_of_the_document_is_not_overwritten(
    two: tuple[Workspace, Workspace], members: list[Member], tmp_path: Path
) -> None:
    hers, his = two
    (tmp_path / "elsewhere").mkdir()
    (stranger,) = team(tmp_path / "elsewhere", "Eva")
    stranger.create().close()
    foreign = stranger.document.read_bytes()
    hers.path.write_bytes(foreign)
    hers.write("Add", add_account, "South")
    members[0].clock.pass_by(days=3)
    hers.team.sync()
    assert hers.team.state.kind is StateKind.TROUBLE
    members[0].clock.pass_by(days=3)
    hers.team.sync()
    assert hers.path.read_bytes() == foreign
    his.team.sync()
    assert his.read(names) == ["His", "North", "South"]


def test_three_hundred_files_in_the_folder_are_taken_in_once(
    two: tuple[Workspace, Workspace], members: list[Member]
) -> None:
    hers, his = two
    folder = exchange_folder(hers.path)
    content = outbox_of(his).read_bytes()
    for number in range(300):
        (folder / f"copy of a copy {number}.csdx").write_bytes(content)
    hers.team.sync()
    assert len(hers.team.files()) == 300 + 3
    disk = disk_of(members[0])
    disk.done.clear()
    assert not hers.team.look()
    assert {operation for operation, _name in disk.done} == {"entries", "tail"}
    hers.team.sync()
    assert "copy_out" not in {operation for operation, _name in disk.done}
