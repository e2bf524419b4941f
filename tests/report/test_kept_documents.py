"""The files customers got are kept on this computer, the newest of them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from csdesk.report.kept_documents import keep_document, kept_document
from csdesk.store.replica import Replica


@pytest.fixture
def replica(tmp_path: Path) -> Replica:
    return Replica(tmp_path / "replica")


def _keep(replica: Replica, data: bytes, age: int = 0, **limits: int) -> str:
    """Keep a file as one that is `age` seconds old."""
    name = hashlib.sha256(data).hexdigest()
    keep_document(replica, name, data, **limits)
    path = replica.folder / "documents" / f"{name}.pdf"
    moment = path.stat().st_mtime - age
    os.utime(path, (moment, moment))
    return name


def test_a_file_comes_back_as_it_was(replica: Replica) -> None:
    name = _keep(replica, b"%PDF one")
    assert kept_document(replica, name) == b"%PDF one"
    assert kept_document(replica, hashlib.sha256(b"other").hexdigest()) is None


@pytest.mark.parametrize("name", ["", "../../replica", "x" * 64, "0" * 63])
def test_a_name_that_is_no_digest_is_no_file(replica: Replica, name: str) -> None:
    _keep(replica, b"%PDF one")
    assert kept_document(replica, name) is None


def test_a_file_that_was_changed_is_not_given(replica: Replica) -> None:
    name = _keep(replica, b"%PDF one")
    (replica.folder / "documents" / f"{name}.pdf").write_bytes(b"%PDF two")
    assert kept_document(replica, name) is None


def test_the_oldest_go_when_there_are_too_many(replica: Replica) -> None:
    names = [_keep(replica, b"%d" % age, age * 60, most_files=3) for age in (5, 4, 3, 2)]
    found = [kept_document(replica, name) is not None for name in names]
    assert found == [False, True, True, True]


def test_the_oldest_go_when_they_are_too_large_but_never_the_newest(
    replica: Replica,
) -> None:
    names = [_keep(replica, bytes([age]) * 10, age * 60, most_bytes=25) for age in (5, 4, 3)]
    assert [kept_document(replica, name) is not None for name in names] == [False, True, True]
    large = _keep(replica, b"x" * 100, most_bytes=25)
    assert kept_document(replica, large) is not None
    assert [kept_document(replica, name) for name in names] == [None, None, None]


def test_the_same_file_again_is_kept_once_and_young_again(replica: Replica) -> None:
    name = _keep(replica, b"%PDF one", age=600)
    _keep(replica, b"%PDF one")
    (path,) = (replica.folder / "documents").iterdir()
    assert path.name == f"{name}.pdf"


def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing(replica: Replica) -> None:
    replica.folder.mkdir()
    (replica.folder / "documents").write_text("a file in the way")
    with pytest.raises(OSError, match="documents"):
        keep_document(replica, "0" * 64, b"%PDF")
