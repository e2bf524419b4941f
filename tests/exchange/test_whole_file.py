"""A file appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.exchange.whole_file import whole_file


def test_the_file_appears_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "表.json"
    with whole_file(target) as stream:
        stream.write(b"half ")
        assert not target.exists()
        stream.write(b"whole")
    assert target.read_bytes() == b"half whole"
    assert [path.name for path in tmp_path.iterdir()] == ["表.json"]


def test_trouble_leaves_the_older_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def write_half() -> None:
        with whole_file(target) as stream:
            stream.write(b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_or_a_missing_folder_is_told(tmp_path: Path) -> None:
    for target, said in ((tmp_path, "is a folder"), (tmp_path / "no" / "a", "does not exist")):
        with pytest.raises(UserError, match=said), whole_file(target):
            pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name")
def test_a_read_only_file_and_a_pipe_are_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"older")
    target.chmod(0o444)
    with pytest.raises(UserError, match="read-only"), whole_file(target) as stream:
        stream.write(b"newer")
    assert target.read_bytes() == b"older"
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="device or a pipe"), whole_file(pipe) as stream:
        stream.write(b"newer")
    assert pipe.is_fifo()
    assert {one.name for one in tmp_path.iterdir()} == {"out.xlsx", "pipe.xlsx"}


def test_a_link_stays_and_the_file_it_leads_to_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "out.xlsx", tmp_path / "link.xlsx"
    target.write_bytes(b"older")
    link.symlink_to(target)
    with whole_file(link) as stream:
        stream.write(b"newer")
    assert link.is_symlink()
    assert target.read_bytes() == b"newer"
