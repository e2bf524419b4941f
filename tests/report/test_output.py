"""A document is written whole or not at all, and trouble is told in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.report.output import explained, free_name, write_whole


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


@pytest.mark.parametrize("name", ["", ".", "..", "/"])
def test_a_name_that_is_none_is_told(name: str) -> None:
    with pytest.raises(UserError, match="names no file") as refused:
        write_whole(b"x", Path(name))
    assert refused.value.advice


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name")
def test_a_device_or_a_pipe_is_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "plan.pdf"
    os.mkfifo(pipe)
    (tmp_path / "link.pdf").symlink_to(pipe)
    for target in (pipe, tmp_path / "link.pdf"):
        with pytest.raises(UserError, match="device or a pipe"):
            write_whole(b"x", target)
    assert pipe.is_fifo()
    assert {one.name for one in tmp_path.iterdir()} == {"plan.pdf", "link.pdf"}


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


def test_a_read_only_file_is_left_and_a_second_name_offered(tmp_path: Path) -> None:
    target = tmp_path / "計画.pdf"
    target.write_bytes(b"older")
    target.chmod(0o444)
    with pytest.raises(UserError, match="read-only") as refused:
        write_whole(b"x", target)
    assert "計画 (2).pdf" in refused.value.advice
    assert target.read_bytes() == b"older"
    write_whole(b"x", free_name(target))
    assert {one.name for one in tmp_path.iterdir()} == {"計画.pdf", "計画 (2).pdf"}


def test_a_folder_of_that_name_leads_to_a_second_one(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").mkdir()
    with pytest.raises(UserError) as refused:
        write_whole(b"x", tmp_path / "plan.pdf")
    assert "plan (2).pdf" in refused.value.advice


def test_a_link_stays_a_link_and_the_file_it_leads_to_is_replaced(tmp_path: Path) -> None:
    elsewhere = tmp_path / "shared"
    elsewhere.mkdir()
    target = elsewhere / "plan.pdf"
    target.write_bytes(b"older")
    link = tmp_path / "plan.pdf"
    link.symlink_to(target)
    write_whole(b"newer", link)
    assert link.is_symlink()
    assert target.read_bytes() == b"newer"
    assert list(elsewhere.iterdir()) == [target]


def test_links_in_a_circle_lead_to_the_document_at_last(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").symlink_to(tmp_path / "b.pdf")
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    write_whole(b"x", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"x"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_who_may_read_a_file_stays_as_it_was_and_follows_the_person_s_custom(
    tmp_path: Path,
) -> None:
    older = tmp_path / "older.pdf"
    older.write_bytes(b"x")
    older.chmod(0o600)
    write_whole(b"y", older)
    assert older.stat().st_mode & 0o777 == 0o600
    before = os.umask(0o027)
    try:
        write_whole(b"y", tmp_path / "new.pdf")
    finally:
        os.umask(before)
    assert (tmp_path / "new.pdf").stat().st_mode & 0o777 == 0o640


def test_a_name_too_long_for_windows_is_told(tmp_path: Path) -> None:
    trouble = OSError(errno.ENOENT, "The filename or extension is too long")
    trouble.winerror = 206  # type: ignore[attr-defined]
    assert "not a possible name" in explained(trouble, tmp_path / "plan.pdf").message


def test_a_file_another_program_holds_is_told(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    target.write_bytes(b"open elsewhere")
    told = explained(PermissionError(errno.EACCES, "denied"), target)
    assert "cannot be replaced" in told.message
    assert "Close it" in told.advice
    assert "plan (2).pdf" in told.advice
    assert free_name(target) == tmp_path / "plan (2).pdf"
