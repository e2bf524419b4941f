"""Where a shared workspace lies, what its folder is called, and whose service it is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.settings import Home, load_settings
from csdesk.store.replica import Replica
from csdesk.team.files import DiskFiles
from csdesk.team.names import Naming, meaning
from csdesk.team.place import (
    Place,
    Told,
    another_name,
    find_place,
    is_outbox_name,
    keep_told,
    outbox_name,
    read_told,
)


def test_a_folder_is_found_in_every_way_to_write_its_name(tmp_path: Path) -> None:
    document = tmp_path / unicodedata.normalize("NFC", "Büro.csdesk")
    folder = tmp_path / unicodedata.normalize("NFD", "BÜRO.csdesk-sync")
    assert find_place(DiskFiles(), document, Told()) == Place(document, None, exists=False)
    folder.mkdir()
    found = find_place(DiskFiles(), document, Told())
    assert (found.folder, found.exists) == (folder, True)


def test_a_file_of_that_name_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "North.csdesk-sync").write_bytes(b"")
    assert find_place(DiskFiles(), tmp_path / "North.csdesk", Told()).folder is None


def test_what_the_replica_was_told_counts_where_names_do_not_fit(tmp_path: Path) -> None:
    (tmp_path / "North.csdesk-sync").mkdir()
    told = Told("North.csdesk-sync", "a.csdx")
    found = find_place(DiskFiles(), tmp_path / "South.csdesk", told)
    assert (found.folder, found.exists) == (tmp_path / "North.csdesk-sync", True)
    (tmp_path / "North.csdesk-sync").rmdir()
    gone = find_place(DiskFiles(), tmp_path / "South.csdesk", told)
    assert (gone.folder, gone.exists) == (tmp_path / "South.csdesk-sync", False)


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/aiko/Dropbox/Team", "Dropbox"),
        ("/home/aiko/Dropbox (Acme)/Team", "Dropbox"),
        ("C:/Users/aiko/OneDrive - Acme Inc/Team", "OneDrive"),
        ("/Users/aiko/Library/CloudStorage/OneDrive-Acme/Team", "OneDrive"),
        ("/Users/aiko/Library/CloudStorage/GoogleDrive-aiko@acme.com/マイドライブ", "Google Drive"),
        ("/Users/aiko/Library/Mobile Documents/com~apple~CloudDocs/Team", "iCloud Drive"),
        ("/home/aiko/Nextcloud/Team", "Nextcloud"),
        ("/home/aiko/Boxes/Team", ""),
        ("/home/aiko/Documents", ""),
    ],
)
def test_the_service_is_told_by_the_folder_it_syncs(folder: str, service: str) -> None:
    assert Place(Path(folder) / "North.csdesk", None, exists=False).service == service


def test_what_was_told_is_kept(tmp_path: Path) -> None:
    told = Told("売上.csdesk-sync", "a.csdx", ("b.csdx",), {"00ff": True, "11ee": False})
    keep_told(Replica(tmp_path), told)
    assert read_told(Replica(tmp_path)) == told


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"folder": 1}', '"x"', "null", '{"folder":"a","outbox":"b"}']
)
def test_a_spoiled_note_is_like_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "sharing.json").write_text(text, encoding="utf-8")
    assert read_told(Replica(tmp_path)) == Told()


@pytest.mark.parametrize(
    ("device", "name"),
    [
        ("DESKTOP-A1B2C3 · 0a1b2c3d", "desktopa1b2c30a1b2c3d.csdx"),
        ("鈴木のPC · 0a1b2c3d", "pc0a1b2c3d.csdx"),
        ("デスク · 0a1b2c3d", "0a1b2c3d.csdx"),
        ("CON · 0a1b2c3d", "con0a1b2c3d.csdx"),
        ("0a1b2c3d4e5f6071", "0a1b2c3d4e5f6071.csdx"),
    ],
)
def test_an_outbox_is_called_after_its_computer(device: str, name: str) -> None:
    assert outbox_name(device) == name


@given(st.text())
def test_any_device_gives_a_safe_name_that_is_no_copy_of_another(device: str) -> None:
    name = outbox_name(device)
    assert is_outbox_name(name)
    assert len(name) <= 45
    assert name == Path(name).name
    assert not name.startswith(("con.", "nul.", "aux.", "prn."))
    assert meaning(name, outbox_name("another · 0a1b2c3d")).naming in (Naming.OTHER, Naming.SELF)


@given(st.text(), st.text())
def test_different_devices_have_different_names(one: str, other: str) -> None:
    assert (outbox_name(one) == outbox_name(other)) == (one == other)


def test_two_computers_of_one_name_have_outboxes_of_their_own(tmp_path: Path) -> None:
    devices = [load_settings(Home.at(tmp_path / name)).device for name in ("one", "two")]
    assert outbox_name(devices[0]) != outbox_name(devices[1])


def test_another_name_is_still_the_name_of_an_outbox() -> None:
    told = Told("North.csdesk-sync", outbox_name("DESKTOP-A1B2C3 · 0a1b2c3d"))
    for number in range(5):
        told = another_name(told, f"{number:06x}")
        assert is_outbox_name(told.outbox)
    assert len({told.outbox, *told.former}) == 6
