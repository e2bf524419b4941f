"""new, backup, restore."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_new_workspace_is_made_and_never_over_another_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "North 新規.csdesk"
    assert "North 新規.csdesk" in run("new", path).out
    before = path.read_bytes()
    said = run("new", path, status=1).err
    assert "exists already" in said
    assert path.read_bytes() == before
    missing = tmp_path / "no" / "such" / "x.csdesk"
    assert "does not exist" in run("new", missing, status=1).err


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_sample_is_one_step_that_can_be_undone(run: Run, tmp_path: Path, language: str) -> None:
    path = tmp_path / "s.csdesk"
    run("new", path, "--sample", language)
    assert len(run("history", path, "--json").json()) == 1
    run("undo", path)
    assert not any(run("show", path, "--json").json()["rows"].values())


def test_a_backup_is_kept_listed_and_restored(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder")
    kept = run("backup", file, "--json").json()
    run("set", file, "account", "Alder", "name=Birch")
    run("set", file, "account", "new", "name=Cedar")
    listed = run("backup", file, "--list", "--json").json()
    assert kept in listed
    assert kept["path"] in run("restore", file).out
    said = run("restore", file, kept["made_at"]).out
    assert said == "2 rows were restored.\n"
    assert [row["name"] for row in run("show", file, "account", "--json").json()] == ["Alder"]
    run("undo", file)
    names = {row["name"] for row in run("show", file, "account", "--json").json()}
    assert names == {"Birch", "Cedar"}


def test_a_backup_is_chosen_by_number_or_path(run: Run, file: Path, tmp_path: Path) -> None:
    run("set", file, "account", "new", "name=Alder")
    kept = run("backup", file, "--json").json()
    copied = Path(shutil.copyfile(kept["path"], tmp_path / "from a stick.csdesk"))
    for which in ("1", str(copied)):
        run("set", file, "account", "Alder", "region=North")
        run("restore", file, which)
        (row,) = run("show", file, "account", "--json").json()
        assert row["region"] is None
    assert "already" in run("restore", file, "1").out


@pytest.mark.parametrize("which", ["99", "yesterday", "no/such/file.csdesk"])
def test_an_unknown_backup_is_refused(run: Run, file: Path, which: str) -> None:
    assert "There is no backup" in run("restore", file, which, status=1).err


def test_a_backup_of_another_workspace_is_refused(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csdesk"
    run("new", other)
    assert "another workspace" in run("restore", file, other, status=1).err
