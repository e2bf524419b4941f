"""A file appears whole or not at all."""

from __future__ import annotations

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
