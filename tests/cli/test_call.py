"""What every command stands on."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from csdesk.cli.call import refuse_workspace, uninterrupted
from csdesk.errors import UserError


def test_ctrl_c_does_not_stop_what_is_being_written() -> None:
    reached = []
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
        reached.append("the end")
    assert reached == ["the end"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_other_threads_are_not_bothered() -> None:
    reached = []

    def work() -> None:
        with uninterrupted():
            reached.append("the end")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert reached == ["the end"]


def test_only_workspaces_are_protected_from_outputs(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("x" * 100, "utf-8")
    refuse_workspace(other)
    refuse_workspace(tmp_path / "not there")
    with pytest.raises(UserError, match="is a CSDesk file"):
        refuse_workspace(file)
