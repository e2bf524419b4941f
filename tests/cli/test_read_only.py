"""A folder that cannot be written to: reading works, writing changes nothing and says why."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
# The administrator may write anywhere, unless she gives that power away.
POWERLESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@pytest.fixture
def locked(sample: Path, tmp_path: Path) -> Iterator[Path]:
    """Put the sample into a folder that may only be read."""
    folder = tmp_path / "locked"
    folder.mkdir()
    path = sample.rename(folder / sample.name)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)


def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as somebody without an administrator's powers."""
    prefix = POWERLESS if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return subprocess.run(
        [*prefix, sys.executable, "-m", "csdesk", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )


def test_what_is_there_can_be_shown(locked: Path, tmp_path: Path) -> None:
    shown = ran("show", locked)
    assert shown.returncode == 0, shown.stderr
    assert "Harrowgate & Finch Stores" in shown.stdout
    exported = ran("export", locked, "--to", "json", tmp_path / "all.json")
    assert exported.returncode == 0, exported.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["set", "FILE", "account", "C-1001", "region=South"],
        ["delete", "FILE", "account", "C-1001"],
        ["undo", "FILE"],
    ],
)
def test_nothing_can_be_changed_and_nothing_is(
    locked: Path, run: Run, arguments: list[str | Path]
) -> None:
    before = locked.read_bytes()
    tried = ran(*(locked if argument == "FILE" else argument for argument in arguments))
    assert tried.returncode == 1
    assert "cannot be written to" in tried.stderr
    assert tried.stderr.count("\n") == 1
    assert locked.read_bytes() == before
    locked.parent.chmod(0o755)
    assert len(run("history", locked, "--json").json()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "FOLDER/new.csdesk"],
        ["export", "FILE", "--to", "csv", "FOLDER/all"],
        ["plan", "FILE", "C-1001", "--pdf", "FOLDER/plan.pdf"],
    ],
)
def test_nothing_can_be_put_there(locked: Path, arguments: list[str]) -> None:
    named = [
        argument.replace("FOLDER", str(locked.parent)).replace("FILE", str(locked))
        for argument in arguments
    ]
    tried = ran(*named)
    assert tried.returncode == 1, tried
    assert tried.stderr.count("\n") == 1
    assert [path.name for path in locked.parent.iterdir()] == [locked.name]


def test_a_home_that_cannot_be_written_to_is_told(sample: Path, tmp_path: Path) -> None:
    home = Path(os.environ["CSDESK_HOME"])
    home.chmod(0o555)
    try:
        tried = ran("show", sample)
    finally:
        home.chmod(0o755)
    assert tried.returncode == 1
    assert "Traceback" not in tried.stderr
    assert tried.stderr.count("\n") == 1
