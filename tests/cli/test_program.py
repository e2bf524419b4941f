"""The program as a whole: its statuses, its languages, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from csdesk import __version__
from csdesk.settings import Home, Settings, save_settings
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    *("new", "import", "export", "set", "delete", "show", "plan", "report"),
    *("history", "undo", "redo", "check", "backup", "restore"),
)


def started(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
    """Start the real program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "csdesk", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})},  # type: ignore[dict-item]
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["new"],
        ["show"],
        ["set", "x.csdesk"],
        ["set", "x.csdesk", "account", "new"],
        ["export", "x.csdesk"],
        ["export", "x.csdesk", "--to", "pdf", "out"],
        ["plan", "x.csdesk", "Alder"],
        ["plan", "x.csdesk", "Alder", "--pdf", "o.pdf", "--kind", "secret"],
        ["new", "x.csdesk", "--sample", "fr"],
        ["history", "x.csdesk", "--limit", "many"],
        ["show", "x.csdesk", "--frobnicate"],
        ["--language", "tlh", "show", "x.csdesk"],
    ],
)
def test_wrong_usage_ends_with_two_and_says_where_the_help_is(
    run: Run, arguments: list[str]
) -> None:
    ran = run(*arguments, status=2)
    assert "--help" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_command_explains_itself(run: Run, command: str, language: str) -> None:
    said = run(command, "--help", "--language", language).out
    first = said.splitlines()[0]
    assert first.startswith("usage: " if language == "en" else "使い方")
    assert f"csdesk {command}" in first
    assert len(said.splitlines()) > 5


def test_version_is_told(run: Run) -> None:
    assert run("--version").out == f"CSDesk {__version__}\n"


def test_language_is_the_one_asked_for_else_the_one_in_the_settings(
    run: Run, home: Home, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.csdesk"
    english = run("show", missing, "--language", "en", status=1).err
    japanese = run("--language=ja", "show", missing, status=1).err
    assert "was not found" in english
    assert "見つかりません" in japanese
    save_settings(home, Settings(language="ja"))
    assert run("show", missing, status=1).err == japanese


def test_settings_that_cannot_be_read_are_a_user_error(
    run: Run, home: Home, tmp_path: Path
) -> None:
    home.config.mkdir(parents=True)
    home.settings_file.write_text("language = [", "utf-8")
    assert "settings file" in run("new", tmp_path / "x.csdesk", status=1).err
    assert not (tmp_path / "x.csdesk").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "was not found"),
        (b"", "is empty"),
        (b"name,phase\nAlder,adoption\n", "is not a CSDesk file"),
        (b"SQLite format 3\0" + b"\0" * 4000, "damaged or not completely copied"),
    ],
)
@pytest.mark.parametrize("command", ["show", "undo", "history"])
def test_a_file_that_is_none_of_ours_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, command: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / "odd.csdesk"
    if content is not None:
        path.write_bytes(content)
    complaint = run(command, path, status=1).err
    assert said in complaint
    assert complaint.count("\n") == 1
    assert (path.read_bytes() if path.exists() else None) == content


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused_and_left_alone(run: Run, sample: Path, part: float) -> None:
    whole = sample.read_bytes()
    sample.write_bytes(whole[: int(len(whole) * part)])
    before = sample.read_bytes()
    assert "damaged" in run("show", sample, status=1).err
    assert sample.read_bytes() == before


def test_a_folder_in_the_place_of_a_file_is_told(run: Run, tmp_path: Path) -> None:
    assert run("show", tmp_path, status=1).err.count("\n") == 1


def test_the_reader_of_a_pipe_may_go_at_any_time(sample: Path) -> None:
    # More than a pipe holds, so that the program is still writing.
    with started("show", sample, "kpi_value", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_cancels_an_import_and_changes_nothing(run: Run, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "fifo.csv"
    os.mkfifo(table)
    before = file.read_bytes()
    process = started("import", file, table)
    with table.open("wb") as stream:  # waits until the program reads
        stream.write(b"name\n")
        stream.flush()
        process.send_signal(signal.SIGINT)
    # The table ends here, or a signal just before the program began to read would wait for more.
    _out, complaint = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Nothing was changed" in complaint
    assert b"Traceback" not in complaint
    assert file.read_bytes() == before
    assert run("history", file, "--json").json() == []


def test_output_for_machines_is_utf8_whatever_the_terminal_speaks(file: Path, run: Run) -> None:
    run("set", file, "account", "new", "name=髙﨑𠮷🏔")
    latin = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    out, _err = started("show", file, "account", "--json", env=latin).communicate(timeout=60)
    assert "髙﨑𠮷🏔" in out.decode("utf-8")
    out, complaint = started("show", file, "account", env=latin).communicate(timeout=60)
    assert b"??" in out
    assert b"Traceback" not in complaint


def test_a_second_process_may_read_what_another_has_open_and_not_write(
    file: Path, run: Run, home: Home
) -> None:
    program = (
        "import sys; from pathlib import Path; from csdesk.workspace.workspace import Workspace\n"
        f"with Workspace.open(Path({str(file)!r})):\n"
        "    print('open', flush=True); sys.stdin.readline()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"open\n"
        assert run("show", file, "--json").json()["accounts"] == []
        said = run("set", file, "account", "new", "name=Alder", status=1).err
        assert "open in another CSDesk" in said
        assert said.count("\n") == 1
    finally:
        holder.communicate(b"\n", timeout=60)
    run("set", file, "account", "new", "name=Alder")


def test_python_m_csdesk_is_the_program(sample: Path) -> None:
    out, complaint = started("show", sample, "account", "C-1001").communicate(timeout=60)
    assert "Harrowgate & Finch Stores" in out.decode()
    assert complaint == b""
