"""Today's version and a newer one on one file: neither loses what only the other understands."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from csdesk.model.records import Account
from csdesk.settings import Home
from tests.moulds import Mould
from tests.store.desk import Device, add_account, looked_into, mark_deleted, names, set_fields
from tests.store.laws import broken_laws

ROOT = Path(__file__).parents[2]


@dataclass
class Newer:
    """A computer with the newer version, in a process of its own."""

    document: Path
    home: Path

    def does(self, *lines: str) -> dict[str, Any]:
        """Run a script; return what the newer version shows afterwards."""
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.workspace.newer_version"),
                *(str(self.document), str(self.home), "\n".join(lines)),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        assert found.pop("broken") == []
        return found


@pytest.fixture(scope="module")
def sunny(tmp_path_factory: pytest.TempPathFactory) -> Mould[None]:
    """Let a newer version make a file with a mood and a robot in it, for copies of it."""
    folder = tmp_path_factory.mktemp("newer")
    made = Newer(folder / "North.csdesk", folder / "home")
    made.does("account North", "mood North sunny", "robot Robby North")
    return Mould(made.document, Home.at(made.home), None)


@pytest.fixture
def newer(sunny: Mould[None], tmp_path: Path) -> Newer:
    """Return a newer version that has made that file."""
    made = Newer(tmp_path / "North.csdesk", tmp_path / "newer-home")
    sunny.lay(made.document, Home.at(made.home))
    return made


SUNNY = {"moods": {"North": "sunny"}, "robots": ["Robby"]}


def unknown_rows(database: Path) -> list[tuple[object, ...]]:
    with looked_into(database) as connection:
        rows: list[tuple[object, ...]] = connection.execute(
            "SELECT w, seq, hlc, ent, row, fld, quote(val), typeof(val), pw, pseq FROM journal"
            " WHERE fld = 'mood' OR ent = 'robot' ORDER BY w, seq"
        ).fetchall()
        return rows


def id_of(device: Device, name: str) -> str:
    with device.open() as workspace:
        return next(
            row.id
            for row in workspace.read(lambda session: session.query(Account).all())
            if row.name == name
        )


def test_todays_version_works_on_a_newer_file_and_gives_it_back_whole(
    newer: Newer, tmp_path: Path
) -> None:
    today = Device.beside(tmp_path / "today", newer.document)
    unknown = unknown_rows(newer.document)
    assert len(unknown) == 3
    north = id_of(today, "North")
    with today.open() as workspace:
        workspace.write("Edit", set_fields, Account, north, region="East")
        workspace.write("Add", add_account, "South")
        workspace.undo()
        workspace.redo()
        assert broken_laws(workspace.replica.database) == []
    assert unknown_rows(today.document) == unknown
    newer.document.write_bytes(today.document.read_bytes())
    shown = newer.does()
    assert shown == {"moods": {"North": "sunny", "South": None}, "robots": ["Robby"]}
    assert unknown_rows(newer.document) == unknown


def test_what_a_replica_of_today_merged_is_shown_after_its_upgrade(
    newer: Newer, tmp_path: Path
) -> None:
    today = Device.beside(tmp_path / "today")
    today.document.write_bytes(newer.document.read_bytes())
    today.open().close()
    newer.does("mood North cloudy", "robot Marvin North")
    with today.open() as workspace:
        workspace.write("Add", add_account, "South")
    today.document.write_bytes(newer.document.read_bytes())
    with today.open() as workspace:
        assert workspace.read(names) == ["North", "South"]
        assert unknown_rows(workspace.replica.database) == unknown_rows(newer.document)
    upgraded = Newer(today.document, today.home.data.parent)
    shown = upgraded.does()
    assert shown == {
        "moods": {"North": "cloudy", "South": None},
        "robots": ["Marvin", "Robby"],
    }
    assert upgraded.does("undo")["moods"] == {"North": "cloudy"}, "its own step, from before"


def test_a_file_that_today_wrote_in_its_own_format_still_holds_what_is_newer(
    tmp_path: Path,
) -> None:
    """Today's replica is older than the newer version: it takes in rows, not tables."""
    today = Device.beside(tmp_path / "today")
    with today.create() as workspace:
        workspace.write("Add", add_account, "North")
    newer = Newer(tmp_path / "North.csdesk", tmp_path / "newer-home")
    newer.document.write_bytes(today.document.read_bytes())
    assert newer.does("mood North sunny", "robot Robby North") == SUNNY
    today.document.write_bytes(newer.document.read_bytes())
    with today.open() as workspace:
        workspace.write("Add", add_account, "South")
    assert unknown_rows(today.document) == unknown_rows(newer.document)
    both = {"moods": {"North": "sunny", "South": None}, "robots": ["Robby"]}
    elsewhere = Newer(today.document, tmp_path / "fresh-home")
    assert elsewhere.does() == both
    newer.document.write_bytes(today.document.read_bytes())
    assert newer.does() == both


def test_a_deletion_of_today_counts_what_only_a_newer_version_can_show(
    newer: Newer, tmp_path: Path
) -> None:
    """It saw the mood that was there; a mood that came at the same time keeps the account."""
    seen = Device.beside(tmp_path / "seen", newer.document)
    north = id_of(seen, "North")
    with seen.open() as workspace:
        workspace.write("Delete", mark_deleted, Account, north)
    before = newer.document.read_bytes()
    newer.document.write_bytes(seen.document.read_bytes())
    assert newer.does()["moods"] == {}
    late = Newer(tmp_path / "Late.csdesk", tmp_path / "late-home")
    late.document.write_bytes(before)
    late.does("mood North rainy")
    late.document.write_bytes(seen.document.read_bytes())
    assert late.does()["moods"] == {"North": "rainy"}
    seen.document.write_bytes(late.document.read_bytes())
    with seen.open() as workspace:
        assert workspace.read(names) == ["North"]
        assert broken_laws(workspace.replica.database) == []


def test_both_versions_share_one_folder(newer: Newer, tmp_path: Path) -> None:
    newer.does("share")
    today = Device(Device.beside(tmp_path / "today").home, newer.document)
    with today.open() as workspace:
        workspace.team.sync()
        north = workspace.read(lambda session: session.query(Account).one().id)
        workspace.write("Edit", set_fields, Account, north, region="East")
        workspace.write("Add", add_account, "South")
        workspace.team.sync()
        newer.does("sync", "mood South stormy", "robot Marvin South", "sync")
        workspace.team.sync()
        assert workspace.read(names) == ["North", "South"]
        kept = unknown_rows(workspace.replica.database)
        assert len(kept) == 6
        assert broken_laws(workspace.replica.database) == []
    third = Device(Device.beside(tmp_path / "third").home, newer.document)
    with third.open() as workspace:
        workspace.team.sync()
        assert unknown_rows(workspace.replica.database) == kept
    upgraded = Newer(newer.document, today.home.data.parent)
    assert upgraded.does("sync") == {
        "moods": {"North": "sunny", "South": "stormy"},
        "robots": ["Marvin", "Robby"],
    }
