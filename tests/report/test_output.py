"""A document is written whole or not at all, and trouble is told in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.report.output import explained, write_whole


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    target = tmp_path / "計画 2026.pdf"
    write_whole(b"one", target)
    write_whole(b"two", target)
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere.*does not exist"):
        write_whole(b"x", tmp_path / "nowhere" / "plan.pdf")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        write_whole(b"x", tmp_path / "plan.pdf")


@pytest.mark.parametrize("name", ["あ" * 200 + ".pdf", "a\0b.pdf"])
def test_a_name_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="not a possible name"):
        write_whole(b"x", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_finished_leaves_the_older_one_and_no_rest(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    target = tmp_path / "plan.pdf"
    target.write_bytes(b"older")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(UserError):
            write_whole(b"x" * 100_000, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EACCES, "may not be written to"),
        (errno.EROFS, "may not be written to"),
        (errno.EIO, "could not be written"),
    ],
)
def test_each_trouble_of_the_disk_has_words(number: int, words: str, tmp_path: Path) -> None:
    trouble = OSError(number, os.strerror(number))
    told = explained(trouble, tmp_path / "plan.pdf")
    assert words in told.message
    assert told.advice


def test_a_file_another_program_holds_is_told(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    target.write_bytes(b"open elsewhere")
    told = explained(PermissionError(errno.EACCES, "denied"), target)
    assert "cannot be replaced" in told.message
    assert "Close it" in told.advice
