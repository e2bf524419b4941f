"""A shared folder full of hostile files stops nobody's work, and no file of it is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from csdesk.settings import Home
from csdesk.team.standing import StateKind
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, add_account, names
from tests.store.laws import broken_laws
from tests.team.hostile import TORN_FILES, write_good_document, write_outbox_of
from tests.team.test_guard import ATTACKS

NOT_HERE = {"nothing", "a device", "a link to another file", "a sparse file of 5 GB"}
"""What a sync service does not bring along."""


@pytest.mark.soak
def test_a_folder_full_of_hostile_files_stops_nobody(tmp_path: Path, soaking: bool) -> None:
    good, outbox = tmp_path / "Good.csdesk", tmp_path / "good.csdx"
    write_good_document(good, Home.at(tmp_path / "first"))
    write_outbox_of(good, outbox)
    mine, theirs = (Device.beside(tmp_path / name, good) for name in ("mine", "theirs"))
    with mine.open() as workspace:
        workspace.team.share()
    folder = mine.document.with_name("North.csdesk-sync")
    with theirs.open() as workspace:
        workspace.team.share()
        workspace.write("Add", add_account, "Theirs")
        workspace.team.sync()
    for path in theirs.document.with_name("North.csdesk-sync").glob("*.csdx"):
        shutil.copyfile(path, folder / path.name)
    wanted = 0
    for number, attack in enumerate(ATTACKS if soaking else ATTACKS[::5]):
        if attack.name in NOT_HERE:
            continue
        kind = attack.kinds[-1]
        name = f"{number:032x}.csdx" if kind == "outbox" else f"North (1)-{number}.csdesk"
        shutil.copyfile(outbox if kind == "outbox" else good, folder / name)
        attack.spoil(folder / name)
        wanted += kind == "outbox" and attack not in TORN_FILES
    before = {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()}
    with mine.open() as workspace:
        report = workspace.team.sync()
        assert [arrival.merged.added for arrival in report.arrivals] == [2]
        assert "Theirs" in workspace.read(names)
        assert len([file for file in workspace.team.files() if file.fate == "refused"]) >= wanted
        assert workspace.team.state.kind in (StateKind.SHARED, StateKind.WAITING_FOR_SERVICE)
        workspace.write("Add", add_account, "Mine")
        workspace.team.sync()
        database = workspace.replica.database
    assert broken_laws(database) == []
    own = {path.name for path in folder.glob("*.csdx")} - before.keys()
    after = {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()}
    touched = {name for name in before if after.get(name) != before[name]}
    assert len(touched | own) <= 1, "its own outbox, and nothing else"
    with Workspace.open(mine.document, home=Home.at(tmp_path / "third")) as workspace:
        workspace.team.sync()
        assert {"Mine", "Theirs"} <= set(workspace.read(names))
