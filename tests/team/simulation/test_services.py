"""The models of the services do what people complain of; else the laws would hold for nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.simulation.agenda import Agenda
from benchmarks.simulation.cloud import Cloud, SyncedFolder
from benchmarks.simulation.services import (
    DROPBOX,
    ICLOUD,
    NETWORK_DRIVE,
    NEXTCLOUD,
    ONEDRIVE,
    SERVICES,
    SYNCTHING,
    SYNCTHING_WITHOUT_COPIES,
    Service,
)

NAME = "North.csdesk"


def two_computers(service: Service, tmp_path: Path) -> tuple[Cloud, SyncedFolder, SyncedFolder]:
    """Return a cloud and two folders that have the same file; nothing tears."""
    calm = replace(service, tears=0.0, placeholders=0.0)
    cloud = Cloud(calm, Agenda(), random.Random(7))
    one = SyncedFolder(cloud, tmp_path / "one", "Alice", "DESKTOP-A1B2C3")
    two = SyncedFolder(cloud, tmp_path / "two", "Bob", "laguna")
    one.at(NAME).write_bytes(b"first")
    one.sync()
    two.sync()
    assert two.at(NAME).read_bytes() == b"first"
    return cloud, one, two


def meet(cloud: Cloud, one: SyncedFolder, two: SyncedFolder, round_: int = 0) -> None:
    """Change the file on both computers, and carry until nothing is left to carry."""
    one.at(NAME).write_bytes(b"one" * (round_ + 1))
    two.at(NAME).write_bytes(b"two, too" * (round_ + 1))
    for _round in range(3):
        one.sync()
        two.sync()
    cloud.agenda.pass_by(minutes=1)
    assert one.settled
    assert two.settled


@pytest.mark.parametrize(
    ("service", "copy"),
    [
        (DROPBOX, "North (Bob's conflicted copy 2026-11-23).csdesk"),
        (ONEDRIVE, "North-laguna.csdesk"),
        (NEXTCLOUD, "North (conflicted copy bob 2026-11-23 080000).csdesk"),
        (SYNCTHING, "North.sync-conflict-20261123-080000-LAGUNAQ.csdesk"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_what_lost_is_named_as_the_service_names_it(
    service: Service, copy: str, tmp_path: Path
) -> None:
    cloud, one, two = two_computers(service, tmp_path)
    meet(cloud, one, two)
    assert cloud.tally.conflicts[NAME] == 1
    names = {path.name for folder in (one, two) for path in folder.root.iterdir()}
    assert names == {NAME, copy}
    both = {folder.at(NAME).read_bytes() for folder in (one, two)}
    assert len(both) == 1
    assert {two.at(copy).read_bytes(), *both} == {b"one", b"two, too"}


def test_a_second_copy_of_a_day_gets_a_number(tmp_path: Path) -> None:
    cloud, one, two = two_computers(DROPBOX, tmp_path)
    for round_ in range(3):
        meet(cloud, one, two, round_)
    assert {path.name for path in one.root.iterdir()} == {
        NAME,
        "North (Bob's conflicted copy 2026-11-23).csdesk",
        "North (Bob's conflicted copy 2026-11-23 1).csdesk",
        "North (Bob's conflicted copy 2026-11-23 2).csdesk",
    }


def test_nextcloud_keeps_copies_where_they_were_made(tmp_path: Path) -> None:
    cloud, one, two = two_computers(NEXTCLOUD, tmp_path)
    meet(cloud, one, two)
    assert [path.name for path in one.root.iterdir()] == [NAME]
    assert len(list(two.root.iterdir())) == 2


@pytest.mark.parametrize("service", [ICLOUD, SYNCTHING_WITHOUT_COPIES, NETWORK_DRIVE])
def test_some_services_throw_away_what_lost(service: Service, tmp_path: Path) -> None:
    cloud, one, two = two_computers(service, tmp_path)
    for round_ in range(8):
        meet(cloud, one, two, round_)
        assert one.at(NAME).read_bytes() == two.at(NAME).read_bytes()
    assert [path.name for path in one.root.iterdir()] == [NAME]
    assert [path.name for path in two.root.iterdir()] == [NAME]


def test_syncthing_keeps_ten_copies(tmp_path: Path) -> None:
    cloud, one, two = two_computers(SYNCTHING, tmp_path)
    for round_ in range(14):
        meet(cloud, one, two, round_)
    assert len(list(one.root.iterdir())) == 11
    assert {path.name for path in one.root.iterdir()} == {p.name for p in two.root.iterdir()}


def test_a_file_that_arrives_may_be_seen_in_two_halves(tmp_path: Path) -> None:
    cloud, one, two = two_computers(DROPBOX, tmp_path)
    cloud.service = replace(DROPBOX, tears=1.0)
    content = random.Random(1).randbytes(20_000)
    one.at(NAME).write_bytes(content)
    one.sync()
    two.sync()
    assert two.at(NAME).read_bytes() != content
    assert not two.settled
    two.sync()
    assert two.at(NAME).read_bytes() == content
    assert cloud.tally.troubles["torn"] == 1


def test_icloud_only_names_a_file_at_first(tmp_path: Path) -> None:
    cloud, one, two = two_computers(ICLOUD, tmp_path)
    cloud.service = replace(ICLOUD, placeholders=1.0)
    one.at(NAME).write_bytes(b"second")
    one.sync()
    two.sync()
    assert [path.name for path in two.root.iterdir()] == [f".{NAME}.icloud"]
    for _round in range(20):
        two.sync()
    assert [path.name for path in two.root.iterdir()] == [NAME]
    assert two.at(NAME).read_bytes() == b"second"


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_deletions_travel_and_a_change_beats_them(service: Service, tmp_path: Path) -> None:
    cloud, one, two = two_computers(service, tmp_path)
    one.at(NAME).unlink()
    one.sync()
    two.sync()
    assert list(two.root.iterdir()) == []
    one.at(NAME).write_bytes(b"again")
    one.sync()
    two.sync()
    two.at(NAME).write_bytes(b"changed meanwhile")
    one.at(NAME).unlink()
    for folder in (two, one, two):
        folder.sync()
    assert one.at(NAME).read_bytes() == b"changed meanwhile"
    assert cloud.tally.conflicts.total() == 0


def test_what_was_put_back_arrives_as_a_new_version(tmp_path: Path) -> None:
    cloud, one, two = two_computers(DROPBOX, tmp_path)
    yesterday = cloud.files()
    one.at(NAME).write_bytes(b"today")
    one.at("other.csdx").write_bytes(b"new")
    one.sync()
    two.sync()
    cloud.put_back(yesterday)
    for folder in (one, two):
        folder.sync()
        assert [path.name for path in folder.root.iterdir()] == [NAME]
        assert folder.at(NAME).read_bytes() == b"first"


def test_a_computer_may_write_names_its_own_way(tmp_path: Path) -> None:
    cloud = Cloud(replace(DROPBOX, tears=0.0), Agenda(), random.Random(7))
    one = SyncedFolder(cloud, tmp_path / "one", "Alice", "PC")
    mac = SyncedFolder(cloud, tmp_path / "mac", "Bob", "MacBook", splits_accents=True)
    one.at("Müller.csdesk").write_bytes(b"first")
    one.sync()
    mac.sync()
    assert [path.name for path in mac.root.iterdir()] == ["Mu\u0308ller.csdesk"]
    (mac.root / "Mu\u0308ller.csdesk").write_bytes(b"second")
    mac.sync()
    one.sync()
    assert [path.name for path in one.root.iterdir()] == ["Müller.csdesk"]
    assert one.at("Müller.csdesk").read_bytes() == b"second"


def test_without_a_network_nothing_is_carried(tmp_path: Path) -> None:
    cloud, one, two = two_computers(DROPBOX, tmp_path)
    two.online = False
    one.at(NAME).write_bytes(b"second")
    one.sync()
    two.sync()
    assert two.at(NAME).read_bytes() == b"first"
    assert cloud.tally.uploaded == len(b"first") + len(b"second")
