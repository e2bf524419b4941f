"""What the program does with its arguments, and where there is no screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.launch import display_is_there, wants_window


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["North.csdesk"], True),
        (["NORTH.CSDESK"], True),
        (["new", "North.csdesk"], False),
        (["show"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_no_argument_or_a_workspace_opens_the_window(arguments: list[str], window: bool) -> None:
    assert wants_window(arguments) is window


def test_any_file_that_exists_is_meant_for_the_window(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("no workspace, but the window says so better")
    assert wants_window([str(letter)])
    assert not wants_window([str(tmp_path / "missing.txt")])


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_one_sentence_says_so_and_the_status_is_one() -> None:
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from ui.launch import main; sys.exit(main([]))"],
        env={**environment, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "there is no display" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_platform_chosen_by_hand_counts_as_a_display(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display_is_there()


def test_starting_the_command_line_loads_no_window() -> None:
    code = (
        "import sys\n"
        "from ui.launch import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'PySide6'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_starting_the_window_loads_nothing_heavy() -> None:
    heavy = "{'matplotlib', 'reportlab', 'openpyxl', 'numpy', 'pypdfium2'}"
    code = (
        "import sys\n"
        "import ui.app\n"
        f"print(sorted({heavy} & {{name.split('.')[0] for name in sys.modules}}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stdout.strip() == "[]"
