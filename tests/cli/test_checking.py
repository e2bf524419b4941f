"""check and repair: what is wrong is told, what is left is saved."""

from __future__ import annotations

from pathlib import Path

from csdesk.settings import Home
from tests.cli.conftest import Run


def cut(path: Path, part: float = 0.6) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])


def test_a_whole_file_is_in_order_and_not_changed(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    assert "Everything is in order" in run("check", sample).out
    assert run("check", sample, "--json").json()["whole"] is True
    assert sample.read_bytes() == before


def test_a_damaged_file_is_told_and_repaired_from_this_computer_s_copy(
    run: Run, file: Path
) -> None:
    run("set", file, "account", "new", "name=Alder")
    cut(file)
    broken = file.read_bytes()
    ran = run("check", file, status=1)
    assert "--repair" in ran.err
    assert run("check", file, "--json", status=1).json()["findings"][0]["where"] == "document"
    assert file.read_bytes() == broken
    assert run("check", file, "--repair").out
    assert "Everything is in order" in run("check", file).out
    assert [row["name"] for row in run("show", file, "account", "--json").json()] == ["Alder"]
    run("undo", file)


def test_a_missing_file_comes_back_from_this_computer_s_copy(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder")
    file.unlink()
    assert "was not found" in run("show", file, status=1).err
    run("check", file, "--repair")
    assert [row["name"] for row in run("show", file, "account", "--json").json()] == ["Alder"]


def test_a_backup_can_be_restored_over_a_damaged_file(run: Run, file: Path) -> None:
    run("set", file, "account", "new", "name=Alder")
    kept = run("backup", file, "--json").json()
    run("set", file, "account", "Alder", "name=Birch")
    cut(file)
    assert kept["path"] in run("restore", file).out
    run("restore", file, kept["made_at"])
    assert [row["name"] for row in run("show", file, "account", "--json").json()] == ["Alder"]


def test_a_file_that_was_never_ours_is_neither_checked_nor_repaired(
    run: Run, tmp_path: Path, home: Home
) -> None:
    foreign = tmp_path / "letter.csdesk"
    foreign.write_text("Dear Renee,\n", "utf-8")
    assert "not a CSDesk file" in run("check", foreign, status=1).out
    assert run("check", foreign, "--repair", status=1).err.count("\n") == 1
    assert foreign.read_text("utf-8") == "Dear Renee,\n"
    assert "was not found" in run("check", tmp_path / "none.csdesk", status=1).err
