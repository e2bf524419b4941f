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


def test_everything_goes_back_to_a_moment_and_one_undo_gives_it_back(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("set", file, "account", "new", "name=Alder")
    (made,) = run("history", file, "--json").json()
    run("set", file, "account", "Alder", "name=Birch")
    run("set", file, "account", "new", "name=Cedar")
    assert run("restore", file, "--at", made["at"]).out == "2 rows were restored.\n"
    assert [row["name"] for row in run("show", file, "account", "--json").json()] == ["Alder"]
    assert "already" in run("restore", file, "--at", made["at"]).out
    run("undo", file)
    names = {row["name"] for row in run("show", file, "account", "--json").json()}
    assert names == {"Birch", "Cedar"}


def test_one_row_goes_back_alone_though_it_is_deleted_now(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder", "region=North")
    (made,) = run("history", file, "--json").json()
    run("set", file, "account", "Alder", "region=South")
    run("set", file, "account", "new", "name=Cedar")
    run("delete", file, "account", "Alder")
    run("restore", file, "--at", made["at"], "account", "Alder")
    rows = {row["name"]: row for row in run("show", file, "account", "--json").json()}
    assert set(rows) == {"Alder", "Cedar"}
    assert rows["Alder"]["region"] == "North"
    assert "Restore Account “Alder” as of" in run("history", file, "--limit", "1").out
    assert "no" in run("restore", file, "--at", made["at"], "account", "Elm", status=1).err.lower()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["soon"], "is no moment"),
        ([""], "is no moment"),
        (["2026-11-20 25:00"], "is no moment"),
        (["2026-13-01"], "is no moment"),
        (["2099-01-01"], "has not come yet"),
        (["2001-01-01"], "was not there yet"),
        (["today", "account"], "It is not clear"),
        (["today", "account", "Alder", "Birch"], "It is not clear"),
    ],
)
def test_a_moment_that_makes_no_sense_changes_nothing(
    run: Run, file: Path, typed: list[str], said: str
) -> None:
    run("set", file, "account", "new", "name=Alder")
    ran = run("restore", file, "--at", *typed, status=1)
    assert said in ran.err
    assert len(run("history", file, "--json").json()) == 1
